"""A calendar of outlets: days, weeks, months, quarters or years in columns, gaps in collection marked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from masthead.dossier.writing.numbers import MONTHS, day, period

MOST = 48
"""A calendar has at most so many columns: the finest unit of time is taken that needs no more."""

UNITS = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True)
class Column:
    """A stretch of time, both days included: what stands over it, in full, and under which heading."""

    start: dt.date
    end: dt.date
    label: str
    name: str
    heading: str


@dataclass(frozen=True)
class Calendar:
    """The columns, the finest unit they could have, and whether earlier times had to be left out."""

    unit: str
    columns: list[Column]
    cut: bool

    @property
    def headings(self) -> list[tuple[str, int]]:
        """What stands over several columns, and over how many."""
        return [(name, len(list(group))) for name, group in groupby(c.heading for c in self.columns)]


def calendar(first: dt.date, last: dt.date) -> Calendar:
    """Return the calendar of a stretch of days, both included; of more years than MOST the last."""
    for unit in UNITS:
        columns = list(_columns(first, last, unit))
        if len(columns) <= MOST:
            break
    return Calendar(unit, columns[-MOST:], len(columns) > MOST)


def _columns(first: dt.date, last: dt.date, unit: str) -> Iterable[Column]:
    start = _start(first, unit)
    # One more than fits is enough to know that it does not; years are counted to the last.
    for _ in range(MOST + 1 if unit != "year" else last.year - first.year + 1):
        if start > last:
            return
        end = _after(start, unit) - dt.timedelta(days=1)
        label, heading = {
            "day": (str(start.day), f"{MONTHS[start.month - 1]} {start.year}"),
            "week": (str(start.day), f"{MONTHS[start.month - 1]} {start.year}"),
            "month": (MONTHS[start.month - 1][0], str(start.year)),
            "quarter": (f"Q{(start.month + 2) // 3}", str(start.year)),
            "year": (str(start.year), ""),
        }[unit]
        name = f"week of {day(start)}" if unit == "week" else period(start, unit)
        yield Column(start, end, label, name, heading)
        start = end + dt.timedelta(days=1)


def _start(of: dt.date, unit: str) -> dt.date:
    """Return the first day of the unit that holds a day."""
    if unit == "week":
        return of - dt.timedelta(days=of.weekday())
    month = {"month": of.month, "quarter": (of.month - 1) // 3 * 3 + 1, "year": 1}.get(unit)
    return of if month is None else dt.date(of.year, month, 1)


def _after(start: dt.date, unit: str) -> dt.date:
    """Return the first day of the next unit."""
    if unit in ("day", "week"):
        return start + dt.timedelta(days=7 if unit == "week" else 1)
    month = start.month - 1 + {"month": 1, "quarter": 3, "year": 12}[unit]
    return dt.date(start.year + month // 12, month % 12 + 1, 1)
