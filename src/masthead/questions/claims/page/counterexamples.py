"""What speaks against claims of `never` and `always`: the first articles, with the sentences in which they do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.dossier.board import Board

COUNTED = ("never", "always")
"""What a claim expects that is of every article: its figure is a share, and one article contradicts it."""

SHOWN = 5
"""So many counterexamples of a claim are shown."""


@dataclass(frozen=True)
class Example:
    """An article that speaks against a claim; `before`, `passage` and `after` are its sentence, if one of them does."""

    outlet: str
    published: Any
    title: str
    url: str
    before: str
    passage: str
    after: str


def n_against(row: Mapping[str, Any]) -> int:
    """How many articles speak against a claim of `never` or `always`."""
    if row["expect"] not in COUNTED or row["estimate"] is None:
        return 0
    share: float = row["estimate"] if row["expect"] == "never" else 1.0 - row["estimate"]
    return round(share * (row["n_units"] or 0))


def example(board: Board, row: Mapping[str, Any]) -> Example:
    """The sentence of a counterexample, cut where the passage or its label begins and ends."""
    snippet, start = row["snippet"] or "", row["snippet_start"] or 0
    has_label = row["label_start"] is not None and row["label_end"] is not None
    first, last = (row["label_start"], row["label_end"]) if has_label else (row["start"], row["end"])
    at = max(0, (first or 0) - start), max(0, (last or 0) - start)
    return Example(
        outlet=board.titles.get(row["outlet"], row["outlet"]),
        published=board.own_time(row["published"], row["outlet"]),
        title=" ".join((row["title"] or "").split()),
        url=row["url"] or "",
        before=snippet[: at[0]],
        passage=snippet[at[0] : at[1]],
        after=snippet[at[1] :],
    )
