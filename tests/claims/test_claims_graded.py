"""Verdicts on claims about presses whose shares are known: wrong ones are counted as wrong."""

from __future__ import annotations

from typing import Any

import pytest

from masthead.study.claim import Claim
from masthead.validation.presses import claims as grading_claims
from masthead.validation.presses import never as grading_never
from masthead.validation.presses.claims import grade_claims
from masthead.validation.presses.never import MARGIN, Against


@pytest.mark.parametrize(
    ("expect", "margin", "difference", "verdict", "wrong"),
    [
        ("more", 0.1, 0.2, "supported", False),
        ("more", 0.1, 0.1, "supported", True),
        ("more", 0.1, 0.2, "contradicted", True),
        ("less", 0.1, 0.2, "contradicted", False),
        ("less", 0.1, -0.2, "contradicted", True),
        ("changed", 0.0, 0.0, "supported", True),
        ("changed", 0.0, 0.0, "not enough evidence", False),
        ("unchanged", 0.2, 0.0, "supported", False),
        ("unchanged", 0.2, 0.0, "contradicted", True),
    ],
)
def test_a_verdict_against_the_truth_is_wrong(
    expect: str, margin: float, difference: float, verdict: str, wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    over_time = expect in ("changed", "unchanged")
    told: dict[str, Any] = {"id": "c", "text": "t", "measure": "naming", "subject": "verrin"}
    told |= {"category": "regime", "outlet": "halyard", "expect": expect, "margin": margin}
    claim = Claim(**told, versus="before 2020-07-01" if over_time else "free-shore")
    row = {"verdict": verdict, "n_units": 60, "n_units_versus": 20}
    monkeypatch.setattr(grading_claims, "_claims", lambda truth, seed: iter([(claim, difference)]))
    monkeypatch.setattr(grading_claims, "never_claims", lambda truth, seed: iter(()))
    monkeypatch.setattr(grading_claims, "_verdicts", lambda study, archive: [row])
    grade = grade_claims("null", presses=1, articles=20)
    assert grade.wrong.total() == wrong
    assert grade.verdicts.total() == 1
    assert grade.is_broken() is wrong
    clearly = expect == "unchanged" or (expect == "less" and difference > 0)
    assert grade.clear == ({15: 1} if clearly else {})


@pytest.mark.parametrize(
    ("against", "n", "verdict", "wrong"),
    [
        (0, 50, "contradicted", True),
        (1, 50, "contradicted", False),
        (1, 50, "not enough evidence", False),
        (1, 50, "supported", False),
        (11, 50, "supported", True),
        (0, 50, "supported", False),
    ],
)
def test_never_is_wrong_where_nothing_or_too_much_speaks_against_it(
    against: int, n: int, verdict: str, wrong: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: dict[str, Any] = {"id": "c", "text": "t", "measure": "attention", "subject": "verrin"}
    claim = Claim(**told, outlet="halyard", expect="never", margin=MARGIN)
    row = {"verdict": verdict, "n_units": n, "n_units_versus": None}
    monkeypatch.setattr(grading_claims, "_claims", lambda truth, seed: iter(()))
    monkeypatch.setattr(
        grading_claims, "never_claims", lambda truth, seed: iter([(claim, Against(n, against))])
    )
    monkeypatch.setattr(grading_claims, "_verdicts", lambda study, archive: [row])
    grade = grade_claims("null", presses=1, articles=20)
    assert (grade.verdicts["never"], grade.wrong["never"]) == (1, wrong)
    assert grade.against["never"] == (against > 0)
    assert grade.contradictions["never"] == (against > 0 and verdict == "contradicted")


def test_what_cannot_be_tested_is_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grading_claims, "_CLAIMS", 3)
    monkeypatch.setattr(grading_never, "_CLAIMS", 2)
    untestable = [{"verdict": "untestable"}] * 5
    monkeypatch.setattr(grading_claims, "_verdicts", lambda study, archive: untestable)
    assert grade_claims("naming", presses=1, articles=200).as_dict()["expect"] == []


def test_few_verdicts_are_wrong() -> None:
    grade = grade_claims("naming", presses=1, articles=250, seed=41)
    assert grade.verdicts.total() > 100
    assert not grade.is_broken()
    assert grade.against["never"] > 10
    assert grade.contradictions["never"] >= 0.9 * grade.against["never"]
