"""Unit tables drawn at random with everything known about them: what intervals are tested on.

Nothing here goes through a reader: an article is a numerator and a denominator, so that what is tested is the
inference and nothing else. Each article has a share of its own, drawn from a beta distribution around the
true one, so that two mentions of one article correlate by a given amount (beta-binomial). All functions draw
many tables at once, a table a row and an article a column.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.inference.intervals import Array, Sums

Whole = npt.NDArray[np.int64]

SIZES = ("one", "geometric", "lognormal", "zipf")
"""How many mentions articles hold: one each; geometric (mean 3.3); lognormal (mean 3.3, at most 100); or
Zipf's (exponent 2, at most 100: a few articles hold most mentions, in small tables one of them half)."""


def draw_sizes(rng: np.random.Generator, kind: str, shape: tuple[int, int]) -> Whole:
    """Draw articles' numbers of mentions, at least 1; `kind` is one of `SIZES`."""
    if kind == "geometric":
        return rng.geometric(0.3, shape)
    if kind == "lognormal":
        return np.clip(np.ceil(rng.lognormal(0.5, 1.0, shape)), 1, 100).astype(np.int64)
    if kind == "zipf":
        return np.minimum(rng.zipf(2.0, shape), 100)
    return np.ones(shape, dtype=np.int64)


def draw_shares(rng: np.random.Generator, share: float, correlation: float, shape: tuple[int, int]) -> Array:
    """Draw each article's share, so spread around `share` that its mentions correlate by `correlation`."""
    if correlation == 0.0:
        return np.full(shape, share)
    strength = (1.0 - correlation) / correlation
    return rng.beta(share * strength, (1.0 - share) * strength, shape)


def sums_of(x: Whole, y: Whole, units: int) -> Sums:
    """Return the sums over the first `units` articles of every table, each of weight 1."""
    numerator, denominator = (part[:, :units].astype(np.float64) for part in (x, y))
    return Sums.of_clusters(numerator, denominator, axis=1)
