"""A survey's note of its hash, by which claims are judged without loading a reader, and what takes it back."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from masthead.archive import Archive
from masthead.study import Study
from masthead.surveying.unchanged_files import note, read_note
from tests.claims.made import claim, study


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "a.archive")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "weights").write_text("1")
    return folder


def test_a_note_is_good_while_nothing_moves(archive: Archive, model: Path) -> None:
    asked = study()
    assert read_note(asked, archive) is None
    note(asked, archive, "f" * 16, model)
    assert read_note(asked, archive) == "f" * 16
    # Claims and titles change no figure.
    assert read_note(study(claim(), title="Another"), archive) == "f" * 16
    assert read_note(study(level=0.9), archive) is None


@pytest.mark.parametrize("change", ["written", "touched", "gone"])
def test_a_file_that_readers_are_made_of_takes_it_back(archive: Archive, model: Path, change: str) -> None:
    note(study(), archive, "f" * 16, model)
    weights = model / "weights"
    if change == "written":
        weights.write_text("22")
    elif change == "touched":
        os.utime(weights, ns=(1, 1))
    else:
        weights.unlink()
    assert read_note(study(), archive) is None


def test_articles_that_are_added_take_it_back(archive: Archive, model: Path, tmp_path: Path) -> None:
    note(study(), archive, "f" * 16, model)
    (tmp_path / "more.csv").write_text("outlet,published,title,text\ngull,2031-01-01,A title,Some text.\n")
    archive.add(tmp_path / "more.csv")
    assert read_note(study(), archive) is None


@pytest.mark.parametrize("more", [{"outcomes": "outcomes.csv"}, {"portrayal": {"model": "a-folder"}}])
def test_of_a_study_that_names_files_nothing_is_noted(
    archive: Archive, model: Path, more: dict[str, object]
) -> None:
    asked: Study = study(**more)
    note(asked, archive, "f" * 16, model)
    assert read_note(asked, archive) is None


def test_of_a_study_that_asks_what_another_package_brings_nothing_is_noted(
    archive: Archive, model: Path
) -> None:
    asked = study().model_copy(update={"measures": ("attention", "of-another-package")})
    note(asked, archive, "f" * 16, model)
    assert read_note(asked, archive) is None


def test_judging_loads_no_reader() -> None:
    code = (
        "import sys, masthead.surveying.judging, masthead.questions.changes.changes\n"
        "loaded = [n for n in sys.modules if n.startswith(('masthead.reading', 'masthead.archive.adding.ingest', "
        "'spacy', 'rich.progress', 'pyarrow.dataset', 'masthead.inference.silence.model'))]\n"
        "sys.exit(' '.join(loaded) or None)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.stderr == ""
