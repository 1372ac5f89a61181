"""The command line as a person or a program uses it."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from masthead import press
from masthead.cli import application
from masthead.cli.terminal.running import run
from masthead.measuring import MEASURES
from masthead.study import load_study
from tests.conftest import short_study

NAMING = ("evidence", "study.toml", "--measure", "naming")


@dataclass(frozen=True)
class Done:
    """How a command ended, and what it printed."""

    stdout: str
    stderr: str


def started(*words: object, cwd: Path) -> Done:
    """Run a command in a process of its own; fail unless it exits with 0."""
    command = [sys.executable, "-W", "error", "-c", "from masthead.cli import main; main()", *map(str, words)]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return Done(done.stdout, done.stderr)


def masthead(*words: object, cwd: Path, code: int = 0) -> Done:
    """Run a command in this process, which spares its start; fail unless it exits with `code`."""
    # Tables are written to the bytes beneath.
    out, err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8"), io.StringIO()
    with (
        contextlib.chdir(cwd),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        ended = run(lambda: application()(list(map(str, words)), standalone_mode=False))
    assert ended == code, err.getvalue()
    out.seek(0)
    return Done(out.read(), err.getvalue())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a small press, its archive, its study, and a dossier made by the commands."""
    folder = tmp_path_factory.mktemp("commands")
    made = press.make(seed=3, articles=150, setting="easy")
    made.write(folder / "press.jsonl")
    (folder / "study.toml").write_text(short_study(made, "verrin", "shoal-front"), encoding="utf-8")
    added = started("add", "press.archive", "press.jsonl", "--frame", "everything", "--json", cwd=folder)
    told = json.loads(added.stdout)
    assert told["rows"] == told["kept"] + told["duplicate"] + told["refused"] == 150
    surveyed = masthead("survey", "study.toml", "--json", cwd=folder)
    assert json.loads(surveyed.stdout)["articles"] == 150
    return folder


def test_a_survey_writes_its_page_and_its_tables(folder: Path) -> None:
    for name in ("index.html", "estimates.parquet", "estimates.csv", "survey.json"):
        assert (folder / "dossier" / name).stat().st_size > 0
    table = (folder / "dossier" / "estimates.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(table)))
    # So few articles tell no wording of anybody, and nobody has said what became of what was foretold.
    assert {row["measure"] for row in rows} == set(MEASURES) - {"kinship", "forecast"}


def test_where_the_time_went_is_kept_where_it_is_asked_for(folder: Path) -> None:
    done = masthead("survey", "study.toml", "--output", "timed", "--timings", cwd=folder)
    kept = json.loads((folder / "timed" / "survey.json").read_text(encoding="utf-8"))["timings"]
    assert kept
    assert all(one["stage"] in done.stderr for one in kept)
    assert "timings" not in json.loads((folder / "dossier" / "survey.json").read_text(encoding="utf-8"))


def test_talk_goes_to_stderr_and_progress_only_to_a_terminal(folder: Path) -> None:
    done = masthead("survey", "study.toml", cwd=folder)
    assert done.stdout.startswith("dossier: ")
    assert "━" not in done.stderr


def test_evidence_in_three_shapes(folder: Path) -> None:
    words = (*NAMING, "--subject", "shoal-front")
    table = list(csv.DictReader(io.StringIO(masthead(*words, "--csv", cwd=folder).stdout)))
    listed = json.loads(masthead(*words, "--json", cwd=folder).stdout)
    assert len(table) == len(listed) > 0
    assert {row["subject"] for row in listed} == {"shoal-front"}
    assert listed[0]["snippet"].split()[0] in masthead(*words, cwd=folder).stdout


def test_study_check_shows_what_each_alias_catches(folder: Path) -> None:
    found = json.loads(masthead("study", "check", "study.toml", "--json", cwd=folder).stdout)
    names = {(a["subject"], a["alias"]): a for a in found["aliases"]}
    verrin = names["verrin", "Verrin"]
    assert verrin["n_referring"] == verrin["n_matches"] > 0
    assert 0 < len(verrin["mentions"]) <= 10
    assert verrin["mentions"][0]["match"].lower().startswith("verrin")
    # A script reads these keys, whatever the code calls them.
    assert set(found) == {
        "outlets", "left_out", "aliases", "uncovered", "longer_names", "longer_words", "beside", "remarks"
    }  # fmt: skip
    assert set(verrin["mentions"][0]) == {
        "outlet", "published", "article_id", "before", "match", "after", "refers"
    }  # fmt: skip
    text = masthead("study", "check", "study.toml", cwd=folder).stdout
    assert "[Verrin]" in text


def test_study_new_writes_a_study_that_can_be_surveyed(folder: Path) -> None:
    masthead("study", "new", "press.archive", "--output", "new.toml", cwd=folder)
    # Asked for less, it is read in less time.
    written = folder / "new.toml"
    written.write_text(
        'measures = ["attention", "naming"]\n' + written.read_text(encoding="utf-8"), encoding="utf-8"
    )
    text = (folder / "new.toml").read_text(encoding="utf-8")
    assert 'id = "halyard"' in text
    assert "Verrin" in text
    assert load_study(folder / "new.toml").outlets[0].id == "halyard"
    masthead("evidence", "new.toml", "--measure", "attention", "--limit", "1", cwd=folder)
    again = masthead("study", "new", "press.archive", "--output", "new.toml", cwd=folder, code=2)
    assert "already there" in again.stderr


def test_diff_of_a_dossier_with_itself_says_nothing_changed(folder: Path) -> None:
    told = json.loads(masthead("diff", "dossier", "dossier", "--json", cwd=folder).stdout)
    assert not any(told[key] for key in told if isinstance(told[key], list))


def test_measures_list(folder: Path) -> None:
    assert {m["name"] for m in json.loads(masthead("measures", "list", "--json", cwd=folder).stdout)} == set(
        MEASURES
    )
    assert "numerator" in masthead("measures", "list", cwd=folder).stdout


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("survey", "none.toml"), 2, "no study file"),
        (("survey", "study.toml", "--archive", "none.archive"), 1, "no archive"),
        (("evidence", "study.toml", "--measure", "namng"), 2, "did you mean 'naming'"),
        (
            ("evidence", "study.toml", "--measure", "naming", "--outlet", "halyrd"),
            2,
            "did you mean 'halyard'",
        ),
        (("evidence", "study.toml", "--measure", "naming", "--subject", "verin"), 2, "did you mean 'verrin'"),
        (
            ("evidence", "study.toml", "--measure", "naming", "--subject", "verrin", "--category", "regme"),
            2,
            "did you mean 'regime'",
        ),
        (("evidence", "study.toml", "--measure", "naming", "--csv", "--json"), 2, "one of them"),
        (("diff", "dossier", "press.archive"), 1, "`masthead survey` wrote"),
        (("nonsense",), 2, "No such command"),
        (("survey",), 2, "Missing argument"),
    ],
)
def test_a_wrong_command_says_what_to_do(folder: Path, words: tuple[str, ...], code: int, says: str) -> None:
    done = masthead(*words, cwd=folder, code=code)
    assert done.stdout == ""
    assert says in done.stderr
    assert "Traceback" not in done.stderr
