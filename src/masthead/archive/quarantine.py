"""Rows that could not become articles, kept whole beside the reason, so that nothing is lost in silence."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive.sources import RefusedRow
from masthead.archive.store import parquet_writer, replacing

QUARANTINE_SCHEMA = pa.schema(
    [
        pa.field("source_row", pa.int64(), nullable=False),
        pa.field("reason", pa.string(), nullable=False),
        pa.field("row", pa.large_string(), nullable=False),
    ]
)
"""`row` is a JSON object of the source's columns, or the row as it stood where that failed."""


class Quarantine:
    """The quarantine file of one ingest; it is made when the first row is refused, and whole or not there."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self._writer: pq.ParquetWriter | None = None

    def __enter__(self) -> Quarantine:
        return self

    def write(self, rows: Sequence[RefusedRow]) -> None:
        """Keep these rows."""
        if not rows:
            return
        if self._writer is None:
            temporary = self._files.enter_context(replacing(self._path))
            self._writer = self._files.enter_context(parquet_writer(temporary, QUARANTINE_SCHEMA))
        columns = list(zip(*rows, strict=True))
        self._writer.write_table(pa.table(columns, schema=QUARANTINE_SCHEMA))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._files.__exit__(kind, error, trace)
