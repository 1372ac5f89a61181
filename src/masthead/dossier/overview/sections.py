"""What the main page shows of one subject: a figure per measure, and what stands beside them."""

from __future__ import annotations

from dataclasses import dataclass, field

from masthead.dossier.board import Board
from masthead.dossier.charts.series import Series, scale_of
from masthead.dossier.leading_voice import side_by_side
from masthead.dossier.overview.contrasts import Contrast, Robust
from masthead.dossier.overview.distinctive_labels import Word, words
from masthead.dossier.overview.voices_and_aliases import AliasTable, Voices, alias_table, voices
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.dossier.writing.notation import RATIOS, Notation, notation_of
from masthead.findings.about import Declaration
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words

COLUMNS = 8
"""So many categories stand side by side in a table; the others are in the tables beside the page."""


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


@dataclass
class Figure:
    """A measure of one subject over the outlets: a ranking (one column) or a matrix (one per category)."""

    anchor: str
    measure: Declaration
    subject: SubjectView
    categories: list[str | None]
    n_more_categories: int
    leading: str | None
    rows: list[Row]
    scale: float
    method: Method
    words: Words
    series: list[Series] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The measure's name."""
        return str(self.measure["name"])

    @property
    def notation(self) -> Notation:
        """How its figures are written."""
        return notation_of(self.measure)

    @property
    def elsewhere(self) -> str:
        """The way to the page that shows what stands behind the figures, where that is no evidence page."""
        first = next((row.first for row in self.rows if row.first is not None), None)
        return first.href.partition("#")[0] if first else ""

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
    voices: list[Voices]
    words: list[tuple[OutletView, list[Word]]]
    robust: list[AliasTable]


def sections(
    board: Board, contrasts: list[Contrast], robust: dict[tuple[str, str, str | None, str], Robust]
) -> list[Section]:
    """Return the sections of all subjects, in the order of the study."""
    labels = words(board)
    parts = []
    for subject in board.subjects:
        figures = [
            figure
            for measure in board.about["measures"]
            if side_by_side(measure["name"]) and (figure := _figure(board, subject, measure)) is not None
        ]
        parts.append(
            Section(
                subject=subject,
                figures=figures,
                contrasts=[c for c in contrasts if c.subject == subject],
                voices=[v for f in figures if (v := voices(board, f)) is not None],
                words=[(o, labels[subject.id, o.id]) for o in board.outlets if (subject.id, o.id) in labels],
                robust=[a for f in figures if (a := alias_table(board, f, robust)) is not None],
            )
        )
    return parts


def _figure(board: Board, subject: SubjectView, measure: Declaration) -> Figure | None:
    name = measure["name"]
    categories = board.categories.get((name, subject.id))
    if not categories:
        return None
    if None in categories:
        # A part of the units, such as the stories that show it unfavourably, stands beside all on its own page.
        categories = [None]
    rows = []
    for outlet in board.outlets:
        cells = [board.cell(name, subject.id, c, outlet.id) for c in categories]
        own_cells = [c for c in cells if c is not None]
        rows.append(
            Row(
                outlet,
                cells[:COLUMNS],
                max((c.denominator for c in own_cells), default=0.0),
                max((c.n_units for c in own_cells), default=0),
            )
        )
    columns = categories[:COLUMNS]
    leading = _leading(rows, columns)
    at = columns.index(leading)
    rising = notation_of(measure) == RATIOS
    rows.sort(key=lambda r: _standing(r.cells[at], rising), reverse=True)
    all_cells = [c for r in rows for c in r.cells if c is not None]
    return Figure(
        anchor=f"{subject.slug}--{name}",
        measure=measure,
        subject=subject,
        categories=columns,
        n_more_categories=len(categories) - len(columns),
        leading=leading,
        rows=rows,
        scale=scale_of([c for c in all_cells if c.state == "shown"]) if categories == [None] else 1.0,
        method=Method(
            n=sum(r.n_units for r in rows),
            n_outlets=sum(1 for r in rows if r.n_units),
            n_left_out=sum(max((c.n_left_out for c in r.cells if c), default=0) for r in rows),
            numerator=measure.get("numerator", ""),
            denominator=measure.get("denominator", ""),
            intervals="; ".join(sorted({c.method for c in all_cells if c.method and c.state == "shown"})),
        ),
        words=board.words(name),
    )


def _standing(cell: Cell | None, rising: bool) -> tuple[int, float]:
    """Order rows by figure, the largest or smallest last; with too little evidence below, with none the lowest."""
    if cell is None or cell.state == "empty":
        return (0, 0.0)
    figure = cell.estimate or 0.0
    return (2 if cell.state == "shown" else 1, -figure if rising else figure)


def _leading(rows: list[Row], categories: list[str | None]) -> str | None:
    """Return the category that tells outlets apart most surely: highest lower end minus lowest upper end."""

    def spread(index: int) -> tuple[bool, float, float]:
        cells = [r.cells[index] for r in rows]
        sound = [c for c in cells if c is not None and c.state == "shown"]
        lows = [c.low for c in sound if c.low is not None]
        highs = [c.high for c in sound if c.high is not None]
        has_name = categories[index] != OTHER
        apart = max(lows) - min(highs) if lows and highs else -2.0
        return (has_name, round(apart, 6), sum(c.numerator for c in cells if c is not None))

    return categories[max(range(len(categories)), key=spread)]
