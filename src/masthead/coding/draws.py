"""Draws: which units are to be coded. By permanent random numbers, so that any prefix of a cell is a fair draw of it.

Units of a cell (outlet × subject) are taken in the order of their ids (`RoundFolder.unit`), which are chance. The
chance of a unit is how many units of its cell are coded from the first on without a gap, of all that the cell has now.
So a unit that is gone takes nothing from the others, and one that is new stands in its place by its own number: until
it is coded the prefix ends before it, and `Stratum.missing` says so.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

import pyarrow as pa

from masthead.coding.lines import append_lines, read_lines
from masthead.coding.rounds import RoundFolder, now, text

TWICE = 50
"""So many units at least are coded by two coders, where so many are drawn."""

TWICE_SHARE = 0.2
"""And this share of them at least."""


class CellName(NamedTuple):
    """A cell of a draw."""

    outlet: str
    subject: str | None


@dataclass(frozen=True)
class Unit:
    """A unit as the survey has it now, with its id."""

    id: str
    outlet: str
    subject: str | None
    article_id: str
    mention: str
    field: str
    start: int
    end: int
    sentence_start: int
    sentence_end: int

    @property
    def cell(self) -> CellName:
        """The cell that it is drawn in."""
        return CellName(self.outlet, self.subject)


Cells = Mapping[CellName, Sequence[Unit]]
"""The units of each cell, in the order in which they are drawn."""


def cells_of(folder: RoundFolder, units: pa.Table) -> dict[CellName, list[Unit]]:
    """Return the units that may be drawn (`masthead.measuring.coding.UNITS`) by cell, in the order of drawing."""
    cells: dict[CellName, list[Unit]] = defaultdict(list)
    for row in units.drop_columns(["quoted", "weight"]).to_pylist():
        unit = Unit(id=folder.unit(row["article_id"], row["subject"], row["mention"]), **row)
        cells[unit.cell].append(unit)
    return {cell: sorted(cells[cell], key=lambda unit: unit.id) for cell in sorted(cells, key=str)}


def draw(folder: RoundFolder, cells: Cells, sizes: Mapping[CellName, int]) -> int:
    """Draw the first so many units of each cell, and return how many of them were not drawn before.

    What is drawn stays drawn. Of each unit the draw keeps where it stands, a hash of its sentence is kept with the
    sheets, and how many units its cell had.
    """
    before = drawn_units(folder)
    at = now()
    rows = [
        {
            "unit": unit.id,
            "outlet": unit.outlet,
            "subject": unit.subject,
            "article_id": unit.article_id,
            "mention": unit.mention,
            "field": unit.field,
            "start": unit.start,
            "end": unit.end,
            "chance": min(size, len(cells[cell])) / len(cells[cell]),
            "units_in_cell": len(cells[cell]),
            "at": at,
        }
        for cell, size in sizes.items()
        for unit in cells[cell][:size]
        if unit.id not in before
    ]
    if rows:
        append_lines(folder.file("draw"), rows)
    return len(rows)


def drawn_units(folder: RoundFolder) -> dict[str, CellName]:
    """Return the ids of all units that were ever drawn, with the cell that each was in."""
    return {
        text(row, "unit"): CellName(text(row, "outlet"), text(row, "subject") or None)
        for row in read_lines(folder.file("draw")).rows
        if text(row, "unit")
    }


class Dealt(NamedTuple):
    """The units that are to be coded, in the order in which they are dealt, and those of them for two coders."""

    units: list[Unit]
    twice: frozenset[str]


def dealt_units(folder: RoundFolder, cells: Cells) -> Dealt:
    """Return the drawn units that are still there: the first of every cell come first.

    A unit that came later and stands before a drawn one is drawn too: without it the prefix has a gap. Those for two
    coders are the first ones, so that more draws only add to them.
    """
    before = drawn_units(folder)
    sizes = {}
    by_rank: list[tuple[int, str, Unit]] = []
    for units in cells.values():
        last = max((at for at, unit in enumerate(units) if unit.id in before), default=-1)
        by_rank += [(at, unit.id, unit) for at, unit in enumerate(units[: last + 1])]
        if last >= 0:
            sizes[units[0].cell] = last + 1
    draw(folder, cells, sizes)
    by_rank.sort(key=lambda one: one[:2])
    every = [unit for _, _, unit in by_rank]
    n = max(TWICE, ceil(TWICE_SHARE * len(every)))
    return Dealt(every, frozenset(unit.id for unit in every[:n]))


@dataclass(frozen=True)
class Stratum:
    """How far a cell is coded: from the first unit on without a gap, of how many.

    `missing`: drawn units that wait for a code, or that came later and stand before coded ones; `waiting`: codes behind
    the first of them, which count once it is filled.
    """

    cell: CellName
    n_units: int
    n_drawn: int
    n_coded: int
    missing: int
    waiting: int

    @property
    def chance(self) -> float:
        """The chance with which each unit of the cell came to be coded."""
        return self.n_coded / self.n_units if self.n_units else 0.0


def stratum(
    cell: CellName, units: Sequence[Unit], drawn_ids: Collection[str], coded_ids: Collection[str]
) -> Stratum:
    """Return how far a cell is coded."""
    n_coded = next((at for at, unit in enumerate(units) if unit.id not in coded_ids), len(units))
    behind = [unit for unit in units[n_coded:] if unit.id in coded_ids]
    last = max(
        (at for at, unit in enumerate(units) if unit.id in drawn_ids or unit.id in coded_ids), default=-1
    )
    return Stratum(
        cell,
        len(units),
        sum(unit.id in drawn_ids for unit in units),
        n_coded,
        sum(unit.id not in coded_ids for unit in units[: last + 1]),
        len(behind),
    )


def order_of_coder(units: Sequence[Unit], coder: str, lot: int = 20) -> list[Unit]:
    """Return units in an order of the coder's own: by chance within lots.

    Lots keep the order of dealing, so that a coder who stops early leaves few gaps.
    """
    lots = [units[at : at + lot] for at in range(0, len(units), lot)]
    return [unit for some in lots for unit in sorted(some, key=lambda unit: _chance(coder, unit.id))]


def _chance(coder: str, unit: str) -> str:
    return hashlib.sha256(f"{coder}\x1f{unit}".encode()).hexdigest()
