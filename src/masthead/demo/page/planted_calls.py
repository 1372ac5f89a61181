"""The changes and silences that a made-up press planted, beside those that the survey found, as the page names them."""

from __future__ import annotations

import datetime as dt

from masthead.demo.changes import ChangesBeside, Found, PlantedChange
from masthead.demo.silences import SilenceBeside, SilencesBeside
from masthead.dossier.board import Board
from masthead.findings import planted as about


def planted_changes(board: Board) -> ChangesBeside | None:
    """Return planted and found changes with titles for ids; None where the press is not made up."""
    part = board.about.get("planted_changes")
    if not part:
        return None
    titles = _titles(board)

    def change_of(row: about.FoundChange) -> Found:
        outlet, subject = (titles.get(name or "", name or "") for name in (row["outlet"], row["subject"]))
        date, low, high = map(dt.date.fromisoformat, (row["date"], row["low"], row["high"]))
        return Found(row["measure"], outlet, subject, row["kind"], date, low, high)

    return ChangesBeside(
        [
            PlantedChange(
                outlet=titles.get(row["outlet"], row["outlet"]),
                subject=titles.get(row["subject"], row["subject"]),
                category=row["category"],
                date=dt.date.fromisoformat(row["date"]),
                match=change_of(row["found"]) if row["found"] else None,
            )
            for row in part["planted"]
        ],
        of_the_world=[change_of(row) for row in part["of_the_world"]],
        not_planted=[change_of(row) for row in part["not_planted"]],
    )


def planted_silences(board: Board) -> SilencesBeside | None:
    """Return the planted silences beside those called, with titles for ids; None where the press is not made up."""
    part = board.about.get("planted_silences")
    if not part:
        return None
    titles = _titles(board)

    def pair_of(row: about.PlantedSilence) -> SilenceBeside:
        outlet, subject = (titles.get(name, name) for name in (row["outlet"], row["subject"]))
        figures = (row["covered"], row["expected"], row["ratio"], row["conf_low"], row["conf_high"])
        return SilenceBeside(outlet, subject, row["planted"], row["call"], *figures)

    return SilencesBeside(
        [pair_of(row) for row in part["planted"]], [pair_of(row) for row in part["not_planted"]]
    )


def _titles(board: Board) -> dict[str, str]:
    return {o.id: o.title for o in board.outlets} | {s.id: s.title for s in board.subjects}
