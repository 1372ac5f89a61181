"""Scores are scikit-learn's, intervals hold the truth, and calibration error knows what chance does."""

from __future__ import annotations

import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn import metrics

from masthead.validation.gold.calibration import reliability
from masthead.validation.gold.scores import Real, Whole, bounds, confusion, scores

pairs = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=60)


@given(pairs)
def test_scores_are_those_of_scikit_learn(drawn: list[tuple[int, int]]) -> None:
    labels, guesses = np.array(drawn).T
    table = confusion(labels, guesses)
    found = scores(table)
    assert (table == metrics.confusion_matrix(labels, guesses, labels=[0, 1, 2])).all()
    assert found.accuracy == pytest.approx(metrics.accuracy_score(labels, guesses))
    assert found.macro_f1 == pytest.approx(
        metrics.f1_score(labels, guesses, average="macro", zero_division=0)
    )
    theirs = metrics.precision_recall_fscore_support(labels, guesses, labels=[0, 1, 2], zero_division=np.nan)
    np.testing.assert_allclose(found.precision, theirs[0])
    np.testing.assert_allclose(found.recall, theirs[1])
    np.testing.assert_allclose(found.f1, theirs[2])


def test_many_tables_are_scored_at_once() -> None:
    tables = np.random.default_rng(1).integers(0, 9, (5, 3, 3))
    together = scores(tables)
    for at, table in enumerate(tables):
        for one, all_of_it in zip(scores(table), together, strict=True):
            np.testing.assert_array_equal(one, all_of_it[at])


@given(pairs, st.data())
def test_intervals_hold_their_score_within_0_and_1_in_any_order(
    drawn: list[tuple[int, int]], data: st.DataObject
) -> None:
    labels, guesses = np.array(drawn).T
    sentences = np.array(data.draw(st.lists(st.integers(0, 9), min_size=len(labels), max_size=len(labels))))
    low, high = bounds(labels, guesses, sentences, draws=100)
    for below, point, above in zip(low, scores(confusion(labels, guesses)), high, strict=True):
        assert (np.isnan(below) == np.isnan(point)).all()
        known = np.isfinite(point)
        assert ((below >= 0) & (below <= point) & (point <= above) & (above <= 1))[known].all()
    order = np.random.default_rng(7).permutation(len(labels))
    again = bounds(labels[order], guesses[order], sentences[order], draws=100)
    for one, other in zip((*low, *high), (*again[0], *again[1]), strict=True):
        np.testing.assert_array_equal(one, other)


def test_rows_of_one_sentence_do_not_count_as_so_many_witnesses() -> None:
    rng = np.random.default_rng(2)
    labels, guesses = rng.integers(0, 3, 100), rng.integers(0, 3, 100)

    def width(times: int, together: bool) -> float:
        rows = np.repeat(np.arange(100), times)
        sentences = rows if together else np.arange(len(rows))
        low, high = bounds(labels[rows], guesses[rows], sentences)
        return float(high.macro_f1 - low.macro_f1)

    assert width(4, together=True) == pytest.approx(width(1, together=True), rel=0.05)
    assert width(4, together=False) < 0.6 * width(4, together=True)


def test_ten_right_answers_are_not_certainty() -> None:
    labels = np.array([0, 1, 2, 0, 1, 2, 0, 1, 2, 0])
    low, high = bounds(labels, labels, np.arange(10))
    assert low.accuracy < 0.85
    assert high.accuracy == 1.0
    assert low.macro_f1 < 0.85


@pytest.mark.parametrize(("accuracy", "sentences"), [(0.8, 50), (0.95, 50), (0.55, 150)])
def test_intervals_of_macro_f1_hold_the_truth(accuracy: float, sentences: int) -> None:
    """At least 92 in 100, less what 250 files leave to chance."""
    rng = np.random.default_rng(3)
    shares = np.array([0.4, 0.4, 0.2])
    right = np.full((3, 3), (1 - accuracy) / 2) + np.eye(3) * (accuracy - (1 - accuracy) / 2)
    truth = float(scores(right * shares[:, None]).macro_f1)
    held = 0
    for _ in range(250):
        rows = np.repeat(np.arange(sentences), rng.geometric(0.5, sentences))
        labels = rng.choice(3, size=len(rows), p=shares)
        slips = rng.random(len(rows)) >= accuracy
        guesses = np.where(slips, (labels + rng.integers(1, 3, len(rows))) % 3, labels)
        low, high = bounds(labels, guesses, rows, draws=400)
        held += bool(low.macro_f1 <= truth <= high.macro_f1)
    assert held / 250 > 0.92 - 3 * np.sqrt(0.92 * 0.08 / 250)


def drawn_as_said(n: int) -> tuple[Real, Whole]:
    """Draw labels from the very probabilities that are given for them."""
    rng = np.random.default_rng(5)
    probabilities = rng.dirichlet([1.0, 1.0, 1.0], n)
    return probabilities, (rng.random((n, 1)) > probabilities.cumsum(axis=1)).sum(axis=1).clip(0, 2)


def test_probabilities_that_mean_what_they_say_err_by_chance_alone() -> None:
    for n in (200, 20_000):
        told = reliability(*drawn_as_said(n))
        assert told.error < told.by_chance_high
        assert told.by_chance < (0.1 if n == 200 else 0.01)
        assert sum(one.n for one in told.bins) == n


def test_probabilities_that_say_too_much_are_caught() -> None:
    probabilities, labels = drawn_as_said(2000)
    boasting = probabilities**3 / (probabilities**3).sum(axis=1, keepdims=True)
    told = reliability(boasting, labels)
    assert told.error > 3 * told.by_chance_high
    assert all(one.right < one.confidence for one in told.bins if one.n > 50)


def test_calibration_error_by_hand() -> None:
    told = reliability(np.array([[0.9, 0.1, 0.0], [0.0, 0.9, 0.1], [0.2, 0.6, 0.2]]), np.array([0, 0, 1]))
    # 0.9 said twice and right once; 0.6 said once and right: (|1.8 − 1| + |0.6 − 1|) / 3.
    assert told.error == pytest.approx(0.4)
    assert [(one.low, one.high, one.n, one.right) for one in told.bins] == [
        (0.5, 0.6, 1, 1.0),
        (0.8, 0.9, 2, 0.5),
    ]


def test_no_score_warns_of_what_is_not_there() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = scores(np.zeros((3, 3), dtype=np.int64))
    assert np.isnan(found.accuracy)
    assert np.isnan(found.macro_f1)
