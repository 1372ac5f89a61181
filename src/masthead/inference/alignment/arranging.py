"""The ways to give a factor's values to subjects: all of them where they are few, and random ones where they are many.

Higgins, J. P. T. and Thompson, S. G. (2004). Controlling the risk of spurious findings from meta-regression.
Statistics in Medicine 23, 1663–1682. doi 10.1002/sim.1752
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache, reduce
from itertools import combinations
from math import comb

import numpy as np
import numpy.typing as npt

from masthead.inference.intervals import Array

Codes = npt.NDArray[np.int64]

EXACT = 5000
"""Up to so many arrangements are gone through one by one."""

DRAWN = 1999
"""Where there are more, so many are drawn; the one that is there counts as one of them."""

_SEED = 20_040_815


@dataclass(frozen=True)
class Arrangements:
    """Arrangements of a factor's values over J subjects: B×J. `exact` where they are all there are."""

    values: Array
    exact: bool

    def p(self, statistics: Array, actual: float) -> float:
        """Return how often an arrangement gives at least as much as was observed."""
        # Arrangements that are alike but for rounding are alike.
        n_reached = int((statistics >= actual - 1e-9).sum())
        if self.exact:
            return max(n_reached, 1) / len(statistics)
        return (n_reached + 1) / (len(statistics) + 1)


def arrangements(values: Array, strata: Array | None = None) -> Arrangements:
    """Return the arrangements of `values` over subjects; with `strata` (J), only among subjects of one stratum."""
    strata = np.zeros(len(values)) if strata is None else strata
    levels, codes = np.unique(values, return_inverse=True)
    places = [np.flatnonzero(strata == one) for one in np.unique(strata)]
    counts = [tuple(np.bincount(codes[place], minlength=len(levels)).tolist()) for place in places]
    if math.prod(_number(count) for count in counts) <= EXACT:
        ways = [(place, _all(count)) for place, count in zip(places, counts, strict=True)]
        every_way = reduce(_cross, ways, np.zeros((1, len(values)), dtype=np.int64))
        return Arrangements(levels[every_way], True)
    draws = np.tile(codes, (DRAWN, 1))
    generator = np.random.default_rng(_SEED)
    for place in places:
        draws[:, place] = generator.permuted(draws[:, place], axis=1)
    return Arrangements(levels[draws], False)


def _cross(before: Codes, part: tuple[Codes, Codes]) -> Codes:
    """Set every arrangement so far beside every one of the places of another stratum."""
    place, ways = part
    both = np.repeat(before, len(ways), axis=0)
    both[:, place] = np.tile(ways, (len(before), 1))
    return both


def _number(counts: tuple[int, ...]) -> int:
    """How many different arrangements there are of so many of each value."""
    left = np.cumsum(counts).tolist()
    return math.prod(comb(total, count) for total, count in zip(left, counts, strict=True))


@lru_cache(maxsize=256)
def _all(counts: tuple[int, ...]) -> Codes:
    """All arrangements of so many of each value, value after value over the places that are left."""
    total = sum(counts)
    free = np.arange(total)[None, :]
    every_way = np.zeros((1, total), dtype=np.int64)
    for code, count in enumerate(counts):
        left = free.shape[1]
        picks = np.array(list(combinations(range(left), count)), dtype=np.int64).reshape(
            comb(left, count), count
        )
        is_free = np.ones((len(picks), left), dtype=bool)
        is_free[np.arange(len(picks))[:, None], picks] = False
        others = np.nonzero(is_free)[1].reshape(len(picks), left - count)
        every_way = np.repeat(every_way, len(picks), axis=0)
        np.put_along_axis(every_way, free[:, picks].reshape(len(every_way), count), code, axis=1)
        free = free[:, others].reshape(len(every_way), left - count)
    return every_way


def orders(subjects: int) -> Codes:
    """Return orders of so many subjects, B×J, to permute several factors by at once: all, or random ones."""
    if math.factorial(subjects) <= EXACT:
        return _all((1,) * subjects)
    draws = np.tile(np.arange(subjects), (DRAWN, 1))
    return np.random.default_rng(_SEED).permuted(draws, axis=1)


def least_p(values: Array, strata: Array | None = None) -> float:
    """Return the least p that any data can give when these values are permuted.

    One arrangement of all, or two where turning the values upside down gives an arrangement as well: four against
    four explain as much as the other four against four.
    """
    strata = np.zeros(len(values)) if strata is None else strata
    parts = [np.sort(values[strata == one]) for one in np.unique(strata)]
    total = math.prod(_number(tuple(np.unique(part, return_counts=True)[1].tolist())) for part in parts)
    if total > EXACT:
        return 1.0 / (DRAWN + 1)
    ends = [part[0] + part[-1] for part in parts]
    # Beside a factor of two values, a shift within each of its two groups is no other arrangement either.
    reversible = all(np.allclose(part + part[::-1], end) for part, end in zip(parts, ends, strict=True)) and (
        len(parts) <= 2 or np.allclose(ends, ends[0])
    )
    return min(1.0, (2.0 if reversible else 1.0) / total)
