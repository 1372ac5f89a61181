"""When the figures of a survey changed: every series of every measure, from the units that the survey left.

A series is an outlet, a subject and a voice. Where a figure has several categories (labels, stances) they are one
composition, which changes at once; any other is a ratio of its own. Series with and without wire copy are looked at
apart; where an outlet ran none, they are the same.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
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
from masthead.surveying.change_sight import Looked, sights, unseen
from masthead.surveying.reversals import Window, reversals

VERSION = "5"
"""Raised whenever the same units would give other changes than the last version of this code."""

FDR = 0.05
"""The false discovery rate within a family: a measure and voice, all outlets and subjects."""

USUAL_BLOCK, SHORTEST_BLOCK = 28, 14
"""Days of a block at least. Stories are read as some days of one event; an affair goes on over several.

The shortest is for series whose articles lie in fewer than `FEW_BLOCKS` of the usual ones: months, not years.
"""

FEW_BLOCKS = 12

STORIES_TO_A_BLOCK = 4
"""A block is so many times as long as the longest story of its series."""

_CACHED = pa.schema([*CHANGES, pa.field("series_from", pa.date32()), pa.field("series_to", pa.date32())])


class Dated(NamedTuple):
    """The changes and the reversals of a survey.

    `said` tells what was looked at in plain sentences, first of all what would go unseen; `sight` holds that as data, a
    row per measure (`masthead.surveying.change_sight`).
    """

    changes: pa.Table
    reversals: pa.Table
    said: list[str]
    sight: list[dict[str, Any]]


def changes(units: Path, study: Study, gaps: pa.Table) -> Dated:
    """Find every dated change of a survey, and set an outlet's reversals against the study's events.

    `units` is the file that the survey left (`masthead.surveying.units`), `gaps` its table of gaps in collection. What
    hangs on these alone is kept beside the units; events may change without it being made again.
    """
    cache = units.parent.parent.parent / "changes" / VERSION / units.name
    if not is_whole(cache):
        table, told = _found(read_parquet(units), study, gaps)
        cache.parent.mkdir(parents=True, exist_ok=True)
        write_parquet_atomically(table.replace_schema_metadata({"told": json.dumps(told)}), cache)
    table = read_parquet(cache)
    told = json.loads((table.schema.metadata or {}).get(b"told", b"{}"))
    windows = [Window(event.id, event.start, event.end) for event in study.events]
    # A record turns by all labels of a change; a finding are those that did not stay within their interval alone.
    turned = reversals(table.to_pylist(), windows)
    found = table.filter(pc.or_(pc.greater(table["conf_low"], 0), pc.less(table["conf_high"], 0)))
    found = found.select(CHANGES.names).cast(CHANGES)
    return Dated(found, pa.Table.from_pylist(turned, REVERSALS), told.get("said", []), told.get("sight", []))


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


def _found(table: pa.Table, study: Study, gaps: pa.Table) -> tuple[pa.Table, dict[str, Any]]:
    """Look for changes in every series; return the table to keep, and what was looked at (`Dated`)."""
    if table["day"].null_count:
        table = table.filter(pc.is_valid(table["day"]))
    series = cells_of(table)
    # The rows are in the series then, and not held twice.
    del table
    looked_at = 0
    tested = []
    for cell in series:
        looked_at += 1
        if len(cell.series) >= FEWEST_TESTED:
            tested.append(cell)
    blocks = [block_of(cell.units) for cell in tested]
    results = find_changes([cell.series for cell in tested], fdr=FDR, block=blocks, level=study.level)
    holes: dict[str, list[tuple[int, int]]] = {}
    for gap in gaps.to_pylist():
        holes.setdefault(gap["outlet"], []).append((gap["gap_start"].toordinal(), gap["gap_end"].toordinal()))
    rows: list[dict[str, Any]] = []
    unclear = 0
    for cell, result in zip(tested, results, strict=True):
        for change in result.changes:
            made = list(_rows(cell, change, holes.get(cell.key.outlet, []), study.level))
            clear = any(_is_clear(row) for row in made)
            rows += made if clear else []
            unclear += not clear
    rows.sort(key=lambda r: tuple("" if r[k] is None else str(r[k]) for k in _ORDER))
    seen = sights(
        [
            Looked(*cell.key, series=cell.series, block=block, changed=bool(result.changes))
            for cell, block, result in zip(tested, blocks, results, strict=True)
        ],
        FDR,
    )
    said = [unseen(seen), *_said(looked_at, tested, results, blocks, unclear)]
    return pa.Table.from_pylist(rows, _CACHED), {"said": said, "sight": seen}


def _is_clear(row: dict[str, Any]) -> bool:
    """Whether the interval of the difference lies on one side of 0."""
    low, high = row["conf_low"], row["conf_high"]
    return low is not None and high is not None and (low > 0 or high < 0)


_ORDER = ("measure", "outlet", "subject", "voice", "wire", "date", "category")


def block_of(units: Units) -> int:
    """Return how many days a block of the calendar has: more than the longest story of a series, in whole weeks.

    It hangs on days and stories alone, not on what articles say. Ten weeks where no article of it is in a story:
    their days are not known, or stories were not read.
    """
    storied = units.story >= 0
    if not storied.any():
        return BLOCK
    _, of = np.unique(units.story[storied], return_inverse=True)
    day = units.day[storied]
    last, first = np.full(of.max() + 1, day.min()), np.full(of.max() + 1, day.max())
    np.maximum.at(last, of, day)
    np.minimum.at(first, of, day)
    longest = int((last - first).max()) + 1
    least = -(-STORIES_TO_A_BLOCK * longest // 7) * 7
    usual = max(USUAL_BLOCK, least)
    few = len(np.unique((units.day[units.y > 0] - day.min()) // usual)) < FEW_BLOCKS
    return max(SHORTEST_BLOCK, least) if few else usual


def cells_of(table: pa.Table) -> Iterator[Cell]:
    """Make a series of every measure, outlet, subject and voice, with and without wire copy, of dated units.

    Parts of a measure have none of their own: what changes in them shows in the whole, or is one change seen twice.
    """
    parts = pa.array([name for name, measure in MEASURES.items() if measure.is_part])
    is_part = pc.is_in(table["measure"], parts)
    if pc.any(is_part).as_py():
        table = table.filter(pc.invert(is_part))
    table, names = _numbered(table)
    for wire in WIRES:
        yield from _cells(table, names, wire)


_TEXTS = ("measure", "outlet", "subject", "voice", "category", "cluster", "story", "section")


def _numbered(table: pa.Table) -> tuple[pa.Table, dict[str, list[str]]]:
    """Put numbers, in the order of the texts, in the place of texts: a tenth of the room. Return the texts too."""
    columns, names = {}, {}
    for name in (*_TEXTS, "day", "copied", "x", "y", "w"):
        columns[name] = table[name]
        if name in _TEXTS:
            coded = pc.dictionary_encode(table[name]).unify_dictionaries().combine_chunks()
            coded = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
            order = pc.sort_indices(coded.dictionary).to_numpy()
            places = np.empty(len(order), np.int32)
            places[order] = np.arange(len(order), dtype=np.int32)
            columns[name] = pc.take(pa.array(places, pa.int32()), coded.indices)
            names[name] = coded.dictionary.take(pa.array(order)).to_pylist()
    return pa.table(columns), names


def _cells(table: pa.Table, names: Mapping[str, list[str]], wire: Wire) -> Iterator[Cell]:
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
        measure, outlet, subject, voice = (_named(names[key], part[key][0].as_py()) for key in keys)
        numbers = tuple(sorted(set(part["category"].to_pylist()), key=lambda c: (c is not None, c or 0)))
        units = Units.of(part, numbers)
        categories = tuple(_named(names["category"], number) for number in numbers)
        family = f"{measure}, voice {voice}, {wire} wire copy: all outlets and subjects"
        series = _series(units, MEASURES[measure].signed(), family)
        yield Cell(Key(measure, outlet, subject, voice, wire), categories, units, series)


def _named(names: list[str], number: int | None) -> Any:
    return None if number is None else names[number]


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


def _said(
    looked_at: int, tested: list[Cell], results: list[Result], blocks: list[int], unclear: int
) -> list[str]:
    families = len({cell.series.family for cell in tested})
    orders = [result.orders for result in results if result.orders]
    drawn = f", each against {min(orders):,} to {max(orders):,} random orders" if orders else ""
    weeks = sorted({block // 7 for block in blocks}) or [BLOCK // 7]
    length = f"{weeks[0]}" if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"
    said = [
        f"{len(tested):,} of {looked_at:,} series have the {FEWEST_TESTED} dated articles that a test needs; they are "
        f"{families} families (a measure and voice, with or without wire copy), in each of which false discoveries "
        f"are held to {FDR:.0%}",
        f"p by putting blocks of {length} weeks in random order{drawn}",
    ]
    if unclear:
        said.append(
            f"no finding: {unclear:,} more passed the test, but the interval of the difference holds 0"
        )
    return said
