"""Sums of ratios with coefficients (a difference, the mean of a group less another's) and their intervals: MOVER."""

from __future__ import annotations

from typing import Any

import numpy as np

from masthead.inference.intervals import Array


def mover(
    coefficients: Array, values: Array, lows: Array, highs: Array, unit_moves: Array | None = None
) -> tuple[Any, Any, Any]:
    """Return Σ cᵢ·rᵢ with its interval, from each ratio's own interval of the same level.

    MOVER for a linear function (Zou, Huang and Zhang 2009, Computational Statistics and Data Analysis 53,
    1080–1085): the distance of each ratio to the bound of its own that matters, added as squares, with twice the
    products of those that are correlated. Open bounds (infinite) stay open.

    `coefficients` (K) has one number a ratio; `values`, `lows` and `highs` are of the same length for one sum, or
    K × N for N of them at once, and so the three that come back are numbers or arrays (N).

    `unit_moves` is None where ratios share no unit. Otherwise, for one sum, it has a row per ratio and a column per
    unit, and holds how far each unit moves each ratio: (x − r·y)/Σy, 0 where the unit is not in it. Two rows with the
    same units in them are correlated.

    >>> import numpy as np
    >>> less = np.array([1.0, -1.0])
    >>> difference = mover(less, np.array([0.5, 0.25]), np.array([0.2, 0.25]), np.array([0.9, 0.65]))
    >>> [round(float(number), 3) for number in difference]
    [0.25, -0.25, 0.65]
    """
    estimate = coefficients @ values
    size = np.abs(coefficients).reshape(-1, *[1] * (values.ndim - 1))
    up = coefficients.reshape(size.shape) > 0
    below, above = values - lows, highs - values
    signs = np.sign(coefficients)
    return (
        estimate,
        estimate - _length(size * np.where(up, below, above), signs, unit_moves),
        estimate + _length(size * np.where(up, above, below), signs, unit_moves),
    )


def _length(distances: Array, signs: Array, unit_moves: Array | None) -> Array:
    squares: Any = np.sum(distances**2, axis=0)
    if unit_moves is not None and np.isfinite(squares):
        # Σᵢ≠ⱼ ρᵢⱼ·dᵢ·dⱼ without a matrix of all pairs: of the sum over ratios, squared, less the squares of each.
        spread = np.sqrt(np.sum(unit_moves**2, axis=1))
        moves = spread > 0
        scaled_distances = (signs * distances)[moves] / spread[moves]
        together = scaled_distances @ unit_moves[moves]
        squares += float(together @ together - np.sum((distances[moves]) ** 2))
    length: Array = np.sqrt(np.maximum(squares, 0.0))
    return length
