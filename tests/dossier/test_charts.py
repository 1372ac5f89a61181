"""Panels draw the figures of one outlet, and are drawn once."""

from __future__ import annotations

import dataclasses
import datetime as dt
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.dossier import build, charts
from masthead.dossier.board import Board
from masthead.dossier.series import Panel, scale_of, series
from masthead.dossier.views import Cell, OutletView, Point
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


def test_lines_break_where_there_is_no_figure() -> None:
    data = charts._data(panel([0.2, 0.3, None, 0.4, 0.5, None, 0.6]), "month")
    assert [row["run"] for row in data["shown"]] == [1, 1, 2, 2]
    assert [row["e"] for row in data["alone"]] == [0.6]
    assert data["thin"] == []


def test_figures_from_few_articles_have_neither_line_nor_band() -> None:
    data = charts._data(panel([0.2, 0.3, 1.0], n=4), "month")
    assert data["shown"] == data["alone"] == []
    assert [set(row) for row in data["thin"]] == [{"t", "e"}] * 3


def test_bands_are_cut_at_the_top_of_the_scale() -> None:
    data = charts._data(dataclasses.replace(panel([0.2, 0.3]), scale=0.4), "month")
    assert {row["h"] for row in data["shown"]} == {0.4}


def test_signed_figures_are_drawn_around_zero_and_cut_at_both_ends() -> None:
    signed = dataclasses.replace(panel([-0.3, 0.3, -0.9]), scale=0.4, signed=True)
    data = charts._data(signed, "month")
    assert [row["e"] for row in data["shown"]] == [-0.3, 0.3, -0.4]
    assert {(row["l"], row["h"]) for row in data["shown"]} == {(0.1, 0.4)}
    root = ElementTree.fromstring(charts._render(data))
    assert [e.text for e in root.iter() if e.tag.endswith("text")][:3] == ["−0.4", "0", "+0.4"]


def test_coverage_falls_to_zero_where_periods_are_missing() -> None:
    counts = [(START, dt.date(2031, 1, 31), 5), (dt.date(2031, 3, 1), dt.date(2031, 3, 31), 7)]
    steps = charts._steps(counts)
    assert [step["n"] for step in steps] == [5, 5, 0, 7, 7, 0]
    assert [a["t"] <= b["t"] for a, b in pairwise(steps)] == [True] * 5


def test_a_panel_is_drawn_with_its_gap_and_without_anything_that_could_run() -> None:
    gap = (dt.date(2031, 3, 1), dt.date(2031, 4, 30))
    drawn = charts._render(charts._data(panel([0.2, 0.3, 0.1, 0.4, 0.3, 0.2], gaps=[gap]), "month"))
    root = ElementTree.fromstring(drawn)
    assert {e.tag.split("}")[1] for e in root.iter()} == {"svg", "g", "path", "line", "text"}
    assert sum(e.get("fill") == charts.GAP for e in root.iter()) == 2
    assert sum(e.get("fill") == charts.BAND for e in root.iter()) == 1
    assert sum(e.get("stroke") == charts.LINE for e in root.iter()) == 1
    assert [e.text for e in root.iter() if e.tag.endswith("text")][:3] == ["0%", "50%", "100%"]
    assert not re.search(r"\bid=|href|style=|on\w+=", drawn)


def test_all_panels_of_a_chart_are_of_one_size(dossier: Dossier) -> None:
    boxes = set(re.findall(r'<svg xmlns="[^"]*" viewBox="([^"]*)"', dossier.index))
    assert len(boxes) <= 2


def test_a_panel_is_drawn_once_and_again_only_when_it_shows_something_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dossier: Dossier
) -> None:
    calls = []

    blank = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg>'

    def draw(data: dict[str, object]) -> str:
        calls.append(data)
        return blank

    monkeypatch.setattr(charts, "_render", draw)
    board = Board(dossier.findings)
    measure = board.about["measures"][0]
    made = series(board, board.subjects[0], measure, None, "a")
    assert made is not None
    first = charts.Charts(tmp_path).draw(made)
    assert len(calls) == len(first) == len(made.panels)
    assert charts.Charts(tmp_path).draw(made) == first
    assert len(calls) == len(first)
    made.panels[0] = dataclasses.replace(made.panels[0], gaps=[(START, START)])
    charts.Charts(tmp_path).draw(made)
    assert len(calls) == len(first) + 1


@pytest.mark.parametrize(
    "kept",
    [
        "",
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><script>alert(1)</script></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g onload="alert(1)"></g></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"></svg><p>more</p>',
    ],
)
def test_a_kept_drawing_that_is_not_ours_is_drawn_again(copy: Dossier, kept: str) -> None:
    path = min((copy.folder / "charts").iterdir())
    drawn = path.read_text(encoding="utf-8")
    assert charts._kept_picture(path) == drawn
    path.write_text(kept, encoding="utf-8")
    assert charts._kept_picture(path) is None
    build(copy.findings, copy.folder)
    assert path.read_text(encoding="utf-8") == drawn


points = st.tuples(st.integers(0, 40), st.integers(0, 40))


@settings(deadline=None, max_examples=60)
@given(st.lists(points, min_size=2, max_size=12))
def test_short_paths_go_where_the_long_ones_went(path: list[tuple[int, int]]) -> None:
    long = "M" + "L".join(f"{x},{y}" for x, y in path)
    at = None
    went = []
    for move, x, y in re.findall(r"([Mhvl])(-?[\d.]+)(?:,(-?[\d.]+))?", charts._short(long)):
        if at is None:
            at = (float(x), float(y))
        else:
            dx, dy = (0.0, float(x)) if move == "v" else (float(x), float(y or 0))
            at = (at[0] + dx, at[1] + dy)
        went.append(at)
    assert went[0] == path[0]
    assert went[-1] == path[-1]
    corners = {(float(x), float(y)) for x, y in path}
    assert set(went) <= corners
    for x, y in corners:
        assert any(_on(x, y, a, b) for a, b in pairwise([*went, went[-1]])), (long, went)


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
