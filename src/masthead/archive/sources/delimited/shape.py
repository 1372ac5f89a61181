"""What the rows of one delimited file look like, so that a row can be told inside a value that swallowed it."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Sequence

from masthead.archive.dates import is_date

SAMPLE = 500
_NUMBER = re.compile(r"[-+]?\d[\d.,: /-]*")
_MOSTLY = 0.8
_LONGEST_SURE = 200


def _is_number(value: str) -> bool:
    return _NUMBER.fullmatch(value) is not None


def _is_address(value: str) -> bool:
    return value.startswith(("http://", "https://", "www."))


_KINDS: tuple[Callable[[str], bool], ...] = (_is_address, is_date, _is_number)


class RowShape:
    """How many fields a row has, and which of them are dates, numbers, addresses, or one of a few names.

    `lines` are the lines of the file's head, read leniently. A line is like a row where it has that many fields and
    each of those of a kind is of that kind.
    """

    def __init__(self, lines: Iterable[str], delimiter: str, width: int) -> None:
        self._delimiter = delimiter
        self._width = width
        rows = [f for f in csv.reader(lines, delimiter=delimiter) if len(f) == width][:SAMPLE]
        self._kinds: dict[int, Callable[[str], bool]] = {}
        self._names: dict[int, frozenset[str]] = {}
        for place in range(width) if rows else ():
            self._learn(place, [v for row in rows if (v := row[place].strip()[:_LONGEST_SURE])])

    def _learn(self, place: int, values: Sequence[str]) -> None:
        for kind in _KINDS:
            if values and sum(map(kind, values)) >= _MOSTLY * len(values):
                self._kinds[place] = kind
                return
        if len(values) > 3 and 2 * len(set(values)) <= len(values):
            self._names[place] = frozenset(values)

    def first_row(self, lines: Sequence[str], *, sure: bool) -> int:
        """Return the place of the first line behind lines[0] that looks like a row; 0 where none does.

        `sure` asks for more: a field of a kind, in a line with all the fields. Without it a line may open a
        value that goes on, and where no field is of a kind the number of fields is enough.
        """
        most = self._width - 1
        for place in range(1, len(lines)):
            line = lines[place]
            if sure and line.count(self._delimiter) < most:
                continue
            if self._is_row(line, sure):
                return place
        return 0

    def _is_row(self, line: str, sure: bool) -> bool:
        fields = self._alone(line)
        if fields and fields[0].endswith('"'):
            return False  # the end of a value that began on a line before
        opens = not sure and len(fields) < self._width and line.count('"') % 2 == 1
        if len(fields) != self._width and not (opens and len(fields) > 1):
            return False
        whole = len(fields) == self._width
        matches = 0
        for kinds in (self._kinds, self._names):
            for place, kind in kinds.items():
                value = fields[place].strip() if place < len(fields) - opens else ""
                if not value:
                    continue
                if not (kind(value) if callable(kind) else value in kind):
                    return False
                matches += 1
            if kinds:
                # A few names tell only where no date, number or address does.
                return matches > 0
        return whole and not sure and self._width > 2

    def _alone(self, line: str) -> list[str]:
        """The fields of a line that is read by itself, leniently."""
        try:
            return next(csv.reader([line], delimiter=self._delimiter), [])
        except csv.Error:
            return []
