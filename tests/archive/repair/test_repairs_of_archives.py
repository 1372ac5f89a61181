"""Repairs in an archive: what is told, kept, taken back, and known again."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from archive_command import run
from archive_samples import articles_of, write_csv, write_json, write_jsonl, write_parquet

from masthead.archive import Archive
from masthead.archive.originals import ORIGINALS_SCHEMA

CLEAN = {
    "outlet": "Quay Post",
    "published": "2021-03-01",
    "title": "Café & quay",
    "text": "Hale left. Nobody knew.",
}
DAMAGED = {**CLEAN, "title": "CafÃ© &amp; quay", "text": "<p>Hale left.Nobody\u00a0knew.</p>"}
OTHER = {**CLEAN, "title": "Another", "text": "Varn left."}


def added(archive: Archive, path: Path, *rows: dict[str, str], **options: Any) -> tuple[int, int]:
    report = archive.add(write_jsonl(path, rows), **options)
    return report.kept, report.duplicate


def test_the_repaired_is_kept_the_original_beside_it_and_both_are_told(
    archive: Archive, tmp_path: Path
) -> None:
    report = archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED, OTHER]))
    assert [row["text"] for row in articles_of(archive)] == [CLEAN["text"], OTHER["text"]]
    assert report.repaired == {"tags": 1, "entities": 1, "encoding": 1, "invisible": 1, "glued": 1}
    assert {row["field"]: row["original"] for row in archive.originals().to_pylist()} == {
        "title": DAMAGED["title"],
        "text": DAMAGED["text"],
    }
    assert archive.info().repaired == report.repaired
    assert any("CafÃ©" in note for note in report.notes)
    assert archive.check().faults == []


def test_as_is_keeps_texts_and_tells(archive: Archive, tmp_path: Path) -> None:
    report = archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED]), as_is=True)
    assert articles_of(archive)[0]["text"] == DAMAGED["text"]
    assert report.repaired["tags"] == 1
    assert archive.originals().num_rows == 0
    assert not list((archive.path / "originals").iterdir())


@pytest.mark.parametrize(("first", "then"), [(True, False), (False, True), (False, False)])
def test_the_same_file_adds_nothing(archive: Archive, tmp_path: Path, first: bool, then: bool) -> None:
    assert added(archive, tmp_path / "a.jsonl", DAMAGED, OTHER, as_is=first) == (2, 0)
    assert added(archive, tmp_path / "a.jsonl", DAMAGED, OTHER, as_is=then) == (0, 2)
    assert added(archive, tmp_path / "b.jsonl", OTHER, DAMAGED, {**DAMAGED, "url": "x"}, as_is=then) == (0, 3)


def test_a_clean_copy_of_a_repaired_article_is_a_duplicate(archive: Archive, tmp_path: Path) -> None:
    assert added(archive, tmp_path / "a.jsonl", DAMAGED, CLEAN) == (1, 1)
    assert added(archive, tmp_path / "b.jsonl", {**CLEAN, "url": "x"}) == (0, 1)


def test_an_outlet_in_a_wrong_encoding_is_the_outlet(archive: Archive, tmp_path: Path) -> None:
    rows = [
        {**OTHER, "outlet": name, "title": f"T{i}"}
        for i, name in enumerate(["Café Post", "CafÃ© Post", "Café\u00a0Post "])
    ]
    archive.add(write_csv(tmp_path / "a.csv", rows))
    assert {row["outlet"] for row in articles_of(archive)} == {"Café Post"}
    assert archive.check().faults == []
    assert added(archive, tmp_path / "b.jsonl", *rows, as_is=True) == (0, 3)


def test_the_credit_is_repaired_and_had_back(archive: Archive, tmp_path: Path) -> None:
    archive.add(write_jsonl(tmp_path / "a.jsonl", [{**OTHER, "credit": "Agence CafÃ©"}]))
    assert articles_of(archive)[0]["credit"] == "Agence Café"
    assert [(o["field"], o["original"]) for o in archive.originals().to_pylist()] == [
        ("credit", "Agence CafÃ©")
    ]
    assert archive.check().faults == []


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.csv", write_csv), ("a.json", write_json), ("a.parquet", write_parquet), ("a.jsonl", write_jsonl)],
)
def test_every_format_is_repaired(archive: Archive, tmp_path: Path, name: str, write: Any) -> None:
    archive.add(write(tmp_path / name, [DAMAGED]))
    assert articles_of(archive)[0]["title"] == CLEAN["title"]


def test_what_holds_nothing_but_markup_has_no_text(archive: Archive, tmp_path: Path) -> None:
    rows = [
        OTHER,
        {**OTHER, "title": "One", "text": "<p>&nbsp;</p><br>"},
        {**OTHER, "title": "", "text": "<p></p>"},
    ]
    report = archive.add(write_jsonl(tmp_path / "a.jsonl", rows))
    assert (report.kept, report.without_text, report.refused) == (2, 1, 1)
    (quarantine,) = (archive.path / "quarantine").iterdir()
    assert json.loads(pq.read_table(quarantine)["row"][0].as_py())["text"] == "<p></p>"


class TestKeeping:
    def test_undo_takes_the_originals_too(self, archive: Archive, tmp_path: Path) -> None:
        archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED]))
        archive.undo()
        assert not list((archive.path / "originals").iterdir())
        assert added(archive, tmp_path / "a.jsonl", DAMAGED) == (1, 0)

    def test_replace_keeps_what_is_asked_for_now(self, archive: Archive, tmp_path: Path) -> None:
        archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED]))
        archive.add(tmp_path / "a.jsonl", as_is=True, replace=True)
        assert articles_of(archive)[0]["text"] == DAMAGED["text"]
        assert not list((archive.path / "originals").iterdir())
        archive.add(tmp_path / "a.jsonl", replace=True)
        assert articles_of(archive)[0]["text"] == CLEAN["text"]
        assert archive.originals().num_rows == 2

    def test_damage_to_originals_is_found(self, archive: Archive, tmp_path: Path) -> None:
        archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED]))
        (path,) = (archive.path / "originals").iterdir()
        rows = pq.read_table(path).to_pylist()
        changed = [{**row, "original": row["original"] + "."} for row in rows]
        pq.write_table(pq.read_table(path).from_pylist(changed, ORIGINALS_SCHEMA), path)
        assert any("originals/" in fault for fault in archive.check().faults)
        path.unlink()
        assert any("originals/" in fault for fault in archive.check().faults)

    def test_a_lost_index_takes_them_back(self, archive: Archive, tmp_path: Path) -> None:
        archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED, OTHER]))
        before = archive.originals()
        (archive.path / "ingests.jsonl").unlink()
        assert len(archive.unnamed()) == 2
        mended = archive.mend()
        assert (mended.articles, mended.aside) == (2, {})
        assert archive.originals().equals(before)
        assert archive.check().faults == []
        assert archive.info().repaired["tags"] == 1
        assert added(archive, tmp_path / "b.jsonl", {**DAMAGED, "url": "x"}, as_is=True) == (0, 1)

    def test_of_a_part_that_is_there_in_part_the_rest_comes_back(
        self, archive: Archive, tmp_path: Path
    ) -> None:
        archive.add(write_jsonl(tmp_path / "a.jsonl", [DAMAGED, OTHER]))
        (archive.path / "ingests.jsonl").rename(tmp_path / "lost")
        again = Archive.create(tmp_path / "b.archive")
        again.add(write_jsonl(tmp_path / "b.jsonl", [OTHER]))
        for folder in ("articles", "originals"):
            for path in (archive.path / folder).iterdir():
                path.rename(again.path / folder / path.name)
        mended = again.mend()
        assert (mended.articles, len(mended.aside)) == (1, 2)
        assert again.originals().num_rows == 2
        assert again.check().faults == []


class TestDamageThatIsTold:
    def test_masked_and_tokenised_words(self, archive: Archive, tmp_path: Path) -> None:
        texts = [
            "They k@ll people.",
            "Write to ann@quay.example or @quay now.",
            "He paid @ @ @ @ @ for it.",
            "He said , as ever . `` It 's gone '' , and left . Nobody came , nobody .",
            "He said . `` It 's gone ''",
            "The terr@rists were k@lled.",
            "Ils ont dit : « Non » ; et puis, rien. Voilà, c’est tout, non ?",
        ]
        rows = [{**OTHER, "title": f"T{i}", "text": text} for i, text in enumerate(texts)]
        report = archive.add(write_jsonl(tmp_path / "a.jsonl", rows))
        assert report.damaged == {"masked": 3, "tokenised": 2}
        assert [row["text"] for row in articles_of(archive)] == texts
        assert archive.info().damaged == report.damaged

    def test_texts_that_end_with_a_spreadsheets_cell(self, archive: Archive, tmp_path: Path) -> None:
        long = "The port of Ilmar was quiet, and nobody came there for years. " * 600
        rows = [{**OTHER, "title": f"T{n}", "text": long[:n]} for n in (32_000, 32_757, 32_767, 33_000)]
        rows.append({**OTHER, "title": "Emoji", "text": "🙂" * 5 + long[:32_757]})
        rows.append({**OTHER, "title": "Whole", "text": long[:32_766] + "."})
        assert archive.add(write_jsonl(tmp_path / "a.jsonl", rows)).damaged == {"cut": 2}

    def test_many_texts_of_one_length(self, archive: Archive, tmp_path: Path) -> None:
        rows = [
            {**OTHER, "title": f"T{i}", "text": f"Report {i:03} of the port, " + "and so on " * (20 + i)}
            for i in range(40)
        ]
        for row in rows[:9]:
            row["text"] = row["text"][:199] + "x"
        for row in rows[9:]:
            row["text"] = row["text"].strip() + "."
        rows += [
            {**OTHER, "title": f"S{i}", "text": "Subscribe to read on, please do so " * 5 + "now"}
            for i in range(9)
        ]
        report = archive.add(write_jsonl(tmp_path / "a.jsonl", rows))
        assert report.damaged == {"cut": 9}
        assert any("200 (9)" in note for note in report.notes)

    def test_the_note_of_a_news_service(self, archive: Archive, tmp_path: Path) -> None:
        row = {**OTHER, "text": "The port was quiet and… [+2310 chars]"}
        assert archive.add(write_jsonl(tmp_path / "a.jsonl", [row])).damaged == {"cut": 1}


class Killed(BaseException):
    """Stands for a kill: no code of the archive catches it."""


@pytest.mark.parametrize("replace", [False, True])
def test_a_killed_ingest_leaves_articles_and_originals_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replace: bool
) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [{**DAMAGED, "title": f"CafÃ© {i}"} for i in range(3)])
    flush = os.fsync
    for step in range(40):
        archive = Archive.create(tmp_path / f"{step}.archive")
        if replace:
            archive.add(source, as_is=True)
        left = step

        def killing(handle: int) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            flush(handle)

        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", killing)
            patch.setattr(Archive, "_clean", lambda self: None)
            try:
                archive.add(source, replace=replace)
            except Killed:
                done = False
            else:
                done = True
        again = Archive.open(archive.path)
        again.add(source, replace=replace)
        assert again.check().faults == []
        assert (len(articles_of(again)), again.originals().num_rows) == (3, 6)
        if done:
            break
    assert done
    assert step > 4


def test_the_commands_tell(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", [DAMAGED])
    told = run("add", tmp_path / "x.archive", source, "--frame", "everything").stderr
    assert "<p>Hale" in told
    assert "repaired: 1" in told
    assert "tags 1" in run("archive", "info", tmp_path / "x.archive").stdout
    told = run("add", tmp_path / "y.archive", source, "--frame", "everything", "--as-is").stderr
    assert "--as-is" in told
    assert articles_of(Archive.open(tmp_path / "y.archive"))[0]["text"] == DAMAGED["text"]


def test_slots_and_escapes_that_are_not_sure_are_told_and_left(archive: Archive, tmp_path: Path) -> None:
    texts = [
        "Dear {{name}}, the port is shut.",
        r"Either\nor it is so.",
        "Hale left [/b] here.",
        r"See C:\new\top.",
    ]
    rows = [{**CLEAN, "title": f"T{i}", "text": text} for i, text in enumerate(texts)]
    report = archive.add(write_jsonl(tmp_path / "a.jsonl", rows))
    assert sorted(row["text"] for row in articles_of(archive)) == sorted(texts)
    assert (report.repaired, report.damaged) == ({}, {"slots": 1, "escaped": 1, "halves": 1})
    assert any("{{name}}" in note for note in report.notes)


def test_what_programs_escaped_is_told_and_its_original_kept(archive: Archive, tmp_path: Path) -> None:
    damaged = {
        **CLEAN,
        "title": r"The quay\u2019s end",
        "text": r"[b]Hale[/b] left.\nThe [port](https://quay.example) is \"shut\".",
    }
    report = archive.add(write_jsonl(tmp_path / "a.jsonl", [damaged]))
    (article,) = articles_of(archive)
    assert (article["title"], article["text"]) == ("The quay’s end", 'Hale left.\nThe port is "shut".')
    assert report.repaired == {"backslashes": 1, "links": 1, "brackets": 1}
    assert {row["original"] for row in archive.originals().to_pylist()} == {damaged["title"], damaged["text"]}


def test_long_texts_from_which_marks_were_taken_are_told(archive: Archive, tmp_path: Path) -> None:
    whole = "The mayor came late, saw the port, and said that nobody would leave the old quay. " * 15
    texts = [
        whole,
        whole.replace(",", ""),
        whole.replace(".", ""),
        whole.lower(),
        whole.replace(",", "")[:900],
        "港は閉鎖された。" * 150,
        "ท่าเรือปิดแล้วเมื่อวานนี้ " * 80,
        "وصل العمدة متأخرا، ثم غادر المدينة. " * 40,
    ]
    rows = [{**CLEAN, "title": f"T{i}", "text": text} for i, text in enumerate(texts)]
    assert archive.add(write_jsonl(tmp_path / "a.jsonl", rows)).damaged == {"stripped": 3}
