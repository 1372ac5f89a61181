"""The records of delimited text, read strictly (RFC 4180), and how to go on behind a quotation mark gone wrong.

A mark that is never closed makes a lenient reader take the next rows into its own. Here such a record is
refused with its line, and reading goes on at the next line that looks like a row of this file.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from typing import Literal, NamedTuple

from masthead.archive.sources.delimited.shape import RowShape
from masthead.archive.sources.limits import LONGEST_LINE

Marks = Literal["doubled", "escaped", "letters"]
"""How quotation marks are meant: around values, with "" or with \\" for one inside; or as letters."""

_MOST_LINES = 500_000

UNCLOSED = "a quotation mark is opened in it and not closed before the next row"
INSIDE = "a quotation mark stands inside one of its values and is not doubled"

_BACKSLASHES = re.compile(r'(\\+)("?)')


class Record(NamedTuple):
    """One row: its fields, the line it starts on (from 1), and, where it is refused, why and its raw text."""

    fields: list[str]
    line: int
    why: str = ""
    raw: str = ""


class _TooLongError(Exception):
    """A record has grown past every bound: its quotation mark is never closed."""


class _Feed:
    """Gives lines to the csv module, remembers those of the record being read, and can take lines back."""

    def __init__(self, lines: Iterator[str], has_escapes: bool) -> None:
        self._lines = lines
        self._escaped = has_escapes
        self._back: list[str] = []
        self._size = 0
        self.record_lines: list[str] = []
        self.line = 1

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._back.pop() if self._back else next(self._lines)
        record_lines = self.record_lines
        record_lines.append(line)
        if len(record_lines) > 1:
            self._size += sys.getsizeof(line)
            if self._size > LONGEST_LINE or len(record_lines) > _MOST_LINES:
                raise _TooLongError
        return _only_before_marks(line) if self._escaped else line

    def next_record(self, keep: int | None = None) -> None:
        """Start anew behind the lines taken, or behind the first `keep` of them."""
        if keep is not None:
            self._back.extend(reversed(self.record_lines[keep:]))
            del self.record_lines[keep:]
        self.line += len(self.record_lines)
        self._size = 0
        self.record_lines.clear()


def records(lines: Iterator[str], delimiter: str, marks: Marks, shape: RowShape | None) -> Iterator[Record]:
    """Yield every record that is not blank; `shape` tells the lines that look like rows."""
    csv.field_size_limit(LONGEST_LINE * 2)
    feed = _Feed(lines, marks == "escaped")
    while True:
        reader = _reader(feed, delimiter, marks)
        try:
            for fields in reader:
                record_lines = feed.record_lines
                if len(record_lines) > 1 and shape and (length := shape.first_row(record_lines, sure=True)):
                    yield Record([], feed.line, UNCLOSED, "".join(record_lines[:length]))
                    feed.next_record(length)
                    break  # lines were taken back: a new reader
                if fields:
                    yield Record(fields, feed.line)
                feed.next_record()
            else:
                return
        except (csv.Error, _TooLongError):
            record_lines = feed.record_lines
            length = shape.first_row(record_lines, sure=False) if shape else 0
            alone = len(record_lines) == 1
            length = length or len(record_lines)
            yield Record(
                [],
                feed.line,
                INSIDE if alone and _closes(record_lines[0]) else UNCLOSED,
                "".join(record_lines[:length]),
            )
            feed.next_record(length)


def _reader(feed: Iterator[str], delimiter: str, marks: Marks) -> Iterator[list[str]]:
    if marks == "letters":
        return csv.reader(feed, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    escape = "\\" if marks == "escaped" else None
    return csv.reader(feed, delimiter=delimiter, escapechar=escape, strict=True)


def _closes(line: str) -> bool:
    return line.count('"') > 1


def _only_before_marks(line: str) -> str:
    """Double every backslash that escapes no quotation mark, so that reading takes none of them away."""
    if "\\" not in line:
        return line
    return _BACKSLASHES.sub(_double_backslashes, line)


def _double_backslashes(hit: re.Match[str]) -> str:
    run, mark = hit[1], hit[2]
    if mark and len(run) % 2:
        return "\\" * (2 * (len(run) - 1) + 1) + mark
    return run * 2 + mark
