"""What is given need not be one table: folders, archives, workbooks, stdin, and files that are no tables."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import os
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
import typer
from archive_samples import ARTICLES, articles_of, write_csv, write_jsonl, write_parquet
from typer.testing import CliRunner, Result

from masthead.archive import Archive
from masthead.archive.sources import gather_files
from masthead.cli.archives import archive as commands
from masthead.errors import MastheadError, SourceError, UsageError

app = typer.Typer()
commands.register(app)


def run(*arguments: object, stdin: bytes | None = None) -> Result:
    result = CliRunner().invoke(app, [str(a) for a in arguments], input=stdin)
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def titles(path: Path) -> list[object]:
    return sorted(str(row["title"]) for row in articles_of(Archive.open(path)))


ALL = sorted(row["title"] for row in ARTICLES)


def test_a_folder_is_added_with_all_that_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "press"
    (folder / "2012").mkdir(parents=True)
    write_csv(folder / "a.csv", ARTICLES[:1])
    write_jsonl(folder / "2012" / "b.jsonl", ARTICLES[1:2])
    write_parquet(folder / "2012" / "c.parquet", ARTICLES[2:])
    (folder / "notes.txt").write_text("of no use")
    (folder / ".hidden.csv").write_text("x")
    result = run("add", tmp_path / "x.archive", folder)
    assert titles(tmp_path / "x.archive") == ALL
    assert "files that are not read: 1 .txt" in result.stderr
    told = [line.split(":")[0] for line in result.stdout.splitlines()]
    assert told == ["press/2012/b.jsonl", "press/2012/c.parquet", "press/a.csv"]


def test_a_folder_of_one_json_file_for_each_article_is_one_ingest(tmp_path: Path) -> None:
    folder = tmp_path / "crawl"
    folder.mkdir()
    for i, row in enumerate(ARTICLES):
        (folder / f"{i}.json").write_text(json.dumps(row))
    (folder / "8.json").write_text('{"outlet": ')
    result = run("add", tmp_path / "x.archive", folder, "--json")
    told = json.loads(result.stdout)
    assert (told["rows"], told["kept"], told["refused"], len(told["files"])) == (4, 3, 1, 1)
    rows = articles_of(Archive.open(tmp_path / "x.archive"))
    assert [row["source_row"] for row in rows] == [1, 2, 3]
    assert json.loads(str(rows[2]["extra"]))["file"] == "crawl/2.json"
    (quarantine,) = (tmp_path / "x.archive" / "quarantine").glob("*.parquet")
    assert "8.json" in pq.read_table(quarantine)["row"][0].as_py()
    again = json.loads(run("add", tmp_path / "x.archive", folder, "--json").stdout)
    assert (again["kept"], again["duplicate"]) == (0, 3)


def test_many_files_may_differ_in_their_columns(archive: Archive, tmp_path: Path) -> None:
    for i in range(60):
        row = {**ARTICLES[0], "title": f"T{i}"}
        if i % 2:
            del row["section"]
        write_csv(tmp_path / f"{i:02}.csv", [row])
    with gather_files(sorted(tmp_path.glob("*.csv"))) as (found, _):
        (one,) = found
        report = archive.add(one)
    assert (report.rows, report.kept) == (60, 60)
    assert [row["section"] for row in articles_of(archive)][:3] == ["news", None, "news"]


def test_a_zip_of_tables(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as packed:
        packed.write(write_csv(tmp_path / "a.csv", ARTICLES[:2]), "../../out/of/it.csv")
        packed.writestr("b.jsonl.gz", gzip.compress(json.dumps(ARTICLES[2]).encode()))
        packed.writestr("__MACOSX/._b.csv", "x")
    run("add", tmp_path / "x.archive", tmp_path / "a.zip")
    assert titles(tmp_path / "x.archive") == ALL
    assert not (tmp_path.parent / "out").exists()


def test_a_zip_that_would_fill_the_disk_is_not_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.archive.sources.limits._FREELY", 1_000_000)
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.csv", b"outlet,published,title,text\n" + b"x" * 5_000_000)
    with pytest.raises(SourceError, match="unfolds to over 100 times"):
        run("add", tmp_path / "x.archive", tmp_path / "a.zip")


def test_a_broken_zip(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    with pytest.raises(SourceError, match=r"'a\.zip' cannot be read: it is a zip archive that is cut off"):
        run("add", tmp_path / "x.archive", tmp_path / "a.zip")


class TestStdin:
    DATA = "outlet,published,title,text\nPost,2011-04-06,One,Text\n"

    def test_it_is_read_with_a_format(self, tmp_path: Path) -> None:
        run("add", tmp_path / "x.archive", "-", "--format", "csv", stdin=self.DATA.encode())
        assert titles(tmp_path / "x.archive") == ["One"]

    def test_it_does_not_say_its_format(self, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="--format csv"):
            run("add", tmp_path / "x.archive", "-", stdin=self.DATA.encode())


def test_a_format_can_be_told(archive: Archive, tmp_path: Path) -> None:
    write_csv(tmp_path / "a.dat", ARTICLES)
    assert archive.add(tmp_path / "a.dat", file_format="csv").kept == 3
    with pytest.raises(UsageError, match="did you mean 'parquet'"):
        archive.add(tmp_path / "a.dat", file_format="parket")


class TestWorkbooks:
    NAMES = ("outlet", "date", "title", "text", "words")

    @pytest.fixture
    def book(self, tmp_path: Path) -> Path:
        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in (
            self.NAMES,
            ("Post", dt.datetime(2011, 4, 6, 9, 30), "One", "Text\nof it", 3),
            (),
            ("Post", dt.date(2011, 4, 7), "Two", "x" * 32_767, 2.5),
        ):
            sheet.append(row)
        book.create_sheet("more").append(self.NAMES)
        book["more"].append(("Herald", "2011-04-08", "Three", "Text", None))
        book.create_sheet("about").append(("made by us",))
        book["about"].append(("for us",))
        book.save(tmp_path / "a.xlsx")
        return tmp_path / "a.xlsx"

    def test_every_sheet_of_one_header_is_read(self, archive: Archive, book: Path) -> None:
        report = archive.add(book)
        assert (report.rows, report.kept) == (3, 3)
        one, two, three = articles_of(archive)
        assert (str(one["published"])[:16], one["text"], one["extra"]) == (
            "2011-04-06 09:30", "Text\nof it", '{"words": "3"}',
        )  # fmt: skip
        assert (two["published_precision"], two["extra"]) == ("day", '{"words": "2.5"}')
        assert (three["outlet"], three["extra"]) == ("Herald", None)
        assert "sheets with another header, not read: 'about' (rows: 1)" in report.notes
        assert "cells of 32,767 characters, where Excel cuts: 1" in report.notes

    def test_one_without_names_of_columns(self, archive: Archive, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        assert book.active is not None
        book.active.append(("2011-04-06", "Post", "One", "The crews wait."))
        book.save(tmp_path / "b.xlsx")
        with pytest.raises(SourceError, match=r"looks like a row .* above the first row"):
            archive.add(tmp_path / "b.xlsx")

    def test_it_is_told_by_its_bytes(self, archive: Archive, book: Path) -> None:
        assert archive.add(book.rename(book.with_suffix(".csv"))).kept == 3

    def test_a_damaged_one(self, archive: Archive, book: Path) -> None:
        whole = bytearray(book.read_bytes())
        whole[300:900] = b"\xff" * 600
        book.write_bytes(whole)
        with pytest.raises(SourceError, match=r"'a\.xlsx' cannot be read"):
            archive.add(book)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("a.txt", b"Ferries wait\n\nThe crews wait.", "plain text"),
        ("a.txt", b"1 of 2 DOCUMENTS\n\nStrait Herald\n", "an export of a news database"),
        ("a.html", b"<div>Ferries wait</div>", "HTML"),
        ("a.csv", b"<!doctype html><p>Ferries wait", "HTML"),
        ("a.rtf", b"{\\rtf1\\ansi Ferries wait}", "a document in RTF"),
        ("a.xml", b"<?xml version='1.0'?><rss version='2.0'/>", "a feed"),
        ("a.xml", b"<?xml version='1.0'?><teiCorpus/>", "XML"),
        ("a.pdf", b"%PDF-1.7", "a PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
        ("a.csv.zst", b"\x28\xb5\x2f\xfd", "a Zstandard file"),
        ("a.sqlite", b"SQLite format 3\x00", "an SQLite database"),
        ("a.odt", b"x", "a document of a word processor"),
    ],
)
def test_a_file_that_is_no_table_says_what_to_do(
    archive: Archive, tmp_path: Path, name: str, content: bytes, what: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SourceError) as caught:
        archive.add(tmp_path / name)
    assert caught.value.given.startswith(f"'{name}' is {what}")
    assert any(word in caught.value.hint for word in ("CSV", "csv", "xlsx", "unpack"))
    assert "\n" not in str(caught.value)


def test_a_word_document_is_told_from_a_workbook(archive: Archive, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as packed:
        packed.writestr("word/document.xml", "<x/>")
    with pytest.raises(SourceError, match="a document of a word processor"):
        archive.add(tmp_path / "a.xlsx")


def test_a_folder_without_tables_says_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    with pytest.raises(SourceError, match="'texts' is empty"):
        run("add", tmp_path / "x.archive", tmp_path / "texts")
    (tmp_path / "texts" / "2011-04-06 Herald.txt").write_text("The crews wait.")
    with pytest.raises(SourceError, match=r"\(1 \.txt\).*plain text.*one CSV"):
        run("add", tmp_path / "x.archive", tmp_path / "texts")
    assert not (tmp_path / "x.archive").exists()


def test_an_address_is_not_fetched(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"is an address on the web.*download it first"):
        run("add", tmp_path / "x.archive", "https://press.example/a.csv")


@pytest.mark.skipif(sys.platform != "linux", reason="file names are bytes on Linux alone")
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.csv"))
    write_csv(path, ARTICLES)
    report = Archive.create(tmp_path / "x.archive").add(path)
    assert (report.source, report.kept) == ("caf\\xe9.csv", 3)
    assert Archive.open(tmp_path / "x.archive").ingests()[0]["source"] == "caf\\xe9.csv"


@pytest.mark.parametrize(
    "encoding", ["rot13", "undefined", "mbcs", "idna", "punycode", "unicode_escape", "base64", "", "\0"]
)
def test_an_encoding_of_no_file(archive: Archive, tmp_path: Path, encoding: str) -> None:
    with pytest.raises(UsageError, match="no encoding of text files"):
        archive.add(write_csv(tmp_path / "a.csv", ARTICLES), encoding=encoding)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32"])
def test_a_mark_of_the_encoding_that_is_not_there(archive: Archive, tmp_path: Path, encoding: str) -> None:
    path = write_csv(tmp_path / "a.csv", ARTICLES)
    path.write_bytes(path.read_text(encoding="utf-8").encode(f"{encoding}-le"))
    with pytest.raises(SourceError, match=f"say {encoding}-le or {encoding}-be"):
        archive.add(path, encoding=encoding)


def test_utf_16_that_is_cut_or_holds_half_a_character_loses_only_its_row(
    archive: Archive, tmp_path: Path
) -> None:
    head = "outlet,published,title,text\nPost,2011-04-06,One,Text\n"
    half = b"\x3d\xd8"
    broken = (
        "Post,2011-04-06,Two,".encode("utf-16-le") + half + "\nPost,2011-04-06,Three,x".encode("utf-16-le")
    )
    (tmp_path / "a.csv").write_bytes(b"\xff\xfe" + head.encode("utf-16-le") + broken + b"y")
    report = archive.add(tmp_path / "a.csv")
    assert (report.rows, report.kept, report.refused) == (3, 1, 2)
    assert report.reasons == {"it decodes neither as UTF-8 nor as Windows-1252": 2} or all(
        "decode" in reason for reason in report.reasons
    )


def test_what_a_library_raises_is_one_sentence(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from masthead.archive.sources.delimited.source import DelimitedSource

    for error in (MemoryError(), RecursionError(), OverflowError("too large"), KeyError("n"), EOFError()):

        def failing(*_: object, error: Exception = error) -> Iterator[object]:
            raise error
            yield

        monkeypatch.setattr(DelimitedSource, "batches", failing)
        with pytest.raises(MastheadError) as caught:
            archive.add(write_csv(tmp_path / "a.csv", ARTICLES))
        assert "'a.csv' cannot be read" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_lines_without_end_are_bounded(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.archive.sources.text.LONGEST_LINE", 1_000)
    write_csv(tmp_path / "a.csv", [{**ARTICLES[0], "text": "x" * 1_000}])
    with pytest.raises(SourceError, match="has a line of over"):
        archive.add(tmp_path / "a.csv")


def test_a_record_without_end_is_bounded(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("masthead.archive.sources.delimited.records._MOST_LINES", 100)
    rows = [f'Post,2011-04-06,T{i},"Text, {i}"\n' for i in range(300)]
    rows[50] = 'Post,2011-04-06,T50,"never closed\n'
    rows[51:200] = [f"Post,2011-04-06,T{i},x\n" for i in range(51, 200)]
    (tmp_path / "a.csv").write_text("outlet,published,title,text\n" + "".join(rows))
    report = archive.add(tmp_path / "a.csv")
    assert (report.rows, report.kept, report.refused) == (300, 299, 1)


@pytest.mark.parametrize("name", ["a.csv.gz", "a.jsonl.gz", "a.json.gz"])
def test_a_small_file_that_unfolds_without_end_is_left(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr("masthead.archive.sources.limits._FREELY", 1_000_000)
    row = json.dumps({**ARTICLES[0]}).encode()
    head = {"a.csv.gz": b"outlet,published,title,text\n", "a.jsonl.gz": row + b"\n", "a.json.gz": b"[" + row}[
        name
    ]
    buffer = io.BytesIO()
    with gzip.GzipFile(fileobj=buffer, mode="wb") as packed:
        packed.write(head + b" \n" * 2_000_000)
    (tmp_path / name).write_bytes(buffer.getvalue())
    with pytest.raises(SourceError, match="unfolds to over 100 times its size"):
        archive.add(tmp_path / name)
