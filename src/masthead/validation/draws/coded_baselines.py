"""What else is done with codings and readings: intervals of the same drawn cells, beside the calibrated ones."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from masthead.inference.calibration import Cell
from masthead.inference.intervals import Array, Family, Sums, divide, family_of, totals
from masthead.validation.draws.coded_cells import Drawn

_Z = 1.959964


def reader_alone(drawn_cells: Drawn) -> Family:
    """Return the intervals of the reader's own figures, as of any measure."""
    within = _within(drawn_cells)
    n_articles = len(drawn_cells.in_window)
    x, y = (
        totals(drawn_cells.article, each * within, n_articles)
        for each in (drawn_cells.reading_x, drawn_cells.reading_y)
    )
    of = np.arange(n_articles) // drawn_cells.kind.articles
    return family_of(Sums.of_groups(x, y, None, of, drawn_cells.n_cells), drawn_cells.kind.signed)


def by_units(drawn_cells: Drawn, units: Cell, *, reading: bool) -> tuple[Array, Array]:
    """Return textbook intervals, as if units were independent: of coding alone, or of untuned PPI with the reading.

    PPI: the mean of all readings, and that of what coding says less the reading (λ = 1; Angelopoulos et al., 2023).
    """
    within = _within(drawn_cells)
    counts = (units.is_coded | drawn_cells.is_known) * within
    weight = counts / units.chance
    used = 1.0 if reading else 0.0

    def total(values: npt.ArrayLike) -> Array:
        return totals(drawn_cells.cell, values, drawn_cells.n_cells)

    def variance_of_mean(values: Array, where: Array) -> Array:
        size = total(where)
        mean = divide(total(values * where), size)
        squares = total((values - mean[drawn_cells.cell]) ** 2 * where)
        return divide(squares, size * (size - 1.0))

    stands_for, n = total(weight), total(within)
    x, y = (
        divide(total((value - used * read) * weight), stands_for) + used * divide(total(read * within), n)
        for value, read in ((units.value_x, units.reading_x), (units.value_y, units.reading_y))
    )
    r = divide(x, y)
    moves, read_moves = (
        each_x - r[drawn_cells.cell] * each_y
        for each_x, each_y in ((units.value_x, units.value_y), (units.reading_x, units.reading_y))
    )
    variance = variance_of_mean(moves - used * read_moves, counts)
    if reading:
        variance = variance + variance_of_mean(read_moves, within)
    half = _Z * np.sqrt(divide(variance, y * y))
    return r - half, r + half


def _within(drawn_cells: Drawn) -> Array:
    """Say of each unit whether its figure is made of it: 1 or 0."""
    if drawn_cells.kind.figure != "window":
        return np.ones(len(drawn_cells.article))
    return drawn_cells.in_window[drawn_cells.article].astype(np.float64)
