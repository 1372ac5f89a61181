"""Cells of units that a model read and people coded in part, and the sums per article that correct the reading."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError
from masthead.inference.intervals import Array, Sums, divide, totals

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
    """What people coded, per row of sums: each an array of one number a row.

    `n`: codings that add to the denominator; `n_articles`: articles with such a coding; `n_positive`, `n_short`:
    codings that add to the numerator, and those that add less than they could.
    """

    n: Array
    n_articles: Array
    n_positive: Array
    n_short: Array


@dataclass(frozen=True)
class PseudoUnits:
    """The corrected sums of each article, and how many of its units were coded; one entry an article.

    `x` and `y` go through `masthead.inference.sums` as those of any measure; `x` may leave 0…`y`, and `y` may be below
    0. The others add up to `Codings`: `codings`, `positive` and `short`; an article counts for `n_articles` where
    its `codings` are above 0.
    """

    article: Whole
    x: Array
    y: Array
    codings: Whole
    positive: Whole
    short: Whole


@dataclass(frozen=True)
class ArticleSums:
    """Sums over the units of each article, of many cells at once.

    `cell` says which cell each article is of. `moved_x`, `moved_y`: Σ (f − f̄)(1 − c/π) of what the reader says;
    `coded_x`, `coded_y`: Σ (c/π)·t of what people say.
    """

    article: Whole
    cell: Whole
    n_cells: int
    fold: Whole
    moved_x: Array
    moved_y: Array
    coded_x: Array
    coded_y: Array
    codings: Whole
    positive: Whole
    short: Whole

    @classmethod
    def of(cls, units: Cell, cell_of_unit: Whole, n_cells: int) -> ArticleSums:
        """Add up the units of each article; `cell_of_unit` numbers the cell that each unit is of, from 0."""
        known = np.zeros(len(units.article), np.bool_) if units.is_known is None else units.is_known
        counts = units.is_coded | known
        weight = np.where(counts, 1.0 / np.where(known, 1.0, units.chance), 0.0)
        value_x, value_y = (np.where(counts, value, 0.0) for value in (units.value_x, units.value_y))
        articles, first, at = np.unique(units.article, return_index=True, return_inverse=True)

        def total(values: npt.ArrayLike) -> Array:
            return totals(at, values, len(articles))

        def moved(reading: Array) -> Array:
            size = totals(cell_of_unit, np.ones(len(reading)), n_cells)
            mean = divide(totals(cell_of_unit, reading, n_cells), size)
            return total((reading - mean[cell_of_unit]) * (1.0 - weight))

        tells = units.is_coded & (value_y > 0)
        return cls(
            articles,
            cell_of_unit[first],
            n_cells,
            units.fold[first],
            moved(units.reading_x),
            moved(units.reading_y),
            total(weight * value_x),
            total(weight * value_y),
            *(
                total(flags).astype(np.int64)
                for flags in (tells, tells & (value_x > 0), tells & (value_x < value_y))
            ),
        )

    def per_cell(self, values: npt.ArrayLike) -> Array:
        """Add up values of articles in each cell."""
        return totals(self.cell, values, self.n_cells)

    def tuning(self) -> Array:
        """Return of each article how much of the reading is used: λ, between 0 and 1, learnt from other folds."""
        alone = divide(self.per_cell(self.coded_x), self.per_cell(self.coded_y))
        r = np.nan_to_num(alone)[self.cell]
        a, b = self.moved_x - r * self.moved_y, self.coded_x - r * self.coded_y
        in_fold = self.cell * FOLDS + self.fold
        size = self.n_cells * FOLDS
        ab, aa = (totals(in_fold, values, size).reshape(-1, FOLDS) for values in (a * b, a * a))
        others = divide(ab - ab.sum(axis=1, keepdims=True), aa.sum(axis=1, keepdims=True) - aa)
        tuning: Array = np.clip(np.nan_to_num(others), 0.0, 1.0).reshape(-1)[in_fold]
        return tuning

    def pseudo(self, tuning: Array) -> tuple[Array, Array]:
        """Return the corrected numerator and denominator of each article."""
        return tuning * self.moved_x + self.coded_x, tuning * self.moved_y + self.coded_y

    def sums(self, tuning: Array) -> Sums:
        """Return the sums of each cell, as `masthead.inference.sums` gives them."""
        return Sums.of_groups(*self.pseudo(tuning), self.cell, self.n_cells)

    def codings_of_cells(self) -> Codings:
        """Return how much is coded in each cell."""
        columns = (self.codings, self.codings > 0, self.positive, self.short)
        return Codings(*(self.per_cell(column) for column in columns))
