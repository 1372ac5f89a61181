"""Reading a sample instead of everything: how many articles to read first, how many more, when to stop.

Articles of a cell (outlet × subject) are read in an order fixed beforehand, in lots. After each lot the cell's
intervals are made as they will be reported, and reading stops once they are narrow enough. Looking again and
again would make plain intervals, which are too narrow in small samples, stop early and miss; what keeps these
is that none is looked at before `FIRST` articles and that their variance counts two made-up articles, one at
either end of the range. `masthead validate sampling` measures it.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError
from masthead.inference.intervals import Array, Sums, family_of

Whole = npt.NDArray[np.int64]

FIRST = 50
"""No interval is looked at before this many articles of a cell are read, or all that there are.

Of these, own voice may stand in few: its interval, with the two made-up articles, is too wide to stop on then.
"""

LEAST_GROWTH, MOST_GROWTH = 1.1, 3.0
"""A lot makes the sample grow by factors between these: few looks, and not far past what is enough."""

GOLDEN = (5.0**0.5 - 1.0) / 2.0


def places(stratum: Whole, rank: Whole, size: Whole, start: Array) -> Array:
    """Return each article's place in its cell's order of reading, from 0 to 1; the lowest is read first.

    Of each article: the number of its stratum (period) in the order of time, from 0; its rank within the
    stratum in random order, from 0; the stratum's size; and `start`, drawn evenly from 0…1 for each cell. The
    k-th of N articles in stratum h stands at (k + u)/N, where u is start + h·(√5 − 1)/2 less its whole part:
    each stratum is spread evenly over the order, and so are strata of one article each. Every beginning of
    the order then holds near the same part of each stratum, and every article is as likely to be in it.
    """
    place: Array = (rank + np.modf(start + GOLDEN * stratum)[0]) / size
    return place


def half_width(sums: Sums, level: float) -> Array:
    """Return half the width of the interval of each signed mean; infinite where there is no figure."""
    low, high = family_of(sums, signed=True).bounds(np.full(len(sums.n), 1.0 - level))
    return np.where(np.isnan(low), np.inf, (np.nan_to_num(high) - np.nan_to_num(low)) / 2.0)


def next_sizes(read: Whole, there: Whole, half: Array, precision: float) -> Whole:
    """Return how many articles of each cell to have read after the next lot; as many as now: stop.

    `read` of the `there` articles are read, and the intervals reach `half` to either side. Raises UsageError
    where `precision` is not between 0 and 1.
    """
    if not 0.0 < precision < 1.0:
        raise UsageError(f"a precision of {precision}", "a number between 0 and 1", "0.05 is usual")
    # Intervals shrink with the root of n or, as long as the two made-up articles weigh most, with n itself:
    # the smaller step reads a little less, and looks a little more often.
    growth = np.clip(half / precision, LEAST_GROWTH, MOST_GROWTH)
    sizes = np.maximum(np.ceil(read * growth), FIRST).astype(np.int64)
    return np.where(half <= precision, read, np.minimum(sizes, there))
