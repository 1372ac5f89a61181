"""What outlets leave out: conspicuous silences on a calendar, and stories run against stories expected."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.grid import Grid, grids
from masthead.dossier.headlines import Headline, headline_of
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.inference.silence.counted import UNFAVOURABLE
from masthead.instruments.silence.about import SILENCE
from masthead.instruments.silence.measure import Silence
from masthead.instruments.silence.page.calendar import Calendar, calendar
from masthead.instruments.silence.page.habits import Habits, habits

NAME = Silence.name

SHOWN = 60
"""So many silences are told in full, the likeliest."""

RAN, INSTEAD = 8, 5
"""So many articles of others, and of the silent outlet itself, stand beside each."""

LINKED = 5
"""So many of an outlet's silences are linked from its row."""


@dataclass(frozen=True)
class Missed:
    """One story that one outlet was likely to run and did not."""

    number: int
    outlet: str
    outlet_id: str
    day: dt.date | None
    probability: float
    others: int
    subjects: list[SubjectView]
    ran: list[Headline]
    n_ran: int
    instead: list[Headline]

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"silence--{self.number}"

    @property
    def title(self) -> str:
        """The headline of the first that ran it."""
        return self.ran[0].title if self.ran else "a story without a headline"


@dataclass(frozen=True)
class Box:
    """A cell of the calendar: how many silences, where the first of them is told, what was collected.

    `state` is `gap` where collection stopped for a day or more, `out` where the outlet has no articles yet or any
    more, else empty.
    """

    n: int
    target: str
    state: str


@dataclass(frozen=True)
class Call:
    """An outlet that covers less of a subject than its habits make expected, beyond chance and taste."""

    outlet: OutletView
    subject: SubjectView
    category: str | None
    cell: Cell

    @property
    def silent(self) -> bool:
        """True where it covers at most half of what is expected."""
        return "silent:" in self.cell.note


@dataclass(frozen=True)
class Silences:
    """What the pages say of silence; `reason` says why nothing, where that is so."""

    notes: list[str]
    reason: str
    n_listed: int
    chance: float
    silences: list[Missed]
    calendar: Calendar | None
    boxes: list[tuple[OutletView, list[Box]]]
    off_calendar: int
    grids: list[Grid[Cell]]
    unfavourable: list[Grid[Cell]]
    calls: list[Call]
    of_outlet: dict[str, list[Missed]]
    not_judged: dict[str, str]
    left_out: list[tuple[str, str]]
    counts: dict[str, int]
    habits: Habits | None

    @property
    def beyond_chance(self) -> bool:
        """Whether more are listed than chance alone would put there, by two standard deviations of a count."""
        return self.n_listed > self.chance + 2 * math.sqrt(max(self.chance, 1.0))


def silences(board: Board) -> Silences | None:
    """Return what outlets leave out; None where the survey did not look at it."""
    about = SILENCE.any_of(board.about)
    if not about and not board.measures(NAME):
        return None
    story_silences = _story_silences(board)
    first = _first_of_each(story_silences)
    calendar = _calendar(board)
    boxes = [(o, _boxes(board, o, calendar, first)) for o in board.outlets] if calendar else []
    n_on_calendar = sum(b.n for _, row in boxes for b in row)
    of_outlet: dict[str, list[Missed]] = defaultdict(list)
    for one in story_silences[:SHOWN]:
        of_outlet[one.outlet_id].append(one)
    return Silences(
        notes=about.get("said") or [],
        reason=about.get("reason") or "",
        n_listed=about.get("listed") or len(story_silences),
        chance=about.get("chance") or 0.0,
        silences=story_silences[:SHOWN],
        calendar=calendar,
        boxes=boxes,
        off_calendar=len(story_silences) - n_on_calendar,
        grids=grids(board, NAME),
        unfavourable=grids(board, NAME, UNFAVOURABLE),
        calls=_calls(board),
        of_outlet={outlet: of_one[:LINKED] for outlet, of_one in of_outlet.items()},
        not_judged=about.get("left_out") or {},
        left_out=sorted((board.titles.get(o, o), why) for o, why in (about.get("left_out") or {}).items()),
        counts=about.get("counts") or {},
        habits=habits(board, about),
    )


def _story_silences(board: Board) -> list[Missed]:
    """Return all silences, the likeliest first; the articles beside them for those that are told in full."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in board.findings.silences.to_pylist():
        groups.setdefault((row["story"], row["outlet"]), []).append(row)
    in_order = sorted(
        groups.items(), key=lambda g: (-(g[1][0]["probability"] or 0.0), str(g[1][0]["day"]), g[0])
    )
    subjects = {s.id: s for s in board.subjects}
    story_silences = []
    for number, ((_, outlet), rows) in enumerate(in_order, 1):
        theirs = [r for r in rows if r["ran_by"] != outlet and r["ran_by"] is not None]
        own = [r for r in rows if r["ran_by"] == outlet]
        full = number <= SHOWN
        story_silences.append(
            Missed(
                number=number,
                outlet=board.titles.get(outlet, outlet),
                outlet_id=outlet,
                day=rows[0]["day"],
                probability=float(rows[0]["probability"] or 0.0),
                others=int(rows[0]["others"] or 0),
                subjects=[subjects[s] for s in rows[0]["subjects"] or () if s in subjects],
                ran=_headlines(board, theirs, RAN) if full else [],
                n_ran=len(theirs),
                instead=_headlines(board, own, INSTEAD) if full else [],
            )
        )
    return story_silences


def _headlines(board: Board, rows: list[dict[str, Any]], most: int) -> list[Headline]:
    rows = sorted(rows, key=lambda r: (r["published"] is None, r["published"] or 0, r["article_id"] or ""))
    return [headline_of(r, board, r["ran_by"]) for r in rows[:most]]


def _first_of_each(story_silences: list[Missed]) -> Callable[[str, dt.date, dt.date], tuple[int, str]]:
    """Return what says how many silences an outlet has in a stretch of days, and where the first is told."""
    by_outlet: dict[str, list[Missed]] = defaultdict(list)
    for one in story_silences:
        by_outlet[one.outlet_id].append(one)

    def inside(outlet: str, start: dt.date, end: dt.date) -> tuple[int, str]:
        within = [m for m in by_outlet.get(outlet, ()) if m.day is not None and start <= m.day <= end]
        target = within[0].anchor if within and within[0].number <= SHOWN else ""
        return len(within), target

    return inside


def _calendar(board: Board) -> Calendar | None:
    """Return the calendar of the time that the study's articles are from; None where none is dated."""
    spans = [c for periods in board.coverage.values() for c in periods if c.n_articles]
    if not spans:
        return None
    period = board.about.get("period")
    first, last = min(c.start for c in spans), max(c.end for c in spans)
    if period and (start := period.get("from")):
        first = max(first, dt.date.fromisoformat(start))
    if period and (end := period.get("to")):
        last = min(last, dt.date.fromisoformat(end))
    return calendar(first, last) if first <= last else None


def _boxes(
    board: Board,
    outlet: OutletView,
    calendar: Calendar,
    inside: Callable[[str, dt.date, dt.date], tuple[int, str]],
) -> list[Box]:
    gaps = board.gaps.get(outlet.id, [])
    first, last = outlet.first[:10], outlet.last[:10]
    boxes = []
    for column in calendar.columns:
        n, target = inside(outlet.id, column.start, column.end)
        outside = not first or column.end.isoformat() < first or column.start.isoformat() > last
        gap = any(a <= column.end and b >= column.start for a, b in gaps)
        boxes.append(Box(n, target, "out" if outside else "gap" if gap else ""))
    return boxes


def _calls(board: Board) -> list[Call]:
    """Return the pairs that the findings call silent or covering less, the smallest ratio first."""
    subjects = {s.id: s for s in board.subjects}
    outlets = {o.id: o for o in board.outlets}
    calls = [
        Call(outlets[outlet], subjects[subject], category, cell)
        for (measure, subject, category, outlet, _), cell in board.cells.items()
        if measure == NAME and subject in subjects and ("silent:" in cell.note or "covers less" in cell.note)
    ]
    calls.sort(
        key=lambda c: (
            c.cell.estimate or 0.0,
            -c.cell.denominator,
            c.outlet.id,
            c.subject.id,
            c.category or "",
        )
    )
    return calls


PAGE = Page(
    name="silences",
    title="What outlets leave out",
    templates=Path(__file__).parent,
    show=lambda editions: silences(editions.board),
    symbol="s",
    alike=True,
    place=54,
)
"""The page of silences, and its section of the index."""
