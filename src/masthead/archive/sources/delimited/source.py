"""CSV and TSV: any delimiter, quoted fields that run over lines, one record per row.

Read strictly: a row with more or fewer fields than the header is refused, and so is one whose quotation marks
go wrong (see `records` and `marks`). Blank lines are no rows.
"""

from __future__ import annotations

import csv
import itertools
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import get_args

import pyarrow as pa

from masthead.archive.sources.base import BATCH_CHARACTERS, BATCH_ROWS, Batch, Refused, as_json
from masthead.archive.sources.delimited.marks import WAYS, Reading, choose_marks
from masthead.archive.sources.delimited.records import Marks, Record, records
from masthead.archive.sources.delimited.shape import SAMPLE, RowShape
from masthead.archive.sources.header import DELIMITERS, check_is_header, named_once, sniffed_delimiter
from masthead.archive.sources.limits import LONGEST_LINE
from masthead.archive.sources.text import TextFile, decodes
from masthead.errors import SourceError, UsageError


class DelimitedSource:
    """A CSV or TSV file. Raises SourceError where it is empty, is something else, or has no header.

    `names` stand in for a header that the file lacks; `quotes` says how quotation marks are meant.
    """

    def __init__(
        self,
        path: Path,
        encoding: str | None,
        delimiter: str | None,
        format_name: str,
        quotes: str | None = None,
        names: Sequence[str] = (),
    ) -> None:
        if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n\0\\'):
            raise UsageError(
                f"the delimiter is {delimiter!r}",
                "one character, and no quotation mark or line end",
                "for a tab write --delimiter '\\t'",
            )
        if quotes is not None and quotes not in get_args(Marks):
            raise UsageError(f"quotes are '{quotes}'", "one of " + ", ".join(get_args(Marks)), "choose one")
        self._quotes = quotes
        self._named = bool(names)
        self._file = TextFile(path, encoding, format_name)
        self._delimiter_said = delimiter is not None
        self._skip_first = False
        head = self._file.head
        first = head.splitlines()[0].strip() if head.splitlines() else ""
        if first.lower().startswith("sep=") and len(first) == 5 and first[4] not in '"\0\\':
            # Excel's own way of saying the delimiter.
            self._skip_first, delimiter = True, delimiter or first[4]
        csv.field_size_limit(2 * LONGEST_LINE)
        self.delimiter = delimiter or ("\t" if format_name == "TSV" else sniffed_delimiter(head))
        self.columns = self._names(names, format_name)

    def _names(self, names: Sequence[str], format_name: str) -> tuple[str, ...]:
        with self._records("letters" if self._quotes == "letters" else "doubled", None) as found:
            first = next(found, None)
        if first is None:
            raise SourceError(
                f"'{self._file.name}' is empty", f"a {format_name} file with a header", "check the export"
            )
        if names:
            if not first.why and len(first.fields) != len(names):
                raise UsageError(
                    f"--columns names {len(names)} columns, and the first line of '{self._file.name}' has"
                    f" {len(first.fields)}",
                    "a name for each column",
                    "name them all, in order",
                )
            return named_once(names)
        if first.why:
            raise SourceError(
                f"the first line of '{self._file.name}' cannot be read as names of columns ({first.why})",
                "a header with sound quotation marks",
                "mend line 1, or say how they are meant with --quotes",
            )
        header = [self._file.mend(name) or _with_escapes(name) for name in first.fields]
        way = f"name all {len(header)} columns in order with --columns published,outlet,…"
        check_is_header(self._file.name, header, way)
        return named_once(header)

    def check(self, mapped: Mapping[str, str]) -> None:
        """Every cell is a text."""

    def notes(self) -> list[str]:
        """Say encoding, delimiter, and what quotation marks were taken for where that was not plain."""
        name = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        notes = [*self._file.notes(), f"delimiter {name}, {'as told' if self._delimiter_said else 'sniffed'}"]
        if self._quotes:
            notes.append(f"quotation marks read {WAYS[self._reading.marks]}, as told")
        return [*notes, *self._reading.notes]

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or 8 million characters of text at a time."""
        places = {field: self.columns.index(column) for field, column in mapped.items()}
        with self._records(self._reading.marks, self._shape) as found:
            if not self._named:
                next(found)
            row = 0
            while True:
                good: list[list[str]] = []
                numbers: list[int] = []
                refused: list[Refused] = []
                characters = 0
                for record in found:
                    row += 1
                    fields = record.fields
                    if record.why:
                        whole = as_json({"line": record.line, "raw": _with_escapes(record.raw)})
                        refused.append(Refused(row, record.why, whole))
                        characters += len(record.raw)
                    elif len(fields) != len(self.columns):
                        why = f"it has {len(fields)} fields where the header has {len(self.columns)}"
                        refused.append(Refused(row, why, self._whole(fields)))
                    else:
                        good.append(fields)
                        numbers.append(row)
                    characters += sum(map(len, fields))
                    if len(good) + len(refused) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                        break
                if not good and not refused:
                    return
                yield self._batch(good, numbers, refused, places)

    @cached_property
    def _shape(self) -> RowShape:
        lines = self._file.head.splitlines(keepends=True)[1 + self._skip_first : 4 * SAMPLE]
        return RowShape(lines[:-1] or lines, self.delimiter, len(self.columns))

    @cached_property
    def _reading(self) -> Reading:
        """How quotation marks are meant, from one look through the whole file."""
        for way in get_args(Marks):
            if way == self._quotes:
                return Reading(way, [])
        if not self._has_marks():
            return Reading("doubled", [])
        return choose_marks(
            self._file.name,
            len(self.columns),
            lambda marks: self._records(marks, self._shape),
        )

    def _has_marks(self) -> bool:
        try:
            with self._file.open() as opened:
                return any('"' in chunk for chunk in iter(lambda: opened.read(1 << 20), ""))
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.broken(error) from None

    @contextmanager
    def _records(self, marks: Marks, shape: RowShape | None) -> Iterator[Iterator[Record]]:
        """Open the file and read its records; the errors of files that are cut off become ours."""
        try:
            with self._file.open() as opened:
                lines: Iterator[str] = iter(opened)
                if self._skip_first:
                    lines = itertools.chain([next(lines)[:0] + "\n"], lines)
                yield records(lines, self.delimiter, marks, shape)
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.broken(error) from None

    def _batch(
        self, rows: list[list[str]], numbers: list[int], refused: list[Refused], places: Mapping[str, int]
    ) -> Batch:
        if not all(value.isascii() or decodes(value) for row in rows for value in row):
            rows, numbers, refused = self._mended(rows, numbers, refused)
        arrays = [pa.array([row[i] for row in rows], pa.string()) for i in places.values()]
        fields = pa.RecordBatch.from_arrays(arrays, names=list(places))
        others = [(i, name) for i, name in enumerate(self.columns) if i not in places.values()]
        rest = [{name: row[i] for i, name in others if row[i]} for row in rows]
        return Batch(fields, numbers, rest, refused, self._file.done, self._file.total)

    def _mended(
        self, rows: list[list[str]], numbers: list[int], refused: list[Refused]
    ) -> tuple[list[list[str]], list[int], list[Refused]]:
        """Read stray bytes row by row; refuse the rows where that fails."""
        good, kept, bad = [], [], list(refused)
        for row, number in zip(rows, numbers, strict=True):
            mended = [self._file.mend(value) for value in row]
            if None in mended:
                bad.append(Refused(number, self._file.why_undecodable(), self._whole(row)))
                continue
            whole = [value for value in mended if value is not None]
            self._file.mended += whole != row
            good.append(whole)
            kept.append(number)
        return good, kept, bad

    def _whole(self, record: list[str]) -> str:
        """The row as JSON; bytes that do not decode show as escapes."""
        shown = [_with_escapes(value) for value in record]
        if len(record) == len(self.columns):
            return as_json(dict(zip(self.columns, shown, strict=True)))
        return as_json({"fields": shown})


def _with_escapes(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode()
