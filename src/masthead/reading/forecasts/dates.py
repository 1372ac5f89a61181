"""By when a forecast is to come true: expressions of time, and the last day that each means."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple


def _ranks(first: int, words: str) -> dict[str, int]:
    return {word: n for n, word in enumerate(words.split(), first)}


_MONTHS = _ranks(1, "jan feb mar apr may jun jul aug sep oct nov dec")
_DAYS = _ranks(0, "monday tuesday wednesday thursday friday saturday sunday")
_NUMBERS = {"a": 1, "an": 1, **_ranks(1, "one two three four five six seven eight nine ten eleven twelve")}
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_WEEKDAY = rf"(?:{'|'.join(_DAYS)})"
_COUNT = rf"(?:\d{{1,3}}|{'|'.join(_NUMBERS)})"
_UNIT = r"(?:hour|day|week|month|year|decade)s?"
_LEAD = r"(?:by|before|until|till|in|on|within|over|during|for|at|this|next|from)"


class When(NamedTuple):
    """An expression of time: code points [start, end) of its text, and the last day that it means, if any."""

    start: int
    end: int
    due: dt.date | None


def by_when(text: str, start: int, end: int, today: dt.date | None) -> When | None:
    """Return the first expression of time to come in text[start:end]; None where there is none.

    `today` is the day from which `next week` counts; without it, only full dates have a last day. A month or a
    weekday without more is the next one that has not passed; `by 2016` means until its end. `soon`, `within weeks`,
    seasons and `the election` name no day: `due` is None.
    """
    earliest: When | None = None
    for pattern, last_day in _EXPRESSIONS:
        for match in pattern.finditer(text, start, end):
            # `in May.` has the stop of its sentence, as `Nov. 8` has that of its month.
            begin, stop = match.start(), match.end() - match.group().endswith(".")
            if earliest is None or (begin, -stop) < (earliest.start, -earliest.end):
                earliest = When(begin, stop, _day(last_day, match, today))
    return earliest


_LastDay = Callable[[re.Match[str], dt.date | None], dt.date | None]
"""The last day that an expression means, said on a day; None where that is unknown and counts, or it means none."""


def _day(last_day: _LastDay, match: re.Match[str], today: dt.date | None) -> dt.date | None:
    try:
        return last_day(match, today)
    except (OverflowError, ValueError):
        return None  # the thirty-first of June, or a day after the end of time


def _full_date(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    """`November 8, 2016`, `8 November`: a day of a month, of the next year in which it has not passed."""
    month = _month_number(match["month"])
    if match["year"]:
        return dt.date(int(match["year"]), month, int(match["day"]))
    if today is None:
        return None
    due = dt.date(today.year, month, int(match["day"]))
    return due if due >= today else dt.date(today.year + 1, month, int(match["day"]))


def _month(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    month = _month_number(match["month"])
    if match["year"]:
        return _month_end(int(match["year"]), month)
    if today is None:
        return None
    return _month_end(today.year + (month < today.month), month)


def _year(match: re.Match[str], _today: dt.date | None) -> dt.date | None:
    return dt.date(int(match["year"]), 12, 31)


def _weekday(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    if today is None:
        return None
    ahead = (_DAYS[match["weekday"].lower()] - today.weekday()) % 7
    if match["next"] and not ahead:
        ahead = 7
    return today + dt.timedelta(days=ahead)


def _tomorrow(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    if today is None:
        return None
    word = match.group().lower()
    return today + dt.timedelta(days=2 if "after" in word else 1 if word.endswith("tomorrow") else 0)


def _span_of(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    """`this week`, `the end of the year`, `next month`: the last day of that stretch."""
    if today is None:
        return None
    later = 1 if (match["which"] or "").lower() == "next" else 0
    return _stretch_end(match["unit"].lower(), today, later)


def _stretch_end(unit: str, today: dt.date, later: int) -> dt.date | None:
    if unit == "week":
        return today + dt.timedelta(days=6 - today.weekday() + 7 * later)
    if unit == "weekend":
        return today + dt.timedelta(days=6 - today.weekday() + 7 * later)
    if unit == "month":
        year, month = divmod(today.year * 12 + today.month - 1 + later, 12)
        return _month_end(year, month + 1)
    if unit == "year":
        return dt.date(today.year + later, 12, 31)
    return dt.date(today.year // 10 * 10 + 9 + 10 * later, 12, 31)


def _ahead(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    """`within two weeks`, `in the next three months`: so many units from the day of the article."""
    if today is None:
        return None
    count = (match["count"] or "one").lower()
    n = _NUMBERS.get(count) or int(count)
    unit = match["unit"].lower().rstrip("s")
    if unit in ("hour", "day", "week"):
        return today + dt.timedelta(hours=n) if unit == "hour" and n < 24 else today + _DELTAS[unit] * n
    return _months_on(today, n * {"month": 1, "year": 12, "decade": 120}[unit])


_DELTAS = {"hour": dt.timedelta(hours=1), "day": dt.timedelta(days=1), "week": dt.timedelta(weeks=1)}


def _months_on(today: dt.date, months: int) -> dt.date:
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return min(_month_end(year, month + 1), dt.date(year, month + 1, 1) + dt.timedelta(days=today.day - 1))


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _month_number(name: str) -> int:
    return _MONTHS[name.lower()[:3]]


def _feast(match: re.Match[str], today: dt.date | None) -> dt.date | None:
    if today is None:
        return None
    month, day = (12, 25) if match["feast"].lower() == "christmas" else (1, 1)
    due = dt.date(today.year, month, day)
    return due if due >= today else dt.date(today.year + 1, month, day)


def _no_day(_match: re.Match[str], _today: dt.date | None) -> dt.date | None:
    return None


def _expression(pattern: str, last_day: _LastDay) -> tuple[re.Pattern[str], _LastDay]:
    return re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), last_day


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_EXPRESSIONS = [
    _expression(
        rf"(?:{_LEAD} )?(?:{_WEEKDAY},? )?(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? {_YEAR})?",
        _full_date,
    ),
    _expression(
        rf"(?:{_LEAD} )?(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{_MONTH})(?:,? {_YEAR})?",
        _full_date,
    ),
    _expression(
        rf"(?:by|before|until|in|during|from|this|next) (?:the (?:end|middle|start|beginning) of |early |late |mid-?)?"
        rf"(?P<month>{_MONTH})(?:,? {_YEAR})?",
        _month,
    ),
    _expression(
        rf"(?:by|before|until|in|during) (?:the (?:end|middle|start|beginning) of |early |late |mid-?)?{_YEAR}",
        _year,
    ),
    _expression(rf"(?:(?:by|before|until|on|this|from) )?(?P<next>next )?(?P<weekday>{_WEEKDAY})", _weekday),
    _expression(r"(?:by |before |until )?(?:tonight|today|tomorrow|the day after tomorrow)", _tomorrow),
    _expression(
        r"(?:(?:by|before|until|at|in|through|for) )?(?:the )?(?:very )?(?:end|middle|close|rest|remainder) of "
        r"(?:the|(?P<which>this|next)) (?P<unit>week|weekend|month|year|decade)",
        _span_of,
    ),
    _expression(
        r"(?:(?:by|before|until|later|early|late) )?(?P<which>this|next) (?P<unit>week|weekend|month|year|decade)",
        _span_of,
    ),
    _expression(
        rf"(?:with)?in (?:(?:about|around|some|less than|under|the (?:next|coming|following)|the span of) )*"
        rf"(?P<count>{_COUNT}) (?P<unit>{_UNIT})",
        _ahead,
    ),
    _expression(
        rf"(?:over|during|for|in|within) the (?:next|coming) (?:(?P<count>{_COUNT}) )?"
        r"(?P<unit>(?:hour|day|week|month|year|decade)(?(count)s?))",
        _ahead,
    ),
    _expression(
        r"(?:by|before|until|at|on|this|next) (?P<feast>christmas|new year(?:'s|’s)?(?: day)?)", _feast
    ),
    _expression(
        r"(?:with)?in (?:(?:a )?(?:matter of|few|couple of|several|the (?:next|coming) (?:few |several )?) ?)?"
        r"(?:minutes|hours|days|weeks|months|years|decades)",
        _no_day,
    ),
    _expression(
        r"over the (?:next|coming) (?:few |several )?(?:days|weeks|months|years|decades)"
        r"|in (?:a|the next|the coming) (?:few|couple of|several)? ?(?:days|weeks|months|years)",
        _no_day,
    ),
    _expression(
        r"(?:very |quite |pretty )?(?:soon|shortly|imminently)(?: enough)?|sooner or later|before (?:too )?long"
        r"|any (?:day|moment|minute|time)(?: (?:now|soon))?|eventually|ultimately"
        r"|in the (?:near|foreseeable|not too distant) future|in the (?:short|long|medium) (?:term|run)"
        r"|for (?:a long time|years|decades|generations)(?: to come)?",
        _no_day,
    ),
    _expression(
        r"(?:this|next|by|in|before|until) (?:the )?(?:spring|summer|autumn|fall|winter)"
        r"|(?:by|before|on|until|in) (?:the )?(?:next |coming |general |midterm )*(?:elections?|vote|polls)(?: day)?",
        _no_day,
    ),
]
