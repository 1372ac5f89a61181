"""Sums of ratios with coefficients (a difference, the mean of a group less another's) and their intervals."""

from __future__ import annotations

import numpy as np

from masthead.inference.intervals import Array


def contrast(
    coefficients: Array, values: Array, lows: Array, highs: Array, shared: Array | None = None
) -> tuple[float, float, float]:
    """Return Σ cᵢ·rᵢ with its interval, from each ratio's own interval of the same level.

    MOVER for a linear function (Zou, Huang and Zhang 2009, Computational Statistics and Data Analysis 53,
    1080–1085): the distance of each ratio to the bound of its own that matters, added as squares, with twice the
    products of those that are correlated. Of two ratios it is their difference as `masthead.inference.compare`
    makes it. Open bounds (infinite) stay open.

    `shared` is None where ratios share no unit. Otherwise it has a row per ratio and a column per unit, and holds how
    far each unit moves each ratio: (x − r·y)/Σy, 0 where the unit is not in it. Two rows with the same units in them
    are correlated.
    """
    estimate = float(coefficients @ values)
    up = coefficients > 0
    down_by = np.abs(coefficients) * np.where(up, values - lows, highs - values)
    up_by = np.abs(coefficients) * np.where(up, highs - values, values - lows)
    signs = np.sign(coefficients)
    return (
        estimate,
        estimate - _length(down_by, signs, shared),
        estimate + _length(up_by, signs, shared),
    )


def _length(distances: Array, signs: Array, shared: Array | None) -> float:
    squares = float(np.sum(distances**2))
    if shared is not None and np.isfinite(squares):
        # Σᵢ≠ⱼ ρᵢⱼ·dᵢ·dⱼ without a matrix of all pairs: of the sum over ratios, squared, less the squares of each.
        spread = np.sqrt(np.sum(shared**2, axis=1))
        known = spread > 0
        weighed = (signs * distances)[known] / spread[known]
        together = weighed @ shared[known]
        squares += float(together @ together - np.sum((distances[known]) ** 2))
    return float(np.sqrt(max(squares, 0.0)))
