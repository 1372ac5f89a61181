"""How the quotation marks of a delimited file are meant, told by counting its rows in every way they could be.

Marks stand around values, with "" for one inside (RFC 4180); or with \\" for one inside; or they are letters,
as in most tables with tabs. The first is taken unless it goes wrong somewhere and another loses nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import NamedTuple

from masthead.archive.sources.delimited.records import Marks, Record
from masthead.errors import SourceError

WAYS: dict[Marks, str] = {
    "doubled": "as marks around values",
    "escaped": 'as marks around values, with \\" for one inside',
    "letters": "as letters",
}
_SHOWN = 5
_FEW = 10
_HOPELESS = 20_000
_SHARE = 0.1

Read = Callable[[Marks], AbstractContextManager[Iterator[Record]]]
"""Opens the file at its start and reads its records, the header first, in one of the ways."""


class Reading(NamedTuple):
    """The way that was chosen, and what has to be said of it."""

    marks: Marks
    notes: list[str]


@dataclass
class _Count:
    """What one way of reading makes of the file: rows with the header's fields, others, and lines gone wrong."""

    whole: int = 0
    uneven: int = 0
    wrong: int = 0
    lines: list[int] = field(default_factory=list)
    around: int = 0
    stray: int = 0
    escapes: int = 0

    @property
    def rows(self) -> int:
        return self.whole + self.uneven + self.wrong


def choose_marks(name: str, width: int, read: Read) -> Reading:
    """Count the file's rows and choose. Raises SourceError where no way reads nearly all of it."""
    doubled_count = _count_rows("doubled", width, read)
    if not doubled_count.wrong:
        return Reading("doubled", [])
    letters_count = _count_rows("letters", width, read)
    numbers = ", ".join(f"{line:,}" for line in doubled_count.lines)
    places = f"{'line' if len(doubled_count.lines) == 1 else 'lines'} {numbers}"
    places += (
        f" and {doubled_count.wrong - len(doubled_count.lines):,} more"
        if doubled_count.wrong > len(doubled_count.lines)
        else ""
    )
    if letters_count.escapes:
        escaped_count = _count_rows("escaped", width, read)
        if (
            not escaped_count.wrong
            and escaped_count.uneven <= doubled_count.uneven
            and escaped_count.whole >= doubled_count.whole
        ):
            return Reading("escaped", [_note("escaped", escaped_count, doubled_count, places)])
    loses_nothing = (
        letters_count.whole >= doubled_count.whole + doubled_count.wrong
        and letters_count.uneven <= doubled_count.uneven
    )
    if loses_nothing and letters_count.stray > letters_count.around:
        return Reading("letters", [_note("letters", letters_count, doubled_count, places)])
    hopeless = doubled_count.uneven + doubled_count.wrong > max(_HOPELESS, doubled_count.whole)
    if hopeless or doubled_count.wrong > max(_FEW, _SHARE * doubled_count.rows):
        raise SourceError(
            f"the quotation marks of '{name}' can be read in two ways and neither fits: {WAYS['doubled']} they give"
            f" {doubled_count.whole:,} whole rows, {WAYS['letters']} {letters_count.whole:,} (look at {places})",
            "rows of one kind",
            "export the table again, or choose with --quotes doubled, escaped or letters",
        )
    return Reading(
        "doubled", [f"rows with a quotation mark gone wrong, refused: {doubled_count.wrong:,} ({places})"]
    )


def _note(marks: Marks, count: _Count, other: _Count, places: str) -> str:
    return (
        f"quotation marks read {WAYS[marks]}: {count.rows:,} rows;"
        f" {WAYS['doubled']} they would give {other.whole:,} and go wrong at {places}"
    )


def _count_rows(marks: Marks, width: int, read: Read) -> _Count:
    count = _Count()
    with read(marks) as records:
        next(records, None)
        for record in records:
            if record.why:
                count.wrong += 1
                if len(count.lines) < _SHOWN:
                    count.lines.append(record.line)
            elif len(record.fields) == width:
                count.whole += 1
            else:
                count.uneven += 1
            if count.uneven + count.wrong > max(_HOPELESS, count.whole):
                break
            if marks == "letters":
                _look_at_marks(record, count)
    return count


def _look_at_marks(record: Record, count: _Count) -> None:
    """Count the values that stand between marks, those that only begin with one, and escapes."""
    for value in record.fields:
        if '"' not in value:
            continue
        count.escapes += '\\"' in value
        if value.startswith('"'):
            if len(value) > 1 and value.endswith('"'):
                count.around += 1
            else:
                count.stray += 1
