"""A sealed file: any flipped bit is noticed, and anybody's reader reads it."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import polars
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive.duck import parquet
from masthead.archive.keeping import seal
from masthead.archive.keeping.kept_json import read_kept_json, with_digest, without_digest
from masthead.archive.keeping.seal import is_sound
from masthead.archive.keeping.whole import all_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.noticed import noticing

TABLE = pa.table({"n": list(range(50)), "word": ["ferry", "strike"] * 25})


def test_every_byte_is_under_the_seal(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet_atomically(TABLE, path)
    content = path.read_bytes()
    assert is_sound(path)
    for at in range(len(content)):
        broken = bytearray(content)
        broken[at] ^= 1 << (at % 8)
        path.write_bytes(broken)
        # A seal whose own mark is damaged is none: then the file is read, and it is the one that was written.
        if is_sound(path):
            assert seal._MARK not in broken
            assert read_parquet(path).equals(TABLE)


def test_a_sealed_file_is_parquet_for_everybody(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write_parquet_atomically(TABLE, path)
    assert pq.read_table(path).equals(TABLE)
    assert polars.read_parquet(path).to_arrow()["n"].to_pylist() == TABLE["n"].to_pylist()
    assert duckdb.sql(f"SELECT sum(n), count(word) FROM {parquet([path])}").fetchall() == [(1225, 50)]


def test_a_file_of_an_older_masthead_is_taken_where_it_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(TABLE, path)
    assert is_sound(path)
    for content in (path.read_bytes()[:-20], b"", b"PAR1", b"PAR1" * 4):
        path.write_bytes(content)
        assert not is_sound(path)


def test_what_is_damaged_is_noticed_and_what_is_absent_is_not(tmp_path: Path) -> None:
    (tmp_path / "damaged.parquet").write_bytes(b"no")
    (tmp_path / "folder.parquet").mkdir()
    write_parquet_atomically(TABLE, tmp_path / "whole.parquet")
    with noticing() as outer, noticing() as noticed:
        names = ("absent", "damaged", "folder", "whole", "damaged")
        assert not all_whole(tmp_path / f"{name}.parquet" for name in names)
        assert all_whole([tmp_path / "whole.parquet"])
    assert [path.stem for path in noticed] == ["damaged", "folder"] == [path.stem for path in outer]


class TestToldInJson:
    def test_what_was_told_comes_back(self, tmp_path: Path) -> None:
        told = {"title": "Ünï", "n": [1, 2.5, None], "at": Path("x")}
        (tmp_path / "a.json").write_text(json.dumps(with_digest(told), indent=2))
        assert read_kept_json(tmp_path / "a.json") == {"title": "Ünï", "n": [1, 2.5, None], "at": "x"}
        assert read_kept_json(tmp_path / "absent.json") is None

    def test_another_figure_is_noticed(self, tmp_path: Path) -> None:
        path = tmp_path / "a.json"
        path.write_text(json.dumps(with_digest({"articles": 1234})).replace("1234", "1235"))
        with noticing() as noticed:
            assert read_kept_json(path) is None
        assert noticed == [path]

    def test_when_a_run_was_and_what_it_did_is_not_in_the_digest(self) -> None:
        one = {"made": "2030-01-01", "reading": {"mentions": 7, "sentences_parsed": 9}}
        again = {"made": "2031-01-01", "reading": {"mentions": 7, "sentences_parsed": 0}}
        other = {"made": "2030-01-01", "reading": {"mentions": 8, "sentences_parsed": 9}}
        assert with_digest(one)["sha256"] == with_digest(again)["sha256"] != with_digest(other)["sha256"]

    @pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
    def test_what_is_no_object_is_damage(self, tmp_path: Path, content: bytes) -> None:
        (tmp_path / "a.json").write_bytes(content)
        assert read_kept_json(tmp_path / "a.json") is None

    def test_an_older_file_has_no_digest(self) -> None:
        assert without_digest(b'{"a": 1}') == {"a": 1}
