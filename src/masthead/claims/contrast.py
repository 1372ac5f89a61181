"""Sums of ratios with coefficients (a difference, the mean of a group less another's) and their intervals."""

from __future__ import annotations

import numpy as np

from masthead.inference.intervals import Array


def contrast(
    coefficients: Array, values: Array, lows: Array, highs: Array, correlation: Array | None = None
) -> tuple[float, float, float]:
    """Return Σ cᵢ·rᵢ with its interval, from each ratio's own interval of the same level.

    MOVER for a linear function (Zou, Huang and Zhang 2009, Computational Statistics and Data Analysis 53,
    1080–1085): the distance of each ratio to the bound of its own that matters, added as squares, with twice the
    products of those that are correlated. Of two ratios it is their difference as `masthead.inference.compare`
    makes it. `correlation` is a matrix, None where nothing is shared. Open bounds (infinite) stay open.
    """
    estimate = float(coefficients @ values)
    up = coefficients > 0
    down_by = np.abs(coefficients) * np.where(up, values - lows, highs - values)
    up_by = np.abs(coefficients) * np.where(up, highs - values, values - lows)
    return (
        estimate,
        estimate - _length(down_by, coefficients, correlation),
        estimate + _length(up_by, coefficients, correlation),
    )


def _length(distances: Array, coefficients: Array, correlation: Array | None) -> float:
    if correlation is None or not np.isfinite(distances).all():
        return float(np.sqrt(np.sum(distances**2)))
    signed = distances * np.sign(coefficients)
    return float(np.sqrt(max(0.0, float(signed @ correlation @ signed))))
