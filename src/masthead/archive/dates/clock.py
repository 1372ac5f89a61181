"""Times of day: the clock as it is written, and the instant that it means."""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from masthead.archive.dates.names import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, all_names
from masthead.archive.dates.zones import shift_of

_TIME = re.compile(
    r"(\d{1,2})[:.]?(\d\d)(?:[:.]?(\d\d)(?:[.,:](\d{1,9}))?)? ?(?:([ap])\.? ?m(?![a-z])\.?)? ?(.{0,80})$",
    re.IGNORECASE,
)
_CLOCK = r"(?P<hour>\d{1,2}):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?(?![\d:])"
_ZONE = (
    r"(?: ?(?P<zone>(?:GMT|UTC|UT) ?[+\-−]\d{1,2}(?::?\d\d)?|[+\-−]\d\d:?\d\d|[A-Z][A-Za-z]{1,30}/[A-Za-z_/+-]{2,40}"
    r"|\(?[A-ZА-Я]{1,5}(?![\w/])\)?)(?: ?\([^()]{1,60}\))?)?"
)
_IN_WORDS = re.compile(rf"(?<![\d:.,/-]){_CLOCK} ?(?:(?P<half>[apAP])\.? ?[mM](?![A-Za-z])\.?)?{_ZONE}")
_BARE = r"(?<![\d:.,/-])(?P<hour>\d{1,2})"
_BY_SIGN = re.compile(rf"{_BARE} ?(?:h|H|時|时|시|點|点) ?(?:(?P<minute>\d\d) ?(?:min|分|분)?)?(?!\w)")
_BY_POINT = re.compile(
    rf"(?:(?<=klo )|(?<=kl )|(?<=kl\. )|(?<=um )|(?<=ore )|(?<=alle )|(?<=at )){_BARE}\.(?P<minute>\d\d)(?![\d.])"
    rf"|{_BARE.replace('hour', 'hour2')}\.(?P<minute2>\d\d) ?(?:[Uu]hr|h|(?P<zone>[A-Z]{{3,4}}))\b"
)
_BY_HALF = re.compile(
    rf"{_BARE}(?:[.:](?P<minute>\d\d))? ?(?P<half>[apAP])\.?[mM](?![a-z])\.?(?: ?(?P<zone>[A-Z]{{2,4}})(?!\w))?"
)


class Moment(NamedTuple):
    """A date as read: the instant in UTC or None, how finely it was given, and what must be said about it.

    `is_moved`: in UTC it lies on another day than it was written on, and no zone was given for its days.
    """

    instant: dt.datetime | None
    precision: str
    remark: str = ""
    is_moved: bool = False


class TimeInText(NamedTuple):
    """A time found in a text: as `moment_of` reads it, and the text before and after it."""

    time: str
    before: str
    after: str


def moment_of(day: dt.datetime, time: str, own: ZoneInfo | None, by_mail: bool) -> Moment | None:
    """Return what a time of a day (midnight in UTC) means; None where it cannot be read.

    `own` is the outlet's zone, for times that name none; `by_mail`: the date has the form of e-mail. Midnight to the
    second, in whatever zone, is how programs write a day: it says nothing about the hour.
    """
    hit = _TIME.match(time)
    if hit is None:
        return None
    hour, minute, second = int(hit[1]), int(hit[2]), int(hit[3] or 0)
    if hit[5]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if hit[5].lower() == "p" else 0)
    if (hour, minute, second) == (24, 0, 0):
        return Moment(day + dt.timedelta(days=1), "day")
    if hour > 23 or minute > 59 or second > 60:
        return None
    fraction = int((hit[4] or "0").ljust(6, "0")[:6])
    clock = dt.timedelta(hours=hour, minutes=minute, seconds=min(second, 59), microseconds=fraction)
    wall = day.replace(tzinfo=None) + clock
    shift = shift_of(hit[6], wall, own, by_mail)
    if shift is None:
        return None
    if not clock or shift.ahead is None:
        return Moment(day, "day", shift.remark if clock else "")
    try:
        instant = day + clock - shift.ahead
    except OverflowError:
        return None
    precision = "second" if hit[3] else "minute"
    # In the outlet's own zone it lies on the day that it was written on.
    is_moved = own is None and instant.date() != day.date()
    return Moment(instant, precision, shift.remark, is_moved)


def find_time(text: str, foreign: bool) -> TimeInText | None:
    """Find the one time in a text that holds a date too; None where there is none, or more than one.

    `foreign`: the halves of the day may be named in any language.
    """
    hits = list(_IN_WORDS.finditer(text))
    if len(hits) > 1:
        return None
    if hits:
        hit = hits[0]
        hour, minute, second = hit["hour"], hit["minute"], hit["second"]
        half, zone, end = (hit["half"] or "").lower(), hit["zone"] or "", hit.end()
        if zone.strip("()").casefold() in ENGLISH_WEEKDAYS | ENGLISH_MONTHS.keys():
            zone, end = "", hit.start("zone")
    else:
        forms = (form.search(text) for form in (_BY_HALF, _BY_SIGN, _BY_POINT))
        other = next((hit for hit in forms if hit), None)
        if other is None:
            return None
        hit, groups = other, other.groupdict()
        hour, minute = (
            groups["hour"] or groups.get("hour2") or "",
            groups["minute"] or groups.get("minute2") or "00",
        )
        second, half, zone, end = (
            None,
            (groups.get("half") or "").lower(),
            groups.get("zone") or "",
            hit.end(),
        )
    before, after = text[: hit.start()], text[end:]
    if not half and foreign:
        half, before, after = _half(before, after)
    time = f"{int(hour):02}:{minute}" + (f":{second}" if second else "") + (f" {half[0]}m" if half else "")
    return TimeInText(f"{time} {zone}".strip(), before, after)


def _half(before: str, after: str) -> tuple[str, str, str]:
    """Find the half of the day that stands beside a time, in any language, and take it away."""
    behind, ahead = _halves()
    if len(before.casefold()) != len(before) or len(after.casefold()) != len(after):
        return "", before, after
    if hit := behind.match(after.casefold()):
        return all_names().halves[hit[1]], before, after[hit.end() :]
    if hit := ahead.search(before.casefold()):
        return all_names().halves[hit[1]], before[: hit.start()], after
    return "", before, after


@cache
def _halves() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The names of the halves of the day right behind a time, and right before it."""
    names = "|".join(re.escape(name) for name in sorted(all_names().halves, key=len, reverse=True))
    return re.compile(rf" ?({names})(?![^\W\d_])"), re.compile(rf"(?<![^\W\d_])({names}) ?$")
