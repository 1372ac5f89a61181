"""Dates as newspapers and their archives write them, read without mending and without silent guessing.

Read are ISO 8601 (`2016-04-06`, `2016-04-06T09:30:00Z`, `2016-04`, `2016`, `20160406`), figures in an order
(`4/6/2016`, `06.04.16 9:30 pm`), months in English words (`6 April 2016`, `Wed, 06 Apr 2016 09:30:00 GMT`),
and seconds or milliseconds since 1970 (10 or 13 digits).

The order of figures is told by the whole column, or outlet by outlet where outlets differ: a first figure over
12 cannot be a month. Where nothing tells, the user is asked. A time without a zone is taken as UTC. A date that
does not exist (31/02), that lies before 1700 or after tomorrow, or that cannot be read leaves its article undated: the
article is kept, the date stays in `published_raw`, and the notes say how many and show one. Today is what the clock
says, but no day before this Masthead was made: a clock that was never set does not make articles of today articles of
the future.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from masthead.archive.date_order import ORDERS, DateOrders

EARLIEST_YEAR = 1700
MADE = dt.date(2026, 11, 30)
"""The day on which this Masthead was made: no clock that is right tells an earlier one. Every release moves it."""

AHEAD = "undated, the date lies in the future"
_REMEMBERED = 50_000
_LONGEST = 100
_ABSURD = 10_000

_MONTH_NAMES = (
    ("january", "jan"),
    ("february", "feb"),
    ("march", "mar"),
    ("april", "apr"),
    ("may",),
    ("june", "jun"),
    ("july", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oct"),
    ("november", "nov"),
    ("december", "dec"),
)
_MONTHS = {name: month for month, names in enumerate(_MONTH_NAMES, start=1) for name in names}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
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
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:[T ]?(?P<time>\d{4}(?:\d\d)?(?:Z|[+-]\d\d:?\d\d)?))?$")
_TIME = re.compile(
    r"(\d{1,2}):?(\d\d)(?::?(\d\d)(?:[.,](\d{1,9}))?)? ?(?:([ap])\.?m\.?)? ?"
    r"(?:(Z|UTC|GMT|[A-Z]{2,5})? ?([+-]\d\d(?::?\d\d)?)?)(?: ?\([A-Za-z ]{1,40}\))?$",
    re.IGNORECASE,
)
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6}
_ZONES |= {"PST": -8, "PDT": -7, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3}


class Moment(NamedTuple):
    """A date as read: the instant in UTC or None, how finely it was given, and what must be said about it."""

    published: dt.datetime | None
    precision: str
    remark: str


class DateColumn:
    """The dates of one source file.

    Show it every date by `narrow` and call `settle`, before reading them by `read`. `order` is what the user
    said, and is then followed; `today` bounds the future (default: the clock's, in UTC).
    """

    def __init__(self, name: str, order: str | None = None, today: dt.date | None = None) -> None:
        self._orders = DateOrders(name, order)
        self._clock = today or _today()
        self._latest = max(self._clock, MADE if today is None else self._clock) + dt.timedelta(days=1)
        self._read: dict[tuple[str, str | None], Moment] = {}
        self.remarks: Counter[str] = Counter()
        self._shown: dict[str, str] = {}

    @property
    def in_figures(self) -> bool:
        """True once a date was shown whose figures need an order."""
        return self._orders.seen

    def narrow(self, values: Iterable[str], outlet: str = "") -> None:
        """Let these dates of an outlet tell the order of their figures."""
        for value in values:
            orders = _possible_orders(value)
            if orders is not None:
                self._orders.see(outlet, value, orders)

    def settle(self) -> None:
        """Raise SourceError where the dates shown contradict each other or leave their order open."""
        self._orders.settle()

    def read(self, value: str, outlet: str = "") -> Moment:
        """Read one date. Never raises: what cannot be read is a Moment without an instant."""
        order = self._orders.of(outlet)
        moment = self._read.get((value, order))
        if moment is None:
            moment = self._read_new(_plain(value), order)
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[value, order] = moment
        if moment.remark:
            self.remarks[moment.remark] += 1
            self._shown.setdefault(moment.remark, value)
        return moment

    def notes(self) -> list[str]:
        """Say what was sniffed and what could not be dated, with counts."""
        notes = self._orders.notes()
        for remark, count in sorted(self.remarks.items()):
            shown = _plain(self._shown[remark])[:_LONGEST]
            notes.append(f"{remark}: {count:,}" + (f" (such as {shown!r})" if shown else ""))
        if self._clock + dt.timedelta(days=1) < self._latest:
            notes.append(
                f"this computer's clock says {self._clock}, which is wrong: dates up to {MADE} were taken as past"
            )
        return notes

    def _read_new(self, value: str, order: str | None) -> Moment:
        if not value:
            return Moment(None, "none", "undated, no date given")
        taken = _take_apart(value, order)
        if taken is None:
            return Moment(None, "none", "undated, the date cannot be read")
        if isinstance(taken, dt.datetime):
            moment, precision, remark = taken, "second", "dates read as seconds since 1970"
        else:
            year, month, day, time, precision = taken
            try:
                moment = dt.datetime(year, month, day, tzinfo=dt.UTC)
            except ValueError:
                return Moment(None, "none", "undated, there is no such date")
            remark = ""
            if time:
                timed = _at(moment, time)
                if timed is None:
                    return Moment(None, "none", "undated, the time cannot be read")
                moment, precision, remark = timed
        if moment.year < EARLIEST_YEAR:
            return Moment(None, "none", f"undated, the date lies before {EARLIEST_YEAR}")
        if moment.date() > self._latest:
            return Moment(None, "none", AHEAD)
        return Moment(moment, precision, remark)


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def is_date(value: str) -> bool:
    """True where a value is written as a date, whichever order its figures are in."""
    plain = _plain(value)
    return _possible_orders(plain) is not None or _take_apart(plain, "dmy") is not None


def _plain(value: str) -> str:
    """The value with its white space made single blanks; one that is longer than any date is cut, and stays longer."""
    return (value if len(value) > _ABSURD else " ".join(value.split()))[: _LONGEST + 1]


def _take_apart(value: str, order: str | None) -> tuple[int, int, int, str | None, str] | dt.datetime | None:
    """Return year, month, day, the time as written and the precision; an instant; or None."""
    if len(value) > _LONGEST:
        return None
    if hit := _FIGURES.match(value):
        a, b, c, time = hit[1], hit[3], hit[4], hit["time"]
        if len(a) == 4 and len(c) <= 2:
            return int(a), int(b), int(c), time, "day"
        if len(a) > 2 or len(c) not in (2, 4):
            return None
        if order is None and a != b:
            return None
        figures = dict(zip(order or "dmy", (a, b, c), strict=True))
        if order == "ymd" and len(c) == 4:
            return None
        return _full_year(figures["y"]), int(figures["m"]), int(figures["d"]), time, "day"
    if value.isdecimal():
        if len(value) == 4:
            return int(value), 1, 1, None, "year"
        if len(value) in (10, 13):
            return dt.datetime.fromtimestamp(int(value[:10]), dt.UTC)
    if hit := _COMPACT.match(value):
        return int(hit[1]), int(hit[2]), int(hit[3]), hit["time"], "day"
    if hit := _YEAR_MONTH.match(value):
        return int(hit[1]), int(hit[2]), 1, None, "month"
    if hit := _DAY_MONTH.match(value):
        return _full_year(hit[3]), _MONTHS[hit[2].lower()], int(hit[1]), hit["time"], "day"
    if hit := _MONTH_DAY.match(value):
        return int(hit[3]), _MONTHS[hit[1].lower()], int(hit[2]), hit["time"], "day"
    if hit := _MONTH_YEAR.match(value):
        return int(hit[2]), _MONTHS[hit[1].lower()], 1, None, "month"
    return None


def _at(day: dt.datetime, time: str) -> tuple[dt.datetime, str, str] | None:
    """Return the instant, its precision and a remark for a time of that day; None where it cannot be read."""
    hit = _TIME.match(time)
    if hit is None:
        return None
    hour, minute, second = int(hit[1]), int(hit[2]), int(hit[3] or 0)
    if hit[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit[5].lower() == "p" else 0)
    if hour > 23 or minute > 59 or second > 60:
        return None
    fraction = int((hit[4] or "0").ljust(6, "0")[:6])
    zone, offset = (hit[6] or "").upper(), hit[7]
    remark = ""
    shift = dt.timedelta()
    if offset:
        digits = offset[1:].replace(":", "").ljust(4, "0")
        shift = dt.timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        shift = -shift if offset[0] == "-" else shift
    elif zone in _ZONES:
        shift = dt.timedelta(hours=_ZONES[zone])
    elif zone:
        remark = "time zone not known, taken as UTC"
    else:
        remark = "time without a zone, taken as UTC"
    clock = dt.timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=fraction)
    if not clock and not shift:
        # Midnight to the second is how programs write a day: it says nothing about the hour.
        return day, "day", ""
    try:
        return day + clock - shift, "second" if hit[3] else "minute", remark
    except OverflowError:
        return None


def _possible_orders(value: str) -> frozenset[str] | None:
    """Return the orders in which figures such as `4/6/2016` are a date; None where they tell nothing."""
    plain = _plain(value)
    hit = _FIGURES.match(plain) if len(plain) <= _LONGEST else None
    if hit is None or len(hit[1]) > 2 or len(hit[4]) not in (2, 4):
        return None
    figures = (hit[1], hit[3], hit[4])
    if len(hit[4]) == 4 and int(hit[1]) == int(hit[3]):
        return None
    orders = []
    # A year of two figures comes first only where somebody cut ISO short: 16-04-06.
    year_may_lead = hit[2] == "-" and all(len(part) == 2 for part in figures)
    for order in ORDERS if year_may_lead else ORDERS[:2]:
        part = dict(zip(order, figures, strict=True))
        try:
            dt.date(_full_year(part["y"]), int(part["m"]), int(part["d"]))
        except ValueError:
            continue
        orders.append(order)
    return frozenset(orders) or None


def _full_year(figures: str) -> int:
    """Read two figures as POSIX does: 69 to 99 lie in the twentieth century, 00 to 68 in the twenty-first."""
    year = int(figures)
    if len(figures) > 2:
        return year
    return year + (1900 if year >= 69 else 2000)
