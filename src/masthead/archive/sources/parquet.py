"""Parquet: any column types; dates as ISO text, nested columns under `extra`.

Read batch by batch within a row group, so that a file of one huge row group stays in bounded memory.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from masthead.archive.sources.base import BATCH_ROWS, Batch, Refused
from masthead.errors import SourceError

BATCH_BYTES = 32_000_000


class ParquetSource:
    """A Parquet file. Raises SourceError where it is something else, or cut off."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._check_ends()
        with self._open() as file:
            self._schema = file.schema_arrow
            self._rows = file.metadata.num_rows
            groups = range(file.metadata.num_row_groups)
            size = sum(file.metadata.row_group(i).total_byte_size for i in groups)
        self._batch_rows = max(1, min(BATCH_ROWS, BATCH_BYTES * self._rows // max(1, size)))
        self.columns = tuple(self._schema.names)

    def notes(self) -> list[str]:
        """Parquet says its own types: nothing is sniffed."""
        return []

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or about 32 MB at a time."""
        for column in mapped.values():
            kind = self._schema.field(column).type
            if pa.types.is_nested(kind):
                raise SourceError(
                    f"the column '{column}' of '{self._path.name}' holds {kind}",
                    "one text, number or date per row",
                    "map another column, or flatten this one first",
                )
        others = [c for c in self.columns if c not in mapped.values()]
        # Only dates are asked for when the order of their figures is searched ahead.
        wanted = list(mapped.values()) if "published" in mapped and len(mapped) < 3 else list(self.columns)
        done = 0
        try:
            with self._open() as file:
                for rows in file.iter_batches(self._batch_rows, columns=wanted):
                    first = done + 1
                    done += rows.num_rows
                    yield self._batch(rows, first, mapped, others if len(wanted) > len(mapped) else [])
        except (pa.ArrowException, OSError) as error:
            raise self._broken(error) from None

    def _batch(self, rows: pa.RecordBatch, first: int, mapped: Mapping[str, str], others: list[str]) -> Batch:
        numbers = list(range(first, first + rows.num_rows))
        refused: list[Refused] = []
        try:
            rows.validate(full=True)
        except pa.ArrowInvalid:
            rows, numbers, refused = _decodable(rows, numbers)
        fields = pa.RecordBatch.from_arrays(
            [_as_text(rows[column]) for column in mapped.values()], names=list(mapped)
        )
        rest: list[dict[str, Any]] = [{} for _ in numbers]
        for column in others:
            for row, value in zip(rest, rows[column].to_pylist(), strict=True):
                if not _empty(value):
                    row[column] = value
        return Batch(fields, numbers, rest, refused, first + rows.num_rows - 1, self._rows)

    def _open(self) -> pq.ParquetFile:
        try:
            # Without pre-buffering a row group is read page by page rather than whole.
            return pq.ParquetFile(self._path, pre_buffer=False, buffer_size=1 << 20)
        except (pa.ArrowException, OSError) as error:
            raise self._broken(error) from None

    def _check_ends(self) -> None:
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            start = file.read(4)
            file.seek(max(0, size - 4))
            end = file.read(4)
        if size == 0:
            raise SourceError(f"'{self._path.name}' is empty", "a Parquet file", "check the export")
        if start != b"PAR1":
            raise SourceError(
                f"'{self._path.name}' does not start as a Parquet file does",
                "Parquet as its ending says",
                "give it the ending of what it is: .csv, .tsv, .jsonl or .json",
            )
        if end != b"PAR1":
            raise SourceError(
                f"'{self._path.name}' is a Parquet file that is cut off after {size:,} bytes",
                "a whole file",
                "copy or download it again",
            )

    def _broken(self, error: Exception) -> SourceError:
        return SourceError(
            f"'{self._path.name}' is a damaged Parquet file ({str(error).splitlines()[0]})",
            "a sound file",
            "copy or download it again",
        )


def _as_text(values: pa.Array) -> pa.StringArray:
    kind = values.type
    if pa.types.is_dictionary(kind):
        values = values.dictionary_decode()
        kind = values.type
    if pa.types.is_timestamp(kind) and kind.tz:
        values = pc.cast(values, pa.timestamp(kind.unit, "UTC"))
    if pa.types.is_floating(kind):
        # 2016.0 is how a column of years with gaps comes out of a spreadsheet.
        return pa.array(
            [None if _empty(v) else f"{v:g}" if v == int(v) else str(v) for v in values.to_pylist()]
        )
    return pc.cast(values, pa.string())


def _decodable(rows: pa.RecordBatch, numbers: list[int]) -> tuple[pa.RecordBatch, list[int], list[Refused]]:
    """Leave out the rows that hold a string which is no UTF-8."""
    good, refused = [], []
    for i, number in enumerate(numbers):
        try:
            rows.slice(i, 1).validate(full=True)
            good.append(i)
        except pa.ArrowInvalid:
            shown = {
                name: bytes(v).decode("utf-8", "backslashreplace") if isinstance(v, bytes) else str(v)
                for name, v in _as_bytes(rows.slice(i, 1))
            }
            refused.append(Refused(number, "it does not decode as UTF-8", str(shown)))
    return rows.take(pa.array(good, pa.int64())), [numbers[i] for i in good], refused


def _as_bytes(row: pa.RecordBatch) -> Iterator[tuple[str, object]]:
    for name in row.schema.names:
        kind = row[name].type
        if pa.types.is_string(kind) or pa.types.is_large_string(kind):
            yield name, row[name].cast(pa.large_binary())[0].as_py()
        else:
            yield name, row[name][0].as_py()


def _empty(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))
