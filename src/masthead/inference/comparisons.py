"""Differences between two ratios, and how many of many differences are false."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.errors import UsageError
from masthead.inference.intervals import Array, Family, Rows, Sums, family_of
from masthead.inference.mover import mover

COMPARED = ("difference", "std_error", "conf_low", "conf_high", "p", "method")
"""The columns of a table of comparisons."""

_LESS = np.array([1.0, -1.0])
_LARGEST_Z = 37.0
"""The normal quantile of the smallest p that float64 holds."""
_TOLERANCE = 1e-11
_STEPS = 100


def compare(
    a: pa.Table,
    b: pa.Table,
    level: float = 0.95,
    margin: float = 0.0,
    signed: bool = False,
) -> pa.Table:
    """Compare two ratios, row by row: the difference a − b, its interval and its p value.

    `a` and `b` are tables of sums of the same length, row i against row i (`pairs` lines them up), of clusters
    that the two do not share: an article has one outlet. Returns a table of `COMPARED`, of that length.

    The interval is MOVER's (`masthead.inference.mover`; Zou and Donner, Statistics in Medicine 2008). `p` is the
    smallest alpha at which the interval of level 1 − alpha no longer meets −margin…margin: p < 1 − level exactly
    where the interval shown does not. It is 1 where the difference is within the margin. All are null where
    either has no denominator; `std_error` also where one of the two has none.

    Raises UsageError where lengths differ, `margin` is negative or `level` is not between 0 and 1.

    >>> ones = np.ones((40, 1))
    >>> a, b = (np.repeat([0.0, 1.0], [40 - n, n])[:, None] for n in (30, 10))
    >>> tables = [pa.table(vars(Sums.of_clusters(x, ones, axis=0))) for x in (a, b)]
    >>> row = compare(*tables).to_pylist()[0]
    >>> row["difference"], round(row["conf_low"], 2), round(row["conf_high"], 2), row["p"] < 0.001
    (0.5, 0.27, 0.66, True)
    """
    if not 0.0 < level < 1.0:
        raise UsageError(f"a level of {level}", "a number between 0 and 1", "0.95 is usual")
    if not margin >= 0.0:
        raise UsageError(f"a margin of {margin}", "a number from 0 upwards", "0 counts every difference")
    if a.num_rows != b.num_rows:
        raise UsageError(
            f"tables of {' and '.join(map(str, sorted((a.num_rows, b.num_rows))))} rows",
            "tables of one length, row against row",
            "line them up with masthead.inference.pairs",
        )
    difference = difference_of(Sums.of(a), Sums.of(b), signed=signed)
    low, high = difference.bounds(np.full(a.num_rows, 1.0 - level))
    columns = {
        "difference": difference.value,
        "std_error": difference.std_error,
        "conf_low": low,
        "conf_high": high,
        "p": difference.p(margin),
    }
    table = {name: pa.array(values, pa.float64(), from_pandas=True) for name, values in columns.items()}
    methods = np.where(np.isnan(difference.value), "none: no denominator", "MOVER")
    return pa.table({**table, "method": pa.array(methods.tolist(), pa.string())})


def difference_of(a: Sums, b: Sums, signed: bool = False) -> Difference:
    """Return the difference of two ratios and its intervals at every level."""
    return Difference(family_of(a, signed), family_of(b, signed))


class Difference:
    """Differences a − b and their intervals, at any level, by MOVER."""

    def __init__(self, a: Family, b: Family) -> None:
        self.a = a
        self.b = b
        self.value = a.value - b.value
        self.widest = 1.0 - a.least

    @property
    def std_error(self) -> Array:
        """The standard error; NaN where a side has none."""
        a, b = self.a.std_error, self.b.std_error
        return np.sqrt(a * a + b * b)

    def bounds(self, alpha: Array, rows: Rows = None) -> tuple[Array, Array]:
        """Return the ends of the intervals of level 1 − alpha, of all rows or of some."""
        take = slice(None) if rows is None else rows
        (low_a, high_a), (low_b, high_b) = self.a.bounds(alpha, rows), self.b.bounds(alpha, rows)
        values = np.stack([self.a.value[take], self.b.value[take]])
        _, low, high = mover(_LESS, values, np.stack([low_a, low_b]), np.stack([high_a, high_b]))
        return np.maximum(low, -self.widest), np.minimum(high, self.widest)

    def p(self, margin: float) -> Array:
        """Return the alpha at which the interval's nearer end touches the margin; 1 where none does.

        Sought on the scale of the normal quantile, on which the ends move almost in a straight line: by the
        secant, and by halving wherever the secant leaves the bracket.
        """
        from scipy.special import ndtr

        p = np.where(np.isnan(self.value), np.nan, 1.0)
        rows = np.flatnonzero(np.abs(self.value) > margin)
        side = np.sign(self.value)

        def beyond(z: Array, some: npt.NDArray[np.intp]) -> Array:
            low, high = self.bounds(2.0 * ndtr(-z), some)
            return np.where(side[some] > 0, low, -high) - margin

        # Against a single unit no level may ever clear the margin: such rows keep p = 1.
        at_least = beyond(np.full(len(rows), 1e-9), rows)
        rows, at_least = rows[at_least > 0], at_least[at_least > 0]
        least, most = np.full(len(rows), 1e-9), np.full(len(rows), _LARGEST_Z)
        z_before, f_before = least.copy(), at_least
        z = np.minimum(1.0, most)
        for _ in range(_STEPS):
            f = beyond(z, rows)
            least, most = np.where(f > 0, z, least), np.where(f > 0, most, z)
            with np.errstate(divide="ignore", invalid="ignore"):
                guess = z - f * (z - z_before) / (f - f_before)
            inside = (guess > least) & (guess < most)
            following = np.where(inside, guess, (least + most) / 2.0)
            p[rows] = 2.0 * ndtr(-following)
            going = np.abs(following - z) > _TOLERANCE
            if not going.any():
                break
            rows, least, most = rows[going], least[going], most[going]
            z_before, f_before, z = z[going], f[going], following[going]
        return p


def pairs(
    table: pa.Table, between: str, within: Sequence[str]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the row numbers of every unordered pair of rows that differ in `between` and agree in `within`.

    The first of each pair has the smaller value of `between`. `table` holds each combination once. Nulls
    agree with nulls. Two arrays of one length come back: the rows of the first, and those of the second.

    >>> table = pa.table({"outlet": ["tide", "bell", "bell"], "subject": ["verrin", "verrin", "tasmer"]})
    >>> [rows.tolist() for rows in pairs(table, "outlet", ["subject"])]
    [[1], [0]]
    """
    keys = list(zip(*(table[name].to_pylist() for name in within), strict=True)) or [()] * table.num_rows
    groups: dict[tuple[object, ...], list[int]] = {}
    for row, key in enumerate(keys):
        groups.setdefault(key, []).append(row)
    names = table[between].to_pylist()
    left: list[int] = []
    right: list[int] = []
    for rows in groups.values():
        rows.sort(key=lambda row: names[row])
        for first, row in enumerate(rows):
            for other in rows[first + 1 :]:
                left.append(row)
                right.append(other)
    return np.array(left, dtype=np.int64), np.array(right, dtype=np.int64)


def false_discovery(
    p: Sequence[float | None] | Array,
    family: Sequence[object] | npt.NDArray[np.generic],
    dependence: Literal["positive", "any"] = "positive",
) -> Array:
    """Return q: the share of false findings among all of a family whose p is at most this one's.

    Benjamini and Hochberg (1995) where tests hang together positively or not at all, Benjamini and Yekutieli
    (2001) where they may hang together in `any` way. `family` says of each p which family of tests it belongs
    to; each family is treated alone. p that are null or NaN stay NaN and count for nothing.

    Raises UsageError where lengths differ or a p lies outside 0…1.

    >>> false_discovery([0.01, 0.02, 0.5, 0.04], ["a", "a", "a", "b"]).round(3).tolist()
    [0.03, 0.03, 0.5, 0.04]
    """
    values = np.array([np.nan if v is None else v for v in p], dtype=np.float64)
    names = np.asarray(family).astype(str)
    if len(names) != len(values):
        raise UsageError(
            f"{len(values)} p values and {len(names)} families", "a family for each", "pass both in one order"
        )
    has_p = ~np.isnan(values)
    if ((values[has_p] < 0) | (values[has_p] > 1)).any():
        raise UsageError("a p value outside 0…1", "probabilities", "check the tests")
    q = np.full(len(values), np.nan)
    kinds, which = np.unique(names, return_inverse=True)
    together = np.flatnonzero(has_p)[np.argsort(which[has_p], kind="stable")]
    for rows in np.split(together, np.cumsum(np.bincount(which[has_p], minlength=len(kinds)))[:-1]):
        if len(rows):
            q[rows] = _q_values(values[rows], dependence)
    return q


def _q_values(p: Array, dependence: Literal["positive", "any"]) -> Array:
    """What `scipy.stats.false_discovery_control` returns, without the import: it takes longer than a small survey."""
    if len(p) == 1:
        return p
    order = np.argsort(p)
    rank = np.arange(1, len(p) + 1, dtype=np.float64)
    q = p[order] * (len(p) / rank)
    if dependence == "any":
        q *= np.sum(1 / rank)
    q = np.minimum.accumulate(q[::-1])[::-1]
    q_of_each = np.empty_like(q)
    q_of_each[order] = q
    return q_of_each.clip(0.0, 1.0)
