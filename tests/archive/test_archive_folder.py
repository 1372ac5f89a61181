"""The archive folder: opening, making, its frame, and the parts it names."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from archive_samples import ARTICLES, articles_of, write_csv

from masthead.archive import Archive
from masthead.errors import ArchiveError, UsageError


def test_a_new_archive_is_open_to_anyone_with_a_text_editor(archive: Archive) -> None:
    assert tomllib.loads((archive.path / "archive.toml").read_text()) == {"format": 1, "frame": "everything"}
    assert archive.name == "strait"
    assert archive.parts() == []


def test_opening_gives_what_was_made(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a.archive", "curated", 'those that "we" chose\nby hand')
    opened = Archive.open(tmp_path / "a.archive")
    assert (opened.frame, opened.frame_note) == ("curated", 'those that "we" chose\nby hand')


def test_a_frame_nobody_stated_is_none(tmp_path: Path) -> None:
    Archive.create(tmp_path / "a.archive")
    assert Archive.open(tmp_path / "a.archive").frame is None


def test_an_unknown_frame_names_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"the frame is 'currated'.*did you mean 'curated'"):
        Archive.create(tmp_path / "a.archive", "currated")  # type: ignore[arg-type]
    assert not (tmp_path / "a.archive").exists()


def test_a_frame_can_be_stated_later_but_not_changed(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "a.archive")
    archive.set_frame("query", "ferry*")
    archive.set_frame("query")
    assert Archive.open(archive.path).frame_note == "ferry*"
    with pytest.raises(ArchiveError, match="the archive's frame is 'query' and not 'everything'"):
        archive.set_frame("everything")


def test_an_archive_of_a_newer_version_is_refused(archive: Archive) -> None:
    (archive.path / "archive.toml").write_text("format = 2\n")
    with pytest.raises(ArchiveError, match=r"is of format 2; expected format 1 or older; install the newer"):
        Archive.open(archive.path)


@pytest.mark.parametrize("head", ["", "format = 'one'", "frame = 'everything'"])
def test_a_head_without_a_version_is_refused(archive: Archive, head: str) -> None:
    (archive.path / "archive.toml").write_text(head)
    with pytest.raises(ArchiveError, match="is of format"):
        Archive.open(archive.path)


def test_a_broken_head_is_refused(archive: Archive) -> None:
    (archive.path / "archive.toml").write_text("format = ")
    with pytest.raises(ArchiveError, match="is not TOML"):
        Archive.open(archive.path)


def test_what_is_no_archive_is_not_opened(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is no archive at"):
        Archive.open(tmp_path / "absent.archive")
    with pytest.raises(ArchiveError, match="is not an archive"):
        Archive.open(tmp_path)


def test_an_archive_is_not_made_over_something_else(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="there is something at"):
        Archive.create(archive.path)
    (tmp_path / "file").write_text("mine")
    with pytest.raises(ArchiveError, match="is a file"):
        Archive.create(tmp_path / "file")
    with pytest.raises(ArchiveError, match="no archive can be made"):
        Archive.create(tmp_path / "file" / "inside.archive")


def test_a_missing_part_is_noticed(archive: Archive, tmp_path: Path) -> None:
    archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
    archive.parts()[0].path.unlink()
    with pytest.raises(ArchiveError, match=r"lacks its file 'articles/part-"):
        archive.parts()


def test_damaged_ingests_are_noticed(archive: Archive) -> None:
    (archive.path / "ingests.jsonl").write_text('{"parts": ')
    with pytest.raises(ArchiveError, match=r"ingests\.jsonl' is damaged"):
        archive.parts()


def test_reading_folders_are_left_alone_by_adding(archive: Archive, tmp_path: Path) -> None:
    reading = archive.path / "readings" / "naming" / "1" / "abc" / "part-0123456789abcdef.parquet"
    reading.parent.mkdir(parents=True)
    reading.touch()
    archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
    assert reading.exists()


def test_an_archive_can_be_moved(archive: Archive, tmp_path: Path) -> None:
    archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
    moved = archive.path.rename(tmp_path / "elsewhere.archive")
    assert len(articles_of(Archive.open(moved))) == 3
