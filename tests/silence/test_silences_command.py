"""`masthead silences` and `masthead validate silence` as they are called, on presses small enough to read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import tomlkit
from typer.testing import CliRunner

from masthead import press
from masthead.archive import Archive
from masthead.cli import application
from masthead.validation.presses.silence import PLANTS, grade_silence, known_cells
from tests.conftest import short_study


def masthead(*words: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(application(), list(map(str, words)))
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A press of 350 articles with a study of two of its subjects, and one that holds an outlet alone."""
    folder = tmp_path_factory.mktemp("silences")
    made = press.make(seed=3, articles=350, setting="easy", plant=PLANTS["habits"])
    made.write(folder / "press.jsonl")
    asked = short_study(made, "verrin", "shoal-front")
    (folder / "study.toml").write_text(asked, encoding="utf-8")
    everyone = tomlkit.parse(asked)
    del everyone["outlet"]
    (folder / "everyone.toml").write_text(tomlkit.dumps(everyone), encoding="utf-8")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    rows = [row for row in made.articles() if row["outlet"] == "halyard"]
    (folder / "one.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    Archive.create(folder / "one.archive", frame="query").add(folder / "one.jsonl")
    return folder


def test_the_command_tells_pairs_stories_and_the_model(folder: Path) -> None:
    code, out, _ = masthead("silences", folder / "study.toml", "--bar", "0.5", "--model")
    assert code == 0
    assert "pairs of outlet and subject tested" in out
    assert "chance alone would bring" in out
    assert "did not run, at" in out
    assert "size  " in out
    assert "predicted, and covered" in out


def test_its_json_holds_every_table_and_narrows_to_an_outlet(folder: Path) -> None:
    code, out, _ = masthead(
        "silences", folder / "study.toml", "--json", "--outlet", "free-shore", "--bar", "0.5"
    )
    told = json.loads(out)
    assert code == 0
    assert {row["outlet"] for row in told["pairs"]} == {"free-shore"}
    assert told["counts"]["articles"] == 350
    beside = {(row["story"], row["ran_by"]) for row in told["shown"]}
    for story in told["stories"]:
        assert all((story["story"], ran_by) in beside for ran_by in story["covered_by"])


def test_one_outlet_alone_cannot_be_silent_and_is_told_why(folder: Path) -> None:
    code, out, err = masthead("silences", folder / "everyone.toml", "--archive", folder / "one.archive")
    assert code == 0
    assert "no story that at least two outlets ran" in out
    assert "silence describes the selector too" in err


def test_an_outlet_that_is_not_there_is_refused(folder: Path) -> None:
    done = CliRunner().invoke(
        application(), ["silences", str(folder / "study.toml"), "--outlet", "free-shor"]
    )
    assert "did you mean 'free-shore'" in str(done.exception)


def test_a_press_with_boycotts_is_graded_against_what_it_left_out() -> None:
    grade = grade_silence("boycotts", presses=1, articles=3000, seed=63)
    told = grade.as_dict()
    assert told["planted"] == sum(of for _, of in told["by_size"].values()) >= 3
    assert told["found"] >= 2
    assert told["false"] <= told["called"]
    assert told["presses"] == 1
    assert told["broken"] == []


def test_a_grade_says_which_promise_is_broken() -> None:
    grade = grade_silence("null", presses=1, articles=500, seed=2)
    assert grade.broken_promises() == []
    grade.alarms = 1
    assert grade.broken_promises() == ["alarmed"]


def test_stories_that_are_read_have_cells_too() -> None:
    grade = grade_silence("null", presses=1, articles=500, seed=4, read=True)
    known = known_cells(press.make(seed=4, articles=500, plant=frozenset()))
    assert abs(grade.stories - known.stories) < 0.3 * known.stories
