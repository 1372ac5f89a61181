"""Killed at any instant, an archive is as it was before, and adding again completes it."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from archive_samples import ARTICLES, articles_of, files_of, write_csv

from masthead.archive import Archive
from masthead.archive import parts as parts_module
from masthead.archive.store import sweep, write_parquet_atomically, write_text_atomically
from masthead.errors import ArchiveError

MANY = [
    {**ARTICLES[i % 3], "outlet": "" if i % 10 == 9 else "Post", "title": f"Title {i}"} for i in range(40)
]


class Killed(BaseException):
    """Stands for SIGKILL: nothing in the package catches it and goes on."""


def killing(step: int, do: Callable[..., object]) -> Callable[..., object]:
    """Return `do` that dies at its call number `step`, before doing anything."""
    calls = iter(range(step))

    def dying(*args: object, **options: object) -> object:
        if next(calls, None) is None:
            raise Killed
        return do(*args, **options)

    return dying


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts_module, "PART_ROWS", 10)


@pytest.fixture
def uninterrupted(tmp_path: Path) -> dict[str, bytes]:
    whole = Archive.create(tmp_path / "whole.archive", "everything")
    whole.add(write_csv(tmp_path / "first.csv", ARTICLES))
    whole.add(write_csv(tmp_path / "many.csv", MANY))
    return files_of(whole)


@pytest.mark.parametrize("when", ["before a rename", "after a rename", "before a flush"])
@pytest.mark.parametrize("step", range(8))
def test_an_ingest_killed_at_any_step_loses_nothing(
    archive: Archive,
    tmp_path: Path,
    uninterrupted: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    when: str,
    step: int,
) -> None:
    archive.add(tmp_path / "first.csv")
    before = articles_of(archive)
    with monkeypatch.context() as patch:
        # A killed process cleans nothing up.
        patch.setattr(Path, "unlink", lambda *_, **__: None)
        rename = Path.replace
        if when == "before a rename":
            patch.setattr(Path, "replace", killing(step, rename))
        elif when == "after a rename":

            def renamed(path: Path, target: Path) -> Path:
                done = rename(path, target)
                dying()
                return done

            dying = killing(step, lambda: None)
            patch.setattr(Path, "replace", renamed)
        else:
            patch.setattr(os, "fsync", killing(step, os.fsync))
        try:
            archive.add(tmp_path / "many.csv")
        except Killed:
            pass
        else:
            assert step >= 6
    reader = Archive.open(archive.path)
    assert articles_of(reader)[: len(before)] == before
    assert len(reader.parts()) in (1, 5)
    Archive.open(archive.path).add(tmp_path / "many.csv")
    if len(reader.ingests()) == 2:  # else the kill came after the ingest was recorded, and it was added twice
        assert files_of(archive) == uninterrupted
    assert articles_of(archive) == articles_of(Archive.open(tmp_path / "whole.archive"))


SCRIPT = """
import sys
from masthead.archive import Archive, parts
parts.PART_ROWS = 10
archive = Archive.open(sys.argv[1])
print("ready", flush=True)
archive.add(sys.argv[2])
print("done", flush=True)
"""


@pytest.mark.parametrize("seed", range(4))
def test_sigkill_at_a_random_moment_loses_nothing(tmp_path: Path, seed: int) -> None:
    rows = [{**ARTICLES[0], "title": f"Title {i}"} for i in range(300)]
    source = write_csv(tmp_path / "many.csv", rows)
    archive = Archive.create(tmp_path / "a.archive")
    archive.add(write_csv(tmp_path / "first.csv", ARTICLES))
    child = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(archive.path), str(source)], stdout=subprocess.PIPE, env=os.environ
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"ready\n"
        time.sleep(random.Random(seed).uniform(0.0, 0.3))
        child.send_signal(signal.SIGKILL)
        child.wait()
    assert len(articles_of(Archive.open(archive.path))) in (3, 303)
    archive.add(source)
    archive.add(source)
    assert len({row["article_id"] for row in articles_of(archive)}) == len(articles_of(archive)) == 303
    named = {part.name for part in archive.parts()}
    assert {path.name for path in (archive.path / "articles").iterdir()} == named


def test_a_torn_creation_is_finished_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "a.archive"
    path.mkdir()
    (path / ".lock").touch()
    (path / ".archive.toml.0123abcd.tmp").write_text("form")
    archive = Archive.create(path, "query", "all that mention “ferry”")
    assert (Archive.open(path).frame, Archive.open(path).frame_note) == ("query", "all that mention “ferry”")
    archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
    assert list(path.glob(".*.tmp")) == []


def test_a_full_disk_is_said_and_leaves_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.add(write_csv(tmp_path / "first.csv", ARTICLES))
    before = files_of(archive)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(ArchiveError, match=r"cannot be written \(No space left on device\)"):
            archive.add(write_csv(tmp_path / "many.csv", MANY))
    assert files_of(archive) == before


class TestTwoWriters:
    def test_the_second_is_told_and_the_first_undisturbed(self, archive: Archive, tmp_path: Path) -> None:
        source = write_csv(tmp_path / "a.csv", ARTICLES)
        second = Archive.open(archive.path)
        with archive.writer_lock(), pytest.raises(ArchiveError, match="another program is writing"):
            second.add(source)
        assert second.add(source).kept == 3

    def test_another_process_is_told_too(self, archive: Archive, tmp_path: Path) -> None:
        source = write_csv(tmp_path / "a.csv", ARTICLES)
        script = (
            "import sys\nfrom masthead.archive import Archive\nArchive.open(sys.argv[1]).add(sys.argv[2])"
        )
        with archive.writer_lock():
            told = subprocess.run(
                [sys.executable, "-c", script, str(archive.path), str(source)], capture_output=True, text=True
            )
        assert "another program is writing to the archive" in told.stderr
        assert archive.parts() == []

    def test_readers_need_no_lock(self, archive: Archive, tmp_path: Path) -> None:
        archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
        with archive.writer_lock():
            assert len(articles_of(Archive.open(archive.path))) == 3

    def test_the_lock_is_free_after_an_error(self, archive: Archive, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="x"), archive.writer_lock():
            raise ValueError("x")
        with Archive.open(archive.path).writer_lock():
            pass


class TestWritingFiles:
    def test_a_failed_write_leaves_the_old_file_and_no_other(self, tmp_path: Path) -> None:
        path = tmp_path / "folder" / "a.txt"
        write_text_atomically("old", path)
        with pytest.raises(UnicodeEncodeError):
            write_text_atomically("half \ud800", path)
        assert path.read_text() == "old"
        assert list(path.parent.iterdir()) == [path]

    def test_batches_are_written_as_they_come(self, tmp_path: Path) -> None:
        schema = pa.schema([("n", pa.int64())])
        batches = (pa.record_batch([[i, i + 1]], schema=schema) for i in range(3))
        assert write_parquet_atomically(batches, tmp_path / "a.parquet", schema) == 6
        assert write_parquet_atomically([], tmp_path / "b.parquet", schema) == 0
        assert pa.parquet.read_table(tmp_path / "b.parquet").schema == schema  # type: ignore[attr-defined]

    def test_batches_without_a_schema_are_a_mistake(self, tmp_path: Path) -> None:
        with pytest.raises(TypeError, match="need a schema"):
            write_parquet_atomically([], tmp_path / "a.parquet")

    def test_sweeping_takes_only_temporary_files(self, tmp_path: Path) -> None:
        (tmp_path / ".a.parquet.00ff00ff.tmp").touch()
        (tmp_path / "a.parquet").touch()
        assert sweep(tmp_path) == 1
        assert [p.name for p in tmp_path.iterdir()] == ["a.parquet"]
