"""Intervals of calibrated figures at any level: the third family beside `Proportions` and `SignedMeans`.

What people coded has an interval of its own, made as every interval is; the reader narrows it by how much less the
corrected articles differ from each other. Formulas, what was tried and what it costs: docs/methods/calibration.md.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from masthead.inference.calibration.cells import Codings
from masthead.inference.intervals import FEW, Array, Proportions, SignedMeans, Sums, divide

MOST_WORTH = 10.0
"""However well reading and coding agree, a coding is worth at most this many."""


def calibrated_family(sums: Sums, codings: Codings, signed: bool) -> CalibratedShares | CalibratedMeans:
    """Return the intervals of calibrated sums at every level.

    `sums` are those of corrected articles (`x`, `y` of `PseudoUnits`) of a cell or of any part of it, such as a window
    of time; `codings` what is coded in the same articles.
    """
    return (CalibratedMeans if signed else CalibratedShares).from_sums(sums, codings)


def _narrowing(sums: Sums, coded_sums: Sums) -> Array:
    """Return the variance of the corrected figure over that of coding alone; 1 where all codings agree.

    Both are Σe²/(Σy)², e = x − r·y an article's.
    """
    variance, alone = (divide(each.squared_error, each.wy**2) for each in (sums, coded_sums))
    ratio = divide(variance, alone)
    return np.where(alone > 0, ratio, 1.0)


def _figures(sums: Sums, codings: Codings, least: float) -> Array:
    """Return the ratios, within their range; NaN where nothing is coded."""
    there = (codings.n > 0) & (sums.wy > 0) & (codings.sums.wy > 0)
    return np.where(there, np.clip(sums.ratio, least, 1.0), np.nan)


@dataclass(frozen=True)
class CalibratedShares(Proportions):
    """Intervals of calibrated shares: Wilson's, on as many independent codings as they are worth."""

    @classmethod
    def from_sums(cls, sums: Sums, codings: Codings) -> CalibratedShares:
        """Find how many independent codings each row is worth: those of coding alone over the narrowing.

        With fewer than `FEW` articles on the rarer side it is never more than coding alone gives.
        """
        alone = cls.of(codings.sums)
        r = _figures(sums, codings, 0.0)
        spread = divide(r * (1.0 - r), alone.value * (1.0 - alone.value))
        worth = divide(spread, _narrowing(sums, codings.sums))
        few = np.minimum(alone.n_positive, alone.n_short) < FEW
        # A figure corrected to 0 or 1 has no spread of its own.
        worth = np.where(worth > 0, np.fmin(worth, np.where(few, 1.0, MOST_WORTH)), 1.0)
        return cls(**{**vars(alone), "value": r, "n_eff": np.where(np.isnan(r), np.nan, alone.n_eff * worth)})

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        return _methods(self.value, self.n, "calibrated: Wilson-t on n_eff")


@dataclass(frozen=True)
class CalibratedMeans(SignedMeans):
    """Intervals of calibrated means of values between −1 and 1: t, with an article added at either end of the range."""

    @classmethod
    def from_sums(cls, sums: Sums, codings: Codings) -> CalibratedMeans:
        """Narrow the variance of coding alone, but for what the two added articles make of it."""
        alone = cls.of(codings.sums)
        r = _figures(sums, codings, -1.0)
        ends = divide(2.0, alone.n**2)
        coding_variance = np.maximum(alone.error**2 - ends, 0.0) * _narrowing(sums, codings.sums)
        variance = np.maximum(ends + coding_variance, alone.error**2 / MOST_WORTH)
        shrunk = r * divide(alone.n, alone.n + 2.0)
        n_eff = alone.n_eff * divide(alone.error**2, variance)
        return replace(alone, value=r, centre=shrunk, error=np.sqrt(variance), n_eff=n_eff)

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        return _methods(self.value, self.n, "calibrated: t, two articles added at the ends of the range")


def _methods(value: Array, n: Array, otherwise: str) -> list[str]:
    words = np.select(
        [np.isnan(value), n < 2], ["none: nothing coded", "whole range: one coded article"], otherwise
    )
    return [str(word) for word in words]
