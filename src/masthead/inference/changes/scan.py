"""The scan: how much better two levels fit than one, for every place where a series could be cut in two."""

from __future__ import annotations

import numpy as np

from masthead.inference.changes.series import Form, Whole
from masthead.inference.intervals import Array

FEWEST = 5
"""Articles there must be on either side of a change."""


def scan(parts: Array, articles: Array, form: Form) -> Array:
    """Return the likelihood-ratio statistic of a cut after each step but the last: `(K, …, T)` → `(…, T − 1)`.

    `parts` are sums per step, a category first, `articles` (…, T) how many articles made them. Of counts it is the
    multinomial likelihood ratio, 2(ℓ of two compositions − ℓ of one); of means the sum of squares between the sides,
    whose unit, the variance, is the same for every cut and every order of the steps. −1 where a side has fewer than
    `FEWEST` articles.
    """
    left = np.cumsum(parts, axis=-1)
    whole = left[..., -1:].copy()
    left = left[..., :-1]
    right = whole - left
    fit = _counts if form == "counts" else _means
    gain = fit(left)
    gain += fit(right)
    gain -= fit(whole)
    seen = np.cumsum(articles, axis=-1)
    enough = (seen[..., :-1] >= FEWEST) & (seen[..., -1:] - seen[..., :-1] >= FEWEST)
    found: Array = np.where(enough, np.maximum(gain, 0.0), -1.0)
    return found


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
