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

from masthead.archive.sources.base import BATCH_CHARACTERS, Batch, RefusedRow, as_json, in_lots, with_escapes
from masthead.archive.sources.json.decoder import LONGEST, TOO_LONG, Decoder, RefusedValueError, check_size
from masthead.archive.sources.json.documents import SHOWN, Documents, Record
from masthead.archive.sources.text import TextFile
from masthead.archive.sources.values import (
    NotTextError,
    check_columns,
    names,
    reach,
    text_of,
    without,
    without_empty,
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

    `named_columns` are the columns that the user has named: they tell an article from an object that holds articles.
    """

    def __init__(
        self, path: Path, encoding: str | None, format_name: str, named_columns: Collection[str] = ()
    ) -> None:
        self._file = TextFile(path, encoding, format_name)
        self._lines = format_name == "JSONL"
        self._named_columns = tuple(name for name in named_columns if name)
        self._decoder = Decoder()
        self._documents: Documents | None = None
        self._sample: list[dict[str, Any]] = []
        columns: dict[str, None] = {}
        characters, why = 0, ""
        with self._file.open() as stream:
            for record in islice(self._records(stream), LOOK_AT):
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

    def check(self, column_of: Mapping[str, str]) -> None:
        """Raise SourceError where a mapped column holds what is no text, with the names of its parts."""
        check_columns(self._file.name, column_of, self._sample)
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

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the records from the start, up to 1,000 or 8 million characters at a time."""
        self._decoder = Decoder()
        with self._file.open() as stream:
            records_by_row = enumerate(self._records(stream), start=1)
            for lot in in_lots(records_by_row, lambda one: one[1].length):
                yield self._batch(lot, column_of)

    def _batch(self, lot: list[tuple[int, Record]], column_of: Mapping[str, str]) -> Batch:
        texts: dict[str, list[str | None]] = {field: [] for field in column_of}
        numbers: list[int] = []
        rest: list[dict[str, Any]] = []
        refused_rows: list[RefusedRow] = []
        for number, record in lot:
            if record.value is None:
                refused_rows.append(RefusedRow(number, record.why, record.raw))
                continue
            row_texts, others, trouble = _read_record(record.value, column_of)
            if trouble:
                refused_rows.append(RefusedRow(number, trouble, as_json(record.value)))
                continue
            for field, text in row_texts.items():
                texts[field].append(text)
            numbers.append(number)
            rest.append(others)
        fields = pa.RecordBatch.from_arrays(
            [pa.array(column, pa.string()) for column in texts.values()], names=list(texts)
        )
        return Batch(fields, numbers, rest, refused_rows, self._file.bytes_read, self._file.total)

    def _records(self, stream: IO[str]) -> Iterator[Record]:
        try:
            if self._lines:
                yield from self._from_lines(stream)
            else:
                self._documents = Documents(stream, self._file, self._decoder, self._named_columns)
                yield from self._documents.records()
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.gzip_error(error) from None

    def _from_lines(self, stream: IO[str]) -> Iterator[Record]:
        while line := stream.readline(LONGEST):
            if len(line) == LONGEST and not line.endswith(("\n", "\r")):
                while (more := stream.readline(_CHUNK)) and not more.endswith(("\n", "\r")):
                    pass
                yield Record(None, LONGEST, TOO_LONG, with_escapes(line[:SHOWN]).rstrip("\r\n"))
            elif line.strip():
                yield self._from_line(line)

    def _from_line(self, line: str) -> Record:
        text = self._file.mend(line)
        if text is None:
            return Record(None, len(line), self._file.why_undecodable(), with_escapes(line).rstrip("\r\n"))
        self._file.mended_rows += text is not line
        why, raw = "its line is not a JSON object", text.rstrip("\r\n")
        try:
            check_size(text, 0, len(text))
            value, end = self._decoder.decode(text, len(text) - len(text.lstrip()))
            if text[end:].strip():
                why = "its line is not JSON"
            elif isinstance(value, dict):
                return Record(self._decoder.record(value), len(line))
        except json.JSONDecodeError:
            why = "its line is not JSON"
        except RefusedValueError as error:
            why = str(error)
            raw = raw[:SHOWN] if why == TOO_LONG else raw
        return Record(None, len(line), why, raw)


def _read_record(
    record: dict[str, Any], column_of: Mapping[str, str]
) -> tuple[dict[str, str | None], dict[str, Any], str]:
    """Return the fields as text, the other filled columns, and why the record will not do, if so."""
    texts: dict[str, str | None] = {}
    others: Any = record
    for field, column in column_of.items():
        try:
            texts[field] = text_of(field, reach(record, column))
        except NotTextError as error:
            return {}, {}, f"its {field} is {error}"
    for column in dict.fromkeys(column_of.values()):
        others = without(others, column)
    return texts, without_empty(others), ""
