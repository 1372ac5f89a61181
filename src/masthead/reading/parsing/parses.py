"""The parse cache: each distinct masked sentence is parsed once, whichever article, outlet or study it came from."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.reading.parsing.parser import PARSE_SCHEMA
from masthead.reading.parsing.shards import Shards, sentence_key
from masthead.reading.parsing.workers import Workers

VERSION = "1"
SHARD_ROWS = 4_000
_HELD = 150_000

SHARD_SCHEMA = PARSE_SCHEMA.insert(0, pa.field("key", pa.uint64(), nullable=False))
"""PARSE_SCHEMA with the sentence's key before it; ordered by key."""


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
    return _parse(_to_row(row))


def _to_row(row: dict[str, Any]) -> _Row:
    # A sentence has at most LONGEST code points, and not many more where names are shorter than placeholders.
    numbers = np.array([row["starts"], row["ends"], row["heads"]], np.uint16)
    return (str(row["text"]), numbers.tobytes(), str(row["tags"]), str(row["deps"]), str(row["lemmas"]))


def _parse(row: _Row) -> Parse:
    text, numbers, tags, deps, lemmas = row
    starts, ends, heads = np.frombuffer(numbers, np.uint16).reshape(3, -1).tolist()
    return Parse(text, starts, ends, heads, tags.split(" "), deps.split(" "), lemmas.split(" "))


class ParseStore:
    """Parsed sentences of an archive: sentences/<reader>/<model hash>/<version>/shard-<hash>.parquet.

    Sentences are parsed in lots; the shard of a lot is written as soon as it is parsed, so that a run that is
    killed loses at most one lot. In memory are the keys of all sentences (12 bytes each) and the parses of
    the last 150,000 that were asked for (1 KB each). `sentences_parsed` and `sentences_reused` count distinct
    sentences per call of `get`.
    """

    def __init__(self, folder: Path, workers: Workers) -> None:
        self._shards = Shards(folder / VERSION, SHARD_SCHEMA)
        self._workers = workers
        self._recent: OrderedDict[int, _Row] = OrderedDict()
        self.sentences_parsed = 0
        self.sentences_reused = 0

    def get(
        self, sentences: dict[int, str], progress: Callable[[int, int], None] | None = None
    ) -> dict[int, Parse]:
        """Return the parse of each sentence (key → masked text), parsing those that nobody has parsed yet."""
        rows = {key: self._recent[key] for key in sentences if key in self._recent}
        for table in self._shards.rows(np.array([key for key in sentences if key not in rows], np.uint64)):
            rows.update({row["key"]: _to_row(row) for row in table.to_pylist()})
        new = [key for key in sentences if key not in rows]
        self.sentences_reused += len(rows)
        self.sentences_parsed += len(new)
        count = len(rows)
        if progress:
            progress(count, len(sentences))
        lots = [new[i : i + SHARD_ROWS] for i in range(0, len(new), SHARD_ROWS)]
        for parses in self._workers.parse([[sentences[key] for key in lot] for lot in lots]):
            keys = [sentence_key(text) for text in parses["text"].to_pylist()]
            table = parses.add_column(0, SHARD_SCHEMA.field("key"), pa.array(keys, pa.uint64()))
            self._shards.add(table)
            rows.update({row["key"]: _to_row(row) for row in table.to_pylist()})
            count += table.num_rows
            if progress:
                progress(count, len(sentences))
        for key, of_sentence in rows.items():
            self._recent[key] = of_sentence
            self._recent.move_to_end(key)
        while len(self._recent) > _HELD:
            self._recent.popitem(last=False)
        return {key: _parse(row) for key, row in rows.items()}
