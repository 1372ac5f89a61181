"""One rule makes verdicts of intervals: it is held against what the words of the claim mean."""

from __future__ import annotations

from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.inference import compare
from masthead.inference.intervals import Sums, family_of
from masthead.inference.mover import mover
from masthead.questions.claims.judging import judge, stretches
from masthead.questions.claims.power import least_difference, round_up, times_as_many, units_needed
from masthead.study.claim import Claim
from tests.inference.tables import summed


def asked(expect: str, margin: float = 0.0, measure: str = "portrayal") -> Claim:
    told = {
        "id": "c",
        "text": "So.",
        "measure": measure,
        "subject": "s",
        "outlet": "o",
        "expect": expect,
        "margin": margin,
    }
    if measure != "silence":
        told["versus"] = "before 2031-01-01" if expect in ("changed", "unchanged") else "p"
    return Claim.model_validate(told)


def holds(claim: Claim, figure: float) -> bool:
    """What the claim's words say of a figure."""
    m = claim.bar
    return {
        "more": figure > m,
        "favourable": figure > m,
        "less": figure < -m,
        "unfavourable": figure < -m,
        "changed": abs(figure) > m,
        "unchanged": abs(figure) < m,
        "silent": figure < m,
    }[claim.expect]


expectations = st.sampled_from(("more", "less", "favourable", "unfavourable", "changed", "unchanged"))
ends = st.floats(-0.99, 0.99)


@given(expectations, st.floats(0.01, 0.9), ends, ends)
def test_a_verdict_says_of_a_whole_interval_what_the_words_say_of_every_figure_in_it(
    expect: str, margin: float, a: float, b: float
) -> None:
    claim, low, high = asked(expect, margin), min(a, b), max(a, b)
    verdict, _ = judge(claim, low, high)
    inside = np.linspace(low, high, 201)
    said = {holds(claim, figure) for figure in inside}
    if verdict == "supported":
        assert said == {True}
    elif verdict == "contradicted":
        assert said == {False}
    elif (
        low + margin > 0.01
        and high - low > 0.05
        and min(abs(abs(low) - margin), abs(abs(high) - margin)) > 0.02
    ):
        # Where both answers lie in the interval, or two ways to change do.
        assert said == {True, False} or (expect == "changed" and low < -margin and high > margin)


@given(st.floats(0.05, 1.0), st.floats(0, 3), st.floats(0, 3))
def test_a_silence_is_a_ratio_below_its_margin(margin: float, a: float, b: float) -> None:
    claim, low, high = asked("silent", margin, "silence"), min(a, b), max(a, b)
    verdict, how = judge(claim, low, high)
    assert (verdict == "supported") == (high < margin)
    assert (verdict == "contradicted") == (low > margin)
    assert (how == "other way") == (low > 1) or margin == 1


@given(expectations, st.floats(0.0, 0.9), ends, ends)
def test_what_is_more_one_way_is_less_the_other(expect: str, margin: float, a: float, b: float) -> None:
    mirrored = {"more": "less", "less": "more", "favourable": "unfavourable", "unfavourable": "favourable"}
    other = mirrored.get(expect, expect)
    if expect == "unchanged":
        margin = max(margin, 0.01)
    low, high = min(a, b), max(a, b)
    assert judge(asked(expect, margin), low, high) == judge(asked(other, margin), -high, -low)


@given(expectations, st.floats(0.01, 0.9), ends, ends, st.floats(0, 1))
def test_a_narrower_interval_never_takes_a_verdict_back(
    expect: str, margin: float, a: float, b: float, within: float
) -> None:
    claim, low, high = asked(expect, margin), min(a, b), max(a, b)
    middle = (low + high) / 2
    before, _ = judge(claim, low, high)
    after, _ = judge(claim, middle - (middle - low) * within, middle + (high - middle) * within)
    assert before in ("not enough evidence", after)


def test_no_margin_means_that_no_archive_contradicts_a_change() -> None:
    assert judge(asked("changed"), -0.001, 0.001)[0] == "not enough evidence"
    assert judge(asked("changed"), 0.001, 0.002)[0] == "supported"
    assert judge(asked("more"), -0.2, 0.0)[0] == "not enough evidence"
    assert judge(asked("more"), -0.2, -0.001) == ("contradicted", "other way")


@pytest.mark.parametrize("expect", ["more", "less", "changed", "unchanged"])
def test_the_line_of_figures_is_cut_without_a_gap(expect: str) -> None:
    cut = stretches(asked(expect, 0.1))
    assert [one.high for one in cut[:-1]] == [one.low for one in cut[1:]]


def sides(seed: int, n: int = 60, share: float = 0.4) -> pa.Table:
    rng = np.random.default_rng(seed)
    y = rng.integers(1, 5, n).astype(float)
    return summed([(float(rng.binomial(int(k), share)), k) for k in y])


def test_of_two_ratios_it_is_the_difference_that_compare_makes() -> None:
    a, b = sides(1), sides(2, share=0.7)
    ratios = [family_of(Sums.of(side), signed=False) for side in (a, b)]
    bounds = [family.bounds(np.array([0.05])) for family in ratios]
    found = mover(
        np.array([1.0, -1.0]),
        np.array([family.value[0] for family in ratios]),
        np.array([low[0] for low, _ in bounds]),
        np.array([high[0] for _, high in bounds]),
    )
    told = compare(a, b).to_pylist()[0]
    assert found == pytest.approx((told["difference"], told["conf_low"], told["conf_high"]), abs=1e-12)


@given(st.integers(2, 6), st.integers(0, 99))
def test_a_mean_of_more_outlets_is_surer_and_lies_between_them(k: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    values = rng.uniform(0.2, 0.8, k)
    lows, highs = values - rng.uniform(0.05, 0.2, k), values + rng.uniform(0.05, 0.2, k)
    estimate, low, high = mover(np.full(k, 1 / k), values, lows, highs)
    assert values.min() <= estimate <= values.max()
    assert low <= estimate <= high
    assert high - low <= (highs - lows).max() + 1e-12


def test_what_two_ratios_share_does_not_count_for_their_difference() -> None:
    one, values, off = np.array([1.0, -1.0]), np.array([0.5, 0.5]), np.array([0.1, 0.1])
    same = np.array([[0.3, -0.2, 0.1], [0.3, -0.2, 0.1]])
    _, low, high = mover(one, values, values - off, values + off, same)
    assert (low, high) == pytest.approx((0.0, 0.0), abs=1e-8)
    apart = np.array([[0.3, -0.2, 0.0, 0.0], [0.0, 0.0, 0.3, -0.2]])
    _, low, high = mover(one, values, values - off, values + off, apart)
    assert high - low == pytest.approx(0.2 * 2**0.5)


@given(st.integers(0, 199))
def test_shared_units_count_as_the_matrix_of_their_correlations_does(seed: int) -> None:
    rng = np.random.default_rng(seed)
    k, n = int(rng.integers(2, 6)), 12
    shared = rng.normal(size=(k, n)) * (rng.random((k, n)) < 0.6)
    shared[:, 0] += 0.1
    values = rng.uniform(0.3, 0.7, k)
    lows, highs = values - rng.uniform(0.01, 0.2, k), values + rng.uniform(0.01, 0.2, k)
    coefficients = rng.choice([-1.0, 1.0], k) / k
    estimate, low, _ = mover(coefficients, values, lows, highs, shared)
    down = coefficients * np.where(coefficients > 0, values - lows, highs - values)
    expected = float(down @ correlations(shared) @ down) ** 0.5
    assert estimate - low == pytest.approx(expected, abs=1e-9)


def correlations(shared: Any) -> Any:
    spread = np.sqrt((shared**2).sum(axis=1))
    return shared @ shared.T / np.outer(spread, spread)


def test_as_many_units_as_are_said_to_be_needed_would_decide() -> None:
    claim = asked("more", 0.1)
    times = times_as_many(claim, 0.15, 0.05, 0.25, 0.95)
    assert times is not None
    half = 0.1 / times**0.5
    assert 0.15 - half > 0.1
    assert times_as_many(claim, 0.1, 0.0, 0.2, 0.95) is None
    assert times_as_many(claim, 0.101, 0.0, 0.2, 0.95) is None
    one_way = times_as_many(asked("more"), 0.1, -0.1, 0.3, 0.95)
    assert times_as_many(asked("changed"), 0.1, -0.1, 0.3, 0.95) == one_way


def test_units_needed_fall_with_the_margin_and_with_how_alike_units_are() -> None:
    small, large = asked("more", 0.05), asked("more", 0.2)
    assert units_needed(small, None, 0.95) > units_needed(large, None, 0.95)
    assert units_needed(large, (0.08, 0.12, 200), 0.95) < units_needed(large, None, 0.95)
    assert least_difference(asked("more")) == 0.2
    assert [round_up(n) for n in (3.2, 99, 101, 1234, 98765)] == [4, 99, 110, 1300, 99000]


def drawn(rng: np.random.Generator, n: int, share: float, draws: int) -> Sums:
    """The sums of many outlets that each publish `n` articles whose own shares differ."""
    y = rng.poisson(2.0, (draws, n)) + 1.0
    x = rng.binomial(y.astype(int), rng.beta(4 * share, 4 * (1 - share), (draws, n))).astype(float)
    return Sums.of_clusters(x, y, axis=1)


@pytest.mark.parametrize("sizes", [(20, 40, 80), (40, 15, 15)])
def test_intervals_of_groups_hold_the_truth_as_often_as_they_say(sizes: tuple[int, ...]) -> None:
    rng, draws, shares = np.random.default_rng(5), 1000, (0.2, 0.3, 0.4)
    coefficients = np.repeat([1 / 3, -1 / 3], 3)
    figures = []
    for n, share in zip(sizes * 2, (*shares, *reversed(shares)), strict=True):
        family = family_of(drawn(rng, n, share, draws), signed=False)
        figures.append((family.value, *family.bounds(np.full(draws, 0.05))))
    columns = np.array(figures)
    bounds = [mover(coefficients, *columns[:, :, draw].T)[1:] for draw in range(draws)]
    held = np.mean([low <= 0 <= high for low, high in bounds])
    assert 0.93 <= held <= 0.99
