"""Whose words outlets run: a map of outlets and the sources that their words had stood in before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.text import web_address
from masthead.dossier.views import OutletView

LISTED = 12
"""So many pairs of outlets are shown with their longest passage side by side."""


@dataclass(frozen=True)
class Printed:
    """One side of an example: where the passage stands."""

    title: str
    day: Any
    url: str | None
    snippet: str


@dataclass(frozen=True)
class Echo:
    """How much an outlet ran of what had stood in another before it."""

    outlet: OutletView
    source: OutletView
    n_articles: int
    words: int
    n_near_duplicates: int
    n_wire: int
    lag: str
    n_order_unknown: int
    later: Printed
    earlier: Printed
    shade: str


@dataclass(frozen=True)
class Echoes:
    """The map: an outlet's row holds what it ran, a column is whose words these were. None: nothing."""

    sources: list[OutletView]
    rows: list[tuple[OutletView, list[Echo | None]]]
    examples: list[Echo]


def echoes(board: Board) -> Echoes | None:
    """Return who runs whose words among the outlets shown; None where the study did not ask, or none does."""
    outlets = {o.id: o for o in board.outlets}
    rows = [r for r in board.findings.echoes.to_pylist() if r["outlet"] in outlets and r["source"] in outlets]
    most = max((r["words"] or 0 for r in rows), default=0)
    if not rows or not most:
        return None
    found = {(r["outlet"], r["source"]): _echo(r, outlets, most) for r in rows}
    sources = [o for o in board.outlets if any(source == o.id for _, source in found)]
    copiers = [o for o in board.outlets if any(outlet == o.id for outlet, _ in found)]
    return Echoes(
        sources=sources,
        rows=[(o, [found.get((o.id, s.id)) for s in sources]) for o in copiers],
        examples=sorted(found.values(), key=lambda e: (-e.words, e.outlet.id, e.source.id))[:LISTED],
    )


def _echo(row: dict[str, Any], outlets: dict[str, OutletView], most: int) -> Echo:
    return Echo(
        outlet=outlets[row["outlet"]],
        source=outlets[row["source"]],
        n_articles=row["n_articles"] or 0,
        words=row["words"] or 0,
        n_near_duplicates=row["n_near_duplicates"] or 0,
        n_wire=row["n_wire"] or 0,
        lag=_lag(row["median_lag"]),
        n_order_unknown=row["n_order_unknown"] or 0,
        later=_printed(row, ""),
        earlier=_printed(row, "source_"),
        shade=f"t{min(5, 1 + int(5 * (row['words'] or 0) / most))}" if row["words"] else "t0",
    )


def _printed(row: dict[str, Any], side: str) -> Printed:
    return Printed(
        title=row[f"{side}title"] or "",
        day=row[f"{side}published"],
        url=web_address(row[f"{side}url"]),
        snippet=row[f"{side}snippet"] or "",
    )


def _lag(seconds: float | None) -> str:
    """Return a time between two articles in words."""
    if seconds is None:
        return ""
    hours = seconds / 3600
    return f"{hours:.0f} hours" if hours < 48 else f"{hours / 24:.0f} days"
