"""What stands around the articles and does not count, and the figures of attention that it would move."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.dossier.board import Board

LISTED = 12
"""So many figures that standing text would move are listed, those that it would move most."""

KINDS = {
    "agency": "agency lines",
    "byline": "bylines",
    "correction": "corrections",
    "credit": "photo credits",
    "dateline": "datelines",
    "footer": "other lines that repeat",
    "links": "links to other articles",
    "no article": "texts that are no article",
    "outlet": "names beside titles",
    "repeated": "passages twice in one text",
    "subscription": "newsletters, subscriptions and cookies",
    "tags": "tags",
}
"""What the kinds of standing text are called, many of them."""


@dataclass(frozen=True)
class Around:
    """What stands around one outlet's articles: in how many, and how many spans of each kind, those with most first."""

    outlet: str
    articles: int
    with_marks: int
    kinds: list[tuple[str, int]]


@dataclass(frozen=True)
class WouldMove:
    """In how many articles of an outlet a subject is named, and in how many more only in standing text, by kind."""

    outlet: str
    subject: str
    articles: int
    n_named: int
    only: int
    kinds: str


@dataclass(frozen=True)
class StandingText:
    """All of it; `counts` where the study has it count, and nothing else is known."""

    counts: bool
    outlets: list[Around]
    moves: list[WouldMove]
    n_moved: int


def standing_text(board: Board) -> StandingText:
    """Return what a survey says of standing text."""
    about = board.about.get("standing")
    if about is None:
        return StandingText(True, [], [], 0)
    subjects = {subject.id: subject.title for subject in board.subjects}
    outlet_ids = {outlet.id for outlet in board.outlets}
    rows = [row for row in about["moved"] if row["subject"] in subjects and row["outlet"] in outlet_ids]
    return StandingText(
        counts=False,
        outlets=[
            Around(
                board.titles.get(one["id"], one["id"]),
                one["articles"],
                one["with_marks"],
                sorted(
                    ((KINDS.get(k, k), n) for k, n in one["spans"].items()), key=lambda kn: (-kn[1], kn[0])
                ),
            )
            for one in about["outlets"]
            if one["with_marks"] and one["id"] in outlet_ids
        ],
        moves=[
            WouldMove(
                board.titles.get(row["outlet"], row["outlet"]),
                subjects[row["subject"]],
                row["n"],
                row["named"],
                row["only"],
                ", ".join(KINDS.get(kind, kind) for kind in row["kinds"]),
            )
            for row in rows[:LISTED]
        ],
        n_moved=len(rows),
    )
