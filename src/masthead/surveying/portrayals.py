"""Reading how mentions portray their subjects: all of them, or a sample that is precise enough.

A sample is of articles, each with all its mentions of the subject; its cells are outlet × subject, its strata
the study's periods. The order of reading is random but fixed: it hangs on the place of an article in its
source file and on nothing that is said in it, so that the same archive always gives the same sample, and the
archive with two names swapped the same one too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead.engines import collect
from masthead.inference.intervals import Sums
from masthead.inference.sampling import FIRST, Whole, half_width, next_sizes, places
from masthead.inference.sums import sums
from masthead.measures import MEASURES
from masthead.surveying.tables import StudyTables

PRECISE = ("all", "own")
"""The voices whose intervals a sample must make narrow; quoted voice is as it comes."""

Cells = dict[tuple[str, str], tuple[int, int]]
"""Outlet and subject → how many articles could be read, and how many were."""

Read = Callable[[pa.Array], pa.Table]
"""Takes keys of marked sentences; returns key, p_unfavourable, p_neutral and p_favourable of each."""


def portray(
    built: StudyTables,
    mentions: Sequence[Path],
    read: Read,
    *,
    level: float,
    precision: float | None = None,
    outlet: str | None = None,
    subject: str | None = None,
) -> Cells:
    """Fill the table `portrayed` of `built` and return what there was to read in each cell, and what was.

    `mentions` are Parquet files of PORTRAYAL_SCHEMA. Without a `precision` every mention is read; with one,
    articles are read in lots until the intervals of this `level` reach no further than it to either side,
    and what was read gets the weight of what it stands for. `outlet` and `subject` narrow the cells.
    """
    _select(built, mentions, outlet, subject)
    cells = _order(built)
    there = np.array([n for _, _, n in cells], np.int64)
    read_so_far = there if precision is None else np.minimum(there, FIRST)
    before = np.zeros_like(there)
    while True:
        _read_lot(built, cells, before, read_so_far, read)
        if precision is None or (read_so_far == there).all():
            break
        half = _half_widths(built, cells, level)
        before, read_so_far = read_so_far, next_sizes(read_so_far, there, half, precision)
        if (before == read_so_far).all():
            break
    _weigh(built, cells, read_so_far)
    return {
        (of, about): (n, int(taken))
        for (of, about, n), taken in zip(cells, read_so_far.tolist(), strict=True)
    }


_Cell = tuple[str, str, int]


def _select(built: StudyTables, mentions: Sequence[Path], outlet: str | None, subject: str | None) -> None:
    """Create `to_portray`: the mentions that a model can read, of the study's articles."""
    files = ", ".join("'" + str(path).replace("'", "''") + "'" for path in mentions)
    # An outlet whose texts hold no quotation marks has no known voice, whatever a mention's own flags say.
    built.connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE to_portray AS
        SELECT p.article_id, p.subject, p.field || ':' || p.start AS mention, p.alias, p.field, p.start,
               p."end", p.sentence_start, p.sentence_end, p.key, a.outlet,
               CASE WHEN a.marks THEN p.quoted OR p.reported END AS quoted
        FROM read_parquet([{files}]) p JOIN articles a USING (article_id)
        WHERE p.key IS NOT NULL AND coalesce(a.outlet = $outlet, true) AND coalesce(p.subject = $subject, true)""",
        {"outlet": outlet, "subject": subject},
    )


def _order(built: StudyTables) -> list[_Cell]:
    """Create `reading_order`; return the cells, each with its number of articles.

    `reading_order` has a row per article and subject: its cell's number and its place in the order, from 1.
    """
    con = built.connection
    found = con.sql(
        """WITH pairs AS (SELECT DISTINCT article_id, subject FROM to_portray)
        SELECT a.outlet, p.subject, p.article_id,
               dense_rank() OVER (PARTITION BY a.outlet, p.subject ORDER BY a.period_start NULLS LAST) - 1
                   AS stratum,
               row_number() OVER (
                   PARTITION BY a.outlet, p.subject, a.period_start
                   ORDER BY md5(a.outlet || ':' || CAST(a.source_row AS VARCHAR)), p.article_id) - 1 AS rank,
               count(*) OVER (PARTITION BY a.outlet, p.subject, a.period_start) AS size
        FROM pairs p JOIN articles a USING (article_id)
        ORDER BY a.outlet, p.subject, p.article_id"""
    ).to_arrow_table()
    outlets = found["outlet"].to_pylist()
    starts = {name: _start(name) for name in set(outlets)}
    stratum, rank, size = (found[name].to_numpy().astype(np.int64) for name in ("stratum", "rank", "size"))
    placed = places(stratum, rank, size, np.array([starts[name] for name in outlets], np.float64))
    con.register("placed", found.append_column("place", pa.array(placed, pa.float64())))
    con.execute(
        """CREATE OR REPLACE TEMP TABLE reading_order AS
        SELECT article_id, subject, dense_rank() OVER (ORDER BY outlet, subject) - 1 AS cell,
               row_number() OVER (PARTITION BY outlet, subject ORDER BY place, stratum, rank) AS nth
        FROM placed"""
    )
    cells: list[_Cell] = con.execute(
        "SELECT outlet, subject, count(*) FROM placed GROUP BY ALL ORDER BY ALL"
    ).fetchall()
    con.unregister("placed")
    return cells


def _start(outlet: str) -> float:
    """Where the order of an outlet's articles begins: a number from 0 to 1 that its name alone decides."""
    return int.from_bytes(hashlib.md5(outlet.encode(), usedforsecurity=False).digest()[:6], "big") / 2**48


def _read_lot(built: StudyTables, cells: Sequence[_Cell], before: Whole, upto: Whole, read: Read) -> None:
    """Read the articles of each cell from one place in the order to another, and add them to `portrayed`."""
    con = built.connection
    sizes = pa.table({"cell": np.arange(len(cells)), "before": before, "upto": upto})
    con.register("lot_sizes", sizes)
    con.execute(
        """CREATE OR REPLACE TEMP TABLE lot AS
        SELECT m.* FROM to_portray m JOIN reading_order o USING (article_id, subject)
        JOIN lot_sizes s USING (cell) WHERE o.nth > s.before AND o.nth <= s.upto"""
    )
    con.unregister("lot_sizes")
    keys = con.sql("SELECT DISTINCT key FROM lot ORDER BY key").to_arrow_table()["key"].combine_chunks()
    con.register("lot_read", read(keys))
    con.execute(
        """INSERT INTO portrayed
        SELECT article_id, subject, mention, alias, field, start, "end", sentence_start, sentence_end, quoted,
               p_unfavourable, p_neutral, p_favourable, 1.0
        FROM lot JOIN lot_read USING (key)"""
    )
    con.unregister("lot_read")


def _half_widths(built: StudyTables, cells: Sequence[_Cell], level: float) -> np.ndarray:
    """Half the width of each cell's widest interval, over the voices that must be narrow and can be told."""
    numbers = {(outlet, subject): at for at, (outlet, subject, _) in enumerate(cells)}
    marks = {outlet["id"]: outlet["quotation_marks"] for outlet in built.outlets}
    widest = np.zeros(len(cells))
    for voice in PRECISE:
        told = np.array([voice == "all" or marks[outlet] for outlet, _, _ in cells])
        halves = np.full(len(cells), np.inf)
        table = collect(sums(MEASURES["portrayal"].units(built.tables, voice), ["outlet", "subject"]))
        at = [
            numbers[cell] for cell in zip(*(table[c].to_pylist() for c in ("outlet", "subject")), strict=True)
        ]
        halves[at] = half_width(Sums.of(table), level)
        widest = np.where(told, np.maximum(widest, halves), widest)
    return widest


def _weigh(built: StudyTables, cells: Sequence[_Cell], read: Whole) -> None:
    """Give each article that was read the weight of those it stands for: one over the part that was read."""
    there = np.array([n for _, _, n in cells], np.int64)
    weights = pa.table({"cell": np.arange(len(cells)), "weight": there / np.maximum(read, 1)})
    con = built.connection
    con.register("cell_weights", weights)
    con.execute(
        """UPDATE portrayed SET weight = w.weight
        FROM reading_order o JOIN cell_weights w USING (cell)
        WHERE portrayed.article_id = o.article_id AND portrayed.subject = o.subject"""
    )
    con.unregister("cell_weights")
