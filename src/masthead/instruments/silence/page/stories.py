"""The stories that most outlets ran: who told them when, under which headlines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.headlines import Headline, headline_of
from masthead.dossier.page import Page
from masthead.dossier.views import SubjectView
from masthead.dossier.writing.numbers import clock, lasting

SHOWN = 30
"""So many stories are told in full, those that most outlets ran."""

TELLERS = 20
"""So many outlets are listed per story, those that ran it first."""

MARKS = 12
"""So many articles of one outlet are marked on its strip."""


@dataclass(frozen=True)
class Teller:
    """One outlet that ran a story: its first article, and when it ran each; `marks` are places and wire copy."""

    outlet: str
    first: Headline
    after: str
    marks: list[tuple[str, bool]]
    n_articles: int


@dataclass(frozen=True)
class Story:
    """One story. `begin` and `end` are the times of the first and last article listed."""

    anchor: str
    title: str
    n_articles: int
    n_outlets: int
    subjects: list[SubjectView]
    begin: str
    end: str
    duration: str
    tellers: list[Teller]
    n_wire: int

    @property
    def n_more(self) -> int:
        """How many outlets ran it beside those listed."""
        return max(0, self.n_outlets - len(self.tellers))


@dataclass(frozen=True)
class Stories:
    """The largest stories, and how many more of them the findings list."""

    stories: list[Story]
    n_listed: int


def stories(board: Board) -> Stories | None:
    """Return the largest stories; None where the survey did not look for stories."""
    rows = board.findings.stories.to_pylist()
    if not rows and not any(m.get("unit") == "story" for m in board.about["measures"]):
        return None
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        groups.setdefault(row["story"], []).append(row)
    return Stories(
        [_story(board, at, group) for at, group in enumerate(list(groups.values())[:SHOWN], 1)], len(groups)
    )


def _story(board: Board, at: int, rows: list[dict[str, Any]]) -> Story:
    rows = sorted(rows, key=lambda r: (r["published"] is None, r["published"] or 0, r["article_id"] or ""))
    with_moment = [r for r in rows if r["published"] is not None] or rows[:1]
    begin, end = with_moment[0]["published"], with_moment[-1]["published"]
    by_outlet = sorted(rows, key=lambda r: r["outlet"] or "")
    tellers = [
        (group[0]["published"], _teller(board, outlet or "", group, begin, end))
        for outlet, rows_of_outlet in groupby(by_outlet, key=lambda r: r["outlet"])
        if (group := list(rows_of_outlet))
    ]
    tellers.sort(key=lambda t: (t[0] is None, t[0] or 0, t[1].outlet))
    subjects = {s.id: s for s in board.subjects}
    first = next((r for r in rows if r["title"]), rows[0])
    return Story(
        anchor=f"story--{at}",
        title=headline_of(first, board, first["outlet"]).title,
        n_articles=int(rows[0]["n_articles"] or len(rows)),
        n_outlets=int(rows[0]["n_outlets"] or len(tellers)),
        subjects=[subjects[s] for s in rows[0]["subjects"] or () if s in subjects],
        begin=clock(board.own_time(begin, with_moment[0]["outlet"])),
        end=clock(board.own_time(end, with_moment[-1]["outlet"])),
        duration=lasting((end - begin).total_seconds()) if begin and end and end > begin else "",
        tellers=[teller for _, teller in tellers[:TELLERS]],
        n_wire=sum(bool(r["wire"]) for r in rows),
    )


def _teller(
    board: Board, outlet: str, rows: list[dict[str, Any]], begin: dt.datetime | None, end: dt.datetime | None
) -> Teller:
    first = rows[0]["published"]
    after = ""
    if begin is not None and first is not None:
        after = "first" if first == begin else f"{lasting((first - begin).total_seconds())} later"
    return Teller(
        outlet=board.titles.get(outlet, outlet),
        first=headline_of(rows[0], board, outlet),
        after=after,
        marks=[(_place(r["published"], begin, end), bool(r["wire"])) for r in rows[:MARKS] if r["published"]],
        n_articles=len(rows),
    )


def _place(moment: dt.datetime, begin: dt.datetime | None, end: dt.datetime | None) -> str:
    """Return where a moment stands between the first and the last, in percent."""
    if begin is None or end is None or end <= begin:
        return "0.0%"
    return f"{100 * ((moment - begin) / (end - begin)):.1f}%"


PAGE = Page(
    name="stories",
    title="The largest stories",
    templates=Path(__file__).parent,
    show=lambda editions: stories(editions.board),
    symbol="t",
    alike=True,
    place=53,
)
"""The page of stories, and its section of the index."""
