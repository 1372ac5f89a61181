"""Balance: the frustration index is the least there is, and chance is what it is set against."""

from __future__ import annotations

import json
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.inference.alignment import balance


def by_hand(ties: np.ndarray) -> int:
    """The least number of ties to turn, over all camps of rows and columns."""
    camps = product((-1, 1), repeat=sum(ties.shape))
    rows = ties.shape[0]
    return int(
        min(((ties != 0) & (ties != np.outer(c[:rows], c[rows:]))).sum() for c in map(np.array, camps))
    )


def test_two_camps_are_balanced_and_found() -> None:
    ties = np.outer([1, 1, -1, -1, 1], [1, -1, -1, 1, 1, -1]).astype(float)
    found = balance(ties)
    assert found is not None
    assert (found.frustration, found.balanced, found.exact, found.cycles) == (0, 1.0, True, 150)
    assert found.p < 0.02
    assert found.p_balanced < 0.02
    assert found.expected > 4
    assert (np.outer(found.rows, found.columns) == ties).all()
    ties[0, 0] = -ties[0, 0]
    again = balance(ties)
    assert again is not None
    assert again.frustration == 1


def test_where_all_blame_all_there_is_nothing_to_see() -> None:
    found = balance(-np.ones((4, 5)))
    assert found is not None
    assert (found.frustration, found.balanced, found.p, found.p_balanced) == (0, 1.0, 1.0, 1.0)


@pytest.mark.parametrize("ties", [np.zeros((3, 4)), np.eye(4), np.array([[1.0, -1.0, 1.0]])])
def test_without_a_cycle_nothing_is_said(ties: np.ndarray) -> None:
    assert balance(ties) is None


@settings(max_examples=10, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_frustration_is_the_least_there_is_whatever_the_order_of_subjects(seed: int) -> None:
    generator = np.random.default_rng(seed)
    ties = generator.choice([-1.0, 0.0, 1.0], (4, 5), p=[0.4, 0.2, 0.4])
    found = balance(ties)
    if found is None:
        return
    assert found.frustration == by_hand(ties)
    camps = np.outer(found.rows, found.columns)
    assert ((ties != 0) & (ties != camps)).sum() == found.frustration
    columns = generator.permutation(5)
    moved = balance(ties[:, columns])
    assert moved is not None
    for name in ("frustration", "expected", "p", "cycles", "balanced", "balanced_expected", "p_balanced"):
        assert getattr(moved, name) == pytest.approx(getattr(found, name), abs=1e-9)


def test_a_large_graph_is_searched() -> None:
    generator = np.random.default_rng(2)
    ties = np.outer(generator.choice([-1.0, 1.0], 14), generator.choice([-1.0, 1.0], 13))
    ties[generator.random(ties.shape) < 0.4] = 0.0
    ties[0] *= -1.0
    ties[1, :2] *= -1.0
    found = balance(ties)
    assert found is not None
    assert not found.exact
    assert found.frustration <= 2


def test_what_is_found_in_many_outlets_and_subjects_can_be_kept() -> None:
    """Where all camps are too many to try, what is found is told in plain numbers all the same."""
    generator = np.random.default_rng(3)
    ties = np.outer(generator.choice([-1.0, 1.0], 15), generator.choice([-1.0, 1.0], 14))
    for turned in (0, 1):
        ties[0, :turned] *= -1
        found = balance(ties)
        assert found is not None
        assert found.frustration == turned
        assert found.exact is (turned == 0)
        json.dumps({name: value for name, value in vars(found).items() if name not in ("rows", "columns")})
