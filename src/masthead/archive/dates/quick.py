"""The forms in which most dates come: ISO 8601, figures in an order, and months in English words."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from masthead.archive.dates.names import ENGLISH_MONTHS
from masthead.archive.dates.order import ORDERS
from masthead.archive.dates.words import Written, full_year

LONGEST = 100
_ABSURD = 10_000

_MONTH = "(" + "|".join(sorted(ENGLISH_MONTHS, key=len, reverse=True)) + r")\.?"
# Dates are matched with each run of white space made one blank, so that no expression has to search blanks.
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?\.?,? )?"
_BETWEEN = "[ /-]{1,3}"
_TIME_AFTER = r"(?:(?:T|,? (?:at )?|,| ?[|–-] )(?P<time>\d.*))?$"
_FIGURES = re.compile(r"(\d{1,4})([-/.])(\d{1,2})\2(\d{1,4})" + _TIME_AFTER)
_DAY_MONTH = re.compile(
    _WEEKDAY
    + r"(\d{1,2})(?:st|nd|rd|th)?"
    + _BETWEEN
    + r"(?:of )?"
    + _MONTH
    + ",?"
    + _BETWEEN
    + r"(\d{4}|\d{2})"
    + _TIME_AFTER,
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    _WEEKDAY + _MONTH + _BETWEEN + r"(\d{1,2})(?:st|nd|rd|th)?,?" + _BETWEEN + r"(\d{4})" + _TIME_AFTER,
    re.IGNORECASE,
)
_MONTH_YEAR = re.compile(_MONTH + ",?" + _BETWEEN + r"(\d{4})$", re.IGNORECASE)
_YEAR_MONTH = re.compile(r"(\d{4})[-/](\d{1,2})$")
_COMPACT = re.compile(
    r"(\d{4})(\d\d)(\d\d)(?:[T ]?(?P<time>\d{4}(?:\d\d)?(?:Z|[+-]\d\d:?\d\d)?|\d\d:\d\d.*))?$"
)
_BY_MAIL = re.compile(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} \d\d:\d\d(?::\d\d)? [A-Z]{3}$")
_MARKS = {ord("／"): "/", ord("："): ":", ord("．"): ".", ord("－"): "-", ord("‐"): "-", ord("‑"): "-"}


def plain(value: str) -> str:
    """The value with white space made single blanks, figures of every script made ours, and no invisible marks.

    One that is longer than any date is cut, and stays longer.
    """
    if len(value) > _ABSURD:
        return value[: LONGEST + 1]
    text = " ".join(value.split())[: LONGEST + 1]
    if text.isascii():
        return text
    text = text.translate(_MARKS)
    return "".join(
        str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text if unicodedata.category(c) != "Cf"
    )


def is_by_mail(value: str) -> bool:
    """True where a date has the form that the standard of e-mail gives it, with letters for its zone."""
    return _BY_MAIL.match(value) is not None


def take_apart(value: str, order: str | None) -> Written | None:
    """Return a date in one of these forms, or None. `order` is that of day, month and year in figures."""
    if len(value) > LONGEST:
        return None
    if hit := _FIGURES.match(value):
        return in_order(hit[1], hit[3], hit[4], hit["time"], order)
    if len(value) == 4 and value.isdecimal():
        return Written(int(value), 1, 1, None, "year")
    if hit := _COMPACT.match(value):
        return Written(int(hit[1]), int(hit[2]), int(hit[3]), hit["time"])
    if hit := _YEAR_MONTH.match(value):
        return Written(int(hit[1]), int(hit[2]), 1, None, "month")
    return None


def in_english(value: str) -> Written | None:
    """Return a date whose month is named in English, in the usual orders."""
    if len(value) > LONGEST:
        return None
    if (hit := _DAY_MONTH.match(value)) and _can_follow(hit[3], hit["time"]):
        return Written(full_year(hit[3]), ENGLISH_MONTHS[hit[2].lower()], int(hit[1]), hit["time"])
    if hit := _MONTH_DAY.match(value):
        return Written(int(hit[3]), ENGLISH_MONTHS[hit[1].lower()], int(hit[2]), hit["time"])
    if hit := _MONTH_YEAR.match(value):
        return Written(int(hit[2]), ENGLISH_MONTHS[hit[1].lower()], 1, None, "month")
    return None


def in_order(a: str, b: str, c: str, time: str | None, order: str | None) -> Written | None:
    """Return the date that three figures make in an order; None where they make none, or the order is not known."""
    if len(a) == 4 and len(c) <= 2:
        return Written(int(a), int(b), int(c), time)
    if len(a) > 2 or len(c) not in (2, 4) or not _can_follow(c, time):
        return None
    if order is None and a != b:
        return None
    figures = dict(zip(order or "dmy", (a, b, c), strict=True))
    if order == "ymd" and len(c) == 4:
        return None
    return Written(full_year(figures["y"]), int(figures["m"]), int(figures["d"]), time)


def _can_follow(year: str, time: str | None) -> bool:
    """Behind a year of two figures, four figures are no time: `3 March 12, 2021`."""
    return len(year) == 4 or not time or not time[:4].isdecimal()


def figures_in(value: str) -> tuple[str, str, str, str] | None:
    """Return the three figures of a date that needs an order, and what stands between them; None where it is none."""
    hit = _FIGURES.match(value) if len(value) <= LONGEST else None
    return (hit[1], hit[3], hit[4], hit[2]) if hit else None


def possible_orders(a: str, b: str, c: str, between: str) -> frozenset[str] | None:
    """Return the orders in which figures such as `4/6/2016` are a date; None where they tell nothing."""
    if len(a) > 2 or len(c) not in (2, 4) or (len(c) == 4 and int(a) == int(b)):
        return None
    orders = []
    # A year of two figures comes first only where somebody cut ISO short: 16-04-06.
    year_may_lead = between == "-" and all(len(part) == 2 for part in (a, b, c))
    for order in ORDERS if year_may_lead else ORDERS[:2]:
        part = dict(zip(order, (a, b, c), strict=True))
        try:
            dt.date(full_year(part["y"]), int(part["m"]), int(part["d"]))
        except ValueError:
            continue
        orders.append(order)
    return frozenset(orders) or None
