"""The sums that every figure is made of: first within each cluster, then over clusters, on any engine.

Sums are exact, so that a figure depends neither on the order of the rows nor on the number of threads.
Every value is first rounded to a multiple of 2**-20 (about a millionth) and then added in two parts, whole
and fraction, each of which float64 adds without rounding: wholes up to 2**53, fractions up to 2**33 rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError

Array = npt.NDArray[np.float64]

COUNTS = ("n", "n_positive", "n_short")
"""Clusters with a denominator; those among them with a numerator; those whose numerator falls short of it."""

MOMENTS: dict[str, tuple[int, int, int]] = {
    "w": (1, 0, 0),
    "ww": (2, 0, 0),
    "wx": (1, 1, 0),
    "wy": (1, 0, 1),
    "wwx": (2, 1, 0),
    "wwy": (2, 0, 1),
    "wwxx": (2, 2, 0),
    "wwxy": (2, 1, 1),
    "wwyy": (2, 0, 2),
    "wwxx_y": (2, 2, -1),
    "wwwxxy": (3, 2, 1),
    "wwwxyy": (3, 1, 2),
    "wwwyyy": (3, 0, 3),
}
"""Each weighted sum over clusters, by the powers of w, x and y in its terms (`wwxx_y` is Σ w²x²/y)."""

SUMS = (*COUNTS, *MOMENTS)
"""The columns of a table of sums, after the columns it is grouped by."""

_GRAIN = float(2**20)


def sums(units: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Sum units within each cluster, then over clusters, per group.

    `units` holds the columns `by`, `cluster`, `x` (numerator), `y` (denominator; below 0 only where coding corrects a
    reader that saw more than there is) and `w` (weight, the inverse of the probability with which the cluster was
    sampled; 1 where everything was read; constant within a cluster). Rows of one cluster and group are added up
    first. Returns one row per group, lazily and in no order: `by` and `SUMS`. A cluster without a denominator and
    without a numerator counts nowhere, but a group of such clusters alone keeps its row, with n = 0.

    Raises UsageError where `by` is empty or a column is missing.

    >>> import pyarrow as pa
    >>> from masthead.engines import collect, duckdb
    >>> units = pa.table({"outlet": ["a", "a"], "cluster": ["1", "2"], "x": [1, 0], "y": [2, 3], "w": [1.0, 1.0]})
    >>> row = collect(sums(duckdb.from_arrow(units), ["outlet"])).to_pylist()[0]
    >>> row["n"], row["wx"], row["wy"], row["wwxy"]
    (2, 1.0, 5.0, 2.0)
    """
    _check(units, by)
    clusters = _within_clusters(units, by)
    there = (nw.col("y") != 0) | (nw.col("x") != 0)
    # A weight of 0 takes a cluster that does not count out of every term: asked once, not in each of them.
    with_terms = (
        clusters.with_columns(
            n=there.cast(nw.Int64),
            n_positive=(nw.col("x") > 0).cast(nw.Int64),
            n_short=(nw.col("x") < nw.col("y")).cast(nw.Int64),
            w=nw.when(there).then(nw.col("w")).otherwise(nw.lit(0.0)),
        )
        .with_columns(**{name: _term(powers) for name, powers in MOMENTS.items() if name != "w"})
        .select(*by, *SUMS)
    )
    return _exact_sums(with_terms, by, COUNTS, tuple(MOMENTS))


def _check(units: nw.LazyFrame[Any], by: Sequence[str]) -> None:
    if not by:
        raise UsageError("no column to group by", "at least one", "name the columns that tell cells apart")
    have = units.collect_schema().names()
    missing = [name for name in (*by, "cluster", "x", "y", "w") if name not in have]
    if missing:
        raise UsageError(
            f"units without the column '{missing[0]}' (they have {', '.join(have)})",
            f"the columns {', '.join(by)}, cluster, x, y and w",
            "add it in the measure's `units`",
        )


def _within_clusters(units: nw.LazyFrame[Any], by: Sequence[str]) -> nw.LazyFrame[Any]:
    """Return one row per group and cluster: x and y added up, w once."""
    values = units.select(*by, "cluster", *(nw.col(name).cast(nw.Float64) for name in ("x", "y", "w")))
    return _exact_sums(values, (*by, "cluster"), (), ("x", "y"), largest=("w",))


def _term(powers: tuple[int, int, int]) -> nw.Expr:
    """Return w, x and y multiplied as often as `powers` say."""
    factors = [nw.col(name) for name, power in zip("wxy", powers, strict=True) for _ in range(power)]
    term = factors[0]
    for factor in factors[1:]:
        term = term * factor
    if powers[2] < 0:
        # The denominator of rows that are not taken is made 1: some engines divide before they choose.
        there = nw.col("y") > 0
        term = term / nw.when(there).then(nw.col("y")).otherwise(nw.lit(1.0))
        return nw.when(there).then(term).otherwise(nw.lit(0.0))
    return term


def terms(x: Array, y: Array, w: Array | None = None) -> dict[str, Array]:
    """Return what each of `MOMENTS` adds up, for clusters in arrays that numpy fits to one shape; as `sums` has it.

    `w` None weighs each 1. A cluster with neither a denominator nor a numerator has 0.

    >>> import numpy as np
    >>> terms(np.array([1.0, 0.0]), np.array([4.0, 0.0]), np.array([2.0, 1.0]))["wwxy"].tolist()
    [16.0, 0.0]
    """
    divides = y > 0
    partly = not divides.all()
    there = divides | (y != 0) | (x != 0) if partly else divides
    shape = np.broadcast_shapes(x.shape, y.shape, () if w is None else w.shape)
    powers = [
        {}
        if base is None
        else {n: base if n == 1 else base ** float(n) for n in {of[at] for of in MOMENTS.values()} - {0, -1}}
        for at, base in enumerate((w, x, y))
    ]
    powers[2][-1] = np.where(divides, 1.0 / np.where(divides, y, 1.0), 0.0) if partly else 1.0 / y
    terms_by_name = {}
    for name, of in MOMENTS.items():
        factors = [power[n] for power, n in zip(powers, of, strict=True) if n in power]
        term = reduce(np.multiply, factors) if factors else np.ones(shape)
        terms_by_name[name] = np.broadcast_to(np.where(there, term, 0.0) if partly else term, shape)
    return terms_by_name


def _exact_sums(
    frame: nw.LazyFrame[Any],
    by: Sequence[str],
    counts: Sequence[str],
    values: Sequence[str],
    largest: Sequence[str] = (),
) -> nw.LazyFrame[Any]:
    """Add up integer and fractional columns per group without any rounding that depends on order.

    Of the columns `largest` the largest value is kept.
    """
    whole = {f"{name}_whole": nw.col(name).floor().cast(nw.Float64) for name in values}
    split = frame.with_columns(**whole).with_columns(
        **{
            f"{name}_part": ((nw.col(name) - nw.col(f"{name}_whole")) * _GRAIN + 0.5).floor().cast(nw.Float64)
            / _GRAIN
            for name in values
        }
    )
    totals = split.group_by(*by).agg(
        *(nw.col(name).sum() for name in counts),
        *(nw.col(f"{name}_{half}").sum() for name in values for half in ("whole", "part")),
        *(nw.col(name).max() for name in largest),
    )
    return totals.select(
        *by,
        *(nw.col(name).cast(nw.Int64) for name in counts),
        *((nw.col(f"{name}_whole") + nw.col(f"{name}_part")).alias(name) for name in values),
        *largest,
    )
