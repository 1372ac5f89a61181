"""All changes of many series: cut, and each part again, as long as tests find something."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, product
from typing import Literal, NamedTuple

import numpy as np

from masthead.errors import UsageError
from masthead.inference.changes.dating import best_day, best_days, interval
from masthead.inference.changes.drifting import ALPHA, Ramp, slow
from masthead.inference.changes.permuting import BLOCK, permutation_tests
from masthead.inference.changes.scan import FEWEST
from masthead.inference.changes.series import Series
from masthead.inference.intervals import Array

FEWEST_TESTED = 2 * FEWEST
"""Articles that a series must have to be tested."""

ROUNDS = 8
"""How often found parts are cut again."""


Kind = Literal["change", "drift"]


@dataclass(frozen=True)
class Change:
    """A change of a series. All days are ordinals.

    A `kind` of `change` lies between one day and the next: `date` is the first day after, `low` and `high` the interval
    of it. A `drift` is slow: `date` is its middle, `low` and `high` where it starts and ends. `p_slow` is how often
    steps would fit so much better than the best slow ramp if it were slow; NaN where the series is too short to tell.

    `before` and `after` are the figures of the articles `since … until` and `then … last` (the latter days
    excluded), up to the neighbouring changes: the shares of the categories, or of a ratio (share, complement), or the
    mean. Of a drift, its first quarter belongs to what is before, its last to what is after. `p` comes from `orders`
    random orders of blocks, `q` is the false discovery rate within the family in round `round` (1: of whole series;
    2: of the parts of those found in round 1, and so on); a drift that several cuts found has those of the first.
    """

    kind: Kind
    date: int
    low: int
    high: int
    since: int
    until: int
    then: int
    last: int
    before: Array
    after: Array
    n_before: int
    n_after: int
    p: float
    q: float
    orders: int
    round: int
    p_slow: float


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
    block: int | Sequence[int] = BLOCK,
    level: float = 0.95,
    drifts: bool = True,
    threads: int | None = None,
) -> list[Result]:
    """Find whether each series changed, when, and from what to what.

    `block` (days) is longer than the longest story; one for all series, or one of each. `fdr` is held in each family
    and round; `level` is that of the dates' intervals. Without `drifts` every change is taken for a sudden one. Returns
    a result for each series, in their order. A series that is too short, or has too few blocks for any p to be small,
    or all of whose articles say the same, has p = 1 and no change. Raises UsageError for numbers out of range.
    """
    if not 0.0 < fdr < 1.0 or not 0.0 < level < 1.0:
        raise UsageError(f"fdr {fdr} and level {level}", "numbers between 0 and 1", "0.05 and 0.95 are usual")
    blocks = [block] * len(many) if isinstance(block, int) else list(block)
    if len(blocks) != len(many) or min(blocks, default=7) < 7 or (isinstance(block, int) and block < 7):
        raise UsageError(
            f"a block of {block} days",
            "7 days or more, or so many of each series",
            "take more than the longest story's",
        )
    by_worth = [series.by_worth() for series in many]
    cuts: list[dict[int, _Cut]] = [{} for _ in many]
    first = [_Cut(1.0, 1.0, 0, 1, 1.0)] * len(many)
    parts = [(at, series) for at, series in enumerate(by_worth)]
    for round_ in range(1, ROUNDS + 1):
        tests = permutation_tests(
            [part for _, part in parts],
            [blocks[at] for at, _ in parts],
            fdr,
            threads,
            # Parts are what a test has cut: they are chosen, and all of them count.
            spare_dull=round_ == 1,
        )
        following = []
        for (at, part), one in zip(parts, tests, strict=True):
            cut = _Cut(one.p, one.q, one.orders, round_, one.by_chance)
            if round_ == 1:
                first[at] = cut
            days = best_days(part) if one.q <= fdr else []
            cuts[at].update(dict.fromkeys(days, cut))
            if days:
                borders = [int(part.day[0]), *days, int(part.day[-1]) + 1]
                following += [(at, part.between(low, high)) for low, high in pairwise(borders)]
        parts = [(at, part) for at, part in following if len(part) >= FEWEST_TESTED]
        if not parts:
            break
    return [
        Result(_changes(series, worth, cuts_of, days, level, drifts), one.p, one.q, one.orders)
        for series, worth, cuts_of, days, one in zip(many, by_worth, cuts, blocks, first, strict=True)
    ]


class _Cut(NamedTuple):
    p: float
    q: float
    orders: int
    round: int
    by_chance: float


def _changes(
    series: Series, worth: Series, cuts: dict[int, _Cut], block: int, level: float, drifts: bool
) -> tuple[Change, ...]:
    """Date every cut anew between its neighbours, tell the slow ones, and take the figures on either side."""
    if not cuts:
        return ()
    tests = [cuts[day] for day in sorted(cuts)]
    borders = [int(series.day[0]), *sorted(cuts), int(series.day[-1]) + 1]
    for at in range(1, len(borders) - 1):
        between = worth.between(borders[at - 1], borders[at + 1])
        borders[at] = best_day(between) or borders[at]
    changes = []
    for begin, end, ramp in _runs(worth, borders, block if drifts else None):
        since, last = borders[begin - 1], borders[end + 1]
        cut = min(tests[begin - 1 : end], key=lambda one: one.round)
        if ramp is not None and ramp.p > ALPHA:
            part = (ramp.stop - ramp.start) // 4
            dates = ((ramp.start + ramp.stop) // 2, ramp.start, ramp.stop)
            sides = (since, ramp.start + part, ramp.stop - part, last)
        else:
            date_interval = interval(worth.between(since, last), borders[begin], block, level, cut.by_chance)
            dates = (date_interval.day, date_interval.low, date_interval.high)
            sides = (since, borders[begin], borders[begin], last)
        before, after = series.between(*sides[:2]), series.between(*sides[2:])
        kind: Kind = "drift" if ramp is not None and ramp.p > ALPHA else "change"
        changes.append(
            Change(
                kind,
                *dates,
                *sides,
                before=_figures(before),
                after=_figures(after),
                n_before=len(before),
                n_after=len(after),
                p=cut.p,
                q=cut.q,
                orders=cut.orders,
                round=cut.round,
                p_slow=np.nan if ramp is None else ramp.p,
            )
        )
    return tuple(changes)


def _runs(series: Series, borders: list[int], block: int | None) -> list[tuple[int, int, Ramp | None]]:
    """Put cuts that one slow ramp explains together, the longest runs first; every other cut stands alone.

    Returns the first and last cut of each run, by their place in `borders`, in order of time. Without a block
    nothing is slow.
    """
    count = len(borders) - 2
    if block is None:
        return [(at, at, None) for at in range(1, count + 1)]
    free = [True] * (count + 2)
    runs: list[tuple[int, int, Ramp | None]] = []
    for length, begin in product(range(count, 0, -1), range(1, count + 1)):
        end = begin + length - 1
        if end > count or not all(free[begin : end + 1]):
            continue
        ramp = slow(series.between(borders[begin - 1], borders[end + 1]), borders[begin : end + 1], block)
        if length == 1 or (ramp is not None and ramp.p > ALPHA):
            runs.append((begin, end, ramp))
            free[begin : end + 1] = [False] * length
    return sorted(runs, key=lambda run: run[0])


def _figures(series: Series) -> Array:
    sums = series.parts.sum(axis=0)
    if series.form == "means":
        return np.array([sums[0] / sums[1] if sums[1] > 0 else np.nan])
    shares: Array = sums / sums.sum()
    return shares
