"""Bad input: one clear sentence each, and an archive that is as it was before."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import ARTICLES, articles_of, files_of, write_csv, write_json, write_jsonl, write_parquet

from masthead.archive import Archive
from masthead.errors import MastheadError, SourceError, UsageError

HEADER = "outlet,date,title,text\n"


def refusal(archive: Archive, path: Path, **options: object) -> MastheadError:
    """The error of adding `path`, after checking that it is one sentence and left no trace."""
    archive.add(write_csv(path.parent / "good.csv", ARTICLES))
    before = files_of(archive)
    with pytest.raises(MastheadError) as caught:
        archive.add(path, **options)  # type: ignore[arg-type]
    assert files_of(archive) == before
    assert "\n" not in str(caught.value)
    assert path.name in str(caught.value)
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.csv", b"", "is empty"),
        ("blank.csv", b"\xef\xbb\xbf \r\n\r\n", "is empty"),
        ("header.csv", HEADER.encode(), "holds no rows"),
        ("empty.jsonl", b"\n\n", "is empty"),
        ("none.json", b"[]", "holds no JSON object"),
        ("empty.parquet", b"", "is empty"),
        ("page.csv", b"<!DOCTYPE html><html><body>Not found</body></html>", "is HTML"),
        ("feed.jsonl", b"<?xml version='1.0'?><rss/>", "is a feed"),
        ("sheet.csv", b"PK\x03\x04\x14\x00", "is a zip archive"),
        ("paper.csv", b"%PDF-1.7 ...", "is a PDF"),
        ("rows.csv", b'[{"outlet": "A"}]', "is JSON"),
        ("object.csv", b'{"outlet": "A"}\n', "is JSON"),
        ("table.jsonl", HEADER.encode() + b"A,2016,B,C\n", "does not start as JSON does"),
        ("table.json", HEADER.encode() + b"A,2016,B,C\n", "does not start as JSON does"),
        ("table.parquet", HEADER.encode() + b"A,2016,B,C\n", "does not start as a Parquet file does"),
        ("notgzip.csv.gz", HEADER.encode() + b"A,2016,B,C\n", "is not a sound gzip file"),
        ("cut.json", b'[{"outlet": "A", "date": "2016", "title": "B"}, {"outlet', "is not JSON"),
        ("cut2.json", b'[{"outlet": "A", "date": "2016", "title": "B"},', "breaks off"),
        ("joined.json", b'[{"outlet": "A", "date": "2016"} {"outlet": "A"}]', "is not JSON after"),
        ("two.json", b'{"a": [{"outlet": "A", "date": "", "title": "B"}], "b": [{"c": 1}]}', "two arrays"),
        ("none.json", b'{"status": "error", "rows": []}', "no column that is known to hold the outlet"),
        ("deep.json", b"[" * 100_000, "breaks off"),
        ("deep2.json", b"[" * 100_000 + b"]" * 100_000, "nested more than 100 levels deep"),
        ("after.json", b'[{"outlet": "A", "date": "2016", "title": "B"}]x', "is not JSON"),
        ("table.xlsx", b"PK\x03\x04", "zip archive that is cut off"),
        ("noending", HEADER.encode(), "ending that Masthead does not know"),
        ("wide.csv", "outlet,date,title\nA,2016,B\n".encode("utf-16-le"), "full of NUL bytes"),
        ("nothing.csv", b"a line of prose without a header", "no column that is known to hold the outlet"),
        ("untitled.csv", b"outlet,date,tag\nA,2016,B\n", "no column that is known to hold a title or a text"),
        ("dateless.csv", b"outlet,title\nA,B\n", "no column that is known to hold the date"),
        ("rivals.csv", b"source,domain,date,title\nA,B,2016,C\n", "more than one column that may be"),
        ("order.csv", HEADER.encode() + b"A,4/6/2016,B,C\nA,5/5/2016,D,E\n", "'4/6/2016' may be either"),
        ("both.csv", HEADER.encode() + b"A,31/1/2016,B,C\nA,1/31/2016,D,E\n", "contradict each other"),
    ],
)  # fmt: skip
def test_a_bad_file_gets_one_sentence(
    archive: Archive, tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert told in str(refusal(archive, tmp_path / name))


def test_a_file_that_is_not_there(archive: Archive, tmp_path: Path) -> None:
    assert "there is no file" in str(refusal(archive, tmp_path / "absent.csv"))


def test_a_folder_is_no_file(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert "is not a file" in str(refusal(archive, tmp_path / "folder.csv"))


def test_a_parquet_file_is_read_whatever_its_ending(archive: Archive, tmp_path: Path) -> None:
    assert archive.add(write_parquet(tmp_path / "t.csv", ARTICLES)).kept == len(ARTICLES)


def test_gzip_is_unpacked_whatever_the_ending(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_bytes(gzip.compress((HEADER + "A,2016,One,Text\n").encode()))
    assert archive.add(tmp_path / "t.csv").kept == 1


@pytest.mark.parametrize("keep", [5, 50, 500])
def test_a_truncated_parquet(archive: Archive, tmp_path: Path, keep: int) -> None:
    path = write_parquet(tmp_path / "t.parquet", ARTICLES)
    path.write_bytes(path.read_bytes()[:keep])
    assert "cut off" in str(refusal(archive, path))


def test_a_parquet_damaged_inside(archive: Archive, tmp_path: Path) -> None:
    path = write_parquet(
        tmp_path / "t.parquet", [{**ARTICLES[0], "text": "word " * 2000 + str(i)} for i in range(50)]
    )
    whole = bytearray(path.read_bytes())
    whole[200:700] = b"\xff" * 500
    path.write_bytes(whole)
    assert "damaged Parquet" in str(refusal(archive, path))


@pytest.mark.parametrize("keep", [30, -10])
def test_a_truncated_gzip(archive: Archive, tmp_path: Path, keep: int) -> None:
    import random

    noise = random.Random(1).randbytes(200_000).hex()
    rows = "".join(f"A,2016,{i},{noise[i * 90 : i * 90 + 90]}\n" for i in range(4000))
    path = tmp_path / "t.csv.gz"
    path.write_bytes(gzip.compress((HEADER + rows).encode())[:keep])
    assert "ends in the middle of its gzip data" in str(refusal(archive, path))


def test_ragged_rows_are_refused_whole(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(
        HEADER + "A,2016,One,Text\nA,2016,Two\nA,2016,Three,Text,more\n\nA,2016,Four,Text\n"
    )
    report = archive.add(tmp_path / "t.csv")
    assert (report.rows, report.kept, report.refused) == (4, 2, 2)
    assert report.reasons == {
        "it has 3 fields where the header has 4": 1,
        "it has 5 fields where the header has 4": 1,
    }
    (quarantine,) = (archive.path / "quarantine").glob("*.parquet")
    rows = pq.read_table(quarantine)
    assert rows["source_row"].to_pylist() == [2, 3]
    assert json.loads(rows["row"][1].as_py()) == {"fields": ["A", "2016", "Three", "Text", "more"]}


def test_lines_of_jsonl_that_are_no_objects(archive: Archive, tmp_path: Path) -> None:
    good = '{"outlet": "A", "date": "2016", "title": "One"}'
    (tmp_path / "t.jsonl").write_text(f"{good}\n{good[:-5]}\n[1, 2]\n\n{good.replace('One', 'Two')}")
    report = archive.add(tmp_path / "t.jsonl", no_text=True)
    assert (report.rows, report.kept, report.refused) == (4, 2, 2)
    assert report.reasons == {"its line is not JSON": 1, "its line is not a JSON object": 1}
    (quarantine,) = (archive.path / "quarantine").glob("*.parquet")
    assert pq.read_table(quarantine)["row"].to_pylist() == [good[:-5], "[1, 2]"]


def test_values_that_are_no_text_are_refused(archive: Archive, tmp_path: Path) -> None:
    rows = [{"outlet": "A", "date": "2016", "title": "One", "text": {"a": "b"}}, *ARTICLES]
    report = archive.add(write_json(tmp_path / "t.json", rows))  # type: ignore[arg-type]
    assert report.reasons == {"its text is an object": 1}
    assert report.kept == 3


class TestEncodings:
    def test_windows_1252_is_read_and_said(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes(
            (HEADER + "Échø,2016,“Été”,naïve\nB,2016,Plain,Text\n").encode("cp1252")
        )
        report = archive.add(tmp_path / "t.csv")
        row, _ = articles_of(archive)
        assert (row["outlet"], row["title"], row["text"]) == ("Échø", "“Été”", "naïve")
        assert "rows with bytes that are not UTF-8, read as Windows-1252: 1" in report.notes

    def test_a_file_that_mixes_encodings_is_read_row_by_row(self, archive: Archive, tmp_path: Path) -> None:
        mixed = (HEADER + "Écho,2016,One,naïve\n").encode() + "Écho,2016,Two,naïve\n".encode("cp1252")
        (tmp_path / "t.csv").write_bytes(mixed)
        report = archive.add(tmp_path / "t.csv")
        assert {(r["outlet"], r["text"]) for r in articles_of(archive)} == {("Écho", "naïve")}
        assert "rows with bytes that are not UTF-8, read as Windows-1252: 1" in report.notes

    def test_jsonl_lines_may_differ_in_encoding_too(self, archive: Archive, tmp_path: Path) -> None:
        line = '{"outlet": "Écho", "date": "2016", "title": "%s"}\n'
        (tmp_path / "t.jsonl").write_bytes((line % 1).encode() + (line % 2).encode("cp1252"))
        report = archive.add(tmp_path / "t.jsonl", no_text=True)
        assert {r["outlet"] for r in articles_of(archive)} == {"Écho"}
        assert "rows with bytes that are not UTF-8, read as Windows-1252: 1" in report.notes

    def test_bytes_that_are_neither_are_refused(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes(HEADER.encode() + b"A,2016,One,\x81\x8d\nA,2016,Two,Text\n")
        report = archive.add(tmp_path / "t.csv")
        assert report.kept == 1
        assert report.reasons == {"it decodes neither as UTF-8 nor as Windows-1252": 1}
        (quarantine,) = (archive.path / "quarantine").glob("*.parquet")
        assert r"\\udc81" in pq.read_table(quarantine)["row"][0].as_py()

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251", "gb18030"])
    def test_an_encoding_can_be_told(self, archive: Archive, tmp_path: Path, encoding: str) -> None:
        (tmp_path / "t.csv").write_bytes((HEADER + "Газета,2016,Заголовок,Текст\n").encode(encoding))
        report = archive.add(tmp_path / "t.csv", encoding=encoding)
        assert articles_of(archive)[0]["text"] == "Текст"
        assert any(note.endswith(", as told") and "encoding" in note for note in report.notes)

    def test_utf_16_is_told_by_its_mark(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes((HEADER + "Газета,2016,Заголовок,Текст\n").encode("utf-16"))
        report = archive.add(tmp_path / "t.csv")
        assert articles_of(archive)[0]["outlet"] == "Газета"
        assert "encoding utf-16, sniffed" in report.notes

    def test_under_a_told_encoding_nothing_is_mended(self, archive: Archive, tmp_path: Path) -> None:
        (tmp_path / "t.csv").write_bytes((HEADER + "A,2016,One,naïve\nA,2016,Two,Text\n").encode("cp1252"))
        report = archive.add(tmp_path / "t.csv", encoding="utf-8")
        assert report.reasons == {"it does not decode as utf-8-sig": 1}

    def test_an_encoding_that_does_not_exist(self, archive: Archive, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match="no encoding of text files 'utf-9'"):
            archive.add(write_csv(tmp_path / "t.csv", ARTICLES), encoding="utf-9")

    def test_a_parquet_string_that_is_no_utf_8_is_refused(self, archive: Archive, tmp_path: Path) -> None:
        broken = pa.StringArray.from_buffers(
            2, pa.array([0, 4, 8], pa.int32()).buffers()[1], pa.py_buffer(b"fine\xff\xfe\xfd\xfc")
        )
        table = pa.table({"outlet": ["A", "A"], "date": ["2016", "2016"], "title": broken})
        pq.write_table(table, tmp_path / "t.parquet", use_dictionary=False, write_statistics=False)
        report = archive.add(tmp_path / "t.parquet", no_text=True)
        assert (report.kept, report.reasons) == (1, {"it does not decode as UTF-8": 1})


def test_a_nul_is_kept_and_said(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text(HEADER + "A,2016,One,before\0after\n")
    report = archive.add(tmp_path / "t.csv")
    assert articles_of(archive)[0]["text"] == "before\0after"
    assert report.damaged == {"nul": 1}


@pytest.mark.parametrize(
    ("name", "write", "megabytes"),
    [("t.csv", write_csv, 50), ("t.jsonl", write_jsonl, 21), ("t.parquet", write_parquet, 21)],
)
def test_an_article_of_50_mb_goes_to_quarantine(
    archive: Archive, tmp_path: Path, name: str, write: Callable[[Path, object], Path], megabytes: int
) -> None:
    huge = {**ARTICLES[0], "text": "word " * (megabytes * 200_000)}
    report = archive.add(write(tmp_path / name, [huge, ARTICLES[1]]))
    assert (report.rows, report.kept, report.reasons) == (2, 1, {"its text is over 20 MB": 1})
    (quarantine,) = (archive.path / "quarantine").glob("*.parquet")
    assert json.loads(pq.read_table(quarantine)["row"][0].as_py())["text"] == huge["text"]


def test_an_unknown_field_names_the_nearest(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"'titel' is not a field .* did you mean 'title'"):
        archive.add(write_csv(tmp_path / "t.csv", ARTICLES), mapping={"titel": "title"})


def test_a_delimiter_is_one_character(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the delimiter is '::'"):
        archive.add(write_csv(tmp_path / "t.csv", ARTICLES), delimiter="::")


def test_a_second_file_is_added_beside_the_first_one_refused(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text(HEADER)
    with pytest.raises(SourceError):
        archive.add(tmp_path / "bad.csv")
    assert archive.add(write_csv(tmp_path / "t.csv", ARTICLES)).kept == 3
