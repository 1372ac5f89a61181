"""Dates as programs, databases and feeds print them, brought into a form that is read: spreadsheets' serial numbers,
seconds since 1970 in all their lengths, values in the words of a programming language, labels and editions around."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from masthead.archive.dates.clock import Moment, find_time
from masthead.archive.dates.names import tokens
from masthead.archive.dates.quick import LONGEST
from masthead.archive.dates.words import can_precede

Figures = tuple[str, str, str, str, str | None]
"""Three figures, what stands between them, and the time."""

SERIAL = "dates read as the serial numbers of a spreadsheet"
SINCE_1970 = "dates read as seconds since 1970"

_FIRST_SERIAL, _DAY_NOUGHT = 18_264, dt.datetime(1899, 12, 30, tzinfo=dt.UTC)
"""From 1950 on a number of five figures is taken for the days since the end of 1899."""

_NUMBER = re.compile(r"-?\d{1,19}(?:[.,]\d{1,12})?(?:[eE]\+?\d{1,2})?$")
_PER_SECOND = {10: 1, 13: 1_000, 16: 1_000_000, 19: 1_000_000_000}
_ANYWHERE = re.compile(r"(?<![\d/.-])(\d{1,4})( ?[-/.] ?)(\d{1,2})\2(\d{1,4})(?![\d/])\.?")
_MORE = re.compile(r"\d[-/.]\d|[-–—~] ?\d{1,2}\b")
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(form), template)
    for form, template in (
        (r"\\?/Date\((\d{10,13})(?:[+-]\d{4})?\)\\?/$", r"\1"),
        (r"(?:D:)?(\d{8})(\d{4,6})([+-]\d\d)'?(\d\d)'?$", r"\1T\2\3\4"),
        (r"D:(\d{8})(\d{4,6})?Z?$", r"\1 \2"),
        (r"(\d{4}):(\d\d):(\d\d)(?= |$)(.*)", r"\1-\2-\3\4"),
        (r"(\d{4})[-_](\d\d)[-_](\d\d)[-_ T](\d\d)[-_.](\d\d)(?:[-_.](\d\d))?$", r"\1-\2-\3 \4:\5:\6"),
        (r"(\d{4})_(\d\d)_(\d\d)$", r"\1-\2-\3"),
        (r"(\d{1,2})([A-Za-z]{3})(\d{4}|\d\d)(?::(\d\d:\d\d.*))?$", r"\1 \2 \3 \4"),
        (r"(\d{4}-\d\d-\d\d[ T][\d:.]{5,18} ?[+-]\d{4}(?: [A-Z]{1,5})?) m=.{1,30}$", r"\1"),
        (r"[A-Za-z_.]{1,30}\( ?(\d{4}), ?(\d{1,2}), ?(\d{1,2})(?:, tz.{1,40})?\)$", r"\1-\2-\3"),
        (
            r"[A-Za-z_.]{1,30}\( ?(\d{4}), ?(\d{1,2}), ?(\d{1,2}), ?(\d{1,2}), ?(\d{1,2})(?:, ?(\d{1,2}))?"
            r"(?:, ?\d{1,6})?\)$",
            r"\1-\2-\3 \4:\5:\6",
        ),
        (r"[A-Za-z_. ]{1,30}\( ?['\"]([^'\"]{4,50})['\"].{0,40}\)$", r"\1"),
        (r"['\"\[(]{1,2}([^'\"\[\]()]{4,50})['\"\])]{1,2}$", r"\1"),
    )
)
_TWO_CLOCK = re.compile(r"(?<=[ :])(\d)(?=:|$)")
_ISO_WEEK = re.compile(r"(\d{4})-?W(\d\d)-?([1-7])(?:[T ](\d.*))?$")
_ORDINAL = re.compile(r"(\d{4})-(\d{3})(?:[T ](\d.*))?$")
_FIRST_OF_TWO = re.compile(
    r"(?P<first>.{6,60}?\d.{0,30}?)[ |,;(–-]{1,4}(?:last )?(?:updated|modified|edited|corrected)\b"
    r"|(?:last )?(?:updated|modified|edited)\b.{6,60}?\b(?:published|posted)\b(?: on)?:? ?(?P<last>.{6,60})$",
    re.IGNORECASE,
)
_TWO_LABELS = re.compile(r"updated|modified|edited|corrected", re.IGNORECASE)
_PRINTED = re.compile(r"\\?/D|D:|\d{8}|\d{4}[:_.-]|\d{1,2}[A-Za-z]{3}\d|[A-Za-z_. ]{1,30}\(|['\"\[(]")
_FLOAT = re.compile(r"(\d{4}(?:\d{4})?)\.0+$")
_NO_SECONDS = re.compile(r":$")


def of_number(value: str) -> Moment | None:
    """Return the moment that a number means; None where it means none.

    Seconds, milli-, micro- and nanoseconds since 1970 are known by their length, days by having five figures.
    """
    if not _NUMBER.match(value) or (value.isdecimal() and len(value) in (4, 8, 12, 14)):
        return None
    try:
        number = Decimal(value.replace(",", "."))
    except InvalidOperation:
        return None
    whole = int(number)
    length = len(str(whole))
    if "e" in value.lower() and len(number.as_tuple().digits) < length:
        # 1.61E+09: a spreadsheet has rounded the rest away.
        return None
    if length == 5 and whole >= _FIRST_SERIAL:
        seconds = round(float(number - whole) * 86_400)
        instant = _DAY_NOUGHT + dt.timedelta(days=whole, seconds=seconds)
        return Moment(instant, "second" if seconds else "day", SERIAL)
    if length not in _PER_SECOND:
        return None
    if length == 10 or "e" in value.lower() or number == whole:
        return Moment(dt.datetime.fromtimestamp(whole // _PER_SECOND[length], dt.UTC), "second", SINCE_1970)
    return None


def rewritten(value: str) -> str | None:
    """Return a date of a program in a plainer form; None where it is not of these."""
    if len(value) > LONGEST:
        return None
    if _TWO_LABELS.search(value) and (hit := _FIRST_OF_TWO.match(value)):
        return (hit["first"] or hit["last"]).strip()
    if not _PRINTED.match(value):
        return None
    if hit := _FLOAT.match(value):
        return hit[1]
    for form, template in _FORMS:
        if hit := form.match(value):
            text = _NO_SECONDS.sub("", hit.expand(template).strip())
            return _TWO_CLOCK.sub(r"0\1", text) if "(" in value else text
    return _by_calendar(value)


def _by_calendar(value: str) -> str | None:
    """`2021-W09-5` and `2021-064`: a day of a week or of a year, as ISO 8601 has them."""
    ways: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], dt.date]], ...] = (
        (_ISO_WEEK, lambda hit: dt.date.fromisocalendar(int(hit[1]), int(hit[2]), int(hit[3]))),
        (_ORDINAL, lambda hit: dt.date(int(hit[1]), 1, 1) + dt.timedelta(days=int(hit[2]) - 1)),
    )
    for form, day_of in ways:
        if hit := form.match(value):
            try:
                day = day_of(hit)
            except (ValueError, OverflowError):
                return None
            time = hit[hit.re.groups]
            same_year = form is _ISO_WEEK or day.year == int(hit[1])
            return f"{day} {time or ''}".strip() if same_year else None
    return None


def figures_among(value: str, foreign: bool) -> Figures | None:
    """Return the one date in figures among words (`Published: 05/03/2021, 10:22 | Late edition`); None where there is
    none, or more than one. `foreign`: the words may be of any language."""
    if len(value) > LONGEST or not _ANYWHERE.search(value):
        return None
    clock = find_time(value, foreign)
    text = f"{clock.before} | {clock.after}" if clock else value
    hits = list(_ANYWHERE.finditer(text))
    if len(hits) != 1 or not can_precede(tokens(text[: hits[0].start()])):
        return None
    hit = hits[0]
    if _MORE.search(text, hit.end()):
        return None
    return hit[1], hit[3], hit[4], hit[2].strip(), clock.time if clock else None
