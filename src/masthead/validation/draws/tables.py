"""Unit tables drawn at random with everything known about them: what intervals are tested on.

Nothing here goes through a reader: an article is a numerator and a denominator, so that what is tested is the
inference and nothing else. Each article has a share of its own, drawn from a beta distribution around the
true one, so that two mentions of one article correlate by a given amount (beta-binomial). All functions draw
many tables at once, a table a row and an article a column.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.inference.comparisons import CrossSums
from masthead.inference.intervals import Array, Sums
from masthead.inference.sums import MOMENTS

Whole = npt.NDArray[np.int64]

SIZES = ("one", "geometric", "lognormal", "zipf")
"""How many mentions articles hold: one each; geometric (mean 3.3); lognormal (mean 3.3, at most 100); or
Zipf's (exponent 2, at most 100: a few articles hold most mentions, in small tables one of them half)."""

SHARED = ("none", "rival labels", "one mind")
"""What two sides share: nothing; articles, whose mentions take one label or the other; articles, in which
each side has mentions of its own around one share (own and quoted voice, say)."""


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


def draw_rivals(
    rng: np.random.Generator, y: Whole, shares: tuple[float, float], correlation: float
) -> tuple[Whole, Whole]:
    """Draw how many of `y` mentions take each of two labels that exclude each other.

    Dirichlet-multinomial: each label's uses are as `draw_shares` would have them alone.
    """
    share, other = shares
    x = rng.binomial(y, draw_shares(rng, share, correlation, y.shape))
    left = 1.0 - share
    if correlation == 0.0 or other >= left:
        return x, rng.binomial(y - x, min(other / left, 1.0))
    strength = (1.0 - correlation) / correlation
    return x, rng.binomial(y - x, rng.beta(other * strength, (left - other) * strength, y.shape))


def sums_of(x: Whole, y: Whole, units: int) -> Sums:
    """Return the sums over the first `units` articles of every table, each of weight 1."""
    numerator, denominator = x[:, :units].astype(np.float64), y[:, :units].astype(np.float64)
    moments = {
        name: np.einsum("ij,ij->i", numerator**of_x, denominator**of_y)
        for name, (_, of_x, of_y) in MOMENTS.items()
    }
    return Sums(
        n=np.full(len(x), float(units)),
        n_positive=np.sum(numerator > 0, axis=1, dtype=np.float64),
        n_short=np.sum(numerator < denominator, axis=1, dtype=np.float64),
        **moments,
    )


def cross_sums_of(a: tuple[Whole, Whole], b: tuple[Whole, Whole], units: int) -> CrossSums:
    """Return the cross sums over the first `units` articles, which both sides hold; each side is (x, y)."""
    (x, y), (x_versus, y_versus) = ([part[:, :units].astype(np.float64) for part in side] for side in (a, b))

    def product(one: Array, other: Array) -> Array:
        total: Array = np.einsum("ij,ij->i", one, other)
        return total

    return CrossSums(product(x, x_versus), product(x, y_versus), product(y, x_versus), product(y, y_versus))
