"""All changes of many series: cut in two, and each part again, as long as tests find something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from masthead.errors import UsageError
from masthead.inference.changes.dating import best_day, interval
from masthead.inference.changes.permuting import BLOCK, tested
from masthead.inference.changes.scan import FEWEST
from masthead.inference.changes.series import Series
from masthead.inference.intervals import Array

ROUNDS = 8
"""How often found parts are cut again."""


@dataclass(frozen=True)
class Change:
    """A dated change of a series.

    `date` is the first day after, `low` and `high` the interval of it (ordinals of days). `before` and `after` are
    the figures up to the neighbouring changes: the shares of the categories, or of a ratio (share, complement), or
    the mean. `p` comes from `orders` random orders of blocks, `q` is the false discovery rate within the family in
    round `round` (1: of whole series; 2: of the parts of those found in round 1, and so on).
    """

    date: int
    low: int
    high: int
    before: Array
    after: Array
    n_before: int
    n_after: int
    p: float
    q: float
    orders: int
    round: int


@dataclass(frozen=True)
class Result:
    """What was found of one series: its changes in order of time, and the p and q of its first test."""

    changes: tuple[Change, ...]
    p: float
    q: float
    orders: int


def find_changes(
    many: Sequence[Series],
    *,
    fdr: float = 0.05,
    block: int = BLOCK,
    level: float = 0.95,
    threads: int | None = None,
) -> list[Result]:
    """Find whether each series changed, when, and from what to what.

    `block` (days) is longer than the longest story. `fdr` is held in each family and round; `level` is that of the
    dates' intervals. Returns a result for each series, in their order. A series that is too short, or all of whose
    articles say the same, has p = 1 and no change. Raises UsageError for numbers out of range.
    """
    if not 0.0 < fdr < 1.0 or not 0.0 < level < 1.0:
        raise UsageError(f"fdr {fdr} and level {level}", "numbers between 0 and 1", "0.05 and 0.95 are usual")
    if block < 7:
        raise UsageError(f"a block of {block} days", "7 days or more", "take more than the longest story's")
    tempered = [series.tempered() for series in many]
    cuts: list[dict[int, tuple[float, float, int, int]]] = [{} for _ in many]
    first: list[tuple[float, float, int]] = [(1.0, 1.0, 0)] * len(many)
    parts = [(at, series) for at, series in enumerate(tempered)]
    for round_ in range(1, ROUNDS + 1):
        tests = tested([part for _, part in parts], block, fdr, threads)
        following = []
        for (at, part), one in zip(parts, tests, strict=True):
            if round_ == 1:
                first[at] = (one.p, one.q, one.orders)
            day = best_day(part) if one.q <= fdr else None
            if day is not None:
                cuts[at][day] = (one.p, one.q, one.orders, round_)
                low, high = int(part.day[0]), int(part.day[-1]) + 1
                following += [(at, part.between(low, day)), (at, part.between(day, high))]
        parts = [(at, part) for at, part in following if len(part) >= 2 * FEWEST]
        if not parts:
            break
    return [
        Result(_dated(series, weighed, found, level), *one)
        for series, weighed, found, one in zip(many, tempered, cuts, first, strict=True)
    ]


def _dated(
    series: Series, tempered: Series, cuts: dict[int, tuple[float, float, int, int]], level: float
) -> tuple[Change, ...]:
    """Date every cut anew between its neighbours, and take the figures on either side."""
    if not cuts:
        return ()
    days = sorted(cuts)
    told = [cuts[day] for day in days]
    ends = (int(series.day[0]), int(series.day[-1]) + 1)
    for at in range(len(days)):
        low = days[at - 1] if at else ends[0]
        high = days[at + 1] if at + 1 < len(days) else ends[1]
        days[at] = best_day(tempered.between(low, high)) or days[at]
    borders = [ends[0], *days, ends[1]]
    changes = []
    for at, (p, q, orders, round_) in enumerate(told):
        low, day, high = borders[at : at + 3]
        dated = interval(tempered.between(low, high), day, level)
        before, after = series.between(low, day), series.between(day, high)
        changes.append(
            Change(
                day,
                dated.low,
                dated.high,
                _figures(before),
                _figures(after),
                len(before),
                len(after),
                p,
                q,
                orders,
                round_,
            )
        )
    return tuple(changes)


def _figures(series: Series) -> Array:
    sums = series.parts.sum(axis=0)
    if series.form == "means":
        return np.array([sums[0] / sums[1] if sums[1] > 0 else np.nan])
    shares: Array = sums / sums.sum()
    return shares
