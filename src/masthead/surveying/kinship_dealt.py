"""Kinship where nothing is to be found: a press whose articles are dealt to its outlets at random."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import zones_known
from masthead.reading import read
from masthead.reading.attribution import read_quotes
from masthead.reading.reuse import read_reuse
from masthead.reading.stories import read_stories
from masthead.reading.wording import read_said
from masthead.study import Study
from masthead.surveying import figures
from masthead.surveying.counting import counted
from masthead.surveying.kinship import kinship_tables
from masthead.surveying.kinship_stories import within_stories
from masthead.surveying.tables import StudyTables, build
from masthead.surveying.units import write_units

ALPHA = 0.05
"""The level of the tests that are counted."""


@dataclass(frozen=True)
class Dealt:
    """What is found between outlets that are told apart by chance alone.

    `what` is `outlets` (their difference) or `within stories` (from the peers); `tested` differences in an outlet's own
    voice and without wire copy, of which `covered` intervals hold 0, `false` have p < .05 and `found` q < .05. `draws`
    are the deals, `parties` how many actors had wording of their own in the last of them.
    """

    what: str
    draws: int
    parties: int
    tested: int
    covered: int
    false: int
    found: int


def dealt_at_random(
    study: Study,
    archive: Archive,
    *,
    draws: int,
    seed: int,
    processes: int | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> list[Dealt]:
    """Deal the articles of a study to its outlets at random, again and again, and look for kinship each time.

    Every outlet keeps the number of its articles, and every article its text, so no outlet writes otherwise than
    another: at the 95% level 95 of 100 intervals should hold 0. What is read for it is kept in the archive's folder:
    give a copy. Raises as `survey` does.
    """
    archive = counted(archive, study, progress=progress)
    reading = read(archive, study, processes=processes, progress=progress)
    quotes = read_quotes(archive, study, processes=processes, progress=progress)
    reuse = read_reuse(
        archive,
        outlets=study.outlet_of,
        zones=zones_known(archive, study),
        processes=processes,
        progress=progress,
    )
    stories = read_stories(archive, processes=processes, progress=progress)
    said = read_said(archive, study, quotes, progress=progress)
    built = replace(build(archive, study, reading, reuse), asked=("kinship",))
    built.connection.execute("CREATE TEMP TABLE as_told AS FROM articles ORDER BY article_id")
    ids, outlets = zip(*built.rows("SELECT article_id, outlet FROM as_told ORDER BY article_id"), strict=True)
    rng = np.random.default_rng(seed)
    rows: dict[str, list[tuple[float, float, bool]]] = {"outlets": [], "within stories": []}
    parties = 0
    for draw in range(draws):
        if progress:
            progress("deals", draw, draws)
        _deal(built, ids, rng.permutation(np.array(outlets, object)).tolist())
        built.tables, kinned = kinship_tables(built, archive, study, said, quotes, stories)
        parties = len(kinned.told["parties"])
        compared = figures.comparisons(built, study, figures.totals(built)).to_pylist()
        rows["outlets"] += [
            (row["p"], row["q"], row["conf_low"] <= 0 <= row["conf_high"])
            for row in compared
            if (row["voice"], row["wire"]) == ("own", "without")
        ]
        units = write_units(built, archive, f"dealt-{draw}")
        rows["within stories"] += [
            (row["p"], row["q"], row["conf_low"] <= 0 <= row["conf_high"])
            for row in within_stories(units, study.level)["without"]
            if row["voice"] == "own" and row["p"] is not None
        ]
    if progress:
        progress("deals", draws, draws)
    return [
        Dealt(
            what,
            draws,
            parties,
            tested=len(told),
            covered=sum(covers for _, _, covers in told),
            false=sum(p < ALPHA for p, _, _ in told),
            found=sum(q < ALPHA for _, q, _ in told),
        )
        for what, told in rows.items()
    ]


def _deal(built: StudyTables, ids: tuple[str, ...], outlets: list[str]) -> None:
    """Give the articles these outlets."""
    con = built.connection
    con.register("dealt", pa.table({"article_id": pa.array(ids), "outlet": pa.array(outlets)}))
    con.execute("DELETE FROM articles")
    con.execute(
        "INSERT INTO articles SELECT t.* REPLACE (d.outlet AS outlet) FROM as_told t JOIN dealt d USING (article_id)"
    )
    con.unregister("dealt")
