"""Slow or sudden: whether a ramp fits as well as the steps that were found.

The other shapes of a series that a cut finds too are slow ones: from one level to another over `SLOW` of the time or
more. Both are fitted to the weeks by least squares, each category's squares weighed by its share. That steps fit
better than the best slow ramp proves little, for they were chosen; so series are drawn around the ramp, with the
residuals of whichever fits better, block by block with a random factor (the wild bootstrap: Wu, Annals of Statistics
1986, 14(4), 1261–1295). Steps are called steps where they win by more than in 95% of these. What is neither is called
drift.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.changes.permuting import STEP
from masthead.inference.changes.scan import steps
from masthead.inference.changes.series import Series, Whole
from masthead.inference.intervals import Array

SLOW = 0.4
"""The part of the time between two neighbouring changes that a drift takes at least."""

ALPHA = 0.05
DRAWS = 399
_CORNERS = 24
_NONE = 1e-9


@dataclass(frozen=True)
class Ramp:
    """The slow ramp that fits best, from one level at `start` to another at `stop` (ordinals of days).

    `p` is how often steps would fit as much better than the best slow ramp, were the change as slow as it. `share` is
    the part of the ramp's fit in that of the steps.
    """

    start: int
    stop: int
    p: float
    share: float


def slow(series: Series, cuts: list[int], block: int) -> Ramp | None:
    """Set the best slow ramp against steps on the days `cuts`; None where the series is too short for any ramp.

    `series` reaches from the change before to the change after those cuts.
    """
    at, parts, _ = steps(series.day, series.parts, STEP)
    day = at * STEP
    x, y = (parts[:, :1], parts[:, 1]) if series.form == "means" else (parts, parts.sum(axis=1))
    level = x.sum(axis=0) / y.sum()
    # Squares of a rare category weigh more, as in Pearson's statistic; means have one unit for all.
    weight = np.ones(1) if series.form == "means" else 1.0 / np.maximum(level, _NONE)
    error = (x - y[:, None] * level) * np.sqrt(weight)
    corners, ramps = _ramps(day)
    if not len(ramps):
        return None
    directions = _directions(ramps, y)
    best = int(np.argmax(_explained(directions, error[None])[0]))
    gain_of_ramp = float(_explained(directions[best : best + 1], error[None])[0, 0])
    after = np.searchsorted(np.sort(np.array(cuts) - series.day[0]), day, side="right")
    fit_of_steps = _levels(after, error, y)
    gain_of_steps = float(_greedy(error[None], y, len(cuts))[0])
    fit_of_ramp = directions[best][:, None] * (directions[best] @ error) * y[:, None]
    fitted = fit_of_ramp if gain_of_ramp >= gain_of_steps else fit_of_steps * y[:, None]
    residual = error - fitted
    _, of_block = np.unique(day // block, return_inverse=True)
    rng = np.random.default_rng([len(day), len(series), len(cuts), 20_132])
    factor = rng.standard_normal((DRAWS, of_block.max() + 1))[:, of_block]
    drawn = fit_of_ramp + factor[:, :, None] * residual
    # Levels were fitted to the whole: what is drawn must add up to nothing as well.
    drawn -= y[:, None] * (drawn.sum(axis=1) / y.sum())[:, None, :]
    ahead = _greedy(drawn, y, len(cuts)) - _explained(directions, drawn).max(axis=1)
    p = (1 + np.sum(ahead >= gain_of_steps - gain_of_ramp)) / (1 + DRAWS)
    start, stop = (int(series.day[0] + corner) for corner in corners[best])
    return Ramp(start, stop, float(p), gain_of_ramp / max(gain_of_steps, _NONE))


def _ramps(day: Whole) -> tuple[Whole, Array]:
    """All ramps between `_CORNERS` points of time that are slow: where they start and stop, and their course."""
    last = int(day[-1])
    points = np.linspace(0, last, _CORNERS)
    start, stop = np.meshgrid(points, points, indexing="ij")
    enough = (stop - start >= SLOW * last) & (stop > start)
    corners = np.column_stack([start[enough], stop[enough]])
    course = np.clip((day - corners[:, :1]) / (corners[:, 1:] - corners[:, :1]), 0.0, 1.0)
    return corners.astype(np.int64), course


def _directions(courses: Array, y: Array) -> Array:
    """Make courses orthogonal to a constant and of length 1, in the weights `y`."""
    centred = courses - (courses @ y / y.sum())[:, None]
    length = np.sqrt((centred**2) @ y)
    found: Array = np.where(length[:, None] > _NONE, centred / np.maximum(length, _NONE)[:, None], 0.0)
    return found


def _explained(directions: Array, error: Array) -> Array:
    """The squares that each direction explains of each of many series of errors: (draws, directions)."""
    along = np.einsum("mt,rtk->rmk", directions, error, optimize=True)
    squares: Array = (along**2).sum(axis=2)
    return squares


def _levels(after: Whole, error: Array, y: Array) -> Array:
    """The mean of each stretch between steps, for every week of it."""
    count = int(after.max()) + 1
    mean = np.zeros((count, error.shape[1]))
    np.add.at(mean, after, error)
    levels: Array = (mean / np.maximum(np.bincount(after, y, count), _NONE)[:, None])[after]
    return levels


def _greedy(error: Array, y: Array, count: int) -> Array:
    """The squares that `count` steps explain in each drawn series, each chosen as the best after those before."""
    draws, weeks, _ = error.shape
    sums = np.concatenate([np.zeros((draws, 1, error.shape[2])), np.cumsum(error, axis=1)], axis=1)
    size = np.concatenate([[0.0], np.cumsum(y)])
    inner = np.arange(1, weeks)
    low = np.zeros((draws, weeks - 1), dtype=np.int64)
    high = np.full((draws, weeks - 1), weeks, dtype=np.int64)
    row = np.arange(draws)[:, None]
    total = np.zeros(draws)

    def between(a: Whole, b: Whole) -> Array:
        squares = ((sums[row, b] - sums[row, a]) ** 2).sum(axis=2)
        found: Array = squares / np.maximum(size[b] - size[a], _NONE)
        return found

    for _ in range(count):
        middle = np.broadcast_to(inner, low.shape)
        gain = between(low, middle) + between(middle, high) - between(low, high)
        best = gain.argmax(axis=1)
        total += gain[np.arange(draws), best]
        cut = inner[best][:, None]
        # Weeks of the stretch that was cut now end, or begin, at the cut.
        same = (low < cut) & (high > cut)
        high = np.where(same & (inner <= cut), cut, high)
        low = np.where(same & (inner >= cut), cut, low)
    return total
