"""Estimates and intervals from sums: proportions by Wilson on an effective n, signed means by a jackknife t.

What was tried, what failed and what holds stands in docs/design/decisions/0001-ratio-intervals.md; `masthead validate
intervals` draws unit tables and prints how often these intervals hold the truth.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar, Protocol, Self

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.errors import UsageError
from masthead.inference.sums import SUMS, terms
from masthead.inference.sums import Array as Array

Rows = npt.NDArray[np.intp] | None

FEW = 5
"""With fewer units than this on the rarer side, units are taken to be of one mind each (Kish's cap)."""

FEWEST = 4
"""With fewer units than this on one side, the bound on that side reaches as far as Poisson's."""

ESTIMATED = ("estimate", "std_error", "df", "conf_low", "conf_high", "n_eff", "method")
"""The columns that `estimate` adds."""


@dataclass(frozen=True)
class Sums:
    """The sums of many groups, a column each; see `masthead.inference.sums` for what each one adds up."""

    n: Array
    n_positive: Array
    n_short: Array
    w: Array
    ww: Array
    wx: Array
    wy: Array
    wwx: Array
    wwy: Array
    wwxx: Array
    wwxy: Array
    wwyy: Array
    wwxx_y: Array
    wwwxxy: Array
    wwwxyy: Array
    wwwyyy: Array

    @classmethod
    def of(cls, table: pa.Table) -> Sums:
        """Take the sums out of a table; null counts as 0.

        Raises UsageError where a column is missing or holds what is not a finite number.
        """
        columns = {}
        for name in SUMS:
            if name not in table.column_names:
                raise UsageError(
                    f"a table without the column '{name}'",
                    f"the sums {', '.join(SUMS)}",
                    "sum the units with masthead.inference.sums first",
                )
            values = pc.fill_null(table[name].cast(pa.float64()), 0.0).to_numpy()
            if not np.isfinite(values).all():
                raise UsageError(
                    f"a column '{name}' that is not finite", "finite numbers", "check the measure's units"
                )
            columns[name] = values
        return cls(**columns)

    @classmethod
    def of_clusters(cls, x: Array, y: Array, w: Array | None = None, *, axis: int) -> Sums:
        """Sum clusters that are at hand in arrays over one axis, as `masthead.inference.sums` does on an engine.

        `x`, `y` and `w` have a value a cluster, of one shape or such that numpy fits them to one. `w` None weighs each
        1.
        """
        counts = {"n": (y != 0) | (x != 0), "n_positive": x > 0, "n_short": x < y}
        columns = {name: hits.sum(axis=axis).astype(np.float64) for name, hits in counts.items()}
        return cls(**columns, **{name: term.sum(axis=axis) for name, term in terms(x, y, w).items()})

    @classmethod
    def of_groups(
        cls, x: Array, y: Array, w: Array | None, group: npt.NDArray[np.int64], n_groups: int
    ) -> Sums:
        """Sum clusters at hand, a value each, over the groups that `group` numbers from 0."""
        columns = {"n": (y != 0) | (x != 0), "n_positive": x > 0, "n_short": x < y, **terms(x, y, w)}
        return cls(**{name: totals(group, column, n_groups) for name, column in columns.items()})

    @property
    def ratio(self) -> Array:
        """Σwx / Σwy; NaN where there is no denominator."""
        return divide(self.wx, self.wy)

    @property
    def squared_error(self) -> Array:
        """Σ (w(x − r·y))² over clusters: the linearised variance of the ratio times (Σwy)²."""
        r = self.ratio
        return np.maximum(self.wwxx - 2 * r * self.wwxy + r * r * self.wwyy, 0.0)


def estimate(sums: pa.Table, level: float = 0.95, signed: bool = False) -> pa.Table:
    """Estimate a ratio and its interval for every row of a table of sums.

    Adds to the table `estimate` (Σwx/Σwy), `std_error`, `df`, `conf_low`, `conf_high`, `n_eff` (how many
    independent units would tell as much) and `method` (how the interval was made, in words). Estimate and
    bounds lie in 0…1, or in −1…1 where `signed`; all are null without a denominator. With one unit the
    interval is the whole range. `std_error` is null where all units agree, for then they do not show how much
    units differ; the interval still says what is known.

    Proportions: Wilson's interval with the t quantile of n − 1 degrees of freedom. Signed means (each
    mention between −1 and 1): the jackknife's t interval after adding two units of mean size at the ends of
    the range.

    Raises UsageError where `level` is not between 0 and 1 or a numerator lies outside its range.

    Source: docs/methods/intervals.md; Wilson (1927), Journal of the American Statistical Association 22, 209–212.

    >>> import numpy as np
    >>> ones, x = np.ones((30, 1)), np.repeat([0.0, 1.0], [20, 10])[:, None]
    >>> articles = Sums.of_clusters(x, ones, axis=0)
    >>> row = estimate(pa.table(vars(articles))).to_pylist()[0]
    >>> [round(row[name], 3) for name in ("estimate", "conf_low", "conf_high")], row["method"]
    ([0.333, 0.186, 0.523], 'Wilson-t on n_eff')
    """
    if not 0.0 < level < 1.0:
        raise UsageError(f"a level of {level}", "a number between 0 and 1", "0.95 is usual")
    moments = Sums.of(sums)
    _check_range(moments, signed)
    family = family_of(moments, signed)
    low, high = family.bounds(np.full(sums.num_rows, 1.0 - level))
    columns = {
        "estimate": moments.ratio,
        "std_error": family.std_error,
        "df": np.where(moments.wy > 0, family.df, np.nan),
        "conf_low": low,
        "conf_high": high,
        "n_eff": family.n_eff,
    }
    table = sums.drop_columns([name for name in ESTIMATED if name in sums.column_names])
    for name, values in columns.items():
        table = table.append_column(name, pa.array(values, pa.float64(), from_pandas=True))
    return table.append_column("method", pa.array(family.methods(), pa.string()))


def _check_range(sums: Sums, signed: bool) -> None:
    slack = 1e-6 * (1.0 + sums.wy)
    wrong = (sums.wy < 0) | (np.abs(sums.wx) > sums.wy + slack) | ((sums.wx < -slack) & (not signed))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise UsageError(
            f"a numerator of {sums.wx[row]:g} over a denominator of {sums.wy[row]:g} (row {row})",
            "a numerator between minus and plus the denominator" if signed else "a share of the denominator",
            "check what the measure's units add up",
        )


class Family(Protocol):
    """Figures, a row each, and their intervals at every level."""

    least: ClassVar[float]

    @property
    def value(self) -> Array:
        """The figures; NaN where there is none."""

    @property
    def n_eff(self) -> Array:
        """How many independent units would tell as much."""

    @property
    def df(self) -> Array:
        """Degrees of freedom."""

    @property
    def std_error(self) -> Array:
        """Standard errors; NaN where there is none."""

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of `rows` or of all; NaN where unknown."""

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""


def family_of(sums: Sums, signed: bool) -> Proportions | SignedMeans:
    """Return the intervals of these sums at every level."""
    return SignedMeans.of(sums) if signed else Proportions.of(sums)


@dataclass(frozen=True)
class Proportions:
    """Intervals of shares, at any level: Wilson on `n_eff` with t quantiles, Poisson beside few units."""

    least: ClassVar[float] = 0.0
    value: Array
    n_eff: Array
    df: Array
    n: Array
    n_positive: Array
    n_short: Array
    is_capped: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, sums: Sums) -> Self:
        """Find how many independent mentions each row's mentions are worth.

        The variance is the mean of two: the jackknife's, which assumes nothing but trusts the few largest
        units, and that of mentions of one correlation within units, which a few large units cannot mislead.
        """
        r = sums.ratio
        spread = r * (1.0 - r)
        most = divide(sums.wy**2, sums.wwy)
        fewest = divide(sums.wy**2, sums.wwyy)
        variance = (jackknife_variance(sums, r) + correlated_variance(sums, r, spread)) / 2.0
        n_eff = np.fmin(divide(spread, variance), most)
        rarer = np.minimum(sums.n_positive, sums.n_short)
        is_capped = (rarer < FEW) & (fewest < n_eff)
        n_eff = np.where(rarer < FEW, np.fmin(n_eff, fewest), n_eff)
        return cls(r, n_eff, sums.n - 1.0, sums.n, sums.n_positive, sums.n_short, is_capped)

    @property
    def std_error(self) -> Array:
        """The standard error that `n_eff` stands for; NaN where all units agree or there is only one."""
        error = np.sqrt(divide(self.value * (1.0 - self.value), self.n_eff))
        return np.where((error > 0) & (self.n > 1), error, np.nan)

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of `rows` or of all; NaN where unknown."""
        from scipy.special import gammaincinv

        take = slice(None) if rows is None else rows
        r, n = self.value[take], self.n_eff[take]
        low, high = wilson(r, n, quantile(self.df[take], alpha))
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            few = (self.n_positive[take] < FEWEST) & (r > 0)
            low[few] = np.minimum(low[few], gammaincinv(r[few] * n[few], alpha[few]) / n[few])
            few = (self.n_short[take] < FEWEST) & (r < 1)
            high[few] = np.maximum(high[few], 1.0 - gammaincinv((1.0 - r[few]) * n[few], alpha[few]) / n[few])
        alone = ~np.isnan(r) & (self.n[take] < 2)
        low = np.where(alone, 0.0, np.clip(low, 0.0, 1.0))
        high = np.where(alone, 1.0, np.clip(high, 0.0, 1.0))
        # The ends are exact where all units agree; rounding would leave 1e-17.
        return np.where(r == 0, 0.0, low), np.where(r == 1, 1.0, high)

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        words = np.select(
            [np.isnan(self.value), self.n < 2, self.is_capped],
            [
                "none: no denominator",
                "whole range: one unit",
                "Wilson-t, n_eff capped: few units on the rarer side",
            ],
            "Wilson-t on n_eff",
        )
        return [str(word) for word in words]


@dataclass(frozen=True)
class SignedMeans:
    """Intervals of means of values between −1 and 1, at any level: t, with a unit added at either end."""

    least: ClassVar[float] = -1.0
    value: Array
    centre: Array
    error: Array
    n_eff: Array
    df: Array
    n: Array

    @classmethod
    def of(cls, sums: Sums) -> Self:
        """Add two units of mean size that say −1 and 1, and take the variance of all.

        It is the mean of two: the jackknife's, and that of units which each speak with one mind.
        """
        size = divide(sums.wy, sums.n)
        weight = divide(sums.w, sums.n)
        # Of the third moments only those even in x get something; the odd ones cancel.
        with_ends = replace(
            sums,
            n=sums.n + 2.0,
            wy=sums.wy + 2.0 * size,
            wwy=sums.wwy + 2.0 * size * weight,
            wwxx=sums.wwxx + 2.0 * size**2,
            wwyy=sums.wwyy + 2.0 * size**2,
            wwxx_y=sums.wwxx_y + 2.0 * size * weight,
            wwwxxy=sums.wwwxxy + 2.0 * size**3,
            wwwyyy=sums.wwwyyy + 2.0 * size**3,
        )
        variance = (
            jackknife_variance(with_ends, with_ends.ratio) + one_mind_variance(with_ends, with_ends.ratio)
        ) / 2.0
        with np.errstate(invalid="ignore"):
            n_eff = np.fmin(divide(1.0 - with_ends.ratio**2, variance), divide(sums.wy**2, sums.wwy))
        return cls(sums.ratio, with_ends.ratio, np.sqrt(variance), n_eff, sums.n - 1.0, sums.n)

    @property
    def std_error(self) -> Array:
        """The standard error, the two added units included; NaN for one unit."""
        return np.where(self.n > 1, self.error, np.nan)

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of `rows` or of all; NaN where unknown."""
        take = slice(None) if rows is None else rows
        value, centre = self.value[take], self.centre[take]
        half = quantile(self.df[take], alpha) * self.error[take]
        alone = ~np.isnan(value) & (self.n[take] < 2)
        low = np.clip(np.minimum(centre - half, value), -1.0, 1.0)
        high = np.clip(np.maximum(centre + half, value), -1.0, 1.0)
        return np.where(alone, -1.0, low), np.where(alone, 1.0, high)

    def methods(self) -> list[str]:
        """Say in words how each interval was made."""
        words = np.select(
            [np.isnan(self.value), self.n < 2],
            ["none: no denominator", "whole range: one unit"],
            "jackknife t, two units added at the ends of the range",
        )
        return [str(word) for word in words]


def jackknife_variance(sums: Sums, r: Array) -> Array:
    """Delete-one jackknife variance of the ratio, to the first order in each unit's part of the denominator.

    Leaving unit i out moves the ratio by −eᵢ/(Σwy·(1 − hᵢ)), where eᵢ = w(x − r·y) and hᵢ = wy/Σwy; with
    1/(1 − h)² ≈ 1 + 2h the sum of squares needs third moments and no second pass over the units.
    """
    cubes = np.maximum(sums.wwwxxy - 2 * r * sums.wwwxyy + r * r * sums.wwwyyy, 0.0)
    return divide(sums.squared_error + 2.0 * divide(cubes, sums.wy), sums.wy**2)


def one_mind_variance(sums: Sums, r: Array) -> Array:
    """Variance of the ratio if each unit's mentions were all alike, from Pearson's Σ e²/y.

    At least the true one wherever mentions of a unit agree in part: how far they do, sums of signed values
    do not tell.
    """
    pearson = sums.wwxx_y - 2 * r * sums.wwx + r * r * sums.wwy
    between = divide(pearson, sums.wwy) * divide(sums.n, sums.n - 1.0)
    return divide(between * sums.wwyy, sums.wy**2)


def correlated_variance(sums: Sums, r: Array, spread: Array) -> Array:
    """Variance of the ratio if mentions within units share one correlation, by analysis of variance.

    Pearson's Σ e²/y weighs small and large units alike, where the jackknife's Σ e² is made by the largest.
    """
    pearson = divide(sums.wwxx_y - 2 * r * sums.wwx + r * r * sums.wwy, spread)
    weight = divide(sums.ww, sums.w)
    extra = sums.wwyy - sums.wwy
    chance = sums.ww - 2 * weight * divide(sums.wwy, sums.wy) + divide(sums.wwy, sums.wy) ** 2
    slope = (sums.wwy - sums.ww) - 2 * weight * divide(extra, sums.wy) + divide(sums.wwy * extra, sums.wy**2)
    can_tell = slope > 1e-9 * sums.ww
    correlation = np.where(can_tell, divide(pearson - chance, np.where(can_tell, slope, 1.0)), 0.0)
    correlation = np.clip(np.nan_to_num(correlation), 0.0, 1.0)
    return divide(spread * (sums.wwy + correlation * extra), sums.wy**2)


def wilson(r: Array, n: Array, t: Array) -> tuple[Array, Array]:
    """Return the ends of Wilson's intervals of shares `r` of `n` independent units, for quantiles `t`."""
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        shrink = t * t / n
        centre = (r + shrink / 2.0) / (1.0 + shrink)
        half = np.sqrt(shrink * (r * (1.0 - r) + shrink / 4.0)) / (1.0 + shrink)
        return np.minimum(centre - half, r), np.maximum(centre + half, r)


def quantile(df: Array, alpha: Array) -> Array:
    """The t quantile that leaves alpha/2 above; NaN without a degree of freedom."""
    from scipy.special import stdtrit

    quantile: Array = -stdtrit(np.where(df >= 1, df, np.nan), alpha / 2.0)
    return quantile


def totals(group: npt.NDArray[np.int64], values: npt.ArrayLike, n_groups: int) -> Array:
    """Add up values in each group; `group` numbers that of each value, from 0."""
    return np.bincount(group, np.asarray(values, np.float64), n_groups).astype(np.float64)


def divide(a: Any, b: Any) -> Array:
    """Divide, and give NaN wherever the divisor is 0."""
    b = np.asarray(b, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        quotient: Array = np.where(b == 0, np.nan, np.asarray(a) / np.where(b == 0, 1.0, b))
    return quotient
