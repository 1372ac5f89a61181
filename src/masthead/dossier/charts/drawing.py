"""Small multiples over time: one panel per outlet, drawn as plain SVG that takes its colours from the page's style.

A panel holds nothing but numbers and dates: no text of an article, an outlet or a study can get into a drawing.
"""

from __future__ import annotations

import datetime as dt
import functools
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from masthead.dossier.charts.series import Mark, Panel
from masthead.dossier.views import Point
from masthead.dossier.writing.numbers import MONTHS

PANELS = 400
"""A dossier draws at most so many panels: those of attention first, then the leading categories."""

MARGIN, TOP, GUTTER, STRIP, FOOT = 33, 6, 5, 18, 14
"""Pixels beside and above the plot, between it and its strip of coverage, the strip's height, and beneath it."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Size:
    """Width and height of a panel's plot, in pixels."""

    width: int
    height: int


SMALL = Size(124, 76)
"""Two of these stand side by side on a phone."""

WIDE = Size(296, 96)
"""One of these is as wide as a phone."""


def draw(panel: Panel, size: Size = SMALL) -> Markup:
    """Return the drawing of a panel: figures and intervals over time, changes, gaps, events, articles collected."""
    return Markup(_Drawing(panel, size).svg())  # noqa: S704  numbers, dates and our own words alone


@dataclass(frozen=True)
class _Drawing:
    panel: Panel
    size: Size

    def svg(self) -> str:
        width = MARGIN + self.size.width + 2
        height = TOP + self._foot + FOOT
        inner = "".join(
            (
                self._grid(),
                self._gaps(),
                *(self._span(mark) for mark in self.panel.marks),
                self._figures(),
                *(self._mark(mark) for mark in self.panel.marks),
                self._events(),
                self._coverage(),
                self._dates(),
            )
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
            f'<g transform="translate({MARGIN},{TOP})">{inner}</g></svg>'
        )

    @property
    def _foot(self) -> int:
        """Where the strip of coverage stands."""
        return self.size.height + GUTTER + STRIP

    def _x(self, day: dt.date, within: float = 0.0) -> float:
        """Return where a day starts, cut at the ends of the panel; `within` is added in days."""
        first, last = self.panel.first, self.panel.last
        share = ((day - first).days + within) / ((last - first).days + 1)
        return self.size.width * min(1.0, max(0.0, share))

    def _y(self, figure: float) -> float:
        """Return where a figure stands, cut at the ends of the scale."""
        low = self.panel.notation.low
        share = (figure / self.panel.scale - low) / (1.0 - low)
        return self.size.height * (1.0 - min(1.0, max(0.0, share)))

    def _grid(self) -> str:
        levels = (self.size.height, self.size.height / 2, 0)
        lines = "".join(f"M0,{y:g}h{self.size.width}" for y in levels)
        ticks = self.panel.notation.ticks(self.panel.scale)
        words = "".join(
            f'<text x="-4" y="{y + 3.5:g}" class="c-end">{tick}</text>'
            for y, tick in zip(levels, ticks, strict=True)
        )
        return f'<path class="c-grid" d="{lines}"/>{words}'

    def _gaps(self) -> str:
        """Return the gaps in collection, down to the foot of the strip."""
        return "".join(self._box("c-gap", a, b, self._foot) for a, b in self.panel.gaps)

    def _events(self) -> str:
        return "".join(self._box("c-event", a, b, 3) for a, b in self.panel.events)

    def _box(self, name: str, first: dt.date, last: dt.date, height: float) -> str:
        """Return a stretch of days, both included, from the top down; nothing where it lies outside."""
        if last < self.panel.first or first > self.panel.last:
            return ""
        left, right = self._x(first), self._x(last, 1)
        # A day of twenty years would be too thin to see.
        return f'<rect class="{name}" x="{left:.1f}" width="{max(right - left, 1):.1f}" height="{height:g}"/>'

    def _figures(self) -> str:
        """Return figures joined to their neighbours in time, those that stand alone, and those of few articles."""
        bands, lines, dots = [], [], []
        for run in self._runs():
            places = [(self._middle(p), self._y(p.cell.estimate or 0.0)) for p in run]
            upper = [(self._middle(p), self._y(_end(p.cell.high, p))) for p in run]
            lower = [(self._middle(p), self._y(_end(p.cell.low, p))) for p in run]
            if len(run) > 1:
                bands.append(path([*upper, *reversed(lower)]) + "Z")
                lines.append(path(places))
            else:
                bands.append(path(_bar(upper[0], lower[0])) + "Z")
                dots.append(places[0])
        thin = [
            (self._middle(p), self._y(p.cell.estimate or 0.0))
            for p in self.panel.points
            if p.cell.state == "thin"
        ]
        svg = f'<path class="c-band" d="{"".join(bands)}"/>' if bands else ""
        svg += f'<path class="c-line" d="{"".join(lines)}"/>' if lines else ""
        return svg + _circles("c-dot", dots, 2.3) + _circles("c-thin", thin, 1.8)

    def _runs(self) -> list[list[Point]]:
        """Return the figures shown, those of one period after the other together."""
        starts = sorted({*(s for s, _, _ in self.panel.counts), *(p.start for p in self.panel.points)})
        order = {start: at for at, start in enumerate(starts)}
        runs: list[list[Point]] = []
        previous = -2
        for point in self.panel.points:
            if point.cell.state != "shown":
                continue
            if order[point.start] != previous + 1:
                runs.append([])
            previous = self._last(point, starts)
            runs[-1].append(point)
        return runs

    @staticmethod
    def _last(point: Point, starts: Sequence[dt.date]) -> int:
        """Return which of the periods is the last that a figure is of."""
        return max(bisect_right(starts, point.end or point.start) - 1, 0)

    def _middle(self, point: Point) -> float:
        end = max(self._ends.get(point.start, point.start), point.end or point.start)
        days = (end - point.start).days + 1
        return self._x(point.start, days / 2)

    @functools.cached_property
    def _ends(self) -> dict[dt.date, dt.date]:
        return {start: end for start, end, _ in self.panel.counts}

    def _span(self, mark: Mark) -> str:
        """Return the interval of a change's date, or the time that a drift takes."""
        return self._box("c-when", mark.low, mark.high, self.size.height)

    def _mark(self, mark: Mark) -> str:
        """Return a change: its date, and the figure before and after. A drift has no date; its line slopes."""
        before, after = self._y(mark.before), self._y(mark.after)
        begin, end = self._x(mark.since), self._x(mark.until, 1)
        if mark.drift:
            low, high = self._x(mark.low), self._x(mark.high, 1)
            slope = path([(begin, before), (low, before), (high, after), (end, after)])
            return f'<path class="c-drift" d="{slope}"/>'
        at = self._x(mark.date)
        levels = path([(begin, before), (at, before)]) + path([(at, after), (end, after)])
        edge = " c-edge" if mark.at_gap else ""
        return (
            f'<path class="c-level" d="{levels}"/>'
            f'<path class="c-at{edge}" d="{path([(at, 0), (at, self.size.height)])}"/>'
        )

    def _coverage(self) -> str:
        """Return the articles collected in each period, down to zero where periods are missing."""
        if not self.panel.counts:
            return ""
        corners: list[Place] = []
        previous: dt.date | None = None
        for start, end, n in self.panel.counts:
            top = self._foot - STRIP * min(1.0, n / self.panel.busiest)
            if previous is not None and start > previous + dt.timedelta(days=1):
                corners += [(self._x(previous, 1), self._foot), (self._x(start), self._foot)]
            corners += [(self._x(start), top), (self._x(end, 1), top)]
            previous = end
        outline = [(corners[0][0], self._foot), *corners, (corners[-1][0], self._foot)]
        return f'<path class="c-cover" d="{path(outline)}Z"/>'

    def _dates(self) -> str:
        """Return the axis of time: a mark per date, and its name where there is room."""
        marks, words = [], []
        for day, name in _date_marks(self.panel.first, self.panel.last):
            x = self._x(day)
            marks.append(f"M{x:.1f},{self._foot}v3")
            if x + 5.6 * len(name) <= self.size.width + 2:
                words.append(f'<text x="{x:.1f}" y="{self._foot + 12}">{name}</text>')
        return f'<path class="c-grid" d="M0,{self._foot}h{self.size.width}{"".join(marks)}"/>{"".join(words)}'


def _end(end: float | None, point: Point) -> float:
    """Return one end of an interval; the figure itself where it is open."""
    return (point.cell.estimate or 0.0) if end is None else end


def _bar(upper: Place, lower: Place) -> list[Place]:
    """Return the corners of the interval of a figure that stands alone."""
    (x, top), (_, bottom) = upper, lower
    return [(x - 2, top), (x + 2, top), (x + 2, bottom), (x - 2, bottom)]


def _circles(name: str, places: Sequence[Place], radius: float) -> str:
    circles = "".join(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}"/>' for x, y in places)
    return f'<g class="{name}">{circles}</g>' if circles else ""


def _date_marks(first: dt.date, last: dt.date) -> Iterable[tuple[dt.date, str]]:
    """Return what marks the axis of time, four dates at most: years, or months where there is but one."""
    years = [dt.date(y, 1, 1) for y in range(first.year, last.year + 1) if dt.date(y, 1, 1) >= first]
    if len(years) >= 2:
        return [(day, f"{day.year}") for day in years[:: -(-len(years) // 4)]]
    months = [dt.date(first.year + m // 12, m % 12 + 1, 1) for m in range(first.month - 1, first.month + 24)]
    inside = [m for m in months if first <= m <= last] or [first]
    return [(day, f"{MONTHS[day.month - 1]} {day.year % 100:02}") for day in inside[:: -(-len(inside) // 3)]]


def path(places: Sequence[Place]) -> str:
    """Return a path of straight lines in tenths of a pixel, relative, without points that turn nothing."""
    points = [(round(x * 10), round(y * 10)) for x, y in places]
    corners = points[:1]
    for (bx, by), (cx, cy) in pairwise(points[1:]):
        ax, ay = corners[-1]
        straight = (bx - ax) * (cy - by) == (by - ay) * (cx - bx)
        onward = (bx - ax) * (cx - bx) >= 0 and (by - ay) * (cy - by) >= 0
        if not (straight and onward):
            corners.append((bx, by))
    corners += points[1:][-1:]
    steps = [((bx - ax) / 10, (by - ay) / 10) for (ax, ay), (bx, by) in pairwise(corners)]
    moves = "".join(
        f"h{x:g}" if not y else f"v{y:g}" if not x else f"l{x:g},{y:g}" for x, y in steps if x or y
    )
    return f"M{points[0][0] / 10:g},{points[0][1] / 10:g}{moves}"
