"""The examples in docstrings run as they stand, in a folder with a small archive, its study and its dossier."""

from __future__ import annotations

import csv
import doctest
import importlib
from pathlib import Path

import pytest

import masthead
from masthead import inference, measuring, press
from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.measuring.instrument import Instrument
from masthead.measuring.measure import Measure
from masthead.study import load_study
from masthead.surveying import survey

SOURCE = Path(masthead.__file__).parent
WITH_EXAMPLES = sorted(path for path in SOURCE.rglob("*.py") if ">>> " in path.read_text(encoding="utf-8"))

SHOWN = (
    masthead.Archive,
    masthead.load_study,
    masthead.survey,
    masthead.evidence,
    Findings.load,
    Findings.of_wire,
    *(getattr(inference, name) for name in inference.__all__),
    press.make,
    measuring.find_measure,
    Measure,
    Instrument,
)

ARTICLES = (
    ("gazette", "Harbour votes on a loan", "The council of Verrin met. Tasmer was not asked."),
    ("gazette", "Ferries stop", "No ferry ran on Monday for the storm."),
    ("ledger", "Verrin pays", "Verrin paid the third part of its debt."),
    ("ledger", "Rates rise", "The bank of Tasmer raised its rates."),
)

STUDY = """
title = "The harbour"
archive = "harbour.archive"
measures = ["attention"]

[[subject]]
id = "verrin"
name = "Verrin"
kind = "actor"
aliases = ["Verrin"]
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the examples find beside them: articles.csv, harbour.archive, study.toml and dossier."""
    made = tmp_path_factory.mktemp("examples")
    with (made / "articles.csv").open("w", newline="", encoding="utf-8") as file:
        days = (f"2021-03-0{day}" for day in range(1, 9))
        rows = [(outlet, next(days), title, text) for outlet, title, text in ARTICLES]
        csv.writer(file).writerows([("outlet", "published", "title", "text"), *rows])
    (made / "study.toml").write_text(STUDY, encoding="utf-8")
    archive = Archive.create(made / "harbour.archive", frame="everything")
    archive.add(made / "articles.csv")
    survey(load_study(made / "study.toml"), archive, processes=1).save(made / "dossier")
    return made


@pytest.mark.parametrize("path", WITH_EXAMPLES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_examples_run(path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    module = importlib.import_module(".".join(part for part in parts if part != "__init__"))
    runner = doctest.DocTestRunner(optionflags=doctest.FAIL_FAST)
    for test in doctest.DocTestFinder().find(module):
        report: list[str] = []
        runner.run(test, out=report.append)
        assert not report, "".join(report)
    assert runner.tries


@pytest.mark.parametrize("shown", SHOWN, ids=lambda shown: shown.__qualname__)
def test_what_people_call_from_python_shows_an_example(shown: object) -> None:
    assert ">>> " in (shown.__doc__ or "")
