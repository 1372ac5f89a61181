"""A small press that is coded: two outlets, one subject, a reader that takes no time."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.coding.desk import Desk, open_desk
from masthead.study import load_study
from tests.archives import archive_of
from tests.portrayal.conftest import Fake

STUDY = """
title = "The guild"
archive = "made.archive"
measures = ["attention", "naming", "portrayal", "voice"]

[[outlet]]
id = "gazette"
name = "Eastport Gazette"
match = ["Eastport Gazette"]

[[outlet]]
id = "ledger"
name = "The Harbour Ledger"
match = ["The Harbour Ledger"]

[[subject]]
id = "guild"
name = "Salt Guild"
kind = "actor"
aliases = ["Salt Guild", "Guild of Salt"]

[subject.categories]
rebels = ["rebel"]
traders = ["trader"]

[[subject]]
id = "verrin"
name = "Verrin"
kind = "place"
aliases = ["Verrin"]

[[claim]]
id = "worse"
text = "The Gazette shows the guild in a worse light than the Ledger does."
measure = "portrayal"
subject = "guild"
outlet = "gazette"
versus = "ledger"
expect = "less"
from = 2020-01-01
to = 2020-01-31
"""

HOSTILE = (
    "=cmd and the good Salt Guild\x00 had \u202eevil\u202c papers, as http://eastport.example/x has it. Fin."
)


SAYING = "Ships came to Verrin, the {outlet} wrote. “Trade is fair,” Verrin said."


def article(outlet: str, number: int, text: str = "") -> dict[str, object]:
    """An article of one sentence on the guild, with others around it."""
    kind = ("good", "bad", "dull")[number % 3]
    words = f"The Salt Guild kept {kind} books in year {number + 1}."
    return {
        "outlet": outlet,
        "published": f"2020-{1 + number % 3:02d}-{1 + number % 28:02d}",
        "title": f"Report number {number} from the quay",
        "text": text or f"Rain fell on pier {number}. {words} {SAYING.format(outlet=outlet)}",
        "url": f"https://secret.example/{number}",
        "language": "en",
    }


ROWS = [article(outlet, n) for n in range(70) for outlet in ("Eastport Gazette", "The Harbour Ledger")]


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("coded")
    archive_of(folder, [*ROWS, article("Eastport Gazette", 70, HOSTILE)])
    (folder / "study.toml").write_text(STUDY, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("masthead.reading.portrayal.reader.classifier_for", lambda study: Fake())
        study = load_study(folder / "study.toml")
        archive = Archive.open(folder / "made.archive")
        assert open_desk(study, archive, folder / "study.toml", "portrayal", processes=1).survey.outlets
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the press, in which the test stands."""
    shutil.copytree(made, tmp_path / "press")
    monkeypatch.setattr("masthead.reading.portrayal.reader.classifier_for", lambda study: Fake())
    monkeypatch.chdir(tmp_path / "press")
    return tmp_path / "press"


def desk_in(folder: Path, measure: str = "portrayal") -> Desk:
    """The desk of a measure."""
    study = load_study(folder / "study.toml")
    return open_desk(
        study, Archive.open(folder / "made.archive"), folder / "study.toml", measure, processes=1
    )


def code(*arguments: str) -> str:
    """Run a command of coding on the study, and return what it prints. Raises what it raises."""
    name, *more = arguments
    outcome = CliRunner().invoke(application(), ["code", name, "study.toml", *more])
    if outcome.exception is not None and not isinstance(outcome.exception, SystemExit):
        raise outcome.exception
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


Rows = list[dict[str, str]]


def sheet_rows(path: Path) -> Rows:
    """Read a sheet as a spreadsheet does."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def save(path: Path, rows: Sequence[dict[str, str]], delimiter: str = ",", encoding: str = "utf-8") -> None:
    """Save a sheet as a spreadsheet does."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)


def coded_sheet(folder: Path, coder: str, say: Callable[[dict[str, str]], str], *options: str) -> Path:
    """Write a sheet for a coder, fill it in, and return it."""
    path = folder / f"{coder}.csv"
    code("sheet", "--coder", coder, "--to", str(path), *options)
    rows = sheet_rows(path)
    for row in rows:
        row["code"] = say(row)
    save(path, rows)
    return path


def as_it_reads(row: dict[str, str]) -> str:
    """A coder who goes by the words that the fake reader goes by."""
    return "1" if "good" in row["sentence"] else "-1" if "bad" in row["sentence"] else "0"
