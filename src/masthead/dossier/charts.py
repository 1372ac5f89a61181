"""Small multiples over time: one panel per outlet, drawn once and kept under the hash of what it shows."""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import json
import re
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

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
            picture = _kept_picture(kept)
            if picture is None:
                picture = _render(data)
                write_text_atomically(picture, kept)
            series.pictures[panel.outlet.id] = picture
        return paths


def _kept_picture(path: Path) -> str | None:
    """Return a drawing from the folder, unless it is not there or not as we write them: it goes into the page."""
    try:
        picture = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return picture if _DRAWING.fullmatch(picture) else None


def _data(panel: Panel, by: str) -> dict[str, Any]:
    """Return what a panel shows as plain rows; times are milliseconds of 1970, at the middle of a period.

    `shown` are figures that stand beside others in time (joined within a `run`), `alone` those that do not,
    `thin` those of fewer than ENOUGH articles.
    """
    ends = {start: end for start, end, _ in panel.counts}
    order = {start: i for i, start in enumerate(sorted({*ends, *(p.start for p in panel.points)}))}
    runs: list[list[dict[str, Any]]] = []
    thin: list[dict[str, Any]] = []
    previous = -2
    for point in panel.points:
        cell = point.cell
        if cell.state == "empty" or cell.estimate is None:
            continue
        middle = point.start + (ends.get(point.start, point.start) - point.start) / 2
        values = (cell.estimate, cell.low, cell.high)
        e, low, high = (
            round(max(-panel.scale, min(cell.estimate if v is None else v, panel.scale)), 4) for v in values
        )
        if cell.state == "thin":
            thin.append({"t": _moment(middle), "e": e})
            continue
        if order[point.start] != previous + 1:
            runs.append([])
        previous = order[point.start]
        runs[-1].append({"t": _moment(middle), "e": e, "l": low, "h": high, "run": len(runs)})
    return {
        "shown": [row for run in runs if len(run) > 1 for row in run],
        "alone": [row for run in runs if len(run) == 1 for row in run],
        "thin": thin,
        "cover": _steps(panel.counts),
        "gaps": _spans(panel.gaps, panel),
        "events": _spans(panel.events, panel),
        "first": panel.first,
        "last": panel.last,
        "scale": panel.scale,
        "signed": panel.signed,
        "busiest": panel.busiest,
        "by": by,
    }


def _steps(counts: list[tuple[dt.date, dt.date, int]]) -> list[dict[str, int]]:
    """Return the corners of the strip of coverage: one per period, down to zero where periods are missing."""
    steps: list[dict[str, int]] = []
    for i, (start, end, n) in enumerate(counts):
        after = end + dt.timedelta(days=1)
        steps.append({"t": _moment(start), "n": n})
        if i + 1 == len(counts) or counts[i + 1][0] != after:
            steps += [{"t": _moment(after), "n": n}, {"t": _moment(after), "n": 0}]
    return steps


def _moment(day: dt.date) -> int:
    """Return the start of a day, in UTC, as milliseconds of 1970: no reader's time zone moves a chart."""
    return (day - dt.date(1970, 1, 1)).days * 86_400_000


def _spans(spans: list[tuple[dt.date, dt.date]], panel: Panel) -> list[dict[str, int]]:
    """Return spans of days, cut at the ends of the panel."""
    inside = [(max(a, panel.first), min(b, panel.last)) for a, b in spans]
    return [{"a": _moment(a), "b": _moment(b + dt.timedelta(days=1))} for a, b in inside if a <= b]


def _render(data: dict[str, Any]) -> str:
    import vl_convert

    spec = json.loads(_compiled(data["scale"], data["signed"], data["busiest"], data["first"], data["last"]))
    for dataset in spec["data"]:
        if dataset["name"] in _DATASETS:
            dataset["values"] = data[dataset["name"]]
    return _bare(vl_convert.vega_to_svg(spec))


_DATASETS = ("shown", "alone", "thin", "cover", "gaps", "events")


@functools.lru_cache(maxsize=64)
def _compiled(scale: float, signed: bool, busiest: int, first: dt.date, last: dt.date) -> str:
    """Return the Vega specification of all panels with these scales, its data sets still empty."""
    import altair as alt
    import vl_convert

    # Times are plain numbers on a linear scale: neither time zone nor parsing can move a mark.
    span = alt.Scale(domain=[_moment(first), _moment(last + dt.timedelta(days=1))], nice=False, zero=False)
    # Room for a mark at either end of the scale, so that all panels of a chart are of one size.
    bottom = -scale if signed else 0.0
    room = 0.04 * (scale - bottom)
    figure = alt.Scale(domain=[bottom - room, scale + room], nice=False, zero=False)
    counts = alt.Scale(domain=[0, busiest], nice=False)
    bare = {"title": None, "labels": False, "ticks": False, "domain": False, "grid": False}
    words = {"title": None, "labelColor": INK, "labelFontSize": 10, "labelOverlap": False}
    extent = {"minExtent": MARGIN, "maxExtent": MARGIN}
    years = alt.Axis(
        **words, **_marks(first, last), grid=False, tickColor=GRID, domainColor=GRID, tickSize=3,
        labelPadding=2, labelAlign="left", labelBound=True,
    )  # fmt: skip
    written = {"format": ".0%" if scale >= 0.02 else ".1%"}
    if signed:
        written = {"labelExpr": "datum.value === 0 ? '0' : format(datum.value, '+.2~f')"}
    figures = alt.Axis(
        **words, **extent, **written, values=[bottom, (bottom + scale) / 2, scale],
        domain=False, ticks=False, gridColor=GRID, labelPadding=3,
    )  # fmt: skip

    def over(dataset: str) -> alt.Chart:
        return alt.Chart(alt.NamedData(dataset))

    def x(name: str, axis: Any) -> alt.X:
        return alt.X(name, type="quantitative", scale=span, axis=axis)

    def y(name: str) -> alt.Y:
        return alt.Y(name, type="quantitative", scale=figure, axis=figures)

    unmarked = alt.Axis(**bare)
    when = x("t", unmarked)
    run = alt.Detail("run", type="nominal")
    upper = alt.layer(
        over("gaps").mark_rect(fill=GAP).encode(x("a", unmarked), alt.X2("b")),
        over("shown").mark_area(fill=BAND, opacity=1).encode(when, y("l"), alt.Y2("h"), run),
        over("alone").mark_rule(stroke=BAND, strokeWidth=4).encode(when, y("l"), alt.Y2("h")),
        over("shown").mark_line(stroke=LINE, strokeWidth=1.75).encode(when, y("e"), run),
        over("alone").mark_circle(fill=LINE, size=16, opacity=1).encode(when, y("e")),
        over("thin").mark_point(stroke=THIN, size=10, strokeWidth=1, opacity=1).encode(when, y("e")),
        over("events")
        .mark_rect(fill=EVENT, opacity=1)
        .encode(x("a", unmarked), alt.X2("b"), y=alt.value(0), y2=alt.value(3)),
    ).properties(width=WIDTH, height=HEIGHT)
    height = alt.Y("n", type="quantitative", scale=counts, axis=alt.Axis(**bare, **extent))
    lower = alt.layer(
        over("gaps").mark_rect(fill=GAP).encode(x("a", years), alt.X2("b")),
        over("cover")
        .mark_area(fill=COVER, opacity=1, interpolate="step-after")
        .encode(x("t", years), height),
    ).properties(width=WIDTH, height=STRIP)
    chart = alt.vconcat(upper, lower, spacing=5).configure(
        aria=False, padding=2, background="transparent", view=alt.ViewConfig(stroke=None), font="system-ui"
    )
    # With empty data sets given, the compiler keeps their names for the figures to be put under.
    empty: dict[str, list[dict[str, Any]]] = {name: [{}] for name in _DATASETS}
    return json.dumps(vl_convert.vegalite_to_vega({**chart.to_dict(), "datasets": empty}))


def _marks(first: dt.date, last: dt.date) -> dict[str, Any]:
    """Return where a panel's time axis is marked, four times at most, and how: by years or months."""
    years = [dt.date(y, 1, 1) for y in range(first.year, last.year + 1) if dt.date(y, 1, 1) >= first]
    if len(years) >= 2:
        marked, written = years[:: -(-len(years) // 4)], "%Y"
    else:
        months = [
            dt.date(first.year + m // 12, m % 12 + 1, 1) for m in range(first.month - 1, first.month + 24)
        ]
        inside = [m for m in months if first <= m <= last] or [first]
        marked, written = inside[:: -(-len(inside) // 3)], "%b %y"
    return {"values": [_moment(m) for m in marked], "labelExpr": f"utcFormat(datum.value, '{written}')"}


_NAMESPACE = "http://www.w3.org/2000/svg"
_DROPPED = frozenset(("class", "role", "pointer-events", "font-family", "stroke-miterlimit", "display"))
_LONG = re.compile(r"(\d+\.\d)\d+")
_ROUND = re.compile(r"M([\d.]+),0A\1,\1,")
_PLACE = re.compile(r"translate\(([\d.-]+),([\d.-]+)\)")

_DRAWING = re.compile(
    rf'<svg xmlns="{_NAMESPACE}" viewBox="[\d. ]+">'
    r'(?:<(?:g|path|line|circle|text)(?: (?!on)[a-z0-9-]+="[^"<>]*")*/?>|</(?:g|text)>|[^<>]++)*+</svg>'
)
"""What a drawing may be made of."""

_STRAIGHT = re.compile(r"M[\d.-]+,[\d.-]+(?:L[\d.-]+,[\d.-]+)+Z?")
_POINT = re.compile(r"([\d.-]+),([\d.-]+)")


def _bare(svg: str) -> str:
    """Return a drawing without what the page does not need: roles, nested and empty groups, long decimals."""
    root = ElementTree.fromstring(svg)  # noqa: S314  our own drawing, of our own figures
    bare = ElementTree.Element("svg", {"xmlns": _NAMESPACE, "viewBox": root.attrib["viewBox"]})
    bare.extend(_kept(root))
    return _LONG.sub(r"\1", ElementTree.tostring(bare, encoding="unicode")).replace(" />", "/>")


def _kept(parent: ElementTree.Element) -> list[ElementTree.Element]:
    """Return the children of an element that draw something; a group without effect gives way to its own."""
    kept = []
    for child in parent:
        name = child.tag.removeprefix(f"{{{_NAMESPACE}}}")
        told = {k: v for k, v in child.attrib.items() if k not in _DROPPED and not k.startswith("aria-")}
        for idle in (("transform", "translate(0,0)"), ("opacity", "1")):
            if idle in told.items():
                del told[idle[0]]
        if name == "g":
            inner = _kept(child)
            if inner and all(mark.tag == "circle" for mark in inner):
                told |= _shared(inner)
            if told and inner:
                group = ElementTree.Element("g", told)
                group.extend(inner)
                inner = [group]
            kept += inner
        elif child.text or (name != "text" and ("fill" in told or "stroke" in told)):
            if "d" in told:
                told["d"] = _short(told["d"])
            mark = _circle(told)
            if mark is None:
                mark = ElementTree.Element(name, told)
            mark.text = child.text
            kept.append(mark)
    return kept


def _circle(told: dict[str, str]) -> ElementTree.Element | None:
    """Return a round symbol as the circle it is: a series may have hundreds of them."""
    drawn = _ROUND.match(told.get("d", ""))
    place = _PLACE.fullmatch(told.get("transform", ""))
    if not drawn or not place:
        return None
    rest = {k: v for k, v in told.items() if k not in ("d", "transform")}
    return ElementTree.Element("circle", {"cx": place[1], "cy": place[2], "r": drawn[1], **rest})


def _short(path: str) -> str:
    """Return a path of straight lines in tenths of a pixel, relative, without points that turn nothing."""
    if not _STRAIGHT.fullmatch(path):
        return path
    places = [(round(float(x) * 10), round(float(y) * 10)) for x, y in _POINT.findall(path)]
    points = [place for place, _ in groupby(places)]
    kept = points[:1]
    for (bx, by), (cx, cy) in pairwise(points[1:]):
        ax, ay = kept[-1]
        straight = (bx - ax) * (cy - by) == (by - ay) * (cx - bx)
        onward = (bx - ax) * (cx - bx) >= 0 and (by - ay) * (cy - by) >= 0
        if not (straight and onward):
            kept.append((bx, by))
    kept += points[1:][-1:]
    steps = [((bx - ax) / 10, (by - ay) / 10) for (ax, ay), (bx, by) in pairwise(kept)]
    moves = "".join(f"h{x:g}" if not y else f"v{y:g}" if not x else f"l{x:g},{y:g}" for x, y in steps)
    return f"M{points[0][0] / 10:g},{points[0][1] / 10:g}{moves}{'Z' if path.endswith('Z') else ''}"


def _shared(marks: list[ElementTree.Element]) -> dict[str, str]:
    """Take from all marks the attributes that every one of them has alike, and return them."""
    common = set.intersection(*(set(mark.attrib.items()) for mark in marks))
    alike = {k: v for k, v in sorted(common) if k in ("fill", "stroke", "stroke-width")}
    for mark in marks:
        for name in alike:
            del mark.attrib[name]
    return alike
