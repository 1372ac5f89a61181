"""JSONL (one object per line) and JSON (an array of objects, an object that holds one, or objects by themselves).

A JSON file is read as it streams by, one object at a time. A line of JSONL that is no JSON object is refused
and kept as it stood; a JSON file that breaks off is refused whole, since what follows the break cannot be told
apart. Columns may lie inside objects and lists; see `masthead.archive.sources.values`.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from masthead.archive.sources.base import BATCH_CHARACTERS, BATCH_ROWS, Batch, Refused, as_json
from masthead.archive.sources.json.decoder import LONGEST, TOO_LONG, Decoder, RefusedValueError, check_size
from masthead.archive.sources.json.documents import SHOWN, Documents, Record
from masthead.archive.sources.text import TextFile
from masthead.archive.sources.values import (
    NotTextError,
    check_columns,
    is_empty,
    names,
    reach,
    text_of,
    without,
)
from masthead.errors import SourceError

LOOK_AT = 5_000
"""Records that are looked at to learn the columns of a file: one that comes later cannot be mapped."""

LOOK_AT_CHARACTERS = 64_000_000
MOST_COLUMNS = 20_000
"""Names that are learnt: a file with more has names that are values."""

_SAMPLE = 100
_CHUNK = 1 << 20


class JsonSource:
    """A JSONL or JSON file. Raises SourceError where it is empty, is something else, or breaks off.

    `mapped` are the columns that the user has named: they tell an article from an object that holds articles.
    """

    def __init__(
        self, path: Path, encoding: str | None, format_name: str, mapped: Collection[str] = ()
    ) -> None:
        self._file = TextFile(path, encoding, format_name)
        self._lines = format_name == "JSONL"
        self._mapped = tuple(name for name in mapped if name)
        self._decoder = Decoder()
        self._documents: Documents | None = None
        self._sample: list[dict[str, Any]] = []
        columns: dict[str, None] = {}
        characters, why = 0, ""
        with self._file.open() as opened:
            for record in islice(self._records(opened), LOOK_AT):
                characters += record.length
                why = why or record.why
                if record.value is not None:
                    columns |= dict.fromkeys(islice(names(record.value), MOST_COLUMNS))
                    if len(self._sample) < _SAMPLE and characters < BATCH_CHARACTERS:
                        self._sample.append(record.value)
                if len(columns) >= MOST_COLUMNS or characters >= LOOK_AT_CHARACTERS:
                    break
        if not columns:
            raise SourceError(
                f"'{self._file.name}' holds no JSON object that can be read" + (f" ({why})" if why else ""),
                "objects with the fields of articles",
                "check the export",
            )
        self.columns = tuple(columns)

    def check(self, mapped: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column holds what is no text, with the names of its parts."""
        check_columns(self._file.name, mapped, self._sample)
        self._sample = []

    def notes(self) -> list[str]:
        """Say the encoding, where the records lay, and what was odd in them."""
        notes = self._file.notes()
        if self._documents:
            notes += self._documents.notes()
        if self._decoder.surrogates:
            notes.append(
                f"values with halves of characters, replaced by U+FFFD: {self._decoder.surrogates:,}"
            )
        if self._decoder.twice:
            notes.append(
                "objects with a key that stands twice, of which the last counts and the others are kept"
                f" as 'key (1)': {self._decoder.twice:,}"
            )
        return notes

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the records from the start, up to 1,000 or 8 million characters at a time."""
        self._decoder = Decoder()
        row = 0
        with self._file.open() as opened:
            records = self._records(opened)
            while True:
                values: dict[str, list[str | None]] = {field: [] for field in mapped}
                numbers: list[int] = []
                rest: list[dict[str, Any]] = []
                refused: list[Refused] = []
                characters = 0
                for record in records:
                    row += 1
                    characters += record.length
                    if record.value is None:
                        refused.append(Refused(row, record.why, record.raw))
                    else:
                        taken, others, trouble = _taken(record.value, mapped)
                        if trouble:
                            refused.append(Refused(row, trouble, as_json(record.value)))
                        else:
                            for field, value in taken.items():
                                values[field].append(value)
                            numbers.append(row)
                            rest.append(others)
                    if len(numbers) + len(refused) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                        break
                if not numbers and not refused:
                    return
                arrays = [pa.array(column, pa.string()) for column in values.values()]
                fields = pa.RecordBatch.from_arrays(arrays, names=list(values))
                yield Batch(fields, numbers, rest, refused, self._file.done, self._file.total)

    def _records(self, opened: IO[str]) -> Iterator[Record]:
        try:
            if self._lines:
                yield from self._from_lines(opened)
            else:
                self._documents = Documents(opened, self._file, self._decoder, self._mapped)
                yield from self._documents.records()
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.broken(error) from None

    def _from_lines(self, opened: IO[str]) -> Iterator[Record]:
        while line := opened.readline(LONGEST):
            if len(line) == LONGEST and not line.endswith(("\n", "\r")):
                while (more := opened.readline(_CHUNK)) and not more.endswith(("\n", "\r")):
                    pass
                yield Record(None, LONGEST, TOO_LONG, _shown(line[:SHOWN]))
            elif line.strip():
                yield self._from_line(line)

    def _from_line(self, line: str) -> Record:
        mended = self._file.mend(line)
        if mended is None:
            return Record(None, len(line), self._file.why_undecodable(), _shown(line))
        self._file.mended += mended is not line
        why, raw = "its line is not a JSON object", mended.rstrip("\r\n")
        try:
            check_size(mended, 0, len(mended))
            value, end = self._decoder.decode(mended, len(mended) - len(mended.lstrip()))
            if mended[end:].strip():
                why = "its line is not JSON"
            elif isinstance(value, dict):
                return Record(self._decoder.record(value), len(line))
        except json.JSONDecodeError:
            why = "its line is not JSON"
        except RefusedValueError as error:
            why = str(error)
            raw = raw[:SHOWN] if why == TOO_LONG else raw
        return Record(None, len(line), why, raw)


def _shown(line: str) -> str:
    """A line with escapes for what does not decode."""
    return line.encode("utf-8", "backslashreplace").decode().rstrip("\r\n")


def _taken(
    record: dict[str, Any], mapped: Mapping[str, str]
) -> tuple[dict[str, str | None], dict[str, Any], str]:
    """Return the fields as text, the other filled columns, and why the record will not do, if so."""
    taken: dict[str, str | None] = {}
    others: Any = record
    for field, column in mapped.items():
        try:
            taken[field] = text_of(field, reach(record, column))
        except NotTextError as error:
            return {}, {}, f"its {field} is {error}"
    for column in dict.fromkeys(mapped.values()):
        others = without(others, column)
    return taken, {name: value for name, value in others.items() if not is_empty(value)}, ""
