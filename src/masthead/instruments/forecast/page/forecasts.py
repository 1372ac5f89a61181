"""What outlets said would happen, and what became of it: the list, each outlet's record, wording against truth."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from masthead.dossier.board import Board
from masthead.dossier.evidence.evidence_pages import Piece, picked_out
from masthead.dossier.grid import Grid, grids
from masthead.dossier.headlines import Headline, headline_of
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.dossier.writing.notation import SHARES
from masthead.instruments.forecast.about import FORECASTS, BrierScore, WordingRecord

NAME = "forecast"

LISTED = 60
"""So many forecasts of each outlet are listed."""

APART = 12
"""So many sentences of each kind that is no forecast of the outlet's own are shown."""

KNOWN = ("true", "false")
"""What a forecast whose outcome is known became."""

_STYLES = {"true": "v-for", "false": "v-against", "open": "v-open", "cannot tell": "v-open"}

_KINDS = {
    "quoted": "Forecasts that somebody else is quoted with",
    "plan": "Plans and calendars",
    "condition": "On a condition",
}


@dataclass(frozen=True)
class Forecast:
    """One sentence that says what will happen to a subject, or to several of which the same became."""

    headline: Headline
    subjects: list[SubjectView]
    pieces: list[Piece]
    confidence: str
    by_when: str
    due: dt.date | None
    became: str

    @property
    def style(self) -> str:
        """The style of what became of it."""
        return _STYLES.get(self.became, "v-none")


@dataclass(frozen=True)
class Listed:
    """The forecasts of one outlet in its own voice, and its record over all subjects, if any outcome is known.

    Of the `n` forecasts, counted once for each subject, `n_listed` are listed.
    """

    outlet: OutletView
    cell: Cell | None
    forecasts: list[Forecast]
    n: int
    n_listed: int
    became: Counter[str]

    @property
    def n_known(self) -> int:
        """How many outcomes are known."""
        return sum(self.became[k] for k in KNOWN)


@dataclass(frozen=True)
class Band:
    """How often forecasts of one wording came true; `means` is the share that the wording stands for."""

    confidence: str
    means: tuple[float, float] | None
    says: str
    n: int
    n_true: int
    share: float | None
    low: float | None
    high: float | None

    @property
    def figure(self) -> str:
        """The share that came true, in percent."""
        return SHARES.value(self.share)

    @property
    def interval(self) -> str:
        """Its interval."""
        return SHARES.interval(self.low, self.high)

    @property
    def meaning(self) -> str:
        """What the wording stands for, in percent."""
        return SHARES.interval(*self.means) if self.means else ""

    @property
    def meant_at(self) -> tuple[str, str]:
        """Where what it stands for begins on the axis, and how wide it is."""
        low, high = self.means or (0.0, 0.0)
        return SHARES.place(low), SHARES.place(high - low)

    @property
    def places(self) -> tuple[str, str, str]:
        """Where low end, figure and high end stand on the axis."""
        low = self.share if self.low is None else self.low
        high = self.share if self.high is None else self.high
        return SHARES.place(low), SHARES.place(self.share), SHARES.place(high)


@dataclass(frozen=True)
class Score:
    """The Brier score of an outlet, or of all: 0 at best, .25 from tossing coins.

    `stands_for` is the mean of what the wording stands for, `came_true` the share that came true.
    """

    outlet: str
    n: int
    brier: float | None
    low: float | None
    high: float | None
    stands_for: float | None
    came_true: float | None

    @property
    def base(self) -> float | None:
        """The score of always saying the share that came true, known only afterwards."""
        return None if self.came_true is None else self.came_true * (1 - self.came_true)


@dataclass(frozen=True)
class Forecasts:
    """All that the pages say of forecasts."""

    notes: list[str]
    outcomes: str
    outlets: list[Listed]
    grids: list[Grid[Cell]]
    bands: list[Band]
    by_outlet: list[tuple[OutletView, list[Band]]]
    scores: list[Score]
    apart: list[tuple[str, int, list[Forecast]]]

    @property
    def n(self) -> int:
        """How many forecasts there are in the outlets' own voices."""
        return sum(o.n for o in self.outlets)

    @property
    def n_known(self) -> int:
        """How many outcomes are known."""
        return sum(o.n_known for o in self.outlets)


def forecasts(board: Board) -> Forecasts | None:
    """Return the forecasts and their record; None where the survey did not ask."""
    about = FORECASTS.any_of(board.about)
    rows = board.findings.forecasts.to_pylist()
    if not (rows or about or board.measures(NAME)):
        return None
    own: dict[str, list[dict[str, Any]]] = defaultdict(list)
    others: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        # Where an outlet's texts hold no quotation marks nobody knows; its list then holds what it quotes as well.
        if row["kind"] == "forecast" and row["quoted"] is not True:
            own[row["outlet"]].append(row)
        else:
            others["quoted" if row["kind"] == "forecast" else row["kind"] or ""].append(row)
    bands, by_outlet = _calibration(board, _of_edition(board, about.get("calibration") or []))
    return Forecasts(
        notes=about.get("said") or [],
        outcomes=about.get("outcomes") or "",
        outlets=[_list_of(board, o, own[o.id]) for o in board.outlets if o.id in own],
        grids=grids(board, NAME),
        bands=bands,
        by_outlet=by_outlet,
        scores=[
            Score(
                board.titles.get(s["outlet"], s["outlet"]) if s["outlet"] else "All outlets",
                s["forecasts"],
                s["brier"],
                s["conf_low"],
                s["conf_high"],
                s["worded"],
                s["came_true"],
            )
            for s in _of_edition(board, about.get("scores") or [])
        ],
        apart=[
            (heading, len(others[kind]), _forecasts(board, others[kind][:APART]))
            for kind, heading in _KINDS.items()
            if others[kind]
        ],
    )


def _list_of(board: Board, outlet: OutletView, rows: list[dict[str, Any]]) -> Listed:
    """Return an outlet's forecasts in order of time; where they are many, those with an outcome go first."""
    to_show = sorted(rows, key=lambda r: r["became"] not in KNOWN)[:LISTED]
    ids = {id(r) for r in to_show}
    return Listed(
        outlet=outlet,
        cell=board.cell(NAME, None, None, outlet.id),
        forecasts=_forecasts(board, [r for r in rows if id(r) in ids]),
        n=len(rows),
        n_listed=len(to_show),
        became=Counter(r["became"] or "" for r in rows),
    )


def _forecasts(board: Board, rows: list[dict[str, Any]]) -> list[Forecast]:
    """Return the forecasts in their order, a sentence about several subjects once."""
    groups: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[tuple(row[k] for k in ("article_id", "field", "start", "end", "snippet", "became"))].append(
            row
        )
    return [_forecast(board, of) for of in groups.values()]


def _forecast(board: Board, rows: list[dict[str, Any]]) -> Forecast:
    row = rows[0]
    of = {r["subject"] for r in rows}
    return Forecast(
        headline=headline_of(row, board, row["outlet"]),
        subjects=[s for s in board.subjects if s.id in of],
        pieces=picked_out(" ".join((row["snippet"] or "").split()), row["what"] or row["cue"]),
        confidence=row["confidence"] or "",
        by_when=row["by_when"] or "",
        due=row["due"],
        became=row["became"] or "",
    )


_Row = TypeVar("_Row", WordingRecord, BrierScore)


def _of_edition(board: Board, rows: list[_Row]) -> list[_Row]:
    """Return the rows of the figures with wire copy, or without, of all outlets together and of those shown."""
    outlets = {None, *(o.id for o in board.outlets)}
    return [r for r in rows if r["wire"] == board.findings.wire and r["outlet"] in outlets]


def _calibration(
    board: Board, rows: list[WordingRecord]
) -> tuple[list[Band], list[tuple[OutletView, list[Band]]]]:
    """Return how often each wording came true: over all outlets, and outlet by outlet."""
    by_outlet: dict[str | None, list[Band]] = defaultdict(list)
    for row in rows:
        low, high = row.get("low"), row.get("high")
        by_outlet[row.get("outlet")].append(
            Band(
                confidence=row.get("confidence") or "",
                means=None if low is None or high is None else (low, high),
                says=str(row.get("says") or ""),
                n=int(row.get("forecasts") or 0),
                n_true=int(row.get("came_true") or 0),
                share=row.get("estimate"),
                low=row.get("conf_low"),
                high=row.get("conf_high"),
            )
        )
    return by_outlet[None], [(o, by_outlet[o.id]) for o in board.outlets if o.id in by_outlet]


PAGE = Page(
    name="forecasts",
    title="What they said would happen",
    templates=Path(__file__).parent,
    show=lambda editions: forecasts(editions.board),
    symbol="f",
    place=55,
)
"""The page of forecasts, and its section of the index."""
