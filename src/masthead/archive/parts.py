"""Cutting a stream of articles into parts of bounded size, each named by what it holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import content_hash, part_name
from masthead.archive.originals import Original, write_originals
from masthead.archive.schema import ARTICLE_SCHEMA
from masthead.archive.store import UNREADABLE, read_parquet, reading_fault, write_parquet_atomically
from masthead.errors import ArchiveError

PART_ROWS = 2_000
PART_BYTES = 16_000_000


@dataclass(frozen=True)
class Part:
    """One immutable file of articles: its name, the hash of its content (16 hex), where it is, its rows."""

    name: str
    hash: str
    path: Path
    rows: int

    def read(self, columns: Sequence[str]) -> pa.Table:
        """Return some columns of the articles. Raises ArchiveError where the file is gone or a checksum fails."""
        try:
            return read_parquet(self.path, columns)
        except UNREADABLE as error:
            raise ArchiveError(
                f"'{self.path}' {reading_fault(error)}",
                "a part of the archive as it was written",
                "look at all with `masthead archive check`",
            ) from None


class PartWriter:
    """Writes articles to `folder` as they come, in parts of at most 2,000 articles or 16 MB of text.

    Where the cuts fall depends on the articles and their order alone, not on how they were batched, so an
    ingest that is run again writes the same parts. A single longer text makes a part of its own size.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._held: list[pa.RecordBatch] = []
        self._originals: list[Original] = []
        self._rows = 0
        self._bytes = 0
        self.parts: list[Part] = []

    def write(self, articles: pa.RecordBatch, originals: Iterable[Original] = ()) -> None:
        """Take articles of ARTICLE_SCHEMA, and what stood in those that were repaired; write every full part."""
        self._originals += originals
        while articles.num_rows:
            sizes = np.cumsum(pc.binary_length(articles["text"]).to_numpy(zero_copy_only=False))
            # The article that fills the part belongs to it.
            fits = int(np.searchsorted(sizes, PART_BYTES - self._bytes)) + 1
            take = min(articles.num_rows, PART_ROWS - self._rows, fits)
            self._held.append(articles.slice(0, take))
            self._rows += take
            self._bytes += int(sizes[take - 1])
            articles = articles.slice(take)
            if self._rows >= PART_ROWS or self._bytes >= PART_BYTES:
                self._close()

    def finish(self) -> list[Part]:
        """Write what is left, and return all parts in order."""
        if self._rows:
            self._close()
        return self.parts

    def _close(self) -> None:
        table = pa.Table.from_batches(self._held, ARTICLE_SCHEMA).combine_chunks()
        digest = content_hash(table)
        name = part_name(digest)
        path = self._folder / name
        write_parquet_atomically(table, path)
        self._originals = write_originals(
            self._originals, table["article_id"].to_pylist(), self._folder, name
        )
        self.parts.append(Part(name, digest, path, table.num_rows))
        self._held, self._rows, self._bytes = [], 0, 0
