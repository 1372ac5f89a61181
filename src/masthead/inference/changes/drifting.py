"""Slow or sudden: whether a ramp fits as well as the steps that were found.

The other shapes of a series that a cut finds too are slow ones: from one level to another over `SLOW` of the time or
more. Both are fitted to the weeks by least squares, each category and week weighed by the variance that counts have
around the ramp: where it says that a label should have come up and it never did, that tells a lot. That steps fit
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
_RARE = 0.05
"""A fitted share below this weighs as this: lines run below 0, where no count has a variance."""


@dataclass(frozen=True)
class Ramp:
    """The slow ramp that fits best, from one level at `start` to another at `stop` (ordinals of days).

    `p` is how often steps would fit as much better than the best slow ramp, were the change as slow as it.
    """

    start: int
    stop: int
    p: float


def slow(series: Series, cuts: list[int], block: int) -> Ramp | None:
    """Set the best slow ramp against steps on the days `cuts`; None where the series is too short for any ramp.

    `series` reaches from the change before to the change after those cuts.
    """
    at, parts, _ = steps(series.day, series.parts, STEP)
    day = at * STEP
    x, y = (parts[:1].T, parts[1]) if series.form == "means" else (parts.T, parts.sum(axis=0))
    corners, courses = _ramps(day)
    if not len(courses):
        return None
    rate = x / y[:, None]
    weight = np.repeat(y[:, None], x.shape[1], axis=1)
    if series.form == "counts":
        first = _Fits(courses, weight)
        first_ramp = first.ramp(rate, int(first.squares_of_courses(rate[None])[0].argmax()))
        weight = weight / np.clip(first_ramp, _RARE, 1.0)
    fits = _Fits(courses, weight)
    squares = fits.squares_of_courses(rate[None])[0]
    best = int(squares.argmax())
    gain = _greedy(rate[None], weight, len(cuts))[0] - squares[best]
    after = np.searchsorted(np.sort(np.array(cuts) - series.day[0]), day, side="right")
    ramp = fits.ramp(rate, best)
    residual = rate - (ramp if gain <= 0 else _levels(after, rate, weight))
    _, of_block = np.unique(day // block, return_inverse=True)
    rng = np.random.default_rng([len(day), len(series), len(cuts), 20_132])
    factor = rng.standard_normal((DRAWS, of_block.max() + 1))[:, of_block]
    draws = ramp + factor[:, :, None] * residual
    gains = _greedy(draws, weight, len(cuts)) - fits.squares_of_courses(draws).max(axis=1)
    start, stop = (int(series.day[0] + corner) for corner in corners[best])
    return Ramp(start, stop, float((1 + np.sum(gains >= gain)) / (1 + DRAWS)))


class _Fits:
    """Least-squares fits of rates (weeks × categories) by a level and one of many courses, with weights."""

    def __init__(self, courses: Array, weight: Array) -> None:
        self.weight = weight
        self.total = weight.sum(axis=0)
        # Each course, per category, orthogonal to a level and of length 1: (courses, weeks, categories).
        from_level = courses[:, :, None] - (courses @ weight / self.total)[:, None, :]
        length = np.sqrt((from_level**2 * weight).sum(axis=1))
        self.direction = np.where(
            length[:, None] > _NONE, from_level / np.maximum(length, _NONE)[:, None], 0.0
        )

    def squares_of_courses(self, rates: Array) -> Array:
        """The squares that each course explains of each of many series: (draws, courses)."""
        by_weight = rates * self.weight
        along = [by_weight[:, :, k] @ self.direction[:, :, k].T for k in range(rates.shape[2])]
        squares: Array = np.square(np.stack(along)).sum(axis=0)
        return squares

    def ramp(self, rate: Array, course: int) -> Array:
        """The fit of one series by one course."""
        level = (rate * self.weight).sum(axis=0) / self.total
        slope = (rate * self.weight * self.direction[course]).sum(axis=0)
        fit: Array = level + slope * self.direction[course]
        return fit


def _ramps(day: Whole) -> tuple[Whole, Array]:
    """All ramps between `_CORNERS` points of time that are slow: where they start and stop, and their course."""
    last = int(day[-1])
    points = np.linspace(0, last, _CORNERS)
    start, stop = np.meshgrid(points, points, indexing="ij")
    enough = (stop - start >= SLOW * last) & (stop > start)
    corners = np.column_stack([start[enough], stop[enough]])
    course = np.clip((day - corners[:, :1]) / (corners[:, 1:] - corners[:, :1]), 0.0, 1.0)
    return corners.astype(np.int64), course


def _levels(after: Whole, rate: Array, weight: Array) -> Array:
    """The mean of each stretch between steps, for every week of it."""
    count = int(after.max()) + 1
    sums, size = np.zeros((2, count, rate.shape[1]))
    np.add.at(sums, after, rate * weight)
    np.add.at(size, after, weight)
    levels: Array = (sums / np.maximum(size, _NONE))[after]
    return levels


def _greedy(rates: Array, weight: Array, count: int) -> Array:
    """The squares that `count` steps explain in each series, each chosen as the best after those before."""
    draws, weeks, kinds = rates.shape
    level = (rates * weight).sum(axis=1, keepdims=True) / weight.sum(axis=0)
    none = np.zeros((draws, 1, kinds))
    sums = np.concatenate([none, np.cumsum((rates - level) * weight, axis=1)], axis=1)
    size = np.concatenate([none[0], np.cumsum(weight, axis=0)])
    inner = np.arange(1, weeks)
    low = np.zeros((draws, weeks - 1), dtype=np.int64)
    high = np.full((draws, weeks - 1), weeks, dtype=np.int64)
    row = np.arange(draws)[:, None]
    total = np.zeros(draws)

    def between(a: Whole, b: Whole) -> Array:
        squares: Array = ((sums[row, b] - sums[row, a]) ** 2 / np.maximum(size[b] - size[a], _NONE)).sum(
            axis=2
        )
        return squares

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
