"""Small multiples over time: one panel per outlet, drawn once and kept under the hash of what it shows."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
from pathlib import Path
from typing import Any

from masthead.archive.store import write_text_atomically
from masthead.dossier.series import Panel, Series

PANELS = 400
"""A dossier draws at most so many panels: those of attention first, then the leading categories."""

WIDTH, HEIGHT, STRIP, MARGIN = 124, 76, 18, 28
"""A panel's plot and its strip of coverage, in pixels; two panels stand side by side on a phone."""

# Each colour of a drawing stands for a role; the style sheet maps it to the page's light or dark colour.
LINE, BAND, GAP, THIN, COVER, EVENT, GRID, INK = (
    "#0072b2", "#9ecae1", "#c4c4c5", "#7d7d7e", "#9a9a9b", "#d55e00", "#e3e3e4", "#5a5a5b",
)  # fmt: skip


class Charts:
    """The drawn panels of a dossier, kept as `charts/<hash>.svg` in its folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._design = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()

    def draw(self, series: Series) -> set[str]:
        """Fill in `series.pictures`, drawing what is not kept yet; return the paths within the folder."""
        paths = set()
        for panel in series.panels:
            data = _data(panel, series.by)
            told = json.dumps([self._design, data], sort_keys=True, default=str)
            path = f"charts/{hashlib.sha256(told.encode()).hexdigest()[:20]}.svg"
            paths.add(path)
            kept = self._folder / path
            try:
                picture = kept.read_text(encoding="utf-8")
            except OSError:
                picture = _render(data)
                write_text_atomically(picture, kept)
            series.pictures[panel.outlet.id] = picture
        return paths


def _data(panel: Panel, by: str) -> dict[str, Any]:
    """Return what a panel shows as plain rows; times are milliseconds of 1970, at the middle of a period."""
    ends = {start: end for start, end, _ in panel.counts}
    rows: list[dict[str, Any]] = []
    run, previous = 0, None
    order = {start: i for i, start in enumerate(sorted({*ends, *(p.start for p in panel.points)}))}
    for point in panel.points:
        cell = point.cell
        if cell.state == "empty" or cell.estimate is None:
            continue
        middle = point.start + (ends.get(point.start, point.start) - point.start) / 2
        row: dict[str, Any] = {"t": _moment(middle), "e": round(min(cell.estimate, panel.scale), 4)}
        if cell.state == "thin":
            rows.append({**row, "kind": "thin"})
            continue
        if previous is None or order[point.start] != previous + 1:
            run += 1
        previous = order[point.start]
        low, high = (
            round(min(b if b is not None else cell.estimate, panel.scale), 4) for b in (cell.low, cell.high)
        )
        rows.append({**row, "kind": "shown", "l": low, "h": high, "run": run})
    sizes = {r: sum(x.get("run") == r for x in rows) for r in range(1, run + 1)}
    for row in rows:
        if row["kind"] == "shown" and sizes[row["run"]] == 1:
            row["kind"] = "alone"
    # One step per period; the last one is said twice, or it would have no width.
    cover = [{"t": _moment(start), "n": n} for start, _, n in panel.counts]
    cover += [{"t": _moment(end + dt.timedelta(days=1)), "n": n} for _, end, n in panel.counts[-1:]]
    return {
        "rows": rows,
        "cover": cover,
        "gaps": _spans(panel.gaps, panel),
        "events": _spans(panel.events, panel),
        "first": panel.first,
        "last": panel.last,
        "scale": panel.scale,
        "busiest": panel.busiest,
        "by": by,
    }


def _moment(day: dt.date) -> int:
    """Return the start of a day, in UTC, as milliseconds of 1970: no reader's time zone moves a chart."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000


def _spans(spans: list[tuple[dt.date, dt.date]], panel: Panel) -> list[dict[str, int]]:
    """Return spans of days, cut at the ends of the panel."""
    inside = [(max(a, panel.first), min(b, panel.last)) for a, b in spans]
    return [{"a": _moment(a), "b": _moment(b + dt.timedelta(days=1))} for a, b in inside if a <= b]


def _render(data: dict[str, Any]) -> str:
    import vl_convert

    spec = json.loads(_specification(data["scale"], data["busiest"], data["first"], data["last"]))
    for name in ("rows", "cover", "gaps", "events"):
        spec["datasets"][name] = data[name]
    return _bare(vl_convert.vegalite_to_svg(spec))


@functools.lru_cache(maxsize=64)
def _specification(scale: float, busiest: int, first: dt.date, last: dt.date) -> str:
    """Return the Vega-Lite specification of a panel, its data sets still empty."""
    import altair as alt

    time = alt.Scale(type="utc", domain=[_moment(first), _moment(last + dt.timedelta(days=1))], nice=False)
    # Room for a mark at either end of the scale, so that all panels of a chart are of one size.
    share = alt.Scale(domain=[-0.04 * scale, 1.04 * scale], nice=False)
    counts = alt.Scale(domain=[0, busiest], nice=False)
    bare = {"title": None, "labels": False, "ticks": False, "domain": False, "grid": False}
    words = {"title": None, "labelColor": INK, "labelFontSize": 10, "labelOverlap": False}
    years = alt.Axis(
        **words, **_marks(first, last), grid=False, tickColor=GRID, domainColor=GRID, tickSize=3,
        labelPadding=2, labelAlign="left", labelBound=True,
    )  # fmt: skip
    shares = alt.Axis(
        **words, values=[0, scale / 2, scale], format=".0%" if scale >= 0.04 else ".1%", domain=False,
        ticks=False, gridColor=GRID, labelPadding=3, minExtent=MARGIN, maxExtent=MARGIN,
    )  # fmt: skip
    nothing = alt.Axis(**bare, minExtent=MARGIN, maxExtent=MARGIN)

    def x(name: str, axis: Any) -> alt.X:
        return alt.X(name, type="temporal", scale=time, axis=axis)

    def y(name: str) -> alt.Y:
        return alt.Y(name, type="quantitative", scale=share, axis=shares)

    def rows(kind: str) -> alt.Chart:
        return alt.Chart(alt.NamedData("rows")).transform_filter(alt.datum.kind == kind)

    def gaps(axis: Any) -> alt.Chart:
        return alt.Chart(alt.NamedData("gaps")).mark_rect(fill=GAP).encode(x("a", axis), alt.X2("b"))

    unmarked = alt.Axis(**bare)
    events = alt.Chart(alt.NamedData("events")).mark_rect(fill=EVENT, opacity=1)
    run = alt.Detail("run", type="nominal")
    when = x("t", unmarked)
    upper = alt.layer(
        gaps(unmarked),
        rows("shown").mark_area(fill=BAND, opacity=1).encode(when, y("l"), alt.Y2("h"), run),
        rows("alone").mark_rule(stroke=BAND, strokeWidth=4).encode(when, y("l"), alt.Y2("h")),
        rows("shown").mark_line(stroke=LINE, strokeWidth=1.75).encode(when, y("e"), run),
        rows("alone").mark_circle(fill=LINE, size=16, opacity=1).encode(when, y("e")),
        rows("thin").mark_point(stroke=THIN, size=10, strokeWidth=1, opacity=1).encode(when, y("e")),
        events.encode(x("a", unmarked), alt.X2("b"), y=alt.value(0), y2=alt.value(3)),
    ).properties(width=WIDTH, height=HEIGHT)
    collected = alt.Chart(alt.NamedData("cover")).mark_area(fill=COVER, opacity=1, interpolate="step-after")
    lower = alt.layer(
        gaps(years),
        collected.encode(x("t", years), alt.Y("n", type="quantitative", scale=counts, axis=nothing)),
    ).properties(width=WIDTH, height=STRIP)
    chart = alt.vconcat(upper, lower, spacing=5).configure(
        aria=False, padding=2, background="transparent", view=alt.ViewConfig(stroke=None), font="system-ui"
    )
    return json.dumps({**chart.to_dict(), "datasets": {}})


def _marks(first: dt.date, last: dt.date) -> dict[str, Any]:
    """Return where a panel's time axis is marked, four times at most, and how: by years or months."""
    years = [dt.date(y, 1, 1) for y in range(first.year, last.year + 1) if dt.date(y, 1, 1) >= first]
    if len(years) >= 2:
        return {"values": [_moment(y) for y in years[:: -(-len(years) // 4)]], "format": "%Y"}
    months = [dt.date(first.year + m // 12, m % 12 + 1, 1) for m in range(first.month - 1, first.month + 24)]
    inside = [m for m in months if first <= m <= last] or [first]
    return {"values": [_moment(m) for m in inside[:: -(-len(inside) // 3)]], "format": "%b %y"}


_NOISE = re.compile(r' (?:aria-[a-z]+|role|pointer-events|class|xmlns:xlink|version)="[^"]*"| opacity="1"')
_EMPTY = re.compile(r'<path(?: d="[^"]*"| display="none")*/>|<g>\s*</g>')
_LONG = re.compile(r"(\d+\.\d)\d+")
_ROOT = re.compile(r'<svg[^>]*?viewBox="([^"]*)"[^>]*>')


def _bare(svg: str) -> str:
    """Return a drawing without what the page does not need: classes, roles, empty groups, long decimals."""
    svg = _LONG.sub(r"\1", _NOISE.sub("", svg))
    before = ""
    while before != svg:
        before, svg = svg, _EMPTY.sub("", svg)
    return _ROOT.sub(r'<svg xmlns="http://www.w3.org/2000/svg" viewBox="\1">', svg, count=1)
