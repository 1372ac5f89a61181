"""The scan: how much better two levels fit than one, wherever a series could change for good or for a while."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from masthead.inference.changes.series import Form, Whole
from masthead.inference.intervals import Array

FEWEST = 5
"""Articles there must be on either side of a change."""


CORNERS = 12
"""An interlude begins and ends at one of so many places, evenly spaced over the weeks with articles."""

INTERLUDE = 0.75
"""What an interlude's statistic counts for: it has a second date to fit with, and a step should win where both fit."""


def scan(parts: Array, articles: Array, form: Form) -> Array:
    """Return the likelihood-ratio statistic of a cut after each step but the last: `(K, …, T)` → `(…, T − 1)`.

    `parts` are sums per step, a category first, `articles` (…, T) how many articles made them. Of counts it is the
    multinomial likelihood ratio, 2(ℓ of two compositions − ℓ of one); of means the sum of squares between the sides,
    whose unit, the variance, is the same for every cut and every order of the steps. −1 where a side has fewer than
    `FEWEST` articles.
    """
    return _of_cuts(np.cumsum(parts, axis=-1), np.cumsum(articles, axis=-1), form)


def interludes(parts: Array, articles: Array, form: Form) -> tuple[Array, Whole]:
    """Return the statistic of each interlude, as `scan` does of each cut, and after which steps it begins and ends.

    An interlude is a stretch between two of `CORNERS` places that differs from all before and after it.
    """
    gains = _of_stretches(np.cumsum(parts, axis=-1), np.cumsum(articles, axis=-1), form)
    corners, begin, end = _corners(articles.shape[-1])
    return gains, np.column_stack([corners[begin], corners[end]])


def best(parts: Array, articles: Array, form: Form) -> Array:
    """Return the statistic of the best cut or interlude, the latter taken at `INTERLUDE`: `(K, …, T)` → `(…)`."""
    left, seen = np.cumsum(parts, axis=-1), np.cumsum(articles, axis=-1)
    of_cuts = _of_cuts(left, seen, form).max(axis=-1)
    of_stretches = _of_stretches(left, seen, form).max(axis=-1, initial=-1.0)
    better: Array = np.maximum(of_cuts, INTERLUDE * of_stretches)
    return better


def _of_cuts(left: Array, seen: Array, form: Form) -> Array:
    return _gain(left[..., :-1], left[..., -1:], seen[..., :-1], seen[..., -1:], form)


def _of_stretches(left: Array, seen: Array, form: Form) -> Array:
    corners, begin, end = _corners(seen.shape[-1])
    at, counted = left[..., corners], seen[..., corners]
    inside, of_them = at[..., end] - at[..., begin], counted[..., end] - counted[..., begin]
    return _gain(inside, left[..., -1:], of_them, seen[..., -1:], form)


@lru_cache(maxsize=1024)
def _corners(steps: int) -> tuple[Whole, Whole, Whole]:
    """The steps after which interludes begin or end, and all pairs of them, by their place."""
    corners = np.unique(np.linspace(0, steps, CORNERS + 1).astype(np.int64)[1:-1]) - 1
    corners = corners[corners >= 0]
    begin, end = np.triu_indices(len(corners), 1)
    return corners, begin, end


def _gain(one: Array, whole: Array, of_one: Array, of_all: Array, form: Form) -> Array:
    """How much better a part and the rest fit apart than together; −1 where either has too few articles."""
    fit = _counts if form == "counts" else _means
    gain = fit(one)
    gain += fit(whole - one)
    gain -= fit(np.ascontiguousarray(whole))
    # Sums in another order may leave a little less than nothing.
    np.maximum(gain, 0.0, out=gain)
    gain[(of_one < FEWEST) | (of_one > of_all - FEWEST)] = -1.0
    return gain


def _counts(counts: Array) -> Array:
    """Twice the log-likelihood of counts at their own shares: 2(Σ n·log n − N·log N)."""
    fit = -_x_log_x(counts.sum(axis=0))
    for of_category in counts:
        fit += _x_log_x(of_category)
    fit *= 2.0
    return fit


def _x_log_x(values: Array) -> Array:
    # What is left of a difference of sums that should be 0 counts as 0.
    product: Array = np.maximum(values, 1e-9)
    np.log(product, out=product)
    product *= values
    return product


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
