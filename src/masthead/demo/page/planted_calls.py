"""The changes and silences that a made-up press planted, beside those that the survey found: misses and all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from masthead.dossier.board import Board
from masthead.findings import planted as about


@dataclass(frozen=True)
class FoundChange:
    """A change that the survey found: `dated` where it has a day, else it is slow, from `low` to `high`."""

    measure: str
    outlet: str
    subject: str
    dated: bool
    date: dt.date
    low: dt.date
    high: dt.date


@dataclass(frozen=True)
class PlantedChange:
    """A planted change; `found` is None where the survey missed it, `inside` where its interval holds the day."""

    outlet: str
    subject: str
    category: str
    date: dt.date
    found: FoundChange | None
    days_off: int | None
    inside: bool


@dataclass(frozen=True)
class PlantedChanges:
    """Planted changes, found changes of what begins for all outlets on one day, and found changes besides."""

    planted: list[PlantedChange]
    of_the_world: list[FoundChange]
    not_planted: list[FoundChange]

    @property
    def n_dated(self) -> int:
        """How many planted changes were found with a day."""
        return sum(change.days_off is not None for change in self.planted)

    @property
    def n_inside(self) -> int:
        """How many of these have an interval that holds the day planted."""
        return sum(change.inside for change in self.planted)


@dataclass(frozen=True)
class PlantedSilence:
    """A pair of outlet and subject; `call` says what the survey calls it, `covered` and `expected` count stories."""

    outlet: str
    subject: str
    planted: bool
    call: str | None
    covered: float | None
    expected: float | None


@dataclass(frozen=True)
class PlantedSilences:
    """Pairs with a planted silence, and then pairs that are called silent though nothing was planted."""

    pairs: list[PlantedSilence]

    @property
    def n_planted(self) -> int:
        """How many were planted."""
        return sum(pair.planted for pair in self.pairs)

    @property
    def n_called(self) -> int:
        """How many of these are called silent."""
        return sum(pair.planted and pair.call == "silent" for pair in self.pairs)

    @property
    def n_false(self) -> int:
        """How many are called silent though nothing was planted."""
        return len(self.pairs) - self.n_planted


def planted_changes(board: Board) -> PlantedChanges | None:
    """Return planted and found changes; None where the press is not made up."""
    part = board.about.get("planted_changes")
    if not part:
        return None
    titles = _titles(board)

    def title_of(name: str | None) -> str:
        return titles.get(name or "", name or "")

    def change_of(row: about.FoundChange) -> FoundChange:
        return FoundChange(
            measure=row["measure"],
            outlet=title_of(row["outlet"]),
            subject=title_of(row["subject"]),
            dated=row["kind"] == "change",
            date=dt.date.fromisoformat(row["date"]),
            low=dt.date.fromisoformat(row["low"]),
            high=dt.date.fromisoformat(row["high"]),
        )

    changes = [
        PlantedChange(
            outlet=title_of(row["outlet"]),
            subject=title_of(row["subject"]),
            category=row["category"],
            date=dt.date.fromisoformat(row["date"]),
            found=change_of(row["found"]) if row["found"] else None,
            days_off=row["days_off"],
            inside=row["inside"],
        )
        for row in part["planted"]
    ]
    return PlantedChanges(
        changes,
        of_the_world=[change_of(row) for row in part["of_the_world"]],
        not_planted=[change_of(row) for row in part["not_planted"]],
    )


def planted_silences(board: Board) -> PlantedSilences | None:
    """Return the planted silences beside those called; None where the press is not made up."""
    part = board.about.get("planted_silences")
    if not part:
        return None
    titles = _titles(board)
    return PlantedSilences(
        [
            PlantedSilence(
                outlet=titles.get(row["outlet"], row["outlet"]),
                subject=titles.get(row["subject"], row["subject"]),
                planted=row["planted"],
                call=row["call"],
                covered=row["covered"],
                expected=row["expected"],
            )
            for row in (*part["planted"], *part["not_planted"])
        ]
    )


def _titles(board: Board) -> dict[str, str]:
    return {o.id: o.title for o in board.outlets} | {s.id: s.title for s in board.subjects}
