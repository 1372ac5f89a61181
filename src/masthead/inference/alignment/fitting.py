"""Meta-regression of an outlet's portrayals on factors of their subjects, for many arrangements of a factor at once.

A portrayal is one cell, with a standard error of its own, and differs from what the factor says for two reasons: it is
a mean of so many mentions, and every subject is a case of its own. So the model is that of random-effects
meta-regression: yⱼ = a + b·fⱼ + uⱼ + eⱼ, where eⱼ has the cell's known variance and uⱼ one that is estimated by
moments (DerSimonian and Laird). A subject with three mentions thus weighs less than one with three hundred, and the
less so the more subjects differ beyond their errors.

Knapp, G. and Hartung, J. (2003). Improved tests for a random effects meta-regression with a single covariate.
Statistics in Medicine 22, 2693–2710. doi 10.1002/sim.1482
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.intervals import Array

_RIDGE = 1e-10
"""Added to the diagonal of equations whose columns may coincide; far below what shows in any figure."""

_ALONE = 1e-6
"""A subject whose value alone decides a coefficient has a leverage of one, less than this."""


@dataclass(frozen=True)
class Fit:
    """Weighted fits, one per arrangement: B arrangements of J subjects on p columns.

    `coefficients` B×p, `inverse` of the weighted normal equations B×p×p, `weights`, `residuals` and `leverage` B×J.
    """

    coefficients: Array
    inverse: Array
    weights: Array
    residuals: Array
    leverage: Array


def fit(y: Array, design: Array, weights: Array) -> Fit:
    """Fit `y` (J) by weighted least squares on `design` (B×J×p), each arrangement with its own weights (B×J)."""
    by_weight = design * weights[:, :, None]
    normal = np.swapaxes(by_weight, 1, 2) @ design
    scale = np.trace(normal, axis1=1, axis2=2)[:, None, None]
    inverse: Array = np.linalg.inv(normal + _RIDGE * scale * np.eye(design.shape[2]))
    coefficients = (inverse @ (np.swapaxes(by_weight, 1, 2) @ y)[:, :, None])[:, :, 0]
    residuals = y - (design @ coefficients[:, :, None])[:, :, 0]
    leverage = ((design @ inverse) * by_weight).sum(axis=2)
    return Fit(coefficients, inverse, weights, residuals, leverage)


def random_effects(y: Array, variance: Array, design: Array) -> Array:
    """Return the weights (B×J) that allow for what subjects differ by beyond the errors of their cells."""
    precision = np.broadcast_to(1.0 / variance, design.shape[:2])
    fixed_fit = fit(y, design, precision)
    excess = (precision * fixed_fit.residuals**2).sum(axis=1) - (design.shape[1] - design.shape[2])
    squares = np.swapaxes(design * precision[:, :, None] ** 2, 1, 2) @ design
    spread = precision.sum(axis=1) - (fixed_fit.inverse * np.swapaxes(squares, 1, 2)).sum(axis=(1, 2))
    between = np.maximum(excess / np.maximum(spread, 1e-12), 0.0)
    weights: Array = 1.0 / (variance + between[:, None])
    return weights


def with_column(base: Array, values: Array) -> Array:
    """Return designs (B×J×p+1) of the columns `base` (J×p) and, last, each arrangement of `values` (B×J)."""
    columns = np.broadcast_to(base, (len(values), *base.shape))
    return np.concatenate([columns, values[:, :, None]], axis=2)


def taken_off(y: Array, variance: Array, base: Array, values: Array) -> Array:
    """Return, per arrangement of `values` (B×J), the share of squared error that it takes off for subjects left out.

    Each subject in turn is predicted from all others, once by the columns `base` alone (J×p, the first of them ones)
    and once with the factor; errors are squared and weighed. 1: every subject left out is predicted without error;
    0: no better than without the factor; below 0: worse. Where one subject alone decides the factor's coefficient, it
    is predicted without it.
    """
    design = with_column(base, values)
    weights = random_effects(y, variance, design)
    with_factor = fit(y, design, weights)
    without = fit(y, np.broadcast_to(base, (len(values), *base.shape)), weights)
    left = without.residuals / np.maximum(1.0 - without.leverage, _ALONE)
    alone = with_factor.leverage > 1.0 - _ALONE
    prediction_error = with_factor.residuals / np.where(alone, 1.0, 1.0 - with_factor.leverage)
    prediction_error = np.where(alone, left, prediction_error)
    error = (weights * left**2).sum(axis=1)
    share: Array = 1.0 - (weights * prediction_error**2).sum(axis=1) / np.where(error > 0, error, 1.0)
    return np.where(error > 0, share, 0.0)


@dataclass(frozen=True)
class Slope:
    """A factor's coefficient with its interval, and the interval of the share of error that it takes off."""

    value: float
    low: float
    high: float
    explained_low: float
    explained_high: float


def slope(y: Array, variance: Array, base: Array, values: Array, level: float) -> Slope:
    """Return the coefficient of `values` (J) beside the columns `base`, with Knapp and Hartung's t interval.

    Their scale is never taken below one, for with few subjects it may fall there by chance. The interval of the share
    explained is that of the noncentrality of the coefficient's F (Steiger and Fouladi 1997), put into the expected
    squared errors of subjects left out.
    """
    from scipy.special import ncfdtr, ncfdtrinc, stdtrit

    design = with_column(base, values[None, :])
    weights = random_effects(y, variance, design)
    with_factor = fit(y, design, weights)
    df = len(y) - design.shape[2]
    scale = max(1.0, float((weights * with_factor.residuals**2).sum()) / df)
    value = float(with_factor.coefficients[0, -1])
    error = float(np.sqrt(scale * with_factor.inverse[0, -1, -1]))
    half = float(stdtrit(df, (1.0 + level) / 2.0)) * error
    f = (value / error) ** 2
    ends = [
        float(ncfdtrinc(1, df, p, f)) if ncfdtr(1, df, 0.0, f) > p else 0.0
        for p in ((1.0 + level) / 2.0, (1.0 - level) / 2.0)
    ]
    low, high = (_expected_share(base, values, weights, end) for end in ends)
    if ends[0] == 0.0:
        # A factor that may be nothing costs what fitting it costs, most where the cells' own errors are all there is.
        low = min(low, _expected_share(base, values, 1.0 / variance[None], 0.0))
    return Slope(value, value - half, value + half, low, high)


def _expected_share(base: Array, values: Array, weights: Array, noncentrality: float) -> float:
    """The share of squared error that is expected to be taken off for subjects left out, weights (1×J) being right."""
    w = weights[0]
    leverage = fit(values, with_column(base, values[None, :]), weights).leverage[0]
    alone = fit(values, base[None], weights)
    spare = 1.0 - alone.leverage[0]
    own = alone.residuals[0]
    cost = float((1.0 / np.maximum(1.0 - leverage, _ALONE)).sum())
    most = float((w * (own / spare) ** 2).sum() / (w * own**2).sum())
    return 1.0 - cost / (float((1.0 / spare).sum()) + most * noncentrality)
