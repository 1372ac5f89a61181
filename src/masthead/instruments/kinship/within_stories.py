"""Kinship within stories: whose wording an outlet uses, set against its peers' on the same stories.

What an outlet writes about decides much of its wording. Here it is compared with the other outlets' articles on the
same events, story by story, so that what is left is how it tells them.
"""

from __future__ import annotations

from pathlib import Path

import narwhals.stable.v2 as nw
import numpy as np

from masthead.archive.duck import parquet
from masthead.engines import collect
from masthead.engines.duckdb import connect
from masthead.inference import estimate, false_discovery, sums
from masthead.inference.intervals import SignedMeans, Sums
from masthead.instruments.kinship.about import StoryDifference
from masthead.measuring import CELL
from masthead.study.parts import WIRES

FEWEST = 5
"""A difference is given from so many stories on."""


def within_stories(units: Path, level: float) -> dict[str, list[StoryDifference]]:
    """Return, with and without wire copy, how each outlet's kinship differs from its peers' on the same stories.

    `units` is the file that the survey left. A row per outlet, party (`subject`) and voice: `difference` (the outlet's
    share less its peers', −1 to 1) with `std_error`, `conf_low`, `conf_high` and `p`, `q` (the false discovery rate
    over all outlets and parties of a voice), `n_stories` and `n_articles` (of the outlet), `share` and `share_peers`
    (in these stories), `note`.

    It is the Mantel-Haenszel difference: the mean over stories of the two shares' difference, each story weighted by
    Y·P/(Y + P), where Y and P are the phrases of any party in the outlet's articles and in all other outlets'. A ratio
    of two sums over stories, so its interval is that of every signed mean. Sources: Mantel and Haenszel, Journal of the
    National Cancer Institute 22 (1959); Greenland and Robins, Biometrics 41 (1985).
    """
    return {wire: _differences(units, wire, level) for wire in WIRES}


def _differences(units: Path, wire: str, level: float) -> list[StoryDifference]:
    from scipy.special import stdtr

    con = connect()
    try:
        condition = "true" if wire == "with" else "NOT copied"
        con.execute(_TOLD.format(file=parquet([units]), kept=condition))
        if not con.execute("SELECT count(*) FROM told").fetchall()[0][0]:
            return []
        totals = collect(sums(nw.from_native(con.sql(_WEIGHED)), list(CELL)))
        beside = {
            (row["outlet"], row["subject"], row["voice"]): row
            for row in con.sql(_SHARES).to_arrow_table().to_pylist()
        }
    finally:
        con.close()
    estimates = estimate(totals, level, signed=True).sort_by([(name, "ascending") for name in CELL])
    means = SignedMeans.of(Sums.of(estimates))
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(
            means.n > 1, 2 * stdtr(np.maximum(means.df, 1), -np.abs(means.centre / means.error)), np.nan
        )
    rows: list[StoryDifference] = []
    for row, chance in zip(estimates.to_pylist(), p.tolist(), strict=True):
        here = beside[row["outlet"], row["subject"], row["voice"]]
        few = row["n"] < FEWEST
        rows.append(
            {
                "outlet": row["outlet"],
                "subject": row["subject"],
                "voice": row["voice"],
                "difference": None if few else row["estimate"],
                "std_error": None if few else row["std_error"],
                "conf_low": None if few else row["conf_low"],
                "conf_high": None if few else row["conf_high"],
                "p": None if few else chance,
                "n_stories": row["n"],
                "n_articles": here["n_articles"],
                "share": here["share"],
                "share_peers": here["share_peers"],
                "note": f"in {row['n']} stories only" if few else None,
                "q": None,
            }
        )
    q = false_discovery([one["p"] for one in rows], [one["voice"] for one in rows])
    for difference, rate in zip(rows, q, strict=True):
        difference["q"] = None if np.isnan(rate) else rate
    return rows


_TOLD = """
    CREATE TEMP TABLE told AS
    WITH used AS (
        SELECT outlet, subject, category, voice, story, sum(x) AS x, sum(y) AS y, count(*) AS n_articles
        FROM {file} WHERE measure = 'kinship' AND story IS NOT NULL AND {kept} GROUP BY ALL),
    whole AS (SELECT subject, voice, story, sum(x) AS x, sum(y) AS y FROM used GROUP BY ALL)
    SELECT u.outlet, u.subject, u.category, u.voice, u.story AS cluster, u.n_articles, u.x AS own, u.y AS own_of,
           w.x - u.x AS peers, w.y - u.y AS peers_of
    FROM used u JOIN whole w USING (subject, voice, story)
    WHERE u.y > 0 AND w.y > u.y ORDER BY ALL
"""
"""One row per outlet, party, voice and story that another outlet tells with such phrases too."""

_WEIGHED = """
    SELECT *, (own * peers_of - peers * own_of) / (own_of + peers_of) AS x,
           own_of * peers_of / (own_of + peers_of) AS y, 1.0 AS w
    FROM told
"""

_SHARES = """
    SELECT outlet, subject, voice, sum(n_articles)::BIGINT AS n_articles, sum(own) / sum(own_of) AS share,
           sum(peers) / sum(peers_of) AS share_peers
    FROM told GROUP BY ALL
"""
