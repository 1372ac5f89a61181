"""Axes: as many as were planted, places in the order that was planted, none where outlets differ by tone alone."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.inference.alignment import Axes, axes


def made(planted: int, seed: int = 4, outlets: int = 9, subjects: int = 8) -> tuple[Axes, np.ndarray]:
    generator = np.random.default_rng(seed)
    sides = generator.normal(0, 1, (outlets, planted))
    truth = sides @ generator.normal(0, 0.3, (planted, subjects))
    errors = generator.choice([0.03, 0.06, 0.12], truth.shape)
    tone = generator.normal(0, 0.3, (outlets, 1)) + generator.normal(0, 0.3, subjects)
    values = tone + truth + errors * generator.standard_normal(truth.shape)
    found = axes(values, errors, np.round(1 / errors))
    assert found is not None
    return found, sides


@pytest.mark.parametrize("planted", [0, 1, 2])
def test_as_many_axes_are_found_as_were_planted(planted: int) -> None:
    found, sides = made(planted)
    assert found.n == planted
    if planted == 1:
        assert abs(np.corrcoef(found.outlets[:, 0], sides[:, 0])[0, 1]) > 0.95
    assert ((found.outlets_low <= found.outlets) & (found.outlets <= found.outlets_high))[
        :, : max(planted, 1)
    ].all()
    assert np.nanmax(np.abs(found.subjects)) <= 1 + 1e-9


def test_the_order_of_outlets_and_subjects_does_not_matter() -> None:
    generator = np.random.default_rng(8)
    values = np.outer(generator.normal(0, 1, 6), generator.normal(0, 0.3, 7)) + generator.normal(
        0, 0.05, (6, 7)
    )
    values[generator.random(values.shape) < 0.15] = np.nan
    errors, sizes = (
        generator.uniform(0.02, 0.1, values.shape),
        generator.integers(2, 90, values.shape).astype(float),
    )
    rows, columns = generator.permutation(6), generator.permutation(7)
    at = np.ix_(rows, columns)
    one, two = axes(values, errors, sizes), axes(values[at], errors[at], sizes[at])
    assert one is not None
    assert two is not None
    assert (one.n, one.p) == (two.n, two.p)
    assert np.allclose(one.outlets[rows], two.outlets, atol=1e-9, equal_nan=True)
    assert np.allclose(one.outlets_low[rows], two.outlets_low, atol=1e-9, equal_nan=True)
    assert np.allclose(one.subjects[columns], two.subjects, atol=1e-9, equal_nan=True)
    assert np.allclose(one.with_axes[at], two.with_axes, atol=1e-9, equal_nan=True)


def test_a_cell_that_is_out_of_line_is_not_fitted() -> None:
    places, weights = np.linspace(-1, 1, 8), np.array([1.0, 0.7, 0.4, 0.1, -0.3, -0.6, -1.0])
    values = 0.4 * np.outer(places, weights)
    values += np.random.default_rng(6).normal(0, 0.05, values.shape)
    values[7, 0] = -0.4
    found = axes(values, np.full(values.shape, 0.05), np.full(values.shape, 50.0))
    assert found is not None
    off = np.abs(values - found.with_axes)
    assert off.argmax() == 7 * 7
    assert off.max() > 0.2


def test_too_few_cells_have_no_axes() -> None:
    values = np.full((4, 4), np.nan)
    values[:2] = 0.1
    assert axes(values, np.full((4, 4), 0.1), np.ones((4, 4))) is None


def test_an_outlet_with_too_few_cells_has_no_place() -> None:
    generator = np.random.default_rng(1)
    values = generator.normal(0, 0.3, (5, 5))
    values[4, 1:] = np.nan
    found = axes(values, np.full((5, 5), 0.05), np.ones((5, 5)))
    assert found is not None
    assert np.isnan(found.outlets[4]).all()
    assert np.isnan(found.with_axes[4]).all()
    assert not np.isnan(found.outlets[:4, 0]).any()
