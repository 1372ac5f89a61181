"""Whatever a survey keeps may be damaged: the next one finds it, says so, and makes it again."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from masthead.archive import Archive
from masthead.archive.lock import alone_in
from masthead.errors import ArchiveError
from masthead.findings.findings import Findings
from masthead.surveying import survey
from masthead.surveying.pages import write_dossier
from tests.surveying.conftest import Surveyed


def damaged(path: Path, how: int) -> None:
    """Flip a bit near the end, where a Parquet file has its footer; cut; empty; or put a folder in its place."""
    content = bytearray(path.read_bytes())
    if how == 0:
        content[len(content) * 9 // 10] ^= 1
        path.write_bytes(content)
    elif how == 1:
        path.write_bytes(content[: len(content) * 2 // 3])
    elif how == 2:
        path.write_bytes(b"")
    else:
        path.unlink()
        path.mkdir()


@pytest.fixture
def copied(small: Surveyed, tmp_path: Path) -> Archive:
    # In a folder whose name could be taken for a pattern, and for a column of the files in it.
    return Archive.open(shutil.copytree(small.archive.path, tmp_path / "outlet=it's [1]*?" / "press.archive"))


def test_every_kept_file_is_made_again_and_named(small: Surveyed, copied: Archive) -> None:
    for number, name in enumerate(small.kept):
        damaged(copied.path / name, number % 4)
    again = survey(small.study, copied, processes=1)
    assert again.of_wire("with").estimates.equals(small.findings.of_wire("with").estimates)
    named = {Path(name).parts[0] for name in again.about["made_again"]}
    assert named == {"readings", "sentences", "links"}
    # Some are written anew without being looked at; those that were needed are all named, and all are whole again.
    assert len(again.about["made_again"]) >= 15
    assert copied.check().broken == []


@pytest.mark.parametrize("name", ["estimates.parquet", "survey.json"])
def test_a_dossier_with_a_flipped_bit_is_not_taken_over(
    small: Surveyed, copied: Archive, tmp_path: Path, name: str
) -> None:
    dossier = tmp_path / "dossier"
    small.findings.save(dossier)
    content = bytearray((dossier / name).read_bytes())
    at = content.index(b"version") + 12 if name.endswith("json") else len(content) * 4 // 5
    content[at] ^= 1
    (dossier / name).write_bytes(content)
    with pytest.raises(ArchiveError, match="run the survey again"):
        Findings.load(dossier)
    again = survey(small.study, copied, previous=dossier, processes=1)
    assert again.about["made_again"] == [str(dossier / name)]
    assert again.of_wire("with").estimates.equals(small.findings.of_wire("with").estimates)


@pytest.mark.parametrize("name", ["estimates.parquet", "survey.json"])
def test_a_dossier_that_was_cut_short_is_not_taken_over(small: Surveyed, tmp_path: Path, name: str) -> None:
    small.findings.save(tmp_path)
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ArchiveError, match="run the survey again"):
        Findings.load(tmp_path)


def test_a_survey_is_of_the_articles_that_were_there_when_it_began(
    small: Surveyed, copied: Archive, tmp_path: Path
) -> None:
    """Articles that are added meanwhile change neither the figures nor the hash."""
    stray = copied.path / "articles" / "part-0123456789abcdef.parquet"
    lines = (small.folder / "press.jsonl").read_text(encoding="utf-8").splitlines()
    more = tmp_path / "more.jsonl"
    more.write_text(
        lines[0].replace("outlet", "Outlet", 1).replace('"title": "', '"title": "More ', 1) + "\n"
    )
    added: list[int] = []

    def add_meanwhile(stage: str, done: int, total: int) -> None:
        if not added:
            # Readers hold the archive while they write: then the add is told to wait, and comes later.
            with contextlib.suppress(ArchiveError):
                added.append(Archive.open(copied.path).add(more).kept)
                shutil.copy(copied.parts()[0].path, stray)

    found = survey(small.study, copied, processes=1, progress=add_meanwhile)
    assert added == [1]
    # A file that no ingest names is said to be left out.
    assert found.about["unnamed"] == ["articles/part-0123456789abcdef.parquet"]
    assert found.about["archive_hash"] == small.archive.hash != copied.hash
    assert sum(o["n_articles"] for o in found.about["outlets"]) == 150
    assert found.of_wire("with").estimates.equals(small.findings.of_wire("with").estimates)


HOLD = """
import sys
from pathlib import Path
from masthead.archive.lock import alone_in
with alone_in(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_survey_into_a_folder_is_told(small: Surveyed, tmp_path: Path) -> None:
    folder = tmp_path / "dossier"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    assert other.stdout.readline() == b"held\n"
    for write in (lambda: small.findings.save(folder), lambda: write_dossier(small.findings, folder)):
        with pytest.raises(ArchiveError, match="another survey is writing to"):
            write()
    other.communicate()
    # Who holds it may take it again.
    with alone_in(folder):
        small.findings.save(folder)


def test_pages_are_not_put_over_the_tables_of_another_survey(small: Surveyed, tmp_path: Path) -> None:
    small.findings.save(tmp_path)
    other = Findings(**{**vars(small.findings), "about": {**small.findings.about, "study_hash": "another"}})
    with pytest.raises(ArchiveError, match="another survey has written"):
        write_dossier(other, tmp_path)
