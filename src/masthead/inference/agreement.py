"""How far coders agree: Krippendorff's α, with an interval."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError
from masthead.inference.intervals import Array, divide, quantile, totals

Whole = npt.NDArray[np.int64]
Metric = Literal["nominal", "interval"]


@dataclass(frozen=True)
class Agreement:
    """α and its interval; NaN where nothing was coded twice or all codes are alike.

    `n_units`: units that two coders or more coded; `n_codings`: their codes; `n_coders`: who gave them;
    `n_articles`: the articles that the units stand in.
    """

    alpha: float
    conf_low: float
    conf_high: float
    n_units: int
    n_codings: int
    n_coders: int
    n_articles: int


def alpha(
    codes: Array, articles: Whole | None = None, *, metric: Metric = "nominal", level: float = 0.95
) -> Agreement:
    """Return Krippendorff's α of codes (units × coders, NaN where a coder did not code a unit), with its interval.

    `articles` says which article each unit stands in; None: each in one of its own. By the metric `nominal` two codes
    are alike or not; by `interval` their distance counts, squared.

    α = 1 − (n − 1)·O/E: O adds up, over units of m ≥ 2 codes, what pairs of codes differ by, over m − 1; E what all
    pairs of the n codes differ by. It is 1 where coders always agree and 0 where they agree no more than by chance.

    The interval is the jackknife's over articles, of artanh α, after adding one unit on which coders differ, by the two
    values given most, and one on which they agree, on the value given least: so few units on which all agree do not
    leave no doubt. Its upper end is at least what it is without these two. Source: Krippendorff, Content Analysis
    (2019), chapter 12; docs/methods/calibration.md. Raises UsageError where `codes` has not two dimensions or not an
    article a unit.

    >>> import numpy as np
    >>> found = alpha(np.array([[1.0, 1.0], [2.0, 2.0], [1.0, 2.0], [1.0, 1.0]]))
    >>> round(found.alpha, 3), found.n_units
    (0.533, 4)
    """
    if codes.ndim != 2 or (articles is not None and len(articles) != len(codes)):
        raise UsageError(
            "codes that are not a table of units × coders, with an article for each unit",
            "a row a unit, a column a coder",
            "make one row of each unit",
        )
    twice = (~np.isnan(codes)).sum(axis=1) >= 2
    codes = codes[twice]
    articles = np.arange(len(codes)) if articles is None else articles[twice]
    size = (len(codes), int((~np.isnan(codes)).sum()), int((~np.isnan(codes)).any(axis=0).sum()))
    n_articles = len(np.unique(articles))
    parts = parts_of(codes, articles, metric)
    value = float(alpha_of(parts.sum(axis=0)[None], metric)[0])
    if np.isnan(value):
        return Agreement(value, -1.0, 1.0, *size, n_articles)
    low, high = _bounds(np.concatenate([parts, _made_up(codes, metric)]), metric, level)
    _, plain_high = _bounds(parts, metric, level)
    return Agreement(value, min(low, value), max(high, plain_high, value), *size, n_articles)


def by_value(
    codes: Array, articles: Whole | None = None, *, level: float = 0.95
) -> Iterator[tuple[float, Agreement]]:
    """Yield α of each value against all others."""
    for value in np.unique(codes[~np.isnan(codes)]):
        is_value = np.where(np.isnan(codes), np.nan, codes == value)
        yield float(value), alpha(is_value, articles, level=level)


def pairwise(
    codes: Array, articles: Whole | None = None, *, metric: Metric = "nominal", level: float = 0.95
) -> Iterator[tuple[tuple[int, int], Agreement]]:
    """Yield α of each two coders, by their columns."""
    for pair in combinations(range(codes.shape[1]), 2):
        yield pair, alpha(codes[:, list(pair)], articles, metric=metric, level=level)


def parts_of(codes: Array, articles: Whole, metric: Metric) -> Array:
    """Return what each article adds to the sums that α is made of: O, n, and what E is made of."""
    there = ~np.isnan(codes)
    m = there.sum(axis=1).astype(np.float64)
    if metric == "nominal":
        values = np.unique(codes[there])
        counts = (codes[:, :, None] == values).sum(axis=1).astype(np.float64)
        differing = (m * m - (counts**2).sum(axis=1)) / (m - 1.0)
        columns = [differing, m, *counts.T]
    else:
        sums, squares = (np.where(there, codes**power, 0.0).sum(axis=1) for power in (1, 2))
        columns = [2.0 * (m * squares - sums**2) / (m - 1.0), m, sums, squares]
    _, at = np.unique(articles, return_inverse=True)
    return np.stack([totals(at, column, int(at.max(initial=-1)) + 1) for column in columns], axis=1)


def alpha_of(sums: Array, metric: Metric) -> Array:
    """Return α from rows of sums of `parts_of`; NaN where all codes are alike."""
    differing, n = sums[:, 0], sums[:, 1]
    if metric == "nominal":
        chance_level = n * n - (sums[:, 2:] ** 2).sum(axis=1)
    else:
        chance_level = 2.0 * (n * sums[:, 3] - sums[:, 2] ** 2)
    small = chance_level <= 1e-9 * n * n
    return 1.0 - divide((n - 1.0) * differing, np.where(small, 0.0, chance_level))


def _made_up(codes: Array, metric: Metric) -> Array:
    """Return the parts of two made-up units: coders differ on one, and agree on the other on the value given least."""
    values, counts = np.unique(codes[~np.isnan(codes)], return_counts=True)
    by_count = values[np.argsort(-counts, kind="stable")]
    made_up = np.stack([by_count[:2], by_count[[-1, -1]]])
    every = np.concatenate([made_up, np.repeat(values[:, None], 2, axis=1)])
    return parts_of(every, np.arange(len(every)), metric)[:2]


def _bounds(parts: Array, metric: Metric, level: float) -> tuple[float, float]:
    """Return the ends of the jackknife's interval of α, each row of parts being left out in turn."""
    value = float(alpha_of(parts.sum(axis=0)[None], metric)[0])
    without = alpha_of(parts.sum(axis=0) - parts, metric)
    without = np.where(np.isnan(without), value, without)
    n = len(parts)
    error = np.sqrt((n - 1.0) / n * np.sum((without - without.mean()) ** 2))
    # The error of artanh α is that of α over its slope: leaving out the unit on which coders differ may give α = 1.
    centre, slope = np.arctanh(np.clip(value, -0.999999, 0.999999)), 1.0 - value * value
    t = float(quantile(np.array([n - 1.0]), np.array([1.0 - level]))[0])
    half = t * error / max(slope, 1e-9) if n > 1 else np.inf
    return float(np.tanh(centre - half)), float(np.tanh(centre + half))
