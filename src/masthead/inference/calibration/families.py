"""Intervals of calibrated figures at any level: the third family beside `Proportions` and `SignedMeans`.

Formulas, and what was tried: docs/methods/calibration.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from masthead.inference.calibration.cells import Codings
from masthead.inference.intervals import FEW, Array, Rows, Sums, divide, quantile, wilson

MOST_WORTH = 10.0
"""However well reading and coding agree, a coding is worth at most this many."""


def calibrated_family(sums: Sums, codings: Codings, signed: bool) -> CalibratedShares | CalibratedMeans:
    """Return the intervals of calibrated sums at every level.

    `sums` are those of pseudo-units (`pseudo_units`) of a cell or of any part of it, such as a window of time;
    `codings` what is coded in the same articles.
    """
    return (CalibratedMeans if signed else CalibratedShares).of(sums, codings)


def _variance(sums: Sums, codings: Codings) -> Array:
    """V = A/(A − 1) · m/(m − 1) · Σe²/(Σy)², e = x − r·y; A articles, m articles with a coding."""
    a, m = sums.n, codings.n_articles
    return divide(a, a - 1.0) * divide(m, m - 1.0) * divide(sums.squared_error, sums.wy**2)


@dataclass(frozen=True)
class CalibratedShares:
    """Intervals of calibrated shares: Wilson on the effective n, with the t quantile of coded articles less one."""

    least: ClassVar[float] = 0.0
    value: Array
    n_eff: Array
    df: Array

    @classmethod
    def of(cls, sums: Sums, codings: Codings) -> CalibratedShares:
        """Find how many independent codings each row is worth."""
        r = np.where((sums.wy > 0) & (codings.n > 0), np.clip(sums.ratio, 0.0, 1.0), np.nan)
        n = codings.n
        n_eff = np.fmin(divide(r * (1.0 - r), _variance(sums, codings)), MOST_WORTH * n)
        few = np.minimum(codings.n_positive, codings.n_short) < FEW
        n_eff = np.where(few | ~(n_eff > 0), np.where(n_eff > 0, np.fmin(n_eff, n), n), n_eff)
        return cls(r, np.where(np.isnan(r), np.nan, n_eff), codings.n_articles - 1.0)

    @property
    def std_error(self) -> Array:
        """The standard error that `n_eff` stands for; NaN where all codings agree or one article is coded."""
        error = np.sqrt(divide(self.value * (1.0 - self.value), self.n_eff))
        return np.where((error > 0) & (self.df >= 1), error, np.nan)

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of `rows` or of all; NaN where there is no figure."""
        take = slice(None) if rows is None else rows
        r, n, df = self.value[take], self.n_eff[take], self.df[take]
        low, high = wilson(r, n, quantile(df, alpha))
        alone = ~np.isnan(r) & ~(df >= 1)
        low, high = (
            np.where(alone, 0.0, np.clip(low, 0.0, 1.0)),
            np.where(alone, 1.0, np.clip(high, 0.0, 1.0)),
        )
        return np.where(r == 0, 0.0, low), np.where(r == 1, 1.0, high)

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        return _methods(self.value, self.df, "calibrated: Wilson-t on n_eff")


@dataclass(frozen=True)
class CalibratedMeans:
    """Intervals of calibrated means of values between −1 and 1: t, with a coding added at either end of the range."""

    least: ClassVar[float] = -1.0
    value: Array
    error: Array
    n_eff: Array
    df: Array

    @classmethod
    def of(cls, sums: Sums, codings: Codings) -> CalibratedMeans:
        """Take the variance, with two made-up codings that say −1 and 1."""
        r = np.where((sums.wy > 0) & (codings.n > 0), np.clip(sums.ratio, -1.0, 1.0), np.nan)
        variance = _variance(sums, codings) + divide(2.0, codings.n**2)
        most = np.where(sums.squared_error > 0, MOST_WORTH, 1.0) * codings.n
        n_eff = np.fmin(divide(1.0 - r * r, variance), most)
        return cls(r, np.sqrt(variance), n_eff, codings.n_articles - 1.0)

    @property
    def std_error(self) -> Array:
        """The standard error, the two added codings included; NaN where one article is coded."""
        return np.where(self.df >= 1, self.error, np.nan)

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of `rows` or of all; NaN where there is no figure."""
        take = slice(None) if rows is None else rows
        r, df = self.value[take], self.df[take]
        half = quantile(df, alpha) * self.error[take]
        alone = ~np.isnan(r) & ~(df >= 1)
        low, high = np.clip(r - half, -1.0, 1.0), np.clip(r + half, -1.0, 1.0)
        return np.where(alone, -1.0, low), np.where(alone, 1.0, high)

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        return _methods(self.value, self.df, "calibrated: t, two codings added at the ends of the range")


def _methods(value: Array, df: Array, otherwise: str) -> list[str]:
    words = np.select(
        [np.isnan(value), ~(df >= 1)], ["none: nothing coded", "whole range: one coded article"], otherwise
    )
    return [str(word) for word in words]
