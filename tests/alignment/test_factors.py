"""Factors in a study file: plain and dated values, and the one clear sentence for what is none."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from masthead.errors import StudyError
from masthead.questions.alignment.factor_limits import factor_limits
from masthead.study import Study
from masthead.study.factor import Factor
from tests.alignment.drawn import study_of

TURN = dt.date(2031, 5, 1)
DATED = [{"value": -1}, {"from": TURN, "value": 1}]


def with_factors(*factors: dict[str, Any], subjects: int = 9, **more: Any) -> Study:
    return study_of([f"s{i}" for i in range(subjects)], ["gull", "tern"], factor=list(factors), **more)


def test_a_value_is_a_number_or_a_list_of_dated_ones() -> None:
    (factor,) = with_factors({"id": "close-to-x", "values": {"s0": 1, "s1": DATED, "s2": 0.5}}).factors
    assert (factor.title, factor.is_dated) == ("close to x", True)
    assert factor.stretches("s0") == [(1.0, None, None)]
    assert factor.stretches("s1") == [(-1.0, None, TURN - dt.timedelta(days=1)), (1.0, TURN, None)]
    assert factor.stretches("s8") == []
    same = Factor.model_validate({"id": "f", "values": {"s0": [{"value": 1}, {"from": TURN, "value": 1}]}})
    assert not same.is_dated


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"nobody": 1}, "'nobody', which is no subject"),
        ({"s0": []}, "an empty list"),
        ({"s0": [{"value": 1}, {"value": 2}]}, "does not say since when"),
        ({"s0": [{"value": 1, "from": TURN}, {"value": 2, "from": "2031-04-01"}]}, "not in order of time"),
        ({"s0": float("inf")}, "no finite number"),
        ({"s0": True}, "the value of 's0' is true"),
        ({"s0": 1e300}, "too large"),
        ({"s0": [{"value": 1, "since": TURN}]}, "unknown key"),
        ({}, "values"),
    ],
)
def test_what_is_no_factor_is_refused_in_one_sentence(values: dict[str, Any], says: str) -> None:
    with pytest.raises(StudyError, match=says.replace("(", r"\(")):
        with_factors({"id": "f", "values": values})


def test_factors_change_no_figure() -> None:
    plain, factored = with_factors(), with_factors({"id": "f", "values": {"s0": 1, "s1": -1}})
    assert plain.hash == factored.hash


def test_what_so_few_subjects_can_show_is_said_beforehand() -> None:
    half = {f"s{i}": 1 if i < 3 else -1 for i in range(9)}
    told = factor_limits(
        with_factors(
            {"id": "split", "values": half},
            {"id": "few", "values": dict(list(half.items())[:6])},
            {"id": "flat", "values": dict.fromkeys(half, 2)},
            {"id": "tiny", "values": {"s0": 1, "s1": -1}},
            {"id": "twin", "values": {**half, "s3": 1}},
            {"id": "turns", "values": {**half, "s1": DATED}},
        )
    )
    assert "split: 9 subjects (3 at 1, 6 at −1) cannot give a p below 0.012" in told
    assert any(s.startswith("few: 6 subjects") and "no outlet can be shown to side by it" in s for s in told)
    assert "flat: all 9 subjects have the same value, so it explains nothing" in told
    assert "tiny: 2 subjects have a value, and at least 4 are needed; 7 more have no value" in told
    assert any("split and twin split their 9 common subjects nearly alike" in s for s in told)
    assert any(s.startswith("turns changes over time") for s in told)
    assert "the study names no factor" in factor_limits(with_factors())[0]
