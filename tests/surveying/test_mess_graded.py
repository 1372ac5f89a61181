"""What mess does to figures, measured on presses small enough for a test."""

from __future__ import annotations

import json

import pytest

from masthead.errors import UsageError
from masthead.validation.presses import mess as grading_mess
from masthead.validation.presses.mess import Cells, MessGrade, grade_mess
from tests.surveying.test_validate import command


def test_clean_and_messy_presses_are_held_against_the_same_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two surveys, which is what it is about: of so few articles that cells of three are compared."""
    for module in ("validation.presses.mess", "demo.shares", "demo.portrayal"):
        monkeypatch.setattr(f"masthead.{module}.FEWEST", 3)
    clean, messy = (one.as_dict() for one in grade_mess(presses=1, articles=60))
    assert (clean["mess"], clean["articles"], messy["mess"]) == ("clean", 60, "messy")
    for name in ("attention", "naming"):
        assert clean[name]["cells"] == clean[name]["told"] == messy[name]["cells"] > 10
        assert clean[name]["inside"] > 0.95
        assert messy[name]["told"] <= messy[name]["cells"]
    assert clean["attention"]["mean_absolute_error"] < 0.02
    assert clean["portrayal"]["told"] > 5


def test_the_command_prints_a_line_for_each_mess(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {}

    def graded(**what: object) -> list[MessGrade]:
        asked.update(what)
        some = {"attention": Cells(40, 38, 30, 1.9, -0.76), "naming": Cells()}
        return [MessGrade("clean", 1, 100, some), MessGrade("links", 1, 100, some)]

    monkeypatch.setattr(grading_mess, "grade_mess", graded)
    code, text = command(
        "press", "--setting", "messy", "--mess", "links", "--presses", "1", "--articles", "100"
    )
    assert code == 0
    assert (asked["alone"], asked["articles"]) == (["links"], 100)
    _, head, clean, links = text.splitlines()
    assert head.split()[:3] == ["mess", "attention:", "told"]
    assert clean.split() == [
        "clean",
        *["38", "of", "40", "75.0%", "0.050", "-0.020", "0", "of", "0", "–", "–", "–"],
    ]
    assert links.split()[0] == "links"
    code, text = command("press", "--setting", "messy", "--by-kind", "--json")
    assert code == 0
    assert asked["alone"] == list(grading_mess.MESS)
    assert [(one["setting"], one["attention"]["inside"]) for one in json.loads(text)] == [("messy", 0.75)] * 2


def test_kinds_alone_are_of_the_messy_press_and_known() -> None:
    for asked in (["--by-kind"], ["--mess", "links"]):
        code, _ = command("press", *asked, "--setting", "easy")
        assert code != 0
    with pytest.raises(UsageError, match="lynx"):
        grade_mess(presses=1, articles=100, alone=["lynx"])
