"""Krippendorff's α beside published figures and another package, and how often its interval holds."""

from __future__ import annotations

import numpy as np
import pytest

from masthead.errors import UsageError
from masthead.inference.agreement import alpha, by_value, pairwise
from masthead.inference.intervals import Array
from masthead.validation.draws.agreement import QUICK, coverage, is_broken

_ = np.nan
PUBLISHED = np.array(
    [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
        [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
    ]
).T
"""Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), C: four observers, twelve units."""


def three_coders() -> Array:
    i = np.arange(60)
    a = (i * 7) % 3 - 1.0
    b = np.where((i * 5) % 9 < 2, (i * 11) % 3 - 1.0, a)
    c = np.where((i * 3) % 7 < 2, (i * 13) % 3 - 1.0, a)
    c[i % 2 == 0] = np.nan
    return np.stack([a, b, c], axis=1)


def test_it_is_what_krippendorff_publishes() -> None:
    nominal, interval = alpha(PUBLISHED), alpha(PUBLISHED, metric="interval")
    assert round(nominal.alpha, 3) == 0.743
    assert round(interval.alpha, 3) == 0.849
    assert (nominal.n_units, nominal.n_codings, nominal.n_coders) == (11, 40, 4)


def test_it_is_what_another_package_computes() -> None:
    """krippendorff 0.9.0: alpha(codes.T, level_of_measurement=…), of three coders and of the first two."""
    codes = three_coders()
    assert alpha(codes).alpha == pytest.approx(0.8600187894242384, abs=1e-12)
    assert alpha(codes, metric="interval").alpha == pytest.approx(0.9249694266599525, abs=1e-12)
    pairs = dict(pairwise(codes, metric="interval"))
    assert pairs[0, 1].alpha == pytest.approx(0.9043737802778097, abs=1e-12)
    assert set(pairs) == {(0, 1), (0, 2), (1, 2)}


def test_coders_who_always_agree_leave_a_doubt_that_shrinks() -> None:
    few, many = (alpha(np.tile([[1.0, 1.0], [2.0, 2.0]], (n, 1))) for n in (15, 150))
    assert few.alpha == few.conf_high == many.alpha == 1.0
    assert few.conf_low < 0.8 < many.conf_low


@pytest.mark.parametrize("codes", [np.full((5, 2), np.nan), np.ones((5, 2)), np.array([[1.0, np.nan]] * 4)])
def test_without_a_difference_or_a_second_coder_nothing_can_be_said(codes: Array) -> None:
    agreement = alpha(codes)
    assert np.isnan(agreement.alpha)
    assert (agreement.conf_low, agreement.conf_high) == (-1.0, 1.0)


def test_a_value_is_held_against_all_others() -> None:
    values = dict(by_value(three_coders()))
    assert set(values) == {-1.0, 0.0, 1.0}
    codes = three_coders()
    is_zero = np.where(np.isnan(codes), np.nan, codes == 0)
    assert values[0.0].alpha == alpha(is_zero).alpha


def test_the_order_of_units_and_coders_and_the_names_of_values_say_nothing() -> None:
    codes = three_coders()
    order = np.random.default_rng(1).permutation(60)
    assert alpha(codes[order][:, ::-1]).alpha == pytest.approx(alpha(codes).alpha, abs=1e-12)
    assert alpha(-codes).conf_low == pytest.approx(alpha(codes).conf_low, abs=1e-9)
    assert alpha(3 * codes + 2, metric="interval").alpha == pytest.approx(
        alpha(codes, metric="interval").alpha
    )


def test_units_of_one_article_are_left_out_together() -> None:
    codes = np.repeat(three_coders(), 4, axis=0)
    apart, together = alpha(codes), alpha(codes, np.repeat(np.arange(60), 4))
    assert together.alpha == apart.alpha
    assert together.n_articles == 60
    assert together.conf_high - together.conf_low > 1.4 * (apart.conf_high - apart.conf_low)


def test_codes_that_are_no_table_are_refused() -> None:
    with pytest.raises(UsageError, match="units × coders"):
        alpha(np.ones(4))
    with pytest.raises(UsageError, match="units × coders"):
        alpha(np.ones((4, 2)), np.arange(3))


def test_the_promise_holds_where_the_bootstrap_fails() -> None:
    rows = coverage(draws=80, seed=2, grid=QUICK)
    assert not is_broken(rows)
    assert min(row.bootstrap for row in rows if row.kind.units == 30) < 0.6
