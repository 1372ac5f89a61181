"""The changes part of `make bench`: a permutation test of every series, beside plain loops.

Ours is asked twice: for exactly 999 orders of every series, and as a survey asks, which leaves what is plainly steady
and goes on where it matters. The other sides are asked for a few series, and their time is scaled up to all: a plain
loop over orders with ruptures' best cut in each, and changeforest, which has a permutation test of its own.
"""

from __future__ import annotations

import importlib.util
import os
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from benchmarks.timing import processor_seconds, run_step, say

SERIES = 10_000
PERIODS = 100
ORDERS = 999
BLOCK_PERIODS = 10

LOOPED = 5
"""Series that the plain loop is timed on, with 99 orders each."""

GROWN = 200
"""Series that changeforest is timed on."""


def _drawn(series: int) -> Any:
    """Shares of twenty mentions a week for a hundred weeks; a tenth of the series change in the middle."""
    import numpy as np

    rng = np.random.default_rng(1)
    share = np.where((np.arange(series) % 10 == 0)[:, None] & (np.arange(PERIODS) >= 50), 0.6, 0.3)
    return rng.binomial(20, share).astype(float)


def permute(series: int) -> dict[str, Any]:
    """Test all series with 999 orders each, and again with as many as it takes."""
    import numpy as np

    from masthead.inference.changes import Series, find_changes

    day, whole = np.arange(PERIODS) * 7, np.full(PERIODS, 20.0)
    many = [Series.of_ratio(day, x, whole) for x in _drawn(series)]
    start, before = time.perf_counter(), processor_seconds()
    p = _permuted_alike(many, BLOCK_PERIODS * 7, ORDERS)
    told = {"seconds": time.perf_counter() - start, "cpu": processor_seconds() - before}
    start, before = time.perf_counter(), processor_seconds()
    found = find_changes(many, block=BLOCK_PERIODS * 7)
    told |= {"as_asked": time.perf_counter() - start, "cpu_as_asked": processor_seconds() - before}
    changed = sum(bool(one.changes) for one in found)
    return {**told, "result": {"small": int((p <= 0.05).sum()), "changed": changed}}


def _permuted_alike(many: Any, block: int, orders: int) -> Any:
    """Return p of each series from exactly so many random orders, however plain it is after a few."""
    import numpy as np

    from masthead.inference.changes.permuting import statistics

    def p(series: Any) -> float:
        seen, found = statistics(series, block, orders)
        # Sums in another order differ in the last digits: those tie.
        return (
            float((1 + (found >= seen - 1e-7 * (1.0 + abs(seen))).sum()) / (1 + orders))
            if len(found)
            else 1.0
        )

    with ThreadPoolExecutor(min(os.cpu_count() or 1, 8)) as pool:
        return np.array(list(pool.map(p, many)))


def loop_of_ruptures(series: int) -> dict[str, Any]:
    """Test a few series in a plain loop: the best cut by ruptures, of the series and of 99 orders of its blocks."""
    import numpy as np
    import ruptures

    rng = np.random.default_rng(2)
    start, before = time.perf_counter(), processor_seconds()
    small = 0
    for x in _drawn(series)[:LOOPED]:
        gains = []
        for turn in range(100):
            order = rng.permutation(PERIODS // BLOCK_PERIODS) if turn else np.arange(PERIODS // BLOCK_PERIODS)
            signal = x.reshape(-1, BLOCK_PERIODS)[order].reshape(-1, 1) / 20.0
            cut = ruptures.Binseg(model="l2", jump=1, min_size=1).fit(signal)
            gains.append(cut.cost.error(0, PERIODS) - cut.cost.sum_of_costs(cut.predict(n_bkps=1)))
        small += sum(gain >= gains[0] for gain in gains) <= 5
    scale = (ORDERS + 1) * series / (LOOPED * 100)
    return {
        "seconds": (time.perf_counter() - start) * scale,
        "cpu": (processor_seconds() - before) * scale,
        "result": int(small),
    }


def changeforest_each(series: int) -> dict[str, Any]:
    """Run changeforest over some series."""
    import changeforest

    start, before = time.perf_counter(), processor_seconds()
    changed = sum(
        bool(changeforest.changeforest(x.reshape(-1, 1) / 20.0, "random_forest", "bs").split_points())
        for x in _drawn(series)[:GROWN]
    )
    scale = series / GROWN
    return {
        "seconds": (time.perf_counter() - start) * scale,
        "cpu": (processor_seconds() - before) * scale,
        "result": changed,
    }


def speed() -> dict[str, float]:
    """Test ten thousand series, beside what of ruptures and changeforest is installed."""
    say(f"\nChanges: {SERIES:,} series of {PERIODS} periods, {ORDERS} orders each")
    ours = run_step("permute", series=SERIES)
    told = ours.told
    say(_line("masthead, all orders", told["seconds"], told["cpu"]) + f"   peak {ours.peak_mb:,.0f} MB")
    say(_line("as a survey asks", told["as_asked"], told["cpu_as_asked"]) + "   with dates and intervals")
    ratios = {}
    for package, step, name in (
        ("ruptures", "loop_of_ruptures", "a plain loop over ruptures"),
        ("changeforest", "changeforest_each", "changeforest"),
    ):
        if importlib.util.find_spec(package) is None:
            say(f"  ({package} is not installed: not compared)")
            continue
        theirs = run_step(step, series=SERIES)
        say(_line(name, theirs.inner, theirs.told["cpu"]) + "   scaled up from a few series")
        less = f"processor time beside {name} (above 1: less)"
        ratios |= {
            f"changes: 999 orders, speed beside {name}": theirs.inner / told["seconds"],
            f"changes: 999 orders, {less}": theirs.told["cpu"] / told["cpu"],
            f"changes: as a survey asks, speed beside {name}": theirs.inner / told["as_asked"],
            f"changes: as a survey asks, {less}": theirs.told["cpu"] / told["cpu_as_asked"],
        }
    return ratios


def _line(name: str, seconds: float, cpu: float) -> str:
    return f"  {name:27} {seconds:10,.1f} s {cpu:10,.1f} s of processors"
