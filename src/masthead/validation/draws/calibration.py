"""How often calibrated intervals hold the truth, and how wide they are: drawn kind by kind, beside what else is used.

From the same draws: the interval of coding alone by the normal quantile, as if units were independent (`z`);
prediction-powered inference without tuning (`ppi`; Angelopoulos et al., Science 2023); and the plain figure of the
reader (`model`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from itertools import cycle
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.inference.calibration import calibrated_family
from masthead.inference.calibration.cells import ArticleSums
from masthead.validation.draws.coded_baselines import by_units, reader_alone
from masthead.validation.draws.coded_cells import Drawn, Kind, draw_cells
from masthead.validation.draws.intervals import FLOOR, LEVEL, drawing_error, inside
from masthead.validation.progress import Progress, in_turn

MEAN = (0.93, 0.97)
"""Promised of the mean over all kinds."""

WIDEST = 1.05
"""Promised of every kind: the mean width over that of coding alone."""

NARROW = 0.75
"""Promised of the mean width, over that of coding alone, of kinds whose reader is good and has much to read."""

CELLS = pa.schema(
    {
        "figure": pa.string(),
        "sizes": pa.string(),
        "articles": pa.int64(),
        "correlation": pa.float64(),
        "share": pa.float64(),
        "follows": pa.float64(),
        "stratified": pa.bool_(),
        "codings": pa.int64(),
        "draws": pa.int64(),
        "rho": pa.float64(),
        "part_coded": pa.float64(),
        "coverage": pa.float64(),
        "alone": pa.float64(),
        "z": pa.float64(),
        "ppi": pa.float64(),
        "model": pa.float64(),
        "width": pa.float64(),
        "ppi_width": pa.float64(),
        "narrow": pa.bool_(),
    }
)
"""One row per kind of cells and number of codings: what was drawn; how reading and coding correlate; how many of all
units are coded; the parts of the intervals that hold the truth, calibrated, of coding alone, `z`, `ppi` and `model`;
mean widths over that of coding alone; and whether `NARROW` is promised."""


@dataclass(frozen=True)
class Grid:
    """The kinds to draw: all combinations, but that sizes take turns, and so do simple and stratified draws."""

    shares: tuple[float, ...] = (0.02, 0.05, 0.2, 0.5, 0.9)
    signed: tuple[float, ...] = (0.2, 0.5)
    naming: tuple[float, ...] = (0.1, 0.5)
    windows: tuple[float, ...] = (0.3,)
    attention: tuple[float, ...] = (0.5,)
    articles: tuple[int, ...] = (40, 100, 400, 1000)
    correlations: tuple[float, ...] = (0.0, 0.3, 0.6)
    sizes: tuple[str, ...] = ("geometric", "lognormal", "one", "zipf", "geometric")
    follows: tuple[float, ...] = (0.0, 0.4, 0.77, 0.92)
    codings: tuple[int, ...] = (50, 100, 200)

    def kinds(self) -> Iterator[Kind]:
        """Yield every kind."""
        sizes = cycle(self.sizes)
        for a, (figure, share) in enumerate(self._figures()):
            for b, articles in enumerate(self.articles):
                for c, correlation in enumerate(self.correlations):
                    # An article is one unit of attention.
                    if figure == "attention" and correlation:
                        continue
                    for d, follows in enumerate(self.follows):
                        # A window's other half is its second stratum.
                        stratified = (a + b + c + d) % 2 == 1 and figure not in ("attention", "window")
                        yield Kind(figure, next(sizes), articles, correlation, share, follows, stratified)

    def _figures(self) -> Iterator[tuple[str, float]]:
        yield from (("share", share) for share in self.shares)
        yield from (("signed mean", share) for share in self.signed)
        yield from (("naming", share) for share in self.naming)
        yield from (("window", share) for share in self.windows)
        yield from (("attention", share) for share in self.attention)


FULL = Grid()
QUICK = Grid(
    shares=(0.02, 0.5),
    signed=(0.2,),
    naming=(0.5,),
    articles=(40, 400),
    correlations=(0.0, 0.6),
    follows=(0.0, 0.77),
    codings=(50, 100),
)


def coverage(
    draws: int = 800, seed: int = 1, grid: Grid = FULL, progress: Progress | None = None
) -> pa.Table:
    """Draw `draws` cells of every kind of `grid`, code them, and return a table of `CELLS`.

    Each kind has random numbers of its own, all from `seed`.
    """
    rows: list[dict[str, Any]] = []
    for at, kind in enumerate(in_turn(list(grid.kinds()), "kinds of cells drawn", progress)):
        drawn = draw_cells(np.random.default_rng([seed, at]), kind, draws)
        rho = drawn.correlation()
        for codings in grid.codings:
            row = {**asdict(kind), "codings": codings, "draws": draws, "rho": rho, **_measure(drawn, codings)}
            rows.append({**row, "narrow": _is_narrow(row)})
    return pa.Table.from_pylist(rows, CELLS)


def _measure(drawn: Drawn, codings: int) -> dict[str, float]:
    """Return coverage and width of all intervals."""
    kind, n, alpha = drawn.kind, drawn.n_cells, np.full(drawn.n_cells, 1.0 - LEVEL)
    units = drawn.coded(codings)
    articles = ArticleSums.of(units, drawn.cell, n)
    tuning = articles.tuning()
    if kind.figure == "window":
        kept = drawn.in_window
        articles = replace(
            articles,
            moved_x=articles.moved_x * kept,
            moved_y=articles.moved_y * kept,
            value_x=articles.value_x * kept,
            value_y=articles.value_y * kept,
            codings=articles.codings * kept,
        )
        units = replace(units, is_coded=units.is_coded & kept[units.article])
    coded = articles.codings_of_cells()
    family, alone = (
        calibrated_family(articles.sums(each), coded, kind.signed) for each in (tuning, np.zeros(len(tuning)))
    )
    low, high = reader_alone(drawn).bounds(alpha)
    bounds = {
        "coverage": family.bounds(alpha),
        "alone": alone.bounds(alpha),
        "z": by_units(drawn, units, reading=False),
        "ppi": by_units(drawn, units, reading=True),
        "model": (low, high),
    }
    holds = {name: float(np.mean(inside(*each, drawn.truth))) for name, each in bounds.items()}
    widths = {name: float(np.nanmean(high - low)) for name, (low, high) in bounds.items()}
    return {
        **holds,
        "width": widths["coverage"] / widths["alone"],
        "ppi_width": widths["ppi"] / widths["alone"],
        "part_coded": float(np.mean(units.is_coded)),
    }


def _is_narrow(row: dict[str, Any]) -> bool:
    """Whether the narrow interval is promised: a good reader, much to read, and enough codings on the rarer side.

    Coding more than a tenth of all units leaves the reader little to add.
    """
    share = row["share"] * (0.5 if row["figure"] in ("naming", "window") else 1.0)
    rarer = row["codings"] * min(share, 1.0 - row["share"])
    return bool(
        row["rho"] >= 0.75
        and row["articles"] >= 400
        and row["part_coded"] <= 0.1
        and (rarer >= 20 or row["figure"] == "signed mean")
    )


def is_broken(cells: pa.Table) -> bool:
    """Whether a promise is broken: of one kind, of the mean coverage of all, or of the mean of narrow widths."""
    rows = cells.to_pylist()
    mean = float(np.mean([row["coverage"] for row in rows]))
    narrow = [row["width"] for row in rows if row["narrow"]]
    of_mean = drawing_error(rows[0]["draws"] * len(rows))
    return (
        any(row["broken"] for row in summary(cells))
        or not MEAN[0] - of_mean <= mean <= MEAN[1] + of_mean
        or bool(narrow and np.mean(narrow) > NARROW)
    )


def summary(cells: pa.Table) -> list[dict[str, Any]]:
    """Return, per figure and number of codings, coverages and widths; `broken` counts kinds that break a promise.

    A coverage breaks it where it is further below than the drawing explains.
    """
    groups: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for cell in cells.to_pylist():
        groups.setdefault((cell["figure"], cell["codings"]), []).append(cell)
    rows = []
    for (figure, codings), members in groups.items():
        floor = FLOOR - drawing_error(members[0]["draws"])
        narrow = [cell["width"] for cell in members if cell["narrow"]]
        rows.append(
            {
                "figure": figure,
                "codings": codings,
                "cells": len(members),
                **{f"least_{name}": min(cell[name] for cell in members) for name in _COVERAGES},
                **{name: float(np.mean([cell[name] for cell in members])) for name in _COVERAGES},
                "width": float(np.mean([cell["width"] for cell in members])),
                "most_width": max(cell["width"] for cell in members),
                "most_ppi_width": max(cell["ppi_width"] for cell in members),
                "narrow": len(narrow),
                "narrow_width": float(np.mean(narrow)) if narrow else None,
                "most_narrow_width": max(narrow, default=None),
                "broken": sum(cell["coverage"] < floor or cell["width"] > WIDEST for cell in members),
            }
        )
    return rows


_COVERAGES = ("coverage", "alone", "z", "ppi", "model")
