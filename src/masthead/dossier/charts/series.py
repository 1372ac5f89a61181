"""Figures over time: what the small multiples draw, the table of the same figures, and a summary in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from masthead.dossier.board import DRIFT, Board, SeriesKey
from masthead.dossier.views import Cell, OutletView, Point, SubjectView
from masthead.dossier.writing.notation import SHARES, Notation, notation_of
from masthead.dossier.writing.notes import name_of
from masthead.dossier.writing.numbers import day, name_list, period
from masthead.findings.about import Declaration
from masthead.measuring.words import Words

SCALES = (0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
"""Where a scale may end: its middle is as round as its end."""

INLINE_CELLS = 600
"""A table of figures over time with more cells than this goes to a page of its own."""


@dataclass(frozen=True)
class Mark:
    """A change as a panel marks it: its date with the interval, and the figure before and after.

    The figure before holds from `since`, that after until `until`: the neighbouring changes, or the ends of the
    panel. A drift has no date; it goes from `low` to `high`.
    """

    date: dt.date
    low: dt.date
    high: dt.date
    before: float
    after: float
    since: dt.date
    until: dt.date
    drift: bool
    at_gap: bool


@dataclass(frozen=True)
class Panel:
    """One outlet's figures over time, as its small multiple draws them; periods and changes in order.

    The vertical scale runs from 0 to `scale`, or from minus it where figures have a sign.
    """

    outlet: OutletView
    points: list[Point]
    counts: list[tuple[dt.date, dt.date, int]]
    gaps: list[tuple[dt.date, dt.date]]
    events: list[tuple[dt.date, dt.date]]
    first: dt.date
    last: dt.date
    scale: float
    busiest: int
    notation: Notation = SHARES
    marks: tuple[Mark, ...] = ()


@dataclass
class Series:
    """A chart of small multiples, its words and its table."""

    anchor: str
    measure: Declaration
    subject: SubjectView
    category: str | None
    by: str
    panels: list[Panel]
    not_drawn: list[OutletView]
    moves: list[Move]
    gaps: list[tuple[OutletView, str]]
    events: list[tuple[str, str, str]]
    n_undated: int
    outlets: list[OutletView]
    rows: list[tuple[str, list[Cell | None]]]
    words: Words
    pictures: dict[str, Markup] = field(default_factory=dict)
    """Outlet id → the panel drawn; filled in where the chart is drawn."""

    @property
    def notation(self) -> Notation:
        """How its figures are written."""
        return notation_of(self.measure)

    @property
    def scale(self) -> float:
        """Where the vertical scale of every panel ends."""
        return self.panels[0].scale

    @property
    def busiest(self) -> int:
        """The largest number of articles in any period of any panel."""
        return self.panels[0].busiest

    @property
    def changes(self) -> list[tuple[OutletView, Mark]]:
        """The changes marked on its panels."""
        return [(panel.outlet, mark) for panel in self.panels for mark in panel.marks]

    @property
    def stepping(self) -> bool:
        """Whether any of them has a date."""
        return any(not mark.drift for _, mark in self.changes)

    @property
    def drifting(self) -> bool:
        """Whether any of them is a slow drift."""
        return any(mark.drift for _, mark in self.changes)

    @property
    def inline(self) -> bool:
        """True where the table is small enough to stand on the page."""
        return len(self.rows) * len(self.outlets) <= INLINE_CELLS


@dataclass(frozen=True)
class Move:
    """The widest move of an outlet between two periods whose intervals lie apart."""

    outlet: OutletView
    before: str
    before_cell: Cell
    after: str
    after_cell: Cell
    apart: float


def series(
    board: Board, subject: SubjectView, measure: Declaration, category: str | None, anchor: str
) -> Series | None:
    """Return the chart of a measure over time; None where no outlet has two periods with enough articles."""
    by_outlet = board.series(measure["name"], subject.id, category)
    sound = {o: sum(p.cell.state == "shown" for p in points) for o, points in by_outlet.items()}
    if max(sound.values(), default=0) < 2:
        return None
    outlets = [o for o in board.outlets if sound.get(o.id)]
    starts = _starts(board, [p for points in by_outlet.values() for p in points])
    scale = scale_of([p.cell for o in outlets for p in by_outlet[o.id] if p.cell.state == "shown"])
    panels = [
        _panel(board, measure, subject.id, category, outlet, by_outlet[outlet.id], starts, scale)
        for outlet in outlets
    ]
    # What is of several periods stands beside each of them.
    cells = {
        (o, start): p.cell
        for o, points in by_outlet.items()
        for p in points
        for start in starts
        if p.start <= start <= (p.end or p.start)
    }
    moves = [m for o in outlets if (m := _widest_move(o, by_outlet[o.id], board.by))]
    return Series(
        anchor=anchor,
        measure=measure,
        subject=subject,
        category=category,
        by=board.by,
        panels=panels,
        not_drawn=[o for o in board.outlets if o not in outlets],
        moves=sorted(moves, key=lambda m: -m.apart)[:3],
        gaps=[
            (o, name_list([f"{day(a)} to {day(b)}" for a, b in board.gaps[o.id]], limit=4))
            for o in outlets
            if o.id in board.gaps
        ],
        events=[(name, day(a), day(b)) for a, b, name in _events(board)],
        n_undated=sum(o.n_undated for o in outlets),
        outlets=outlets,
        rows=[(period(s, board.by), [cells.get((o.id, s)) for o in outlets]) for s in starts],
        words=board.words(measure["name"]),
    )


def lone_panel(
    board: Board, measure: Declaration, subject: str | None, category: str | None, outlet: OutletView
) -> Panel | None:
    """Return one outlet's figures over time on a scale of their own; None where there are none."""
    points = board.series(measure["name"], subject, category).get(outlet.id, [])
    if not points:
        return None
    cells = [p.cell for p in points if p.cell.state in ("shown", "thin")]
    starts = _starts(board, points)
    panel = _panel(board, measure, subject, category, outlet, points, starts, scale_of(cells))
    ends = [abs(end) for mark in panel.marks for end in (mark.before, mark.after)]
    return replace(panel, scale=next((s for s in SCALES if s >= max([panel.scale, *ends])), 1.0))


def _panel(
    board: Board,
    measure: Declaration,
    subject: str | None,
    category: str | None,
    outlet: OutletView,
    points: list[Point],
    starts: list[dt.date],
    scale: float,
) -> Panel:
    """Return a panel from the first of `starts` to the end of what was collected."""
    ends = [c.end for periods in board.coverage.values() for c in periods]
    first, last = starts[0], max([*ends, starts[-1]])
    return Panel(
        outlet=outlet,
        points=points,
        counts=[(c.start, c.end, c.n_articles) for c in board.coverage.get(outlet.id, ())],
        gaps=board.gaps.get(outlet.id, []),
        events=[(a, b) for a, b, _ in _events(board)],
        first=first,
        last=last,
        scale=scale,
        busiest=_busiest(board),
        notation=notation_of(measure),
        marks=marks(board, (measure["name"], subject, category, outlet.id), first, last),
    )


def _events(board: Board) -> list[tuple[dt.date, dt.date, str]]:
    """Return the study's events: first and last day, and what each is called."""
    return [
        (dt.date.fromisoformat(e["from"]), dt.date.fromisoformat(e["to"]), name_of(e["id"]))
        for e in board.about.get("events") or ()
    ]


def _starts(board: Board, points: list[Point]) -> list[dt.date]:
    """Return when the periods begin that have figures, or articles at all."""
    return sorted({p.start for p in points} | _period_starts(board))


def marks(board: Board, series: SeriesKey, first: dt.date, last: dt.date) -> tuple[Mark, ...]:
    """Return the changes of one outlet's series, to be marked on a panel from `first` to `last`."""
    rows = board.changes.get(series, [])
    # Where one change gives way to the next: on its date, or when its drift is over.
    over = [r["date_high"] + dt.timedelta(days=1) if r["kind"] == DRIFT else r["date"] for r in rows]
    begins = [r["date_low"] if r["kind"] == DRIFT else r["date"] for r in rows]
    return tuple(
        Mark(
            date=r["date"],
            low=r["date_low"],
            high=r["date_high"],
            before=r["before"],
            after=r["after"],
            since=over[at - 1] if at else first,
            until=begins[at + 1] - dt.timedelta(days=1) if at + 1 < len(rows) else last,
            drift=r["kind"] == DRIFT,
            at_gap=bool(r["at_gap"]),
        )
        for at, r in enumerate(rows)
    )


def _period_starts(board: Board) -> set[dt.date]:
    return {c.start for periods in board.coverage.values() for c in periods}


def _busiest(board: Board) -> int:
    return max((c.n_articles for periods in board.coverage.values() for c in periods), default=1) or 1


def scale_of(cells: list[Cell]) -> float:
    """Return where the scale of these figures ends: beyond every figure, and beyond nine of ten intervals.

    The scale of signed figures runs as far to the other side.
    """
    if not cells:
        return 1.0
    ends = sorted(max(abs(c.low or 0.0), abs(c.high or 0.0)) for c in cells)
    top = max(max(abs(c.estimate or 0.0) for c in cells), ends[int(0.9 * (len(ends) - 1))])
    return next((s for s in SCALES if s >= top), 1.0)


def _name(point: Point, by: str) -> str:
    """Return what the time that a figure is of is called."""
    first, last = period(point.start, by), period(point.end or point.start, by)
    return first if by == "week" or first == last else f"{first} to {last}"


def _widest_move(outlet: OutletView, points: list[Point], by: str) -> Move | None:
    """Find the two periods, in order, whose intervals lie furthest apart."""
    best: Move | None = None
    highest: Point | None = None
    lowest: Point | None = None
    for point in points:
        cell = point.cell
        if cell.state != "shown" or cell.low is None or cell.high is None:
            continue
        for earlier in (highest, lowest):
            if earlier is None or earlier.cell.low is None or earlier.cell.high is None:
                continue
            apart = max(cell.low - earlier.cell.high, earlier.cell.low - cell.high)
            if apart > (best.apart if best else 0.0):
                best = Move(outlet, _name(earlier, by), earlier.cell, _name(point, by), cell, apart)
        if lowest is None or cell.high < (lowest.cell.high or 0.0):
            lowest = point
        if highest is None or cell.low > (highest.cell.low or 0.0):
            highest = point
    return best
