"""Golden surveys: what is the same is told as the same, and what is not is named."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from masthead.errors import UsageError
from masthead.findings.findings import Findings
from masthead.findings.schemas import SCHEMAS
from masthead.validation import golden
from masthead.validation.golden import Hashes, comparable, differing

BEFORE = Hashes(
    "x86_64 avx2", {"demo": {"0/tables/words.txt": "a", "0/pages/index.html": "b", "readings": "c"}}
)


def _after(processor: str = "x86_64 avx2", **entries: str) -> Hashes:
    named = {"words": "0/tables/words.txt", "index": "0/pages/index.html", "readings": "readings"}
    changed = {named[name]: value for name, value in entries.items()}
    return Hashes(processor, {"demo": {**BEFORE.surveys["demo"], **changed}})


def test_what_differs_is_named() -> None:
    assert differing(BEFORE, _after()) == {"demo": []}
    assert differing(BEFORE, _after(words="z")) == {"demo": ["0/tables/words.txt"]}


def test_an_entry_that_one_of_them_lacks_differs() -> None:
    less = Hashes(BEFORE.processor, {"demo": {"readings": "c"}})
    assert differing(BEFORE, less) == {"demo": ["0/pages/index.html", "0/tables/words.txt"]}


def test_another_processor_is_no_fault() -> None:
    assert comparable(BEFORE, _after(words="z"))
    assert not comparable(BEFORE, _after("arm64", words="z"))


def test_hashes_are_kept_in_a_file(tmp_path: Path) -> None:
    BEFORE.save(tmp_path / "h.json")
    assert Hashes.load(tmp_path / "h.json") == BEFORE


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"processor": 1}', '{"processor": "x", "surveys": {"demo": 5}}']
)
def test_a_file_of_something_else_is_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "h.json").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="no file of golden hashes"):
        Hashes.load(tmp_path / "h.json")


def test_a_hash_hangs_on_what_was_found_and_not_on_when(tmp_path: Path) -> None:
    words = SCHEMAS["words"].empty_table()
    one = _hashed(
        tmp_path / "one", Findings(words=words, about={"made": "2020-01-01", "title": "A"}), "1 Jan 2020"
    )
    two = _hashed(
        tmp_path / "two", Findings(words=words, about={"made": "2021-01-01", "title": "A"}), "2 Jan 2021"
    )
    other = _hashed(tmp_path / "other", Findings(words=words, about={"title": "B"}), "1 Jan 2020")
    assert one == two
    assert {name for name in one if one[name] != other[name]} == {"0/about.json"}
    row = pa.Table.from_pylist([dict.fromkeys(words.column_names)], schema=words.schema)
    found = _hashed(tmp_path / "found", Findings(words=row, about={"title": "A"}), "1 Jan 2020")
    assert {name for name in one if one[name] != found[name]} == {"0/tables/words.txt"}


def test_the_file_of_the_repository_is_one() -> None:
    hashes = Hashes.load(Path(__file__).parents[1] / "golden.json")
    assert "demo" in hashes.surveys
    assert set(hashes.surveys) <= set(golden.SURVEYS)


def _hashed(folder: Path, findings: Findings, made: str) -> dict[str, str]:
    """Hash findings with one page that says when it was made."""
    dossier = folder / "dossier"
    dossier.mkdir(parents=True)
    (dossier / "index.html").write_text(f"<dt>Made</dt><dd>{made}</dd>", encoding="utf-8")
    for name, text in golden.texts_of(findings, dossier):
        path = folder / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return golden.hashes_of(folder / "texts", "0/")
