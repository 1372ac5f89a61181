"""With and without wire copy: two editions of a dossier, and where they differ."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from masthead.dossier.board import SHOWN_OUTLETS, Board
from masthead.dossier.leading_voice import side_by_side
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.engines.duckdb import connect
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words
from masthead.study import Wire

if TYPE_CHECKING:
    from masthead.findings.findings import Findings

LISTED = 12
"""So many figures that wire copy moves are listed, those that it moves most."""

LEAST = 0.05
"""Smaller moves, as a part of the measure's range, are not worth a line."""

FOLDERS: dict[Wire, str] = {"with": "with-wire-copy", "without": "without-wire-copy"}
"""Where the edition stands that a study does not lead with, inside the dossier's folder."""


@dataclass(frozen=True)
class Edition:
    """The pages with wire copy, or those without, and the way from each to the same page of the other."""

    wire: Wire
    folder: Path
    root: str
    """The way from the index of this edition to the dossier's folder, where the tables are."""
    other: str
    """The way from the index of this edition to that of the other."""
    n_wire: int

    def way(self, wire: Wire) -> str:
        """Return the way from the index of this edition to that of the one with, or without, wire copy."""
        return "" if wire == self.wire else self.other

    def counterpart(self, path: str) -> str:
        """Return the way from a page of this edition to the same page of the other.

        A page of a long series may be missing there: it leads to the index.
        """
        up = "../" * path.count("/")
        return f"{up}{self.other}{'index.html' if path.startswith('series/') else path}"


def editions(folder: Path, leading: Wire, n_wire: int) -> list[Edition]:
    """Return the editions of a dossier, the leading one last; one alone where no article is wire copy."""
    other: Wire = "without" if leading == "with" else "with"
    beside = FOLDERS[other]
    first = Edition(leading, folder, "", f"{beside}/", n_wire)
    if not n_wire:
        return [first]
    return [Edition(other, folder / beside, "../", "../", n_wire), first]


def outlets_without_wire_copy(findings: Findings) -> frozenset[str]:
    """Return the outlets that have no wire copy, and whose figures are therefore the same with it and without.

    None where an edition could show other outlets than the other: where there are more than are shown.
    """
    outlets = findings.about["outlets"]
    if len(outlets) > SHOWN_OUTLETS:
        return frozenset()
    estimates = findings.estimates.filter(pc.is_null(findings.estimates["period_start"]))
    figures = estimates.drop_columns(["wire"])
    whole, without = (figures.filter(pc.equal(estimates["wire"], wire)) for wire in FOLDERS)
    with connect() as db:
        db.register("whole", whole)
        db.register("without", without)
        movers = {
            outlet
            for (outlet,) in db.execute(
                "select outlet from (from whole except from without) "
                "union select outlet from (from without except from whole)"
            ).fetchall()
        }
    return frozenset(o["id"] for o in outlets if not o.get("n_wire") and o["id"] not in movers)


@dataclass(frozen=True)
class Moved:
    """A figure that, without wire copy, lies outside its interval with it, by LEAST or more."""

    measure: str
    subject: SubjectView
    category: str | None
    outlet: OutletView
    with_copy: Cell
    without: Cell
    words: Words

    @property
    def by(self) -> float:
        """How far it moves, as a part of the measure's range."""
        one, two = self.with_copy, self.without
        return abs((one.estimate or 0.0) - (two.estimate or 0.0)) / one.notation.span


@dataclass(frozen=True)
class WireCopy:
    """How much of each outlet is wire copy, and the figures that it moves."""

    outlets: list[tuple[OutletView, int]]
    moves: list[Moved]
    n_moved: int
    n_figures: int


def wire_copy(whole: Board, without: Board) -> WireCopy:
    """Compare the figures with wire copy, in the voice that they lead with, and without it."""
    subjects = {s.id: s for s in whole.subjects}
    all_of = {o.id: o for o in whole.outlets}
    moves, n_figures = [], 0
    for (measure, subject, category, outlet, voice), cell in whole.cells.items():
        other = without.cell(measure, subject, category, outlet, voice)
        leading = voice == whole.voice(measure, outlet)
        if (
            not leading
            or category == OTHER
            or cell.state != "shown"
            or other is None
            or subject not in subjects
            or not side_by_side(measure)
        ):
            continue
        n_figures += 1
        if other.state != "shown" or _inside(other, cell):
            continue
        move = Moved(measure, subjects[subject], category, all_of[outlet], cell, other, whole.words(measure))
        if move.by >= LEAST:
            moves.append(move)
    moves.sort(key=lambda m: (-m.by, m.measure, m.subject.id, m.category or "", m.outlet.id))
    return WireCopy(
        outlets=[(o, o.n_wire) for o in whole.outlets if o.n_wire],
        moves=moves[:LISTED],
        n_moved=len(moves),
        n_figures=n_figures,
    )


def _inside(one: Cell, two: Cell) -> bool:
    """Whether an estimate lies inside the interval of the other."""
    return (two.low or 0.0) <= (one.estimate or 0.0) <= (two.high if two.high is not None else 1.0)
