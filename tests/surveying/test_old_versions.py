"""What earlier versions kept in an archive is told from what this one reads, and removed on demand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from masthead.archive import Archive
from masthead.cli import application
from masthead.measuring.units import FIGURES_VERSION
from masthead.surveying.old_versions import old_versions
from masthead.surveying.stores import STORES

HASH = "0123456789abcdef"
OLD = {
    "links/changes/5/a.parquet": "links/changes",
    "links/judged/noted/a.json": "links/judged",
    "links/standing/0/x/marks.parquet": "links/standing/0",
    f"links/surveys/0/{HASH}/changes-0.parquet": "links/surveys/0",
    "readings/articles/0/part-1.parquet": "readings/articles/0",
    "readings/mentions/0/x/part-1.parquet": "readings/mentions/0",
    f"sentences/spacy/{HASH}/0/shard-1.parquet": f"sentences/spacy/{HASH}/0",
}


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "a.archive")
    for name in OLD:
        write(made.path / name)
    return made


def write(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"12345")
    return path


def kept_now(archive: Archive) -> list[Path]:
    """A file in every place that this version reads."""
    figures = f"links/surveys/{FIGURES_VERSION}/…"
    places = [
        archive.path
        / folder.replace("links/surveys/…/…", figures).replace("{version}", one.number).replace("…", HASH)
        for one in STORES
        for folder in one.folders
    ]
    return [write(place if place.suffix else place / "some.parquet") for place in places]


def test_what_this_version_reads_is_not_old(archive: Archive) -> None:
    now = kept_now(archive)
    survey = next(path.parent for path in now if path.name.startswith("changes-"))
    older = [write(survey / name) for name in ("changes-0.parquet", f"alignment-0-{HASH}.json")]
    told = old_versions(archive)
    assert told == sorted([*(archive.path / name for name in OLD.values()), *older])
    assert (
        CliRunner().invoke(application(), ["archive", "tidy", str(archive.path), "--remove"]).exit_code == 0
    )
    assert old_versions(archive) == []
    assert all(path.is_file() for path in now)
    assert not any(path.exists() for path in told)


def test_nothing_is_removed_unless_it_is_asked_for(archive: Archive) -> None:
    result = CliRunner().invoke(application(), ["archive", "tidy", str(archive.path), "--json"])
    told = json.loads(result.stdout)
    assert {row["path"]: row["bytes"] for row in told["old"]} == dict.fromkeys(OLD.values(), 5)
    assert (told["removed"], told["bytes"]) == (False, 5 * len(OLD))
    assert all((archive.path / name).is_file() for name in OLD)


def test_an_archive_without_any_has_nothing_old(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "b.archive")
    assert old_versions(archive) == []
    result = CliRunner().invoke(application(), ["archive", "tidy", str(archive.path)])
    assert (result.exit_code, result.stdout) == (
        0,
        "nothing to remove: this version reads all that is kept there\n",
    )
