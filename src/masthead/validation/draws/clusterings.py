"""How well one grouping of articles agrees with another: B-cubed, pairs, adjusted Rand, with intervals.

B-cubed (Bagga and Baldwin 1998): for each article, precision is the share of its found group that truly goes
with it, recall the share of its true group that was found with it, itself included in both; their means over
articles, and F1 of these. Pairs: precision and recall of the pairs of articles that are put together. Adjusted
Rand (Hubert and Arabie 1985): agreement of all pairs, 0 where it is what chance gives, 1 where it is perfect.

Intervals are a bootstrap over true groups, whose articles are found or lost together. Two made-up groups of mean
size join the pool, one all right and one all wrong, so that a file without a mistake does not claim to be sure.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Real = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

DRAWS = 2000
LEVEL = 0.95

_FIGURES = (
    "b_cubed_precision",
    "b_cubed_recall",
    "b_cubed_f1",
    "pair_precision",
    "pair_recall",
    "pair_f1",
    "adjusted_rand",
)
_LOT = 4_000_000


@dataclass(frozen=True)
class Figure:
    """A figure and its 95% interval; null where there is nothing to divide by (no pair was put together)."""

    value: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Agreement:
    """How a found grouping agrees with a true one. All but `adjusted_rand` (at most 1) lie in 0 to 1."""

    articles: int
    found_groups: int
    true_groups: int
    b_cubed_precision: Figure
    b_cubed_recall: Figure
    b_cubed_f1: Figure
    pair_precision: Figure
    pair_recall: Figure
    pair_f1: Figure
    adjusted_rand: Figure


def agreement(groups: Sequence[Hashable], true: Sequence[Hashable], seed: int = 1) -> Agreement:
    """Compare two groupings of the same articles, given as each article's group; at least one article.

    The names of groups and the order of articles change nothing.
    """
    group_numbers, true_numbers = _numbers(groups), _numbers(true)
    sums = _per_group(group_numbers, true_numbers)
    values = _figures(sums.sum(axis=0))
    low, high = _bounds(sums, values, seed)
    figures = {
        name: Figure(
            *(None if np.isnan(value) else float(value) for value in (values[at], low[at], high[at]))
        )
        for at, name in enumerate(_FIGURES)
    }
    n_groups, n_true_groups = int(group_numbers.max()) + 1, int(true_numbers.max()) + 1
    return Agreement(len(group_numbers), n_groups, n_true_groups, **figures)


def _numbers(groups: Sequence[Hashable]) -> Whole:
    numbers: dict[Hashable, int] = {}
    return np.array([numbers.setdefault(group, len(numbers)) for group in groups], dtype=np.int64)


def _per_group(groups: Whole, true: Whole) -> Real:
    """Return per true group: articles, sums of B-cubed precision and recall, pairs right, true and found.

    A pair found across two true groups counts half for either.
    """
    _, of, both = np.unique(np.stack([true, groups]), axis=1, return_inverse=True, return_counts=True)
    together = both[of.ravel()].astype(np.float64)
    size = np.bincount(groups)[groups].astype(np.float64)
    size_true = np.bincount(true)[true].astype(np.float64)
    columns = (
        np.ones(len(true)),
        together / size,
        together / size_true,
        (together - 1) / 2,
        (size_true - 1) / 2,
        (size - 1) / 2,
    )
    sums: Real = np.stack([np.bincount(true, column) for column in columns], axis=1).astype(np.float64)
    # In an order that hangs on no name, so that the draws do not either; rounded, so that no sum's order shows.
    sums = np.round(sums, 9)
    return sums[np.lexsort(sums.T)]


def _figures(sums: Real) -> Real:
    """Return the figures, in the order of `_FIGURES`, of sums `[…, 6]`."""
    articles, sum_of_precisions, sum_of_recalls, right, true, pairs = np.moveaxis(sums, -1, 0)
    precision, recall = _share(sum_of_precisions, articles), _share(sum_of_recalls, articles)
    f1 = _share(2 * precision * recall, precision + recall)
    pair_f1 = _share(2 * right, true + pairs)
    by_chance = _share(true * pairs, articles * (articles - 1) / 2)
    rand = _share(right - by_chance, (true + pairs) / 2 - by_chance)
    return np.stack(
        [precision, recall, f1, _share(right, pairs), _share(right, true), pair_f1, rand], axis=-1
    )


def _bounds(sums: Real, values: Real, seed: int) -> tuple[Real, Real]:
    mean = sums.sum(axis=0) / len(sums)
    right = mean[[0, 0, 0, 4, 4, 4]]
    wrong = np.array([mean[0], 0.0, 0.0, 0.0, mean[4], mean[5]])
    # Groups that scored alike are alike to the bootstrap: draw among the kinds.
    kinds, many = np.unique(np.vstack([sums, right, wrong]), axis=0, return_counts=True)
    rng = np.random.default_rng(seed)
    lots = []
    for start in range(0, DRAWS, lot := max(1, _LOT // len(kinds))):
        times = rng.multinomial(many.sum(), many / many.sum(), size=min(lot, DRAWS - start))
        lots.append(_figures(times @ kinds))
    draws = np.concatenate(lots)
    values_drawn = np.where(np.isfinite(draws), draws, values)
    tail = (1 - LEVEL) / 2
    low, high = np.quantile(values_drawn, [tail, 1 - tail], axis=0)
    return np.minimum(low, values), np.maximum(high, values)


def _share(part: Real, whole: Real) -> Real:
    part, whole = np.asarray(part, np.float64), np.asarray(whole, np.float64)
    share: Real = np.divide(part, whole, out=np.full_like(part, np.nan), where=whole != 0)
    return share
