"""`masthead archive check`, `mend`, `undo` and `add --replace` as a person and a program meet them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive_command import run
from archive_samples import ARTICLES, articles_of, write_csv

from masthead.archive import Archive
from masthead.errors import ArchiveError, SourceError

BAD = {**ARTICLES[0], "outlet": ""}


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    path = tmp_path / "strait.archive"
    run("add", path, write_csv(tmp_path / "a.csv", [*ARTICLES, BAD]), "--frame", "everything")
    return path


def test_a_whole_archive_checks_without_a_fault(strait: Path) -> None:
    result = run("archive", "check", strait)
    assert result.exit_code == 0
    assert result.stdout == "0 faults: 3 articles in 1 part of 1 ingest checked\n"
    assert json.loads(run("archive", "check", strait, "--json").stdout)["faults"] == []


def test_a_lost_index_is_said_by_info_and_mended(strait: Path) -> None:
    name = Archive.open(strait).parts()[0].name
    (strait / "ingests.jsonl").unlink()
    told = run("archive", "info", strait).stdout
    assert f"articles/{name}" in told
    assert f"masthead archive mend {strait}" in told
    checked = run("archive", "check", strait)
    assert checked.exit_code == 1
    assert "2 faults" in checked.stdout
    assert run("archive", "mend", strait).stdout.startswith(
        "taken back: 3 articles and 1 refused row, as 0001-"
    )
    assert run("archive", "check", strait).exit_code == 0
    assert "nothing to take back" in run("archive", "mend", strait).stdout
    assert "damage" not in run("archive", "info", strait).stdout


def test_a_damaged_part_is_named_and_its_ingest_taken_back(strait: Path) -> None:
    part = Archive.open(strait).parts()[0]
    content = bytearray(part.path.read_bytes())
    content[100] ^= 1
    part.path.write_bytes(content)
    with pytest.raises(ArchiveError, match=rf"{part.name}' is damaged.*archive undo {strait} 0001-"):
        run("find", strait, "ferry")
    result = run("archive", "undo", strait)
    assert result.stdout.startswith("taken back: 0001-")
    assert "a.csv" in result.stderr
    run("add", strait, strait.parent / "a.csv")
    assert len(articles_of(Archive.open(strait))) == 3


def test_info_lists_ingests_by_the_names_that_undo_takes(strait: Path, tmp_path: Path) -> None:
    run("add", strait, write_csv(tmp_path / "b.csv", [{**ARTICLES[0], "title": "B"}]))
    told = json.loads(run("archive", "info", strait, "--json").stdout)
    assert [(one["source"], one["kept"]) for one in told["added"]] == [("a.csv", 3), ("b.csv", 1)]
    name = told["added"][1]["ingest"]
    assert f"{name}  b.csv: 1 kept, 0 duplicate, 0 refused" in run("archive", "info", strait).stdout
    undone = json.loads(run("archive", "undo", strait, name, "--json").stdout)
    assert (undone["ingests"], undone["articles"]) == ([name], 1)
    assert f"taken back: {name}" in run("archive", "info", strait).stdout


def test_the_same_file_mapped_otherwise_is_refused_or_replaces(strait: Path, tmp_path: Path) -> None:
    mapped = ("--map", "outlet=desk,title=title,text=text,published=published")
    with pytest.raises(SourceError, match="--replace"):
        run("add", strait, tmp_path / "a.csv", *mapped)
    assert run("add", strait, tmp_path / "a.csv", *mapped, "--replace").exit_code == 0
    assert {row["outlet"] for row in articles_of(Archive.open(strait))} == {"ports", "politics"}
