"""What a series could show: the smallest step that its own articles, in its own blocks, more likely show than not.

A step is planted into the series itself. Its blocks are put in random order, so that nothing of its own time is left;
then, from a day on, articles are given wholly to one category, as many as the step asks for, and the test is asked. So
how unevenly the series runs, how its articles lie in time, and how few blocks there are, all count as they do in the
search.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from masthead.inference.changes.permuting import blocks_of, least_p, statistics
from masthead.inference.changes.series import Series

STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Steps that are planted, as part of the figure's range from its lowest to its highest."""

SEEN = 0.5
"""The part of planted steps that must be found for a step to count as one that would be seen."""

PLANTED = 16
ORDERS = 59

_PLACES = (1 / 3, 2 / 3)
"""A step is planted on a day between these parts of the series' time."""


@dataclass(frozen=True)
class Sight:
    """How far a series of so many `articles`, in so many `blocks` of `block` days, can see.

    `smallest` is the smallest step that is found more often than not, as part of the figure's range (that of a signed
    mean is 2); None where not even the largest is.
    """

    articles: int
    blocks: int
    block: int
    smallest: float | None


def sight(series: Series, block: int, bar: float) -> Sight:
    """Return how far a series without a change of its own can see, where p must be `bar` or less."""
    count = blocks_of(series, block)
    low, high = 0, len(STEPS)
    if least_p(count) > bar:
        low = high
    # By halving: what is seen at one size is seen at greater ones.
    while low < high:
        middle = (low + high) // 2
        if _share_seen(series, block, bar, STEPS[middle]) >= SEEN:
            high = middle
        else:
            low = middle + 1
    return Sight(len(series), count, block, STEPS[low] if low < len(STEPS) else None)


def _share_seen(series: Series, block: int, bar: float, step: float) -> float:
    """The part of planted steps of this size whose p is `bar` or less."""
    rng = np.random.default_rng([len(series), block, round(100 * step), 20_134])
    series_with_step = [_with_step(rng, series, block, step) for _ in range(PLANTED)]
    return float(np.mean([one is not None and _p(one.by_worth(), block) <= bar for one in series_with_step]))


def _p(series: Series, block: int) -> float:
    """A p from few random orders; beyond what they reach, by the Gumbel distribution of the largest of many."""
    statistic, random_ones = statistics(series, block, ORDERS)
    if not len(random_ones):
        return 1.0
    better = (1 + float(np.sum(random_ones >= statistic))) / (1 + ORDERS)
    if better > 4 / (1 + ORDERS):
        return better
    scale = max(float(random_ones.std()), 1e-9) * math.sqrt(6) / math.pi
    beyond = min((statistic - float(random_ones.mean())) / scale + float(np.euler_gamma), 700.0)
    return max(-math.expm1(-math.exp(-beyond)), least_p(blocks_of(series, block)))


def _with_step(rng: np.random.Generator, series: Series, block: int, step: float) -> Series | None:
    """Put the blocks in random order and plant a step; None where the figure has no room for so large a one."""
    number, within = np.divmod(series.day - series.day[0], block)
    day = rng.permutation(int(number.max()) + 1)[number] * block + within
    order = np.argsort(day, kind="stable")
    day, parts = series.day[0] + day[order], series.parts[order]
    sums = parts.sum(axis=0)
    if series.form == "means":
        level = sums[0] / sums[1]
        end = -1.0 if level > 0 else 1.0
        room = (1.0 - end * level) / 2.0
        one_sided = parts[:, 1:] * np.array([end, 1.0])
    else:
        # The second most used gains: the smaller part of a share, of a composition the one that might overtake.
        gaining = int(np.argsort(-sums, kind="stable")[1])
        room = 1.0 - sums[gaining] / sums.sum()
        one_sided = np.zeros_like(parts)
        one_sided[:, gaining] = parts.sum(axis=1)
    if room < step:
        return None
    turn = day[0] + rng.uniform(*_PLACES) * (day[-1] - day[0])
    turns = (day >= turn) & (rng.random(len(day)) < step / room)
    return Series(day, np.where(turns[:, None], one_sided, parts), series.form, series.family, series.name)
