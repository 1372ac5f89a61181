"""What a made-up press planted beside what the survey found: shares with coverage, portrayals with error and order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from masthead.demo.changes import ChangesBeside
from masthead.demo.page.planted_calls import planted_changes, planted_silences
from masthead.demo.silences import SilencesBeside
from masthead.dossier.board import Board
from masthead.dossier.page import Page
from masthead.dossier.writing.notation import SHARES, Notation
from masthead.findings.planted import PlantedFigure
from masthead.press.truth import PLANTED_PORTRAYALS


@dataclass(frozen=True)
class PlantedRow:
    """A planted value beside the survey's estimate, as the page names them."""

    what: str
    truth: float
    estimate: float | None
    """None where the survey found no figure."""
    conf_low: float | None
    conf_high: float | None
    inside: bool | None
    """Whether the interval holds what was planted; None where it need not."""
    subject: str
    outlet: str
    subject_id: str
    category: str | None
    notation: Notation
    href: str | None
    """The way to the sentences; None where the board has no such figure."""


@dataclass(frozen=True)
class Planted:
    """Planted values beside those found. Of portrayals no coverage is claimed: how they agree is counted instead.

    `bias` is the mean of found less planted, `miss` the mean of its size. Of `n_sided`, `same_side` lie on the
    same side of 0 as planted; of `n_pairs` pairs of outlets on one subject, `n_ordered` stand in the planted order.
    """

    shares: list[PlantedRow]
    portrayals: list[PlantedRow]
    bias: float | None
    miss: float | None
    same_side: int
    n_sided: int
    n_ordered: int
    n_pairs: int
    codings: list[dict[str, str | int]]
    changes: ChangesBeside | None
    silences: SilencesBeside | None

    @property
    def inside(self) -> int:
        """How many planted shares lie inside the interval found."""
        return sum(bool(row.inside) for row in self.shares)


_Figure = tuple[PlantedRow, float]


def planted_values(board: Board) -> Planted | None:
    """Return what was planted, with names and the way to the sentences; None where the press is not made up."""
    rows = [_row(board, row) for row in board.about.get("planted") or ()]
    if not rows:
        return None
    portrayals = [row for row in rows if row.notation.is_signed]
    figures = [(row, row.estimate) for row in portrayals if row.estimate is not None]
    with_sign = [(row, estimate) for row, estimate in figures if row.truth]
    off = [estimate - row.truth for row, estimate in figures]
    pairs = _pairs(figures)
    return Planted(
        shares=[row for row in rows if not row.notation.is_signed],
        portrayals=portrayals,
        bias=sum(off) / len(off) if off else None,
        miss=sum(abs(o) for o in off) / len(off) if off else None,
        same_side=sum(estimate * row.truth > 0 for row, estimate in with_sign),
        n_sided=len(with_sign),
        n_ordered=sum((at_a - at_b) * (a.truth - b.truth) > 0 for (a, at_a), (b, at_b) in pairs),
        n_pairs=len(pairs),
        codings=_codings(board),
        changes=planted_changes(board),
        silences=planted_silences(board),
    )


def _row(board: Board, row: PlantedFigure) -> PlantedRow:
    titles = {o.id: o.title for o in board.outlets} | {s.id: s.title for s in board.subjects}
    subject, outlet, category = row["subject"], row["outlet"], row["category"]
    own_measure = row.get("measure")
    measures = [own_measure] if own_measure else list(board.notations)
    cells = {name: board.cell(name, subject, category, outlet) for name in measures if subject and outlet}
    measure = own_measure or next((name for name, cell in cells.items() if cell), "")
    cell = cells.get(measure)
    return PlantedRow(
        row["what"],
        row["planted"],
        row["found"],
        row["conf_low"],
        row["conf_high"],
        row["inside"],
        titles.get(subject, subject),
        titles.get(outlet, outlet),
        subject,
        category,
        board.notations.get(measure, SHARES),
        cell.href if cell else None,
    )


def _codings(board: Board) -> list[dict[str, str | int]]:
    """Return what simulated coders corrected, as the page writes it."""
    titles = {o.id: o.title for o in board.outlets} | {s.id: s.title for s in board.subjects}
    notation = board.notations.get(PLANTED_PORTRAYALS, SHARES)
    return [
        {
            "outlet": titles.get(one["outlet"], one["outlet"]),
            "subject": titles.get(one["subject"], one["subject"]),
            "n_coded": one["n_coded"],
            **{name: notation.value(one[name]) for name in ("planted", "model", "corrected")},
            "model_interval": notation.interval(one["model_low"], one["model_high"]),
            "corrected_interval": notation.interval(one["corrected_low"], one["corrected_high"]),
        }
        for one in board.about.get("planted_codings") or ()
    ]


def _pairs(figures: Sequence[_Figure]) -> list[tuple[_Figure, _Figure]]:
    """Return the pairs of outlets on one subject whose planted values differ."""
    by_subject: dict[str, list[_Figure]] = defaultdict(list)
    for row, estimate in figures:
        by_subject[row.subject_id].append((row, estimate))
    return [
        (a, b) for group in by_subject.values() for a, b in combinations(group, 2) if a[0].truth != b[0].truth
    ]


PAGE = Page(
    name="planted",
    title="Planted beside found",
    templates=Path(__file__).parent,
    show=lambda editions: planted_values(editions.board),
    symbol="p",
    section_only=True,
    spot="after findings",
    place=15,
)
"""The section of the index about what a made-up press planted."""
