"""Chances of covering so few: against exact sums, and what an interval may never be."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.inference.silence.tails import SoFew, Tail, ratio_bounds, shift_of

Array = npt.NDArray[np.float64]
LOG_ODDS = st.lists(st.floats(-4, 4), min_size=1, max_size=25).map(lambda v: np.array(v, np.float64))


def exact(log_odds: Array, shift: float = 0.0) -> Array:
    """P(C ≤ 0), P(C ≤ 1), …, by adding one story after the other."""
    chances = np.array([1.0])
    for p in 1 / (1 + np.exp(-log_odds - shift)):
        chances = np.convolve(chances, [1 - p, p])
    return np.cumsum(chances)


@given(LOG_ODDS, st.floats(-2, 2), st.data())
@settings(max_examples=80, deadline=None)
def test_tails_are_those_of_the_exact_sum_within_a_tenth(
    log_odds: Array, shift: float, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(log_odds)))
    found = Tail(log_odds, count).at(np.array([shift]))[0]
    true = exact(log_odds, shift)[count]
    assert found == pytest.approx(true, rel=0.1, abs=0.02)


def test_tails_of_stories_as_in_an_archive_are_within_a_twentieth() -> None:
    rng = np.random.default_rng(4)
    for size in (8, 20, 60, 200):
        log_odds = rng.normal(-0.4, 0.9, size)
        true = exact(log_odds)
        for count in range(size):
            if 1e-8 < true[count] < 0.5:
                assert Tail(log_odds, count).at(np.zeros(1))[0] == pytest.approx(true[count], rel=0.05)


def test_nothing_covered_is_exact() -> None:
    log_odds = np.array([-1.0, 0.0, 2.0])
    assert Tail(log_odds, 0).at(np.zeros(1))[0] == pytest.approx(exact(log_odds)[0], rel=1e-12)


@given(LOG_ODDS, st.floats(0, 0.6), st.data())
@settings(max_examples=60, deadline=None)
def test_an_interval_holds_the_ratio_and_is_never_nothing(
    log_odds: Array, spread: float, data: st.DataObject
) -> None:
    count = data.draw(st.integers(0, len(log_odds)))
    low, high = ratio_bounds(log_odds, count, spread, 0.95)
    expected = (1 / (1 + np.exp(-log_odds))).sum()
    assert 0 <= low <= count / expected + 1e-6
    assert count / expected - 1e-6 <= high <= len(log_odds) / expected + 1e-6
    assert high > 0
    assert (low == 0) == (count == 0)


def test_a_total_boycott_reaches_up_to_what_chance_allows() -> None:
    log_odds = np.zeros(12)
    low, high = ratio_bounds(log_odds, 0, 0.0, 0.95)
    # Half of P(C = 0) is a fortieth where (1 − p)¹² = .05.
    assert low == 0
    assert high == pytest.approx((1 - 0.05 ** (1 / 12)) / 0.5, rel=1e-6)


def test_a_spread_makes_intervals_wider_and_small_chances_larger() -> None:
    log_odds = np.full(30, -0.3)
    narrow, wide = ratio_bounds(log_odds, 6, 0.0, 0.95), ratio_bounds(log_odds, 6, 0.5, 0.95)
    assert wide[0] < narrow[0] < narrow[1] < wide[1]
    so_few = SoFew(log_odds, 3)
    assert so_few.chance(0.0, 0.5) > so_few.chance(0.0, 0.0)


def test_intervals_hold_the_true_ratio_as_often_as_they_say() -> None:
    rng = np.random.default_rng(11)
    held = 0
    for _ in range(250):
        log_odds = rng.normal(-0.4, 0.8, 30)
        p = 1 / (1 + np.exp(-log_odds + 0.8))
        low, high = ratio_bounds(log_odds, int((rng.random(30) < p).sum()), 0.0, 0.9)
        held += low <= p.sum() / (1 / (1 + np.exp(-log_odds))).sum() <= high
    # Four standard errors either way.
    assert 0.84 <= held / 250 <= 0.96


def test_a_shift_gives_the_mean_that_is_asked_for() -> None:
    log_odds = np.array([-2.0, 0.5, 1.0, 3.0])
    shift = shift_of(log_odds, 1.25)
    assert (1 / (1 + np.exp(-log_odds - shift))).sum() == pytest.approx(1.25)
