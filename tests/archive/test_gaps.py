"""Gaps in collection: found where an outlet's own rate makes them improbable, and hardly elsewhere."""

from __future__ import annotations

import datetime as dt
import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.archive.overview.gaps import find_gaps

START = dt.date(2012, 1, 2)  # a Monday


def days(counts: np.ndarray) -> list[dt.date]:
    return [START + dt.timedelta(i) for i, n in enumerate(counts.tolist()) for _ in range(int(n))]


def drawn(rate: float, seed: int, n: int = 1200) -> np.ndarray:
    return np.random.default_rng(seed).poisson(rate, n)


@pytest.mark.parametrize(("rate", "length"), [(30, 3), (5, 10), (1, 40), (0.2, 180)])
def test_a_hole_is_found_to_the_day(rate: float, length: int) -> None:
    counts = drawn(rate, 1)
    counts[[599, 600 + length]] = 1
    counts[600 : 600 + length] = 0
    gap = (START + dt.timedelta(600), START + dt.timedelta(600 + length - 1))
    assert find_gaps(days(counts)) == [gap]


@pytest.mark.parametrize("rate", [0.05, 0.3, 2, 20])
def test_hardly_any_outlet_without_a_hole_shows_one(rate: float) -> None:
    assert sum(bool(find_gaps(days(drawn(rate, seed)))) for seed in range(40)) <= 2


def test_a_paper_without_a_weekend_edition_has_no_hole_every_weekend() -> None:
    counts = drawn(25, 3)
    counts[np.arange(len(counts)) % 7 >= 5] = 0
    assert find_gaps(days(counts)) == []
    counts[700:707] = 0
    assert find_gaps(days(counts)) == [(START + dt.timedelta(698), START + dt.timedelta(706))] or find_gaps(
        days(counts)
    ) == [(START + dt.timedelta(700), START + dt.timedelta(706))]


def test_an_outlet_that_grew_was_not_full_of_holes_before() -> None:
    rng = np.random.default_rng(4)
    assert find_gaps(days(rng.poisson(np.linspace(0.02, 20, 1200)))) == []


def test_an_archive_that_follows_events_is_not_full_of_holes() -> None:
    rng = np.random.default_rng(5)
    bursts = np.repeat(rng.gamma(0.5, 2, 61), 20)[:1200]
    assert find_gaps(days(rng.poisson(0.3 * bursts))) == []


def test_few_articles_tell_no_rate() -> None:
    assert find_gaps([]) == []
    assert find_gaps([START]) == []
    assert find_gaps([START + dt.timedelta(100 * i) for i in range(19)]) == []


def test_all_on_one_day_is_no_gap() -> None:
    assert find_gaps([START] * 50) == []


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, 800), max_size=120), st.randoms(use_true_random=False))
def test_gaps_are_empty_stretches_in_order_whatever_the_order_of_dates(
    offsets: list[int], shuffler: random.Random
) -> None:
    dates = [START + dt.timedelta(i) for i in offsets]
    gaps = find_gaps(dates)
    shuffler.shuffle(dates)
    assert find_gaps(dates) == gaps
    assert gaps == sorted(gaps)
    published = set(dates)
    for start, end in gaps:
        assert start <= end
        assert not any(start <= day <= end for day in published)
        assert {start - dt.timedelta(1), end + dt.timedelta(1)} <= published
