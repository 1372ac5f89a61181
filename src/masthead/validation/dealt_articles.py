"""Kinship where nothing is to be found: a press whose articles are dealt to its outlets at random."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from masthead.archive import Archive
from masthead.instruments.kinship.within_stories import within_stories
from masthead.measuring import Job, figures, instrument_of
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.measuring.units import write_units
from masthead.study import Study
from masthead.validation.progress import Progress, in_turn

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
    progress: Progress | None = None,
) -> list[Dealt]:
    """Deal the articles of a study to its outlets at random, again and again, and look for kinship each time.

    Every outlet keeps the number of its articles, and every article its text, so no outlet writes otherwise than
    another: at the 95% level 95 of 100 intervals should hold 0. What is read for it is kept in the archive's folder:
    give a copy. Raises as `survey` does.
    """
    archive = counted(archive, study, progress=progress)
    job = Job(study, archive, processes, progress)
    tables = loaded(job, ("kinship",))
    kinship = instrument_of("kinship")
    tables.connection.execute("CREATE TEMP TABLE as_told AS FROM articles ORDER BY article_id")
    ids, outlets = zip(
        *tables.rows("SELECT article_id, outlet FROM as_told ORDER BY article_id"), strict=True
    )
    rng = np.random.default_rng(seed)
    rows: dict[str, list[tuple[float, float, bool]]] = {"outlets": [], "within stories": []}
    parties = 0
    for draw in in_turn(range(draws), "deals", progress):
        _deal(tables, ids, rng.permutation(np.array(outlets, object)).tolist())
        tables.forget(kinship)
        wording = tables.load(kinship, job)
        parties = len(wording["parties"]) if wording else 0
        rows["outlets"] += [
            (row["p"], row["q"], row["conf_low"] <= 0 <= row["conf_high"])
            for row in figures.comparisons(tables, study, figures.totals(tables)).to_pylist()
            if (row["voice"], row["wire"]) == ("own", "without")
        ]
        units = write_units(tables, archive, f"dealt-{draw}")
        rows["within stories"] += [
            (row["p"], row["q"], row["conf_low"] <= 0 <= row["conf_high"])
            for row in within_stories(units, study.level)["without"]
            if row["voice"] == "own" and row["p"] is not None and row["q"] is not None
            if row["conf_low"] is not None and row["conf_high"] is not None
        ]
    return [
        Dealt(
            what,
            draws,
            parties,
            tested=len(tests),
            covered=sum(covers for _, _, covers in tests),
            false=sum(p < ALPHA for p, _, _ in tests),
            found=sum(q < ALPHA for _, q, _ in tests),
        )
        for what, tests in rows.items()
    ]


def _deal(tables: StudyTables, ids: tuple[str, ...], outlets: list[str]) -> None:
    """Give the articles these outlets."""
    con = tables.connection
    con.register("dealt", pa.table({"article_id": pa.array(ids), "outlet": pa.array(outlets)}))
    con.execute("DELETE FROM articles")
    con.execute(
        "INSERT INTO articles SELECT t.* REPLACE (d.outlet AS outlet) FROM as_told t JOIN dealt d USING (article_id)"
    )
    con.unregister("dealt")
