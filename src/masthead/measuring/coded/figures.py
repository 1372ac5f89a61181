"""Calibrated figures of many parts at once, with their intervals of one level, and their differences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from masthead.inference.calibration import (
    CalibratedFigures,
    CalibratedMeans,
    CalibratedShares,
    Cell,
    calibrate_many,
)
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Array

Rows = npt.NDArray[np.int64]


@dataclass(frozen=True)
class CodedFigures:
    """Calibrated figures, one a row, and the ends of their intervals."""

    figures: CalibratedFigures
    low: Array
    high: Array

    def differences(self, of: Rows, versus: Rows) -> Difference:
        """Return the differences of rows, by twos, which share no article."""
        return Difference(_rows(self.figures.family, of), _rows(self.figures.family, versus))


def figures_of(cells: Sequence[Cell], *, signed: bool, level: float) -> CodedFigures:
    """Estimate every cell; each must have codes."""
    figures = calibrate_many(cells, signed=signed)
    return CodedFigures(figures, *figures.family.bounds(np.full(len(cells), 1.0 - level)))


def _rows(family: CalibratedShares | CalibratedMeans, rows: Rows) -> CalibratedShares | CalibratedMeans:
    return type(family)(**{field.name: getattr(family, field.name)[rows] for field in fields(family)})
