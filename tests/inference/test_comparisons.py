"""Differences: a published example, p values that agree with intervals, false discovery."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control

from masthead.errors import UsageError
from masthead.inference import compare, estimate, false_discovery, pairs
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Proportions

from .tables import Units, drawn_units, summed, summed_groups
from .test_intervals import NORMAL, UNITS


def shares(hits: float, trials: float) -> Proportions:
    n = np.array([trials])
    return Proportions(
        value=np.array([hits]) / n,
        n_eff=n,
        df=np.array([NORMAL]),
        n=n,
        n_positive=np.array([hits]),
        n_short=n - hits,
        is_capped=np.array([False]),
    )


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [((56.0, 70.0), (48.0, 80.0), 0.0524, 0.3339), ((9.0, 10.0), (3.0, 10.0), 0.1705, 0.8090)],
)
def test_independent_shares_give_newcombes_published_intervals(
    a: tuple[float, float], b: tuple[float, float], low: float, high: float
) -> None:
    """Newcombe, Statistics in Medicine 1998, table II, method 10 (score intervals, squared and added)."""
    difference = Difference(shares(*a), shares(*b))
    # The second example has fewer than four units on a side, where our bounds reach further on purpose.
    bounds = [float(end[0]) for end in difference.bounds(np.array([0.05]))]
    if min(a[0], a[1] - a[0], b[0], b[1] - b[0]) >= 4:
        assert bounds == pytest.approx([low, high], abs=5e-5)
    else:
        assert bounds[0] <= low + 5e-5
        assert bounds[1] >= high - 5e-5


@settings(max_examples=25, deadline=None)
@given(a=UNITS, b=UNITS, margin=st.sampled_from([0.0, 0.05, 0.3]), level=st.sampled_from([0.8, 0.95]))
def test_p_and_the_interval_say_the_same(a: Units, b: Units, margin: float, level: float) -> None:
    (row,) = compare(summed(a), summed(b), level=level, margin=margin).to_pylist()
    beyond = row["conf_low"] > margin or row["conf_high"] < -margin
    assert 0.0 <= row["p"] <= 1.0
    assert (row["p"] < 1.0 - level) == beyond
    assert row["conf_low"] <= row["difference"] <= row["conf_high"]
    if abs(row["difference"]) <= margin:
        assert row["p"] == 1.0


def test_at_p_the_interval_touches_the_margin() -> None:
    rng = np.random.default_rng(1)
    a, b = (summed_groups([drawn_units(rng, 30, s) for _ in range(40)]) for s in (0.3, 0.5))
    for margin in (0.0, 0.02):
        for at, row in enumerate(compare(a, b, margin=margin).to_pylist()):
            if row["p"] == 1.0:
                continue
            (again,) = compare(a.slice(at, 1), b.slice(at, 1), level=1 - row["p"]).to_pylist()
            nearer = min(abs(again["conf_low"]), abs(again["conf_high"]))
            assert nearer == pytest.approx(margin, abs=1e-8)


def test_a_great_difference_has_a_tiny_p() -> None:
    (row,) = compare(
        summed([(9, 10)] * 150 + [(10, 10)] * 150), summed([(0, 10)] * 280 + [(1, 10)] * 20)
    ).to_pylist()
    assert 0.0 < row["p"] < 1e-60


@settings(max_examples=25, deadline=None)
@given(a=UNITS, b=UNITS)
def test_turned_around_a_comparison_is_mirrored(a: Units, b: Units) -> None:
    table, other = summed(a), summed(b)
    (one,), (two,) = compare(table, other).to_pylist(), compare(other, table).to_pylist()
    assert two["difference"] == pytest.approx(-one["difference"], abs=1e-12)
    assert two["conf_low"] == pytest.approx(-one["conf_high"], abs=1e-9)
    assert two["conf_high"] == pytest.approx(-one["conf_low"], abs=1e-9)
    assert two["p"] == pytest.approx(one["p"], rel=1e-6)
    assert two["std_error"] == pytest.approx(one["std_error"], nan_ok=True) if one["std_error"] else True


def test_one_unit_against_many_shows_nothing() -> None:
    (row,) = compare(summed([(1, 1)]), summed([(1, 2)] * 50)).to_pylist()
    assert row["p"] == 1.0
    assert row["conf_low"] < 0 < row["conf_high"]


def test_without_a_denominator_there_is_no_difference() -> None:
    (row,) = compare(summed([(0, 0)]), summed([(1, 2)] * 50)).to_pylist()
    assert {row[c] for c in ("difference", "std_error", "conf_low", "conf_high", "p")} == {None}
    assert row["method"] == "none: no denominator"


def test_signed_means_may_differ_by_two() -> None:
    (row,) = compare(summed([(2, 2)] * 300), summed([(-2, 2)] * 300), signed=True).to_pylist()
    assert row["difference"] == 2.0
    assert 1.9 < row["conf_low"] < row["conf_high"] == 2.0


# Asked wrongly


def test_tables_of_different_lengths_are_refused() -> None:
    with pytest.raises(UsageError, match="tables of 1 and 2 rows"):
        compare(summed([(1, 2)]), summed_groups([[(1, 2)], [(1, 2)]]))


def test_a_negative_margin_is_refused() -> None:
    with pytest.raises(UsageError, match="a margin of"):
        compare(summed([(1, 2)]), summed([(1, 2)]), margin=-0.1)


# Pairs and families


def test_every_pair_once_within_its_cell() -> None:
    table = pa.table(
        {"outlet": ["b", "a", "c", "a", "b"], "subject": ["s", "s", "s", "t", "t"], "category": [None] * 5}
    )
    left, right = pairs(table, "outlet", ["subject", "category"])
    names = table["outlet"].to_pylist()
    assert [(names[i], names[j]) for i, j in zip(left, right, strict=True)] == [
        ("a", "b"),
        ("a", "c"),
        ("b", "c"),
        ("a", "b"),
    ]
    compared = estimate(summed_groups([[(1, 2)]] * 5))
    assert compare(compared.take(left), compared.take(right)).num_rows == 4


def test_no_rows_make_no_pairs() -> None:
    left, right = pairs(pa.table({"outlet": pa.array([], pa.string())}), "outlet", [])
    assert len(left) == len(right) == 0


@pytest.mark.parametrize(("dependence", "method"), [("positive", "bh"), ("any", "by")])
def test_false_discovery_is_controlled_in_each_family_alone(dependence: str, method: str) -> None:
    p = np.array([0.001, 0.2, np.nan, 0.03, 0.004, 0.9, 0.04])
    family = np.array(["m", "m", "m", "m", "n", "n", "n"])
    q = false_discovery(p, family, dependence)  # type: ignore[arg-type]
    assert q[[0, 1, 3]] == pytest.approx(false_discovery_control(p[[0, 1, 3]], method=method))
    assert q[4:] == pytest.approx(false_discovery_control(p[4:], method=method))
    assert np.isnan(q[2])


def test_no_p_gives_no_q() -> None:
    assert len(false_discovery([], [])) == 0
    assert np.isnan(false_discovery([None], ["m"])).all()


@pytest.mark.parametrize(("p", "family"), [([0.1], ["a", "b"]), ([1.2], ["a"]), ([-0.1], ["a"])])
def test_false_discovery_refuses_what_is_no_p(p: list[float], family: list[str]) -> None:
    with pytest.raises(UsageError):
        false_discovery(p, family)
