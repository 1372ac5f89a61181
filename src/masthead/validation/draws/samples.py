"""How often an interval holds the truth when reading stops as soon as it is narrow enough, and what is saved.

Cells of articles are drawn with everything known about them, put in the order of reading, and read by the rule
of `masthead.inference.sampling`; beside it, by the plain rule that fails: the normal interval, looked at after
every article from the tenth on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.inference.intervals import Array, Sums, family_of
from masthead.inference.sampling import FIRST, Whole, half_width, next_sizes, places
from masthead.inference.sums import MOMENTS, terms
from masthead.validation.draws.intervals import FLOOR, LEVEL, drawing_error, inside
from masthead.validation.draws.tables import draw_shares, draw_sizes
from masthead.validation.progress import Progress, in_turn

PERIODS = 10
"""In how many periods the articles of a drawn cell lie."""

PLAIN_FIRST = 10
"""From how many articles on the plain rule looks at its interval."""

CELLS = pa.schema(
    {
        "sizes": pa.string(),
        "articles": pa.int64(),
        "precision": pa.float64(),
        "correlation": pa.float64(),
        "share": pa.float64(),
        "neutral": pa.float64(),
        "drift": pa.float64(),
        "draws": pa.int64(),
        "read": pa.float64(),
        "precise": pa.float64(),
        "of_reading": pa.float64(),
        "of_truth": pa.float64(),
        "of_reading_stopped": pa.float64(),
        "plain_read": pa.float64(),
        "plain_of_reading": pa.float64(),
    }
)
"""One row per kind of cell: what was drawn; the mean part of its articles that was read; the part of draws whose
interval ended as narrow as asked; the parts of intervals that hold the mean of all articles' readings and the
mean that the articles were drawn around, and the first of these among draws that stopped before the end (null
where none did); and for the plain rule how much it read and how often it held the mean of all readings."""


@dataclass(frozen=True)
class Grid:
    """The kinds of cells to draw: every combination."""

    sizes: tuple[str, ...] = ("one", "geometric", "lognormal", "zipf")
    articles: tuple[int, ...] = (200, 1000, 3000)
    precisions: tuple[float, ...] = (0.05, 0.1)
    correlations: tuple[float, ...] = (0.0, 0.3, 0.7)
    shares: tuple[float, ...] = (0.05, 0.5)
    neutral: tuple[float, ...] = (0.3, 0.9)
    drifts: tuple[float, ...] = (0.0, 0.4)


FULL = Grid()
QUICK = Grid(
    sizes=("geometric", "zipf"),
    articles=(200, 1000),
    precisions=(0.1,),
    correlations=(0.3,),
    shares=(0.05, 0.5),
    neutral=(0.3, 0.9),
    drifts=(0.4,),
)


def coverage(
    draws: int = 200,
    seed: int = 1,
    grid: Grid = FULL,
    progress: Progress | None = None,
) -> pa.Table:
    """Draw `draws` cells of every kind in `grid`, read each by both rules, and return a table of `CELLS`."""
    kinds = list(
        product(
            grid.sizes,
            grid.articles,
            grid.correlations,
            grid.shares,
            grid.neutral,
            grid.drifts,
        )
    )
    rows: list[dict[str, Any]] = []
    for at, kind in enumerate(in_turn(kinds, "cells drawn", progress)):
        rows += _read_all(kind, draws, np.random.default_rng([seed, at]), grid.precisions)
    return pa.Table.from_pylist(rows, CELLS)


_COVERAGES = ("of_reading", "of_truth", "plain_of_reading")


def summary(cells: pa.Table) -> list[dict[str, Any]]:
    """Return, per precision and number of articles, the least and mean coverage and what was read.

    `broken` counts the kinds of cells in which coverage is further below the promise than the drawing explains.
    """
    groups: dict[tuple[float, int], list[dict[str, Any]]] = {}
    for cell in cells.to_pylist():
        groups.setdefault((cell["precision"], cell["articles"]), []).append(cell)
    rows = []
    for (precision, articles), members in sorted(groups.items()):
        floor = FLOOR - drawing_error(members[0]["draws"])
        coverages = {name: np.array([cell[name] for cell in members]) for name in _COVERAGES}
        least = np.minimum(coverages["of_reading"], coverages["of_truth"])
        rows.append(
            {
                "precision": precision,
                "articles": articles,
                "cells": len(members),
                "read": float(np.mean([cell["read"] for cell in members])),
                **{name: float(values.mean()) for name, values in coverages.items()},
                **{f"least_{name}": float(values.min()) for name, values in coverages.items()},
                "promised": FLOOR,
                "broken": int((least < floor).sum()),
            }
        )
    return rows


@dataclass(frozen=True)
class Replay:
    """One cell of real readings, read as a sample again and again, each time in another random order.

    `read` is the mean part of its articles that was read, `held` how often the interval held the mean of all.
    """

    articles: int
    read: float
    held: float


def replay(
    voices: Sequence[tuple[Array, Array]],
    stratum: Whole,
    precision: float,
    level: float = LEVEL,
    draws: int = 200,
    seed: int = 1,
) -> Replay:
    """Read one cell by the rule in `draws` random orders and count how often its interval holds the whole's mean.

    `voices` are numerators and denominators of the cell's articles, once for each voice whose interval must
    be narrow, the first being the one that is counted; `stratum` numbers the articles' periods from 0.
    """
    order = _orders(stratum, draws, np.random.default_rng(seed))
    running = [_Running(x[order], y[order]) for x, y in voices]
    read = _stop(running, precision, level)
    x, y = voices[0]
    low, high = running[0].bounds(read, level)
    covers = inside(low, high, x.sum() / y.sum())
    return Replay(len(x), float(np.mean(read) / len(x)), float(np.mean(covers)))


def _orders(stratum: Whole, draws: int, rng: np.random.Generator) -> Whole:
    """Return `draws` orders of reading of a cell's articles, random within each stratum."""
    random_order = np.argsort(stratum + rng.random((draws, len(stratum))), axis=1)
    # Sorted by stratum, the place within a stratum's block is the rank.
    blocks = np.sort(stratum)
    rank = np.arange(len(blocks)) - np.searchsorted(blocks, blocks)
    size = np.bincount(blocks)[blocks]
    in_sample = places(blocks[None, :], rank[None, :], size[None, :], rng.random((draws, 1)))
    order: Whole = np.take_along_axis(random_order, np.argsort(in_sample, axis=1, kind="stable"), axis=1)
    return order


def _read_all(
    kind: tuple[str, int, float, float, float, float],
    draws: int,
    rng: np.random.Generator,
    precisions: tuple[float, ...],
) -> Iterator[dict[str, Any]]:
    """Draw cells of one kind and read them by both rules, at each precision."""
    sizes, articles, correlation, share, neutral, drift = kind
    x, y, truth = _draw(kind, draws, rng)
    whole = x.sum(axis=1) / y.sum(axis=1)
    so_far = _Running(x, y)
    cell = {
        "sizes": sizes,
        "articles": articles,
        "correlation": correlation,
        "share": share,
        "neutral": neutral,
        "drift": drift,
        "draws": draws,
    }
    for precision in precisions:
        read = _stop([so_far], precision, LEVEL)
        low, high = so_far.bounds(read, LEVEL)
        stops_early = read < articles
        covers = inside(low, high, whole)
        plain_read, plain_holds = _plainly(so_far, precision, whole)
        yield {
            **cell,
            "precision": precision,
            "read": float(np.mean(read) / articles),
            "precise": float(np.mean((high - low) / 2.0 <= precision)),
            "of_reading": float(covers.mean()),
            "of_truth": float(inside(low, high, truth).mean()),
            "of_reading_stopped": float(covers[stops_early].mean()) if stops_early.any() else None,
            "plain_read": plain_read,
            "plain_of_reading": plain_holds,
        }


def _draw(
    kind: tuple[str, int, float, float, float, float], draws: int, rng: np.random.Generator
) -> tuple[Array, Array, float]:
    """Return numerators and denominators, a cell a row in the order of reading, and the mean drawn around."""
    sizes, articles, correlation, share, neutral, drift = kind
    shape = (draws, articles)
    stratum = np.arange(articles) * PERIODS // articles
    steps = np.linspace(-0.5, 0.5, PERIODS) * drift * min(share, 1.0 - share) * 2.0
    y = draw_sizes(rng, sizes, shape)
    telling = rng.binomial(y, 1.0 - neutral)
    x = np.empty(shape, dtype=np.int64)
    for period, step in enumerate(steps):
        here = stratum == period
        own = draw_shares(rng, share + step, correlation, (draws, int(here.sum())))
        x[:, here] = 2 * rng.binomial(telling[:, here], own) - telling[:, here]
    truth = (1.0 - neutral) * float(np.mean(2.0 * (share + steps[stratum]) - 1.0))
    order = _orders(stratum, draws, rng)
    x, y = np.take_along_axis(x, order, axis=1), np.take_along_axis(y, order, axis=1)
    return x.astype(np.float64), y.astype(np.float64), truth


class _Running:
    """Sums over the first articles of many cells, however many of each; an article may hold no mention."""

    def __init__(self, x: Array, y: Array) -> None:
        self.draws, self.articles = x.shape
        self._totals = {name: np.cumsum(term, axis=1) for name, term in terms(x, y).items()}
        self._n = np.cumsum(y > 0, axis=1, dtype=np.int64)
        self._positive = np.cumsum(x > 0, axis=1, dtype=np.int64)
        self._short = np.cumsum(x < y, axis=1, dtype=np.int64)

    def sums(self, read: Whole) -> Sums:
        """The sums over the first `read` articles of each cell, each weighing as many as it stands for."""
        at = read[:, None] - 1

        def first(totals: Array | Whole) -> Array:
            return np.take_along_axis(totals, at, axis=1)[:, 0].astype(np.float64)

        weight = self.articles / read.astype(np.float64)
        return Sums(
            n=first(self._n),
            n_positive=first(self._positive),
            n_short=first(self._short),
            **{name: first(self._totals[name]) * weight**of_w for name, (of_w, _, _) in MOMENTS.items()},
        )

    def bounds(self, read: Whole, level: float) -> tuple[Array, Array]:
        """The ends of the intervals after `read` articles of each cell."""
        return family_of(self.sums(read), signed=True).bounds(np.full(self.draws, 1.0 - level))

    def normal(self) -> tuple[Array, Array]:
        """The ratio, and half the width of the normal interval, after each number of articles."""
        n = np.arange(1, self.articles + 1)
        total = self._totals
        r = total["wx"] / total["wy"]
        squares = np.maximum(total["wwxx"] - 2 * r * total["wwxy"] + r * r * total["wwyy"], 0.0)
        return r, 1.96 * np.sqrt(squares * n / np.maximum(n - 1, 1)) / total["wy"]


def _stop(voices: Sequence[_Running], precision: float, level: float) -> Whole:
    """Read by the rule, lot by lot, until all intervals are narrow enough or all is read; return how much."""
    there = np.full(voices[0].draws, voices[0].articles)
    read: Whole = np.minimum(there, FIRST)
    while True:
        half = np.max([half_width(voice.sums(read), level) for voice in voices], axis=0)
        following = next_sizes(read, there, half, precision)
        if (following == read).all():
            return read
        read = following


def _plainly(so_far: _Running, precision: float, whole: Array) -> tuple[float, float]:
    """Read by the plain rule: the mean part read, and how often its interval holds the mean of all."""
    r, half = so_far.normal()
    narrow = half <= precision
    narrow[:, : PLAIN_FIRST - 1] = False
    narrow[:, -1] = True
    at = np.argmax(narrow, axis=1)
    rows = np.arange(so_far.draws)
    covers = np.abs(r[rows, at] - whole) <= half[rows, at] + 1e-12
    return float(np.mean((at + 1) / so_far.articles)), float(covers.mean())
