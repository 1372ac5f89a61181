"""The figures of many questions at once: every sum in one pass over the units, then each contrast by MOVER."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.engines.duckdb import connect
from masthead.inference.calibration.planning import Outlook, outlook
from masthead.inference.intervals import Array, Sums
from masthead.inference.mover import mover
from masthead.measuring import MEASURES
from masthead.measuring.coded.units import CodedUnits
from masthead.questions.claims.cells import Cell, Ratio, categories, cell_sums, cells_of, place, ratios
from masthead.questions.claims.coded_ratios import StoryMoves, coded_moves, coded_ratios, part_of
from masthead.questions.claims.question import Side
from masthead.questions.claims.settling import outlook_by_reader
from masthead.questions.claims.ways import Way


@dataclass(frozen=True)
class Figure:
    """What a way to compute a claim comes to; nothing but counts where a side has no figure.

    `mean` and `mean_versus` are the two sides' own figures, `n` and `n_versus` how many units they are of,
    `used` and `used_versus` the outlets whose figures went in. `n_coded` and `n_coded_versus` are how many codes of
    people correct them: 0 where the figures are a reader's alone.
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
    n_coded: int = 0
    n_coded_versus: int = 0

    @property
    def is_calibrated(self) -> bool:
        """Whether people's codes correct it: both sides or neither, so that they can be set against each other."""
        return self.n_coded > 0


class Figures:
    """The ratios of all cells that a list of ways needs, and the figures that they make."""

    def __init__(
        self, ways: Sequence[Way], cells: Sequence[Cell], units: Path, level: float, coded_cells: CodedUnits
    ) -> None:
        """Sum all of the ways' cells, and further `cells` that somebody will ask for."""
        own_cells = dict.fromkeys(
            cell for way in ways for side in way.question.sides for cell in cells_of(way, side)
        )
        self._at = {cell: place for place, cell in enumerate(dict.fromkeys([*own_cells, *cells]))}
        self._made: dict[Way, Figure] = {}
        con = connect()
        try:
            units_in_cells = place(con, units, list(self._at))
            table = cell_sums(units_in_cells, len(self._at))
            self._ratios = ratios(list(self._at), table, level)
            self._coded_cells = coded_cells
            self._corrected_ratios = coded_ratios(list(self._at), coded_cells, self._ratios, level)
            self._sums = Sums.of(table)
            self._stories = self._by_story(con)
            self._categories = categories(con, units) if any(c.category for c in self._at) else {}
        finally:
            con.close()

    def ratio(self, cell: Cell) -> Ratio:
        """Return a cell's ratio, by the reader alone."""
        return self._ratios[self._at[cell]]

    def outlooks(self, way: Way) -> list[list[Outlook]]:
        """Return what is known beforehand of the cells of each side of a way: what more codes would do."""
        return [[self._outlook(cell) for cell in self._with_figure(way, side)] for side in way.question.sides]

    def _outlook(self, cell: Cell) -> Outlook:
        is_signed = MEASURES[cell.measure].signed()
        rows = self._coded_cells.rows(part_of(cell))
        if len(rows):
            return outlook(self._coded_cells.cell(rows), signed=is_signed)
        ratio = self.ratio(cell)
        return outlook_by_reader(
            float(self._sums.wy[self._at[cell]]), ratio.low, ratio.high, signed=is_signed
        )

    def categories(self, measure: str, subject: str | None) -> list[str]:
        """Return the categories that the survey has of a subject, in their order."""
        return self._categories.get((measure, subject), [])

    def figure(self, way: Way) -> Figure:
        """Return what a way comes to: the difference of its sides' means, or the one side's."""
        if way not in self._made:
            self._made[way] = self._make(way)
        return self._made[way]

    def _make(self, way: Way) -> Figure:
        question = way.question
        groups = [self._with_figure(way, side) for side in question.sides]
        if question.over_time:
            # An outlet counts on both sides of the turn or on neither: otherwise a group's own change would show.
            both = {c.outlets for c in groups[0]} & {c.outlets for c in groups[1]}
            groups = [[c for c in cells if c.outlets in both] for cells in groups]
        # Both sides are corrected or neither: a reader's error in one alone would pass for a difference.
        every = [cell for cells in groups for cell in cells]
        is_corrected = (
            not way.by_reader and bool(every) and all(cell in self._corrected_ratios for cell in every)
        )
        ratios = {cell: self._corrected_ratios[cell] if is_corrected else self.ratio(cell) for cell in every}
        left_out: tuple[str, ...] = ()
        if way.without_extreme:
            groups, left_out = self._moderate(groups, ratios)
        values = [_mean([ratios[c].value for c in cells]) for cells in groups]
        counts = [sum(ratios[c].n for c in cells) for cells in groups]
        codes = [sum(ratios[c].n_coded for c in cells) for cells in groups]
        used = [tuple(outlet for c in cells for outlet in c.outlets) for cells in groups]
        has_figures = all(groups)
        estimate, low, high = self._contrast(way, groups, ratios) if has_figures else (None, None, None)
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
            codes[0],
            0 if alone else codes[1],
        )

    def _with_figure(self, way: Way, side: Side) -> list[Cell]:
        return [cell for cell in cells_of(way, side) if self.ratio(cell).has_figure]

    @staticmethod
    def _moderate(
        groups: list[list[Cell]], ratios: Mapping[Cell, Ratio]
    ) -> tuple[list[list[Cell]], tuple[str, ...]]:
        """Leave out of each group of three or more the outlet that is furthest from its mean."""
        moderate, left_out = [], []
        for cells in groups:
            if len(cells) < 3:
                moderate.append(cells)
                continue
            mean = _mean([ratios[c].value for c in cells]) or 0.0
            extreme = max(cells, key=lambda c: (abs(ratios[c].value - mean), c.outlets))
            moderate.append([c for c in cells if c is not extreme])
            left_out += [outlet for outlet in extreme.outlets if outlet not in left_out]
        return moderate, tuple(left_out)

    def _contrast(
        self, way: Way, groups: list[list[Cell]], ratio_of: Mapping[Cell, Ratio]
    ) -> tuple[float, float, float]:
        cells = [cell for part in groups for cell in part]
        signs = (1.0, -1.0)
        coefficients = np.array(
            [sign / len(part) for sign, part in zip(signs, groups, strict=False) for _ in part]
        )
        ratios = [ratio_of[cell] for cell in cells]
        values, lows, highs = (
            np.array([getattr(r, name) for r in ratios]) for name in ("value", "low", "high")
        )
        moves = _story_moves([self._moves(cell, ratio_of[cell]) for cell in cells]) if way.by_story else None
        estimate, low, high = mover(coefficients, values, lows, highs, moves)
        widest = (2.0 if way.question.signed else 1.0) if len(groups) > 1 else 1.0
        least = -widest if len(groups) > 1 or way.question.signed else 0.0
        return estimate, max(low, least), min(high, widest)

    def _moves(self, cell: Cell, ratio: Ratio) -> StoryMoves:
        """Return how far each story moves a ratio, as it stands."""
        return coded_moves(cell, self._coded_cells) if ratio.n_coded else self._stories[self._at[cell]]

    def _by_story(self, con: Any) -> dict[int, StoryMoves]:
        """Of every cell whose unit is a story: which stories it is of, by number, and how far each moves its ratio."""
        places = [place for cell, place in self._at.items() if cell.by_story]
        if not places:
            return {}
        con.register("storied", pa.table({"cell": places}))
        # Sorted before they are added: a sum of fractions hangs on their order.
        table = con.sql(
            """SELECT p.cell, dense_rank() OVER (ORDER BY p.cluster) AS story,
                   list_sum(list(p.x ORDER BY p.x)) AS x, list_sum(list(p.y ORDER BY p.y)) AS y
            FROM placed p SEMI JOIN storied USING (cell) WHERE p.y > 0
            GROUP BY p.cell, p.cluster ORDER BY ALL"""
        ).to_arrow_table()
        at, story, x, y = (table[name].to_numpy() for name in ("cell", "story", "x", "y"))
        moves = (x - self._sums.ratio[at] * y) / self._sums.wy[at]
        starts = np.searchsorted(at, places)
        ends = np.searchsorted(at, places, side="right")
        return {
            place: (story[start:end], moves[start:end])
            for place, start, end in zip(places, starts, ends, strict=True)
        }


def _story_moves(rows: Sequence[StoryMoves]) -> Array:
    """How far each story moves each of these ratios: a row per cell, a column per story."""
    places = np.unique(np.concatenate([places for places, _ in rows]))
    moves = np.zeros((len(rows), len(places)))
    for row, (at, by) in zip(moves, rows, strict=True):
        row[np.searchsorted(places, at)] = by
    return moves


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
