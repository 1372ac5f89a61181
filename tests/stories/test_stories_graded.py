"""Stories of a press, and a gold file scored through the command line."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from benchmarks.gold.__main__ import app, main
from benchmarks.gold.stories import evaluate_stories
from click.testing import Result
from typer.testing import CliRunner

from masthead.cli import application
from masthead.errors import GoldError, UsageError
from masthead.validation.presses.stories import grade_stories
from tests.archives import archive_of
from tests.stories.made import FOUR_STORIES, article

STORY_OF = ["fire"] * 3 + ["strike"] * 2 + ["vote"] * 2 + ["kites"] * 2
GOLD = [{**row, "story": story} for row, story in zip(FOUR_STORIES, STORY_OF, strict=True)]


def write_csv(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.mark.parametrize(("setting", "least"), [("easy", 0.98), ("hard", 0.9)])
def test_stories_of_a_press_are_found(setting: str, least: float) -> None:
    grade = grade_stories(setting, presses=1, articles=700, seed=40, baseline=False)
    assert grade.f1 > least
    assert grade.precision > least


def test_a_gold_file_that_reads_right_scores_one(tmp_path: Path) -> None:
    found = evaluate_stories(write_csv(tmp_path / "gold.csv", GOLD))
    assert found.agreement.b_cubed_f1.value == 1.0
    assert (found.scored, found.unlabelled, found.undated) == (9, 0, 0)
    assert any("rough" in note for note in found.notes)


def test_articles_without_a_story_stand_by_and_undated_ones_are_alone(tmp_path: Path) -> None:
    rows = [
        *GOLD,
        {**article("delta", "", "Undated", GOLD[0]["text"]), "story": "fire"},
        {**article("delta", "2020-03-01", "Unlabelled", GOLD[3]["text"]), "story": ""},
        GOLD[0],
    ]
    found = evaluate_stories(write_csv(tmp_path / "gold.csv", rows))
    assert (found.scored, found.unlabelled, found.undated, found.duplicate) == (10, 1, 1, 1)
    assert found.agreement.b_cubed_precision.value == 1.0
    assert found.agreement.b_cubed_recall.value == pytest.approx((3 * 0.75 + 0.25 + 6) / 10)


def test_a_file_without_stories_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="--column"):
        evaluate_stories(write_csv(tmp_path / "gold.csv", [dict(row) for row in FOUR_STORIES]))


def run(*words: object) -> Result:
    return CliRunner().invoke(application(), [str(word) for word in words])


def test_commands_score_list_and_show(tmp_path: Path) -> None:
    gold = tmp_path / "gold.jsonl"
    rows = [{**row, "event": row["story"]} for row in GOLD]
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    told = json.loads(CliRunner().invoke(app, ["stories", str(gold), "--column", "event", "--json"]).stdout)
    assert told["agreement"]["b_cubed_f1"]["value"] == 1.0
    shown = CliRunner().invoke(app, ["stories", str(gold), "--map", "published=published"])
    assert "B-cubed  1.000 [" in shown.stdout
    assert main(["stories", str(gold), "--map", "published"]) == 2
    archive = archive_of(tmp_path, FOUR_STORIES, "press").path
    listed = run("stories", archive, "--limit", 2)
    assert listed.stdout.index("Sugar mill burns") < listed.stdout.index("Tram drivers strike")
    assert "Petra Sand" not in listed.stdout
    assert "4 stories" in listed.stderr
    stories = json.loads(run("stories", archive, "--json").stdout)["stories"]
    assert [story["n_articles"] for story in stories] == [3, 2, 2, 2]
    one = run("stories", archive, "--story", stories[1]["story"]).stdout
    assert "No trams in Vell" in one
    assert "Sugar" not in one
    assert isinstance(run("stories", archive, "--story", "nothing").exception, UsageError)
    study = tmp_path / "study.toml"
    study.write_text(
        'archive = "press.archive"\n[[outlet]]\nid = "a"\nname = "The Alpha"\nmatch = ["alpha"]\n'
        '[[subject]]\nid = "mill"\nkind = "place"\naliases = ["sugar mill"]\n',
        encoding="utf-8",
    )
    named = json.loads(run("stories", study, "--json").stdout)["stories"]
    assert {outlet for story in named for outlet in story["outlets"]} == {"The Alpha"}


@pytest.mark.parametrize("command", ["stories", "echoes"])
def test_a_study_may_be_asked_of_another_archive_and_two_archives_are_one_too_many(
    tmp_path: Path, command: str
) -> None:
    archive = archive_of(tmp_path, FOUR_STORIES)
    study = tmp_path / "elsewhere" / "study.toml"
    study.parent.mkdir()
    study.write_text(
        'archive = "gone.archive"\n[[subject]]\nid = "port"\nkind = "place"\naliases = ["harbour"]\n',
        encoding="utf-8",
    )
    assert run(command, study, "--archive", archive.path, "--json").exit_code == 0
    assert "two archives" in str(run(command, archive.path, "--archive", archive.path).exception)
