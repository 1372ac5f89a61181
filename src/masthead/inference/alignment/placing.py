"""Where outlets stand: how many axes their portrayals of subjects take, and the place of each outlet on them.

An outlet that is sour on everybody takes no side, and a subject of whom nobody writes well divides nobody. So both are
taken off first: portrayal = mean + outlet + subject + Σ place of outlet × place of subject + error. This is the
additive main effects and multiplicative interaction model of crop trials, with cells weighed by their errors.

Gauch, H. G. (2006). Statistical analysis of yield trials by AMMI and GGE. Crop Science 46, 1488–1500.
doi 10.2135/cropsci2005.07-0193
Srebro, N. and Jaakkola, T. (2003). Weighted low-rank approximations. ICML 2003.
Buja, A. and Eyuboglu, N. (1992). Remarks on parallel analysis. Multivariate Behavioral Research 27, 509–540.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.inference.intervals import Array

MOST = 2
"""So many axes are looked for."""

FEWEST = 3
"""Outlets with fewer cells, and subjects with fewer, have no place."""

PERMUTED = 499
DRAWN = 200
"""Random orders behind p, and drawn matrices behind the interval of a place."""

ALPHA = 0.05
"""An axis is one where what it takes is larger than in all but this share of random orders."""

Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

_ROUNDS = 60
_NOTHING = 1e-9
"""Where no more of the squares is left than this, it is the rounding of sums."""

_SEED = 20_060_701


@dataclass(frozen=True)
class Axes:
    """`n` axes, with p and share of what is left beside additive effects for each that was looked at.

    `outlets` and `subjects` hold places, rows × `MOST`, and `outlets_low` … their intervals; NaN without a place. A
    subject's place is at most 1 either way, an outlet's is in points of portrayal: so much kinder than its and the
    subject's means make expected is it to a subject whose place is 1. `means` is what the outlet's and the subject's
    means give for each cell, `with_axes` what these and the first `n` axes give. The first axis places outlets and
    subjects even where it is not told from chance.
    """

    n: int
    p: list[float]
    shares: list[float]
    outlets: Array
    outlets_low: Array
    outlets_high: Array
    subjects: Array
    subjects_low: Array
    subjects_high: Array
    means: Array
    with_axes: Array


def axes(values: Array, errors: Array, sizes: Array, level: float = 0.95) -> Axes | None:
    """Place outlets and subjects by their cells (outlets × subjects; NaN: none), errors and sizes.

    None where fewer than three outlets and three subjects have three cells each. Does not depend on the order of
    outlets or subjects, nor on what they are called. An axis points so that the subject with the most units has a place
    above 0.
    """
    has_cell = ~np.isnan(values) & ~np.isnan(errors)
    rows, columns = _with_cells(has_cell)
    if len(rows) < FEWEST or len(columns) < FEWEST:
        return None
    # Random orders fall on figures, not on names.
    columns = columns[
        np.lexsort([*np.nan_to_num(values[np.ix_(rows, columns)]), sizes[rows][:, columns].sum(axis=0)])
    ]
    rows = rows[
        np.lexsort([*np.nan_to_num(values[np.ix_(rows, columns)]).T, sizes[rows][:, columns].sum(axis=1)])
    ]
    at = np.ix_(rows, columns)
    there = has_cell[at]
    cells, variance = np.where(there, values[at], 0.0), np.where(there, errors[at] ** 2, 1.0)
    weights = _weights(cells, variance, there)
    n, p, shares = _how_many(cells, weights)
    rank = max(n, 1)
    means, low_rank = _fit(cells[None], weights, rank)
    fitted_all = means + low_rank
    places = _read_off(low_rank, rank, sizes[at])
    draws = _redrawn(cells, variance, weights, fitted_all[0], there, rank, sizes[at], places)
    alpha = (1.0 - level) / 2.0
    shape = values.shape
    full = []
    for of, index, length in ((0, rows, shape[0]), (1, columns, shape[1])):
        place = places[of][0]
        low, high = (np.quantile(draws[of], q, axis=0) for q in (alpha, 1.0 - alpha))
        if of == 0:
            # Noise makes axes longer: where the drawn lies further out than what it was drawn from, the place does too.
            low, high = 2.0 * place - high, 2.0 * place - low
        for part in (place, np.minimum(low, place), np.maximum(high, place)):
            whole = np.full((length, MOST), np.nan)
            whole[index, : part.shape[1]] = part
            full.append(whole)
    means_all, with_axes = np.full(shape, np.nan), np.full(shape, np.nan)
    means_all[at], with_axes[at] = means[0], fitted_all[0] if n else means[0]
    return Axes(n, p, shares, full[0], full[1], full[2], full[3], full[4], full[5], means_all, with_axes)


def _with_cells(has_cell: Flags) -> tuple[Places, Places]:
    """The rows and columns that have cells enough, when those that have not are left out."""
    rows, columns = np.arange(has_cell.shape[0]), np.arange(has_cell.shape[1])
    while True:
        part = has_cell[np.ix_(rows, columns)]
        some, others = part.sum(axis=1) >= FEWEST, part.sum(axis=0) >= FEWEST
        if some.all() and others.all():
            return rows, columns
        rows, columns = rows[some], columns[others]


def _weights(cells: Array, variance: Array, there: Flags) -> Array:
    """Weigh cells by their errors and by what cells differ by beyond these; between 0 (no cell) and 1."""
    weights = there / variance
    weights = weights / weights.max()
    means, low_rank = _fit(cells[None], weights, 1)
    left = (cells - means[0] - low_rank[0])[there]
    rows, columns = cells.shape
    free = max(there.sum() - 2 * (rows + columns) + 3, 1)
    between = max(float((left**2).sum() - (variance[there]).sum() * free / there.sum()) / free, 0.0)
    precision = np.where(there, 1.0 / (variance + between), 0.0)
    relative: Array = precision / precision.max()
    return relative


def _fit(cells: Array, weights: Array, axes_wanted: int) -> tuple[Array, Array]:
    """Fit means and axes to matrices of cells (B×I×J) by filling, in turn, what weighs little with what is fitted."""
    fit = np.zeros_like(cells)
    means = low_rank = fit
    for _ in range(_ROUNDS):
        full = weights * cells + (1.0 - weights) * fit
        means = full.mean(axis=2, keepdims=True) + full.mean(axis=1, keepdims=True)
        means = means - full.mean(axis=(1, 2), keepdims=True)
        low_rank = _of_rank(full - means, axes_wanted)
        before, fit = fit, means + low_rank
        if np.abs(fit - before).max() < 1e-7:
            break
    return means, low_rank


def _of_rank(matrices: Array, rank: int) -> Array:
    if rank == 0:
        return np.zeros_like(matrices)
    left, sizes, right = np.linalg.svd(matrices, full_matrices=False)
    product: Array = (left[:, :, :rank] * sizes[:, None, :rank]) @ right[:, :rank]
    return product


def _how_many(cells: Array, weights: Array) -> tuple[int, list[float], list[float]]:
    """Return how many axes there are, with the p and the share of each that was looked at.

    The share of what is left is set against that of matrices in which each outlet's residuals, with their weights, are
    put in random order over its subjects: outlets then differ as much, and agree by chance alone. What lies along the
    axes before is taken off these matrices too, as it is off the residuals. An axis must not hang on one cell.
    """
    there = weights > 0
    ps: list[float] = []
    shares: list[float] = []
    for axis in range(min(MOST, min(cells.shape) - 2)):
        means, low_rank = _fit(cells[None], weights, axis)
        left, _, right = np.linalg.svd(low_rank[0], full_matrices=False)
        before = left[:, :axis], right[:axis]
        rest = _beside((np.sqrt(weights) * (cells - means - low_rank)), *before)[0]
        if (rest**2).sum() <= _NOTHING * (weights * cells**2).sum():
            break
        p = _by_chance(rest, there, before, axis)
        if p <= ALPHA:
            # One cell that is out of line is no axis: without it, the others must still agree.
            others = rest.copy()
            others[np.unravel_index(np.abs(rest).argmax(), rest.shape)] = 0.0
            p = max(p, _by_chance(_beside(others[None], *before)[0], there, before, axis))
        ps.append(p)
        shares.append(float(_share(rest[None])[0]))
        if p > ALPHA:
            break
    return sum(p <= ALPHA for p in ps), ps, shares


def _by_chance(rest: Array, there: Flags, before: tuple[Array, Array], axis: int) -> float:
    """How often residuals, each outlet's in random order over its subjects, have as large a share along one axis."""
    generator = np.random.default_rng([_SEED, axis])
    draws = np.zeros((PERMUTED, *rest.shape))
    for row, of_outlet in enumerate(there):
        at = np.flatnonzero(of_outlet)
        draws[:, row, at] = generator.permuted(np.tile(rest[row, at], (PERMUTED, 1)), axis=1)
    n_reached = int((_share(_beside(draws, *before)) >= _share(rest[None])[0] - 1e-9).sum())
    return (n_reached + 1) / (PERMUTED + 1)


def _beside(matrices: Array, left: Array, right: Array) -> Array:
    """What of matrices lies neither along the columns of `left` nor along the rows of `right`, nor in column means."""
    matrices = matrices - matrices.mean(axis=1, keepdims=True)
    matrices = matrices - left @ (left.T @ matrices)
    rest: Array = matrices - (matrices @ right.T) @ right
    return rest


def _share(matrices: Array) -> Array:
    """The share of the largest singular value in the squares of all."""
    squares = np.linalg.svd(matrices, compute_uv=False) ** 2
    total = squares.sum(axis=1)
    share: Array = squares[:, 0] / np.where(total > 0, total, 1.0)
    return share


def _read_off(low_rank: Array, rank: int, sizes: Array) -> tuple[Array, Array]:
    """Return the places of outlets (B×I×rank) and of subjects (B×J×rank) that fitted matrices hold."""
    left, lengths, right = np.linalg.svd(low_rank, full_matrices=False)
    subjects = np.swapaxes(right[:, :rank], 1, 2)
    outlets = left[:, :, :rank] * lengths[:, None, :rank]
    # The subject with the most units shows which way is up; of those that lie at the middle none does.
    size = sizes.sum(axis=0) * (
        np.abs(subjects) > 0.1 * np.abs(subjects).max(axis=1, keepdims=True)
    ).transpose(0, 2, 1)
    first = size.argmax(axis=2)
    sign = np.sign(np.take_along_axis(subjects, first[:, None, :], axis=1))
    most = np.abs(subjects).max(axis=1, keepdims=True)
    return outlets * sign * most, subjects * sign / np.where(most > 0, most, 1.0)


def _redrawn(
    cells: Array,
    variance: Array,
    weights: Array,
    fit: Array,
    there: Flags,
    rank: int,
    sizes: Array,
    places: tuple[Array, Array],
) -> tuple[Array, Array]:
    """Places again, in matrices drawn around what is fitted, with cells' errors and what they differ by beyond."""
    generator = np.random.default_rng([_SEED, MOST])
    free = max(there.sum() - (1 + rank) * sum(cells.shape), there.sum() / 4)
    beyond = float(((cells - fit)[there] ** 2).sum() / free - variance[there].mean())
    spread = np.where(there, np.sqrt(variance + max(beyond, 0.0)), 0.0)
    draws = fit + spread * generator.standard_normal((DRAWN, *cells.shape))
    _, low_rank = _fit(np.where(there, draws, 0.0), weights, rank)
    outlets, subjects = _read_off(low_rank, rank, sizes)
    # Axes of about one length may change places, or turn: each is held against the one it is nearest to.
    for axis in range(rank):
        likeness = np.einsum("bjr,j->br", subjects, places[1][0][:, axis])
        nearest = np.abs(likeness[:, axis:]).argmax(axis=1) + axis
        every = np.arange(DRAWN)
        for part in (outlets, subjects):
            part[every, :, axis], part[every, :, nearest] = (
                part[every, :, nearest],
                part[every, :, axis].copy(),
            )
        sign = np.sign(likeness[every, nearest])[:, None]
        outlets[:, :, axis] *= sign
        subjects[:, :, axis] *= sign
    return outlets, subjects
