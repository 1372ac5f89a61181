"""Articles as a page lists them: who published what when, with the way to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from masthead.dossier.writing.safe_text import web_address

if TYPE_CHECKING:
    from masthead.dossier.board import Board

LONGEST = 220
"""A headline or passage is cut to so many code points."""


@dataclass(frozen=True)
class Headline:
    """One article: the name of its outlet, its time, title and address, and whether it is wire copy."""

    outlet: str
    published: dt.datetime | None
    title: str
    url: str | None
    wire: bool = False


def headline_of(row: Mapping[str, Any], board: Board, outlet: str, prefix: str = "") -> Headline:
    """Return the article that a row of findings tells of; `prefix` opens the names of its columns.

    Its time is that of its outlet's clock.
    """
    return Headline(
        outlet=board.titles.get(outlet, outlet),
        published=board.own_time(row[f"{prefix}published"], outlet),
        title=short_text(row[f"{prefix}title"]) or "untitled",
        url=web_address(row[f"{prefix}url"]),
        wire=bool(row.get("wire")),
    )


def short_text(text: str | None, longest: int = LONGEST) -> str:
    """Return text without line breaks, cut where it is too long."""
    plain = " ".join((text or "").split())
    return plain if len(plain) <= longest else plain[: longest - 1].rstrip() + "…"
