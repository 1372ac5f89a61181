"""Dated changes: what is planted is found, when, and what is not is not."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.errors import UsageError
from masthead.inference.changes import Series, find_changes

START = 730_000


def _shares(rng, n, weeks, changes, shares):
    """A series of `n` articles whose share is the next of `shares` from each day of `changes` on."""
    day = np.sort(rng.integers(0, weeks * 7, n))
    share = np.asarray(shares)[np.searchsorted(changes, day, side="right")]
    y = rng.geometric(0.4, n)
    return START + day, rng.binomial(y, share), y


def test_a_planted_change_is_found_with_its_date_and_its_figures():
    day, x, y = _shares(np.random.default_rng(1), 300, 150, [525], [0.2, 0.7])
    (found,) = find_changes([Series.of_ratio(day, x, y)])
    (change,) = found.changes
    assert change.low <= START + 525 <= change.high
    assert change.low <= change.date <= change.high
    assert change.before[0] == x[day < change.date].sum() / y[day < change.date].sum()
    assert change.after[0] == pytest.approx(0.7, abs=0.1)
    assert change.n_before + change.n_after == 300
    assert found.q <= 0.05


def test_two_changes_of_one_series_are_both_found():
    day, x, y = _shares(np.random.default_rng(2), 600, 200, [400, 1000], [0.1, 0.6, 0.2])
    (found,) = find_changes([Series.of_ratio(day, x, y)], block=28)
    first, second = found.changes
    assert first.low <= START + 400 <= first.high
    assert second.low <= START + 1000 <= second.high


def test_a_composition_of_five_labels_has_one_change():
    rng = np.random.default_rng(3)
    day = np.sort(rng.integers(0, 700, 250))
    before, after = [0.6, 0.1, 0.1, 0.1, 0.1], [0.1, 0.6, 0.1, 0.1, 0.1]
    counts = np.array([rng.multinomial(3, before if d < 350 else after) for d in day])
    (found,) = find_changes([Series.of_counts(START + day, counts)], block=28)
    assert len(found.changes) == 1
    assert len(found.changes[0].before) == 5
    assert abs(found.changes[0].date - START - 350) < 20


@pytest.mark.parametrize("name", ["empty", "one", "two points", "zeros", "all alike", "one day"])
def test_too_little_to_change_is_no_change(name):
    day, x, y = {
        "empty": ([], [], []),
        "one": ([1], [1], [1]),
        "two points": ([1, 900], [0, 5], [5, 5]),
        "zeros": (range(100), [0] * 100, [0] * 100),
        "all alike": (range(0, 1000, 10), [2] * 100, [2] * 100),
        "one day": ([5] * 100, [0, 1] * 50, [1] * 100),
    }[name]
    series = Series.of_ratio(np.array(day, dtype=int), np.array(x, float), np.array(y, float))
    (found,) = find_changes([series])
    assert found.changes == ()
    assert found.p == 1.0


def test_the_order_of_rows_and_of_series_and_the_number_of_threads_change_nothing():
    rng = np.random.default_rng(4)
    rows = [_shares(rng, 120, 100, [350], [0.3, s]) for s in (0.3, 0.5, 0.9)]
    series = [Series.of_ratio(*row) for row in rows]
    shuffled = [
        Series.of_ratio(*(column[order] for column in row))
        for row in rows
        for order in [rng.permutation(120)]
    ]
    found = find_changes(series, block=14, threads=1)
    again = find_changes(shuffled[::-1], block=14, threads=3)[::-1]
    assert [repr(one) for one in found] == [repr(one) for one in again]


@pytest.mark.parametrize(
    "call",
    [
        lambda: Series.of_ratio([1, 2], np.array([2.0, 0]), np.array([1.0, 1])),
        lambda: Series.of_ratio([1], np.array([np.nan]), np.array([1.0])),
        lambda: Series.of_counts([1], np.array([[-1.0, 2]])),
        lambda: Series.of_counts([1, 2], np.array([[1.0, 2]])),
        lambda: find_changes([], fdr=0),
        lambda: find_changes([], block=3),
    ],
)
def test_what_is_no_series_is_refused_with_a_reason(call):
    with pytest.raises(UsageError):
        call()
