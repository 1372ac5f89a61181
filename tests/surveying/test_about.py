"""What a survey says of itself is what its types say, key by key; and it stays so on disk."""

from __future__ import annotations

import types
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from masthead.archive.folder import Frame
from masthead.demo import changes, portrayal, shares, silences
from masthead.errors import UsageError
from masthead.findings import about as abouts
from masthead.findings import planted
from masthead.findings.about import About, Part
from masthead.findings.findings import Findings
from masthead.instruments.forecast.about import FORECASTS, ForecastsAbout
from masthead.instruments.kinship.about import KINSHIP, KinshipAbout
from masthead.instruments.portrayal.about import PORTRAYAL, PortrayalAbout
from masthead.instruments.silence.about import SILENCE, SilenceAbout
from masthead.measuring import instruments
from masthead.questions.alignment.about import ALIGNMENT, AlignmentAbout
from masthead.questions.changes.about import CHANGES, ChangesAbout
from masthead.study.parts import Repeats, Wire
from tests.surveying.conftest import Surveyed

_NAMES = {**vars(abouts), **vars(planted), "Frame": Frame, "Repeats": Repeats, "Wire": Wire}
"""What types name that is imported for mypy alone."""


def faults(content: Any, hint: Any, where: str = "about") -> Iterator[str]:
    """Yield where plain data is not what a type says."""
    if is_typeddict(hint):
        yield from _faults_of_keys(content, hint, where)
    elif get_origin(hint) is list:
        assert isinstance(content, list), where
        for at, one in enumerate(content):
            yield from faults(one, get_args(hint)[0], f"{where}[{at}]")
    elif get_origin(hint) is dict:
        for name, one in content.items():
            yield from faults(one, get_args(hint)[1], f"{where}.{name}")
    elif get_origin(hint) in (Union, types.UnionType):
        if all([*faults(content, one, where)] for one in get_args(hint)):
            yield f"{where}: {content!r} is no {hint}"
    elif get_origin(hint) is Literal:
        if content not in get_args(hint):
            yield f"{where}: {content!r} is no {hint}"
    elif type(content) is not hint and not (hint is float and type(content) is int):
        yield f"{where}: {content!r} is no {hint}"


def _faults_of_keys(content: Any, hint: Any, where: str) -> Iterator[str]:
    if not isinstance(content, dict):
        yield f"{where}: {content!r} is no {hint}"
        return
    hints = get_type_hints(hint, globalns=None, localns=_NAMES, include_extras=True)
    yield from (f"{where}.{key} has no type" for key in content.keys() - hints.keys())
    for key, given in hints.items():
        may_lack = get_origin(given) is NotRequired
        if key in content:
            yield from faults(content[key], get_args(given)[0] if may_lack else given, f"{where}.{key}")
        elif not may_lack and key in hint.__required_keys__:
            yield f"{where}.{key} is not there"


PARTS: dict[str, tuple[Part[Any], Any]] = {
    "portrayal": (PORTRAYAL, PortrayalAbout),
    "silence": (SILENCE, SilenceAbout),
    "kinship": (KINSHIP, KinshipAbout),
    "forecasts": (FORECASTS, ForecastsAbout),
    "changes": (CHANGES, ChangesAbout),
    "alignment": (ALIGNMENT, AlignmentAbout),
}
"""Every part that a room adds, and its type."""


def test_a_survey_says_what_its_types_say(surveyed: Surveyed) -> None:
    about = surveyed.findings.about
    assert [*faults({key: about[key] for key in about if key not in PARTS}, About)] == []
    for name, (part, hint) in PARTS.items():
        content = part.get(about)
        if content is not None:
            assert [*faults(content, hint, name)] == []
    assert PORTRAYAL.of(about)["model"]
    assert SILENCE.get(about) is not None


def test_every_part_has_a_type() -> None:
    declared = {part.name: part for one in instruments().values() for part in one.parts}
    assert declared | {"changes": CHANGES, "alignment": ALIGNMENT} == {
        n: part for n, (part, _) in PARTS.items()
    }


def test_a_fault_in_what_is_said_is_seen() -> None:
    assert [*faults({"title": 3, "measure": []}, About)] == [
        "about.measure has no type",
        "about.title: 3 is no <class 'str'>",
    ]
    assert [*faults({"from": "2024-01-01", "to": None}, abouts.SurveyedPeriod)] == ["about.by is not there"]


def test_what_the_demo_adds_is_what_its_types_say(surveyed: Surveyed) -> None:
    findings, truth = surveyed.findings, surveyed.truth
    figures = shares.beside(findings, truth.naming_shares())
    assert figures
    for figure in (*figures, *portrayal.portrayals_beside(findings, truth.portrayal_means())):
        assert [*faults(figure.as_dict(), planted.PlantedFigure)] == []
    assert [*faults(changes.changes_beside(findings, truth).as_dict(), planted.PlantedChanges)] == []
    assert [*faults(silences.silences_beside(findings, truth).as_dict(), planted.PlantedSilences)] == []


def test_a_part_that_was_not_asked_for_is_null_on_disk_too(tmp_path: Path) -> None:
    findings = Findings()
    SILENCE.put(findings.about, None)
    findings.save(tmp_path)
    about = Findings.load(tmp_path).about
    assert dict(about) == {"silence": None}
    assert SILENCE.get(about) is None
    with pytest.raises(UsageError, match="say nothing of 'silence'"):
        SILENCE.of(about)
