"""Calibrated figures: what they are made of, how often they hold, and what other packages say of the same codings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest

from masthead.engines import collect
from masthead.engines import duckdb as duckdb_engine
from masthead.errors import UsageError
from masthead.inference import sums
from masthead.inference.calibration import (
    Cell,
    Codings,
    calibrate,
    calibrate_many,
    calibrated_family,
    difference,
    pseudo_units,
)
from masthead.inference.calibration.cells import ArticleSums
from masthead.inference.intervals import Array, Sums, family_of
from masthead.validation.draws.calibration import QUICK, coverage, is_broken
from masthead.validation.draws.coded_cells import Kind, draw_cells

ONES = np.ones(400)
ALPHA = np.array([0.05])


def oracle_cell() -> Cell:
    """One unit in each of 400 articles, a hundred of them coded: a design that other packages have too."""
    i = np.arange(400)
    value = ((i * 7) % 10 < 4) * 1.0
    reading = np.where((i * 3) % 11 < 2, 1 - value, value) * 0.8 + 0.1 + ((i * 13) % 7) / 70 - 0.05
    return Cell(i, reading, ONES, ONES / 4, (i * 29) % 4 == 1, value, ONES, i * 7919 % 1009 % 5)


def drawn_cell(figure: str = "signed mean", articles: int = 200, codings: int = 100, seed: int = 1) -> Cell:
    kind = Kind(figure, "geometric", articles, 0.3, 0.4, 0.77, False)
    return draw_cells(np.random.default_rng(seed), kind, 1).units_with_codings(codings)


def units_of(cell: Cell, rows: Array) -> Cell:
    return Cell(**{name: None if column is None else column[rows] for name, column in vars(cell).items()})


@pytest.mark.parametrize(
    ("used", "estimate", "low", "high"),
    [
        (0.0, 0.4, 0.30398177, 0.49601823),
        (0.3, 0.39264286, 0.30858417, 0.47670155),
        (0.6, 0.38528571, 0.30549961, 0.46507181),
    ],
)
def test_at_a_fixed_tuning_it_is_prediction_powered_inference(
    used: float, estimate: float, low: float, high: float
) -> None:
    """ppi-python 0.2.3: ppi_mean_pointestimate and ppi_mean_ci(y[coded], f[coded], f[~coded], lam=used)."""
    cell = oracle_cell()
    articles = ArticleSums.of(cell, np.zeros(400, np.int64), 1)
    # Its mean of readings is of what is not coded, ours of all: λ counts there 1 − π times as much.
    moments = articles.sums(np.full(400, used / 0.75))
    assert moments.ratio[0] == pytest.approx(estimate, abs=1e-8)
    error = np.sqrt(moments.squared_error[0]) / moments.wy[0]
    assert error == pytest.approx((high - low) / 2 / 1.959964, rel=0.01)


def test_the_tuned_figure_is_close_to_those_of_other_packages() -> None:
    """ppi-python 0.2.3 with lam=None: 0.385451; glide-py 0.11.0, PPIMeanEstimator: 0.385304, standard error 0.040897.

    They tune on all codings at once, here each fold of articles on the other four.
    """
    figure = calibrate(oracle_cell(), signed=False)
    assert figure.estimate == pytest.approx(0.3854, abs=0.003)
    assert figure.std_error == pytest.approx(0.040897, rel=0.03)
    assert figure.rho == pytest.approx(0.6422589248676703, abs=1e-9)
    assert figure.n_coded == 100
    assert 130 < figure.worth < 160  # glide-py: an effective sample size of 144


@pytest.mark.parametrize("signed", [True, False])
def test_coding_alone_is_the_interval_that_any_measure_would_have(signed: bool) -> None:
    cell = drawn_cell("signed mean" if signed else "share")
    at = cell.is_coded
    _, article = np.unique(cell.article[at], return_inverse=True)
    x, y = (np.bincount(article, each[at]) for each in (cell.value_x, cell.value_y))
    family = family_of(Sums.of_clusters(x[:, None], y[:, None], axis=0), signed)
    low, high = family.bounds(ALPHA)
    alone = calibrate(cell, signed=signed).coding_alone
    assert (alone.estimate, alone.conf_low, alone.conf_high) == pytest.approx(
        (family.value[0], low[0], high[0]), abs=1e-12
    )


def test_where_all_is_coded_the_reader_says_nothing() -> None:
    cell = drawn_cell(codings=10**6)
    assert cell.is_coded.all()
    figure = calibrate(cell, signed=True)
    assert figure.estimate == pytest.approx(cell.value_x.mean(), abs=1e-12)
    assert figure.conf_low == pytest.approx(figure.coding_alone.conf_low, abs=1e-12)


def test_a_shifted_and_stretched_reading_says_the_same() -> None:
    cell = oracle_cell()
    other = replace(cell, reading_x=0.3 + 0.5 * cell.reading_x)
    figures = [calibrate(each, signed=False) for each in (cell, other)]
    assert figures[0].rho == pytest.approx(figures[1].rho, abs=1e-12)
    # λ may not be above 1, which a stretched reading would need.
    assert figures[1].tuning == 1.0


def test_a_reading_that_says_the_contrary_is_not_used() -> None:
    cell = oracle_cell()
    figure = calibrate(replace(cell, reading_x=1 - cell.reading_x), signed=False)
    assert figure.rho < -0.6
    assert figure.tuning == 0.0
    assert figure.conf_low == figure.coding_alone.conf_low


@pytest.mark.parametrize("signed", [True, False])
@pytest.mark.parametrize("value", [0.0, 1.0])
def test_codings_that_are_all_alike_give_the_interval_of_coding_alone(signed: bool, value: float) -> None:
    figure = calibrate(replace(oracle_cell(), value_x=np.full(400, value)), signed=signed)
    assert figure.estimate == value
    assert figure.conf_low <= value <= figure.conf_high
    assert figure.conf_low == figure.coding_alone.conf_low < figure.conf_high
    assert figure.worth == figure.n_coded == 100
    assert np.isnan(figure.rho)


@pytest.mark.parametrize("signed", [True, False])
def test_nothing_coded_gives_no_figure_and_one_article_the_whole_range(signed: bool) -> None:
    cell = oracle_cell()
    nothing = calibrate(replace(cell, is_coded=np.zeros(400, np.bool_)), signed=signed)
    assert np.isnan(nothing.estimate)
    assert np.isnan(nothing.conf_low)
    assert nothing.n_coded == 0
    one = calibrate(
        replace(cell, article=np.zeros(400, np.int64), fold=np.zeros(400, np.int64)), signed=signed
    )
    assert (one.conf_low, one.conf_high) == (-1.0 if signed else 0.0, 1.0)
    empty = calibrate(units_of(cell, np.zeros(0, np.int64)), signed=signed)
    assert np.isnan(empty.estimate)


def test_too_few_on_the_rarer_side_do_not_tell_how_good_a_reading_is() -> None:
    cell = oracle_cell()
    rare = np.zeros(400)
    rare[np.flatnonzero(cell.is_coded)[:4]] = 1.0
    figure = calibrate(replace(cell, value_x=rare, reading_x=rare), signed=False)
    assert figure.tuning == 0.0
    assert figure.worth == 100


def test_a_reader_that_misses_is_corrected_in_numerator_and_denominator() -> None:
    """Labels: half of all mentions have one, and the reader sees half of these."""
    i = np.arange(4000)
    named, hit = i % 2 == 0, i % 8 == 0
    seen = named & (i % 3 != 0)
    coded = (i * 37) % 20 == 3
    assert coded.sum() == 200
    cell = Cell(
        i, (seen & hit) * 1.0, seen * 1.0, np.full(4000, 0.05), coded, (named & hit) * 1.0, named * 1.0, i % 5
    )
    # The codes fall on odd mentions alone, which nobody names: then nothing can be said.
    assert np.isnan(calibrate(cell, signed=False).estimate)
    rng = np.random.default_rng(4)
    estimates = []
    for _ in range(60):
        coded = np.zeros(4000, np.bool_)
        coded[rng.permutation(4000)[:200]] = True
        estimates.append(calibrate(replace(cell, is_coded=coded), signed=False).estimate)
    assert np.mean(estimates) == pytest.approx(0.25, abs=0.012)


def test_what_is_known_without_coding_counts_and_is_no_coding() -> None:
    i = np.arange(1000)
    known = i >= 400
    hit = (i * 7) % 10 < 8
    cell = Cell(
        i, np.ones(1000), np.ones(1000), np.where(known, 1.0, 0.25), (i % 4 == 1) & ~known,
        np.where(known, 0.0, hit), np.ones(1000), i % 5, known,
    )  # fmt: skip
    figure = calibrate(cell, signed=False)
    assert figure.n_coded == 100
    assert figure.estimate == pytest.approx(0.4 * hit[cell.is_coded].mean(), abs=1e-9)
    assert figure.conf_low < 0.32 < figure.conf_high


@pytest.mark.parametrize("signed", [True, False])
def test_pseudo_units_sum_to_the_figure_on_the_engine(signed: bool) -> None:
    cell = drawn_cell("signed mean" if signed else "share")
    units = pseudo_units(cell)

    def summed(x: Array, y: Array, w: Array) -> Sums:
        table = pa.table({"cell": ["a"] * len(x), "cluster": units.article, "x": x, "y": y, "w": w})
        return Sums.of(collect(sums(duckdb_engine.from_arrow(table), ["cell"])))

    moments = summed(units.x, units.y, np.ones(len(units.x)))
    codings = Codings(
        np.array([units.codings.sum()]), summed(units.coded_x, units.coded_y, units.coded_weight)
    )
    family = calibrated_family(moments, codings, signed)
    low, high = family.bounds(ALPHA)
    figure = calibrate(cell, signed=signed)
    assert (family.value[0], low[0], high[0]) == pytest.approx(
        (figure.estimate, figure.conf_low, figure.conf_high), abs=1e-4
    )


def test_many_cells_at_once_are_what_each_is_alone() -> None:
    cells = [drawn_cell(seed=seed, articles=60 + seed) for seed in range(4)]
    together = calibrate_many(cells, signed=True)
    low, high = together.family.bounds(np.full(4, 0.05))
    for at, cell in enumerate(cells):
        alone = calibrate(cell, signed=True)
        row = (together.family.value[at], low[at], high[at], together.rho[at], together.worth[at])
        assert row == pytest.approx((alone.estimate, alone.conf_low, alone.conf_high, alone.rho, alone.worth))


def test_a_figure_hangs_neither_on_the_order_of_units_nor_on_the_numbers_of_articles() -> None:
    cell = drawn_cell()
    order = np.random.default_rng(5).permutation(len(cell.article))
    shuffled = units_of(replace(cell, article=cell.article * 17 + 3), order)
    a, b = calibrate(cell, signed=True), calibrate(shuffled, signed=True)
    assert (a.estimate, a.conf_low, a.worth) == pytest.approx((b.estimate, b.conf_low, b.worth), abs=1e-12)


def test_the_difference_is_zero_of_equals_and_p_agrees_with_the_interval() -> None:
    cells = [drawn_cell(seed=seed) for seed in (1, 2)]
    nothing = difference(cells[0], cells[0], signed=True)
    assert nothing.value[0] == 0.0
    assert nothing.p(0.0)[0] == 1.0
    apart = difference(cells[0], replace(cells[1], value_x=-np.ones(len(cells[1].article))), signed=True)
    (low,), _ = apart.bounds(ALPHA)
    assert (apart.p(0.0)[0] < 0.05) == (low > 0)


def test_chances_that_are_none_and_columns_that_do_not_fit_are_refused() -> None:
    cell = oracle_cell()
    with pytest.raises(UsageError, match="chance"):
        replace(cell, chance=np.zeros(400))
    with pytest.raises(UsageError, match="columns of 399 and 400 units"):
        replace(cell, fold=cell.fold[1:])


def test_the_promise_holds_where_other_ways_fail() -> None:
    rows = coverage(draws=100, seed=3, grid=QUICK)
    assert not is_broken(rows)
    assert min(row.z for row in rows) < 0.7
    assert min(row.ppi for row in rows) < 0.85
    assert max(row.ppi_width for row in rows) > 1.3
    assert min(row.model for row in rows) == 0.0


def negated(cell: Cell) -> Cell:
    return replace(cell, value_x=-cell.value_x, reading_x=-cell.reading_x)


def contrary(cell: Cell) -> Cell:
    return replace(cell, value_x=cell.value_y - cell.value_x, reading_x=cell.reading_y - cell.reading_x)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_turned_round_has_the_interval_turned_round(seed: int) -> None:
    cell = drawn_cell(seed=seed, articles=40 + 40 * seed, codings=50)
    a, b = calibrate(cell, signed=True), calibrate(negated(cell), signed=True)
    assert (a.estimate, a.conf_low, a.worth) == pytest.approx((-b.estimate, -b.conf_high, b.worth), abs=1e-12)
    cell = drawn_cell("share", seed=seed, articles=40 + 40 * seed, codings=50)
    a, b = calibrate(cell, signed=False), calibrate(contrary(cell), signed=False)
    assert (a.estimate, a.conf_low, a.worth) == pytest.approx(
        (1 - b.estimate, 1 - b.conf_high, b.worth), abs=1e-9
    )


@pytest.mark.parametrize("figure", ["share", "signed mean", "naming", "attention"])
def test_intervals_hold_their_figure_stay_in_range_and_widen_with_their_level(figure: str) -> None:
    signed = figure == "signed mean"
    least = -1.0 if signed else 0.0
    for seed in range(8):
        cell = drawn_cell(figure, articles=30 + 50 * seed, codings=20 + 20 * seed, seed=seed)
        narrow, wide = (calibrate(cell, signed=signed, level=level) for level in (0.8, 0.99))
        assert least <= wide.conf_low <= narrow.conf_low <= narrow.estimate
        assert narrow.estimate <= narrow.conf_high <= wide.conf_high <= 1.0


def test_what_coders_cannot_tell_counts_nowhere() -> None:
    """A code that adds nothing to numerator or denominator, as of `?`, is no coding of the figure."""
    cell = drawn_cell(codings=100)
    blank = np.flatnonzero(cell.is_coded)[::4]
    value_x, value_y = cell.value_x.copy(), cell.value_y.copy()
    value_x[blank], value_y[blank] = 0.0, 0.0
    figure = calibrate(replace(cell, value_x=value_x, value_y=value_y), signed=True)
    assert figure.n_coded == 75
    told = np.setdiff1d(np.flatnonzero(cell.is_coded), blank)
    assert figure.coding_alone.estimate == pytest.approx(cell.value_x[told].mean(), abs=1e-12)
