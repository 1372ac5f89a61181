"""Who runs whose words: a map of outlets and sources, and passages side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.charts.series import scale_of
from masthead.dossier.headlines import Headline, headline_of, short_text
from masthead.dossier.page import Page
from masthead.dossier.views import Cell, OutletView
from masthead.dossier.writing.numbers import lasting
from masthead.dossier.writing.safe_text import slug
from masthead.measuring.words import Words

NAME = "echo"

SIDES = 20
"""So many outlets and so many sources, those with most words, stand in the map."""

EXAMPLES = 30
"""So many passages are shown side by side, of the pairs with most words."""

PASSAGE = 700
"""A passage is cut to so many code points."""


@dataclass(frozen=True)
class Pair:
    """What one outlet ran of another's words. `lag` is in words, empty where nobody knows who was first."""

    outlet: str
    source: str
    anchor: str
    n_articles: int
    words: int
    n_near: int
    n_wire: int
    lag: str
    n_unknown: int
    later: Headline
    earlier: Headline
    passage: str
    source_passage: str

    @property
    def alike(self) -> bool:
        """True where both passages are the same."""
        return self.passage == self.source_passage


@dataclass(frozen=True)
class Crossing:
    """A cell of the map: what the row's outlet ran of the column's; the way to the passages where they are shown."""

    pair: Pair
    shade: str
    has_passages: bool


@dataclass(frozen=True)
class MapRow:
    """One outlet of the map, with a crossing per source, None where it ran nothing of it."""

    outlet: str
    title: str
    cells: list[Crossing | None]


@dataclass(frozen=True)
class Echoes:
    """Who runs whose words. `shares` are the outlets' own, of all their articles; axes end at `scale`."""

    shares: list[tuple[OutletView, Cell | None]]
    scale: float
    sources: list[tuple[str, str]]
    rows: list[MapRow]
    pairs: list[Pair]
    n_pairs: int
    n_beyond: int
    n_articles: int
    n_words: int
    n_wire: int
    n_unknown: int
    one_outlet: bool
    words: Words

    @property
    def examples(self) -> list[Pair]:
        """The pairs whose passages are shown side by side."""
        return self.pairs[:EXAMPLES]


def echoes(board: Board) -> Echoes | None:
    """Return who runs whose words; None where the survey did not look at it."""
    rows = board.findings.echoes.to_pylist()
    if not rows and not board.measures(NAME):
        return None
    pairs = [_pair(board, row) for row in rows]
    pairs.sort(key=lambda p: (-p.words, -p.n_articles, p.outlet, p.source))
    with_passages = {(p.outlet, p.source) for p in pairs[:EXAMPLES]}
    outlets_by_size, sources_by_size = _largest(pairs, "outlet"), _largest(pairs, "source")
    # Outlets stand in one order on both sides, so that what two take from each other mirrors in the diagonal.
    order = {o.id: at for at, o in enumerate(board.outlets)}
    outlets, sources = (
        sorted(side[:SIDES], key=lambda o: (order.get(o, len(order)), o))
        for side in (outlets_by_size, sources_by_size)
    )
    most = max((p.words for p in pairs), default=0)
    at = {(p.outlet, p.source): p for p in pairs if p.n_articles}
    cells = {
        key: Crossing(
            p, f"t{min(5, 1 + int(5 * (p.words / most) ** 0.5)) if most else 0}", key in with_passages
        )
        for key, p in at.items()
    }
    inside = sum(key[0] in outlets and key[1] in sources for key in cells)
    shares = [(o, board.cell(NAME, None, None, o.id)) for o in board.outlets]
    shares.sort(key=lambda s: -(s[1].estimate or 0.0) if s[1] else 1.0)
    return Echoes(
        shares=shares if board.measures(NAME) else [],
        scale=scale_of([c for _, c in shares if c and c.state == "shown"]),
        sources=[(s, board.titles.get(s, s)) for s in sources],
        rows=[
            MapRow(o, board.titles.get(o, o), [cells.get((o, s)) for s in sources])
            for o in outlets
            if any((o, s) in cells for s in sources)
        ],
        pairs=pairs,
        n_pairs=len(cells),
        n_beyond=len(cells) - inside,
        n_articles=sum(p.n_articles for p in pairs),
        n_words=sum(p.words for p in pairs),
        n_wire=sum(p.n_wire for p in pairs),
        n_unknown=_unknown(pairs),
        one_outlet=len(board.titles) == 1,
        words=board.words(NAME),
    )


def _pair(board: Board, row: dict[str, Any]) -> Pair:
    outlet, source = str(row["outlet"]), str(row["source"])
    return Pair(
        outlet=outlet,
        source=source,
        anchor=f"echo--{slug(outlet)}--{slug(source)}",
        n_articles=int(row["n_articles"] or 0),
        words=int(row["words"] or 0),
        n_near=int(row["n_near_duplicates"] or 0),
        n_wire=int(row["n_wire"] or 0),
        lag="" if row["median_lag"] is None else lasting(row["median_lag"]),
        n_unknown=int(row["n_order_unknown"] or 0),
        later=headline_of(row, board, outlet),
        earlier=headline_of(row, board, source, "source_"),
        passage=short_text(row["snippet"], PASSAGE),
        source_passage=short_text(row["source_snippet"], PASSAGE),
    )


def _unknown(pairs: list[Pair]) -> int:
    """Return how many pairs of articles share words in an order nobody knows: both outlets' rows count each."""
    most: dict[tuple[str, ...], int] = defaultdict(int)
    for pair in pairs:
        both = tuple(sorted((pair.outlet, pair.source)))
        most[both] = max(most[both], pair.n_unknown)
    return sum(most.values())


def _largest(pairs: list[Pair], side: str) -> list[str]:
    """Return the outlets of one side, those with most words first."""
    words: dict[str, int] = defaultdict(int)
    for pair in pairs:
        words[getattr(pair, side)] += pair.words
    return sorted(words, key=lambda o: (-words[o], o))


PAGE = Page(
    name="echoes",
    title="Who runs whose words",
    templates=Path(__file__).parent,
    show=lambda editions: echoes(editions.board),
    symbol="c",
    alike=True,
    place=51,
)
"""The page of echoes, and its section of the index."""
