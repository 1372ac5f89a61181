"""A second count: whatever is done to a file, an independent strict reader counts the same rows in it.

The files are small, damaged at random by a fixed seed. What a strict reader cannot read may be refused or
mended, and then has to add up; what it can read has to come to its number of rows.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive.adding.ingest import Ingest, IngestReport
from masthead.archive.quarantine import Quarantine
from masthead.errors import MastheadError

MANY = os.environ.get("MASTHEAD_EVERY") == "1"
MUTANTS = 120 if MANY else 50
WORKBOOKS = 60 if MANY else 25

WORDS = ["Ferries wait.", "“No,” she said.", "a\nb", "", " ", "\x00", "é😀", '"', "\\", "x" * 300, "{", "]"]
DATES = ["2011-04-06", "4/6/2011", "1302082200000", "", "never", "99999-1-1", "2011-04-06T09:30:00Z"]
PIECES = [b'"', b",", b"\n", b"\x00", b"\xff", b"{", b"}", b"[", b"]", b":", b"\\", b"\\ud800", b"null", b"NaN",
          b"1e999", b"9" * 400, b"-", b"[" * 200, b'{"a":' * 200, b'"text":"x",']  # fmt: skip


def value(r: random.Random, depth: int = 0) -> Any:
    kind = r.randrange(12)
    if kind == 0 and depth < 4:
        return {r.choice(["name", "a.b", "", "\ud800", "#text"]): value(r, depth + 1) for _ in range(2)}
    if kind == 1 and depth < 4:
        return [value(r, depth + 1) for _ in range(r.randrange(4))]
    if kind == 2:
        return r.choice([0, -1, 10**20, 1.5, 1e308, float("nan"), float("inf"), True, None])
    return r.choice(["\udc00x", *WORDS, *WORDS, *DATES])


def record(r: random.Random) -> dict[str, Any]:
    row: dict[str, Any] = {
        "outlet": r.choice(["Strait Herald", "Harbour  Post", " ", ""]),
        "published": r.choice(DATES),
        "title": r.choice(WORDS),
        "text": r.choice(WORDS),
    }
    for name in [*row, "note", "a.b", ""]:
        if r.random() < 0.15:
            row[name] = value(r)
    return row


def written(r: random.Random, row: Any) -> str:
    text = json.dumps(row)
    return text.replace("{", '{"title": "Twice", ', 1) if r.random() < 0.1 else text


def damaged(r: random.Random, data: bytes) -> bytes:
    for _ in range(r.choice([0, 0, 1, 1, 2, 5])):
        at = r.randrange(len(data) + 1)
        cut = r.choice([0, 0, 1, 1, 5, 40])
        data = data[:at] + r.choice([b"", *PIECES]) + data[at + cut :]
    return data


def json_lines(r: random.Random) -> bytes:
    lines = [written(r, record(r)) for _ in range(r.randrange(6))]
    lines += r.choice([[], [], ["[]"], ["7"], ["{}"], ["", " "]])
    return damaged(r, r.choice(["\n", "\r\n", "\r"]).join(lines).encode())


def json_document(r: random.Random) -> bytes:
    body = "[" + ",".join(written(r, record(r)) for _ in range(r.randrange(6))) + "]"
    tail = r.choice(["}", ', "n": 3}', ', "tags": ["a"]}', ', "more": [{"a": 1}]}'])
    shape = r.choice(["{}", "{}", "{}\n[]", '{{"articles": {}' + tail.replace("{", "{{").replace("}", "}}")])
    return damaged(r, shape.format(body).encode())


def parquet_file(r: random.Random) -> bytes:
    rows = r.choice([0, 1, 3, 30])

    def column(name: str) -> pa.Array:
        kinds: list[Callable[[], pa.Array]] = [
            lambda: pa.array([r.choice([b"ok", b"\xff", None]) for _ in range(rows)], pa.binary()),
            lambda: pa.array(
                [r.choice([None, float("inf"), 2016.0, 1e300]) for _ in range(rows)], pa.float64()
            ),
            lambda: pa.array([r.choice([0, 2**62, None]) for _ in range(rows)], pa.int64()).cast(
                pa.timestamp(r.choice(["ms", "us", "ns"]), r.choice([None, "UTC", "Mars/Olympus"]))
            ),
            lambda: pa.array([r.choice([0, 2**31 - 1]) for _ in range(rows)], pa.int32()).cast(pa.date32()),
            lambda: pa.array([r.choice([None, [], ["a", None]]) for _ in range(rows)], pa.list_(pa.string())),
            lambda: pa.array(
                [r.choice([None, {"a": "x"}]) for _ in range(rows)], pa.struct([("a", pa.string())])
            ),
            lambda: pa.array([r.choice(WORDS) for _ in range(rows)], pa.string()).dictionary_encode(),
            lambda: pa.nulls(rows),
        ]
        if r.random() < 0.3:
            return r.choice(kinds)()
        return pa.array([r.choice(DATES if name == "published" else WORDS) for _ in range(rows)], pa.string())

    names = ["outlet", "published", "title", "text", "note", *r.choice([[], [], ["note"], ["a.b"]])]
    buffer = io.BytesIO()
    table = pa.Table.from_arrays([column(name) for name in names], names)
    pq.write_table(table, buffer, row_group_size=r.choice([1, 1000]), compression=r.choice(["zstd", "none"]))
    return buffer.getvalue() if r.random() < 0.6 else damaged(r, buffer.getvalue())


def delimited(r: random.Random, delimiter: str) -> bytes:
    names = ["outlet", "published", "title", "text", "note"]
    way = r.random()

    def cell(text: str) -> str:
        if way < 0.5 and not any(c in text for c in f'{delimiter}"\r\n'):
            return text
        if way < 0.7:
            return '"' + text.replace('"', '""') + '"'
        if way < 0.8:
            return '"' + text.replace('"', '\\"') + '"'
        return text if way < 0.9 else f'"{text}"'

    rows = [[r.choice([*WORDS, delimiter, "Text, and more;"]) for _ in names] for _ in range(r.randrange(9))]
    for row in rows:
        row[0], row[1] = r.choice(["Strait Herald", "Harbour Post", ""]), r.choice(DATES)
    lines = [delimiter.join(map(cell, row)) for row in [names, *rows]]
    lines += r.choice([[], [], [""], ["A" + delimiter + "B"], ['"never closed'], ["x" + delimiter * 9]])
    return damaged(r, r.choice(["\n", "\r\n", "\r"]).join(lines).encode())


def comma_separated(r: random.Random) -> bytes:
    return delimited(r, r.choice([",", ",", ";", "|"]))


def tab_separated(r: random.Random) -> bytes:
    return delimited(r, "\t")


def count_records(path: Path) -> int | None:
    """By Python's strict reader (RFC 4180); it raises where marks go wrong."""
    text = path.read_bytes().decode()
    delimiter = Ingest(path, mapping={}, constants={})._source.delimiter  # type: ignore[attr-defined]
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return sum(1 for record in records if record) - 1
    except csv.Error:
        return None


def workbook(r: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["outlet", "published", "title", "text", "note"])
    for _ in range(r.randrange(9)):
        cells = [r.choice(["Strait Herald", "", None]), r.choice([*DATES, 7, 2.5, dt.datetime(2011, 4, 6)])]
        cells += [r.choice([w for w in WORDS if "\0" not in w] + [None, True]) for _ in range(3)]
        sheet.append(cells[: r.choice([5, 5, 5, 2, 0])])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue() if r.random() < 0.5 else damaged(r, buffer.getvalue())


def count_sheet(path: Path) -> int | None:
    """By the XML of the sheet, row by row: a row in which a cell holds anything."""
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as packed:
        sheet = ElementTree.fromstring(packed.read("xl/worksheets/sheet1.xml"))
        shared = packed.read("xl/sharedStrings.xml") if "xl/sharedStrings.xml" in packed.namelist() else b""
    items = ElementTree.fromstring(shared) if shared else ()
    strings = ["".join(t.text or "" for t in item.iter(f"{space}t")) for item in items]

    def is_filled(cell: ElementTree.Element) -> bool:
        told = "".join(t.text or "" for name in "vt" for t in cell.iter(f"{space}{name}"))
        return bool(strings[int(told)] if told and cell.get("t") == "s" else told)

    return sum(any(map(is_filled, row)) for row in sheet.iter(f"{space}row")) - 1


def count_lines(path: Path) -> int | None:
    text = path.read_bytes().decode()
    return sum(bool(line.strip()) for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def count_documents(path: Path) -> int | None:
    text, rows, at = path.read_bytes().decode(), 0, 0
    while text[at:].strip():
        at += len(text[at:]) - len(text[at:].lstrip())
        document, at = json.JSONDecoder().raw_decode(text, at)
        if isinstance(document, dict):
            arrays = [
                v for v in document.values() if isinstance(v, list) and any(isinstance(x, dict) for x in v)
            ]
            if len(arrays) != 1 or "title" in document or "text" in document:
                return None
            document = arrays[0]
        rows += len(document) if isinstance(document, list) else 1
    return rows


def count_parquet(path: Path) -> int | None:
    return int(duckdb.sql(f"SELECT count(*) FROM read_parquet('{path}')").fetchall()[0][0])


def ingested(path: Path, folder: Path) -> tuple[IngestReport, int, int]:
    options: dict[str, Any] = {"constants": {}, "encoding": None, "delimiter": None, "date_order": "dmy"}
    articles = folder / "articles"
    articles.mkdir(parents=True)
    with Quarantine(folder / "q.parquet") as quarantine:
        report, parts = Ingest(path, mapping={}, **options).run(set(), articles, quarantine, None)
    for part in parts:
        for extra in pq.read_table(part.path)["extra"].to_pylist():
            if extra:
                json.loads(extra, parse_constant=pytest.fail)
    refused = folder / "q.parquet"
    return (
        report,
        sum(part.rows for part in parts),
        pq.read_metadata(refused).num_rows if refused.exists() else 0,
    )


@pytest.mark.parametrize(
    ("name", "make", "count"),
    [
        ("m.csv", comma_separated, count_records),
        ("m.tsv", tab_separated, count_records),
        ("m.xlsx", workbook, count_sheet),
        ("m.jsonl", json_lines, count_lines),
        ("m.json", json_document, count_documents),
        ("m.parquet", parquet_file, count_parquet),
    ],
)
def test_an_independent_reader_counts_the_same_rows(
    tmp_path: Path,
    name: str,
    make: Callable[[random.Random], bytes],
    count: Callable[[Path], int | None],
) -> None:
    counted = 0
    mutants = WORKBOOKS if name == "m.xlsx" else MUTANTS
    for seed in range(mutants):
        path = tmp_path / name
        path.write_bytes(make(random.Random(f"{name} {seed}")))
        try:
            report, kept, refused = ingested(path, tmp_path / str(seed))
        except MastheadError:
            continue
        assert (report.kept, report.refused) == (kept, refused), seed
        assert report.rows == report.kept + report.duplicate + report.refused, seed
        try:
            told = count(path)
        except (
            ValueError,
            LookupError,
            RecursionError,
            SyntaxError,
            MastheadError,
            duckdb.Error,
            zipfile.BadZipFile,
        ):
            continue
        if told is not None:
            counted += 1
            assert report.rows == told, seed
    # Most mutants have to come so far, or this test sees nothing.
    assert counted > mutants // 5
