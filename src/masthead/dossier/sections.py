"""What the main page shows of one subject: a figure per measure, voices, words, what an alias can change."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from masthead.dossier.board import Board, Cell, OutletView, SubjectView
from masthead.dossier.contrasts import Contrast, Robust
from masthead.dossier.numbers import ENOUGH
from masthead.dossier.series import Series, scale_of
from masthead.dossier.text import evidence_page, slug
from masthead.measures.base import OTHER

COLUMNS = 8
"""So many categories stand side by side in a table; the others are in the tables beside the page."""

WORDS = 6
"""So many words per outlet are listed as those that tell it apart."""


@dataclass(frozen=True)
class Method:
    """What stands under a figure: how many articles, what was left out, how it was computed."""

    n: int
    n_outlets: int
    n_left_out: int
    numerator: str
    denominator: str
    intervals: str


@dataclass(frozen=True)
class Row:
    """One outlet in a table: its cells, and the sum they are shares of."""

    outlet: OutletView
    cells: list[Cell | None]
    denominator: float
    n_units: int

    @property
    def state(self) -> str:
        """`shown` where any cell is; else `thin` where any has a little evidence; else `empty`."""
        states = {cell.state for cell in self.cells if cell is not None}
        return next((state for state in ("shown", "thin") if state in states), "empty")

    @property
    def first(self) -> Cell | None:
        """The first cell there is, which knows why there is no figure and where its sentences are."""
        return next((cell for cell in self.cells if cell is not None), None)


@dataclass(frozen=True)
class VoiceRow:
    """One outlet's share in its own words and in what it quotes."""

    outlet: OutletView
    own: Cell | None
    quoted: Cell | None


@dataclass(frozen=True)
class Word:
    """A label and how much more one outlet uses it for a subject than the others do."""

    label: str
    uses: int
    share: float
    share_elsewhere: float
    log_odds: float
    z: float
    href: str


@dataclass
class Figure:
    """A measure of one subject over the outlets: a ranking (one column) or a matrix (one per category)."""

    anchor: str
    measure: dict[str, Any]
    subject: SubjectView
    categories: list[str | None]
    n_more_categories: int
    leading: str | None
    rows: list[Row]
    scale: float
    method: Method
    series: list[Series] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The measure's name."""
        return str(self.measure["name"])

    @property
    def ranking(self) -> bool:
        """True where the measure has no categories."""
        return self.categories == [None]


@dataclass
class Section:
    """All that the main page shows of one subject."""

    subject: SubjectView
    figures: list[Figure]
    contrasts: list[Contrast]
    voices: list[tuple[str | None, list[VoiceRow]]]
    words: list[tuple[OutletView, list[Word]]]
    robust: list[tuple[OutletView, Cell, Robust]]
    robust_category: str | None


def sections(
    board: Board, found: list[Contrast], robust: dict[tuple[str, str, str | None, str], Robust]
) -> list[Section]:
    """Return the sections of all subjects, in the order of the study."""
    labels = _label_pages(board)
    words = _words(board, labels)
    made = []
    for subject in board.subjects:
        figures = [
            figure
            for measure in board.about["measures"]
            if (figure := _figure(board, subject, measure)) is not None
        ]
        matrix = next((f for f in figures if not f.ranking), None)
        made.append(
            Section(
                subject=subject,
                figures=figures,
                contrasts=[c for c in found if c.subject == subject][:3],
                voices=_voices(board, matrix) if matrix else [],
                words=[(o, words[subject.id, o.id]) for o in board.outlets if (subject.id, o.id) in words],
                robust=_robust_rows(board, matrix, robust) if matrix else [],
                robust_category=matrix.leading if matrix else None,
            )
        )
    return made


def _figure(board: Board, subject: SubjectView, measure: dict[str, Any]) -> Figure | None:
    name = measure["name"]
    categories = board.categories.get((name, subject.id))
    if not categories:
        return None
    rows = []
    for outlet in board.outlets:
        cells = [board.cell(name, subject.id, c, outlet.id) for c in categories]
        known = [c for c in cells if c is not None]
        rows.append(
            Row(
                outlet,
                cells[:COLUMNS],
                max((c.denominator for c in known), default=0.0),
                max((c.n_units for c in known), default=0),
            )
        )
    shown = categories[:COLUMNS]
    leading = _leading(rows, shown)
    at = shown.index(leading)
    rows.sort(key=lambda r: _standing(r.cells[at]), reverse=True)
    filled = [c for r in rows for c in r.cells if c is not None]
    return Figure(
        anchor=f"{subject.slug}--{name}",
        measure=measure,
        subject=subject,
        categories=shown,
        n_more_categories=len(categories) - len(shown),
        leading=leading,
        rows=rows,
        scale=scale_of([c for c in filled if c.state == "shown"]) if categories == [None] else 1.0,
        method=Method(
            n=sum(r.n_units for r in rows),
            n_outlets=sum(1 for r in rows if r.n_units),
            n_left_out=sum(max((c.n_left_out for c in r.cells if c), default=0) for r in rows),
            numerator=measure.get("numerator", ""),
            denominator=measure.get("denominator", ""),
            intervals="; ".join(sorted({c.method for c in filled if c.method and c.state == "shown"})),
        ),
    )


def _standing(cell: Cell | None) -> tuple[int, float]:
    """Order rows by share; those with too little evidence below, those with none last."""
    if cell is None or cell.state == "empty":
        return (0, 0.0)
    return (2 if cell.state == "shown" else 1, cell.estimate or 0.0)


def _leading(rows: list[Row], categories: list[str | None]) -> str | None:
    """Return the category that tells outlets apart most surely: highest lower end minus lowest upper end."""

    def spread(index: int) -> tuple[bool, float, float]:
        cells = [r.cells[index] for r in rows]
        sound = [c for c in cells if c is not None and c.state == "shown"]
        lows = [c.low for c in sound if c.low is not None]
        highs = [c.high for c in sound if c.high is not None]
        named = categories[index] != OTHER
        apart = max(lows) - min(highs) if lows and highs else -2.0
        return (named, round(apart, 6), sum(c.numerator for c in cells if c is not None))

    return categories[max(range(len(categories)), key=spread)]


def _voices(board: Board, figure: Figure) -> list[tuple[str | None, list[VoiceRow]]]:
    """Return, per category, the outlets with enough of both voices to set side by side; leading first."""
    found = []
    for category in sorted(figure.categories, key=lambda c: c != figure.leading):
        if category == OTHER:
            continue
        rows = []
        for row in figure.rows:
            own, quoted = (
                board.cell(figure.name, figure.subject.id, category, row.outlet.id, voice)
                for voice in ("own", "quoted")
            )
            if any(c is not None and c.state == "shown" for c in (own, quoted)):
                rows.append(VoiceRow(row.outlet, own, quoted))
        both = [r for r in rows if r.own and r.quoted and r.own.state == r.quoted.state == "shown"]
        if both:
            found.append((category, rows))
    return found


def _label_pages(board: Board) -> dict[tuple[str, str], str]:
    """Return the category under which a label of a subject is filed."""
    board.db.register("sources", board.findings.sources.select(["subject", "label", "category"]))
    found = board.rows(
        "select subject, label, min(category) as category from sources "
        f"where label is not null and category <> '{OTHER}' group by all"
    )
    return {(r["subject"], r["label"]): r["category"] for r in found}


def _words(board: Board, filed: dict[tuple[str, str], str]) -> dict[tuple[str, str], list[Word]]:
    found = board.rows(
        f"select * from words where rank <= {WORDS} and log_odds > 0 and z > 1.645 and n_articles >= 2 "
        "and outlet in (select outlet from shown) order by subject, outlet, rank"
    )
    words: dict[tuple[str, str], list[Word]] = defaultdict(list)
    for r in found:
        category = filed.get((r["subject"], r["label"]), OTHER)
        words[r["subject"], r["outlet"]].append(
            Word(
                r["label"],
                int(r["uses"]),
                r["share"],
                r["share_elsewhere"],
                r["log_odds"],
                r["z"],
                f"{evidence_page(r['subject'], r['outlet'])}#{slug(category)}",
            )
        )
    return dict(words)


def _robust_rows(
    board: Board, figure: Figure, robust: dict[tuple[str, str, str | None, str], Robust]
) -> list[tuple[OutletView, Cell, Robust]]:
    """Return, for the leading category, each outlet's figure and its range with any one alias left out."""
    rows = []
    for row in figure.rows:
        cell = board.cell(figure.name, figure.subject.id, figure.leading, row.outlet.id)
        found = robust.get((figure.name, figure.subject.id, figure.leading, row.outlet.id))
        if cell is not None and cell.n_units >= ENOUGH and found is not None:
            rows.append((row.outlet, cell, found))
    return rows
