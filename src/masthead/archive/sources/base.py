"""What every importer hands over, whatever the format it reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol, TypeVar

import pyarrow as pa

T = TypeVar("T")

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 8_000_000

# NaN and Infinity are no JSON: importers hand over null and text for them. What else JSON lacks becomes text.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=str)


class RefusedRow(NamedTuple):
    """A row that cannot become an article: its number in the file, why, and the row whole."""

    source_row: int
    reason: str
    row: str


@dataclass(frozen=True)
class Batch:
    """Some rows of a source, in order.

    `fields` has one string column per mapped field, null where the source has nothing; `source_rows` the
    number of each row, counted from 1; `rest` each row's other filled columns, fit for JSON; `refused_rows`
    those that could not be taken apart at all, which are in none of the other three. `position` of `total`
    says how far the source has been read, in the source's own measure.
    """

    fields: pa.RecordBatch
    source_rows: list[int]
    rest: list[dict[str, Any]]
    refused_rows: list[RefusedRow] = field(default_factory=list)
    position: int = 0
    total: int = 0

    @property
    def n_rows(self) -> int:
        """All rows, the refused ones included."""
        return len(self.source_rows) + len(self.refused_rows)


class Source(Protocol):
    """An importer over one file.

    `columns` are known once it is open; `batches` starts at the beginning each time it is called, and
    gives the columns named in `column_of` (field → column); `notes` are whole after a run through `batches`.
    """

    columns: tuple[str, ...]

    def check(self, column_of: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column (field → column) cannot be the text of its field."""
        ...

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the file from its start."""
        ...

    def notes(self) -> list[str]:
        """Say what was sniffed, and what had to be done to rows to read them."""
        ...


def in_lots(records: Iterable[T], length_of: Callable[[T], int]) -> Iterator[list[T]]:
    """Cut what is read into lots for a batch each: at most BATCH_ROWS, closed by what reaches BATCH_CHARACTERS."""
    lot: list[T] = []
    characters = 0
    for record in records:
        lot.append(record)
        characters += length_of(record)
        if len(lot) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
            yield lot
            lot, characters = [], 0
    if lot:
        yield lot


def batch_of_cells(
    columns: Sequence[str],
    column_of: Mapping[str, str],
    rows: Mapping[int, Sequence[str]],
    refused_rows: list[RefusedRow],
    position: int,
    total: int,
) -> Batch:
    """Make a batch of rows (by their numbers) that have a cell, perhaps empty, for each column."""
    places = {field: columns.index(column) for field, column in column_of.items()}
    arrays = [pa.array([row[i] for row in rows.values()], pa.string()) for i in places.values()]
    others = [(i, name) for i, name in enumerate(columns) if i not in places.values()]
    return Batch(
        pa.RecordBatch.from_arrays(arrays, names=list(places)),
        list(rows),
        [{name: row[i] for i, name in others if row[i]} for row in rows.values()],
        refused_rows,
        position,
        total,
    )


def with_escapes(text: str) -> str:
    """Return a text with escapes for the halves of characters that it carries, which no UTF-8 has."""
    return text.encode("utf-8", "backslashreplace").decode()


def as_json(row: Mapping[str, Any]) -> str:
    """Write a row as a JSON object, whatever its values are; half of a character becomes its escape."""
    return with_escapes(_ENCODER.encode(row))
