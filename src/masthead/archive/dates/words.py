"""Dates whose month is named, in any language and order: `3 mars 2021`, `15 de abril de 2021`, `March 5, 2021 Friday`.

With the month in words and a year of four figures no order can be mistaken: the day is the number beside the month.
Around the date may stand what databases print there: a weekday, a time, a label before (`Published:`), an edition
behind. What holds a second date, or a number that may belong to the date, is not read.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from masthead.archive.dates.clock import find_time
from masthead.archive.dates.names import (
    ENGLISH_WEEKDAYS,
    LONGEST,
    Tokens,
    all_names,
    is_word,
    tokens,
)

_PAUSE = "|"
_BETWEEN = frozenset(".,:/-–—،፣፥⹁၊#()'’ʼº°" + _PAUSE)
_JOINS = frozenset(("of", "the", "de", "st", "nd", "rd", "th", "er", "ª", "º", "го"))
_APART = 5
"""At most so many words and marks stand between two parts of a date."""
_COUNTED_BY = "p pp pg page pages vol volume no nr num n° n № issue section column edition part chapter"
_COUNTED = frozenset(f"{_COUNTED_BY} seite sid side s página pagina стр страница".split())
"""What is counted so is no day."""


class Written(NamedTuple):
    """A date as it is written: `time` holds the clock, if any, and `precision` what is known without it."""

    year: int
    month: int
    day: int
    time: str | None = None
    precision: str = "day"


MonthOf = Callable[[Tokens], int | None]
"""The month that a name means; 0 where it may mean several, None where it means none."""

AMBIGUOUS = "undated, the month's name means two months in two languages"
SEVERAL = "undated, there is more than one date in one"


Memory = dict[str, Written | str | None]
"""What was read of texts without their times."""


def in_words(value: str, month_of: MonthOf, foreign: bool, memory: Memory) -> Written | str | None:
    """Read a date in words; a remark where it could be two dates, None where it is none.

    `foreign`: names of all languages are looked for, not English ones alone. `memory` remembers days, which come with
    many times.
    """
    clock = find_time(value, foreign)
    text, time = (f"{clock.before} {_PAUSE} {clock.after}", clock.time) if clock else (value, None)
    if text not in memory:
        memory[text] = _day_in(text, month_of, foreign)
    day = memory[text]
    if time is None or not isinstance(day, Written):
        return day
    return None if day.precision == "month" else day._replace(time=time)


def _day_in(text: str, month_of: MonthOf, foreign: bool) -> Written | str | None:
    parts = tokens(text)
    months = _months(parts, month_of)
    if not months:
        return None
    dates: dict[tuple[int, int, int], int] = {}
    joins = _JOINS | all_names().joins if foreign else _JOINS
    for start, end, month in months:
        for day, year, first in _around(parts, start, end, joins):
            dates.setdefault((year, month, day), first)
    if len(dates) > 1:
        return SEVERAL
    for (year, month, day), first in dates.items():
        if not can_precede(parts[:first]):
            return None
        return Written(year, month, day) if month else AMBIGUOUS
    return _month_alone(parts, months, joins)


def _months(parts: Tokens, month_of: MonthOf) -> list[tuple[int, int, int]]:
    """Return the names of months among tokens, the longest first where they overlap: start, end, month."""
    words = [at for at, token in enumerate(parts) if is_word(token) or token.isdecimal()]
    months = []
    skip = -1
    for place, at in enumerate(words):
        if at <= skip:
            continue
        for length in range(min(LONGEST, len(words) - place), 0, -1):
            span = words[place : place + length]
            name = tuple(_number(parts[i]) for i in span)
            if not any(map(is_word, name)) or any(_PAUSE in parts[a:b] for a, b in pairwise(span)):
                continue
            month = month_of(name)
            if month is not None:
                months.append((at, span[-1] + 1, month))
                skip = span[-1]
                break
    return months


def _number(token: str) -> str:
    return str(int(token)) if token.isdecimal() else token


def _around(parts: Tokens, start: int, end: int, joins: frozenset[str]) -> list[tuple[int, int, int]]:
    """Return the days and years that may stand around a month: day, year, and the first token of the date."""
    left, right = _next(parts, start, -1, joins), _next(parts, end - 1, 1, joins)
    dates = []
    if left is not None and right is not None:
        if _is_day(parts[left]) and _is_year(parts, right, parts[start]):
            dates.append((int(parts[left]), full_year(parts[right]), left))
        if len(parts[left]) == 4 and _is_day(parts[right]):
            dates.append((int(parts[right]), int(parts[left]), left))
    for day, step, first in ((right, 1, start), (left, -1, None)):
        if day is not None and _is_day(parts[day]):
            year = _next(parts, day, step, joins)
            if year is not None and len(parts[year]) == 4:
                dates.append((int(parts[day]), int(parts[year]), year if first is None else first))
    return dates


def _next(parts: Tokens, at: int, step: int, joins: frozenset[str]) -> int | None:
    """Return where the next number stands, over words and marks that join the parts of dates."""
    for away in range(1, _APART + 2):
        place = at + step * away
        if not 0 <= place < len(parts):
            return None
        token = parts[place]
        if token.isdecimal():
            return place
        if not (token in _BETWEEN or token in joins or token in ENGLISH_WEEKDAYS):
            return None
    return None


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31


def _is_year(parts: Tokens, at: int, month: str) -> bool:
    """Two figures are a year only beside months in letters whose calendars all begin with the same year."""
    if len(parts[at]) != 2:
        return len(parts[at]) == 4
    known_calendar = month[0].isascii() or "а" <= month[0] <= "я"
    return known_calendar and not any(t.isdecimal() and len(t) == 4 for t in parts)


def full_year(figures: str) -> int:
    """Read two figures as POSIX does: 69 to 99 lie in the twentieth century, 00 to 68 in the twenty-first."""
    year = int(figures)
    return year if len(figures) > 2 else year + (1900 if year >= 69 else 2000)


def can_precede(before: Tokens) -> bool:
    """True where what stands before a date holds no other number, and counts nothing: `Page 5 March 2021`."""
    words = [t for t in before if t not in _BETWEEN]
    return not any(t.isdecimal() for t in words) and not (words and words[-1] in _COUNTED)


def _month_alone(parts: Tokens, months: list[tuple[int, int, int]], joins: frozenset[str]) -> Written | None:
    """`March 2021`, `2021 март`: nothing but a month and a year."""
    if len(months) != 1 or not months[0][2]:
        return None
    start, end, month = months[0]
    rest = [t for t in (*parts[:start], *parts[end:]) if t not in _BETWEEN and t not in joins]
    if len(rest) == 1 and rest[0].isdecimal() and len(rest[0]) == 4:
        return Written(int(rest[0]), month, 1, None, "month")
    return None
