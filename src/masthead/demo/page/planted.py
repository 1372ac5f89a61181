"""What a made-up press planted beside what the survey found: shares with coverage, portrayals with error and order."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from masthead.demo.changes import ChangesBeside
from masthead.demo.page.planted_calls import planted_changes, planted_silences
from masthead.demo.silences import SilencesBeside
from masthead.dossier.board import Board
from masthead.dossier.page import Page
from masthead.dossier.writing.notation import SHARES
from masthead.findings.planted import PlantedFigure
from masthead.press.truth import PLANTED_PORTRAYALS


@dataclass(frozen=True)
class Planted:
    """Planted values beside those found. Of portrayals no coverage is claimed: how they agree is counted instead.

    `bias` is the mean of found less planted, `miss` the mean of its size. Of `n_sided`, `same_side` lie on the
    same side of 0 as planted; of `n_pairs` pairs of outlets on one subject, `n_ordered` stand in the planted order.
    """

    shares: list[dict[str, Any]]
    portrayals: list[dict[str, Any]]
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
        return sum(bool(row["inside"]) for row in self.shares)


def planted_values(board: Board) -> Planted | None:
    """Return what was planted, with names and the way to the sentences; None where the press is not made up."""
    rows = [_row(board, row) for row in board.about.get("planted") or ()]
    if not rows:
        return None
    portrayals = [row for row in rows if row["notation"].is_signed]
    with_estimate = [row for row in portrayals if row["found"] is not None]
    with_sign = [row for row in with_estimate if row["planted"]]
    off = [row["found"] - row["planted"] for row in with_estimate]
    pairs = _pairs(with_estimate)
    return Planted(
        shares=[row for row in rows if not row["notation"].is_signed],
        portrayals=portrayals,
        bias=sum(off) / len(off) if off else None,
        miss=sum(abs(o) for o in off) / len(off) if off else None,
        same_side=sum(row["found"] * row["planted"] > 0 for row in with_sign),
        n_sided=len(with_sign),
        n_ordered=sum((a["found"] - b["found"]) * (a["planted"] - b["planted"]) > 0 for a, b in pairs),
        n_pairs=len(pairs),
        codings=_codings(board),
        changes=planted_changes(board),
        silences=planted_silences(board),
    )


def _row(board: Board, row: PlantedFigure) -> dict[str, Any]:
    titles = {o.id: o.title for o in board.outlets} | {s.id: s.title for s in board.subjects}
    subject, outlet, category = row.get("subject"), row.get("outlet"), row.get("category")
    own_measure = row.get("measure")
    measures = [own_measure] if own_measure else list(board.notations)
    cells = {name: board.cell(name, subject, category, outlet) for name in measures if subject and outlet}
    measure = own_measure or next((name for name, cell in cells.items() if cell), "")
    cell = cells.get(measure)
    return {
        "what": row.get("what"),
        "planted": row.get("planted"),
        "found": row.get("found"),
        "conf_low": row.get("conf_low"),
        "conf_high": row.get("conf_high"),
        "inside": row.get("inside"),
        "subject": titles.get(subject or "", subject or ""),
        "outlet": titles.get(outlet or "", outlet or ""),
        "subject_id": subject,
        "measure": measure,
        "category": category,
        "notation": board.notations.get(measure, SHARES),
        "href": cell.href if cell else None,
    }


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


def _pairs(rows: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Return the pairs of outlets on one subject whose planted values differ."""
    by_subject: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        by_subject[row["subject_id"]].append(row)
    return [
        (a, b)
        for group in by_subject.values()
        for a, b in combinations(group, 2)
        if a["planted"] != b["planted"]
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
