"""Rows kept by key, in immutable Parquet files that grow in number: what was read once is never read again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically

_ROW_GROUP = 250

Keys = npt.NDArray[np.uint64]


def sentence_key(text: str) -> int:
    """Return the key of a masked sentence: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class Shards:
    """A folder of shard-<hash>.parquet, each with a column `key` (uint64, unique over all shards) that orders it.

    In memory are the keys of all rows (12 bytes each). A shard is on disk, whole, when `add` returns.
    """

    def __init__(self, folder: Path, schema: pa.Schema) -> None:
        self._folder = folder
        self._schema = schema
        self._keys: Keys = np.empty(0, np.uint64)
        self._places: npt.NDArray[np.int32] = np.empty(0, np.int32)
        there = sorted(folder.glob("shard-*.parquet"))
        self._paths = [path for path in there if is_whole(path)]
        self._broken_paths = [path for path in there if path not in self._paths]
        if self._paths:
            keys_by_shard = [read_parquet(path, ["key"])["key"].to_numpy() for path in self._paths]
            keys = np.concatenate(keys_by_shard)
            order = np.argsort(keys, kind="stable")
            self._keys = keys[order]
            self._places = np.repeat(
                np.arange(len(keys_by_shard), dtype=np.int32), [len(k) for k in keys_by_shard]
            )[order]

    def holds(self, keys: Keys) -> npt.NDArray[np.bool_]:
        """Return for each of `keys` whether its row is kept."""
        if not len(self._keys):
            return np.zeros(len(keys), np.bool_)
        is_here: npt.NDArray[np.bool_] = self._keys[self._at(keys)] == keys
        return is_here

    def rows(self, keys: Keys) -> Iterator[pa.Table]:
        """Yield the rows of those of `keys` that are kept, shard by shard, ordered by key in each."""
        keys_here = np.unique(keys)
        keys_here = keys_here[self.holds(keys_here)]
        if not len(keys_here):
            return
        places = self._places[self._at(keys_here)]
        for place in np.unique(places):
            yield _read(self._paths[place], keys_here[places == place])

    def add(self, table: pa.Table) -> None:
        """Keep the rows of a table whose keys are all new, as one shard."""
        for path in self._broken_paths:
            # What they held is read again, now that somebody writes; until then they are in nobody's way.
            path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        self._broken_paths = []
        table = table.sort_by("key")
        keys = table["key"].to_numpy()
        name = hashlib.sha256(keys.tobytes()).hexdigest()[:16]
        path = self._folder / f"shard-{name}.parquet"
        write_parquet_atomically(_groups(table), path, self._schema)
        at = np.searchsorted(self._keys, keys)
        self._keys = np.insert(self._keys, at, keys)
        self._places = np.insert(self._places, at, np.int32(len(self._paths)))
        self._paths.append(path)

    def _at(self, keys: Keys) -> npt.NDArray[np.intp]:
        at = np.searchsorted(self._keys, keys)
        at[at == len(self._keys)] = 0
        return at


def _groups(table: pa.Table) -> Iterable[pa.RecordBatch]:
    for start in range(0, table.num_rows, _ROW_GROUP):
        yield from table.slice(start, _ROW_GROUP).combine_chunks().to_batches()


def _read(path: Path, keys: Keys) -> pa.Table:
    """Read the rows of these keys, sorted, from a shard, touching only the row groups that hold them."""
    shard = pq.ParquetFile(path, page_checksum_verification=True)
    ends = [
        shard.metadata.row_group(g).column(0).statistics.max for g in range(shard.metadata.num_row_groups)
    ]
    groups = np.unique(np.searchsorted(np.array(ends, np.uint64), keys)).tolist()
    table = shard.read_row_groups(groups)
    return table.filter(pa.array(np.isin(table["key"].to_numpy(), keys)))
