"""Tables of one figure: outlets in rows, subjects in columns."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from masthead.dossier.board import Board
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.measuring.words import PLAIN, Words

COLUMNS = 6
"""So many subjects fit side by side; more are cut into tables of like width."""


Shown = TypeVar("Shown")


@dataclass(frozen=True)
class GridRow(Generic[Shown]):
    """One outlet and what is shown of it, per subject of the grid; None where there is nothing."""

    outlet: OutletView
    cells: list[Shown | None]


@dataclass(frozen=True)
class Grid(Generic[Shown]):
    """Outlets in rows, subjects in columns."""

    subjects: list[SubjectView]
    rows: list[GridRow[Shown]]
    words: Words = PLAIN
    """Those of the measure whose figures stand in it."""


def grids(board: Board, measure: str, category: str | None = None) -> list[Grid[Cell]]:
    """Return the tables of a measure's figures in a category, over the subjects that have any; none without."""
    subjects = [s for s in board.subjects if category in board.categories.get((measure, s.id), [])]
    return [
        Grid(
            part,
            [GridRow(o, [board.cell(measure, s.id, category, o.id) for s in part]) for o in board.outlets],
            board.words(measure),
        )
        for part in strips(subjects, COLUMNS)
    ]


def strips(subjects: Sequence[SubjectView], most: int) -> list[list[SubjectView]]:
    """Cut subjects into parts of like size, of `most` at most."""
    if not subjects:
        return []
    each = math.ceil(len(subjects) / math.ceil(len(subjects) / most))
    return [list(subjects[at : at + each]) for at in range(0, len(subjects), each)]
