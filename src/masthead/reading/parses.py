"""The parse cache: each distinct masked sentence is parsed once, whichever article, outlet or study it came from."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive.store import write_parquet_atomically
from masthead.reading.parser import PARSE_SCHEMA
from masthead.reading.workers import Workers

VERSION = "1"
SHARD_ROWS = 4_000
_ROW_GROUP = 250
_HELD = 150_000

SHARD_SCHEMA = PARSE_SCHEMA.insert(0, pa.field("key", pa.uint64(), nullable=False))
"""PARSE_SCHEMA with the sentence's key before it; ordered by key."""

Keys = npt.NDArray[np.uint64]


def sentence_key(text: str) -> int:
    """Return the key of a masked sentence: 64 bits of BLAKE2b."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")


class Parse:
    """A parsed sentence as plain lists, one entry per token. `heads` of a root is the token itself."""

    __slots__ = ("_children", "deps", "ends", "heads", "lemmas", "starts", "tags", "text")

    def __init__(
        self,
        text: str,
        starts: list[int],
        ends: list[int],
        heads: list[int],
        tags: list[str],
        deps: list[str],
        lemmas: list[str],
    ) -> None:
        self.text = text
        self.starts = starts
        self.ends = ends
        self.heads = heads
        self.tags = tags
        self.deps = deps
        self.lemmas = lemmas
        self._children: list[list[int]] | None = None

    @property
    def children(self) -> list[list[int]]:
        """For each token, the tokens it governs, from left to right."""
        if self._children is None:
            self._children = [[] for _ in self.heads]
            for token, head in enumerate(self.heads):
                if head != token:
                    self._children[head].append(token)
        return self._children

    def word(self, token: int) -> str:
        """Return the token as it stands."""
        return self.text[self.starts[token] : self.ends[token]]


_Row = tuple[str, bytes, str, str, str]


def parse_of(row: dict[str, Any]) -> Parse:
    """Return the parse in one row of PARSE_SCHEMA."""
    return _parse(_held(row))


def _held(row: dict[str, Any]) -> _Row:
    # A sentence has at most LONGEST code points, and not many more where names are shorter than placeholders.
    numbers = np.array([row["starts"], row["ends"], row["heads"]], np.uint16)
    return (str(row["text"]), numbers.tobytes(), str(row["tags"]), str(row["deps"]), str(row["lemmas"]))


def _parse(row: _Row) -> Parse:
    text, numbers, tags, deps, lemmas = row
    starts, ends, heads = np.frombuffer(numbers, np.uint16).reshape(3, -1).tolist()
    return Parse(text, starts, ends, heads, tags.split(" "), deps.split(" "), lemmas.split(" "))


class ParseStore:
    """Parsed sentences of an archive: sentences/<reader>/<model hash>/shard-<hash>.parquet.

    Sentences are parsed in lots; the shard of a lot is written as soon as it is parsed, so that a run that is
    killed loses at most one lot. In memory are the keys of all sentences (12 bytes each) and the parses of
    the last 150,000 that were asked for (1 KB each). `parsed` and `reused` count distinct sentences per call of `get`.
    """

    def __init__(self, folder: Path, workers: Workers) -> None:
        self._folder = folder / VERSION
        self._workers = workers
        self._keys: Keys = np.empty(0, np.uint64)
        self._places: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._recent: OrderedDict[int, _Row] = OrderedDict()
        self.parsed = 0
        self.reused = 0
        self._shards = sorted(self._folder.glob("shard-*.parquet"))
        if self._shards:
            held = [pq.read_table(path, columns=["key"])["key"].to_numpy() for path in self._shards]
            keys = np.concatenate(held)
            order = np.argsort(keys, kind="stable")
            self._keys = keys[order]
            self._places = np.repeat(np.arange(len(held), dtype=np.int32), [len(k) for k in held])[order]

    def get(
        self, sentences: dict[int, str], progress: Callable[[int, int], None] | None = None
    ) -> dict[int, Parse]:
        """Return the parse of each sentence (key → masked text), parsing those that nobody has parsed yet."""
        rows = {key: self._recent[key] for key in sentences if key in self._recent}
        self._load([key for key in sentences if key not in rows], rows)
        new = [key for key in sentences if key not in rows]
        self.reused += len(rows)
        self.parsed += len(new)
        done = len(rows)
        if progress:
            progress(done, len(sentences))
        lots = [new[i : i + SHARD_ROWS] for i in range(0, len(new), SHARD_ROWS)]
        for table in self._workers.parse([[sentences[key] for key in lot] for lot in lots]):
            for row in self._write(table).to_pylist():
                rows[row["key"]] = _held(row)
            done += table.num_rows
            if progress:
                progress(done, len(sentences))
        for key, kept in rows.items():
            self._recent[key] = kept
            self._recent.move_to_end(key)
        while len(self._recent) > _HELD:
            self._recent.popitem(last=False)
        return {key: _parse(row) for key, row in rows.items()}

    def _write(self, table: pa.Table) -> pa.Table:
        keys = [sentence_key(text) for text in table["text"].to_pylist()]
        table = table.add_column(0, SHARD_SCHEMA.field("key"), pa.array(keys, pa.uint64())).sort_by("key")
        name = hashlib.sha256(table["key"].to_numpy().tobytes()).hexdigest()[:16]
        path = self._folder / f"shard-{name}.parquet"
        write_parquet_atomically(_groups(table), path, SHARD_SCHEMA)
        self._add(path, table["key"].to_numpy())
        return table

    def _add(self, path: Path, keys: Keys) -> None:
        """Merge a shard's keys, which are sorted, into those of all shards."""
        at = np.searchsorted(self._keys, keys)
        self._keys = np.insert(self._keys, at, keys)
        self._places = np.insert(self._places, at, np.int32(len(self._shards)))
        self._shards.append(path)

    def _load(self, keys: Sequence[int], rows: dict[int, _Row]) -> None:
        """Read the parses of those `keys` that are on disk into `rows`."""
        if not keys or not len(self._keys):
            return
        wanted = np.array(sorted(keys), np.uint64)
        at = np.searchsorted(self._keys, wanted)
        at[at == len(self._keys)] = 0
        known = self._keys[at] == wanted
        wanted, places = wanted[known], self._places[at[known]]
        for place in np.unique(places):
            for row in _read(self._shards[place], wanted[places == place]):
                rows[row["key"]] = _held(row)


def _groups(table: pa.Table) -> Iterable[pa.RecordBatch]:
    for start in range(0, table.num_rows, _ROW_GROUP):
        yield from table.slice(start, _ROW_GROUP).combine_chunks().to_batches()


def _read(path: Path, keys: Keys) -> list[dict[str, Any]]:
    """Read the rows of these keys, sorted, from a shard, touching only the row groups that hold them."""
    shard = pq.ParquetFile(path)
    ends = [
        shard.metadata.row_group(g).column(0).statistics.max for g in range(shard.metadata.num_row_groups)
    ]
    groups = np.unique(np.searchsorted(np.array(ends, np.uint64), keys)).tolist()
    table = shard.read_row_groups(groups)
    mask = np.isin(table["key"].to_numpy(), keys)
    rows: list[dict[str, Any]] = table.filter(pa.array(mask)).to_pylist()
    return rows
