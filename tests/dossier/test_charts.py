"""Panels draw the figures of one outlet, and what changed in them."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier.board import Board
from masthead.dossier.charts import drawing as charts
from masthead.dossier.charts.series import Mark, Panel, scale_of, series
from masthead.dossier.views import Cell, OutletView, Point
from masthead.dossier.writing.notation import MEANS
from tests.dossier.conftest import Dossier

START = dt.date(2031, 1, 1)
OUTLET = OutletView("tidewatch", "Tidewatch", "", 90, 0, True, "", "")


def cell(estimate: float | None, n: int = 30) -> Cell:
    return Cell(estimate, 0.1, 0.9, 3.0, 30.0 if estimate is not None else 0.0, n, 0, "", "", "#")


def panel(
    values: list[float | None], n: int = 30, gaps: list[tuple[dt.date, dt.date]] | None = None
) -> Panel:
    starts = [dt.date(2031 + i // 12, i % 12 + 1, 1) for i in range(len(values))]
    ends = [b - dt.timedelta(days=1) for _, b in pairwise([*starts, starts[-1] + dt.timedelta(days=28)])]
    return Panel(
        outlet=OUTLET,
        points=[Point(s, cell(v, n)) for s, v in zip(starts, values, strict=True)],
        counts=[(s, e, 10) for s, e in zip(starts, ends, strict=True)],
        gaps=gaps or [],
        events=[],
        first=starts[0],
        last=ends[-1],
        scale=1.0,
        busiest=20,
    )


def drawn(given: Panel, size: charts.Size = charts.SMALL) -> ElementTree.Element:
    return ElementTree.fromstring(charts.draw(given, size))


def of(root: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Return the marks of one kind."""
    return [e for e in root.iter() if name in (e.get("class") or "").split()]


def corners(mark: ElementTree.Element) -> list[list[tuple[float, float]]]:
    """Return the corners of each stroke of a path."""
    strokes: list[list[tuple[float, float]]] = []
    for move, x, y in re.findall(r"([Mhvl])(-?[\d.]+)(?:,(-?[\d.]+))?", mark.get("d") or ""):
        if move == "M":
            strokes.append([(float(x), float(y))])
            continue
        dx, dy = (0.0, float(x)) if move == "v" else (float(x), float(y or 0))
        strokes[-1].append((round(strokes[-1][-1][0] + dx, 1), round(strokes[-1][-1][1] + dy, 1)))
    return strokes


def test_lines_break_where_there_is_no_figure() -> None:
    root = drawn(panel([0.2, 0.3, None, 0.4, 0.5, None, 0.6]))
    (line,) = of(root, "c-line")
    assert [len(stroke) for stroke in corners(line)] == [2, 2]
    (alone,) = of(root, "c-dot")
    assert [float(c.get("cy") or 0) for c in alone] == [pytest.approx(0.4 * charts.SMALL.height, abs=0.06)]
    assert not of(root, "c-thin")


def test_figures_from_few_articles_have_neither_line_nor_band() -> None:
    root = drawn(panel([0.2, 0.3, 1.0], n=4))
    assert not of(root, "c-line") + of(root, "c-band") + of(root, "c-dot")
    (thin,) = of(root, "c-thin")
    assert len(thin) == 3


def test_bands_are_cut_at_the_top_of_the_scale() -> None:
    (band,) = of(drawn(dataclasses.replace(panel([0.2, 0.3]), scale=0.4)), "c-band")
    heights = {y for stroke in corners(band) for _, y in stroke}
    assert heights == {0.0, 0.75 * charts.SMALL.height}


def test_signed_figures_are_drawn_around_zero_and_cut_at_both_ends() -> None:
    root = drawn(dataclasses.replace(panel([-0.3, 0.3, -0.9]), scale=0.4, notation=MEANS))
    (line,) = of(root, "c-line")
    tall = charts.SMALL.height
    assert [y for _, y in corners(line)[0]] == [
        pytest.approx(tall * at, abs=0.06) for at in (0.875, 0.125, 1)
    ]
    assert [e.text for e in of(root, "c-end")] == ["−0.4", "0", "+0.4"]


def test_coverage_falls_to_zero_where_periods_are_missing() -> None:
    counts = [(START, dt.date(2031, 1, 31), 5), (dt.date(2031, 3, 1), dt.date(2031, 3, 31), 10)]
    (cover,) = of(drawn(dataclasses.replace(panel([0.2, 0.3, 0.1]), counts=counts)), "c-cover")
    foot = charts.SMALL.height + charts.GUTTER + charts.STRIP
    (outline,) = corners(cover)
    assert [foot - y for _, y in outline] == [0, 4.5, 4.5, 0, 0, 9, 9, 0]
    assert [x for x, _ in outline] == sorted(x for x, _ in outline)


def test_a_panel_is_drawn_with_its_gap_and_without_anything_that_could_run() -> None:
    gap = (dt.date(2031, 3, 1), dt.date(2031, 4, 30))
    given = panel([0.2, 0.3, 0.1, 0.4, 0.3, 0.2], gaps=[gap, (dt.date(2040, 1, 1), dt.date(2040, 2, 1))])
    root = drawn(given)
    assert {e.tag.split("}")[1] for e in root.iter()} == {"svg", "g", "path", "rect", "text"}
    (box,) = of(root, "c-gap")
    days = (given.last - given.first).days + 1
    assert float(box.get("x") or 0) == pytest.approx(charts.SMALL.width * 59 / days, abs=0.06)
    assert float(box.get("width") or 0) == pytest.approx(charts.SMALL.width * 61 / days, abs=0.06)
    assert [e.text for e in of(root, "c-end")] == ["0%", "50%", "100%"]
    assert not re.search(r"\bid=|href|style=|on\w+=", charts.draw(given))


def turn(day: dt.date, drift: bool = False, at_gap: bool = False) -> Mark:
    week = dt.timedelta(days=7)
    return Mark(day, day - week, day + week, 0.2, 0.8, START, dt.date(2031, 6, 30), drift, at_gap)


def test_a_change_is_marked_with_its_interval_and_the_figure_on_either_side() -> None:
    given = dataclasses.replace(panel([0.2, 0.3, 0.1, 0.8, 0.8, 0.7]), marks=(turn(dt.date(2031, 4, 1)),))
    root = drawn(given, charts.WIDE)
    (at,), (when,), (level,) = of(root, "c-at"), of(root, "c-when"), of(root, "c-level")
    days, wide, tall = (given.last - given.first).days + 1, charts.WIDE.width, charts.WIDE.height
    x = wide * 90 / days
    (top, bottom) = corners(at)[0]
    assert (top[1], bottom[1]) == (0.0, tall)
    assert top[0] == bottom[0] == pytest.approx(x, abs=0.06)
    assert float(when.get("x") or 0) < x < float(when.get("x") or 0) + float(when.get("width") or 0)
    before, after = corners(level)
    assert [y for _, y in before] == [pytest.approx(0.8 * tall)] * 2
    assert [y for _, y in after] == [pytest.approx(0.2 * tall)] * 2
    assert not of(root, "c-drift")
    assert not of(root, "c-edge")


def test_a_drift_slopes_and_a_change_at_a_gap_is_dashed() -> None:
    root = drawn(dataclasses.replace(panel([0.2] * 6), marks=(turn(dt.date(2031, 4, 1), drift=True),)))
    (slope,) = of(root, "c-drift")
    assert len(corners(slope)[0]) == 4
    assert not of(root, "c-at")
    assert (
        len(of(drawn(dataclasses.replace(panel([0.2] * 6), marks=(turn(START, at_gap=True),))), "c-edge"))
        == 1
    )


def test_all_panels_of_a_chart_are_of_one_size(dossier: Dossier) -> None:
    boxes = set(re.findall(r'<svg xmlns="[^"]*" viewBox="([^"]*)"', dossier.index))
    assert len(boxes) <= 2


points = st.tuples(st.integers(0, 40), st.integers(0, 40))


@settings(deadline=None, max_examples=60)
@given(st.lists(points, min_size=2, max_size=12))
def test_paths_go_everywhere_that_they_are_told_to(path: list[tuple[int, int]]) -> None:
    (went,) = corners(ElementTree.Element("path", {"d": charts.path(path)}))
    assert went[0] == path[0]
    assert went[-1] == path[-1]
    told = {(float(x), float(y)) for x, y in path}
    assert set(went) <= told
    for x, y in told:
        assert any(_on(x, y, a, b) for a, b in pairwise([*went, went[-1]])), (path, went)


def _on(x: float, y: float, a: tuple[float, float], b: tuple[float, float]) -> bool:
    flat = (b[0] - a[0]) * (y - a[1]) == (b[1] - a[1]) * (x - a[0])
    between = min(a[0], b[0]) <= x <= max(a[0], b[0]) and min(a[1], b[1]) <= y <= max(a[1], b[1])
    return flat and between


@settings(deadline=None, max_examples=60)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=20))
def test_scales_hold_every_share(shares: list[float]) -> None:
    assert scale_of([cell(s) for s in shares]) >= max(shares)
    assert scale_of([cell(-s) for s in shares]) >= max(shares)


def test_widest_moves_are_between_intervals_that_lie_apart(dossier: Dossier) -> None:
    board = Board(dossier.findings)
    measure = board.about["measures"][1]
    made = series(board, board.subjects[0], measure, "militant", "a")
    assert made is not None
    assert made.moves
    for move in made.moves:
        a, b = move.before_cell, move.after_cell
        assert a.low is not None
        assert b.low is not None
        assert a.high is not None
        assert b.high is not None
        assert max(b.low - a.high, a.low - b.high) == move.apart > 0
    assert any(m.outlet.id == "harbour-post" and m.after.startswith("2033") for m in made.moves)
