"""What more codings are said to do, beside what they do."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.inference.calibration import calibrate, calibrate_many
from masthead.inference.calibration.planning import (
    LEAST,
    Outlook,
    after,
    how_many,
    how_many_for,
    outlook,
    share_out,
)
from masthead.validation.draws.coded_cells import Kind, draw_cells


def drawn(figure: str, follows: float, articles: int = 500, seed: int = 1):  # type: ignore[no-untyped-def]
    kind = Kind(figure, "geometric", articles, 0.3, 0.4, follows, False)
    return draw_cells(np.random.default_rng(seed), kind, 1)


@pytest.mark.parametrize("figure", ["signed mean", "share", "naming"])
@pytest.mark.parametrize("follows", [0.0, 0.77])
def test_what_is_expected_of_more_codings_is_what_they_do(figure: str, follows: float) -> None:
    signed = figure == "signed mean"
    expected, real = [], []
    for seed in range(12):
        cells = drawn(figure, follows, seed=seed)
        figure_then = calibrate(cells.units_with_codings(200), signed=signed)
        expected.append(after(cells.units_with_codings(60), 140, signed=signed).half_width_then)
        real.append((figure_then.conf_high - figure_then.conf_low) / 2)
    assert np.mean(expected) == pytest.approx(np.mean(real), rel=0.15)


@pytest.mark.parametrize("figure", ["signed mean", "share"])
def test_the_codings_that_a_precision_takes_give_it(figure: str) -> None:
    signed = figure == "signed mean"
    halves = []
    for seed in range(12):
        cells = drawn(figure, 0.77, seed=seed)
        needed = how_many(outlook(cells.units_with_codings(40), signed=signed), 0.08 if signed else 0.06)
        assert needed is not None
        then = calibrate(cells.units_with_codings(needed), signed=signed)
        halves.append((then.conf_high - then.conf_low) / 2)
    assert np.mean(halves) == pytest.approx(0.08 if signed else 0.06, rel=0.15)


def test_before_anything_is_coded_what_is_usual_is_expected() -> None:
    known = outlook(drawn("signed mean", 0.77).units_with_codings(0), signed=True)
    assert known.n_coded == 0
    assert (known.spread, known.rho) == (0.5, 0.5)
    expected = after(drawn("signed mean", 0.77).units_with_codings(0), 100, signed=True)
    assert np.isnan(expected.half_width)
    assert 0.05 < expected.half_width_then < 0.25


def test_where_coding_all_would_not_do_no_number_is_given() -> None:
    small = Outlook(60, 20, 0.5, 0.5, 2.0, True)
    assert how_many(small, 0.02) is None
    assert how_many_for([small, small], 0.02) is None


def test_a_good_reader_saves_codings_and_the_least_stays() -> None:
    plain, helped = (how_many(Outlook(3000, 20, 0.5, rho, 1.2, True), 0.1) for rho in (0.0, 0.77))
    assert plain is not None
    assert helped is not None
    assert LEAST <= helped < 0.55 * plain


def test_codings_are_shared_out_where_they_narrow_the_claim_most() -> None:
    cells = [
        Outlook(2000, 20, spread, rho, 1.0, True) for spread, rho in ((0.6, 0.0), (0.6, 0.8), (0.1, 0.0))
    ]
    shares = share_out(cells, 300)
    assert sum(shares) == pytest.approx(300, abs=3)

    def variance(n: list[int]) -> float:
        return sum(cell.variance(k) for cell, k in zip(cells, n, strict=True))

    assert variance(shares) < variance([100, 100, 100])
    for a, b in ((0, 1), (1, 2), (2, 0)):
        moved = list(shares)
        moved[a] += 25
        moved[b] -= 25
        assert variance(moved) > variance(shares) - 1e-5
    assert share_out([Outlook(30, 20, 0.5, 0, 1, True), Outlook(900, 20, 0.5, 0, 1, True)], 200) == [30, 170]


def test_the_codings_of_a_claim_give_its_precision() -> None:
    cells = [drawn("signed mean", 0.77, seed=seed) for seed in (31, 32)]
    needed = how_many_for([outlook(each.units_with_codings(30), signed=True) for each in cells], 0.13)
    assert needed is not None
    figures = calibrate_many(
        [each.units_with_codings(n) for each, n in zip(cells, needed, strict=True)], signed=True
    )
    low, high = figures.family.bounds(np.full(2, 0.05))
    assert np.sqrt(np.sum(((high - low) / 2) ** 2)) == pytest.approx(0.13, rel=0.2)
