"""How often intervals hold the truth: drawn by the thousand, cell by cell, against what is promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.inference.comparisons import difference_of
from masthead.inference.intervals import FEW, Array, Sums, family_of
from masthead.validation.draws.tables import SIZES, draw_shares, draw_sizes, sums_of
from masthead.validation.progress import Progress, in_turn

LEVEL = 0.95
"""The level at which intervals are tested."""

FLOOR = 0.92
"""Promised of every cell."""

BAND = (0.93, 0.98)
"""Promised of shares and differences from `MANY` units on, with `FEW` or more of them on the rarer side."""

MANY = 100

OFTEN = 0.95
"""A cell has few units on the rarer side if fewer than this part of its tables have `FEW`."""

CELLS = pa.schema(
    {
        "figure": pa.string(),
        "sizes": pa.string(),
        "correlation": pa.float64(),
        "share": pa.float64(),
        "versus": pa.float64(),
        "neutral": pa.float64(),
        "units": pa.int64(),
        "units_versus": pa.int64(),
        "draws": pa.int64(),
        "coverage": pa.float64(),
        "width": pa.float64(),
        "enough": pa.float64(),
    }
)
"""One row per cell: what was drawn, how many tables, the part of their intervals that hold the truth, the
mean width of an interval, the part of tables with `FEW` or more units on the rarer side (null for means)."""


_FIGURES = ("share", "difference", "signed mean")
_FROM = (1, 15, MANY)
"""The summary's ranges of units start here."""


@dataclass(frozen=True)
class Grid:
    """The cells to draw: every combination that makes sense."""

    units: tuple[int, ...] = (5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300)
    shares: tuple[float, ...] = (0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95)
    correlations: tuple[float, ...] = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7)
    sizes: tuple[str, ...] = SIZES
    pairs: tuple[tuple[float, float], ...] = (
        (0.02, 0.02),
        (0.05, 0.2),
        (0.1, 0.1),
        (0.3, 0.5),
        (0.5, 0.5),
        (0.05, 0.95),
    )
    unit_pairs: tuple[tuple[int, int], ...] = ((5, 100), (10, 10), (30, 30), (100, 100), (300, 150))
    neutral: tuple[float, ...] = (0.0, 0.5, 0.9)


FULL = Grid()
QUICK = Grid(
    units=(5, 10, 30, 100, 300),
    shares=(0.02, 0.1, 0.5, 0.95),
    correlations=(0.0, 0.3, 0.7),
    pairs=((0.02, 0.02), (0.1, 0.1), (0.3, 0.5)),
    unit_pairs=((10, 10), (100, 100)),
    neutral=(0.5,),
)


def coverage(
    draws: int = 1000,
    seed: int = 1,
    grid: Grid = FULL,
    progress: Progress | None = None,
) -> pa.Table:
    """Draw `draws` tables in every cell of `grid` and return a table of `CELLS`.

    Each figure has random numbers of its own, all from `seed`: the same seed draws the same tables.
    """
    rows: list[dict[str, Any]] = []
    kinds = list(zip(_FIGURES, (_shares, _differences, _signed_means), strict=True))
    for at, (name, cells) in enumerate(in_turn(kinds, "figures drawn", progress)):
        rows += [{"figure": name, **cell} for cell in cells(draws, np.random.default_rng([seed, at]), grid)]
    return pa.Table.from_pylist(rows, CELLS)


def summary(cells: pa.Table) -> list[dict[str, Any]]:
    """Return, per figure, sizes and range of units, the least, mean and largest coverage of its cells.

    `promised` is what is promised of those cells, `broken` the cells that are further outside it than the
    drawing of the tables explains (`drawing_error`).
    """
    groups: dict[tuple[str, str, int, bool], list[dict[str, Any]]] = {}
    for cell in cells.to_pylist():
        many = cell["units"] >= MANY and (cell["enough"] or 0.0) >= OFTEN
        band = max(least for least in _FROM if least <= cell["units"])
        groups.setdefault((cell["figure"], cell["sizes"], band, many), []).append(cell)
    order = {name: at for at, name in enumerate((*_FIGURES, *SIZES))}
    rows = []
    for group in sorted(groups, key=lambda g: (order[g[0]], order[g[1]], *g[2:])):
        members = groups[group]
        figure, sizes, _, many = group
        units = [cell["units"] for cell in members]
        coverages = np.array([cell["coverage"] for cell in members])
        error = drawing_error(members[0]["draws"])
        least, most = BAND if many else (FLOOR, 1.0)
        rows.append(
            {
                "figure": figure,
                "sizes": sizes,
                "units": f"{min(units)} to {max(units)}",
                "rarer": f"{FEW} or more" if many else "any",
                "cells": len(members),
                "least": float(coverages.min()),
                "mean": float(coverages.mean()),
                "most": float(coverages.max()),
                "promised": f"{least:.2f}–{most:.2f}" if many else f"{least:.2f}",
                "broken": int(((coverages < least - error) | (coverages > most + error)).sum()),
            }
        )
    return rows


def drawing_error(draws: int) -> float:
    """Return three standard errors of a coverage that is as promised, from this many tables."""
    return float(3.0 * np.sqrt(LEVEL * (1.0 - LEVEL) / draws))


def _shares(draws: int, rng: np.random.Generator, grid: Grid) -> Iterator[dict[str, Any]]:
    shape = (draws, max(grid.units))
    for correlation, share in product(grid.correlations, grid.shares):
        own = draw_shares(rng, share, correlation, shape)
        for sizes in grid.sizes:
            if sizes == "one" and correlation > 0:
                continue  # with one mention an article there is nothing to correlate
            y = draw_sizes(rng, sizes, shape)
            x = rng.binomial(y, own)
            for units in grid.units:
                sums = sums_of(x, y, units)
                bounds = family_of(sums, signed=False).bounds(np.full(draws, 1.0 - LEVEL))
                cell = {"sizes": sizes, "correlation": correlation, "share": share, "units": units}
                yield {**cell, **_coverage(bounds, share), "enough": _enough(sums)}


def _differences(draws: int, rng: np.random.Generator, grid: Grid) -> Iterator[dict[str, Any]]:
    cells = product(grid.sizes[1:], grid.correlations[::2], grid.pairs, grid.unit_pairs)
    for sizes, correlation, (share, versus), (units, units_versus) in cells:
        shape, shape_versus = (draws, units), (draws, units_versus)
        y, y_versus = draw_sizes(rng, sizes, shape), draw_sizes(rng, sizes, shape_versus)
        x = rng.binomial(y, draw_shares(rng, share, correlation, shape))
        x_versus = rng.binomial(y_versus, draw_shares(rng, versus, correlation, shape_versus))
        a, b = sums_of(x, y, units), sums_of(x_versus, y_versus, units_versus)
        bounds = difference_of(a, b).bounds(np.full(draws, 1.0 - LEVEL))
        yield {
            "sizes": sizes,
            "correlation": correlation,
            "share": share,
            "versus": versus,
            "units": min(units, units_versus),
            "units_versus": max(units, units_versus),
            **_coverage(bounds, share - versus),
            "enough": min(_enough(a), _enough(b)),
        }


def _signed_means(draws: int, rng: np.random.Generator, grid: Grid) -> Iterator[dict[str, Any]]:
    """Mentions say −1, 0 or 1: a part is neutral, and of the others a share is favourable."""
    shape = (draws, max(grid.units))
    for correlation, share in product(grid.correlations[::2], grid.shares[::3]):
        own = draw_shares(rng, share, correlation, shape)
        for sizes, neutral in product(grid.sizes, grid.neutral):
            y = draw_sizes(rng, sizes, shape)
            telling = rng.binomial(y, 1.0 - neutral)
            x = 2 * rng.binomial(telling, own) - telling
            for units in grid.units[::2]:
                family = family_of(sums_of(x, y, units), signed=True)
                bounds = family.bounds(np.full(draws, 1.0 - LEVEL))
                cell = {"sizes": sizes, "correlation": correlation, "share": share, "units": units}
                truth = (1.0 - neutral) * (2.0 * share - 1.0)
                yield {**cell, "neutral": neutral, **_coverage(bounds, truth)}


def _coverage(bounds: tuple[Array, Array], truth: float) -> dict[str, Any]:
    low, high = bounds
    coverage = float(inside(low, high, truth).mean())
    return {"draws": len(low), "coverage": coverage, "width": float((high - low).mean())}


def inside(low: Array, high: Array, truth: Array | float) -> npt.NDArray[np.bool_]:
    """Whether each interval holds the truth, up to the rounding of arithmetic."""
    return (low <= truth + 1e-12) & (truth <= high + 1e-12)


def _enough(sums: Sums) -> float:
    return float(np.mean(np.minimum(sums.n_positive, sums.n_short) >= FEW))
