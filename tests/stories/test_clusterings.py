"""Scores of groupings, beside known values and other programs'."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.validation.baselines.plain_readers import b_cubed
from masthead.validation.draws.clusterings import agreement

GROUPS = st.integers(1, 40).flatmap(
    lambda n: st.tuples(
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
        st.lists(st.integers(0, 6), min_size=n, max_size=n),
    )
)


def test_known_values() -> None:
    # Amigó et al. (2009), by hand: {a a b} {b} against {a a} {b b}.
    told = agreement([1, 1, 1, 2], ["a", "a", "b", "b"])
    assert told.b_cubed_precision.value == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)
    assert told.b_cubed_recall.value == pytest.approx((1 + 1 + 0.5 + 0.5) / 4)
    assert told.pair_precision.value == pytest.approx(1 / 3)
    assert told.pair_recall.value == pytest.approx(1 / 2)
    assert (told.articles, told.found_groups, told.true_groups) == (4, 2, 2)


@settings(deadline=None)  # the first example waits for scikit-learn
@given(GROUPS)
def test_agrees_with_other_programs(groups: tuple[list[int], list[int]]) -> None:
    metrics = pytest.importorskip("sklearn.metrics")
    found, true = groups
    told = agreement(found, true)
    assert told.b_cubed_f1.value == pytest.approx(b_cubed(found, true))
    if told.adjusted_rand.value is not None:
        assert told.adjusted_rand.value == pytest.approx(metrics.adjusted_rand_score(true, found))


@settings(deadline=None, max_examples=20)
@given(GROUPS, st.integers(0, 9))
def test_names_and_order_change_nothing(groups: tuple[list[int], list[int]], seed: int) -> None:
    rows = list(zip(*groups, strict=True))
    mixed = random.Random(seed).sample(rows, len(rows))
    one = agreement([f for f, _ in rows], [t for _, t in rows])
    other = agreement([f"found {f}" for f, _ in mixed], [-t for _, t in mixed])
    assert other == one


def test_a_perfect_grouping_is_not_called_sure() -> None:
    told = agreement([0, 0, 1, 1, 2], [0, 0, 1, 1, 2])
    assert told.b_cubed_f1.value == told.adjusted_rand.value == 1.0
    assert told.b_cubed_f1.low is not None
    assert told.b_cubed_f1.low < 0.95
    assert told.b_cubed_f1.high == 1.0


def test_intervals_hold_their_value_and_narrow_with_more_stories() -> None:
    rng = random.Random(3)
    widths = []
    for stories in (20, 400):
        true = [n for n in range(stories) for _ in range(4)]
        found = [n if rng.random() < 0.8 else rng.randrange(stories) for n in true]
        figure = agreement(found, true).b_cubed_f1
        assert figure.low is not None
        assert figure.high is not None
        assert figure.value is not None
        assert figure.low <= figure.value <= figure.high
        widths.append(figure.high - figure.low)
    assert widths[1] < widths[0] / 2


def test_no_pair_put_together_has_no_precision_of_pairs() -> None:
    assert agreement([0, 1], [0, 0]).pair_precision.value is None
