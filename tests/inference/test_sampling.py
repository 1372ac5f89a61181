"""A sample is spread over time, gives every article the same chance, and stops on intervals that still cover."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.errors import UsageError
from masthead.inference.intervals import Sums, family_of
from masthead.inference.sampling import FIRST, half_width, next_sizes, places
from masthead.validation.draws.intervals import FLOOR
from masthead.validation.draws.samples import (
    CELLS,
    QUICK,
    Grid,
    coverage,
    replay,
    summary,
)
from tests.inference.tables import drawn_units, summed


@pytest.fixture(scope="module")
def cells() -> pa.Table:
    return coverage(draws=200, seed=5, grid=QUICK)


def order_of(sizes: list[int], start: float) -> np.ndarray:
    """The strata of a cell's articles in the order of reading."""
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    rank = np.concatenate([np.arange(n) for n in sizes])
    placed = places(stratum, rank, np.repeat(sizes, sizes), np.full(len(stratum), start))
    assert ((placed >= 0) & (placed < 1)).all()
    return stratum[np.argsort(placed, kind="stable")]


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), min_size=1, max_size=30), st.floats(0, 0.999), st.floats(0.05, 1))
def test_every_beginning_of_the_order_holds_near_the_same_part_of_each_period(
    sizes: list[int], start: float, part: float
) -> None:
    order = order_of(sizes, start)
    first = order[: max(1, round(part * len(order)))]
    reached = len(first) / len(order)
    for period, size in enumerate(sizes):
        # One article either way is what whole numbers allow; one more, that the beginning is cut by number.
        assert abs((first == period).sum() - reached * size) <= 2 + 0.02 * size


def test_periods_of_one_article_each_are_spread_over_time_too() -> None:
    order = order_of([1] * 200, 0.3)
    for part in (20, 50, 100):
        halves = (order[:part] < 100).sum()
        assert abs(halves - part / 2) <= 2


def test_every_article_is_as_likely_to_be_read() -> None:
    rng = np.random.default_rng(8)
    sizes = np.array([3, 1, 40, 7, 1, 1, 25])
    stratum = np.repeat(np.arange(len(sizes)), sizes)
    read = np.zeros(len(sizes))
    draws, first = 4000, 20
    for start in rng.random(draws):
        read += np.bincount(order_of(sizes.tolist(), start)[:first], minlength=len(sizes))
    chance = read / draws / sizes
    assert chance == pytest.approx(np.full(len(sizes), first / len(stratum)), abs=0.03)


def test_few_articles_that_agree_are_not_narrow_enough_to_stop_on() -> None:
    """The two made-up articles see to it: agreement of a few proves little."""
    halves = [
        half_width(Sums.of(summed([(0.0, 1.0)] * n or [(0.0, 0.0)])), 0.95)[0] for n in (0, 1, 5, 20, 50, 200)
    ]
    assert halves[:2] == [np.inf, 1.0]
    assert halves == sorted(halves, reverse=True)
    assert halves[2] > 0.4
    assert halves[3] > 0.1
    assert halves[5] < 0.02


@settings(deadline=None)
@given(st.integers(1, 10_000), st.floats(0, 1), st.floats(0.01, 0.5))
def test_a_sample_grows_until_it_is_narrow_or_all_is_read(there: int, half: float, precision: float) -> None:
    read = np.array([min(there, FIRST)])
    following = next_sizes(read, np.array([there]), np.array([half]), precision)
    if half <= precision or read[0] == there:
        assert following[0] == read[0]
    else:
        assert read[0] < following[0] <= there


def test_a_precision_outside_its_range_is_refused() -> None:
    one = np.array([1])
    with pytest.raises(UsageError, match="precision of 0"):
        next_sizes(one, one, np.array([0.5]), 0.0)


@settings(deadline=None, max_examples=25)
@given(st.floats(1, 1000))
def test_an_equal_weight_of_all_articles_moves_no_signed_interval(weight: float) -> None:
    """What a sample stands for does not make it larger."""
    units = [(2 * x - y, y) for x, y in drawn_units(np.random.default_rng(1), 60, 0.3)]
    plain, weighed = (Sums.of(summed(units, [w] * len(units))) for w in (1.0, weight))
    one, other = (np.ravel(family_of(s, signed=True).bounds(np.array([0.05]))) for s in (plain, weighed))
    assert one == pytest.approx(other, abs=1e-5)


def test_stopping_when_narrow_enough_still_covers(cells: pa.Table) -> None:
    rows = summary(cells)
    assert [row["broken"] for row in rows] == [0] * len(rows)
    assert min(cells["of_reading"].to_pylist()) > FLOOR
    assert min(cells["read"].to_pylist()) < 0.1


def test_the_plain_rule_fails_where_ours_holds(cells: pa.Table) -> None:
    """The control: on the same cells the normal interval, looked at from ten articles on, stops too early."""
    assert min(cells["plain_of_reading"].to_pylist()) < 0.8


def test_a_broken_promise_is_counted(cells: pa.Table) -> None:
    rows = cells.to_pylist()
    rows[0]["of_truth"] = 0.5
    assert sum(row["broken"] for row in summary(pa.Table.from_pylist(rows, CELLS))) == 1


def test_the_same_seed_draws_the_same() -> None:
    grid = Grid(("zipf",), (200,), (0.1,), (0.3,), (0.3,), (0.9,), (0.4,))
    assert coverage(50, 3, grid).equals(coverage(50, 3, grid))
    assert not coverage(50, 4, grid)["read"].equals(coverage(50, 3, grid)["read"])


def test_a_replayed_cell_covers_its_own_mean_and_reads_part_of_it() -> None:
    rng = np.random.default_rng(6)
    y = rng.geometric(0.4, 2000).astype(np.float64)
    x = y * rng.choice([-0.9, 0.0, 0.4], 2000, p=[0.2, 0.6, 0.2])
    stratum = np.arange(2000) // 100
    # Of the second voice half of the articles hold nothing, and what they hold has to be narrow too.
    own = np.where(np.arange(2000) % 2 == 0, 1.0, 0.0)
    alone = replay([(x, y)], stratum, 0.1)
    both = replay([(x, y), (x * own, y * own)], stratum, 0.1)
    assert alone.held > FLOOR
    assert both.held > FLOOR
    assert alone.read < both.read < 0.5


def test_a_cell_that_is_no_larger_than_the_first_lot_is_read_whole() -> None:
    y = np.ones(FIRST)
    found = replay([(y * 0.5, y)], np.zeros(FIRST, np.int64), 0.05, draws=10)
    assert (found.read, found.held) == (1.0, 1.0)
