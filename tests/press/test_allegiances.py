"""Planted allegiances: outlets that follow one factor, with exceptions, and nothing else of the press moves."""

from __future__ import annotations

import pytest

from masthead import press
from masthead.study import parse_study
from masthead.validation.presses import allegiances as grading_allegiances
from masthead.validation.presses.allegiances import AllegianceGrade


def test_loyal_outlets_lean_as_the_factor_says_but_for_their_exceptions() -> None:
    made, truth = press.planted_allegiances(7, articles=300)
    planted = made.plan.allegiances
    assert planted is not None
    means = {(r["outlet"], r["subject"]): r["mean"] for r in truth.portrayal.to_pylist()}
    loyal = [o for o, loyalty in enumerate(planted.loyalty) if loyalty]
    assert len(loyal) == 4
    assert 0 not in loyal
    turned = 0
    for outlet, loyalty in enumerate(planted.loyalty):
        for role, side in enumerate(planted.factor):
            mean = means[made.outlets[outlet], made.subjects[role]]
            turned += mean * loyalty * side < 0
            assert abs(mean) == pytest.approx(0.85 * abs(loyalty), abs=1e-3)
    assert turned == len(planted.exceptions) == 8
    told = truth.loyalties.to_pylist()
    assert [row["loyalty"] for row in told] == list(planted.loyalty)
    assert sum(len(row["exceptions"]) for row in told) == 8


def test_the_factors_split_the_subjects_as_they_say() -> None:
    planted = press.planted_allegiances(8, articles=50)[0].plan.allegiances
    assert planted is not None
    assert all(sum(values) == 0 for values in planted.factors.values())
    assert sum(a != b for a, b in zip(planted.factor, planted.kindred_factor, strict=True)) == 4


def test_the_study_of_the_press_holds_its_factors() -> None:
    import tomllib

    made, _ = press.planted_allegiances(9, articles=50)
    study = parse_study(tomllib.loads(made.study("press.archive")))
    assert [factor.id for factor in study.factors] == ["followed", "kindred", "unrelated"]
    assert "[[factor]]" not in press.null_press(9, 50)[0].study("press.archive")


def test_more_false_explanations_than_promised_are_seen() -> None:
    assert not AllegianceGrade("null", free=100, false=9).is_broken()
    assert AllegianceGrade("null", free=100, false=10).is_broken()
    assert set(grading_allegiances.PLANTS) == {"allegiance", "null"}
