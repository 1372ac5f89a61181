"""A dossier: one folder of static pages that opens from disk, runs nothing and asks no network."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from masthead import manual
from masthead.archive.keeping.kept_json import read_kept_json
from masthead.archive.lock import alone_in
from masthead.archive.store import write_text_atomically
from masthead.dossier.board import SHOWN_OUTLETS, Board
from masthead.dossier.charts.drawing import PANELS, draw
from masthead.dossier.charts.series import series
from masthead.dossier.editions import FOLDERS, editions, outlets_without_wire_copy, wire_copy
from masthead.dossier.evidence.evidence_pages import write_evidence
from masthead.dossier.folder import MANUAL
from masthead.dossier.overview.contrasts import KEY_FINDINGS, contrasts, leading_contrasts, robustness
from masthead.dossier.overview.people_coded import PAGE as CODED
from masthead.dossier.overview.sections import Figure, Section, sections
from masthead.dossier.overview.standing_text import standing_text
from masthead.dossier.page import Editions, Page
from masthead.dossier.page_files import TEMPLATES, Pages, remove_stale
from masthead.dossier.writing import numbers
from masthead.dossier.writing.notation import SHARES
from masthead.dossier.writing.safe_text import anchor
from masthead.errors import ArchiveError
from masthead.findings.findings import ABOUT
from masthead.measuring.measure import OTHER
from masthead.study import Wire

if TYPE_CHECKING:
    from masthead.findings.about import About
    from masthead.findings.findings import Findings

_DOWNLOADS = {
    "estimates.csv": "every figure, with its interval, as comma-separated values",
    "estimates.parquet": "the same, as Parquet",
    "comparisons.csv": "every pair of outlets: difference, interval, p and q, as comma-separated values",
    "comparisons.parquet": "the same, as Parquet",
    "words.parquet": "the words that tell outlets apart",
    "robustness.parquet": "every figure with each alias left out in turn",
    "sources.parquet": "sentences behind the figures: article, offsets, snippet, address",
    "coverage.parquet": "articles per outlet and period",
    "gaps.parquet": "gaps in collection",
    "silences.parquet": "likely stories that an outlet did not run, who ran them, and what it ran instead",
    "stories.parquet": "the stories that most outlets ran, article by article",
    "echoes.parquet": "who runs whose words, with an example of each pair of outlets",
    "speakers.parquet": "whom each outlet quotes most, by name",
    "changes.csv": "when figures changed, from what to what, as comma-separated values",
    "changes.parquet": "the same, as Parquet",
    "reversals.parquet": "when an outlet changed sides, and which event was near",
    "verdicts.csv": "the claims and their verdicts, as comma-separated values",
    "verdicts.parquet": "the same, as Parquet",
    "counterexamples.parquet": "what speaks against claims of never and always, with the sentences",
    "ways.parquet": "each claim again, in every other reasonable way",
    "alignment.csv": "on which side each outlet stands on each subject, as comma-separated values",
    "alignment.parquet": "the same, as Parquet",
    "explanations.csv": "which factors explain that, as comma-separated values",
    "explanations.parquet": "the same, as Parquet",
    "phrases.parquet": "the phrases that tell parties apart, and which outlets use them",
    "forecasts.csv": "what outlets said would happen, and what became of it, as comma-separated values",
    "forecasts.parquet": "the same, as Parquet",
    "coders.parquet": "corrected figures again by each coder’s codes",
    "repeats.csv": "articles that count with another version of them, and on what ground, as comma-separated values",
    "repeats.parquet": "the same, as Parquet",
    "survey.json": "what was asked, of what, and by which version",
    "tables.md": "what every column of these tables means",
    "study.md": "what every key of a study file means",
}

_LEFT_OUT = {
    "undated": "without a date, so that they cannot be told to lie within the period",
    "undated_in_series": "without a date: in the figures over all time, left out of every series",
    "outside_period": "published outside the period",
    "where": "not among the articles that the study looks at",
    "language": "in another language than English: mentions counted, labels and portrayals not read",
    "unknown_outlet": "of outlets that the study does not list",
}


WIRE = Page(
    name="wire",
    title="With and without wire copy",
    templates=TEMPLATES,
    show=lambda editions: (
        wire_copy(editions.boards["with"], editions.boards["without"]) if editions.edition.n_wire else None
    ),
    section_only=True,
    place=40,
)
"""The section about wire copy, which is of all measures."""


def build(findings: Findings, folder: Path, pages: Iterable[Page]) -> Path:
    """Write the pages of a dossier beside its tables; return the path of `index.html`.

    `pages` are those that instruments and questions bring. The folder is the one that `findings.save` wrote: the page
    offers for download those of its tables that are there. Pages whose content has not changed are left as they are,
    those that nothing needs any more are removed; every file is replaced whole, the index last, so that a reader never
    meets half a dossier. Nothing in the text of an article can run: everything is escaped, no script is allowed, and
    only http and https addresses become links.
    """
    with alone_in(folder):
        _refuse_other(findings, folder)
        return _build(findings, folder, sorted((*pages, WIRE, CODED), key=lambda page: page.place))


def _refuse_other(findings: Findings, folder: Path) -> None:
    """Raise ArchiveError where the folder now holds the tables of another survey, whose pages these would not be."""
    about = read_kept_json(folder / ABOUT)
    for name in ("figures_hash", "study_hash", "archive_hash"):
        if about is not None and about.get(name) != findings.about.get(name):
            raise ArchiveError(
                f"another survey has written its tables to '{folder}' meanwhile",
                "one survey in a folder at a time",
                "run this one again, or name another folder with --output",
            )


def _build(findings: Findings, folder: Path, pages: list[Page]) -> Path:
    boards = _boards(findings, frozenset(page.path for page in pages if page.alike))
    n_wire = sum(int(o.get("n_wire") or 0) for o in findings.about["outlets"])
    _write_manual(folder)
    paths: set[str] = set()
    for edition in editions(folder, findings.wire, n_wire):
        paths |= _write(Editions(edition, boards), pages, folder)
    remove_stale(folder, paths, [page.path for page in pages if not page.section_only])
    return folder / "index.html"


def _boards(findings: Findings, pages_alike: frozenset[str]) -> dict[Wire, Board]:
    """Return the figures with wire copy and those without."""
    outlets_alike = outlets_without_wire_copy(findings)
    return {
        wire: Board(
            findings.of_wire(wire),
            alike="" if wire == findings.wire else "../",
            outlets_alike=outlets_alike,
            pages_alike=pages_alike,
        )
        for wire in FOLDERS
    }


def _write_manual(folder: Path) -> None:
    """Write what the columns of the tables, and the keys of a study file, mean."""
    for name in MANUAL:
        text, path = manual.page(name).text, folder / f"{name}.md"
        if not path.is_file() or path.read_bytes() != text.encode():
            write_text_atomically(text, path)


def _write(editions: Editions, pages: list[Page], folder: Path) -> set[str]:
    """Write the pages of one edition; return all that belongs to it, as paths from the dossier's folder."""
    edition, board = editions.edition, editions.board
    writer = Pages(edition, _context(board), [page.templates for page in pages])
    write_evidence(board, writer)
    entries = [(page, page.show(editions)) for page in pages]
    for page, view in entries:
        _write_page(page, view, board, writer, leads=not edition.root)
    leading = leading_contrasts(contrasts(board))
    parts = sections(board, leading, robustness(board))
    _draw(board, parts)
    _write_series(board, parts, writer)
    about = board.about
    below = (entry for entry in entries if entry[0].spot == "below")
    writer.write(
        "index.html",
        "index.html.j2",
        about=about,
        board=board,
        sections=parts,
        key_findings=leading[:KEY_FINDINGS],
        entries=entries,
        chapters=[list(chapter) for _, chapter in groupby(below, key=lambda entry: entry[0].place // 10)],
        pages=board.alike,
        downloads={
            name: description for name, description in _DOWNLOADS.items() if (folder / name).is_file()
        },
        edition=edition,
        n_articles=board.n_articles,
        span=_span(about),
        repeats=_repeats(about),
        standing=standing_text(board),
        left_out=[(_LEFT_OUT.get(k, k.replace("_", " ")), n) for k, n in about["left_out"].items() if n],
    )
    within = edition.folder.relative_to(folder)
    return {(within / path).as_posix() for path in (*writer.paths, "index.html")}


def _write_page(page: Page, view: Any, board: Board, writer: Pages, leads: bool) -> None:
    """Write a page of its own where there is anything to show; one that is alike, in the edition that `leads`."""
    if view is None or page.section_only or (page.alike and not leads):
        return
    inputs = writer.inputs(view)
    if writer.needs(page.path, inputs):
        context = {page.symbol: view}
        writer.write(
            page.path, page.template, inputs, alone=page.alike, notation=SHARES, by=board.by, **context
        )


def _repeats(about: About) -> dict[str, Any] | None:
    """Return what is said of repeats, with the names of the outlets that have most; None where nothing was said."""
    repeats = about.get("repeats")
    if not repeats:
        return None
    titles = {o["id"]: o.get("title") or o["id"] for o in about["outlets"]}
    most = sorted(repeats["outlets"], key=lambda o: (-o["address"] - o["text"], o["outlet"]))[:SHOWN_OUTLETS]
    return {**repeats, "outlets": [{**o, "title": titles.get(o["outlet"], o["outlet"])} for o in most]}


def _draw(board: Board, parts: list[Section]) -> None:
    """Add the charts over time to the figures, within the budget of panels.

    Every ranking and the leading category of every matrix is drawn; other categories while panels are left.
    """
    queue: list[tuple[int, Figure, str | None]] = []
    for part in parts:
        for figure in part.figures:
            categories = sorted(figure.categories, key=lambda c: c != figure.leading)
            queue += [(turn, figure, category) for turn, category in enumerate(categories)]
    budget = PANELS
    for turn, figure, category in sorted(queue, key=lambda w: w[0]):
        if turn and (budget < len(board.outlets) or category == OTHER):
            continue
        name = f"{figure.anchor}--{anchor(figure.name, category)}--time"
        chart = series(board, figure.subject, figure.measure, category, name)
        if chart is None:
            continue
        budget -= len(chart.panels)
        chart.pictures |= {panel.outlet.id: draw(panel) for panel in chart.panels}
        figure.series.append(chart)


def _write_series(board: Board, parts: list[Section], pages: Pages) -> None:
    """Write a page for each chart whose table is too large to stand beside it."""
    for chart in (s for part in parts for f in part.figures for s in f.series if not s.inline):
        path = f"series/{chart.anchor}.html"
        figures = board.series_digest(chart.measure["name"], chart.subject.id, chart.category)
        inputs = pages.inputs(chart.subject, chart.category, chart.by, chart.outlets, figures)
        if pages.needs(path, inputs):
            pages.write(path, "series.html.j2", inputs, chart=chart)


def _context(board: Board) -> dict[str, Any]:
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
        "words": {m["name"]: board.words(m["name"]) for m in about["measures"]},
    }


def _span(about: About) -> str:
    """Return the time that the survey covers: as the study says, else from the first article to the last."""
    period = about.get("period")
    days = [day for o in about["outlets"] for day in (o.get("first"), o.get("last")) if day]
    first = (period.get("from") if period else None) or min(days, default=None)
    last = (period.get("to") if period else None) or max(days, default=None)
    return f"{numbers.day(first)} to {numbers.day(last)}" if first and last else "not stated"
