"""What expectations rest on: the coefficients of the model of coverage in plain words, and its calibration."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass

from masthead.dossier.board import Board
from masthead.dossier.writing.numbers import percent
from masthead.instruments.silence.about import Coefficient, SilenceAbout

OF_A_KIND = 8
"""Of sections, places and subjects so many are listed, those that matter most."""

APART = 2
"""So many outlets are named per line, those furthest from all."""

_KINDS = {
    "size": "twice as many others ran it as usual",
    "week": "the outlet published twice as much else as usual in the days around it",
    "month": "the outlet published twice as much else as usual in the weeks around it",
    "weekday": "it broke on a {}",
    "section": "it belongs to the section “{}”",
    "place": "it is datelined {}",
    "unfavourable": "it shows a subject in a bad light",
    "subject": "it is about {}",
    "against": "it shows {} in a bad light",
}


@dataclass(frozen=True)
class Term:
    """One line of the model: by what it multiplies the odds everywhere, how outlets differ, who most."""

    words: str
    odds: str
    spread: str
    apart: list[tuple[str, str]]


@dataclass(frozen=True)
class Tenth:
    """Stories that the model had not seen, of one tenth of predicted chances: predicted and covered shares."""

    label: str
    n: int
    predicted_share: float
    covered_share: float

    @property
    def places(self) -> tuple[str, str]:
        """Where the two stand on an axis of 0 to 100%."""
        return f"{100 * self.predicted_share:.1f}%", f"{100 * self.covered_share:.1f}%"


@dataclass(frozen=True)
class Habits:
    """The model in plain words. `usual` is the share of ordinary stories that an outlet runs; outlets beside it."""

    usual: str
    outlets: list[tuple[str, str]]
    terms: list[Term]
    n_more: int
    calibration: list[Tenth]


def habits(board: Board, about: SilenceAbout) -> Habits | None:
    """Return the model that a survey tells of; None where it tells of none."""
    rows = about.get("coefficients") or []
    tenths = [
        Tenth(f"{round(100 * r['low'])} to {round(100 * r['high'])}%", r["n"], r["predicted"], r["covered"])
        for r in about.get("calibration") or ()
    ]
    if not rows and not tenths:
        return None
    common = {(r["kind"], r["term"]): r for r in rows if r["outlet"] is None}
    departures: dict[tuple[str, str], list[tuple[str, float]]] = defaultdict(list)
    for r in rows:
        if r["outlet"] is not None:
            departures[r["kind"], r["term"]].append((r["outlet"], r["value"]))
    constant = next((r for r in common.values() if r["kind"] == "outlet"), None)
    base = constant["value"] if constant else 0.0
    own = departures.get((constant["kind"], constant["term"]), []) if constant else []
    to_show, n_more = _weightiest([r for r in common.values() if r["kind"] in _KINDS])
    return Habits(
        usual=percent(_chance(base)) if constant else "",
        outlets=[
            (board.titles.get(o, o), percent(_chance(base + v)))
            for o, v in sorted(own, key=lambda d: (-d[1], d[0]))
        ],
        terms=[_term(board, r, departures[r["kind"], r["term"]]) for r in to_show],
        n_more=n_more,
        calibration=tenths,
    )


def _weightiest(rows: list[Coefficient]) -> tuple[list[Coefficient], int]:
    """Return the lines to show, by kind, the weightiest first; and how many are left."""
    to_show = []
    for kind in _KINDS:
        of_kind = sorted(
            (r for r in rows if r["kind"] == kind),
            key=lambda r: (-abs(r["value"]) - (r["spread"] or 0.0), r["term"]),
        )
        to_show += of_kind[:OF_A_KIND]
    return to_show, len(rows) - len(to_show)


def _term(board: Board, row: Coefficient, departures: list[tuple[str, float]]) -> Term:
    value = row["term"].partition(": ")[2]
    if row["kind"] in ("subject", "against"):
        value = next((s.title for s in board.subjects if s.id == value), value)
    furthest = sorted(departures, key=lambda d: (-abs(d[1]), d[0]))[:APART]
    return Term(
        words=_KINDS[row["kind"]].format(value),
        odds=_times(row["value"]),
        spread=_times(row["spread"]) if row["spread"] is not None else "",
        apart=[(board.titles.get(o, o), _times(row["value"] + v)) for o, v in furthest if abs(v) >= 0.05],
    )


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-700.0, min(700.0, log_odds))))


def _times(log_odds: float) -> str:
    """Return by what the odds are multiplied."""
    factor = math.exp(max(-50.0, min(50.0, log_odds)))
    return f"×{factor:,.0f}" if factor >= 9.995 else f"×{factor:.2f}" if factor >= 0.1 else f"×{factor:.2g}"
