"""What stands beside a subject's figures: both voices, the words that tell outlets apart, what an alias changes."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from masthead.dossier.board import Board
from masthead.dossier.contrasts import Robust
from masthead.dossier.notation import Notation
from masthead.dossier.numbers import ENOUGH
from masthead.dossier.series import scale_of
from masthead.dossier.text import evidence_page, slug
from masthead.dossier.views import Cell, OutletView
from masthead.measuring.measure import OTHER

if TYPE_CHECKING:
    from masthead.dossier.sections import Figure

WORDS = 6
"""So many words per outlet are listed as those that tell it apart."""


@dataclass(frozen=True)
class VoiceRow:
    """One outlet's figure in its own words and in what it quotes."""

    outlet: OutletView
    own: Cell | None
    quoted: Cell | None


@dataclass(frozen=True)
class VoiceTable:
    """Own voice and quoted voice of one category, or of a measure without any; axes end at `scale`."""

    category: str | None
    rows: list[VoiceRow]
    scale: float


@dataclass(frozen=True)
class Voices:
    """The outlets' voices side by side, for one measure: a table per category, the leading one first."""

    measure: dict[str, Any]
    notation: Notation
    tables: list[VoiceTable]
    unknown: list[OutletView]


@dataclass(frozen=True)
class AliasTable:
    """For one figure, each outlet's estimate and its range with any one alias left out."""

    measure: str
    category: str | None
    rows: list[tuple[OutletView, Cell, Robust]]


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


def voices(board: Board, figure: Figure) -> Voices | None:
    """Return the outlets with enough of either voice; None where none has enough of both to set side by side."""
    tables = []
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
        if any(r.own and r.quoted and r.own.state == r.quoted.state == "shown" for r in rows):
            cells = [c for r in rows for c in (r.own, r.quoted) if c is not None and c.state == "shown"]
            tables.append(VoiceTable(category, rows, scale_of(cells) if figure.notation.signed else 1.0))
    if not tables:
        return None
    unknown = [r.outlet for r in figure.rows if r.n_units and not r.outlet.quotation_marks]
    return Voices(figure.measure, figure.notation, tables, unknown)


def alias_table(
    board: Board, figure: Figure, robust: dict[tuple[str, str, str | None, str], Robust]
) -> AliasTable | None:
    """Return the ranges of a figure's leading category, for outlets with enough articles; None where there are none."""
    rows = []
    for row in figure.rows:
        key = (figure.name, figure.subject.id, figure.leading, row.outlet.id)
        cell, found = board.cell(*key), robust.get(key)
        if cell is not None and cell.n_units >= ENOUGH and found is not None and found.n_aliases > 1:
            rows.append((row.outlet, cell, found))
    return AliasTable(figure.name, figure.leading, rows) if rows else None


def words(board: Board) -> dict[tuple[str, str], list[Word]]:
    """Return, by subject and outlet, the labels that tell the outlet apart, the most distinctive first.

    None where the survey did not ask for naming: then there are no sentences to show.
    """
    if not board.measures("naming"):
        return {}
    filed = _label_pages(board)
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
                f"{board.evidence_way(r['outlet'])}{evidence_page(r['subject'], r['outlet'])}#{slug(category)}",
            )
        )
    return dict(words)


def _label_pages(board: Board) -> dict[tuple[str, str], str]:
    """Return the category under which a label of a subject is filed."""
    board.db.register("sources", board.findings.sources.select(["subject", "label", "category"]))
    found = board.rows(
        "select subject, label, min(category) as category from sources "
        f"where label is not null and category <> '{OTHER}' group by all"
    )
    return {(r["subject"], r["label"]): r["category"] for r in found}
