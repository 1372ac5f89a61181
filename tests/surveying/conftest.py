"""A small press, added and surveyed once for all the tests of this folder."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from filelock import FileLock

from masthead import press
from masthead.archive import Archive
from masthead.findings.findings import ABOUT, Findings
from masthead.findings.schemas import CHANGES, REVERSALS
from masthead.press import Press, Truth
from masthead.questions.changes.changes import Dated
from masthead.study import Study, load_study
from masthead.surveying import survey
from tests.conftest import short_study
from tests.surveying.guessing import CountsWords


@pytest.fixture(autouse=True)
def quick_classifier(monkeypatch: pytest.MonkeyPatch) -> CountsWords:
    """The classifier of every study of these tests in this process: one that takes no time."""
    classifier = CountsWords()
    monkeypatch.setattr("masthead.reading.portrayal.reader.classifier_for", lambda study: classifier)
    return classifier


NO_CHANGES = Dated(
    CHANGES.empty_table(),
    REVERSALS.empty_table(),
    {"said": ["no changes are looked for in these tests"], "sight": []},
)


@pytest.fixture(autouse=True)
def changes_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look for no changes: tests/changes does, and it takes as long as all the rest of a small survey."""
    monkeypatch.setattr("masthead.surveying.run.changes", lambda *_: NO_CHANGES)


@dataclass(frozen=True)
class Surveyed:
    """A press with its truth, archive, study and findings."""

    made: Press
    truth: Truth
    folder: Path
    archive: Archive
    study: Study
    findings: Findings
    kept: tuple[str, ...]
    """The files that this survey kept in the archive; other surveys of the same archive keep more."""


def survey_press(
    made: Press,
    folder: Path,
    study: Study | None = None,
    subjects: tuple[str, ...] = (),
    parsed: Archive | None = None,
) -> Surveyed:
    """Write a press to a folder, add it to an archive and survey it: about some `subjects` alone, or about all.

    Sentences that stand in the archive `parsed` too, names masked, are not parsed again.
    """
    made.write(folder / "press.jsonl")
    told = short_study(made, *subjects) if subjects else made.study("press.archive")
    (folder / "study.toml").write_text(told, encoding="utf-8")
    archive = Archive.create(folder / "press.archive", frame="everything")
    archive.add(folder / "press.jsonl")
    if parsed is not None:
        shutil.copytree(parsed.path / "sentences", archive.path / "sentences")
    asked = study or load_study(folder / "study.toml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("masthead.surveying.run.changes", lambda *_: NO_CHANGES)
        findings = survey(asked, archive, processes=1, classifier=CountsWords())
    return Surveyed(made, made.truth(), folder, archive, asked, findings, kept_files(archive))


def kept_files(archive: Archive) -> tuple[str, ...]:
    """Return the paths, within an archive, of what surveys have kept in it."""
    return tuple(
        str(path.relative_to(archive.path))
        for name in ("readings", "sentences", "links")
        for path in sorted((archive.path / name).rglob("*"))
        if path.is_file() and "noted" not in path.parts
    )


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Surveyed:
    """A press of 150 articles and two subjects, for what has to be surveyed again."""
    made = press.make(seed=12, articles=150, setting="medium")
    return survey_press(made, tmp_path_factory.mktemp("small"), subjects=("verrin", "shoal-front"))


@pytest.fixture(scope="session")
def surveyed(tmp_path_factory: pytest.TempPathFactory) -> Surveyed:
    """A press of 400 articles, of the middle setting, with everything planted.

    Where several processes share the tests, the first that asks surveys it, and the others take what it left.
    """
    made = press.make(seed=11, articles=400, setting="medium")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    if run is None:
        return survey_press(made, tmp_path_factory.mktemp("surveyed"))
    folder = tmp_path_factory.getbasetemp().parent / f"surveyed-{run}"
    with FileLock(f"{folder}.lock"):
        if not (folder / "findings" / ABOUT).is_file():
            folder.mkdir()
            survey_press(made, folder).findings.save(folder / "findings")
    archive, study = Archive.open(folder / "press.archive"), load_study(folder / "study.toml")
    findings = Findings.load(folder / "findings")
    return Surveyed(made, made.truth(), folder, archive, study, findings, kept_files(archive))
