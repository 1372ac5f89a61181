"""What claims of silence are judged by: the survey's figures, and those kept for other ways to count stories."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pyarrow.compute as pc

from masthead.archive.duck import parquet
from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet
from masthead.engines.duckdb import connect
from masthead.findings.findings import Findings
from masthead.inference.silence.counted import SHORTER, UNFAVOURABLE, WHOLE, WIDE
from masthead.instruments.silence.about import SILENCE
from masthead.instruments.silence.kept_ways import kept_path
from masthead.measuring.own_figures import OwnFigure, OwnFigures, OwnWay, surveyed
from masthead.study.claim import Claim
from masthead.study.claim_rules import MENTIONS

_COLUMNS = ("outlet", "estimate", "conf_low", "conf_high", "covered", "expected", "n_stories", "note")
"""The columns of `kept_ways.KEPT` that make an OwnFigure."""


def silence_figures(
    claim: Claim, wire: str, outlets: Sequence[str], findings: Findings, units: Path
) -> OwnFigures:
    """Return the claim as it was written, and every other reasonable way to count stories.

    A way of which no outlet has a figure has none; where the survey kept nothing, there are no other days or copies.
    """
    own_ways = _Kept(claim, outlets, units)

    def of(wire: str, way: str, category: str | None) -> list[OwnFigure]:
        if (wire, way) == ("with", WHOLE):
            return surveyed(findings, claim, category, outlets)
        return own_ways.figures(wire, way, category)

    ways = [OwnWay("", of(wire, WHOLE, claim.category))]
    if own_ways:
        other = "without" if wire == "with" else "with"
        ways += [
            OwnWay(f"{other} wire copy", of(other, WHOLE, claim.category)),
            OwnWay("a month shorter at either end", of(wire, SHORTER, claim.category)),
            OwnWay("stories that three or more other outlets ran", of(wire, WIDE, claim.category)),
        ]
    if claim.category:
        ways.append(OwnWay("all stories about it", of(wire, WHOLE, None)))
    elif bad := of(wire, WHOLE, UNFAVOURABLE):
        ways.append(OwnWay("stories that show it in a bad light", bad))
    about = SILENCE.get(findings.about)
    if about is None:
        return OwnFigures(ways)
    return OwnFigures(ways, about["reason"], about["left_out"])


class _Kept:
    """What the survey kept for other ways, of a claim's subject and some outlets; nothing where it kept none."""

    def __init__(self, claim: Claim, outlets: Sequence[str], units: Path) -> None:
        path = kept_path(units)
        table = read_parquet(path) if is_whole(path) else None
        if table is not None:
            surveyed_too = pc.and_(pc.equal(table["wire"], "with"), pc.equal(table["way"], WHOLE))
            table = table.filter(pc.invert(surveyed_too))
        self._any = table is not None and table.num_rows > 0
        rows = [] if table is None else table.to_pylist()
        self._rows = [r for r in rows if r["subject"] == claim.subject and r["outlet"] in outlets]
        self._rows.sort(key=lambda row: str(row["outlet"]))

    def __bool__(self) -> bool:
        return self._any

    def figures(self, wire: str, way: str, category: str | None) -> list[OwnFigure]:
        """The figures of one way."""
        key = (wire, way, category)
        return [
            OwnFigure(*(row.get(name) for name in _COLUMNS))
            for row in self._rows
            if (row["wire"], row["way"], row["category"]) == key
        ]


def articles_of_stories(
    claim: Claim, wire: str, outlets: Sequence[str], units: Path, most: int | None
) -> list[str]:
    """Return the articles of the stories about a subject that two other outlets ran: the outlet's own, or theirs alone.

    The outlet's own speak against `never`; against `always` does the first of each story that it did not run.
    """
    here = "list_contains(?, outlet)"
    never = claim.expect == "never"
    con = connect()
    try:
        rows = con.execute(
            f"""WITH ran AS (
                SELECT cluster, outlet, day, story, {here} AS mine FROM {parquet([units])}
                WHERE measure = ? AND subject = ? AND x > 0 AND story IS NOT NULL AND (? OR NOT copied)),
            stories AS (
                SELECT story, bool_or(mine) AS ran FROM ran
                GROUP BY story HAVING count(DISTINCT outlet) FILTER (NOT mine) >= 2)
            SELECT cluster FROM ran JOIN stories USING (story) WHERE {"mine" if never else "NOT stories.ran"}
            {"" if never else "QUALIFY row_number() OVER (PARTITION BY story ORDER BY day, cluster) = 1"}
            ORDER BY day, cluster {"" if most is None else f"LIMIT {most}"}""",
            [list(outlets), MENTIONS, claim.subject, wire == "with"],
        ).fetchall()
    finally:
        con.close()
    return [str(row[0]) for row in rows]
