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

from masthead.archive.sources.base import Batch, RefusedRow, as_json, batch_of_cells, in_lots, with_escapes
from masthead.archive.sources.delimited.marks import WAYS, Reading, choose_marks
from masthead.archive.sources.delimited.records import Marks, Record, records
from masthead.archive.sources.delimited.shape import SAMPLE, RowShape
from masthead.archive.sources.header import DELIMITERS, check_is_header, sniff_delimiter, unique_names
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
        self.delimiter = delimiter or ("\t" if format_name == "TSV" else sniff_delimiter(head))
        self.columns = self._names(names, format_name)

    def _names(self, names: Sequence[str], format_name: str) -> tuple[str, ...]:
        with self._records("letters" if self._quotes == "letters" else "doubled", None) as file_records:
            first = next(file_records, None)
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
            return unique_names(names)
        if first.why:
            raise SourceError(
                f"the first line of '{self._file.name}' cannot be read as names of columns ({first.why})",
                "a header with sound quotation marks",
                "mend line 1, or say how they are meant with --quotes",
            )
        header = [self._file.mend(name) or with_escapes(name) for name in first.fields]
        way = f"name all {len(header)} columns in order with --columns published,outlet,…"
        check_is_header(self._file.name, header, way)
        return unique_names(header)

    def check(self, column_of: Mapping[str, str]) -> None:
        """Every cell is a text."""

    def notes(self) -> list[str]:
        """Say encoding, delimiter, and what quotation marks were taken for where that was not plain."""
        name = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        notes = [*self._file.notes(), f"delimiter {name}, {'as told' if self._delimiter_said else 'sniffed'}"]
        if self._quotes:
            notes.append(f"quotation marks read {WAYS[self._reading.marks]}, as told")
        return [*notes, *self._reading.notes]

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or 8 million characters of text at a time."""
        with self._records(self._reading.marks, self._shape) as file_records:
            if not self._named:
                next(file_records)
            records_by_row = enumerate(file_records, start=1)
            for lot in in_lots(records_by_row, lambda one: len(one[1].raw) + sum(map(len, one[1].fields))):
                yield self._batch(lot, column_of)

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
            with self._file.open() as stream:
                return any('"' in chunk for chunk in iter(lambda: stream.read(1 << 20), ""))
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.gzip_error(error) from None

    @contextmanager
    def _records(self, marks: Marks, shape: RowShape | None) -> Iterator[Iterator[Record]]:
        """Open the file and read its records; the errors of files that are cut off become ours."""
        try:
            with self._file.open() as stream:
                lines: Iterator[str] = iter(stream)
                if self._skip_first:
                    lines = itertools.chain([next(lines)[:0] + "\n"], lines)
                yield records(lines, self.delimiter, marks, shape)
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.gzip_error(error) from None

    def _batch(self, lot: list[tuple[int, Record]], column_of: Mapping[str, str]) -> Batch:
        rows: dict[int, list[str]] = {}
        refused_rows: list[RefusedRow] = []
        for number, record in lot:
            if record.why:
                whole = as_json({"line": record.line, "raw": with_escapes(record.raw)})
                refused_rows.append(RefusedRow(number, record.why, whole))
            elif len(record.fields) != len(self.columns):
                why = f"it has {len(record.fields)} fields where the header has {len(self.columns)}"
                refused_rows.append(RefusedRow(number, why, self._whole(record.fields)))
            else:
                rows[number] = record.fields
        if not all(value.isascii() or decodes(value) for row in rows.values() for value in row):
            rows = self._mend_rows(rows, refused_rows)
        return batch_of_cells(
            self.columns, column_of, rows, refused_rows, self._file.bytes_read, self._file.total
        )

    def _mend_rows(
        self, rows: Mapping[int, list[str]], refused_rows: list[RefusedRow]
    ) -> dict[int, list[str]]:
        """Read stray bytes row by row; refuse the rows where that fails."""
        sound: dict[int, list[str]] = {}
        for number, row in rows.items():
            cells = [text for value in row if (text := self._file.mend(value)) is not None]
            if len(cells) < len(row):
                refused_rows.append(RefusedRow(number, self._file.why_undecodable(), self._whole(row)))
            else:
                self._file.mended_rows += cells != row
                sound[number] = cells
        return sound

    def _whole(self, record: list[str]) -> str:
        """The row as JSON; bytes that do not decode show as escapes."""
        cells = [with_escapes(value) for value in record]
        if len(record) == len(self.columns):
            return as_json(dict(zip(self.columns, cells, strict=True)))
        return as_json({"fields": cells})
