"""What mess does to figures, measured on presses small enough for a test."""

from __future__ import annotations

import json

import pytest

from masthead.cli.validate_press import mess_lines
from masthead.errors import UsageError
from masthead.surveying.grading_mess import grade_mess
from tests.surveying.test_validate import command


def test_clean_and_messy_presses_are_held_against_the_same_truth(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two surveys, which is what the command is about: so few articles that cells of five are compared."""
    for module in ("grading_mess", "planted", "planted_portrayal"):
        monkeypatch.setattr(f"masthead.surveying.{module}.FEWEST", 5)
    code, text = command("press", "--setting", "messy", "--presses", "1", "--articles", "100", "--json")
    assert code == 0
    clean, messy = json.loads(text)
    assert [(one["setting"], one["mess"], one["articles"]) for one in (clean, messy)] == [
        ("messy", "clean", 100),
        ("messy", "messy", 100),
    ]
    for name in ("attention", "naming"):
        assert clean[name]["cells"] == clean[name]["told"] == messy[name]["cells"] > 10
        assert clean[name]["inside"] > 0.95
        assert messy[name]["told"] <= messy[name]["cells"]
    assert clean["attention"]["mean_absolute_error"] < 0.01
    assert clean["portrayal"]["told"] > 5
    head, *lines = mess_lines([clean, messy])
    assert head.split()[:3] == ["mess", "attention:", "told"]
    assert [line.split()[0] for line in lines] == ["clean", "messy"]


def test_nothing_to_compare_is_said_as_such() -> None:
    nothing = {"cells": 0, "told": 0, "inside": None, "mean_absolute_error": None, "bias": None}
    assert "–" in mess_lines([{"mess": "clean", "presses": 1, "attention": nothing}])[1]


def test_kinds_apart_are_of_the_messy_press_alone() -> None:
    for asked in (["--by-kind"], ["--mess", "links"]):
        code, _ = command("press", *asked, "--setting", "easy")
        assert code != 0
    with pytest.raises(UsageError, match="lynx"):
        grade_mess(presses=1, articles=100, alone=["lynx"])
