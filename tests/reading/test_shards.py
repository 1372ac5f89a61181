"""Rows kept by key: what was added is found, whatever came before or after it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.parsing.shards import Shards, sentence_key

SCHEMA = pa.schema(
    [pa.field("key", pa.uint64(), nullable=False), pa.field("text", pa.string(), nullable=False)]
)
KEYS = st.one_of(st.integers(0, 40), st.integers(0, 2**64 - 1))


def table(keys: list[int]) -> pa.Table:
    return pa.table([pa.array(keys, pa.uint64()), pa.array([f"row {key}" for key in keys])], schema=SCHEMA)


def rows(shards: Shards, keys: list[int]) -> dict[int, str]:
    found = [row for part in shards.rows(np.array(keys, np.uint64)) for row in part.to_pylist()]
    assert len({row["key"] for row in found}) == len(found)
    return {row["key"]: row["text"] for row in found}


@settings(max_examples=30, deadline=None)
@given(st.lists(st.lists(KEYS, min_size=1, max_size=8, unique=True), max_size=5), st.lists(KEYS, max_size=10))
def test_what_was_added_is_found_here_and_when_opened_again(lots: list[list[int]], asked: list[int]) -> None:
    with TemporaryDirectory() as folder:
        shards = Shards(Path(folder), SCHEMA)
        held: set[int] = set()
        for lot in lots:
            new = [key for key in lot if key not in held]
            if new:
                shards.add(table(new))
            held.update(new)
        for opened in (shards, Shards(Path(folder), SCHEMA)):
            assert opened.holds(np.array(asked, np.uint64)).tolist() == [key in held for key in asked]
            assert rows(opened, asked) == {key: f"row {key}" for key in asked if key in held}
            assert rows(opened, sorted(held)) == {key: f"row {key}" for key in held}


def test_a_shard_of_many_row_groups(tmp_path: Path) -> None:
    keys = [sentence_key(f"sentence {i}") for i in range(1_500)]
    shards = Shards(tmp_path / "s", SCHEMA)
    shards.add(table(keys))
    for asked in (keys[::97], keys[:1], [min(keys), max(keys)], [1, 2, 3]):
        assert rows(shards, asked) == {key: f"row {key}" for key in asked if key in keys}
    assert len(list((tmp_path / "s").glob("shard-*.parquet"))) == 1
