"""What people coded, beside the reader: how far coders agree, and every figure that their codes correct."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from masthead.dossier.board import Board
from masthead.dossier.leading_voice import whole_of
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.measuring.coded.about import CODING, CodedInstrument
from masthead.measuring.coded.notes import WORKS
from masthead.measuring.coded.units import FEWEST
from masthead.measuring.words import Words


@dataclass(frozen=True)
class Corrected:
    """A figure that people's codes correct, in the voice that it is led with."""

    outlet: OutletView
    subject: SubjectView
    category: str | None
    cell: Cell
    words: Words

    @property
    def by_reader(self) -> Cell:
        """The same by the reader alone."""
        return self.cell.by_reader


@dataclass(frozen=True)
class Missing:
    """A figure of which too few units are coded."""

    outlet: OutletView
    subject: SubjectView
    category: str | None
    words: Words
    n_coded: int


@dataclass(frozen=True)
class Agreed:
    """How far coders agree on what they coded; `works` is False where their codebook does not work."""

    words: Words
    n_coded: int
    n_coders: int
    alpha: float | None

    @property
    def works(self) -> bool:
        """Whether coders agree enough."""
        return self.alpha is None or self.alpha >= WORKS


@dataclass(frozen=True)
class Differing:
    """A figure that would be another by one coder's codes: by more than half its interval."""

    coder: str
    outlet: OutletView
    subject: SubjectView
    words: Words
    estimate: str
    estimate_by_all: str


@dataclass(frozen=True)
class PeopleCoded:
    """What the index says of people's codes."""

    agreements: list[Agreed]
    corrections: list[Corrected]
    missing: list[Missing]
    differing: list[Differing]
    fewest: int
    """How many codings it takes to correct a figure."""


def people_coded(board: Board) -> PeopleCoded | None:
    """Return what people coded of the outlets and subjects shown; None where they coded nothing."""
    about = CODING.get(board.about)
    if about is None:
        return None
    outlets, subjects = {o.id: o for o in board.outlets}, {s.id: s for s in board.subjects}
    corrections, missing = [], []
    for one in about["cells"]:
        outlet, subject = outlets.get(one["outlet"]), subjects.get(one["subject"])
        cell = board.cell(one["measure"], one["subject"], one["category"], one["outlet"])
        if outlet is None or subject is None or cell is None or whole_of(one["measure"]):
            continue
        words = board.words(one["measure"])
        if cell.calibrated:
            corrections.append(Corrected(outlet, subject, one["category"], cell, words))
        else:
            missing.append(Missing(outlet, subject, one["category"], words, cell.n_coded))
    return PeopleCoded(
        [_agreement(board, one) for one in about["instruments"]],
        corrections,
        missing,
        _differing(board),
        FEWEST,
    )


def _agreement(board: Board, one: CodedInstrument) -> Agreed:
    return Agreed(board.words(one["instrument"]), one["n_coded"], len(one["coders"]), one["alpha"])


def _differing(board: Board) -> list[Differing]:
    outlets, subjects = {o.id: o for o in board.outlets}, {s.id: s for s in board.subjects}
    rows = board.rows(
        "select c.* from coders c semi join led_with using (measure, outlet, voice) where apart "
        "order by measure, subject, category, outlet, coder"
    )
    return [
        Differing(
            row["coder"],
            outlets[row["outlet"]],
            subjects[row["subject"]],
            board.words(row["measure"]),
            board.notations[row["measure"]].value(row["estimate"]),
            board.notations[row["measure"]].value(row["settled"]),
        )
        for row in rows
        if row["subject"] in subjects
    ]


PAGE = Page(
    name="coding",
    title="What people coded",
    templates=Path(__file__).parents[1] / "templates",
    show=lambda editions: people_coded(editions.board),
    section_only=True,
    symbol="c",
    place=41,
)
"""The section about people's codes, which is of all measures."""
