"""A press can be written to the three formats, in flat memory, by the command as well."""

import csv
import json
import tomllib
import tracemalloc
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from masthead import press
from masthead.cli.press import register
from masthead.errors import UsageError
from masthead.study import load_study


@pytest.mark.parametrize("suffix", [".jsonl", ".csv", ".parquet"])
def test_what_is_written_is_what_was_made(tmp_path: Path, suffix: str) -> None:
    made = press.make(seed=4, articles=60)
    path = tmp_path / f"articles{suffix}"
    seen: list[int] = []
    assert made.write(path, progress=seen.append) == 60
    assert seen == [60]
    if suffix == ".jsonl":
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    elif suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    else:
        rows = pq.read_table(path).to_pylist()
    assert rows == list(made.articles())
    assert len({row["url"] for row in rows}) == 60


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.jsonl, \.csv or \.parquet"):
        press.make(articles=1).write(tmp_path / "articles.docx")
    assert not list(tmp_path.iterdir())


def test_memory_does_not_grow_with_the_number_of_articles() -> None:
    def peak(articles: int) -> int:
        tracemalloc.start()
        try:
            for _ in press.make(seed=4, articles=articles).articles():
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(50)
    assert peak(1600) < peak(200) + 1_000_000


@pytest.fixture
def app() -> typer.Typer:
    application = typer.Typer()
    register(application)
    application.command("other")(lambda: None)
    return application


def test_the_command_writes_articles_study_and_truth(app: typer.Typer, tmp_path: Path) -> None:
    paths = {name: tmp_path / name for name in ("a.jsonl", "study.toml", "truth.json")}
    given = ["press", "make", str(paths["a.jsonl"]), "--articles", "40", "--seed", "5", "--setting", "hard"]
    given += ["--mirror", "verrin, tasmer", "--study", str(paths["study.toml"])]
    given += ["--truth", str(paths["truth.json"]), "--archive", "somewhere.archive", "--json"]
    result = CliRunner().invoke(app, given)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["articles"] == 40
    assert len(paths["a.jsonl"].read_text().splitlines()) == 40
    assert load_study(paths["study.toml"]).archive == "somewhere.archive"
    assert tomllib.loads(paths["study.toml"].read_text())["period"]["by"] == "quarter"
    truth = json.loads(paths["truth.json"].read_text())
    assert {"mentions", "naming", "changes", "gaps"} <= set(truth)
    assert len(truth["articles"]) == 40


@pytest.mark.parametrize("mirror", ["verrin", "verrin,tasmer,masck", "verrin,teveth"])
def test_the_command_refuses_what_is_no_pair(app: typer.Typer, tmp_path: Path, mirror: str) -> None:
    result = CliRunner().invoke(app, ["press", "make", str(tmp_path / "a.jsonl"), "--mirror", mirror])
    assert isinstance(result.exception, UsageError)
    assert not list(tmp_path.iterdir())


def test_more_may_be_planted_beside_everything_else(app: typer.Typer, tmp_path: Path) -> None:
    told = tmp_path / "t.json"
    asked = ["press", "make", str(tmp_path / "p.jsonl"), "--articles", "60", "--truth", str(told)]
    run = CliRunner().invoke(app, [*asked, "--also", "phrases", "--also", "forecasts"])
    assert run.exit_code == 0, run.output
    truth = json.loads(told.read_text(encoding="utf-8"))
    assert truth["wordings"]
    assert truth["foretold"]
    assert not truth["loyalties"]
    assert len(truth["changes"]) == 3, "and all that is planted otherwise"
    for refused in (["--also", "wordngs"], ["--null", "--also", "phrases"]):
        assert isinstance(CliRunner().invoke(app, [*asked, *refused]).exception, UsageError)
