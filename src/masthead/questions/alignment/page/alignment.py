"""Whose side outlets take: the map of outlets and subjects, its balance, its axes, and what does not fit."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc

from masthead.dossier.board import Board
from masthead.dossier.grid import Grid, GridRow, strips
from masthead.dossier.leading_voice import whole_of
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.dossier.writing.notation import MEANS, SHARES, Notation
from masthead.dossier.writing.safe_text import evidence_page
from masthead.questions.alignment.about import ALIGNMENT
from masthead.questions.alignment.bases import BLAME, PRAISE
from masthead.questions.alignment.page.balance_and_axes import (
    Axes,
    Balance,
    Followed,
    axes,
    balance,
    factor_changes,
)
from masthead.questions.alignment.page.basis_words import BASES, LEADING, Basis
from masthead.questions.alignment.page.explanations import Explanations, explanations

COLUMNS = 36
"""So many subjects stand in a map, those with most units; in its own order."""

WIDTH = 12
"""So many subjects fit side by side on paper; more are cut into strips of like width."""

MISFITS = 40
"""So many cells that do not fit are listed, those furthest from what the axes give."""


@dataclass(frozen=True)
class Stand:
    """Where one outlet stands on one subject, and what the axes give for it."""

    cell: Cell
    by_axes: float | None = None
    fits: bool | None = None
    note: str = ""

    @property
    def shade(self) -> str:
        """The style of the cell: by side and size where its interval is off 0."""
        return "weak" if self.cell.state != "shown" else self.cell.shade

    @property
    def off(self) -> float:
        """How far the figure lies from what the axes give."""
        return abs((self.cell.estimate or 0.0) - (self.by_axes or 0.0))


@dataclass(frozen=True)
class Map:
    """Where outlets stand by one basis, in the order that shows blocks, in strips."""

    basis: Basis
    grids: list[Grid[Stand]]


@dataclass(frozen=True)
class Apart:
    """Praise and blame of one outlet for one subject."""

    praise: Cell | None
    blame: Cell | None


@dataclass(frozen=True)
class Alignment:
    """All that the pages say of alignment."""

    reason: str
    notes: list[str]
    maps: list[Map]
    apart: list[Grid[Apart]]
    subjects: list[SubjectView]
    n_more: int
    balance: Balance | None
    explanations: Explanations
    axes: Axes | None
    misfits: list[tuple[OutletView, SubjectView, Stand]]
    n_misfits: int
    factor_changes: list[Followed]

    @property
    def map(self) -> Map | None:
        """The map that leads."""
        return self.maps[0] if self.maps else None


def alignment(board: Board) -> Alignment | None:
    """Return whose side outlets take; None where the survey did not ask."""
    about = ALIGNMENT.any_of(board.about)
    table = board.findings.alignment
    if not (table.num_rows or board.findings.explanations.num_rows or about):
        return None
    outlet_ids = pa.array([o.id for o in board.outlets], pa.string())
    stands, outlets, everyone = _stands(
        board, table.filter(pc.is_in(table["outlet"], outlet_ids)).to_pylist()
    )
    busiest = sorted(
        everyone,
        key=lambda s: -sum(x.cell.n_units for (b, _, of), x in stands.items() if (b, of) == (LEADING, s.id)),
    )[:COLUMNS]
    subjects = [s for s in everyone if s in busiest]
    maps = [m for basis in BASES if (m := _map(basis, stands, outlets, subjects)) is not None]
    misfits = [
        (r.outlet, s, x)
        for g in (maps[0].grids if maps else ())
        for r in g.rows
        for s, x in zip(g.subjects, r.cells, strict=True)
        if x is not None and x.fits is False
    ]
    misfits.sort(key=lambda m: -m[2].off)
    return Alignment(
        reason=about.get("reason") or "",
        notes=about.get("said") or [],
        maps=maps,
        apart=_apart(stands, outlets, subjects),
        subjects=subjects,
        n_more=len(everyone) - len(subjects),
        balance=balance(board, _edition(board, about.get("balance"))),
        explanations=explanations(board, outlets),
        axes=axes(board, _edition(board, about.get("axes"))),
        misfits=misfits[:MISFITS],
        n_misfits=len(misfits),
        factor_changes=factor_changes(board, _edition(board, about.get("over_time"))),
    )


_T = TypeVar("_T")


def _edition(board: Board, editions: Mapping[str, _T] | None) -> _T | None:
    """Return what is said of the figures with wire copy, or without, whichever the board shows."""
    return editions.get(board.findings.wire) if editions else None


Stands = dict[tuple[str, str, str], Stand]
"""By basis, outlet and subject."""


def _stands(board: Board, rows: list[dict[str, Any]]) -> tuple[Stands, list[OutletView], list[SubjectView]]:
    """Return where every outlet shown stands, and outlets and subjects in the order of the map.

    Of several voices the one that portrayal leads with is taken.
    """
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    stands: Stands = {}
    row_at: dict[str, int | None] = {}
    column_at: dict[str, int | None] = {}
    rows = [r for r in rows if r["outlet"] in outlets and r["subject"] in subjects]
    rows.sort(key=lambda r: r["voice"] != board.voice(LEADING, r["outlet"]))
    for r in rows:
        key = (r["basis"], r["outlet"], r["subject"])
        if key in stands:
            continue
        stands[key] = Stand(_cell(board, r), r["fitted"], r["fits"], r["note"] or "")
        row_at.setdefault(r["outlet"], r["outlet_order"])
        column_at.setdefault(r["subject"], r["subject_order"])
    return (
        stands,
        [outlets[name] for name in _in_order(row_at, list(outlets))],
        [subjects[name] for name in _in_order(column_at, list(subjects))],
    )


def _in_order(places: Mapping[str, int | None], ids: list[str]) -> list[str]:
    """Return names by their places in the map; those without one last, as they are known."""
    return sorted(
        places, key=lambda name: (math.inf if places[name] is None else places[name], ids.index(name))
    )


def _cell(board: Board, row: Mapping[str, Any]) -> Cell:
    basis, subject, outlet = row["basis"], row["subject"], row["outlet"]
    figure = board.cell(whole_of(basis) or basis, subject, None, outlet)
    page = f"{board.evidence_way(outlet)}{evidence_page(subject, outlet)}"
    n_units = int(row["n_units"] or 0)
    return Cell(
        estimate=row["estimate"],
        low=row["conf_low"],
        high=row["conf_high"],
        numerator=0.0,
        denominator=float(n_units),
        n_units=n_units,
        n_left_out=0,
        method="",
        note=row["note"] or "",
        href=figure.href if figure else page,
        notation=_notation(basis),
        voice=row["voice"] or "all",
    )


def _notation(basis: str) -> Notation:
    return MEANS if basis in {b.name for b in BASES} else SHARES


def _map(basis: Basis, stands: Stands, outlets: list[OutletView], subjects: list[SubjectView]) -> Map | None:
    grids = [
        Grid(part, [GridRow(o, [stands.get((basis.name, o.id, s.id)) for s in part]) for o in outlets])
        for part in strips(subjects, WIDTH)
    ]
    return Map(basis, grids) if any(x for g in grids for r in g.rows for x in r.cells) else None


def _apart(stands: Stands, outlets: list[OutletView], subjects: list[SubjectView]) -> list[Grid[Apart]]:
    def pair(outlet: str, subject: str) -> Apart | None:
        praise, blame = (stands.get((basis, outlet, subject)) for basis in (PRAISE, BLAME))
        if praise is None and blame is None:
            return None
        return Apart(praise.cell if praise else None, blame.cell if blame else None)

    grids = [
        Grid(part, [GridRow(o, [pair(o.id, s.id) for s in part]) for o in outlets])
        for part in strips(subjects, WIDTH)
    ]
    return grids if any(c for g in grids for r in g.rows for c in r.cells) else []


PAGE = Page(
    name="alignment",
    title="Whose side outlets take",
    templates=Path(__file__).parent,
    show=lambda editions: alignment(editions.board),
    symbol="a",
    place=30,
)
"""The page of alignment, and its section of the index."""
