"""Claims on record: written once, never changed, and told apart by whether anybody had looked."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from masthead.archive import Archive
from masthead.errors import ArchiveError
from masthead.questions.claims import first_survey, note_survey, on_record, register
from tests.claims.made import claim, judged, study, units

THEN = dt.datetime(2031, 5, 1, 12, tzinfo=dt.UTC)
LATER = THEN + dt.timedelta(days=1)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "a.archive")


def test_a_claim_on_record_keeps_its_time_and_adds_nothing(archive: Archive) -> None:
    (first,) = register(study(claim()), archive, THEN)
    text = (archive.path / "claims.jsonl").read_text()
    (again,) = register(study(claim()), archive, LATER)
    assert (first.new, again.new) == (True, False)
    assert again.registered == THEN
    assert (archive.path / "claims.jsonl").read_text() == text


def test_a_changed_claim_is_another_and_the_old_one_stays(archive: Archive) -> None:
    register(study(claim()), archive, THEN)
    before = (archive.path / "claims.jsonl").read_text()
    register(study(claim(margin=0.1)), archive, LATER)
    after = (archive.path / "claims.jsonl").read_text()
    assert after.startswith(before)
    lines = [json.loads(line) for line in after.splitlines()]
    assert [line["claim"].get("margin") for line in lines] == [None, 0.1]
    assert sorted(on_record(archive).values()) == [THEN, LATER]


def test_a_crash_leaves_the_old_record(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    register(study(claim()), archive, THEN)
    before = (archive.path / "claims.jsonl").read_bytes()

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", crash)
    with pytest.raises(KeyboardInterrupt):
        register(study(claim(margin=0.1)), archive, LATER)
    assert (archive.path / "claims.jsonl").read_bytes() == before


@pytest.mark.parametrize("text", ["{", "[]", '{"hash": "x"}', '{"hash": "x", "registered": "soon"}'])
def test_a_damaged_record_is_said_to_be(archive: Archive, text: str) -> None:
    (archive.path / "claims.jsonl").write_text(text + "\n")
    with pytest.raises(ArchiveError, match=r"claims\.jsonl' is damaged"):
        on_record(archive)
    with pytest.raises(ArchiveError, match="is damaged"):
        register(study(claim()), archive)


def test_the_first_survey_is_noted_once(archive: Archive) -> None:
    assert first_survey(archive) is None
    note_survey(archive, THEN)
    note_survey(archive, LATER)
    assert first_survey(archive) == THEN
    (archive.path / "surveyed.json").write_text("{}")
    with pytest.raises(ArchiveError, match=r"surveyed\.json' is damaged"):
        first_survey(archive)


def test_a_verdict_says_whether_anybody_had_looked(tmp_path: Path, archive: Archive) -> None:
    rows = [*units("gull", 0.7), *units("skua", 0.2)]
    early, late, never = claim(), claim(id="late", margin=0.1), claim(id="never", margin=0.2)
    register(study(early), archive, THEN)
    note_survey(archive, THEN + dt.timedelta(hours=1))
    register(study(late), archive, LATER)
    told, _ = judged(tmp_path, rows, early, late, never)
    assert [row["registered"] for row in told] == [THEN, LATER, None]
    assert [row["registered_before"] for row in told] == [True, False, None]
    # Another margin than the one on record is another claim.
    told, _ = judged(tmp_path, rows, claim(margin=0.3))
    assert told[0]["registered"] is None
