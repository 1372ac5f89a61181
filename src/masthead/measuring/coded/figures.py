"""Calibrated figures of many parts at once, and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from masthead.inference.calibration import Cell, calibrated_family
from masthead.inference.calibration.cells import ArticleSums
from masthead.inference.calibration.estimates import correlation
from masthead.inference.calibration.families import CalibratedMeans, CalibratedShares
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Array, divide
from masthead.measuring.coded.units import cells_together

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CodedFigures:
    """Calibrated figures, one a row, with their intervals of one level.

    `n_coded`: how many units were coded; `rho`: how closely the reader follows people; `tuning`: how far the figure
    leans on the reader; `worth`: how many codes would give the interval without it.
    """

    family: CalibratedShares | CalibratedMeans
    low: Array
    high: Array
    n_coded: Array
    rho: Array
    tuning: Array
    worth: Array
    method: list[str]

    @property
    def estimate(self) -> Array:
        """The figures."""
        return self.family.value

    def differences(self, of: Rows, versus: Rows) -> Difference:
        """Return the differences of rows, by twos, which share no article."""
        return Difference(_rows(self.family, of), _rows(self.family, versus))


def figures_of(cells: Sequence[Cell], *, signed: bool, level: float) -> CodedFigures:
    """Estimate every cell; each must have codes."""
    units, cell_of_unit = cells_together(cells)
    articles = ArticleSums.of(units, cell_of_unit, len(cells))
    codings, tuning = articles.codings_of_cells(), articles.tuning()
    family = calibrated_family(articles.sums(tuning), codings, signed)
    alone = calibrated_family(articles.sums(np.zeros(len(articles.cell))), codings, signed)
    alpha = np.full(len(cells), 1.0 - level)
    (low, high), (low_alone, high_alone) = family.bounds(alpha), alone.bounds(alpha)
    return CodedFigures(
        family,
        low,
        high,
        codings.n,
        np.array([correlation(cell) for cell in cells]),
        divide(articles.per_cell(tuning), articles.per_cell(np.ones(len(tuning)))),
        codings.n * divide(high_alone - low_alone, high - low) ** 2,
        family.methods(),
    )


def _rows(family: CalibratedShares | CalibratedMeans, rows: Rows) -> CalibratedShares | CalibratedMeans:
    return type(family)(**{field.name: getattr(family, field.name)[rows] for field in fields(family)})
