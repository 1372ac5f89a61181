"""An outlet's record with a subject: each time that it changed sides, set against the study's events."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.views import OutletView, SubjectView
from masthead.dossier.writing.notes import name_of
from masthead.measuring.measure import OTHER

TRACKS = 40
"""So many records are drawn, those with the most reversals first."""

_SIDES = {"favourable": "rec-f", "unfavourable": "rec-u"}

COLOURS = 6
"""So many categories of a subject have a colour of their own."""


@dataclass(frozen=True)
class Turn:
    """One reversal: dated, with what stood before and after, and the nearest of the study's events.

    `date` is None of a drift, which came at some time from `low` to `high`. `days` is how long after the event it came,
    negative where before; `p_near` how often chance alone brings a change of this outlet and subject that near to any
    event.
    """

    date: dt.date | None
    low: dt.date
    high: dt.date
    before: str
    after: str
    event: str
    days: int | None
    p_near: float | None
    target: str


@dataclass(frozen=True)
class Stretch:
    """A stretch of a record's bar: where it starts and how wide it is, in percent, and its colour."""

    at: str
    width: str
    style: str


@dataclass(frozen=True)
class Track:
    """The record of one outlet with one subject, by one measure."""

    outlet: OutletView
    subject: SubjectView | None
    measure: str
    """What the measure is called."""
    stretches: list[Stretch]
    doubts: list[Stretch]
    turns: list[Turn]
    styles: dict[str, str]


@dataclass(frozen=True)
class Record:
    """All records that are drawn, the study's events on their axis, and the ends of that axis."""

    tracks: list[Track]
    n_more: int
    events: list[tuple[str, Stretch]]
    first: dt.date | None
    last: dt.date | None

    @property
    def n_turns(self) -> int:
        """How many reversals are drawn."""
        return sum(len(t.turns) for t in self.tracks)


def record(board: Board, targets: Mapping[str, str]) -> Record:
    """Return the records of the outlets shown; `targets` say where a change is told in full, by its id."""
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    groups: dict[tuple[str, str | None, str], list[dict[str, Any]]] = defaultdict(list)
    for row in board.findings.reversals.to_pylist():
        is_on_page = row["outlet"] in outlets and (row["subject"] is None or row["subject"] in subjects)
        if (
            is_on_page
            and row["date_low"] is not None
            and row["voice"] == board.voice(row["measure"], row["outlet"])
        ):
            groups[row["outlet"], row["subject"], row["measure"]].append(row)
    first, last = _span(board, [_drawn_at(r) for rows in groups.values() for r in rows])
    busiest_first = sorted(groups.items(), key=lambda g: (-len(g[1]), g[0][0], g[0][1] or "", g[0][2]))
    tracks = []
    for (outlet, subject, measure), rows in busiest_first[:TRACKS]:
        rows.sort(key=lambda r: (_drawn_at(r), r["change"] or ""))
        styles = _styles(board, measure, subject, rows)
        tracks.append(
            Track(
                outlet=outlets[outlet],
                subject=subjects.get(subject or ""),
                measure=board.words(measure).title,
                stretches=_stretches(rows, styles, first, last),
                doubts=[
                    _stretch(r["date_low"], r["date_high"] or r["date_low"], "rec-doubt", first, last)
                    for r in rows
                ],
                turns=[_turn(r, targets) for r in rows],
                styles={side: styles[side] for side in _side_names(rows)},
            )
        )
    return Record(
        tracks=tracks,
        n_more=max(0, len(busiest_first) - TRACKS),
        events=[
            (name_of(str(e["id"])), _stretch(a, b, "rec-event", first, last))
            for e in board.about.get("events") or ()
            for a, b in [(dt.date.fromisoformat(e["from"]), dt.date.fromisoformat(e["to"]))]
            if tracks and a <= last and b >= first
        ],
        first=first if tracks else None,
        last=last if tracks else None,
    )


def _span(board: Board, dates: list[dt.date]) -> tuple[dt.date, dt.date]:
    """Return the first and the last day that a record is drawn for."""
    coverage = [c for periods in board.coverage.values() for c in periods]
    days = [*(c.start for c in coverage), *(c.end for c in coverage), *dates]
    return (min(days), max(days)) if days else (dt.date.min, dt.date.min)


def _side_names(rows: list[dict[str, Any]]) -> list[str]:
    """Return what stands before and after the reversals, each once, in order of time."""
    return list(dict.fromkeys(str(r[side] or "") for r in rows for side in ("before", "after")))


def _styles(board: Board, measure: str, subject: str | None, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Return the colour of each side: one for good, one for bad, and one per category in the study's order."""
    order = board.categories.get((measure, subject), [])
    styles = {}
    for side in _side_names(rows):
        at = order.index(side) if side in order else len(order)
        colour = "others" if side == OTHER or at >= COLOURS else f"s{at}"
        styles[side] = _SIDES.get(side, f"rec-{colour}")
    return styles


def _drawn_at(row: Mapping[str, Any]) -> dt.date:
    """Return where a bar changes its colour: on the day, and for a drift, which has none, in the middle."""
    low: dt.date = row["date_low"]
    day: dt.date = row["date"] or low + ((row["date_high"] or low) - low) / 2
    return day


def _stretches(
    rows: list[dict[str, Any]], styles: Mapping[str, str], first: dt.date, last: dt.date
) -> list[Stretch]:
    """Return what stood when: each reversal ends one stretch and begins the next."""
    day = dt.timedelta(days=1)
    starts = [first, *(_drawn_at(r) for r in rows)]
    ends = [*(_drawn_at(r) - day for r in rows), last]
    sides = [str(rows[0]["before"] or ""), *(str(r["after"] or "") for r in rows)]
    return [
        _stretch(a, b, styles[side], first, last)
        for a, b, side in zip(starts, ends, sides, strict=True)
        if a <= b
    ]


def _stretch(start: dt.date, end: dt.date, style: str, first: dt.date, last: dt.date) -> Stretch:
    """Return where a stretch of days, both included, stands on the axis; cut at its ends."""
    whole = (last - first).days + 1
    begin = min(max((start - first).days, 0), whole)
    stop = min(max((end - first).days + 1, begin), whole)
    return Stretch(f"{100 * begin / whole:.2f}%", f"{100 * (stop - begin) / whole:.2f}%", style)


def _turn(row: dict[str, Any], targets: Mapping[str, str]) -> Turn:
    return Turn(
        date=row["date"],
        low=row["date_low"],
        high=row["date_high"] or row["date_low"],
        before=str(row["before"] or ""),
        after=str(row["after"] or ""),
        event=name_of(str(row["event"] or "")),
        days=None if row["days"] is None else int(row["days"]),
        p_near=row["p_near"],
        target=targets.get(row["change"] or "", ""),
    )
