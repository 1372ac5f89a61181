"""How often an interval holds the truth when reading stops as soon as it is narrow enough, and what is saved.

Cells of articles are drawn with everything known about them, put in the order of reading, and read by the rule
of `masthead.inference.sampling`; beside it, by the plain rule that fails: the normal interval, looked at after
every article from the tenth on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.inference.drawn import draw_shares, draw_sizes
from masthead.inference.intervals import Array, Sums, family_of
from masthead.inference.sampling import FIRST, half_width, next_sizes, places
from masthead.inference.sums import MOMENTS
from masthead.inference.validation import FLOOR, LEVEL, drawing_error

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
    shares: tuple[float, ...] = (0.05, 0.3, 0.5)
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
    draws: int = 400,
    seed: int = 1,
    grid: Grid = FULL,
    progress: Callable[[str, int, int], None] | None = None,
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
    for at, kind in enumerate(kinds):
        if progress:
            progress("cells drawn", at, len(kinds))
        rows += _read_all(kind, draws, np.random.default_rng([seed, at]), grid.precisions)
    if progress:
        progress("cells drawn", len(kinds), len(kinds))
    return pa.Table.from_pylist(rows, CELLS)


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
        held = [min(cell["of_reading"], cell["of_truth"]) for cell in members]
        row = {"precision": precision, "articles": articles, "cells": len(members)}
        for name in ("read", "precise", "of_reading", "of_truth", "plain_of_reading"):
            values = [cell[name] for cell in members]
            row[name] = float(np.mean(values))
            row[f"least_{name}"] = float(np.min(values))
        rows.append({**row, "promised": FLOOR, "broken": sum(value < floor for value in held)})
    return rows


def _read_all(
    kind: tuple[str, int, float, float, float, float],
    draws: int,
    rng: np.random.Generator,
    precisions: tuple[float, ...],
) -> Iterator[dict[str, Any]]:
    sizes, articles, correlation, share, neutral, drift = kind
    x, y, truth = _draw(kind, draws, rng)
    whole = x.sum(axis=1) / y.sum(axis=1)
    so_far = _Running(x, y)
    told = {
        "sizes": sizes,
        "articles": articles,
        "correlation": correlation,
        "share": share,
        "neutral": neutral,
        "drift": drift,
        "draws": draws,
    }
    for precision in precisions:
        read = _stop(so_far, precision)
        low, high = so_far.bounds(read)
        stopped = read < articles
        holds = _inside(low, high, whole)
        plain_read, plain_holds = _plainly(so_far, precision, whole)
        yield {
            **told,
            "precision": precision,
            "read": float(np.mean(read) / articles),
            "precise": float(np.mean((high - low) / 2.0 <= precision)),
            "of_reading": float(holds.mean()),
            "of_truth": float(_inside(low, high, truth).mean()),
            "of_reading_stopped": float(holds[stopped].mean()) if stopped.any() else None,
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
    size = np.bincount(stratum)[stratum]
    rank = np.arange(articles) - np.searchsorted(stratum, stratum)
    # Articles of a period are drawn alike, so that they may be taken as already in random order.
    placed = places(stratum[None, :], rank[None, :], size[None, :], rng.random((draws, 1)))
    order = np.argsort(placed, axis=1, kind="stable")
    steps = np.linspace(-0.5, 0.5, PERIODS) * drift * min(share, 1.0 - share) * 2.0
    y = draw_sizes(rng, sizes, shape)
    telling = rng.binomial(y, 1.0 - neutral)
    x = np.empty(shape, dtype=np.int64)
    for period, step in enumerate(steps):
        here = stratum == period
        own = draw_shares(rng, share + step, correlation, (draws, int(here.sum())))
        x[:, here] = 2 * rng.binomial(telling[:, here], own) - telling[:, here]
    truth = (1.0 - neutral) * float(np.mean(2.0 * (share + steps[stratum]) - 1.0))
    taken = [np.take_along_axis(part, order, axis=1).astype(np.float64) for part in (x, y)]
    return taken[0], taken[1], truth


class _Running:
    """Sums over the first articles of many cells, however many of each."""

    def __init__(self, x: Array, y: Array) -> None:
        self.draws, self.articles = x.shape
        self._totals = {
            name: np.cumsum(x**of_x * y**of_y, axis=1) for name, (_, of_x, of_y) in MOMENTS.items()
        }
        self._positive = np.cumsum(x > 0, axis=1)
        self._short = np.cumsum(x < y, axis=1)

    def sums(self, read: Any) -> Sums:
        """The sums over the first `read` articles of each cell, each weighing as many as it stands for."""
        at = np.asarray(read)[:, None] - 1

        def first(totals: Any) -> Array:
            return np.take_along_axis(totals, at, axis=1)[:, 0].astype(np.float64)

        weight = self.articles / np.asarray(read, dtype=np.float64)
        return Sums(
            n=np.asarray(read, dtype=np.float64),
            n_positive=first(self._positive),
            n_short=first(self._short),
            **{name: first(self._totals[name]) * weight**of_w for name, (of_w, _, _) in MOMENTS.items()},
        )

    def bounds(self, read: Any) -> tuple[Array, Array]:
        """The ends of the intervals after `read` articles of each cell."""
        return family_of(self.sums(read), signed=True).bounds(np.full(self.draws, 1.0 - LEVEL))

    def normal(self) -> tuple[Array, Array]:
        """The ratio and half the width of the normal interval after each number of articles from 2 on."""
        n = np.arange(1, self.articles + 1)
        total = {name: self._totals[name] for name in ("wx", "wy", "wwxx", "wwxy", "wwyy")}
        r = total["wx"] / total["wy"]
        squares = np.maximum(total["wwxx"] - 2 * r * total["wwxy"] + r * r * total["wwyy"], 0.0)
        half = 1.96 * np.sqrt(squares * n / np.maximum(n - 1, 1)) / total["wy"]
        return r, half


def _stop(so_far: _Running, precision: float) -> Any:
    """Read by the rule, lot by lot, until every cell's interval is narrow enough or it is read whole."""
    there = np.full(so_far.draws, so_far.articles)
    read = np.minimum(there, FIRST)
    while True:
        following = next_sizes(read, there, half_width(so_far.sums(read), LEVEL), precision)
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
    held = np.abs(r[rows, at] - whole) <= half[rows, at] + 1e-12
    return float(np.mean((at + 1) / so_far.articles)), float(held.mean())


def _inside(low: Array, high: Array, value: Any) -> Any:
    return (low <= value + 1e-12) & (value <= high + 1e-12)
