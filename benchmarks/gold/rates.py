"""Rates of what an evaluation counts, with exact intervals for small numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
        each = list(hits)
        return cls.of_counts(sum(each), len(each))

    @classmethod
    def of_counts(cls, k: int, n: int) -> Rate:
        """Return the rate of k hits of n."""
        from scipy.special import betaincinv

        if not n:
            return cls(0, 0, None, None, None)
        tail = (1 - LEVEL) / 2
        low = float(betaincinv(k, n - k + 1, tail)) if k else 0.0
        high = float(betaincinv(k + 1, n - k, 1 - tail)) if k < n else 1.0
        return cls(k, n, k / n, low, high)

    @classmethod
    def of_rates(cls, rates: Iterable[Rate]) -> Rate:
        """Return the rate of all that several rates count."""
        each = list(rates)
        return cls.of_counts(sum(one.count for one in each), sum(one.of for one in each))
