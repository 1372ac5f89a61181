"""Estimates and intervals of shares and signed means: known answers, limits, and what changes nothing."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import stdtrit
from scipy.stats import binom, binomtest

from masthead.errors import UsageError
from masthead.inference import estimate
from masthead.inference.intervals import (
    Proportions,
    Sums,
    correlated_variance,
    jackknife_variance,
    one_mind_variance,
)

from .tables import Units, drawn_units, summed, summed_groups

NORMAL = 1e9  # so many degrees of freedom that t is the normal


def estimated(units: Units, **options: Any) -> dict[str, Any]:
    (row,) = estimate(summed(units), **options).to_pylist()
    return dict(row)


def wilson(share: float, n: float, t: float) -> tuple[float, float]:
    centre, half = share + t * t / (2 * n), t * np.sqrt(share * (1 - share) / n + (t / (2 * n)) ** 2)
    return (centre - half) / (1 + t * t / n), (centre + half) / (1 + t * t / n)


# Known answers


@pytest.mark.parametrize(("hits", "trials"), [(4, 8), (5, 12), (50, 100), (17, 300), (290, 300)])
def test_with_normal_quantiles_and_one_mention_each_it_is_wilsons_interval(hits: int, trials: int) -> None:
    n = np.array([float(trials)])
    family = Proportions(
        value=np.array([hits / trials]),
        n_eff=n,
        df=np.array([NORMAL]),
        n=n,
        n_positive=np.array([float(hits)]),
        n_short=n - hits,
        is_capped=np.array([False]),
    )
    low, high = family.bounds(np.array([0.05]))
    known = binomtest(hits, trials).proportion_ci(0.95, method="wilson")
    assert (low[0], high[0]) == pytest.approx((known.low, known.high), abs=1e-8)


@pytest.mark.parametrize("units", [5, 20, 300])
def test_where_all_agree_the_interval_is_wilsons_with_t(units: int) -> None:
    none, every = estimated([(0, 1)] * units), estimated([(1, 1)] * units)
    _, most = wilson(0.0, units, -stdtrit(units - 1, 0.025))
    # With fewer than four on a side the bound is at least Poisson's: 1 − 0.05**(1/n) is about 3/n.
    assert none["conf_low"] == 0.0
    assert none["conf_high"] == pytest.approx(most, rel=1e-9)
    assert every["conf_high"] == 1.0
    assert every["conf_low"] == pytest.approx(1 - most, rel=1e-9)


def test_one_mention_each_is_worth_about_one_unit_each() -> None:
    found = estimated([(1, 1)] * 40 + [(0, 1)] * 60)
    assert 98 < found["n_eff"] <= 100
    assert found["df"] == 99


def test_mentions_of_one_mind_are_worth_one_unit_per_article() -> None:
    found = estimated([(5, 5)] * 40 + [(0, 5)] * 60)
    assert found["n_eff"] == pytest.approx(100, rel=0.02)


def test_the_cap_says_so() -> None:
    found = estimated([(1, 10)] + [(0, 10)] * 30)
    assert found["n_eff"] == pytest.approx(31.0)
    assert "capped" in found["method"]


def test_jackknife_from_sums_is_the_jackknife_unit_by_unit() -> None:
    rng = np.random.default_rng(8)
    for units, tolerance in ((10, 0.15), (40, 0.04), (400, 0.004)):
        drawn = drawn_units(rng, units, 0.4)
        x, y = np.array(drawn, dtype=float).T
        left_out = (x.sum() - x) / (y.sum() - y)
        exact = (units - 1) / units * np.sum((left_out - left_out.mean()) ** 2)
        known = Sums.of(summed(drawn))
        assert jackknife_variance(known, known.ratio)[0] == pytest.approx(exact, rel=tolerance)


def test_the_variances_are_right_on_average() -> None:
    """Beta-binomial articles of one size have a known variance: the mean of each estimate must hit it."""
    rng = np.random.default_rng(9)
    units, size, share, correlation, tables = 60, 4, 0.3, 0.25, 3000
    strength = (1 - correlation) / correlation
    x = rng.binomial(size, rng.beta(share * strength, (1 - share) * strength, (tables, units))).astype(float)
    true = share * (1 - share) * (1 + (size - 1) * correlation) / (units * size)
    groups = [list(zip(row.tolist(), [float(size)] * units, strict=True)) for row in x[:1000]]
    known = Sums.of(summed_groups(groups))
    r = known.ratio
    assert np.var(r) == pytest.approx(true, rel=0.12)
    for variance in (
        jackknife_variance(known, r),
        correlated_variance(known, r, r * (1 - r)),
        one_mind_variance(known, r),
    ):
        assert np.mean(variance) == pytest.approx(true, rel=0.05)


def test_coverage_of_one_mention_each_needs_no_drawing() -> None:
    """With one mention an article every table is one of n + 1: coverage is a sum over the binomial."""
    for units in (5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300):
        hits = np.arange(units + 1)
        table = estimate(summed_groups([[(1, 1)] * h + [(0, 1)] * (units - h) for h in hits.tolist()]))
        low, high = (table[name].to_numpy() for name in ("conf_low", "conf_high"))
        for share in (0.01, 0.02, 0.03, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 0.95, 0.99):
            chance = binom.pmf(hits, units, share)
            covered = chance[(low <= share) & (share <= high)].sum()
            assert covered >= 0.92, (units, share)
            if units >= 100 and chance[np.minimum(hits, units - hits) >= 5].sum() > 0.95:
                assert 0.93 <= covered <= 0.97, (units, share)


# Limits


def test_no_denominator_gives_no_estimate() -> None:
    found = estimated([(0, 0), (0, 0)])
    assert {found[c] for c in ("estimate", "std_error", "df", "conf_low", "conf_high", "n_eff")} == {None}
    assert found["method"] == "none: no denominator"


@pytest.mark.parametrize(("signed", "least"), [(False, 0.0), (True, -1.0)])
def test_one_unit_could_be_anything(signed: bool, least: float) -> None:
    found = estimated([(3, 4)], signed=signed)
    assert found["estimate"] == 0.75
    assert (found["conf_low"], found["conf_high"]) == (least, 1.0)
    assert found["std_error"] is None
    assert found["method"] == "whole range: one unit"


def test_where_all_agree_there_is_no_standard_error() -> None:
    assert estimated([(0, 3)] * 9)["std_error"] is None


def test_articles_without_a_denominator_change_nothing() -> None:
    units = [(1, 3), (0, 2), (2, 2), (1, 4)]
    assert estimated([*units, (0, 0), (0, 0)]) == estimated(units)


def test_a_table_of_nulls_is_no_estimate() -> None:
    table = summed([(1, 2), (0, 2)])
    empty = pa.table({name: pa.nulls(1, table.schema.field(name).type) for name in table.column_names})
    (row,) = estimate(pa.concat_tables([table, empty]).slice(1)).to_pylist()
    assert row["estimate"] is None


def test_an_empty_table_is_an_empty_table() -> None:
    found = estimate(summed([(1, 2)]).slice(0, 0))
    assert found.num_rows == 0
    assert found["estimate"].type == pa.float64()


@pytest.mark.parametrize("level", [0.0, 1.0, 95, float("nan")])
def test_a_level_that_is_none_is_refused(level: float) -> None:
    with pytest.raises(UsageError, match="a number between 0 and 1"):
        estimate(summed([(1, 2)]), level=level)


@pytest.mark.parametrize(("unit", "signed"), [((3, 2), False), ((-1, 2), False), ((-3, 2), True)])
def test_a_numerator_out_of_range_is_refused(unit: tuple[float, float], signed: bool) -> None:
    with pytest.raises(UsageError, match="numerator"):
        estimate(summed([unit]), signed=signed)


def test_a_table_that_holds_no_sums_is_refused() -> None:
    with pytest.raises(UsageError, match="without the column 'wwyy'"):
        estimate(summed([(1, 2)]).drop_columns(["wwyy"]))


def test_sums_that_are_not_finite_are_refused() -> None:
    table = summed([(1, 2)])
    broken = table.set_column(table.column_names.index("wx"), "wx", pa.array([float("inf")]))
    with pytest.raises(UsageError, match="'wx' that is not finite"):
        estimate(broken)


# What must hold of any table

UNIT = st.integers(1, 12).flatmap(lambda y: st.tuples(st.integers(0, y), st.just(y)))
UNITS = st.lists(UNIT, min_size=1, max_size=25)
PROPERTY = settings(max_examples=25, deadline=None)
FIGURES = ("estimate", "std_error", "conf_low", "conf_high", "n_eff")


def figures(row: dict[str, Any]) -> list[float]:
    return [np.nan if row[name] is None else row[name] for name in FIGURES]


@PROPERTY
@given(units=UNITS, signed=st.booleans(), level=st.sampled_from([0.5, 0.8, 0.95, 0.999]))
def test_the_interval_holds_the_estimate_within_the_range(units: Units, signed: bool, level: float) -> None:
    found = estimated(units, signed=signed, level=level)
    assert (-1.0 if signed else 0.0) <= found["conf_low"] <= found["estimate"] <= found["conf_high"] <= 1.0
    assert 0 < found["n_eff"] <= sum(y for _, y in units) + 1e-9


@PROPERTY
@given(units=UNITS)
def test_a_higher_level_is_wider(units: Units) -> None:
    narrow, wide = estimated(units, level=0.9), estimated(units, level=0.99)
    assert wide["conf_low"] <= narrow["conf_low"]
    assert narrow["conf_high"] <= wide["conf_high"]


@PROPERTY
@given(units=UNITS)
def test_counting_the_other_answer_mirrors_the_interval(units: Units) -> None:
    found, other = estimated(units), estimated([(y - x, y) for x, y in units])
    assert other["estimate"] == pytest.approx(1 - found["estimate"], abs=1e-9)
    # Σ w²x²/y is rounded to a millionth, and the other answer's is another sum.
    assert other["conf_low"] == pytest.approx(1 - found["conf_high"], abs=1e-4)
    assert other["conf_high"] == pytest.approx(1 - found["conf_low"], abs=1e-4)


@PROPERTY
@given(units=UNITS)
def test_signed_means_mirror(units: Units) -> None:
    found = estimated([(2 * x - y, y) for x, y in units], signed=True)
    other = estimated([(y - 2 * x, y) for x, y in units], signed=True)
    assert other["conf_low"] == pytest.approx(-found["conf_high"], abs=1e-4)
    assert other["estimate"] == pytest.approx(-found["estimate"], abs=1e-9)


@PROPERTY
@given(units=UNITS, signed=st.booleans(), scale=st.sampled_from([2.0, 3.0, 1000.0, 7.3]))
def test_the_scale_of_weights_is_nothing(units: Units, signed: bool, scale: float) -> None:
    weights = [1.0 + (i % 3) for i in range(len(units))]
    one = estimate(summed(units, weights), signed=signed).to_pylist()[0]
    scaled = estimate(summed(units, [w * scale for w in weights]), signed=signed).to_pylist()[0]
    assert figures(scaled) == pytest.approx(figures(one), rel=1e-4, abs=1e-4, nan_ok=True)


@PROPERTY
@given(units=UNITS, seed=st.integers(0, 99))
def test_the_order_of_units_is_nothing(units: Units, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(units))
    assert figures(estimated([units[i] for i in order])) == pytest.approx(
        figures(estimated(units)), nan_ok=True, abs=0
    )


def test_more_units_narrow_the_interval_on_average() -> None:
    rng = np.random.default_rng(12)
    widths = []
    for units in (5, 10, 20, 50, 100, 300):
        table = estimate(summed_groups([drawn_units(rng, units, 0.3) for _ in range(60)]))
        widths.append(np.mean(table["conf_high"].to_numpy() - table["conf_low"].to_numpy()))
    assert widths == sorted(widths, reverse=True)
    assert widths[-1] < 0.3 * widths[0]


def test_a_weight_of_two_counts_an_article_twice_in_the_estimate_but_not_in_n() -> None:
    found = estimate(summed([(1, 1), (0, 1), (1, 2)], [2.0, 1.0, 1.0])).to_pylist()[0]
    assert found["estimate"] == pytest.approx(3 / 5)
    assert found["n"] == 3
