"""Exact intervals of a share of things that are so or are not: what a count can say, down to none of them."""

from __future__ import annotations

import math


def exact_bounds(k: int, n: int, level: float) -> tuple[float, float]:
    """Return the ends of the two-sided interval of Clopper and Pearson (1934, Biometrika 26, 404–413) of a share.

    `k` of `n` independent draws are so. It holds the true share at least as often as `level` says, whatever that is;
    of none, its upper end is 1 − ((1 − level)/2)^(1/n). Of no draws it is the whole range.
    """
    from scipy.special import betaincinv

    if not n:
        return 0.0, 1.0
    tail = (1.0 - level) / 2.0
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1.0 - tail))
    return low, high


def draws_needed(most: float, level: float) -> int:
    """Return how many draws, none of which is so, put the upper end of their interval at a share or below it."""
    return max(1, math.ceil(math.log((1.0 - level) / 2.0) / math.log1p(-most)))
