"""How surprising the best cut is: p by putting blocks of the calendar in random order, as often as it takes.

Articles are no independent draws: they come in bursts, and stories run for weeks. Where nothing changed, stretches
of time longer than any story could still have come in another order, so the best cut is set against the best
cuts of series whose blocks of time are shuffled.

p is (1 + e) / (1 + n), e of n orders having a cut at least as good. A series that is plainly unremarkable is left
after `ENOUGH` such orders with p = `ENOUGH` / n (Besag and Clifford, Biometrika 1991, 78(2), 301–304); the
others go on, in lots that double, until every p is clear of the bar that holds the false discovery rate (as in
Gandy and Hahn, Scandinavian Journal of Statistics 2014, 41(4), 1083–1101).
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from masthead.inference.changes.scan import FEWEST, LOOKED_UP, Parts, best, steps
from masthead.inference.changes.series import Form, Series, Whole
from masthead.inference.comparisons import false_discovery
from masthead.inference.intervals import Array

STEP = 7
"""Days of a step: cuts are tried between weeks."""

BLOCK = 70
"""Days of a block of the calendar, where nothing is known of the archive's own stories."""

ENOUGH = 10
"""Better orders than the one seen, after which a series is left."""

FIRST = 99
MOST = 20
"""Orders drawn at first, and at most: so many times what the strictest bar of the family needs to be reached at all."""

_LOT = 50_000
"""Cells held at a time: orders × steps × categories; what fits a core's cache is faster."""


@dataclass
class Tested:
    """One series' test: the statistic of its best cut, and p from `orders` random orders.

    `p` is 1 where there is nothing to test: fewer than two blocks, or too few articles on either side everywhere.
    `by_chance` is the mean statistic of the first orders, as part of the one seen: how much of it chance alone gives.
    """

    statistic: float
    p: float = 1.0
    q: float = 1.0
    orders: int = 0
    better: int = 0
    is_settled: bool = False
    by_chance: float = 1.0
    blocks: _Blocks | None = field(default=None, repr=False)


@dataclass(frozen=True)
class _Blocks:
    """A series cut into steps, in blocks: `start` and `length` say which steps each block holds."""

    parts: Parts
    articles: Array
    start: Whole
    length: Whole
    form: Form

    @classmethod
    def of(cls, series: Series, block: int) -> _Blocks:
        at, parts, articles = steps(series.day, series.parts, STEP)
        # Whole steps: a step is in the block that its first day is in.
        _, start, length = np.unique(at * STEP // block, return_index=True, return_counts=True)
        # Whole numbers where no article holds several mentions, as for attention: their logarithms are looked up.
        if series.form == "counts" and parts.sum() <= LOOKED_UP and (parts == np.rint(parts)).all():
            parts = parts.astype(np.int64)
        return cls(parts, articles, start.astype(np.int64), length.astype(np.int64), series.form)

    def best(self) -> float:
        """The statistic of the best cut or interlude, the steps being in their own order; −1 where there is none."""
        if len(self.articles) < 2:
            return -1.0
        order = np.arange(len(self.articles))[:, None]
        return float(best(self.parts, self.articles, order, self.form)[0])

    def best_of(self, orders: Whole) -> Array:
        """Return the statistic of the best cut or interlude of each order of the blocks."""
        length = self.length[orders]
        ahead = np.cumsum(length, axis=1) - length
        count = len(self.articles)
        order = np.repeat((self.start[orders] - ahead).ravel(), length.ravel()).reshape(len(orders), count)
        order += np.arange(count)
        return best(self.parts, self.articles, np.ascontiguousarray(order.T), self.form)


def _at_least(gains: Array, bar: float) -> npt.NDArray[np.bool_]:
    """Whether statistics are at least the one seen; sums in another order differ in the last digits: those tie."""
    is_reached: npt.NDArray[np.bool_] = gains >= bar - 1e-7 * (1.0 + abs(bar))
    return is_reached


def permutation_tests(
    many: Sequence[Series], blocks: Sequence[int], fdr: float, threads: int | None, spare_dull: bool = True
) -> list[Tested]:
    """Test of each series whether it changed at all; p and q (within each `family`) are set.

    `blocks` holds the days of a block of each. Where `spare_dull`, a family is spared tests that could not tell
    anything, however large a change. Random orders hang on the number of blocks alone: the answer is the same whatever
    the order of the series, their names and the number of threads.
    """
    tests = [_test_of(series, block) for series, block in zip(many, blocks, strict=True)]
    families = _families(many, tests, fdr) if spare_dull else [series.family for series in many]
    going = [one for one in tests if not one.is_settled]
    lot = FIRST
    with ThreadPoolExecutor(threads or min(os.cpu_count() or 1, 8)) as pool:
        while going:
            list(pool.map(lambda one, n=lot: _permute(one, n), going))
            _settle(tests, families, fdr)
            going = [one for one in tests if not one.is_settled]
            lot = going[0].orders + 1 if going else 0
    for one, q in zip(tests, false_discovery([one.p for one in tests], families), strict=True):
        one.q = float(q)
        one.blocks = None
    return tests


def _families(many: Sequence[Series], tests: Sequence[Tested], fdr: float) -> list[str]:
    """Settle the tests that cannot tell anything, and return each one's family, in which these have no part.

    With few blocks no p can be as small as `fdr`, however large a change (`least_p`); such a test would only hide
    others (Tarone, Biometrics 1990, 46(2), 515–522). Who is left hangs on days alone, not on what articles say.
    """
    names = []
    for series, one in zip(many, tests, strict=True):
        dull = one.blocks is not None and least_p(len(one.blocks.start)) > fdr
        one.is_settled |= dull
        # A name of its own: no family is called so, for none has a line break.
        names.append(f"{series.family}\nuntested" if dull else series.family)
    return names


def least_p(blocks: int) -> float:
    """Return the smallest p that so many blocks can give: as often are all of one side on one side by chance."""
    return min(1.0, 2.0 / math.comb(blocks, blocks // 2))


def statistics(series: Series, block: int, orders: int) -> tuple[float, Array]:
    """Return the statistic of the best cut, and those of so many random orders; none where none can be tried."""
    one = _test_of(series, block)
    if one.blocks is None:
        return one.statistic, np.zeros(0)
    count, lot = len(one.blocks.start), max(1, _LOT // one.blocks.parts.size)
    lots = [
        one.blocks.best_of(_orders(count, first, min(lot, orders - first))) for first in range(0, orders, lot)
    ]
    return one.statistic, np.concatenate(lots)


def blocks_of(series: Series, block: int) -> int:
    """Return how many blocks of the calendar, of `block` days each, hold articles of a series."""
    return len(np.unique((series.day - series.day[0]) // STEP * STEP // block)) if len(series) else 0


def _test_of(series: Series, block: int) -> Tested:
    if len(series) < 2 * FEWEST:
        return Tested(-1.0, is_settled=True)
    blocks = _Blocks.of(series, block)
    statistic = blocks.best()
    if len(blocks.start) < 2 or statistic <= 1e-9:
        return Tested(statistic, is_settled=True)
    return Tested(statistic, blocks=blocks)


def _permute(one: Tested, more: int) -> None:
    """Draw `more` orders, a part at a time; leave off once `ENOUGH` were better."""
    blocks = one.blocks
    if blocks is None:
        return
    count = len(blocks.start)
    at_a_time = max(1, _LOT // blocks.parts.size)
    until = one.orders + more
    while one.orders < until:
        lot = min(until - one.orders, at_a_time)
        gains = blocks.best_of(_orders(count, one.orders, lot))
        if one.orders == 0:
            one.by_chance = float(np.maximum(gains, 0.0).mean() / one.statistic)
        places = np.flatnonzero(_at_least(gains, one.statistic))
        if one.better + len(places) >= ENOUGH:
            one.orders += int(places[ENOUGH - one.better - 1]) + 1
            one.better, one.is_settled = ENOUGH, True
            one.p = ENOUGH / one.orders
            return
        one.better += len(places)
        one.orders += lot
    one.p = (1 + one.better) / (1 + one.orders)


_DRAWN = 1000
"""Orders are drawn in runs of so many, each with a seed of its own: which orders are seen hangs on no lot's size."""


def _orders(blocks: int, first: int, count: int) -> Whole:
    """Return the orders number `first` to `first + count` of so many blocks: always the same ones."""
    runs = range(first // _DRAWN, (first + count - 1) // _DRAWN + 1)
    draws = [_run(blocks, run) for run in runs]
    at = first - runs[0] * _DRAWN
    return np.concatenate(draws)[at : at + count] if len(draws) > 1 else draws[0][at : at + count]


@lru_cache(maxsize=256)
def _run(blocks: int, run: int) -> Whole:
    rng = np.random.default_rng([blocks, run, 20_130])
    return rng.permuted(np.tile(np.arange(blocks), (_DRAWN, 1)), axis=1)


def _settle(tests: list[Tested], families: Sequence[str], fdr: float) -> None:
    """Settle the tests whose p is clear of their family's bar: more orders would not move them across it."""
    of_family: dict[str, list[Tested]] = {}
    for one, family in zip(tests, families, strict=True):
        of_family.setdefault(family, []).append(one)
    for members in of_family.values():
        p = np.sort([one.p for one in members])
        passing = np.flatnonzero(p <= fdr * np.arange(1, len(p) + 1) / len(p))
        bar = fdr * (passing[-1] + 1) / len(p) if len(passing) else fdr / len(p)
        for one in members:
            if not one.is_settled:
                one.is_settled = one.orders >= MOST * len(p) / fdr or _clear(one, bar)


def _clear(one: Tested, bar: float) -> bool:
    """Whether a 98% interval of what p would be after endless orders lies on one side of the bar."""
    from scipy.special import betaincinv

    high = betaincinv(one.better + 1, one.orders - one.better, 0.99)
    low = betaincinv(one.better, one.orders - one.better + 1, 0.01) if one.better else 0.0
    return bool(high <= bar or low > bar or math.isnan(high))
