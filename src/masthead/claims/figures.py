"""The figures of many questions at once: every sum in one pass over the units, then each contrast by MOVER."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

from masthead.claims.cells import Cell, Ratio, categories, cells_of, place, ratios, summed, taken
from masthead.claims.contrast import contrast
from masthead.claims.question import Side
from masthead.claims.ways import Way
from masthead.engines import collect
from masthead.engines.duckdb import connect
from masthead.inference import cross_sums
from masthead.inference.comparisons import CrossSums
from masthead.inference.intervals import Array, Sums


@dataclass(frozen=True)
class Figure:
    """What a way to compute a claim comes to; nothing but counts where a side has no figure.

    `mean` and `mean_versus` are the two sides' own figures, `n` and `n_versus` how many units they are of,
    `used` and `used_versus` the outlets whose figures went in.
    """

    estimate: float | None
    low: float | None
    high: float | None
    mean: float | None
    mean_versus: float | None
    n: int
    n_versus: int | None
    used: tuple[str, ...]
    used_versus: tuple[str, ...]
    left_out: tuple[str, ...] = ()


class Figures:
    """The ratios of all cells that a list of ways needs, and the figures that they make."""

    def __init__(self, ways: Sequence[Way], cells: Sequence[Cell], units: Path, level: float) -> None:
        """Sum all of the ways' cells, and further `cells` that somebody will ask for."""
        needed = dict.fromkeys(
            cell for way in ways for side in way.question.sides for cell in cells_of(way, side)
        )
        self._at = {cell: place for place, cell in enumerate(dict.fromkeys([*needed, *cells]))}
        con = connect()
        try:
            placed = place(con, units, list(self._at))
            table = summed(placed, len(self._at))
            self._ratios = ratios(list(self._at), table, level)
            self._sums = Sums.of(table)
            self._cross = self._shared(con, [way for way in ways if way.by_story])
            self._categories = categories(con, units) if any(c.category for c in self._at) else {}
        finally:
            con.close()

    def ratio(self, cell: Cell) -> Ratio:
        """Return a cell's ratio."""
        return self._ratios[self._at[cell]]

    def categories(self, measure: str, subject: str | None) -> list[str]:
        """Return the categories that the survey has of a subject, in their order."""
        return self._categories.get((measure, subject), [])

    def figure(self, way: Way) -> Figure:
        """Return what a way comes to: the difference of its sides' means, or the one side's."""
        question = way.question
        kept = [self._known(way, side) for side in question.sides]
        if question.over_time:
            # An outlet counts on both sides of the turn or on neither: otherwise a group's own change would show.
            both = {c.outlets for c in kept[0]} & {c.outlets for c in kept[1]}
            kept = [[c for c in cells if c.outlets in both] for cells in kept]
        left_out: tuple[str, ...] = ()
        if way.without_extreme:
            kept, left_out = self._moderate(kept)
        values = [_mean([self.ratio(c).value for c in cells]) for cells in kept]
        counts = [sum(self.ratio(c).n for c in cells) for cells in kept]
        used = [tuple(outlet for c in cells for outlet in c.outlets) for cells in kept]
        known = all(kept)
        estimate, low, high = self._contrast(way, kept) if known else (None, None, None)
        alone = question.versus is None
        return Figure(
            estimate,
            low,
            high,
            values[0],
            None if alone else values[1],
            counts[0],
            None if alone else counts[1],
            used[0],
            () if alone else used[1],
            left_out,
        )

    def _known(self, way: Way, side: Side) -> list[Cell]:
        return [cell for cell in cells_of(way, side) if self.ratio(cell).known]

    def _moderate(self, kept: list[list[Cell]]) -> tuple[list[list[Cell]], tuple[str, ...]]:
        """Leave out of each group of three or more the outlet that is furthest from its mean."""
        found, gone = [], []
        for cells in kept:
            if len(cells) < 3:
                found.append(cells)
                continue
            mean = _mean([self.ratio(c).value for c in cells]) or 0.0
            extreme = max(cells, key=lambda c: (abs(self.ratio(c).value - mean), c.outlets))
            found.append([c for c in cells if c is not extreme])
            gone += [outlet for outlet in extreme.outlets if outlet not in gone]
        return found, tuple(gone)

    def _contrast(self, way: Way, kept: list[list[Cell]]) -> tuple[float, float, float]:
        cells = [cell for part in kept for cell in part]
        signs = (1.0, -1.0)
        coefficients = np.array(
            [sign / len(part) for sign, part in zip(signs, kept, strict=False) for _ in part]
        )
        ratios = [self.ratio(cell) for cell in cells]
        values, lows, highs = (
            np.array([getattr(r, name) for r in ratios]) for name in ("value", "low", "high")
        )
        shared = self._correlation(cells) if way.by_story else None
        estimate, low, high = contrast(coefficients, values, lows, highs, shared)
        widest = (2.0 if way.question.signed else 1.0) if len(kept) > 1 else 1.0
        least = -widest if len(kept) > 1 or way.question.signed else 0.0
        return estimate, max(low, least), min(high, widest)

    def _correlation(self, cells: list[Cell]) -> Array:
        """The correlations of ratios through the stories that they share."""
        matrix = np.eye(len(cells))
        for i, j in combinations(range(len(cells)), 2):
            one, other = sorted((self._at[cells[i]], self._at[cells[j]]))
            found = self._cross.get((one, other), 0.0)
            matrix[i, j] = matrix[j, i] = found
        return matrix

    def _shared(self, con: Any, ways: Sequence[Way]) -> dict[tuple[int, int], float]:
        """Correlate every two cells that some way sets side by side with a story as the unit."""
        pairs: set[tuple[int, int]] = set()
        for way in ways:
            places = {self._at[cell] for side in way.question.sides for cell in cells_of(way, side)}
            pairs |= {(a, b) for a, b in combinations(sorted(places), 2)}
        if not pairs:
            return {}
        listed = sorted(pairs)
        con.register(
            "pairs",
            pa.table({"pair": range(len(listed)), "a": [p[0] for p in listed], "b": [p[1] for p in listed]}),
        )
        sides = [
            nw.from_native(
                con.sql(
                    f"SELECT p.pair, u.cluster, u.x, u.y, u.w FROM pairs p JOIN placed u ON u.cell = p.{side}"
                )
            )
            for side in "ab"
        ]
        table = collect(cross_sums(sides[0], sides[1], ["pair"]))
        at = table["pair"].to_numpy()
        a, b = (np.array([listed[i][side] for i in at], dtype=int) for side in (0, 1))
        found = CrossSums.of(table).correlation(taken(self._sums, a), taken(self._sums, b))
        return {listed[i]: float(rho) for i, rho in zip(at, found, strict=True)}


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
