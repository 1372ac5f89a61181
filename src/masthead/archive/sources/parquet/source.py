"""Parquet: columns of any type, those inside others by their path; dates as ISO text.

Read batch by batch within a row group, so that a file of one huge row group stays in bounded memory.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.archive.sources.base import BATCH_ROWS, Batch, RefusedRow, as_json
from masthead.archive.sources.header import numbered_names
from masthead.archive.sources.parquet.arrow_values import (
    Undecodable,
    as_text,
    as_values,
    decode_texts,
    depth,
    holds_map,
    is_nested,
    is_written,
    lengths,
    paths,
)
from masthead.archive.sources.parquet.bounds import LONGEST_ROW, Bounds, cuts, open_parquet, weight
from masthead.archive.sources.text import shown_name
from masthead.archive.sources.values import (
    DEEPEST,
    PATH_LEVELS,
    NotTextError,
    check_columns,
    is_empty,
    names,
    reach,
    text_of,
    without,
    without_empty,
)
from masthead.errors import SourceError

_SAMPLE = 100
_NO_UTF_8 = "it does not decode as UTF-8"


class ParquetSource:
    """A Parquet file. Raises SourceError where it is something else, cut off, or unfolds to too much."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._name = shown_name(path)
        self._check_ends()
        try:
            with open_parquet(path) as file:
                self._schema = file.schema_arrow
                self._rows = file.metadata.num_rows
                self._bounds = Bounds(path, file, BATCH_ROWS)
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise self._damage(error) from None
        self._names = numbered_names(self._schema.names)
        types = dict(zip(self._names, self._schema.types, strict=True))
        for name, kind in types.items():
            if depth(kind, DEEPEST) > DEEPEST:
                raise SourceError(
                    f"the column '{name}' of '{self._name}' is nested more than {DEEPEST} levels deep",
                    "columns of articles",
                    "leave it out of the export",
                )
        self._nested = {name for name, kind in types.items() if is_nested(kind)}
        column_paths = [path for name, kind in types.items() for path in paths(name, kind, PATH_LEVELS)]
        # The keys of a map are values: the head of the file tells them.
        column_paths += [
            path for row in self._head({n for n, k in types.items() if holds_map(k)}) for path in names(row)
        ]
        self.columns = tuple(dict.fromkeys(column_paths))

    def check(self, column_of: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column holds what is no text, with the names of its parts."""
        inside = {field: column for field, column in column_of.items() if not self._is_flat(column)}
        check_columns(self._name, inside, self._head(self._tops(inside)))

    def notes(self) -> list[str]:
        """Parquet says its own types: nothing is sniffed."""
        return []

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or about 32 MB at a time."""
        self._bounds.start()
        # Only dates, and whose they are, are asked for when the order of their figures is searched ahead.
        top_names = (
            self._tops(column_of)
            if set(column_of) <= {"published", "outlet"} and column_of
            else set(self._names)
        )
        for first, rows in self._read(self._bounds.rows, top_names):
            nested_values = {
                name: as_values(rows[name]) for name in rows.schema.names if name in self._nested
            }
            sizes = sum(
                (lengths(column) for column in rows.columns if is_written(column.type)),
                start=np.zeros(rows.num_rows, np.int64),
            )
            for values in nested_values.values():
                sizes += np.array([weight(value) for value in values], np.int64)
            self._bounds.unfold(int(sizes.sum()))
            for start, stop in cuts(sizes):
                yield self._batch(
                    rows.slice(start, stop - start),
                    {name: values[start:stop] for name, values in nested_values.items()},
                    first + start,
                    column_of,
                    sizes[start:stop],
                )

    def _batch(
        self,
        rows: pa.RecordBatch,
        nested_values: dict[str, list[Any]],
        first: int,
        column_of: Mapping[str, str],
        sizes: np.ndarray[Any, np.dtype[np.int64]],
    ) -> Batch:
        position = first + rows.num_rows - 1
        if len(sizes) == 1 and sizes[0] > LONGEST_ROW:
            why = f"its columns hold over {LONGEST_ROW // 1_000_000} MB (their sizes are kept)"
            row_text = as_json({"bytes": int(sizes[0]), "columns": list(rows.schema.names)})
            none = _arrays({field: [] for field in column_of})
            return Batch(none, [], [], [RefusedRow(first, why, row_text)], position, self._rows)
        amiss: dict[int, str] = {}
        fields: dict[str, pa.Array | list[str | None]] = {}
        for field, column in column_of.items():
            if self._is_flat(column):
                fields[field] = _flat_texts(rows[column], amiss)
            else:
                fields[field] = _nested_texts(field, column, nested_values, rows.num_rows, amiss)
        nested_columns = [column for column in column_of.values() if not self._is_flat(column)]
        rest: list[dict[str, Any]] = [{} for _ in range(rows.num_rows)]
        for name in rows.schema.names:
            if name in column_of.values():
                continue
            for row, value in zip(rest, nested_values.get(name) or as_values(rows[name]), strict=True):
                if not is_empty(value):
                    row[name] = value
        amiss |= {i: _NO_UTF_8 for i, row in enumerate(rest) if i not in amiss and _is_amiss(row)}
        for column in nested_columns:
            rest = [without_empty(without(row, column)) for row in rest]
        refused_rows = [
            RefusedRow(first + i, amiss[i], _whole(rows, nested_values, i)) for i in sorted(amiss)
        ]
        good = [i for i in range(rows.num_rows) if i not in amiss]
        batch = _arrays(fields)
        if amiss:
            batch = batch.take(pa.array(good, pa.int64()))
        numbers = [first + i for i in good]
        return Batch(batch, numbers, [rest[i] for i in good], refused_rows, position, self._rows)

    def _head(self, tops: Collection[str]) -> list[dict[str, Any]]:
        """The first rows of some columns, less those that are too long."""
        if not tops:
            return []
        _, rows = next(self._read(min(self._bounds.rows, _SAMPLE), tops), (0, None))
        if rows is None:
            return []
        columns = [as_values(column) for column in rows.columns]
        records = [dict(zip(rows.schema.names, row, strict=True)) for row in zip(*columns, strict=True)]
        return [record for record in records if weight(record) <= LONGEST_ROW]

    def _is_flat(self, column: str) -> bool:
        return column in self._names and column not in self._nested

    def _tops(self, column_of: Mapping[str, str]) -> set[str]:
        """The outermost columns in which some paths lie."""
        paths = column_of.values()
        return {name for name in self._names if any(p == name or p.startswith(f"{name}.") for p in paths)}

    def _read(self, most_rows: int, top_names: Collection[str]) -> Iterator[tuple[int, pa.RecordBatch]]:
        """Yield batches of the wanted columns under names of their own, each with the number of its first row."""
        columns = tuple(name for name in self._names if name in top_names)
        # Names that stand twice, or that look like paths, cannot be asked for.
        if set(self._names) != set(self._schema.names) or any("." in name for name in columns):
            columns = self._names
        row_count = 0
        try:
            with open_parquet(self._path, self._bounds.dictionaries) as file:
                for rows in file.iter_batches(
                    most_rows, columns=None if columns is self._names else [*columns]
                ):
                    yield row_count + 1, pa.RecordBatch.from_arrays(rows.columns, names=columns)
                    row_count += rows.num_rows
        except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
            raise self._damage(error) from None

    def _check_ends(self) -> None:
        size = self._path.stat().st_size
        with self._path.open("rb") as file:
            start = file.read(4)
            file.seek(max(0, size - 4))
            end = file.read(4)
        if size == 0:
            raise SourceError(f"'{self._name}' is empty", "a Parquet file", "check the export")
        if start != b"PAR1":
            raise SourceError(
                f"'{self._name}' does not start as a Parquet file does",
                "Parquet as its ending says",
                "give it the ending of what it is: .csv, .tsv, .jsonl or .json",
            )
        if end != b"PAR1":
            raise SourceError(
                f"'{self._name}' is a Parquet file that is cut off after {size:,} bytes",
                "a whole file",
                "copy or download it again",
            )

    def _damage(self, error: Exception) -> SourceError:
        reason = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        return SourceError(
            f"'{self._name}' is a damaged Parquet file ({reason})",
            "a sound file",
            "copy or download it again",
        )


def _arrays(fields: Mapping[str, pa.Array | list[str | None]]) -> pa.RecordBatch:
    return pa.RecordBatch.from_arrays(
        [v if isinstance(v, pa.Array) else pa.array(v, pa.string()) for v in fields.values()],
        names=list(fields),
    )


def _flat_texts(values: pa.Array, amiss: dict[int, str]) -> pa.Array | list[str | None]:
    try:
        texts = as_text(values)
        texts.validate(full=True)
        return texts
    except pa.ArrowInvalid:
        if not is_written(values.type):
            raise
    escaped_texts = decode_texts(values)
    amiss |= {i: _NO_UTF_8 for i, value in enumerate(escaped_texts) if isinstance(value, Undecodable)}
    return escaped_texts


def _nested_texts(
    field: str, column: str, nested_values: Mapping[str, list[Any]], rows: int, amiss: dict[int, str]
) -> list[str | None]:
    texts: list[str | None] = []
    for i in range(rows):
        try:
            texts.append(
                text_of(field, reach({name: values[i] for name, values in nested_values.items()}, column))
            )
        except NotTextError as error:
            amiss[i] = f"its {field} is {error}"
            texts.append(None)
    return texts


def _whole(rows: pa.RecordBatch, nested_values: Mapping[str, list[Any]], i: int) -> str:
    """A row as JSON; bytes that do not decode show as escapes."""
    columns = rows.schema.names
    return as_json(
        {c: nested_values[c][i] if c in nested_values else as_values(rows[c].slice(i, 1))[0] for c in columns}
    )


def _is_amiss(value: Any) -> bool:
    """True where a value holds a text that is not UTF-8."""
    if isinstance(value, dict):
        return any(_is_amiss(inner) for inner in value.values())
    if isinstance(value, list):
        return any(_is_amiss(inner) for inner in value)
    return isinstance(value, Undecodable)
