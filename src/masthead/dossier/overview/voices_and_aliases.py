"""What stands beside a subject's figures: both voices, and what an alias changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from masthead.dossier.board import Board
from masthead.dossier.charts.series import scale_of
from masthead.dossier.overview.contrasts import Robust
from masthead.dossier.views import Cell, OutletView
from masthead.dossier.writing.notation import Notation
from masthead.dossier.writing.numbers import ENOUGH
from masthead.findings.about import Declaration
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words

if TYPE_CHECKING:
    from masthead.dossier.overview.sections import Figure


@dataclass(frozen=True)
class VoiceRow:
    """One outlet's figure in its own words and in what it quotes."""

    outlet: OutletView
    own: Cell | None
    quotation: Cell | None


@dataclass(frozen=True)
class VoiceTable:
    """Own voice and quoted voice of one category, or of a measure without any; axes end at `scale`."""

    category: str | None
    rows: list[VoiceRow]
    scale: float


@dataclass(frozen=True)
class Voices:
    """The outlets' voices side by side, for one measure: a table per category, the leading one first."""

    measure: Declaration
    notation: Notation
    tables: list[VoiceTable]
    unknown: list[OutletView]
    words: Words


@dataclass(frozen=True)
class AliasTable:
    """For one figure, each outlet's estimate and its range with any one alias left out."""

    measure: str
    category: str | None
    rows: list[tuple[OutletView, Cell, Robust]]
    words: Words


def voices(board: Board, figure: Figure) -> Voices | None:
    """Return the outlets with enough of either voice; None where none has enough of both to set side by side."""
    tables = []
    for category in sorted(figure.categories, key=lambda c: c != figure.leading):
        if category == OTHER:
            continue
        rows = []
        for row in figure.rows:
            own, quotation = (
                board.cell(figure.name, figure.subject.id, category, row.outlet.id, voice)
                for voice in ("own", "quoted")
            )
            if any(c is not None and c.state == "shown" for c in (own, quotation)):
                rows.append(VoiceRow(row.outlet, own, quotation))
        if any(r.own and r.quotation and r.own.state == r.quotation.state == "shown" for r in rows):
            cells = [c for r in rows for c in (r.own, r.quotation) if c is not None and c.state == "shown"]
            tables.append(VoiceTable(category, rows, scale_of(cells) if figure.notation.is_signed else 1.0))
    if not tables:
        return None
    unknown = [r.outlet for r in figure.rows if r.n_units and not r.outlet.quotation_marks]
    return Voices(figure.measure, figure.notation, tables, unknown, figure.words)


def alias_table(
    board: Board, figure: Figure, robust: dict[tuple[str, str, str | None, str], Robust]
) -> AliasTable | None:
    """Return the ranges of a figure's leading category, for outlets with enough articles; None where there are none."""
    rows = []
    for row in figure.rows:
        key = (figure.name, figure.subject.id, figure.leading, row.outlet.id)
        cell, alias_range = board.cell(*key), robust.get(key)
        if (
            cell is not None
            and cell.n_units >= ENOUGH
            and alias_range is not None
            and alias_range.n_aliases > 1
        ):
            rows.append((row.outlet, cell, alias_range))
    return AliasTable(figure.name, figure.leading, rows, figure.words) if rows else None
