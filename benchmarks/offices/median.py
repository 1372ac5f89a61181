"""The median of what is counted, with an exact interval for small numbers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from benchmarks.gold.rates import LEVEL


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
