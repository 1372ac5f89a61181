"""A dossier takes a folder that is new, empty or a dossier's, and leaves alone what is somebody else's."""

from __future__ import annotations

from pathlib import Path

import pytest

from masthead.dossier import claim
from masthead.errors import UsageError
from masthead.findings.findings import Findings
from tests.dossier import strait
from tests.dossier.conftest import build


@pytest.fixture
def findings() -> Findings:
    return Findings(about={**strait.findings(papers=()).about, "outlets": []})


def test_a_folder_that_is_new_or_empty_may_be_taken(tmp_path: Path) -> None:
    claim(tmp_path / "a" / "b")
    claim(tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()], (
        "taking a folder writes nothing into it"
    )


@pytest.mark.parametrize(
    "name", ["index.html", "estimates.csv", "estimates.parquet", "survey.json", "notes.txt"]
)
def test_a_folder_with_files_of_somebody_else_is_refused_by_naming_one(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match=f"other files than a dossier's.*{name}.*--output"):
        claim(tmp_path)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "under"):
        with pytest.raises(UsageError, match=r"'.*file' is a file"):
            claim(path)


@pytest.mark.parametrize("gone", [(), ("survey.json",), ("survey.json", "index.html")])
def test_a_dossier_that_a_crash_left_unfinished_may_be_taken_again(
    tmp_path: Path, findings: Findings, gone: tuple[str, ...]
) -> None:
    findings.save(tmp_path)
    build(findings, tmp_path)
    (tmp_path / ".survey.json.1234abcd.tmp").write_text("{", encoding="utf-8")
    for name in gone:
        (tmp_path / name).unlink()
    left = sorted(tmp_path.rglob("*"))
    claim(tmp_path)
    build(findings, tmp_path)
    assert (tmp_path / "index.html").is_file()
    assert set(left) - set(tmp_path.rglob("*")) <= {tmp_path / ".survey.json.1234abcd.tmp"}


def test_files_that_somebody_put_into_a_dossier_stay(tmp_path: Path, findings: Findings) -> None:
    build(findings, tmp_path)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    own = ["notes.txt", "evidence/mine.html", "series/mine.html", "charts/mine.svg"]
    stale = ["evidence/gone--paper.html", f"charts/{'0' * 20}.svg"]
    for name in (*own, *stale):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(index if name in stale else "mine", encoding="utf-8")
    claim(tmp_path)
    build(findings, tmp_path)
    assert all((tmp_path / name).read_text(encoding="utf-8") == "mine" for name in own)
    assert not any((tmp_path / name).exists() for name in stale)
