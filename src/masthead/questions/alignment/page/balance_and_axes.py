"""How outlets and subjects fall into camps: balance, places on axes, and sides that follow a factor."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from masthead.dossier.board import Board
from masthead.dossier.views import Cell
from masthead.dossier.writing.notation import MEANS
from masthead.questions.alignment.about import AxesAbout, Following, TieBalance
from masthead.questions.alignment.about import Balance as WholeBalance
from masthead.questions.alignment.page.explanations import style_of


@dataclass(frozen=True)
class Balance:
    """Whether friends of friends are friends: ties to be turned for two camps, and balanced cycles, against chance.

    A tie is who is surely kinder, or harsher, to whom than the means of both make expected; `absolute` is the same of
    plain signs.
    """

    reason: str
    frustration: int | None
    ties: int | None
    expected_by_chance: float | None
    p: float | None
    exact: bool
    permutations: int
    share_balanced: float | None
    balanced_expected: float | None
    cycles: int | None
    p_balanced: float | None
    camps: list[list[str]]
    against: list[tuple[str, str]]
    absolute: Balance | None = None


@dataclass(frozen=True)
class Place:
    """Where an outlet or a subject stands on one axis; places in percent along it."""

    title: str
    place: float
    low: float | None
    high: float | None
    at: tuple[str, str, str]

    @property
    def interval(self) -> str:
        """The two ends of the interval, in words."""
        return MEANS.interval(self.low, self.high)

    @property
    def figure(self) -> str:
        """The place with its sign."""
        return MEANS.value(self.place)


@dataclass(frozen=True)
class Axes:
    """One axis or two: how that was decided, and the places on each."""

    n: int | None
    notes: list[str]
    reason: str
    shares: list[float]
    outlets: list[list[Place]]
    subjects: list[list[Place]]


@dataclass(frozen=True)
class Followed:
    """Whether an outlet's portrayal of a subject followed a factor when its value changed on a day."""

    outlet: str
    subject: str
    factor: str
    day: dt.date | None
    values: tuple[float | None, float | None]
    before: Cell
    after: Cell
    answer: str
    reason: str

    @property
    def style(self) -> str:
        """The style of its answer."""
        return style_of(self.answer)


def balance(board: Board, about: TieBalance | WholeBalance | None) -> Balance | None:
    """Return what is told of balance, with names for ids; None where nothing is."""
    if not about:
        return None
    names = board.titles | {s.id: s.title for s in board.subjects}
    return Balance(
        reason=about.get("reason") or "",
        frustration=about.get("frustration"),
        ties=about.get("ties"),
        expected_by_chance=about.get("expected"),
        p=about.get("p"),
        cycles=about.get("cycles"),
        exact=about.get("exact") or False,
        permutations=about.get("permutations") or 0,
        share_balanced=about.get("balanced"),
        balanced_expected=about.get("balanced_expected"),
        p_balanced=about.get("p_balanced"),
        camps=[[names.get(x, x) for x in camp] for camp in about.get("camps") or ()],
        against=[(names.get(a, a), names.get(b, b)) for a, b in about.get("against") or ()],
        absolute=balance(board, cast(WholeBalance, about).get("absolute")),
    )


def axes(board: Board, about: AxesAbout | None) -> Axes | None:
    """Return what is told of the axes, places in order; None where nothing is."""
    if not about:
        return None
    n = about.get("n")
    names = board.titles | {s.id: s.title for s in board.subjects}
    return Axes(
        n=n,
        notes=about.get("said") or [],
        reason=about.get("reason") or "",
        shares=about.get("shares") or [],
        outlets=[
            _places(about.get("outlets") or (), "outlet", suffix, names) for suffix in ("", "_2")[: n or 0]
        ],
        subjects=[
            _places(about.get("subjects") or (), "subject", suffix, names) for suffix in ("", "_2")[: n or 0]
        ],
    )


def _places(rows: Sequence[Mapping[str, Any]], of: str, suffix: str, names: Mapping[str, str]) -> list[Place]:
    """Return the places on one axis in its order; the axis ends where the furthest interval does."""
    with_place = [
        (names.get(r[of], r[of]), *(r.get(k + suffix) for k in ("place", "low", "high")))
        for r in rows
        if r.get(f"place{suffix}") is not None
    ]
    reach = max((abs(x) for _, *xs in with_place for x in xs if x is not None), default=1.0) or 1.0
    places = [
        Place(
            title,
            place,
            low,
            high,
            (
                MEANS.place(place if low is None else low, reach),
                MEANS.place(place, reach),
                MEANS.place(place if high is None else high, reach),
            ),
        )
        for title, place, low, high in with_place
    ]
    return sorted(places, key=lambda p: (-p.place, p.title))


def factor_changes(board: Board, rows: list[Following] | None) -> list[Followed]:
    """Return whether sides followed the factors that changed, of the outlets shown."""
    names = board.titles | {s.id: s.title for s in board.subjects}
    outlet_ids = {o.id for o in board.outlets}

    def figure(value: float | None, low: float | None, high: float | None) -> Cell:
        return Cell(value, low, high, 0.0, 1.0, 0, 0, "", "", "", MEANS)

    by_outlet: dict[str, list[Followed]] = defaultdict(list)
    for r in rows or ():
        if r["outlet"] not in outlet_ids:
            continue
        by_outlet[r["outlet"]].append(
            Followed(
                outlet=names.get(r["outlet"], r["outlet"]),
                subject=names.get(r["subject"], r["subject"]),
                factor=board.factor_title(r["factor"]),
                day=dt.date.fromisoformat(r["from"]) if r["from"] else None,
                values=(r["value_before"], r["value_after"]),
                before=figure(r["before"], r["before_low"], r["before_high"]),
                after=figure(r["after"], r["after_low"], r["after_high"]),
                answer=r["answer"],
                reason=r["reason"],
            )
        )
    return [x for o in board.outlets for x in by_outlet.get(o.id, ())]
