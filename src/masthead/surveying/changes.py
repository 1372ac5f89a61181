"""When the figures of a survey changed: every series of every measure, from the units that the survey left.

A series is an outlet, a subject and a voice. Where a figure has several categories (labels, stances) they are one
composition, which changes at once; any other is a ratio of its own. Series with and without wire copy are looked at
apart; where an outlet ran none, they are the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.inference.changes import BLOCK, Change, Result, Series, find_changes
from masthead.inference.changes.finding import FEWEST_TESTED
from masthead.inference.intervals import Array
from masthead.inference.schemas import CHANGES, REVERSALS
from masthead.measures import MEASURES
from masthead.study import Study, Wire
from masthead.study_parts import WIRES
from masthead.surveying.change_coverage import coverage_moved
from masthead.surveying.change_figures import Units, codes_of, figures_beside
from masthead.surveying.reversals import Window, reversals

VERSION = "4"
"""Raised whenever the same units would give other changes than the last version of this code."""

FDR = 0.05
"""The false discovery rate within a family: a measure and voice, all outlets and subjects."""

SHORTEST_BLOCK = 28
"""Days of a block at least. Stories are read as some days of one event; an affair goes on over several."""

STORIES_TO_A_BLOCK = 4
"""A block is so many times as long as the archive's longest story."""

_CACHED = pa.schema([*CHANGES, pa.field("series_from", pa.date32()), pa.field("series_to", pa.date32())])


class Dated(NamedTuple):
    """The changes and the reversals of a survey, and what was looked at, in plain sentences."""

    changes: pa.Table
    reversals: pa.Table
    said: list[str]


def changes(units: Path, study: Study, gaps: pa.Table) -> Dated:
    """Find every dated change of a survey, and set an outlet's reversals against the study's events.

    `units` is the file that the survey left (`masthead.surveying.units`), `gaps` its table of gaps in collection. What
    hangs on these alone is kept beside the units; events may change without it being made again.
    """
    cache = units.parent.parent.parent / "changes" / VERSION / units.name
    if not is_whole(cache):
        table, said = _found(read_parquet(units), study, gaps)
        cache.parent.mkdir(parents=True, exist_ok=True)
        told = {f"said{i}": sentence for i, sentence in enumerate(said)}
        write_parquet_atomically(table.replace_schema_metadata(told), cache)
    table = read_parquet(cache)
    metadata = table.schema.metadata or {}
    said = [
        metadata[f"said{i}".encode()].decode()
        for i in range(len(metadata))
        if f"said{i}".encode() in metadata
    ]
    windows = [Window(event.id, event.start, event.end) for event in study.events]
    found = table.select(CHANGES.names).cast(CHANGES)
    turned = reversals(table.to_pylist(), windows)
    return Dated(found, pa.Table.from_pylist(turned, REVERSALS), said)


class Key(NamedTuple):
    """What tells one series from another."""

    measure: str
    outlet: str
    subject: str | None
    voice: str
    wire: Wire


@dataclass(frozen=True)
class Cell:
    """One series of a survey: where it belongs, its units, and what `find_changes` is asked."""

    key: Key

    categories: tuple[str | None, ...]
    units: Units
    series: Series

    @property
    def signed(self) -> bool:
        """Whether the figure is a mean on both sides of 0."""
        return MEASURES[self.key.measure].signed()


def _found(table: pa.Table, study: Study, gaps: pa.Table) -> tuple[pa.Table, list[str]]:
    """Look for changes in every series; return the table to keep, and what was looked at."""
    block = block_of(table)
    table = table.filter(pc.is_valid(table["day"]))
    cells = list(cells_of(table))
    tested = [cell for cell in cells if len(cell.series) >= FEWEST_TESTED]
    results = find_changes([cell.series for cell in tested], fdr=FDR, block=block, level=study.level)
    holes: dict[str, list[tuple[int, int]]] = {}
    for gap in gaps.to_pylist():
        holes.setdefault(gap["outlet"], []).append((gap["gap_start"].toordinal(), gap["gap_end"].toordinal()))
    rows: list[dict[str, Any]] = []
    for cell, result in zip(tested, results, strict=True):
        for change in result.changes:
            rows += _rows(cell, change, holes.get(cell.key.outlet, []), study.level)
    rows.sort(key=lambda r: tuple("" if r[k] is None else str(r[k]) for k in _ORDER))
    return pa.Table.from_pylist(rows, _CACHED), _said(cells, tested, results, block)


_ORDER = ("measure", "outlet", "subject", "voice", "wire", "date", "category")


def block_of(units: pa.Table) -> int:
    """Return how many days a block of the calendar has: more than the longest story, in whole weeks.

    Ten weeks where stories were not read.
    """
    storied = units.filter(pc.and_(pc.is_valid(units["story"]), pc.is_valid(units["day"])))
    if not storied.num_rows:
        return BLOCK
    ends = storied.group_by("story").aggregate([("day", "min"), ("day", "max")])
    last, first = (pc.cast(pc.cast(ends[name], pa.int32()), pa.int64()) for name in ("day_max", "day_min"))
    longest = int(pc.max(pc.subtract(last, first)).as_py()) + 1
    return max(SHORTEST_BLOCK, -(-STORIES_TO_A_BLOCK * longest // 7) * 7)


def cells_of(table: pa.Table) -> Iterator[Cell]:
    """Make a series of every measure, outlet, subject and voice, with and without wire copy, of dated units.

    Parts of a measure have none of their own: what changes in them shows in the whole, or is one change seen twice.
    """
    parts = pa.array([name for name, measure in MEASURES.items() if measure.is_part])
    table = table.filter(pc.invert(pc.is_in(table["measure"], parts)))
    for wire in WIRES:
        yield from _cells(table, wire)


def _cells(table: pa.Table, wire: Wire) -> Iterator[Cell]:
    if wire == "without":
        table = table.filter(pc.invert(pc.fill_null(table["copied"], False)))
    keys = ("measure", "outlet", "subject", "voice")
    order = [(key, "ascending") for key in (*keys, "cluster", "category")]
    table = table.sort_by(order).combine_chunks()
    if not table.num_rows:
        return
    coded = np.column_stack([codes_of(table[key]) for key in keys])
    starts = np.flatnonzero(np.r_[True, (np.diff(coded, axis=0) != 0).any(axis=1)]).tolist()
    for start, stop in zip(starts, [*starts[1:], table.num_rows], strict=True):
        part = table.slice(start, stop - start)
        measure, outlet, subject, voice = (part[key][0].as_py() for key in keys)
        categories = tuple(sorted(set(part["category"].to_pylist()), key=lambda c: (c is not None, c or "")))
        units = Units.of(part, categories)
        family = f"{measure}, voice {voice}, {wire} wire copy: all outlets and subjects"
        series = _series(units, MEASURES[measure].signed(), family)
        yield Cell(Key(measure, outlet, subject, voice, wire), categories, units, series)


def _series(units: Units, signed: bool, family: str) -> Series:
    if units.x.shape[1] == 1:
        return Series.of_ratio(units.day, units.x[:, 0], units.y, units.w, signed=signed, family=family)
    # What no category takes is a part of the composition too; labels that are in two take more than all.
    rest = np.maximum(units.y - units.x.sum(axis=1), 0.0)
    counts: Array = np.column_stack([units.x, rest]) * units.w[:, None]
    return Series.of_counts(units.day, counts, family=family)


def _rows(cell: Cell, change: Change, holes: list[tuple[int, int]], level: float) -> Iterator[dict[str, Any]]:
    """The rows of one change, one per category."""
    beside = figures_beside(cell.units, change, cell.signed, level)
    at_gap = any(first <= change.high and last >= change.low - 1 for first, last in holes)
    moved = coverage_moved(cell.units, change, level)
    date = dt.date.fromordinal(change.date)
    name = "/".join([*(part or "" for part in cell.key), date.isoformat()])
    for category, figures in zip(cell.categories, beside, strict=True):
        yield {
            "change": name,
            **cell.key._asdict(),
            "category": category,
            "kind": change.kind,
            "date": date,
            "date_low": dt.date.fromordinal(change.low),
            "date_high": dt.date.fromordinal(change.high),
            **figures,
            "conf_level": level,
            "p": change.p,
            "q": change.q,
            "family": cell.series.family
            + ("" if change.round == 1 else f"; cut {change.round - 1} times before"),
            "permutations": change.orders,
            "n_before": change.n_before,
            "n_after": change.n_after,
            "at_gap": at_gap,
            "coverage_moved": moved is not None,
            "method": METHODS[change.kind],
            "note": _note(change, at_gap, moved),
            "series_from": dt.date.fromordinal(int(cell.series.day[0])),
            "series_to": dt.date.fromordinal(int(cell.series.day[-1])),
        }


METHODS = {
    "change": "likelihood scan, blocks of the calendar permuted; date by profile likelihood, bootstrapped",
    "drift": "likelihood scan, blocks of the calendar permuted; a slow ramp fits as well as steps",
}


def _note(change: Change, at_gap: bool, moved: str | None) -> str | None:
    notes = []
    if change.kind == "drift":
        notes.append("the articles do not tell a sudden change from a slow one")
    if at_gap:
        notes.append("a gap in collection touches the interval of the date")
    if moved:
        notes.append(f"the mix of {moved} moved, and the figure within each did not")
    return "; ".join(notes) or None


def _said(cells: list[Cell], tested: list[Cell], results: list[Result], block: int) -> list[str]:
    families = len({cell.series.family for cell in tested})
    orders = [result.orders for result in results if result.orders]
    drawn = f", each against {min(orders):,} to {max(orders):,} random orders" if orders else ""
    return [
        f"{len(tested):,} of {len(cells):,} series have the {FEWEST_TESTED} dated articles that a test needs; they are "
        f"{families} families (a measure and voice, with or without wire copy), in each of which false discoveries "
        f"are held to {FDR:.0%}",
        f"p by putting blocks of {block // 7} weeks in random order{drawn}",
    ]
