"""How large a Parquet file becomes, told before it is read: a few kilobytes can ask for gigabytes.

Two things unfold. Compressed pages: the file says by how much. And dictionaries: a text that stands once in
the file stands in a million rows, which it does not say, so the dictionaries are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from masthead.archive.sources.parquet.arrow_values import is_list, lengths
from masthead.archive.sources.text import shown_name
from masthead.errors import SourceError

BATCH_BYTES = 32_000_000
"""Bytes of text that are made of rows at a time, if no single row is longer."""

LONGEST_ROW = 100_000_000
"""Bytes over which a row is refused."""

# What is counted row by row before anything is read: small columns with an entry longer than articles are.
_SMALL = 64_000_000
_LONG_ENTRY = 200_000
_PAGE_ROWS = 1_024
_LARGEST_PAGE = 300_000_000
_FREELY = 500_000_000
_UNFOLDS = 200  # text shrinks to a fifth, and a thousand copies of it to a hundredth


@contextmanager
def open_parquet(path: Path, dictionaries: Sequence[str] = ()) -> Iterator[pq.ParquetFile]:
    """Open a Parquet file of whatever name, with the dictionaries of some columns (paths) left folded."""
    # Without pre-buffering a row group is read page by page rather than whole.
    with (
        path.open("rb") as raw,
        pq.ParquetFile(
            raw, pre_buffer=False, buffer_size=1 << 20, read_dictionary=list(dictionaries)
        ) as file,
    ):
        yield file


class Bounds:
    """What a file may unfold to: `rows` at a time, with `dictionaries` (paths of columns) left folded.

    Raises SourceError where the file says that it unfolds to what no articles would.
    """

    def __init__(self, path: Path, file: pq.ParquetFile, most_rows: int) -> None:
        self._path = path
        self._most = max(_FREELY, _UNFOLDS * path.stat().st_size)
        self._unfolded = 0
        self.rows = most_rows
        self.dictionaries: list[str] = []
        metadata = file.metadata
        size = 0
        for group in (metadata.row_group(i) for i in range(metadata.num_row_groups)):
            for chunk in (group.column(i) for i in range(group.num_columns)):
                chunk_bytes = max(0, chunk.total_uncompressed_size)
                size += chunk_bytes
                if size > self._most:
                    raise self._too_large(size)
                # A page is read whole, and writers make pages of about a thousand rows.
                if min(chunk_bytes, _PAGE_ROWS * chunk_bytes // max(1, group.num_rows)) > _LARGEST_PAGE:
                    raise SourceError(
                        f"'{shown_name(path)}' has {group.num_rows:,} rows of {chunk_bytes // 1_000_000:,} MB in the"
                        f" column '{chunk.path_in_schema}'",
                        f"columns of articles, of which {_PAGE_ROWS:,} take a few MB",
                        "leave that column out, or write the file in row groups of ten rows",
                    )
        self.rows = max(1, min(self.rows, BATCH_BYTES * metadata.num_rows // max(1, size)))
        for i in range(metadata.num_row_groups):
            self._look_at_dictionaries(metadata, i)

    def start(self) -> None:
        """Count from the start of the file."""
        self._unfolded = 0

    def unfold(self, size: int) -> None:
        """Count bytes that were made of the file. Raises SourceError where they are too many for it."""
        self._unfolded += size
        if self._unfolded > self._most:
            raise self._too_large(self._unfolded)

    def _look_at_dictionaries(self, metadata: pq.FileMetaData, number: int) -> None:
        group = metadata.row_group(number)
        suspects = []
        for i in range(group.num_columns):
            chunk = group.column(i)
            worst = chunk.num_values * chunk.total_uncompressed_size
            if chunk.physical_type == "BYTE_ARRAY" and chunk.has_dictionary_page and worst > self._most:
                suspects.append(chunk)
        if not suspects:
            return
        with open_parquet(self._path, [chunk.path_in_schema for chunk in suspects]) as file:
            for chunk in suspects:
                path = chunk.path_in_schema
                # One row is enough: the dictionary comes whole with it.
                rows = next(file.iter_batches(1, row_groups=[number], columns=[path]), None)
                longest = max((_longest_entry(column) for column in rows.columns), default=0) if rows else 0
                if chunk.num_values > group.num_rows or "." in path:
                    if longest * chunk.num_values > self._most and path not in self.dictionaries:
                        self.dictionaries.append(path)
                    continue
                self.rows = max(1, min(self.rows, BATCH_BYTES // max(1, longest)))
                small = chunk.total_uncompressed_size < _SMALL
                if small and longest > _LONG_ENTRY and longest * chunk.num_values > self._most:
                    size = 0
                    for rows in file.iter_batches(10_000, row_groups=[number], columns=[path]):
                        size += sum(int(lengths(column).sum()) for column in rows.columns)
                        if size > self._most:
                            raise self._too_large(size)

    def _too_large(self, size: int) -> SourceError:
        return SourceError(
            f"'{shown_name(self._path)}', a file of {self._path.stat().st_size:,} bytes, unfolds to over {size:,}",
            f"at most {_UNFOLDS} times its size, as articles do",
            "check what made it; a sound file in which texts stand many times can be cut into smaller ones",
        )


def _longest_entry(column: pa.Array) -> int:
    """The bytes of the longest entry of the dictionaries in a column, however deep they lie."""
    kind = column.type
    if pa.types.is_dictionary(kind):
        return pc.max(pc.binary_length(column.dictionary)).as_py() or 0
    if pa.types.is_struct(kind):
        return max((_longest_entry(column.field(i)) for i in range(kind.num_fields)), default=0)
    if pa.types.is_map(kind):
        return max(_longest_entry(column.keys), _longest_entry(column.items))
    if is_list(kind):
        return _longest_entry(column.values)
    return 0


def cuts(sizes: np.ndarray[Any, np.dtype[np.int64]]) -> Iterator[tuple[int, int]]:
    """Cut rows into runs of at most BATCH_BYTES; a longer row is a run of its own."""
    start = run_bytes = 0
    for i, size in enumerate(sizes.tolist()):
        if i > start and run_bytes + size > BATCH_BYTES:
            yield start, i
            start, run_bytes = i, 0
        run_bytes += size
    if start < len(sizes):
        yield start, len(sizes)


def weight(value: Any) -> int:
    """About how many bytes a value takes when it is written out."""
    if isinstance(value, str):
        return len(value)
    if isinstance(value, dict):
        return sum(len(name) + weight(inner) for name, inner in value.items())
    return sum(weight(inner) for inner in value) if isinstance(value, list) else 8
