"""Rates and medians of what an evaluation counts, with exact intervals for small numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

LEVEL = 0.95


@dataclass(frozen=True)
class Rate:
    """How many of how many, with a 95% interval (Clopper and Pearson); null of none."""

    count: int
    of: int
    rate: float | None
    low: float | None
    high: float | None

    @classmethod
    def of_all(cls, hits: Iterable[bool]) -> Rate:
        """Count hits."""
        from scipy.special import betaincinv

        told = list(hits)
        k, n = sum(told), len(told)
        if not n:
            return cls(0, 0, None, None, None)
        tail = (1 - LEVEL) / 2
        low = float(betaincinv(k, n - k + 1, tail)) if k else 0.0
        high = float(betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
        return cls(k, n, k / n, low, high)


@dataclass(frozen=True)
class Median:
    """The median of `of` figures and its interval, from order statistics at 95% or more; null of none."""

    of: int
    median: float | None
    low: float | None
    high: float | None

    @classmethod
    def of_all(cls, values: Iterable[float]) -> Median:
        """Take the median."""
        from scipy.special import bdtr

        told = sorted(values)
        n = len(told)
        if not n:
            return cls(0, None, None, None)
        # As many are left out on either side as a fair coin shows in fewer than 2.5 of 100 series of n throws.
        out = max((k + 1 for k in range(n // 2) if bdtr(k, n, 0.5) <= (1 - LEVEL) / 2), default=0)
        return cls(n, float(np.median(told)), float(told[max(out - 1, 0)]), float(told[min(n - out, n - 1)]))
