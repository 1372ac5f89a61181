"""The ratios of claims that people's codes correct: those of every cell of which enough units are coded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from masthead.inference.calibration import pseudo_units
from masthead.inference.intervals import Array
from masthead.measuring import MEASURES
from masthead.measuring.coded.figures import figures_of
from masthead.measuring.coded.units import FEWEST, CodedUnits, Part
from masthead.questions.claims.cells import Cell, Ratio

StoryMoves = tuple[npt.NDArray[np.int64], Array]
"""Which stories a ratio is of, by number, and how far each moves it."""


def coded_ratios(
    cells: Sequence[Cell], coded_cells: CodedUnits, plain: Sequence[Ratio], level: float
) -> dict[Cell, Ratio]:
    """Return the calibrated ratio of every cell of which enough units are coded; `plain` are those by the reader."""
    if not coded_cells:
        return {}
    ratios: dict[Cell, Ratio] = {}
    rows = [coded_cells.rows(part_of(cell)) for cell in cells]
    for is_signed in (False, True):
        mine = [
            at
            for at, cell in enumerate(cells)
            if MEASURES[cell.measure].signed() == is_signed and coded_cells.count(rows[at]) >= FEWEST
        ]
        if not mine:
            continue
        figures = figures_of(
            [coded_cells.cell(rows[at], cells[at].by_story) for at in mine], signed=is_signed, level=level
        )
        numbers = zip(
            mine,
            figures.figures.family.value.tolist(),
            figures.low.tolist(),
            figures.high.tolist(),
            figures.figures.n_coded.tolist(),
            strict=True,
        )
        for at, value, low, high, n in numbers:
            ratios[cells[at]] = replace(plain[at], value=value, low=low, high=high, n_coded=int(n))
    return ratios


def coded_moves(cell: Cell, coded_cells: CodedUnits) -> StoryMoves:
    """Return how far each story moves a calibrated ratio whose unit is the story."""
    units = pseudo_units(coded_cells.cell(coded_cells.rows(part_of(cell)), by_story=True))
    total = units.y.sum()
    return units.article, (units.x - units.x.sum() / total * units.y) / total


def part_of(cell: Cell) -> Part:
    """Return the part of the coded units that is a cell's."""
    window = cell.window
    return Part(
        cell.measure,
        cell.outlets,
        cell.subject,
        cell.category,
        cell.voice,
        cell.wire,
        window.start,
        window.end,
    )
