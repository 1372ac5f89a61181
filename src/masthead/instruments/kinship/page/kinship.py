"""Whose words outlets use: shares of the parties' own phrases, within the same stories too, and the phrases."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from masthead.dossier.board import Board
from masthead.dossier.evidence.evidence_pages import Piece, picked_out
from masthead.dossier.grid import Grid, GridRow, grids
from masthead.dossier.headlines import Headline, headline_of
from masthead.dossier.overview.contrasts import SIGNIFICANT
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.dossier.writing.notation import MEANS, SHARES
from masthead.dossier.writing.numbers import name_list, with_noun
from masthead.instruments.kinship.about import KINSHIP, LearntParty, StoryDifference

NAME = "kinship"

PHRASES = 20
"""So many phrases of each party are listed, the most distinctive."""

EXAMPLES = 2
"""So many sentences of each phrase are shown, of the outlets that use it most."""


@dataclass(frozen=True)
class Example:
    """A sentence in which an outlet uses a phrase in its own voice."""

    headline: Headline
    pieces: list[Piece]


@dataclass(frozen=True)
class Phrase:
    """A phrase that tells a party's own texts from the others', and which outlets use it in their own voice."""

    text: str
    uses: int
    elsewhere: int
    log_odds: float | None
    users: list[tuple[str, int]]
    examples: list[Example]


@dataclass(frozen=True)
class Party:
    """A party, what its phrases were learnt from, and the phrases, the most distinctive first."""

    subject: SubjectView
    sources: str
    note: str
    phrases: list[Phrase]
    n_phrases: int

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"party--{self.subject.slug}"

    @property
    def examples(self) -> list[tuple[str, Example]]:
        """The sentences shown, with the phrase that each uses."""
        return [(p.text, e) for p in self.phrases for e in p.examples[:EXAMPLES]]


@dataclass(frozen=True)
class Within:
    """An outlet's use of a party's words less its peers', on the same stories."""

    difference: float | None
    low: float | None
    high: float | None
    n_stories: int
    q: float | None
    note: str

    @property
    def figure(self) -> str:
        """The difference in percentage points, with its sign; nothing where there are too few stories."""
        return (
            "" if self.difference is None else SHARES.difference_with_sign(self.difference).partition(" ")[0]
        )

    @property
    def bounds(self) -> str:
        """The two ends of its interval."""
        return SHARES.gained_between(self.low, self.high).removesuffix(" points").removesuffix(" point")

    @property
    def is_finding(self) -> bool:
        """True where it is a finding: false discovery rate below 5%, the whole interval off 0."""
        return (
            self.difference is not None
            and self.q is not None
            and self.q < SIGNIFICANT
            and not MEANS.holds_even(self.low, self.high)
        )

    @property
    def sure(self) -> float:
        """How far the near end of its interval is from 0."""
        return min(abs(self.low or 0.0), abs(self.high or 0.0))

    @property
    def shade(self) -> str:
        """The style of a table cell: by sign and size where the interval is off 0."""
        if self.difference is None:
            return "weak"
        return "even" if MEANS.holds_even(self.low, self.high) else MEANS.shade(self.difference)


@dataclass(frozen=True)
class Kinship:
    """All that the pages say of kinship."""

    reason: str
    caveats: list[str]
    phrase_kind: str
    grids: list[Grid[Cell]]
    within: list[GridRow[Within]]
    parties: list[Party]

    @property
    def subjects(self) -> list[SubjectView]:
        """The parties that are compared within stories."""
        return [p.subject for p in self.parties]

    @property
    def findings(self) -> list[tuple[OutletView, SubjectView, Within]]:
        """Who uses more or fewer of a party's words than its peers on the same stories, the surest first."""
        beyond_chance = [
            (row.outlet, party, cell)
            for row in self.within
            for party, cell in zip(self.subjects, row.cells, strict=True)
            if cell is not None and cell.is_finding
        ]
        return sorted(beyond_chance, key=lambda f: (-f[2].sure, f[0].id, f[1].id))


def kinship(board: Board) -> Kinship | None:
    """Return whose words outlets use; None where the survey did not ask."""
    about = KINSHIP.any_of(board.about)
    table = board.findings.phrases
    if not (table.num_rows or about or board.measures(NAME)):
        return None
    parties = _parties(board, about.get("parties") or [])
    within = (about.get("within_stories") or {}).get(board.findings.wire) or []
    return Kinship(
        reason=about.get("reason") or "",
        caveats=about.get("said") or [],
        phrase_kind=about.get("phrase_kind") or "",
        grids=grids(board, NAME),
        within=_within(board, within, [p.subject for p in parties]),
        parties=parties,
    )


def _parties(board: Board, descriptions: list[LearntParty]) -> list[Party]:
    """Return the parties in the order of the study."""
    about_parties = {p["id"]: p for p in descriptions}
    table = board.findings.phrases
    lengths = {
        r["party"]: r["rank_max"] for r in table.group_by("party").aggregate([("rank", "max")]).to_pylist()
    }
    by_party: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table.filter(pc.less_equal(table["rank"], PHRASES)).to_pylist():
        by_party[row["party"]].append(row)
    parties = []
    for subject in board.subjects:
        if subject.id not in by_party and subject.id not in about_parties:
            continue
        in_order = sorted(by_party[subject.id], key=lambda r: (r["rank"] or 0, r["phrase"] or ""))
        phrases = [list(of) for _, of in groupby(in_order, key=itemgetter("rank", "phrase"))]
        about = about_parties.get(subject.id)
        parties.append(
            Party(
                subject=subject,
                sources=_sources(board, about) if about else "",
                note=about["note"] if about else "",
                phrases=[_phrase(board, of) for of in phrases[:PHRASES]],
                n_phrases=int((about and about["phrases"]) or lengths.get(subject.id) or 0),
            )
        )
    return parties


def _sources(board: Board, about: LearntParty) -> str:
    """Return what a party's phrases were learnt from, in words."""
    own = [board.titles.get(o, o) for o in about["own_texts"]]
    whose = "what it is quoted as saying" + (f", and the texts of {name_list(own)}" if own else "")
    n_articles = about["n_articles"]
    return f"{with_noun(n_articles, 'article')}: {whose}" if n_articles else ""


def _phrase(board: Board, rows: list[dict[str, Any]]) -> Phrase:
    first = rows[0]
    rows = [r for r in rows if r["outlet"] is not None]
    rows.sort(key=lambda r: (-(r["uses_by_outlet"] or 0), r["outlet"]))
    return Phrase(
        text=first["phrase"] or "",
        uses=int(first["uses"] or 0),
        elsewhere=int(first["uses_elsewhere"] or 0),
        log_odds=first["log_odds"],
        users=[(board.titles.get(r["outlet"], r["outlet"]), int(r["uses_by_outlet"] or 0)) for r in rows],
        examples=[
            Example(
                headline_of(r, board, r["outlet"]),
                picked_out(" ".join(r["snippet"].split()), r["phrase"]),
            )
            for r in rows
            if r["snippet"]
        ],
    )


def _within(
    board: Board, differences: list[StoryDifference], parties: list[SubjectView]
) -> list[GridRow[Within]]:
    """Return the differences within stories, outlets in rows, parties in columns: in its own voice where known."""
    by_cell = {(r["outlet"], r["subject"], r["voice"]): r for r in differences}
    rows = []
    for outlet in board.outlets:
        voice = board.voice(NAME, outlet.id)
        cells = [by_cell.get((outlet.id, p.id, voice)) for p in parties]
        if any(cells):
            rows.append(GridRow(outlet, [_difference(c) if c else None for c in cells]))
    return rows


def _difference(row: StoryDifference) -> Within:
    return Within(
        difference=row["difference"],
        low=row["conf_low"],
        high=row["conf_high"],
        n_stories=row["n_stories"],
        q=row["q"],
        note=row["note"] or "",
    )


PAGE = Page(
    name="kinship",
    title="Whose words outlets use",
    templates=Path(__file__).parent,
    show=lambda editions: kinship(editions.board),
    symbol="k",
    place=52,
)
"""The page of kinship, and its section of the index."""
