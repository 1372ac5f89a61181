"""An outlet's record with a subject: where its portrayal changed sign or its most used label family another's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from masthead.measuring import MEASURES, OTHER


class Window(NamedTuple):
    """An event of the study: its first and last day."""

    id: str
    start: dt.date
    end: dt.date


def reversals(rows: Sequence[dict[str, Any]], events: Sequence[Window]) -> list[dict[str, Any]]:
    """Return the reversals among changes, in order of outlet, subject and time: rows of `REVERSALS`.

    `rows` are those of `CHANGES` in its order, with `series_from` and `series_to`, the first and last day of the
    series. `days` is 0 on a day of the event itself. `p_near` counts the days of the series that lie as near. A drift
    has no day, and is near to nothing.
    """
    found = []
    for _, group in groupby(rows, key=lambda row: row["change"]):
        change = list(group)
        turned = _turned(change)
        if turned is None:
            continue
        row = change[0]
        kept = ("change", "measure", "outlet", "subject", "voice", "wire", "date", "date_low", "date_high")
        told = {name: row[name] for name in kept} | dict(zip(("before", "after"), turned, strict=True))
        if row["kind"] == "drift":
            found.append(told | {"date": None} | _NEAR_NOTHING)
        else:
            found.append(told | _near(row["date"], row["series_from"], row["series_to"], events))
    order = ("outlet", "subject", "measure", "voice", "wire", "date_low")
    return sorted(found, key=lambda r: [str(r[k]) for k in order])


_NEAR_NOTHING: dict[str, Any] = {"event": None, "days": None, "p_near": None}


def _turned(change: list[dict[str, Any]]) -> tuple[str, str] | None:
    """What it was before and what after; None where it stayed."""
    first = change[0]
    if any(row["before"] is None or row["after"] is None for row in change):
        return None
    measure = MEASURES[first["measure"]]
    if measure.sides is not None:
        below, above = measure.sides
        signs = [above if first[side] > 0 else below for side in ("before", "after")]
        turned = signs if first["before"] * first["after"] < 0 else None
    elif measure.compares_categories:
        named = [row for row in change if row["category"] not in (None, OTHER)]
        turned = [_most(named, side) for side in ("before", "after")]
    else:
        return None
    return None if not turned or turned[0] == turned[1] or "" in turned else (turned[0], turned[1])


def _most(rows: list[dict[str, Any]], side: str) -> str:
    """The category with the largest share; empty where two share the place or none is used."""
    shares = sorted(((row[side], row["category"]) for row in rows), reverse=True)
    if not shares or shares[0][0] <= 0 or (len(shares) > 1 and shares[0][0] == shares[1][0]):
        return ""
    return str(shares[0][1])


def _near(day: dt.date, first: dt.date, last: dt.date, events: Sequence[Window]) -> dict[str, Any]:
    if not events:
        return _NEAR_NOTHING
    days, _, event = min((abs(_after(day, one)), -_after(day, one), one.id) for one in events)
    reach = dt.timedelta(days=days)
    span = (last - first).days + 1
    near = sum(
        (stop - start).days
        for start, stop in _merged((one.start - reach, one.end + reach) for one in events)
        for start, stop in [(max(start, first), min(stop, last) + dt.timedelta(days=1))]
        if start < stop
    )
    own = next(one for one in events if one.id == event)
    return {"event": event, "days": _after(day, own), "p_near": near / span}


def _after(day: dt.date, event: Window) -> int:
    """Days after the event's last day, or, negative, before its first; 0 while it lasts."""
    return min((day - event.start).days, 0) + max((day - event.end).days, 0)


def _merged(stretches: Iterator[tuple[dt.date, dt.date]]) -> Iterator[tuple[dt.date, dt.date]]:
    """Merge stretches of days that overlap, both ends included, in order of time."""
    current: tuple[dt.date, dt.date] | None = None
    for start, end in sorted(stretches):
        if current and start <= current[1]:
            current = (current[0], max(current[1], end))
            continue
        if current:
            yield current
        current = (start, end)
    if current:
        yield current
