"""Unit tables of the tests, made by hand or drawn, and their sums."""

from __future__ import annotations

from collections.abc import Sequence

import narwhals.stable.v2 as nw
import numpy as np
import polars as pl
import pyarrow as pa

from masthead.engines import collect
from masthead.inference import sums

Units = Sequence[tuple[float, float]]


def summed(units: Units, weights: Sequence[float] | None = None) -> pa.Table:
    """Return the sums of one group of (numerator, denominator), one cluster each."""
    return summed_groups([units], [weights])


def summed_groups(
    groups: Sequence[Units], weights: Sequence[Sequence[float] | None] | None = None
) -> pa.Table:
    """Return the sums of many groups, in their order."""
    told = weights or [None] * len(groups)
    rows = [
        {"group": g, "cluster": i, "x": float(x), "y": float(y), "w": float(w)}
        for g, (units, ws) in enumerate(zip(groups, told, strict=True))
        for i, ((x, y), w) in enumerate(zip(units, ws or [1.0] * len(units), strict=True))
    ]
    # polars, since it is quick to ask little of; tests/engines holds the engines against each other.
    return collect(sums(nw.from_native(pl.DataFrame(rows).lazy()), ["group"]), ["group"])


def drawn_units(rng: np.random.Generator, units: int, share: float, size: float = 3.0) -> Units:
    """Draw articles whose own shares differ."""
    y = rng.poisson(size, units) + 1
    x = rng.binomial(y, rng.beta(4 * share, 4 * (1 - share), units))
    return list(zip(x.tolist(), y.tolist(), strict=True))
