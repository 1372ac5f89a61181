"""Cells of units that a model read and people coded in part, and the sums per article that correct the reading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError
from masthead.inference.intervals import FEW, Array, Sums, divide, totals

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FOLDS = 5
"""How much the reading is trusted in a fold of articles is learnt from the other four."""


@dataclass(frozen=True)
class Cell:
    """The units of one cell (the mentions of a subject in an outlet, its quotations): a value each, in one order.

    - `article`: which article the unit stands in, as any whole number of its own,
    - `reading_x`, `reading_y`: what the reader says that the unit adds to numerator and denominator,
    - `chance`: the known chance with which the unit came to be coded, above 0 and at most 1; of every unit, coded or
      not,
    - `is_coded`: whether people coded it,
    - `value_x`, `value_y`: what people say that it adds; not looked at where it is not coded,
    - `fold`: 0 to 4, by a hash of the article's id: the same for all units of an article,
    - `is_known`: None, or where true, `value_x` and `value_y` are known without coding (an article that was not in the
      draw because nothing in it can be coded): it counts, and is no coding.
    """

    article: Whole
    reading_x: Array
    reading_y: Array
    chance: Array
    is_coded: Flags
    value_x: Array
    value_y: Array
    fold: Whole
    is_known: Flags | None = None

    def __post_init__(self) -> None:
        """Raise UsageError where the columns do not fit each other or a chance is none."""
        lengths = {len(column) for column in vars(self).values() if column is not None}
        if len(lengths) > 1:
            raise UsageError(
                f"columns of {' and '.join(map(str, sorted(lengths)))} units",
                "a value of each unit in every column",
                "take them from one table",
            )
        if not ((self.chance > 0) & (self.chance <= 1)).all():
            raise UsageError(
                "a unit whose chance of being coded is not above 0 and at most 1",
                "known chances, of units that were not drawn too",
                "take them from the draw",
            )


@dataclass(frozen=True)
class Codings:
    """What people coded, per cell: `n` codings that count in the denominator, and their sums over articles.

    `sums` are those of coding alone, as `masthead.inference.sums` gives them: an article is a cluster, its weight how
    many units one of its coded units stands for.
    """

    n: Array
    sums: Sums


@dataclass(frozen=True)
class PseudoUnits:
    """The corrected sums of each article, and what is coded in it; one entry an article.

    `x` and `y` are numerator and denominator corrected by coding: `x` may leave 0…`y`, and `y` may be below 0.
    `coded_x`, `coded_y` and `coded_weight` are those of coding alone; `codings` how many of its units are coded and
    count in the denominator. All go through `masthead.inference.sums` as those of any measure do, the first two with a
    weight of 1.
    """

    article: Whole
    x: Array
    y: Array
    coded_x: Array
    coded_y: Array
    coded_weight: Array
    codings: Array


@dataclass(frozen=True)
class ArticleSums:
    """Sums over the units of each article, of many cells at once.

    `cell` says which cell each article is of. `moved_x`, `moved_y`: Σ (f − f̄)(1 − c/π) of what the reader says;
    `value_x`, `value_y`: Σ (c/π)·t of what people say; `weight`: how many units a coded one stands for, 1 where none is
    coded.
    """

    cell: Whole
    n_cells: int
    fold: Whole
    moved_x: Array
    moved_y: Array
    value_x: Array
    value_y: Array
    weight: Array
    codings: Array

    @classmethod
    def of(cls, units: Cell, cell_of_unit: Whole, n_cells: int) -> ArticleSums:
        """Add up the units of each article; `cell_of_unit` numbers the cell that each unit is of, from 0.

        Articles are numbered from 0, and each is of one cell.
        """
        n_articles = int(units.article.max(initial=-1)) + 1
        is_known = np.zeros(len(units.article), np.bool_) if units.is_known is None else units.is_known
        counts = units.is_coded | is_known
        stands_for = np.where(counts, 1.0 / np.where(is_known, 1.0, units.chance), 0.0)
        value_x, value_y = (np.where(counts, value, 0.0) for value in (units.value_x, units.value_y))
        n_units = totals(cell_of_unit, np.ones(len(counts)), n_cells)
        cell, fold = np.zeros(n_articles, np.int64), np.zeros(n_articles, np.int64)
        cell[units.article], fold[units.article] = cell_of_unit, units.fold

        def total(values: npt.ArrayLike) -> Array:
            return totals(units.article, values, n_articles)

        def moves(reading: Array) -> Array:
            mean = divide(totals(cell_of_unit, reading, n_cells), n_units)
            return total((reading - mean[cell_of_unit]) * (1.0 - stands_for))

        weight = divide(total(stands_for), total(counts))
        return cls(
            cell,
            n_cells,
            fold,
            moves(units.reading_x),
            moves(units.reading_y),
            total(stands_for * value_x),
            total(stands_for * value_y),
            np.where(np.isnan(weight), 1.0, weight),
            total(units.is_coded & (value_y > 0)),
        )

    def per_cell(self, values: npt.ArrayLike) -> Array:
        """Add up values of articles in each cell."""
        return totals(self.cell, values, self.n_cells)

    def tuning(self) -> Array:
        """Return of each article how much of the reading is used: λ, between 0 and 1, learnt from other folds.

        It is 0 in a cell where all coded articles but fewer than `FEW` say one thing (−1, 0 or 1): so few do not tell
        how good the reading is.
        """
        alone = divide(self.per_cell(self.value_x), self.per_cell(self.value_y))
        r = np.nan_to_num(alone)[self.cell]
        a, b = self.moved_x - r * self.moved_y, self.value_x - r * self.value_y
        in_fold = self.cell * FOLDS + self.fold
        size = self.n_cells * FOLDS
        ab, aa = (totals(in_fold, values, size).reshape(-1, FOLDS) for values in (a * b, a * a))
        others = divide(ab - ab.sum(axis=1, keepdims=True), aa.sum(axis=1, keepdims=True) - aa)
        tuning: Array = np.clip(np.nan_to_num(others), 0.0, 1.0).reshape(-1)[in_fold]
        rarer = np.minimum.reduce(
            [self.per_cell(np.abs(self.value_x - end * self.value_y) > 1e-9) for end in (-1.0, 0.0, 1.0)]
        )
        return np.where((rarer < FEW)[self.cell], 0.0, tuning)

    def coding_alone(self) -> tuple[Array, Array, Array]:
        """Return numerator, denominator and weight of each article of coding alone."""
        return self.value_x / self.weight, self.value_y / self.weight, self.weight

    def pseudo(self, tuning: Array) -> tuple[Array, Array]:
        """Return the corrected numerator and denominator of each article."""
        return tuning * self.moved_x + self.value_x, tuning * self.moved_y + self.value_y

    def sums(self, tuning: Array) -> Sums:
        """Return the sums of each cell, as `masthead.inference.sums` gives them."""
        return Sums.of_groups(*self.pseudo(tuning), None, self.cell, self.n_cells)

    def codings_of_cells(self) -> Codings:
        """Return what is coded in each cell."""
        return Codings(
            self.per_cell(self.codings), Sums.of_groups(*self.coding_alone(), self.cell, self.n_cells)
        )
