"""What outlets leave out: subjects that they pass over, and likely stories that they did not run."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.text import web_address
from masthead.dossier.views import OutletView, SubjectView

PAIRS, MISSED, BESIDE = 20, 12, 6
"""So many pairs of outlet and subject, likely stories, and headlines beside each are shown."""


@dataclass(frozen=True)
class Pair:
    """Stories about a subject that an outlet covered, beside those that its habits make expected."""

    outlet: OutletView
    subject: SubjectView
    category: str | None
    covered: int
    expected: float
    ratio: float
    low: float
    high: float
    n_stories: int
    n_unknown: int
    note: str

    @property
    def silent(self) -> bool:
        """Whether the outlet is called silent on the subject."""
        return self.note.startswith("silent")


@dataclass(frozen=True)
class Headline:
    """An article beside a story that an outlet did not run."""

    outlet: str
    day: Any
    title: str
    url: str | None


@dataclass(frozen=True)
class Missed:
    """A likely story that an outlet did not run: who did, and what it published in those days instead."""

    outlet: OutletView
    day: Any
    probability: float
    others: int
    ran: list[Headline]
    instead: list[Headline]


@dataclass(frozen=True)
class Silence:
    """What is said of silence, the pairs that cover least, and the likeliest stories passed over."""

    said: list[str]
    reason: str | None
    chance: float
    listed: int
    pairs: list[Pair]
    n_pairs: int
    missed: list[Missed]
    habits: list[tuple[str, str, str]]
    left_out: dict[str, str]


def silence(board: Board) -> Silence | None:
    """Return what the survey found; None where the study did not ask."""
    told = board.about.get("silence")
    if not told:
        return None
    pairs = _pairs(board)
    pairs.sort(
        key=lambda p: (not p.silent, not p.note.startswith("covers less"), p.high, p.outlet.id, p.subject.id)
    )
    return Silence(
        said=list(told["said"]),
        reason=told["reason"],
        chance=told["chance"],
        listed=told["listed"],
        pairs=pairs[:PAIRS],
        n_pairs=len(pairs),
        missed=_missed(board),
        habits=[
            (c["term"], _factor(c["value"]), _factor(c["spread"]))
            for c in told["coefficients"]
            if c["outlet"] is None
        ],
        left_out=dict(told["left_out"]),
    )


def _pairs(board: Board) -> list[Pair]:
    """The pairs that were tested: of fewer than three expected stories, covering none proves nothing."""
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    rows = board.rows("select * from estimates where unit = 'story' and period_start is null")
    return [
        Pair(
            outlet=outlets[r["outlet"]],
            subject=subjects[r["subject"]],
            category=r["category"],
            covered=int(r["numerator"]),
            expected=r["denominator"],
            ratio=r["estimate"],
            low=r["conf_low"],
            high=r["conf_high"],
            n_stories=r["n_units"],
            n_unknown=r["n_left_out"],
            note=r["note"] or "",
        )
        for r in rows
        if r["estimate"] is not None
        and r["outlet"] in outlets
        and r["subject"] in subjects
        and "not tested" not in (r["note"] or "")
    ]


def _missed(board: Board) -> list[Missed]:
    outlets = {o.id: o for o in board.outlets}
    titles = {o["id"]: o.get("title") or o["id"] for o in board.about["outlets"]}
    rows = [r for r in board.findings.silences.to_pylist() if r["outlet"] in outlets]
    found = []
    for (_, outlet), beside in groupby(rows, key=lambda r: (r["story"], r["outlet"])):
        articles = list(beside)
        first = articles[0]
        headlines = [
            (
                r["ran_by"] == outlet,
                Headline(
                    titles.get(r["ran_by"], r["ran_by"]),
                    r["published"],
                    r["title"] or "",
                    web_address(r["url"]),
                ),
            )
            for r in articles
        ]
        found.append(
            Missed(
                outlet=outlets[outlet],
                day=first["day"],
                probability=first["probability"],
                others=first["others"],
                ran=[h for own, h in headlines if not own][:BESIDE],
                instead=[h for own, h in headlines if own][:BESIDE],
            )
        )
    return found[:MISSED]


def _factor(log_odds: float) -> str:
    return f"{math.exp(log_odds):.2f}"
