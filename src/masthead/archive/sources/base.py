"""What every importer hands over, whatever the format it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import pyarrow as pa

BATCH_ROWS = 1_000
BATCH_CHARACTERS = 8_000_000

# NaN and Infinity are no JSON: importers hand over null and text for them. What else JSON lacks becomes text.
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, default=str)


class Refused(NamedTuple):
    """A row that cannot become an article: its number in the file, why, and the row whole."""

    source_row: int
    reason: str
    row: str


@dataclass(frozen=True)
class Batch:
    """Some rows of a source, in order.

    `fields` has one string column per mapped field, null where the source has nothing; `source_rows` the
    number of each row, counted from 1; `rest` each row's other filled columns, fit for JSON; `refused` the
    rows that could not be taken apart at all, which are in none of the other three. `done` of `total`
    says how far the source has been read, in the source's own measure.
    """

    fields: pa.RecordBatch
    source_rows: list[int]
    rest: list[dict[str, Any]]
    refused: list[Refused] = field(default_factory=list)
    done: int = 0
    total: int = 0


class Source(Protocol):
    """An importer over one file.

    `columns` are known once it is open; `batches` starts at the beginning each time it is called, and
    gives the columns named in `mapped` (field → column); `notes` are whole after a run through `batches`.
    """

    columns: tuple[str, ...]

    def check(self, mapped: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column (field → column) cannot be the text of its field."""
        ...

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the file from its start."""
        ...

    def notes(self) -> list[str]:
        """Say what was sniffed, and what had to be done to rows to read them."""
        ...


def as_json(row: Mapping[str, Any]) -> str:
    """Write a row as a JSON object, whatever its values are; half of a character becomes its escape."""
    return _ENCODER.encode(row).encode("utf-8", "backslashreplace").decode()
