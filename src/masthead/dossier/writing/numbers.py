"""How figures are put into words: shares, intervals, counts, dates, periods."""

from __future__ import annotations

import datetime as dt
import math

ENOUGH = 5
"""From fewer articles a share is not shown as a figure: its interval would span nearly everything."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _percent_number(share: float) -> str:
    """Return a share as percent: whole from 1 on, one decimal below, never rounded to a false 0 or 100."""
    percent = share * 100
    sign = "−" if percent < 0 else ""
    size = abs(percent)
    if size == 0:
        return "0"
    if size < 0.05:
        return f"{sign}<0.1"
    if size < 0.995:
        return f"{sign}{size:.1f}"
    if 99.5 <= size < 100:
        return f"{sign}>99"
    return f"{sign}{size:.0f}"


def percent(share: float | None) -> str:
    """Return a share (0 to 1) as a percentage."""
    return "" if share is None or math.isnan(share) else _percent_number(share) + "%"


def _end(share: float) -> str:
    """Return one end of an interval, as percent: whole, but for a decimal where that is all there is."""
    size = abs(share) * 100
    number = f"{size:.1f}" if 0.05 <= size < 0.95 else f"{size:.0f}"
    return f"−{number}" if share < 0 and number != "0" else number


def interval(low: float | None, high: float | None) -> str:
    """Return the two ends of an interval of shares, as percent."""
    if low is None or high is None:
        return ""
    return f"{_end(low)} to {_end(high)}%"


def bounds(low: float | None, high: float | None) -> str:
    """Return the two ends of an interval as short as a table cell needs it."""
    if low is None or high is None:
        return ""
    return f"{_end(low)}–{_end(high)}"


def points(difference: float) -> str:
    """Return the size of a difference of two shares, in percentage points."""
    number = _percent_number(abs(difference))
    return f"{number} point" if number == "1" else f"{number} points"


def count(number: float | int | None) -> str:
    """Return a count with thousands set apart; whole where it is whole."""
    if number is None:
        return "unknown"
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,.1f}"


def with_noun(number: float | int | None, one: str, many: str = "") -> str:
    """Return a count with its noun."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def lasting(seconds: float) -> str:
    """Return a length of time in its largest fitting unit: 20 minutes, 3 hours, 2 days."""
    for unit, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if abs(seconds) >= (1.5 if unit == "day" else 1) * size:
            return with_noun(round(abs(seconds) / size), unit)
    return "less than a minute"


def with_sign(value: float, digits: int = 2) -> str:
    """Return a number with its sign, with a true minus."""
    return f"{value:+.{digits}f}".replace("-", "−")


def probability(p: float | None) -> str:
    """Return a p-value or a rate of error: two digits that count, never a false 0."""
    if p is None or math.isnan(p):
        return ""
    return "below 0.001" if p < 0.001 else f"{p:.2g}" if p < 0.1 else f"{p:.2f}"


def day(date: dt.date | dt.datetime | str | None) -> str:
    """Return a date as 9 Mar 2016; ISO text is read first; empty where there is none."""
    if not date:
        return ""
    if isinstance(date, str):
        try:
            return day(dt.datetime.fromisoformat(date))
        except ValueError:
            return date
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def clock(moment: dt.datetime | None) -> str:
    """Return a moment as a day and a time in UTC; as a day alone where it stands at its start."""
    if moment is None:
        return "undated"
    return day(moment) if not (moment.hour or moment.minute) else f"{day(moment)}, {moment:%H:%M}"


def period(start: dt.date, by: str) -> str:
    """Return the name of the period that starts on `start`."""
    if by == "year":
        return f"{start.year}"
    if by == "quarter":
        return f"{start.year} Q{(start.month + 2) // 3}"
    if by == "month":
        return f"{MONTHS[start.month - 1]} {start.year}"
    return day(start)


def name_list(names: list[str], limit: int = 0) -> str:
    """Return names as a phrase: a, b and c; beyond `limit` the rest is counted."""
    if limit and len(names) > limit:
        names = [*names[:limit], f"{len(names) - limit} more"]
    if len(names) < 2:
        return "".join(names)
    return ", ".join(names[:-1]) + " and " + names[-1]
