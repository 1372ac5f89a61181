"""Sums on every engine: those of plain Python, to the last bit, in any order and on any number of threads."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from masthead.engines import collect
from masthead.engines import duckdb as duckdb_engine
from masthead.errors import UsageError
from masthead.inference import sums
from masthead.inference.sums import MOMENTS, SUMS

from .conftest import Load

BY = ["outlet", "period"]


def units(seed: int = 3, rows: int = 600) -> pa.Table:
    """Draw rows of units: clusters in several rows, fractions, weights, empty denominators, a null period."""
    rng = np.random.default_rng(seed)
    clusters = rng.integers(0, 80, rows)
    denominators = rng.integers(0, 5, rows)
    return pa.table(
        {
            "outlet": pa.array([f"o{i % 3}" for i in clusters]),
            "period": pa.array([None if i % 4 == 0 else int(i % 4) for i in clusters], pa.int64()),
            "cluster": pa.array([f"a{i}" for i in clusters]),
            # Thirds have no finite binary form: they show whether rounding depends on order.
            "x": denominators * rng.integers(0, 4, rows) / 3.0,
            "y": denominators,
            "w": [1.0 + (i % 5) * 0.37 for i in clusters],
        }
    )


def grain(value: Fraction | float) -> Fraction:
    """Round to a multiple of 2**-20, halves upwards."""
    return Fraction((Fraction(value) * 2**20 + Fraction(1, 2)).__floor__(), 2**20)


def plain_clusters(table: pa.Table) -> dict[Any, dict[Any, list[float]]]:
    groups: dict[Any, dict[Any, list[Any]]] = {}
    for row in table.to_pylist():
        clusters = groups.setdefault((row["outlet"], row["period"]), {})
        unit = clusters.setdefault(row["cluster"], [Fraction(0), Fraction(0), row["w"]])
        unit[0] += grain(row["x"])
        unit[1] += grain(row["y"])
    return {
        key: {name: [float(x), float(y), w] for name, (x, y, w) in clusters.items()}
        for key, clusters in groups.items()
    }


def plain_sums(table: pa.Table) -> dict[Any, dict[str, float]]:
    """Add up with fractions what `sums` is to add up."""
    found = {}
    for key, clusters in plain_clusters(table).items():
        counted = [(w, x, y) for x, y, w in clusters.values() if y > 0 or x != 0]
        row: dict[str, Any] = {
            "n": len(counted),
            "n_positive": sum(x > 0 for _, x, _ in counted),
            "n_short": sum(x < y for _, x, y in counted),
        }
        for name, powers in MOMENTS.items():
            total = Fraction(0)
            for unit in counted:
                term = 1.0
                for value, power in zip(unit, powers, strict=True):
                    for _ in range(power):
                        term *= value
                    if power < 0:
                        term = term / value if value else 0.0
                total += grain(term)
            row[name] = float(total)
        found[key] = row
    return found


def rows(table: pa.Table, names: tuple[str, ...]) -> dict[Any, dict[str, float]]:
    return {(r["outlet"], r["period"]): {name: r[name] for name in names} for r in table.to_pylist()}


def test_sums_are_those_of_plain_python(load: Load) -> None:
    table = units()
    found = collect(sums(load(table), BY), BY)
    assert found.column_names == [*BY, *SUMS]
    assert rows(found, SUMS) == plain_sums(table)


def test_sums_do_not_depend_on_the_order_of_rows(load: Load) -> None:
    table = units(seed=4)
    shuffled = table.take(np.random.default_rng(5).permutation(table.num_rows))
    first = collect(sums(load(table), BY), BY)
    assert collect(sums(load(shuffled), BY), BY).equals(first)


def test_nothing_in_gives_nothing_out(load: Load) -> None:
    found = collect(sums(load(units().slice(0, 0)), BY), BY)
    assert found.num_rows == 0
    assert found.column_names == [*BY, *SUMS]


def test_a_group_without_any_denominator_keeps_its_row(load: Load) -> None:
    table = pa.table({"outlet": ["a", "a"], "cluster": ["1", "2"], "x": [0, 0], "y": [0, 0], "w": [1.0, 1.0]})
    (row,) = collect(sums(load(table), ["outlet"]), ["outlet"]).to_pylist()
    assert row == {"outlet": "a", **dict.fromkeys(SUMS, 0)}


def test_large_sums_are_exact() -> None:
    """Wholes and fractions are added apart: neither loses a bit to the other."""
    count = 5000
    table = pa.table(
        {
            "outlet": ["a"] * count,
            "cluster": np.arange(count),
            "x": np.full(count, 2.0**20 + 2.0**-20),
            "y": np.full(count, 2.0**20 + 2.0**-20),
            "w": np.ones(count),
        }
    )
    (row,) = collect(sums(duckdb_engine.from_arrow(table), ["outlet"])).to_pylist()
    assert row["wx"] == float(count * (Fraction(2**20) + Fraction(1, 2**20)))


@pytest.mark.parametrize("column", ["outlet", "cluster", "x", "y", "w"])
def test_a_missing_column_is_named(column: str) -> None:
    frame = duckdb_engine.from_arrow(units().drop_columns([column]))
    with pytest.raises(UsageError, match=f"without the column '{column}'"):
        sums(frame, BY)


def test_sums_over_no_group_are_refused() -> None:
    with pytest.raises(UsageError, match="no column to group by"):
        sums(duckdb_engine.from_arrow(units()), [])
