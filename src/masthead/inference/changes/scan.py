"""The scan: how much better two levels fit than one, wherever a series could change for good or for a while."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from masthead.inference.changes.series import Form, Whole
from masthead.inference.intervals import Array

Parts = npt.NDArray[Any]
"""Sums of a figure's parts: floats, or whole numbers in 64 bits."""

FEWEST = 5
"""Articles there must be on either side of a change."""


CORNERS = 12
"""An interlude begins and ends at one of so many places, evenly spaced over the weeks with articles."""

INTERLUDE = 0.75
"""What an interlude's statistic counts for: it has a second date to fit with, and a step should win where both fit."""

LOOKED_UP = 20_000
"""Of whole numbers up to this the logarithms are looked up: the table still lies near a core."""


def scan(parts: Array, articles: Array, form: Form) -> Array:
    """Return the likelihood-ratio statistic of a cut after each step but the last: `(K, …, T)` → `(…, T − 1)`.

    `parts` are sums per step, a category first, `articles` (…, T) how many articles made them. Of counts it is the
    multinomial likelihood ratio, 2(ℓ of two compositions − ℓ of one); of means the sum of squares between the sides,
    whose unit, the variance, is the same for every cut and every order of the steps. −1 where a side has fewer than
    `FEWEST` articles.
    """
    left, so_far = np.cumsum(parts, axis=-1), np.cumsum(articles, axis=-1)
    gain = _gain(left[..., :-1], left[..., -1:], form)
    return _with_enough(gain, so_far[..., :-1], so_far[..., -1:])


def interludes(parts: Array, articles: Array, form: Form) -> tuple[Array, Whole]:
    """Return the statistic of each interlude, as `scan` does of each cut, and after which steps it begins and ends.

    An interlude is a stretch between two of `CORNERS` places that differs from all before and after it.
    """
    left, so_far = np.cumsum(parts, axis=-1), np.cumsum(articles, axis=-1)
    corners, begin, end = _corners(articles.shape[-1])
    at, articles_at = left[..., corners], so_far[..., corners]
    gain = _gain(at[..., end] - at[..., begin], left[..., -1:], form)
    gain = _with_enough(gain, articles_at[..., end] - articles_at[..., begin], so_far[..., -1:])
    return gain, np.column_stack([corners[begin], corners[end]])


def best(parts: Parts, articles: Array, orders: Whole, form: Form) -> Array:
    """Return the statistic of the best cut or interlude of each order of the steps, as `scan` and `interludes` give it.

    `parts` (K × T) and `articles` (T) are by step, with an article in each; `orders` (T × n) are n orders of the steps.
    Counts may be given as whole numbers that add up to `LOOKED_UP` at most: the answer is the same, and comes sooner.
    An interlude's statistic is taken at `INTERLUDE`.
    """
    # Step after step, each a row of all categories and orders: sums and logarithms then run over whole rows.
    count, categories = len(articles), len(parts)
    sums = parts.ravel().take(orders[:, None] + count * np.arange(categories)[:, None])
    for before, row in pairwise(sums):
        row += before
    left = np.moveaxis(sums, 1, 0)
    whole = left[:, -1:]
    cuts = _gain(left[:, :-1], whole, form)
    for gain, order in ((cuts, orders), (cuts[::-1], orders[::-1])):
        # So many steps as `FEWEST` have enough articles.
        gain, order = gain[: FEWEST - 1], order[: min(FEWEST, count) - 1]
        gain[np.cumsum(articles[order], axis=0) < FEWEST] = -1.0
    best_cut: Array = cuts.max(axis=0)
    corners, begin, end = _corners(count)
    if not len(begin):
        return best_cut
    at = left[:, corners]
    stretches = _gain(at[:, end] - at[:, begin], whole, form)
    if count < FEWEST * CORNERS:
        so_far = np.cumsum(articles[orders], axis=0)
        stretches = _with_enough(stretches, so_far[corners[end]] - so_far[corners[begin]], so_far[-1:])
    better: Array = np.maximum(best_cut, INTERLUDE * stretches.max(axis=0))
    return better


@lru_cache(maxsize=1024)
def _corners(steps: int) -> tuple[Whole, Whole, Whole]:
    """The steps after which interludes begin or end, and all pairs of them, by their place."""
    corners = np.unique(np.linspace(0, steps, CORNERS + 1).astype(np.int64)[1:-1]) - 1
    corners = corners[corners >= 0]
    begin, end = np.triu_indices(len(corners), 1)
    return corners, begin, end


def _gain(one: Parts, whole: Parts, form: Form) -> Array:
    """How much better a part and the rest fit apart than together."""
    fit = _counts if form == "counts" else _means
    gain = fit(one)
    gain += fit(whole - one)
    gain -= fit(whole)
    if form == "counts":
        gain *= 2.0
    # Sums in another order may leave a little less than nothing.
    return np.maximum(gain, 0.0, out=gain)


def _with_enough(gain: Array, of_one: Array, of_all: Array) -> Array:
    """Put −1 where a part or the rest has too few articles."""
    gain[(of_one < FEWEST) | (of_one > of_all - FEWEST)] = -1.0
    return gain


def _counts(counts: Parts) -> Array:
    """The log-likelihood of counts at their own shares: Σ n·log n − N·log N."""
    # Category after category: numpy's sum along the first axis is many times slower in some layouts.
    first, *others = counts
    total: Parts = sum(others, start=first)
    fit: Array = np.empty_like(total, np.float64)
    product = np.empty_like(fit)
    _x_log_x(first, fit)
    fit -= _x_log_x(total, product)
    for of_category in others:
        fit += _x_log_x(of_category, product)
    return fit


def _x_log_x(values: Parts, product: Array) -> Array:
    """Put values times their logarithms into `product`; whole numbers, up to `LOOKED_UP`, are looked up."""
    if values.dtype == np.int64:
        products: Array = _looked_up().take(values, out=product, mode="clip")
        return products
    # What is left of a difference of sums that should be 0 counts as 0.
    np.maximum(values, 1e-9, out=product)
    np.log(product, out=product)
    product *= values
    return product


@cache
def _looked_up() -> Array:
    values = np.arange(LOOKED_UP + 1, dtype=np.float64)
    return _x_log_x(values, np.empty_like(values))


def _means(sums: Array) -> Array:
    """(Σx)² / Σy, 0 without a denominator."""
    x, y = sums
    squares: Array = np.where(y > 1e-9, x**2 / np.maximum(y, 1e-9), 0.0)
    return squares


def steps(day: Whole, parts: Array, length: int) -> tuple[Whole, Array, Array]:
    """Add articles up into steps of `length` days from the first day on; steps without an article are left out.

    Returns each step's number, its parts (K × T) and its number of articles.
    """
    number = (day - day[0]) // length
    at, start = np.unique(number, return_index=True)
    articles = np.diff(np.append(start, len(day))).astype(np.float64)
    return at, np.ascontiguousarray(np.add.reduceat(parts, start, axis=0).T), articles
