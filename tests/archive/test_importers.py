"""What every importer promises, checked on each of them."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import ARTICLES, FORMATS, articles_of, write_csv, write_json, write_jsonl

from masthead.archive import ARTICLE_SCHEMA, Archive
from masthead.errors import SourceError

Write = Callable[[Path, Any], Path]
every_format = pytest.mark.parametrize(("name", "write"), FORMATS.values(), ids=FORMATS.keys())


@every_format
def test_articles_come_out_as_they_went_in(archive: Archive, tmp_path: Path, name: str, write: Write) -> None:
    report = archive.add(write(tmp_path / name, ARTICLES))
    assert (report.rows, report.kept, report.duplicate, report.refused) == (3, 3, 0, 0)
    for given, stored in zip(ARTICLES, articles_of(archive), strict=True):
        assert stored["outlet"] == given["outlet"]
        assert stored["published_raw"] == given["published"]
        assert stored["title"] == given["title"]
        assert str(stored["text"]).encode() == given["text"].encode()
        assert stored["url"] == (given["url"] or None)
        assert stored["section"] == (given["section"] or None)
        assert stored["extra"] == (json.dumps({"desk": given["desk"]}) if given["desk"] else None)


@every_format
def test_ids_do_not_depend_on_the_format(archive: Archive, tmp_path: Path, name: str, write: Write) -> None:
    archive.add(write(tmp_path / name, ARTICLES))
    plain = Archive.create(tmp_path / "plain.archive")
    plain.add(write_csv(tmp_path / "plain.csv", ARTICLES))
    assert articles_of(archive) == articles_of(plain)
    assert archive.hash == plain.hash


@every_format
def test_adding_again_adds_nothing(archive: Archive, tmp_path: Path, name: str, write: Write) -> None:
    path = write(tmp_path / name, ARTICLES)
    archive.add(path)
    before = archive.hash
    report = archive.add(path)
    assert (report.rows, report.kept, report.duplicate, report.refused) == (3, 0, 3, 0)
    assert archive.hash == before


@every_format
def test_parts_have_the_promised_columns(archive: Archive, tmp_path: Path, name: str, write: Write) -> None:
    archive.add(write(tmp_path / name, ARTICLES))
    (part,) = archive.parts()
    assert pq.read_schema(part.path).equals(ARTICLE_SCHEMA)
    assert part.rows == 3
    assert part.name == f"part-{part.hash}.parquet"


@every_format
def test_source_rows_count_from_one(archive: Archive, tmp_path: Path, name: str, write: Write) -> None:
    archive.add(write(tmp_path / name, ARTICLES))
    assert [row["source_row"] for row in articles_of(archive)] == [1, 2, 3]


@every_format
def test_a_missing_column_names_the_columns_there_are(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    with pytest.raises(SourceError, match=r"no column 'outlets' .*'outlet'.*did you mean 'outlet'\?"):
        archive.add(write(tmp_path / name, ARTICLES), mapping={"outlet": "outlets"})
    assert archive.parts() == []


@every_format
def test_rows_without_outlet_or_words_are_refused_whole(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    silent = {**ARTICLES[0], "title": " ", "text": ""}
    nobody = {**ARTICLES[1], "outlet": "  "}
    report = archive.add(write(tmp_path / name, [ARTICLES[0], silent, nobody]))
    assert (report.rows, report.kept, report.refused) == (3, 1, 2)
    assert report.reasons == {"it has neither a title nor a text": 1, "it names no outlet": 1}
    (quarantine,) = (archive.path / "quarantine").glob("*.parquet")
    kept = {row["source_row"]: row for row in pq.read_table(quarantine).to_pylist()}
    assert kept[3]["reason"] == "it names no outlet"
    assert json.loads(kept[3]["row"])["text"] == nobody["text"]
    assert json.loads(kept[2]["row"])["desk"] == silent["desk"]


def test_parquet_types_become_text_and_dates(archive: Archive, tmp_path: Path) -> None:
    moment = dt.datetime(2016, 4, 6, 9, 30, tzinfo=dt.UTC)
    table = pa.table(
        {
            "outlet": pa.array(["Harbour Post"] * 2).dictionary_encode(),
            "date": pa.array([moment, None], pa.timestamp("ms", "Europe/Paris")),
            "title": pa.array(["One", "Two"], pa.large_string()),
            "tags": [["a", "b"], None],
            "share": [0.5, float("nan")],
        }
    )
    pq.write_table(table, tmp_path / "t.parquet")
    archive.add(tmp_path / "t.parquet", no_text=True)
    one, two = articles_of(archive)
    assert one["published"] == moment
    assert json.loads(str(one["extra"])) == {"tags": ["a", "b"], "share": 0.5}
    assert (two["published"], two["text"], two["extra"]) == (None, "", None)


def test_parquet_days_are_days(archive: Archive, tmp_path: Path) -> None:
    table = pa.table({"outlet": ["A"], "date": pa.array([dt.date(2016, 4, 6)]), "title": ["One"]})
    pq.write_table(table, tmp_path / "t.parquet")
    archive.add(tmp_path / "t.parquet", no_text=True)
    (row,) = articles_of(archive)
    assert (row["published"], row["published_precision"]) == (dt.datetime(2016, 4, 6, tzinfo=dt.UTC), "day")


def test_json_records_may_differ_in_their_fields(archive: Archive, tmp_path: Path) -> None:
    rows: Any = [{"outlet": "A", "date": "2016", "title": "One"}, {"outlet": "A", "text": "Two", "likes": 3}]
    archive.add(write_jsonl(tmp_path / "t.jsonl", rows))
    assert [(r["title"], r["text"], r["extra"]) for r in articles_of(archive)] == [
        ("One", "", None),
        ("", "Two", '{"likes": 3}'),
    ]


def test_half_a_character_in_json_is_replaced_and_said(archive: Archive, tmp_path: Path) -> None:
    path = tmp_path / "t.jsonl"
    path.write_text('{"outlet": "A", "date": "2016", "title": "Smile \\ud83d", "note": "\\ude42"}\n')
    report = archive.add(path, no_text=True)
    assert articles_of(archive)[0]["title"] == "Smile \ufffd"
    assert "values with halves of characters, replaced by U+FFFD: 2" in report.notes


def test_a_json_file_longer_than_the_buffer_streams(archive: Archive, tmp_path: Path) -> None:
    rows: Any = [
        {"outlet": "A", "date": "2016", "title": f"{i}", "text": "x" * (i % 7) * 100_000} for i in range(40)
    ]
    archive.add(write_json(tmp_path / "t.json", rows))
    assert [(r["title"], len(str(r["text"]))) for r in articles_of(archive)] == [
        (str(i), i % 7 * 100_000) for i in range(40)
    ]


@pytest.mark.parametrize(
    ("delimiter", "said"), [(";", "semicolon"), ("|", "bar"), ("\t", "tab"), (",", "comma")]
)
def test_the_delimiter_is_sniffed_and_said(
    archive: Archive, tmp_path: Path, delimiter: str, said: str
) -> None:
    others = "".join({",", ";", "|", "\t"} - {delimiter})
    rows = [["outlet", "date", "title"], ["A", "2016", "One"], ["A", "2016", f"Two{others[:1]}{others[2:]}"]]
    lines = [delimiter.join(row) for row in rows]
    (tmp_path / "t.csv").write_text("\n".join(lines) + "\n")
    report = archive.add(tmp_path / "t.csv", no_text=True)
    assert f"delimiter {said}, sniffed" in report.notes
    assert report.kept == 2


def test_the_line_in_which_excel_says_the_delimiter_is_no_header(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("sep=;\noutlet;date;title\nA;2016;One\n")
    archive.add(tmp_path / "t.csv", no_text=True)
    assert articles_of(archive)[0]["title"] == "One"


def test_a_repeated_column_name_keeps_both_columns(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("outlet,date,title,tag,tag,\nA,2016,One,x,y,z\n")
    archive.add(tmp_path / "t.csv", no_text=True)
    assert json.loads(str(articles_of(archive)[0]["extra"])) == {"tag": "x", "tag (2)": "y", "column 6": "z"}
