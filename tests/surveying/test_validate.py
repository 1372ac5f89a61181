"""The commands that measure what is promised of portrayal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from masthead.cli.validate import command as validate
from masthead.validation.draws.samples import Grid
from masthead.validation.presses.portrayal import grade_portrayal
from tests.surveying.conftest import Surveyed

TINY = Grid(("geometric",), (200,), (0.2,), (0.3,), (0.5,), (0.3,), (0.4,))


def command(*arguments: str) -> tuple[int, str]:
    app = typer.Typer()
    validate.register(app)
    app.callback()(lambda: None)
    result = CliRunner().invoke(app, ["validate", *arguments])
    return result.exit_code, result.stdout


def test_a_press_is_graded_by_sentences_and_by_means() -> None:
    """The tests' classifier is the lexicon, and so does as well as it, sentence by sentence."""
    told = grade_portrayal("easy", presses=1, articles=120, seed=3).as_dict()
    assert (told["presses"], told["articles"], told["model"]) == (1, 120, "counts-words 1")
    assert told["mentions"] > 400
    assert told["macro_f1"] == pytest.approx(told["lexicon_macro_f1"], abs=0.06)
    assert 0.4 < told["macro_f1"] < 0.95
    assert told["means"]["cells"] > 0
    assert abs(told["means"]["bias"]) < 0.3


def test_the_command_prints_a_line_for_each_setting() -> None:
    code, text = command("portrayal", "--setting", "easy", "--presses", "1", "--articles", "100")
    assert code == 0
    first, head, line = text.splitlines()
    assert "counts-words 1" in first
    assert head.split()[:2] == ["setting", "mentions"]
    assert line.startswith("easy")


def test_samples_of_drawn_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("masthead.validation.draws.samples.QUICK", TINY)
    code, text = command("sampling", "--quick", "--draws", "60")
    assert code == 0
    assert "0 break the promise of 0.92" in text
    code, text = command("sampling", "--quick", "--draws", "60", "--json")
    told = json.loads(text)
    assert (len(told["cells"]), told["summary"][0]["broken"]) == (1, 0)


def test_samples_of_an_archive(surveyed: Surveyed, monkeypatch: pytest.MonkeyPatch) -> None:
    # So that a small press has cells of more articles than a sample begins with.
    for module in (
        "inference.sampling",
        "instruments.portrayal.reading_order",
        "validation.samples_replayed",
    ):
        monkeypatch.setattr(f"masthead.{module}.FIRST", 20)
    study = str(Path(surveyed.folder) / "study.toml")
    code, text = command("sampling", "--study", study, "--precision", "0.3", "--draws", "50", "--json")
    assert code == 0
    told = json.loads(text)
    assert told["all"]["cells"] > told["large"]["cells"] > 0
    assert told["large"]["least_held"] > 0.9
    assert 0 < told["all"]["read"] <= 1
    code, text = command("sampling", "--study", study, "--precision", "0.3", "--draws", "50")
    assert code == 0
    assert "the interval holds the mean of the whole reading" in text
