"""Parquet columns of every type, exactly, and files that unfold to more than they are."""

from __future__ import annotations

import datetime as dt
import decimal
import json
import os
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import articles_of

from masthead.archive import Archive
from masthead.archive.sources.parquet import bounds as parquet_bounds
from masthead.archive.sources.parquet import source as parquet
from masthead.errors import SourceError


def add(archive: Archive, path: Path, columns: dict[str, Any] | pa.Table, **options: Any) -> Any:
    rows = 2 if isinstance(columns, pa.Table) else len(next(iter(columns.values())))
    plain = {
        "outlet": ["A"] * rows,
        "published": ["2016-04-06"] * rows,
        "title": [f"t{i}" for i in range(rows)],
    }
    table = columns if isinstance(columns, pa.Table) else pa.table({**plain, **columns})
    pq.write_table(table, path, **options)
    return archive.add(path, no_text=True)


def extras(archive: Archive) -> list[Any]:
    return [json.loads(str(row["extra"]), parse_constant=pytest.fail) for row in articles_of(archive)]


def test_numbers_are_not_rounded(archive: Archive, tmp_path: Path) -> None:
    columns = {"outlet": [1234567.0, 1234568.0], "published": [20160401.0, 20160402.0], "title": [0.1, 1e300]}
    report = add(archive, tmp_path / "t.parquet", columns)
    rows = articles_of(archive)
    assert report.kept == 2
    assert [row["outlet"] for row in rows] == ["1234567", "1234568"]
    assert [row["published"] for row in rows] == [dt.datetime(2016, 4, d, tzinfo=dt.UTC) for d in (1, 2)]
    assert [row["title"] for row in rows] == ["0.1", "1e+300"]


def test_numbers_that_are_none_or_without_end(archive: Archive, tmp_path: Path) -> None:
    odd = [float("inf"), float("-inf"), float("nan"), None]
    add(archive, tmp_path / "t.parquet", {"section": odd, "share": odd, "l": [[v] for v in odd]})
    assert [row["section"] for row in articles_of(archive)] == ["Infinity", "-Infinity", None, None]
    told = extras(archive)
    assert [row.get("share") for row in told] == ["Infinity", "-Infinity", None, None]
    assert [row["l"] for row in told] == [["Infinity"], ["-Infinity"], [None], [None]]


def test_a_column_of_nothing_but_nan(archive: Archive, tmp_path: Path) -> None:
    report = add(
        archive, tmp_path / "t.parquet", {"section": pa.array([float("nan")] * 2), "url": pa.nulls(2)}
    )
    assert report.kept == 2


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (pa.array([1], pa.timestamp("ns")), "1970-01-01 00:00:00.000000001"),
        (pa.array([253402300800], pa.int64()).cast(pa.timestamp("s")), "10000-01-01 00:00:00.000"),
        (pa.array([0], pa.int64()).cast(pa.timestamp("s", "Mars/Olympus")), "1970-01-01 00:00:00.000Z"),
        (pa.array([3_000_000], pa.int32()).cast(pa.date32()), "10183-09-21"),
        (pa.array([86_399], pa.int32()).cast(pa.time32("s")), "23:59:59.000"),
        (pa.array([10**12 + 1], pa.int64()).cast(pa.time64("ns")), "00:16:40.000000001"),
        (pa.array([90], pa.int64()).cast(pa.duration("s")), "90 s"),
        (pa.array([decimal.Decimal("1.50")]), "1.50"),
        (pa.array([decimal.Decimal("1.50")], pa.decimal256(50, 2)), "1.50"),
        (pa.array([1.5], pa.float16()), 1.5),
        (pa.array([2**62]), 2**62),
        (pa.array([True]), True),
        (pa.array([b"words"]), "words"),
        (pa.array([b"\xff\x00"]), "0xff00"),
        (pa.array([b"1234"], pa.binary(4)), "1234"),
        (pa.array(["v"], pa.string_view()), "v"),
        (pa.array([["a", None]]), ["a", None]),
        (pa.array([[1, 2]], pa.list_(pa.int64(), 2)), [1, 2]),
        (pa.array([[["a"], []]]), [["a"], []]),
        (pa.array([{"a": 1, "b": [{"c": "x"}]}]), {"a": 1, "b": [{"c": "x"}]}),
        (pa.array([[("k", 1), ("l", None)]], pa.map_(pa.string(), pa.int64())), {"k": 1, "l": None}),
        (
            pa.array([[dt.datetime(2016, 1, 1)]], pa.list_(pa.timestamp("ns"))),
            ["2016-01-01 00:00:00.000000000"],
        ),
        (pa.array(["d"]).dictionary_encode(), "d"),
    ],
)
def test_values_of_every_type_are_kept_as_json(
    archive: Archive, tmp_path: Path, values: pa.Array, expected: Any
) -> None:
    # Rows before and after, so that slices, nulls and offsets are met.
    column = pa.concat_arrays([pa.nulls(1, values.type), values, pa.nulls(1, values.type), values])
    add(archive, tmp_path / "t.parquet", {"seen": column})
    assert [
        json.loads(str(row["extra"]))["seen"] if row["extra"] else None for row in articles_of(archive)
    ] == [
        None,
        expected,
        None,
        expected,
    ]


def test_two_columns_of_one_name_are_both_kept(archive: Archive, tmp_path: Path) -> None:
    names = ["outlet", "published", "title", "n", "n", "title"]
    table = pa.Table.from_arrays([pa.array(v) for v in (["A"], ["2016"], ["t"], ["x"], ["y"], ["u"])], names)
    add(archive, tmp_path / "t.parquet", table)
    assert articles_of(archive)[0]["title"] == "t"
    assert extras(archive) == [{"n": "x", "n (2)": "y", "title (2)": "u"}]


def test_the_order_of_dates_is_found_beside_columns_of_one_name(archive: Archive, tmp_path: Path) -> None:
    days = ["4/6/2016"] * 1_500 + ["31/1/2016"]
    table = pa.table({"outlet": ["A"] * 1_501, "published": days, "title": [str(i) for i in range(1_501)]})
    table = table.append_column("published", pa.array(["z"] * 1_501))
    report = add(archive, tmp_path / "t.parquet", table)
    assert report.kept == 1_501
    assert articles_of(archive)[0]["published"] == dt.datetime(2016, 6, 4, tzinfo=dt.UTC)


def test_bytes_that_are_no_text_refuse_only_their_row(archive: Archive, tmp_path: Path) -> None:
    texts = pa.array([b"One.", b"\xff\xfe", b"Three."])
    report = add(archive, tmp_path / "t.parquet", {"text": texts})
    assert (report.kept, report.reasons) == (2, {"it does not decode as UTF-8": 1})
    raw = pa.array([b"ok", b"\xc3", b"ok"])
    broken = pa.StringArray.from_buffers(3, *raw.buffers()[1:])
    nested = pa.ListArray.from_arrays(pa.array([0, 1, 2, 3], pa.int32()), broken)
    report = add(
        archive, tmp_path / "u.parquet", {"tags": nested}, write_statistics=False, use_dictionary=False
    )
    assert report.reasons == {"it does not decode as UTF-8": 1}


def test_rows_too_large_for_a_batch_come_one_by_one(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parquet_bounds, "BATCH_BYTES", 100)
    monkeypatch.setattr(parquet, "LONGEST_ROW", 400)
    columns = {"text": ["x" * n for n in (10, 20, 90, 300, 500, 10)], "tags": [["a"]] * 5 + [["y" * 500]]}
    report = add(archive, tmp_path / "t.parquet", columns)
    assert (report.rows, report.kept, report.refused) == (6, 4, 2)
    assert [len(str(row["text"])) for row in articles_of(archive)] == [10, 20, 90, 300]
    quarantined = [
        row for p in (archive.path / "quarantine").glob("*") for row in pq.read_table(p).to_pylist()
    ]
    assert [row["source_row"] for row in quarantined] == [5, 6]


def folded(rows: int, entry: str) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array([entry]))


class TestFilesThatUnfold:
    @pytest.mark.parametrize("store_schema", [True, False])
    @pytest.mark.parametrize("inside_lists", [True, False])
    def test_a_text_that_stands_once_and_is_said_in_every_row(
        self, archive: Archive, tmp_path: Path, store_schema: bool, inside_lists: bool
    ) -> None:
        texts = folded(400, "x" * 2_000_000)
        if inside_lists:
            texts = pa.ListArray.from_arrays(pa.array(range(401), pa.int32()), texts)
        with pytest.raises(SourceError, match="unfolds to over"):
            add(
                archive,
                tmp_path / "t.parquet",
                {"text": texts},
                compression="zstd",
                store_schema=store_schema,
            )
        assert (tmp_path / "t.parquet").stat().st_size < 10_000
        assert archive.parts() == []

    def test_pages_that_unfold(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parquet_bounds, "_FREELY", 500_000)
        columns = {"text": ["x" * 1_000_000]}
        with pytest.raises(SourceError, match="unfolds to over"):
            add(archive, tmp_path / "t.parquet", columns, compression="zstd", use_dictionary=False)

    def test_rows_that_are_no_articles(
        self, archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(parquet_bounds, "_LARGEST_PAGE", 500_000)
        with pytest.raises(SourceError, match="1 rows of 1 MB in the column 'text'"):
            add(archive, tmp_path / "t.parquet", {"text": ["x" * 1_000_000]}, compression=None)

    def test_copies_of_one_article_are_no_bomb(self, archive: Archive, tmp_path: Path) -> None:
        report = add(archive, tmp_path / "t.parquet", {"text": folded(60, "Words of an article. " * 20)})
        assert report.kept == 60


@pytest.mark.parametrize("data", [b"PAR1 and no more", b"no Parquet", b""])
def test_a_damaged_file_of_any_name_is_told(archive: Archive, tmp_path: Path, data: bytes) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.parquet"))
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        archive.add(path)
    assert r"caf\xe9.parquet" in str(caught.value)


def test_a_file_of_any_name_is_read(archive: Archive, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.parquet"))
    add(archive, tmp_path / "t.parquet", {"text": ["Words."]})
    (tmp_path / "t.parquet").rename(path)
    assert archive.add(path).duplicate == 1
