"""The scan: how much better two levels fit than one, for every place where a series could be cut in two."""

from __future__ import annotations

import numpy as np

from masthead.inference.changes.series import Form, Whole
from masthead.inference.intervals import Array

FEWEST = 5
"""Articles there must be on either side of a change."""


def scan(parts: Array, articles: Array, form: Form) -> Array:
    """Return the likelihood-ratio statistic of a cut after each step but the last: `(…, T, K)` → `(…, T − 1)`.

    `parts` are sums per step, `articles` (…, T) how many articles made them. Of counts it is the multinomial
    likelihood ratio, 2(ℓ of two compositions − ℓ of one); of means the sum of squares between the sides, whose
    unit, the variance, is the same for every cut and every order of the steps. −1 where a side has fewer than
    `FEWEST` articles.
    """
    left = np.cumsum(parts, axis=-2)
    whole = left[..., -1:, :]
    left = left[..., :-1, :]
    right = whole - left
    seen = np.cumsum(articles, axis=-1)
    enough = (seen[..., :-1] >= FEWEST) & (seen[..., -1:] - seen[..., :-1] >= FEWEST)
    if form == "counts":
        gain = 2.0 * (_fit(left) + _fit(right) - _fit(whole))
    else:
        gain = _squares(left) + _squares(right) - _squares(whole)
    found: Array = np.where(enough, np.maximum(gain, 0.0), -1.0)
    return found


def _fit(counts: Array) -> Array:
    """The log-likelihood of counts at their own shares: Σ n·log n − N·log N."""
    fit: Array = _x_log_x(counts).sum(axis=-1) - _x_log_x(counts.sum(axis=-1))
    return fit


def _x_log_x(values: Array) -> Array:
    # What is left of a difference of sums that should be 0 counts as 0.
    product: Array = values * np.log(np.maximum(values, 1e-9))
    return product


def _squares(sums: Array) -> Array:
    """(Σx)² / Σy, 0 without a denominator."""
    y = sums[..., 1]
    squares: Array = np.where(y > 1e-9, sums[..., 0] ** 2 / np.maximum(y, 1e-9), 0.0)
    return squares


def steps(day: Whole, parts: Array, length: int) -> tuple[Whole, Array, Array]:
    """Add articles up into steps of `length` days from the first day on; steps without an article are left out.

    Returns each step's number, its parts (T × K) and its number of articles.
    """
    number = (day - day[0]) // length
    at, start = np.unique(number, return_index=True)
    articles = np.diff(np.append(start, len(day))).astype(np.float64)
    return at, np.add.reduceat(parts, start, axis=0), articles
