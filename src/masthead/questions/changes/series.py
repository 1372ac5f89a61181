"""The series of a survey in which changes are looked for, from the units that it left.

A series is an outlet, a subject and a voice. Where a figure has several categories (labels, stances) they are one
composition, which changes at once; any other is a ratio of its own. Series with and without wire copy are looked at
apart; where an outlet ran none, they are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from masthead.inference.changes import BLOCK, Series
from masthead.inference.codes import codes_of
from masthead.inference.intervals import Array
from masthead.measuring import MEASURES
from masthead.questions.changes.figures import Units
from masthead.study import Wire
from masthead.study.parts import WIRES

USUAL_BLOCK, SHORTEST_BLOCK = 28, 14
"""Days of a block at least. Stories are read as some days of one event; an affair goes on over several.

The shortest is for series whose articles lie in fewer than `FEW_BLOCKS` of the usual ones: months, not years.
"""

FEW_BLOCKS = 12

STORIES_TO_A_BLOCK = 4
"""A block is so many times as long as the longest story of its series."""


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


def block_of(units: Units) -> int:
    """Return how many days a block of the calendar has: more than the longest story of a series, in whole weeks.

    It hangs on days and stories alone, not on what articles say. Ten weeks where no article of it is in a story:
    their days are not known, or stories were not read.
    """
    in_story = units.story >= 0
    if not in_story.any():
        return BLOCK
    _, of = np.unique(units.story[in_story], return_inverse=True)
    day = units.day[in_story]
    last, first = np.full(of.max() + 1, day.min()), np.full(of.max() + 1, day.max())
    np.maximum.at(last, of, day)
    np.minimum.at(first, of, day)
    longest = int((last - first).max()) + 1
    least = -(-STORIES_TO_A_BLOCK * longest // 7) * 7
    usual = max(USUAL_BLOCK, least)
    few = len(np.unique((units.day[units.y > 0] - day.min()) // usual)) < FEW_BLOCKS
    return max(SHORTEST_BLOCK, least) if few else usual


def cells_of(units: Path) -> Iterator[Iterator[Cell]]:
    """Yield the series of each measure, with wire copy and without: of every outlet, subject and voice.

    Take those of one before the next: what they are made of is not held. Parts of a measure have no series: what
    changes in them shows in the whole, or is one change seen twice.
    """
    file = pq.ParquetFile(units, page_checksum_verification=True)
    for measure in sorted(MEASURES):
        if not MEASURES[measure].is_part:
            table, names = _as_numbers(_dated_units(file, measure))
            for wire in WIRES:
                yield _cells(table, names, wire)


def _dated_units(file: pq.ParquetFile, measure: str) -> pa.Table:
    """Read the units of a measure whose day is known.

    The file is in the order of the measures (`write_units`), so that only its own lots of rows are read.
    """
    at = file.schema_arrow.get_field_index("measure")
    lots = [file.metadata.row_group(lot).column(at).statistics for lot in range(file.num_row_groups)]
    mine = [
        n
        for n, statistics in enumerate(lots)
        if statistics is None or statistics.min <= measure <= statistics.max
    ]
    table = file.read_row_groups(mine)
    return table.filter(pc.and_(pc.equal(table["measure"], measure), pc.is_valid(table["day"])))


_TEXTS = ("measure", "outlet", "subject", "voice", "category", "cluster", "story", "section")


def _as_numbers(table: pa.Table) -> tuple[pa.Table, dict[str, list[str]]]:
    """Put numbers, in the order of the texts, in the place of texts: a tenth of the room. Return the texts too."""
    columns, names = {}, {}
    for name in (*_TEXTS, "day", "copied", "x", "y", "w"):
        columns[name] = table[name]
        if name in _TEXTS:
            dictionary = pc.dictionary_encode(table[name]).unify_dictionaries().combine_chunks()
            dictionary = dictionary.chunk(0) if isinstance(dictionary, pa.ChunkedArray) else dictionary
            order = pc.sort_indices(dictionary.dictionary).to_numpy()
            places = np.empty(len(order), np.int32)
            places[order] = np.arange(len(order), dtype=np.int32)
            columns[name] = pc.take(pa.array(places, pa.int32()), dictionary.indices)
            names[name] = dictionary.dictionary.take(pa.array(order)).to_pylist()
    return pa.table(columns), names


def _cells(table: pa.Table, names: Mapping[str, list[str]], wire: Wire) -> Iterator[Cell]:
    if wire == "without":
        table = table.filter(pc.invert(pc.fill_null(table["copied"], False)))
    keys = ("measure", "outlet", "subject", "voice")
    order = [(key, "ascending") for key in (*keys, "cluster", "category")]
    table = table.sort_by(order).combine_chunks()
    if not table.num_rows:
        return
    codes = np.column_stack([codes_of(table[key]) for key in keys])
    starts = np.flatnonzero(np.r_[True, (np.diff(codes, axis=0) != 0).any(axis=1)]).tolist()
    for start, stop in zip(starts, [*starts[1:], table.num_rows], strict=True):
        part = table.slice(start, stop - start)
        measure, outlet, subject, voice = (_name_of(names[key], part[key][0].as_py()) for key in keys)
        numbers = tuple(sorted(set(part["category"].to_pylist()), key=lambda c: (c is not None, c or 0)))
        units = Units.of(part, numbers)
        categories = tuple(_name_of(names["category"], number) for number in numbers)
        family = f"{measure}, voice {voice}, {wire} wire copy: all outlets and subjects"
        series = _series(units, MEASURES[measure].signed(), family)
        yield Cell(Key(measure, outlet, subject, voice, wire), categories, units, series)


def _name_of(names: list[str], number: int | None) -> Any:
    return None if number is None else names[number]


def _series(units: Units, signed: bool, family: str) -> Series:
    if units.x.shape[1] == 1:
        return Series.of_ratio(units.day, units.x[:, 0], units.y, units.w, signed=signed, family=family)
    # What no category takes is a part of the composition too; labels that are in two take more than all.
    rest = np.maximum(units.y - units.x.sum(axis=1), 0.0)
    counts: Array = np.column_stack([units.x, rest]) * units.w[:, None]
    return Series.of_counts(units.day, counts, family=family)
