"""An outlet's record with a subject: where its portrayal changed sign or its most used label family another's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from masthead.measuring import MEASURES, OTHER
from masthead.questions.changes.rows import NearestEvent, ReversalRow, SeriesChange


class Window(NamedTuple):
    """An event of the study: its first and last day."""

    id: str
    start: dt.date
    end: dt.date


def reversals(rows: Sequence[SeriesChange], events: Sequence[Window]) -> list[ReversalRow]:
    """Return the reversals among changes, in order of outlet, subject and time: rows of `REVERSALS`.

    `rows` are those of `CHANGES` in its order, with `series_from` and `series_to`, the first and last day of the
    series. `days` is 0 on a day of the event itself. `p_near` counts the days of the series that lie as near. A drift
    has no day, and is near to nothing.
    """
    reversal_rows: list[ReversalRow] = []
    for _, group in groupby(rows, key=lambda row: row["change"]):
        change = list(group)
        turn = _turn(change)
        if turn is None:
            continue
        row = change[0]
        slow = row["kind"] == "drift"
        near = _NEAR_NOTHING if slow else _near(row["date"], row["series_from"], row["series_to"], events)
        reversal_rows.append(
            {
                "change": row["change"],
                "measure": row["measure"],
                "outlet": row["outlet"],
                "subject": row["subject"],
                "voice": row["voice"],
                "wire": row["wire"],
                "date": None if slow else row["date"],
                "date_low": row["date_low"],
                "date_high": row["date_high"],
                "before": turn[0],
                "after": turn[1],
                **near,
            }
        )
    return sorted(reversal_rows, key=_place)


def _place(row: ReversalRow) -> tuple[str, ...]:
    """Where a reversal stands in the table."""
    return (
        row["outlet"],
        str(row["subject"]),
        row["measure"],
        row["voice"],
        row["wire"],
        str(row["date_low"]),
    )


_NEAR_NOTHING: NearestEvent = {"event": None, "days": None, "p_near": None}


def _turn(change: list[SeriesChange]) -> tuple[str, str] | None:
    """What it was before and what after; None where it stayed."""
    sides = [
        (row["category"], before, after)
        for row in change
        if (before := row["before"]) is not None and (after := row["after"]) is not None
    ]
    if len(sides) < len(change):
        return None
    measure = MEASURES[change[0]["measure"]]
    if measure.sides is not None:
        below, above = measure.sides
        _, before, after = sides[0]
        signs = [above if figure > 0 else below for figure in (before, after)]
        ends = signs if before * after < 0 else None
    elif measure.compares_categories:
        named_sides = [
            (name, before, after) for name, before, after in sides if name is not None and name != OTHER
        ]
        ends = [
            _most((before, name) for name, before, _ in named_sides),
            _most((after, name) for name, _, after in named_sides),
        ]
    else:
        return None
    return None if not ends or ends[0] == ends[1] or "" in ends else (ends[0], ends[1])


def _most(of: Iterable[tuple[float, str]]) -> str:
    """The category with the largest share; empty where two share the place or none is used."""
    shares = sorted(of, reverse=True)
    if not shares or shares[0][0] <= 0 or (len(shares) > 1 and shares[0][0] == shares[1][0]):
        return ""
    return shares[0][1]


def _near(day: dt.date, first: dt.date, last: dt.date, events: Sequence[Window]) -> NearestEvent:
    if not events:
        return _NEAR_NOTHING
    days, _, event = min((abs(_after(day, one)), -_after(day, one), one.id) for one in events)
    reach = dt.timedelta(days=days)
    span = (last - first).days + 1
    near = sum(
        (stop - start).days
        for start, stop in _merge((one.start - reach, one.end + reach) for one in events)
        for start, stop in [(max(start, first), min(stop, last) + dt.timedelta(days=1))]
        if start < stop
    )
    own = next(one for one in events if one.id == event)
    return {"event": event, "days": _after(day, own), "p_near": near / span}


def _after(day: dt.date, event: Window) -> int:
    """Days after the event's last day, or, negative, before its first; 0 while it lasts."""
    return min((day - event.start).days, 0) + max((day - event.end).days, 0)


def _merge(stretches: Iterator[tuple[dt.date, dt.date]]) -> Iterator[tuple[dt.date, dt.date]]:
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
