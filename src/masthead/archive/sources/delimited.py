"""CSV and TSV: any delimiter, quoted fields that run over lines, one record per row.

A row with more or fewer fields than the header is refused; so is a last row whose quotation mark is never
closed, since it may have swallowed rows. Blank lines are no rows.
"""

from __future__ import annotations

import csv
import itertools
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

import pyarrow as pa

from masthead.archive.sources.base import BATCH_CHARACTERS, BATCH_ROWS, Batch, Refused, as_json
from masthead.archive.sources.text import TextFile, decodes
from masthead.errors import SourceError, UsageError

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
LONGEST_FIELD = 256 * 1024 * 1024


class DelimitedSource:
    """A CSV or TSV file. Raises SourceError where it is empty, is something else, or has no header."""

    def __init__(self, path: Path, encoding: str | None, delimiter: str | None, format_name: str) -> None:
        if delimiter is not None and len(delimiter) != 1:
            raise UsageError(
                f"the delimiter is {delimiter!r}", "one character", "for a tab write --delimiter '\\t'"
            )
        self._file = TextFile(path, encoding, format_name)
        self._delimiter_said = delimiter is not None
        self._skip_first = False
        head = self._file.head
        first = head.splitlines()[0].strip() if head.splitlines() else ""
        if first.lower().startswith("sep=") and len(first) == 5:
            # Excel's own way of saying the delimiter.
            self._skip_first, delimiter = True, delimiter or first[4]
        self.delimiter = delimiter or ("\t" if format_name == "TSV" else _sniffed_delimiter(head))
        with self._file.open() as lines:
            header = next(self._records(lines), None)
        if header is None:
            raise SourceError(
                f"'{path.name}' is empty", f"a {format_name} file with a header", "check the export"
            )
        self.columns = _named_once([self._file.mend(name) or name for name in header])

    def notes(self) -> list[str]:
        """Say encoding and delimiter."""
        name = DELIMITERS.get(self.delimiter, repr(self.delimiter))
        return [*self._file.notes(), f"delimiter {name}, {'as told' if self._delimiter_said else 'sniffed'}"]

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or 8 million characters of text at a time."""
        places = {field: self.columns.index(column) for field, column in mapped.items()}
        with self._file.open() as opened:
            ended = _Ended()
            records = self._records(itertools.chain(opened, ended))
            next(records)
            row = 0
            while True:
                good: list[list[str]] = []
                numbers: list[int] = []
                refused: list[Refused] = []
                characters = 0
                for record in records:
                    row += 1
                    if len(record) != len(self.columns):
                        why = f"it has {len(record)} fields where the header has {len(self.columns)}"
                    elif ended.reached:
                        why = "a quotation mark is opened in it and never closed"
                    else:
                        good.append(record)
                        numbers.append(row)
                        why = ""
                    if why:
                        refused.append(Refused(row, why, self._whole(record)))
                    characters += sum(map(len, record))
                    if len(good) + len(refused) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                        break
                if not good and not refused:
                    return
                yield self._batch(good, numbers, refused, places)

    def _records(self, lines: Iterator[str] | IO[str]) -> Iterator[list[str]]:
        """Yield the records that are not blank, turning the errors of files that are cut off into ours."""
        csv.field_size_limit(LONGEST_FIELD)
        reader = csv.reader(lines, delimiter=self.delimiter)
        try:
            if self._skip_first:
                next(reader)
            for record in reader:
                if record:
                    yield record
        except csv.Error as error:
            raise SourceError(
                f"'{self._file.path.name}' cannot be read as rows near line {reader.line_num:,} ({error})",
                "fields of at most 256 million characters",
                "look there for a quotation mark that is opened and never closed",
            ) from None
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
        shown = [value.encode("utf-8", "backslashreplace").decode() for value in record]
        if len(record) == len(self.columns):
            return as_json(dict(zip(self.columns, shown, strict=True)))
        return as_json({"fields": shown})


class _Ended:
    """An iterator of nothing that notes when it is asked: placed after a file's lines, it tells the end."""

    def __init__(self) -> None:
        self.reached = False

    def __iter__(self) -> _Ended:
        return self

    def __next__(self) -> str:
        self.reached = True
        raise StopIteration


def _sniffed_delimiter(head: str) -> str:
    """Choose the delimiter that cuts the first records into the same number of fields most often."""
    csv.field_size_limit(LONGEST_FIELD)
    best, chosen = (0.0, 0), ","
    for delimiter in DELIMITERS:
        records = [
            r for r in itertools.islice(csv.reader(head.splitlines(True), delimiter=delimiter), 40) if r
        ]
        # The head may end inside a record.
        complete = records[:-1] if len(records) > 2 else records
        width = len(complete[0]) if complete else 0
        same = sum(len(r) == width for r in complete) / max(1, len(complete))
        if width > 1 and (same, width) > best:
            best, chosen = (same, width), delimiter
    return chosen


def _named_once(header: list[str]) -> tuple[str, ...]:
    """Give every column a name of its own: an unnamed one by its place, a repeated one by a number."""
    names: list[str] = []
    for place, name in enumerate(header, start=1):
        plain = name.strip() or f"column {place}"
        count = 2
        unique = plain
        while unique in names:
            unique = f"{plain} ({count})"
            count += 1
        names.append(unique)
    return tuple(names)
