"""Portrayal over all subjects: the grid of outlets and subjects, and what its model's scores mean."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.grid import Grid, grids
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView
from masthead.dossier.writing.numbers import percent
from masthead.instruments.portrayal.about import PORTRAYAL
from masthead.measuring.coded.about import CODING
from masthead.reading.portrayal.classifier import Asked
from masthead.reading.portrayal.shipped import WEIGHTS

NAME = "portrayal"

_MANY = 1000


@dataclass(frozen=True)
class Score:
    """How the model did on one file of sentences coded by people: fractions of 1, None where not measured.

    `control_macro_f1` is that of a model which does not see whom a sentence is asked about. `bias` is the mean of
    reading less code, `rmse` the root of their mean square, both on the scale of −1 to 1.
    """

    name: str
    n: int | None = None
    macro_f1: float | None = None
    accuracy: float | None = None
    control_macro_f1: float | None = None
    bias: float | None = None
    rmse: float | None = None


@dataclass(frozen=True)
class Model:
    """The model behind the readings, and what is known of its errors: nothing, unless it is the one that ships."""

    name: str
    scores: list[Score]
    bad_at: list[str]

    @property
    def one_in(self) -> int | None:
        """Of so many sentences one is misread, on the file that it did worst on; None where not measured."""
        worst = min((s.accuracy for s in self.scores if s.accuracy is not None), default=None)
        return None if worst is None or worst >= 1 else max(2, round(1 / (1 - worst)))

    @property
    def miss(self) -> float | None:
        """By how much one sentence is misread, as a rule, on the scale of −1 to 1; None where not measured."""
        return max((s.rmse for s in self.scores if s.rmse is not None), default=None)

    @property
    def miss_of_many(self) -> str:
        """How far chance alone moves a mean of a thousand such readings, in 95 of 100 cases."""
        return "" if self.miss is None else f"{1.96 * self.miss / math.sqrt(_MANY):.2f}"

    @property
    def leaning(self) -> float | None:
        """The largest mean of reading less code, with its sign; None where not measured."""
        biases = [s.bias for s in self.scores if s.bias is not None]
        return max(biases, key=abs) if biases else None


@dataclass(frozen=True)
class Portrayal:
    """What the main page says of portrayal before it turns to each subject."""

    grids: list[Grid[Cell]]
    model: Model
    precision: float | None
    mentions: int | None
    read: int | None
    n_refused: int
    asked_model: Asked | None
    unknown_voice: list[OutletView]
    n_calibrated: int
    """How many figures over all time people's codes correct."""

    @property
    def read_part(self) -> str:
        """The part of the mentions that the model read, where that is not all of them."""
        if not self.mentions or self.read is None or self.read >= self.mentions:
            return ""
        return percent(self.read / self.mentions)


def portrayal(board: Board) -> Portrayal | None:
    """Return the grid and its model; None where the survey has no figure of portrayal."""
    tables = grids(board, NAME)
    if not tables:
        return None
    about = PORTRAYAL.any_of(board.about)
    return Portrayal(
        grids=tables,
        model=_model(about.get("model") or "a model"),
        precision=about.get("precision"),
        mentions=about.get("mentions"),
        read=about.get("mentions_read"),
        n_refused=about.get("language_refused") or 0,
        n_calibrated=(CODING.get(board.about) or {"calibrated": 0})["calibrated"],
        asked_model=about.get("asked_model"),
        unknown_voice=[o for o in board.outlets if o.n_articles and not o.quotation_marks],
    )


def _model(name: str) -> Model:
    card = _shipped_card()
    # Scores belong to one model: those of the card are not those of any other.
    if name != f"{card.get('name')} {card.get('version')}":
        card = {}
    return Model(
        name=name,
        scores=[
            Score(**{f.name: test.get(f.name) for f in fields(Score)}) for test in card.get("tests") or ()
        ],
        bad_at=[str(b) for b in card.get("bad_at") or ()],
    )


def _shipped_card() -> Mapping[str, Any]:
    """Return the card of the model that ships; an empty one where it is not there or damaged."""
    try:
        card = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return card if isinstance(card, dict) else {}


PAGE = Page(
    name="portrayal",
    title="How outlets portray the subjects",
    templates=Path(__file__).parent,
    show=lambda editions: portrayal(editions.board),
    symbol="p",
    section_only=True,
    place=20,
)
"""The section of the index about portrayal."""
