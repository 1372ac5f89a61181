"""The first line of delimited text: its delimiter, the names of its columns, and whether it is one at all."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterable, Sequence

from masthead.archive.adding.columns import SYNONYMS, plain_name
from masthead.archive.dates import is_date
from masthead.errors import SourceError

DELIMITERS = {",": "comma", "\t": "tab", ";": "semicolon", "|": "bar"}
_PROSE = 60
_KNOWN = frozenset(name for names in SYNONYMS.values() for name in names)


def sniff_delimiter(head: str) -> str:
    """Choose the delimiter that cuts the first records into the same number of fields most often."""
    best, choice = (0.0, 0), ","
    for delimiter in DELIMITERS:
        records = [
            r for r in itertools.islice(csv.reader(head.splitlines(True), delimiter=delimiter), 40) if r
        ]
        # The head may end inside a record.
        complete = records[:-1] if len(records) > 2 else records
        width = len(complete[0]) if complete else 0
        same = sum(len(r) == width for r in complete) / max(1, len(complete))
        if width > 1 and (same, width) > best:
            best, choice = (same, width), delimiter
    return choice


def check_is_header(name: str, header: Sequence[str], way: str) -> None:
    """Raise SourceError where the first line is a row: it holds a date, an address or a sentence as a name.

    `way` is what to do then.
    """
    plain = [cell.strip() for cell in header]
    if any(plain_name(cell) in _KNOWN for cell in plain):
        return
    for cell in plain:
        if (
            (is_date(cell) and len(cell) > len("2016-04"))
            or cell.lower().startswith(("http://", "https://"))
            or (len(cell) > _PROSE and cell.count(" ") > 6)
        ):
            excerpt = cell if len(cell) <= _PROSE else cell[:_PROSE] + "…"
            raise SourceError(
                f"the first line of '{name}' looks like a row and not like the names of columns"
                f" (it holds '{excerpt}')",
                "a first line with the name of each column",
                way,
            )


def unique_names(header: Iterable[str]) -> tuple[str, ...]:
    """Give every column a name of its own: an unnamed one by its place, a repeated one by a number."""
    return numbered_names(name.strip() or f"column {place}" for place, name in enumerate(header, start=1))


def numbered_names(names: Iterable[str]) -> tuple[str, ...]:
    """Give every column a name of its own: a repeated one gets a number."""
    unique: dict[str, None] = {}
    counts: dict[str, int] = {}
    for name in names:
        new = name
        while new in unique:
            counts[name] = counts.get(name, 1) + 1
            new = f"{name} ({counts[name]})"
        unique[new] = None
    return tuple(unique)
