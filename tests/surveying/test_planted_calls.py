"""Planted changes and silences beside what a survey found: nothing is found that the findings do not hold."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pyarrow as pa
import pytest

from masthead import press
from masthead.demo.changes import changes_beside
from masthead.demo.silences import silences_beside
from masthead.findings.findings import Findings
from masthead.findings.schemas import CHANGES, ESTIMATES
from masthead.instruments.silence.silence_tables import CALLS
from masthead.press import Truth
from masthead.press.strait import outlets

OUTLETS = {"outlets": [{"id": outlet.id, "quotation_marks": True} for outlet in outlets.OUTLETS]}


@pytest.fixture(scope="module")
def truth() -> Truth:
    return press.bold_press(articles=60)[1]


def change(outlet: str, subject: str, date: dt.date, **other: Any) -> dict[str, Any]:
    """A row of a dated change of naming, a fortnight's interval around it."""
    row = dict.fromkeys(CHANGES.names)
    row |= {"measure": "naming", "outlet": outlet, "subject": subject, "voice": "all", "wire": "with"}
    row |= {"kind": "change", "date": date, "change": f"{outlet}/{subject}/{date}", "category": "x"}
    row |= {"date_low": date - dt.timedelta(7), "date_high": date + dt.timedelta(7)}
    return row | other


def of(*rows: dict[str, Any]) -> Findings:
    return Findings(changes=pa.Table.from_pylist(list(rows), CHANGES), about=dict(OUTLETS))


def test_what_the_findings_do_not_hold_is_not_found(truth: Truth) -> None:
    beside = changes_beside(of(), truth)
    assert len(beside.planted_changes) == 3
    assert [one.match for one in beside.planted_changes] == [None] * 3
    assert not beside.with_a_day
    assert not beside.not_planted
    assert not any(one.inside for one in beside.planted_changes)


def test_a_found_change_stands_beside_the_planted_one_as_far_off_as_it_is(truth: Truth) -> None:
    planted = truth.changes.to_pylist()[0]
    found = change(planted["outlet"], planted["subject"], planted["date"] + dt.timedelta(9))
    beside = changes_beside(of(found, found | {"category": "y"}), truth)
    (one,) = beside.with_a_day
    assert (one.outlet, one.days_off, one.inside) == (planted["outlet"], 9, False)
    assert not beside.not_planted
    wider = found | {"date_low": planted["date"]}
    assert changes_beside(of(wider), truth).with_a_day[0].inside


def test_a_slow_change_has_no_day_and_is_no_day_found(truth: Truth) -> None:
    planted = truth.changes.to_pylist()[0]
    slow = change(planted["outlet"], planted["subject"], planted["date"], kind="drift")
    beside = changes_beside(of(slow), truth)
    assert not beside.with_a_day
    assert [one.match is not None for one in beside.planted_changes].count(True) == 1
    # Of two, the one with a day is what a reader would take for it; the other is nobody's.
    late = change(planted["outlet"], planted["subject"], planted["date"] + dt.timedelta(300))
    beside = changes_beside(of(slow, late), truth)
    assert [one.days_off for one in beside.with_a_day] == [300]
    assert [one.kind for one in beside.not_planted] == ["drift"]


def test_false_alarms_are_told_and_the_worlds_own_day_is_none(truth: Truth) -> None:
    day = dt.date(2020, 5, 5)
    false = change("halyard", "masck", day, measure="attention")
    world = change("halyard", truth.events["subject"][0].as_py(), day, measure="attention")
    quoted = change("halyard", "teveth", day, voice="quoted")
    beside = changes_beside(of(false, world, quoted), truth)
    assert [(one.measure, one.subject) for one in beside.not_planted] == [("attention", "masck")]
    assert len(beside.of_the_world) == 1
    plain = beside.as_dict()
    assert plain["not_planted"][0]["date"] == "2020-05-05"


def silence(outlet: str, subject: str, call: str | None, **other: Any) -> dict[str, Any]:
    row = dict.fromkeys(ESTIMATES.names)
    row |= {"measure": "silence", "outlet": outlet, "subject": subject, "voice": "all", "wire": "with"}
    row |= {"numerator": 2.0, "denominator": 20.0, "estimate": 0.1, "conf_low": 0.02, "conf_high": 0.3}
    return row | {"note": CALLS[call] if call else "something else", "calibrated": False} | other


def test_silences_are_those_that_the_survey_calls_so(truth: Truth) -> None:
    first, second, *_ = truth.silences.to_pylist()
    estimates = pa.Table.from_pylist(
        [
            silence(first["outlet"], first["subject"], "silent"),
            silence(first["outlet"], first["subject"], None, category="unfavourable"),
            silence(second["outlet"], second["subject"], None),
            silence("halyard", "tasmer", "silent"),
            silence("halyard", "verrin", None),
        ],
        ESTIMATES,
    )
    beside = silences_beside(Findings(estimates=estimates, about=dict(OUTLETS)), truth)
    assert len(beside.planted_pairs) == 4
    assert [(one.outlet, one.n_covered) for one in beside.silent] == [(first["outlet"], 2.0)]
    assert [(one.outlet, one.subject) for one in beside.not_planted] == [("halyard", "tasmer")]
    nothing = silences_beside(Findings(about=dict(OUTLETS)), truth)
    assert [one.call for one in nothing.planted_pairs] == [None] * 4
    assert nothing.planted_pairs[0].as_dict()["expected"] is None
