"""A dossier: one folder of static pages that opens from disk, runs nothing and asks no network."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import shlex
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
from markupsafe import Markup

from masthead.archive.store import write_text_atomically
from masthead.dossier import numbers
from masthead.dossier.board import Board
from masthead.dossier.charts import PANELS, Charts
from masthead.dossier.contrasts import contrasts, key_findings, robustness
from masthead.dossier.evidence import Evidence
from masthead.dossier.sections import Section, sections
from masthead.dossier.series import series
from masthead.dossier.text import anchor, clean, slug
from masthead.measures.base import OTHER

if TYPE_CHECKING:
    from masthead.inference.findings import Findings

_TEMPLATES = Path(__file__).parent / "templates"

_DOWNLOADS = {
    "estimates.csv": "every figure, with its interval, as comma-separated values",
    "estimates.parquet": "the same, as Parquet",
    "comparisons.parquet": "every pair of outlets: difference, interval, p and q",
    "words.parquet": "the words that tell outlets apart",
    "robustness.parquet": "every figure with each alias left out in turn",
    "sources.parquet": "the sentences behind the figures: article, offsets, snippet, address",
    "coverage.parquet": "articles per outlet and period",
    "gaps.parquet": "gaps in collection",
    "survey.json": "what was asked, of what, and by which version",
}

_LEFT_OUT = {
    "undated": "without a date, so that they cannot be told to lie within the period",
    "undated_in_series": "without a date: in the figures over all time, left out of every series",
    "outside_period": "published outside the period",
    "where": "not among the articles that the study looks at",
    "language": "in another language than English: mentions counted, labels not read",
    "unknown_outlet": "of outlets that the study does not list",
}


def build(findings: Findings, folder: Path) -> Path:
    """Write the pages of a dossier beside its tables; return the path of `index.html`.

    The folder is the one that `findings.save` wrote: the page offers for download those of its tables that
    are there. Charts and evidence pages whose content has not changed are left as they are, those that no
    page needs any more are removed; every file is replaced whole, the index last, so that a reader never
    meets half a dossier. Nothing in the text of an article can run: everything is escaped, no script is
    allowed, and only http and https addresses become links.
    """
    folder.mkdir(parents=True, exist_ok=True)
    board = Board(findings)
    environment, stamp = _environment()
    shared = _shared(board)
    evidence = Evidence(board, environment.get_template("evidence.html.j2"), shared, stamp)
    pages = evidence.write(folder)
    found = contrasts(board)
    parts = sections(board, found, robustness(board))
    drawn = _draw(board, parts, Charts(folder))
    for chart in (s for part in parts for f in part.figures for s in f.series if not s.inline):
        path = f"series/{chart.anchor}.html"
        pages.add(path)
        page = environment.get_template("series.html.j2").render(shared, chart=chart)
        write_text_atomically(page, folder / path)
    downloads = {name: told for name, told in _DOWNLOADS.items() if (folder / name).is_file()}
    index = environment.get_template("index.html.j2").render(
        shared,
        about=board.about,
        board=board,
        sections=parts,
        key_findings=key_findings(found),
        downloads=downloads,
        n_articles=sum(int(o.get("n_articles") or 0) for o in board.about["outlets"]),
        span=_span(board.about),
        left_out=[
            (_LEFT_OUT.get(k, k.replace("_", " ")), n) for k, n in board.about["left_out"].items() if n
        ],
    )
    write_text_atomically(index, folder / "index.html")
    _remove_stale(folder, pages | drawn)
    return folder / "index.html"


def _draw(board: Board, parts: list[Section], charts: Charts) -> set[str]:
    """Add the charts over time to the figures, within the budget of panels; return the drawings in use."""
    wanted: list[tuple[int, Any, str | None]] = []
    for part in parts:
        for figure in part.figures:
            ordered = sorted(figure.categories, key=lambda c: c != figure.leading)
            wanted += [(turn + (not figure.ranking), figure, c) for turn, c in enumerate(ordered)]
    budget, used = PANELS, set()
    for turn, figure, category in sorted(wanted, key=lambda w: w[0]):
        if turn > 1 and (budget < len(board.outlets) or category == OTHER):
            continue
        name = f"{figure.anchor}--{anchor(category)}--time"
        chart = series(board, figure.subject, figure.measure, category, name)
        if chart is None or len(chart.rows) < 2:
            continue
        budget -= len(chart.panels)
        used |= charts.draw(chart)
        figure.series.append(chart)
    return used


def _shared(board: Board) -> dict[str, Any]:
    """What every page says: which archive, how its articles were selected, by which version."""
    about = board.about
    return {
        "archive": about.get("archive") or "",
        "frame": about.get("frame"),
        "frame_note": about.get("frame_note") or "",
        "level": f"{board.level * 100:g}%",
        "version": about.get("version") or "",
        "study_hash": about.get("study_hash") or "",
        "archive_hash": about.get("archive_hash") or "",
    }


def _environment() -> tuple[jinja2.Environment, str]:
    """Return the templates, everything escaped, and a stamp that changes whenever one of them does."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalize,
    )
    sources = {path.name: path.read_text(encoding="utf-8") for path in sorted(_TEMPLATES.iterdir())}
    style = sources["style.css"]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals.update(
        style=Markup(style),  # noqa: S704  our own file
        style_hash=digest,
        anchor=anchor,
        slug=slug,
        category_title=category_title,
        drawing=Markup,
        interval=numbers.interval,
        counted=numbers.counted,
    )
    environment.filters.update(
        percent=numbers.percent,
        points=numbers.points,
        count=numbers.count,
        signed=numbers.signed,
        day=numbers.day,
        moment=_moment,
        place=_place,
        quoted=shlex.quote,
    )
    stamp = hashlib.sha256("".join(sources.values()).encode()).hexdigest()
    return environment, stamp


def _finalize(value: object) -> object:
    """Pass every text that a template prints through `clean`; markup made by templates stays as it is."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def category_title(category: str | None, declared: Collection[str] = ()) -> str:
    """Return the name of a category to show: `other` in words, the study's ids with hyphens opened."""
    if category is None:
        return ""
    if category == OTHER:
        return "none of these" if declared else "other labels"
    return category.replace("-", " ") if category in declared else category


def _span(about: dict[str, Any]) -> str:
    """Return the time that the survey covers: as the study says, else from the first article to the last."""
    period = about.get("period") or {}
    first = period.get("from") or min((o["first"] for o in about["outlets"] if o.get("first")), default=None)
    last = period.get("to") or max((o["last"] for o in about["outlets"] if o.get("last")), default=None)
    return f"{numbers.day(first)} to {numbers.day(last)}" if first and last else "not stated"


def _moment(value: str | dt.datetime | None) -> str:
    """Return a moment as a day and a time in UTC."""
    if not value:
        return "not stated"
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        return str(value)
    return f"{numbers.day(moment)}, {moment:%H:%M} UTC"


def _place(share: float | None, scale: float = 1.0) -> str:
    """Return where a share stands on an axis that ends at `scale`, as a length in percent."""
    return f"{min(100.0, max(0.0, 100.0 * (share or 0.0) / scale)):.1f}%"


def _remove_stale(folder: Path, wanted: set[str]) -> None:
    """Remove the pages and drawings of earlier runs that nothing refers to any more, and unfinished files."""
    for name, pattern in (("evidence", "*.html"), ("charts", "*.svg"), ("series", "*.html")):
        for path in (folder / name).glob(pattern):
            if f"{name}/{path.name}" not in wanted:
                path.unlink(missing_ok=True)
        for path in (folder / name).glob(".*.tmp"):
            path.unlink(missing_ok=True)
