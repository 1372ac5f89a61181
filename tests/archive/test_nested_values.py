"""Values inside values: the same ways through JSON, JSON Lines and Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import articles_of, write_json, write_jsonl

from masthead.archive import Archive
from masthead.archive.adding.ingest import Ingest
from masthead.archive.sources.values import names, reach, text_of, without
from masthead.errors import SourceError

Write = Callable[[Path, Any], Path]


def write_nested_parquet(path: Path, rows: Any) -> Path:
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


every_way = pytest.mark.parametrize(
    ("name", "write"),
    [("t.json", write_json), ("t.jsonl", write_jsonl), ("t.parquet", write_nested_parquet)],
)
PLAIN = {"outlet": "Strait Herald", "date": "2011-04-06", "title": "Ferries"}
SECTIONS = {
    "summary": ["In short."],
    "sections": [
        {"headline": "First", "paragraphs": ["One.", "Two."]},
        {"headline": "Then", "paragraphs": ["Three."]},
    ],
}


@every_way
def test_paragraphs_are_joined_by_line_breaks(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    rows = [{**PLAIN, "text": ["The crews wait.", "Nobody asked them."]}, {**PLAIN, "text": ["Alone."]}]
    report = archive.add(write(tmp_path / name, rows))
    assert (report.rows, report.kept) == (2, 2)
    assert [row["text"] for row in articles_of(archive)] == ["The crews wait.\nNobody asked them.", "Alone."]
    assert articles_of(archive)[0]["extra"] is None


@every_way
def test_a_path_goes_through_objects_and_lists(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    rows = [{**PLAIN, "article": {"id": 7, "body": SECTIONS}}]
    archive.add(write(tmp_path / name, rows), mapping={"text": "article.body.sections.paragraphs"} | OWN)
    (row,) = articles_of(archive)
    assert row["text"] == "One.\nTwo.\nThree."
    # What is not taken stays, and what is taken is not kept twice.
    left = [{"headline": "First"}, {"headline": "Then"}]
    assert json.loads(str(row["extra"])) == {
        "article": {"id": 7, "body": {"summary": ["In short."], "sections": left}}
    }


OWN = {"outlet": "outlet", "published": "date", "title": "title"}


@every_way
def test_an_object_for_a_text_is_told_before_anything_is_written(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    path = write(tmp_path / name, [{**PLAIN, "body": SECTIONS}] * 2)
    options: dict[str, Any] = {"constants": {}, "encoding": None, "delimiter": None, "date_order": None}
    with pytest.raises(SourceError) as caught:
        Ingest(path, mapping={}, **options)
    told = str(caught.value)
    assert "column 'body'" in told
    assert "'body.summary'" in told
    assert "--map text=body.sections.paragraphs" in told
    assert "\n" not in told


@every_way
def test_a_source_that_is_an_object_names_its_parts(
    archive: Archive, tmp_path: Path, name: str, write: Write
) -> None:
    rows = [{"source": {"id": 7, "name": "Strait Herald"}, "publishedAt": "2011-04-06", "title": "Ferries"}]
    path = write(tmp_path / name, rows)
    with pytest.raises(SourceError, match=r"--map outlet=source\.name"):
        archive.add(path, no_text=True)
    archive.add(path, mapping={"outlet": "source.name", "published": "publishedAt"}, no_text=True)
    (row,) = articles_of(archive)
    assert row["outlet"] == "Strait Herald"
    assert json.loads(str(row["extra"])) == {"source": {"id": 7}}


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"$date": "2011-04-06T09:30:00Z"}, "2011-04-06T09:30:00Z"),
        ({"$date": {"$numberLong": "1302082200000"}}, "1302082200000"),
        ({"$numberLong": "12"}, "12"),
        ({"$numberDecimal": "1.50"}, "1.50"),
        ({"$oid": "4d9c2f"}, "4d9c2f"),
        ({"#text": "Ferries", "@lang": "en"}, "Ferries"),
        ({"_": "Ferries", "$": {"lang": "en"}}, "Ferries"),
        ({"@value": "Ferries", "@language": "en"}, "Ferries"),
        (["Ferries"], "Ferries"),
        ([None, "", {"#text": "Ferries"}], "Ferries"),
        ([], None),
        ({}, None),
        (None, None),
        (True, "true"),
        (0, "0"),
        (2016.5, "2016.5"),
    ],
)
def test_wrapped_values_are_unwrapped(value: Any, text: str | None) -> None:
    assert text_of("title", value) == text


def test_wrapped_values_in_a_file(archive: Archive, tmp_path: Path) -> None:
    rows = [
        {
            "outlet": "Strait Herald",
            "date": {"$date": {"$numberLong": "1302082200000"}},
            "title": {"#text": "Ferries", "@lang": "en"},
            "_id": {"$oid": "4d9c2f"},
        }
    ]
    archive.add(write_jsonl(tmp_path / "t.jsonl", rows), no_text=True)  # type: ignore[arg-type]
    (row,) = articles_of(archive)
    assert (row["published_raw"], row["title"]) == ("1302082200000", "Ferries")
    assert str(row["published"]).startswith("2011-04-06 09:30")
    assert json.loads(str(row["extra"])) == {"_id": {"$oid": "4d9c2f"}, "title": {"@lang": "en"}}


def test_two_values_are_not_one_outlet(archive: Archive, tmp_path: Path) -> None:
    rows = [{**PLAIN, "outlet": ["Strait Herald", "Harbour Post"]}, *([PLAIN] * 2)]
    report = archive.add(write_jsonl(tmp_path / "t.jsonl", rows), no_text=True)  # type: ignore[arg-type]
    assert report.reasons == {"its outlet is a list of 2 values": 1}
    assert articles_of(archive)[0]["outlet"] == "Strait Herald"


def test_names_with_dots_are_names_first() -> None:
    record = {"a.b": 1, "a": {"b": 2, "c.d": 3}, "l": [{"x": 1}, {"x": None}, {"x": [2, 3]}]}
    assert [reach(record, path) for path in ("a.b", "a.c.d", "l.x", "a.z", "z")] == [
        1,
        3,
        [1, [2, 3]],
        None,
        None,
    ]
    assert list(names(record)) == ["a.b", "a", "a.b", "a.c.d", "l", "l.x", "l.x", "l.x"]
    assert without(record, "a.b") == {"a": record["a"], "l": record["l"]}
    assert without(record, "l.x") == {"a.b": 1, "a": record["a"]}


def test_maps_of_parquet_are_objects(archive: Archive, tmp_path: Path) -> None:
    kind = pa.map_(pa.string(), pa.string())
    table = pa.table(
        {k: [v] for k, v in PLAIN.items()} | {"m": pa.array([[("text", "Words."), ("k", "v")]], kind)}
    )
    pq.write_table(table, tmp_path / "t.parquet")
    archive.add(tmp_path / "t.parquet", mapping={**OWN, "text": "m.text"})
    (row,) = articles_of(archive)
    assert (row["text"], json.loads(str(row["extra"]))) == ("Words.", {"m": {"k": "v"}})


def test_what_an_article_may_lack_can_be_left_out(archive: Archive, tmp_path: Path) -> None:
    rows: Any = [{**PLAIN, "section": {"id": 7}}]
    path = write_jsonl(tmp_path / "t.jsonl", rows)
    with pytest.raises(SourceError, match=r"--map section=section\.id, or leave it out with --map section="):
        archive.add(path, no_text=True)
    archive.add(path, mapping={"section": ""}, no_text=True)
    assert json.loads(str(articles_of(archive)[0]["extra"]))["section"] == {"id": 7}
