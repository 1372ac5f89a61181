"""What explains an outlet: subjects left out, exact permutations, the best of several, a second that adds nothing."""

from __future__ import annotations

from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.inference.alignment import Stands, explain, set_apart
from masthead.inference.alignment.arranging import EXACT, arrangements, least_p
from masthead.inference.alignment.explaining import Explanation
from masthead.inference.alignment.fitting import slope, taken_off
from tests.alignment.drawn import stands

NINE = [1.0] * 3 + [-1.0] * 6
"""Nine subjects, split three to six."""

SHAKEN = [0.02, -0.03, 0.01, 0.03, -0.02, 0.0, -0.01, 0.02, -0.02, 0.01, -0.01, 0.03]


def of(found: list[Explanation], factor: str, beyond: str | None = None) -> Explanation:
    return next(one for one in found if (one.factor, one.beyond) == (factor, beyond))


def following(factor: list[float], by: float = 0.3) -> list[float]:
    """Portrayals that follow a factor of −1 and 1, and little else."""
    return [by * f + s for f, s in zip(factor, SHAKEN, strict=False)]


def test_nine_subjects_split_three_to_six_give_no_p_below_one_in_84() -> None:
    (one,) = explain(stands(following(NINE), f=NINE))
    assert (one.answer, one.n_subjects, one.split) == ("explains", 9, "3 at 1, 6 at −1")
    assert one.p == one.p_least == pytest.approx(1 / 84)
    assert one.permutations == 84
    assert one.slope == pytest.approx(0.6, abs=0.05)
    assert one.explained is not None
    assert one.explained > 0.9


def test_six_subjects_can_show_nothing_and_it_is_said() -> None:
    half = [1.0, 1.0, 1.0, -1.0, -1.0, -1.0]
    (one,) = explain(stands(following(half), f=half))
    assert one.p == one.p_least == pytest.approx(2 / 20)
    assert one.answer == "not enough evidence"
    assert "cannot give a p below 0.1, whatever is found" in one.reason


def test_rounding_gives_no_p_below_the_least(monkeypatch: pytest.MonkeyPatch) -> None:
    # The mirror image of what was observed fits as well; a step more or less in its weights must not make it worse.
    def rounded(y: Any, variance: Any, base: Any, values: Any) -> Any:
        exact = taken_off(y, variance, base, values)
        return exact if len(values) == 1 else exact - 1e-6 * (values[:, 0] > 0)

    monkeypatch.setattr("masthead.inference.alignment.explaining.taken_off", rounded)
    for factor in ([1.0, 1, 1, -1, -1, -1], [-1.0, -1, -1, 1, 1, 1]):
        (one,) = explain(stands(following(factor), side=factor))
        assert one.p == one.p_least == pytest.approx(0.1)
        assert one.answer != "explains"


def test_what_does_not_matter_is_not_said_to_explain() -> None:
    values = [0.3, -0.2, 0.1, -0.3, 0.25, -0.1, 0.2, -0.25, 0.0]
    (one,) = explain(stands(values, f=NINE))
    assert one.answer == "not enough evidence"
    assert one.p is not None
    assert one.p > 0.2


def test_a_factor_without_any_effect_is_shown_to_have_none_within_the_margin() -> None:
    half = [1.0, -1.0] * 6
    (one,) = explain(stands(SHAKEN, 0.01, f=half))
    assert one.answer == "does not explain"
    assert one.slope_low is not None
    assert one.slope_high is not None
    assert -one.margin <= one.slope_low <= one.slope_high <= one.margin


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ([1.0] * 9, "all 9 subjects have the same value, 1"),
        ([1.0] + [-1.0] * 8, "one subject alone differs"),
        ([1.0, -1.0, 1.0] + [None] * 6, "3 subjects have a value"),
        ([None] * 9, "no subjects have a value"),
    ],
)
def test_a_factor_that_cannot_be_tested_gets_a_sentence_and_no_number(
    values: list[float | None], says: str
) -> None:
    (one,) = explain(stands(following(NINE), f=values))
    assert one.answer == "not enough evidence"
    assert says in one.reason
    assert {one.slope, one.explained, one.p, one.p_best, one.p_least, one.permutations} == {None}


def test_a_second_factor_that_goes_with_the_first_adds_nothing_and_it_is_an_equivalence() -> None:
    opposes = [1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0, -1.0, -1.0]
    believes = [1.0, 1.0, 1.0, 1.0, -1.0, -1.0, 1.0, 1.0, -1.0, -1.0, -1.0, -1.0]
    found = explain(stands(following(opposes), 0.02, opposes=opposes, believes=believes))
    assert of(found, "opposes").answer == "explains"
    assert of(found, "believes").answer != "explains"
    second = of(found, "believes", "opposes")
    assert second.answer == "adds nothing"
    assert second.slope_low is not None
    assert second.slope_high is not None
    assert max(-second.slope_low, second.slope_high) < second.margin
    assert of(found, "opposes", "believes").answer == "adds"
    # Without a margin so wide, nothing is said to be nothing.
    narrow = explain(stands(following(opposes), 0.02, opposes=opposes, believes=believes), margin=0.01)
    assert of(narrow, "believes", "opposes").answer == "not enough evidence"


def test_factors_that_split_the_subjects_nearly_alike_are_inseparable() -> None:
    one = [1.0] * 5 + [-1.0] * 5
    other = [*one[:4], -1.0, *one[5:]]
    found = explain(stands(following(one), one=one, other=other, twin=one))
    assert of(found, "one").answer == "inseparable"
    assert set(of(found, "one").inseparable) == {"other", "twin"}
    assert of(found, "other", "one").answer == of(found, "twin", "one").answer == "inseparable"
    assert of(found, "twin", "one").slope is None


def test_the_best_of_several_factors_is_held_to_the_best_of_several() -> None:
    one = [1.0] * 4 + [-1.0] * 5
    others = {f"f{i}": list(np.roll(one, i + 2)) for i in range(4)}
    values = [0.3 * f + 8 * s for f, s in zip(one, SHAKEN, strict=False)]
    found = {e.factor: e for e in explain(stands(values, one=one, **others)) if e.beyond is None}
    assert found["one"].p is not None
    assert found["one"].p_best is not None
    assert found["one"].p_best > found["one"].p
    before = explain(stands(values, one=one, **others), named_before=True)
    assert of(before, "one").p_best == of(before, "one").p == found["one"].p


def test_a_subject_of_few_articles_weighs_less() -> None:
    values, half = following([1.0] * 5 + [-1.0] * 5), [1.0] * 5 + [-1.0] * 5
    values[0] = -0.9
    even = stands(values, 0.02, f=half)
    unsure = Stands(even.subjects, even.values, np.array([0.9, *[0.02] * 9]), even.factors)
    sure, doubted = (explain(one)[0] for one in (even, unsure))
    assert doubted.slope == pytest.approx(0.6, abs=0.05)
    assert sure.slope is not None
    assert sure.slope < 0.45
    assert doubted.answer == "explains"


def test_what_all_outlets_write_alike_does_not_set_one_apart() -> None:
    half = [1.0] * 5 + [-1.0] * 5
    here = stands(following(half), 0.02, f=half)
    beside = stands(SHAKEN[:10], 0.03, f=half)
    one = set_apart(explain(here)[0], beside, 0.95)
    assert one.answer == "explains"
    assert one.apart_low is not None
    assert one.apart_high is not None
    assert one.apart_low < 0 < one.apart_high
    assert "set against the other outlets" in one.reason


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000), subjects=st.integers(5, 9))
def test_the_order_and_the_names_of_subjects_do_not_matter(seed: int, subjects: int) -> None:
    generator = np.random.default_rng(seed)
    values, errors = generator.normal(0, 0.3, subjects), generator.uniform(0.02, 0.2, subjects)
    factors = {name: generator.choice([-1.0, 0.0, 1.0, np.nan], subjects) for name in "ab"}
    order = generator.permutation(subjects)
    one = explain(Stands(tuple("abcdefghi"[:subjects]), values, errors, factors))
    moved = {name: of[order] for name, of in factors.items()}
    two = explain(Stands(tuple("zyxwvutsr"[:subjects]), values[order], errors[order], moved))
    for a, b in zip(one, two, strict=True):
        assert (a.answer, a.split, a.permutations) == (b.answer, b.split, b.permutations)
        for name in ("slope", "slope_low", "explained", "explained_high", "p", "p_best", "p_least"):
            assert getattr(a, name) == pytest.approx(getattr(b, name), abs=1e-9, nan_ok=True)


@settings(max_examples=15, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_turning_a_factor_round_turns_its_slope_and_nothing_else(seed: int) -> None:
    generator = np.random.default_rng(seed)
    values, half = generator.normal(0, 0.3, 8).tolist(), [1.0, 1.0, 1.0, 0.0, 0.0, -1.0, -1.0, -1.0]
    (one,), (two,) = (explain(stands(values, f=[sign * v for v in half])) for sign in (1.0, -1.0))
    assert one.slope == pytest.approx(-(two.slope or 0.0), abs=1e-9)
    assert one.slope_low == pytest.approx(-(two.slope_high or 0.0), abs=1e-9)
    for name in ("explained", "explained_low", "p", "p_least", "answer"):
        assert getattr(one, name) == pytest.approx(getattr(two, name), abs=1e-9)


def test_subjects_are_really_left_out() -> None:
    generator = np.random.default_rng(3)
    y, f = generator.normal(0, 0.3, 8), np.array([1.0, 1, 1, 0, 0, 0, 0, 1])
    errors: list[tuple[float, float]] = []
    for left in range(8):
        rest = np.delete(np.arange(8), left)
        line = np.polynomial.polynomial.polyfit(f[rest], y[rest], 1)
        errors.append((y[left] - line[0] - line[1] * f[left], y[left] - y[rest].mean()))
    with_factor, alone = (np.square(one).sum() for one in zip(*errors, strict=True))
    share = taken_off(y, np.full(8, 1e-4), np.ones((8, 1)), f[None])[0]
    assert share == pytest.approx(1 - with_factor / alone, abs=1e-6)


def test_every_arrangement_is_there_once() -> None:
    values, strata = np.array([0.0, 0, 1, 1, 2, 0]), np.array([0.0, 0, 0, 1, 1, 1])
    made = arrangements(values)
    assert made.exact
    assert {*map(tuple, made.values)} == {*permutations(values)}
    assert len(made.values) == len({*map(tuple, made.values)}) == 60
    within = arrangements(values, strata).values
    assert {*map(tuple, within[:, :3])} == {*permutations(values[:3])}
    assert len(within) == 3 * 6
    many = arrangements(np.arange(9.0))
    assert not many.exact
    assert len(many.values) < EXACT


@pytest.mark.parametrize("strata", [None, [0, 0, 0, 0, 1, 1, 1, 1], [0, 0, 1, 1, 2, 2, 3, 3]])
@pytest.mark.parametrize(
    "values", [[1, 1, 0, 0, 1, 1, 0, 0], [1, 0, 0, 0, 1, 0, 1, 0], [0, 1, 2, 2, 1, 0, 0, 2]]
)
def test_no_data_give_less_than_the_least_p(values: list[float], strata: list[float] | None) -> None:
    f, groups = np.array(values, np.float64), None if strata is None else np.array(strata, np.float64)
    ways = arrangements(f, groups)
    base = np.ones((8, 1)) if groups is None else np.column_stack([np.ones(8), groups])
    y = f + np.random.default_rng(1).normal(0, 0.01, 8)
    shares = taken_off(y, np.full(8, 1e-3), base, ways.values)
    p = ways.p(shares, float(taken_off(y, np.full(8, 1e-3), base, f[None])[0]))
    assert p >= least_p(f, groups) - 1e-12


def test_the_interval_of_a_slope_is_the_plain_one_where_cells_are_alike() -> None:
    from scipy.stats import linregress, t

    generator = np.random.default_rng(5)
    f = np.array([0.0] * 6 + [1.0] * 6)
    y = 0.4 * f + generator.normal(0, 0.2, 12)
    plain = linregress(f, y)
    made = slope(y, np.full(12, 1e-6), np.ones((12, 1)), f, 0.95)
    assert made.value == pytest.approx(plain.slope, abs=1e-6)
    assert made.high - made.value == pytest.approx(t.ppf(0.975, 10) * plain.stderr, rel=1e-3)
