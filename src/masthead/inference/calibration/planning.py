"""What more codings would do: how many a precision takes, and how to share them out between cells.

V(n) = σ²(1 − ρ²)(1/n − 1/N) + D·σ²/N is what n of N units coded leave: σ² is how much what people say differs from unit
to unit, ρ how reading and coding correlate, and D how many times more the mean of all units varies, because units
stand in articles, than if each stood alone. The second part stays when all is coded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from masthead.inference.calibration.cells import Cell
from masthead.inference.calibration.estimates import calibrate
from masthead.inference.intervals import Array, Sums, divide, jackknife_variance, quantile, totals

LEAST = 50
"""A cell has a calibrated figure from so many codings."""

PILOT = 20
"""So many codings tell how a cell is; with fewer, what is usual counts as so many."""

_USUAL_CORRELATION = 0.5
_USUAL_SPREAD = {False: 0.2, True: 0.5}
"""What codings differ by where nothing is known: of shares, and of means of −1 to 1."""


@dataclass(frozen=True)
class Outlook:
    """What is known of a cell beforehand: how many `units` can be coded, `n_coded` are, σ² (`spread`), ρ and D.

    A coding is a unit that people looked at, whether or not it counts in the denominator.
    """

    units: int
    n_coded: int
    spread: float
    rho: float
    design: float
    signed: bool

    def variance(self, codings: float) -> float:
        """Return V of so many codings, with the two made-up ones of a mean."""
        n = min(max(codings, 2.0), float(self.units))
        of_coding = self.spread * (1.0 - self.rho**2) * (1.0 / n - 1.0 / self.units)
        ends = 2.0 / n**2 if self.signed else 0.0
        return of_coding + self.design * self.spread / self.units + ends

    def half_width(self, codings: float, level: float = 0.95) -> float:
        """Return half the width that the interval of so many codings is expected to have."""
        df = np.array([min(max(codings, 2.0), float(self.units)) - 1.0])
        t = float(quantile(df, np.array([1.0 - level]))[0])
        return min(t * float(np.sqrt(self.variance(codings))), 1.0 if self.signed else 0.5)


@dataclass(frozen=True)
class Expected:
    """Half the width of an interval now (NaN where nothing is coded), and what it is expected to be."""

    codings: int
    half_width: float
    codings_then: int
    half_width_then: float


def outlook(cell: Cell, *, signed: bool) -> Outlook:
    """Take from a cell what is known of it: from `PILOT` codings on mostly what they say, before mostly what is usual.

    What is usual: a correlation of .5, and codings that differ as those of half neutral units do.
    """
    figure = calibrate(cell, signed=signed)
    at, n = cell.is_coded, float(cell.is_coded.sum())
    weight = 1.0 / cell.chance[at]
    counting_share = float(np.clip(cell.reading_y, 0.0, 1.0).mean()) if len(at) else 0.0
    spread = _USUAL_SPREAD[signed] / max(counting_share, 0.05)
    if figure.n_coded > 1:
        counting_share = float(weight @ cell.value_y[at]) / float(weight.sum())
        moves = (cell.value_x - figure.coding_alone.estimate * cell.value_y)[at] / counting_share
        coding_spread = float(weight @ moves**2 / weight.sum()) * n / (n - 1.0)
        spread = (
            (n * coding_spread + (PILOT - n) * spread) / PILOT if n < PILOT else max(coding_spread, 1.0 / n)
        )
    rho = 0.0 if np.isnan(figure.rho) else max(figure.rho, 0.0)
    usual = max(PILOT - n, 0.0)
    rho = (n * rho + usual * _USUAL_CORRELATION) / (n + usual)
    drawable = len(at) - (0 if cell.is_known is None else int(cell.is_known.sum()))
    return Outlook(max(drawable, 1), int(n), spread, rho, _design(cell), signed)


def how_many(cell: Outlook, precision: float, *, level: float = 0.95) -> int | None:
    """Return how many codings, in all, an interval of ± `precision` takes; at least `LEAST`, or all units.

    None where coding every unit would not do: it takes more articles, not more codings.

    >>> how_many(Outlook(2000, 0, 0.5, 0.0, 1.2, True), 0.15), how_many(Outlook(2000, 0, 0.5, 0.77, 1.2, True), 0.15)
    (93, 50)
    """
    if cell.half_width(cell.units, level) > precision:
        return None
    low, high = min(LEAST, cell.units), cell.units
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if cell.half_width(middle, level) <= precision else (middle + 1, high)
    return low


def after(cell: Cell, more: int = 50, *, signed: bool, level: float = 0.95) -> Expected:
    """Return what `more` codings are expected to do to the interval of a cell.

    The interval that there is shrinks as V does; where there is none, V alone says what to expect.
    """
    cell_outlook = outlook(cell, signed=signed)
    now, then = cell_outlook.n_coded, min(cell_outlook.n_coded + more, cell_outlook.units)
    figure = calibrate(cell, signed=signed, level=level)
    half = (figure.conf_high - figure.conf_low) / 2.0
    half_then = cell_outlook.half_width(then, level)
    if now > 1:
        half_then = half * (cell_outlook.variance(then) / cell_outlook.variance(now)) ** 0.5
    return Expected(now, half, then, half_then)


def share_out(
    cells: Sequence[Outlook], codings: int, coefficients: Sequence[float] | None = None
) -> list[int]:
    """Share codings out between the cells of a claim, so that the interval of Σ cᵢ·rᵢ is narrowest (Neyman, 1934).

    Each gets codings as |cᵢ|·σᵢ·√(1 − ρᵢ²) is large, but no fewer than it has, than `PILOT`, or more than its units.
    `coefficients` None: a difference of two, or of each with the others, all alike. The sum may be above `codings`
    where what each has is more.

    >>> share_out([Outlook(900, 20, 0.6, 0.0, 1.0, True), Outlook(900, 20, 0.15, 0.0, 1.0, True)], 150)
    [100, 50]
    """
    least = np.array([min(max(cell.n_coded, PILOT), cell.units) for cell in cells], dtype=np.float64)
    most = np.array([cell.units for cell in cells], dtype=np.float64)
    size = np.abs(np.ones(len(cells)) if coefficients is None else np.asarray(coefficients, np.float64))
    pulls = size * np.array([(cell.spread * (1.0 - cell.rho**2)) ** 0.5 for cell in cells])
    shares = least.copy()
    free = np.ones(len(cells), np.bool_)
    while free.any():
        left = codings - shares[~free].sum()
        parts = np.full(free.sum(), 1.0 / free.sum())
        if pulls[free].sum() > 0:
            parts = pulls[free] / pulls[free].sum()
        proposals = np.clip(left * parts, least[free], most[free])
        bound = proposals != left * parts
        shares[free] = proposals
        if not bound.any():
            break
        free[np.flatnonzero(free)[bound]] = False
    return [int(share) for share in np.ceil(shares - 1e-9)]


def how_many_for(
    cells: Sequence[Outlook],
    precision: float,
    coefficients: Sequence[float] | None = None,
    *,
    level: float = 0.95,
) -> list[int] | None:
    """Return how many codings each cell of a claim needs for an interval of Σ cᵢ·rᵢ of ± `precision`.

    None where coding every unit would not do. Half the interval of the sum is the root of the squares of |cᵢ| times
    half of each (MOVER).
    """
    size = np.abs(np.ones(len(cells)) if coefficients is None else np.asarray(coefficients, np.float64))

    def half_width(shares: Sequence[int]) -> float:
        halves = [cell.half_width(n, level) for cell, n in zip(cells, shares, strict=True)]
        return float(np.sqrt(np.sum((size * np.array(halves)) ** 2)))

    if half_width([cell.units for cell in cells]) > precision:
        return None
    low, high = 1, sum(cell.units for cell in cells)
    while low < high:
        middle = (low + high) // 2
        enough = half_width(share_out(cells, middle, coefficients)) <= precision
        low, high = (low, middle) if enough else (middle + 1, high)
    shares = share_out(cells, low, coefficients)
    return [max(n, min(LEAST, cell.units)) for cell, n in zip(cells, shares, strict=True)]


def _design(cell: Cell) -> float:
    """Return D, from how readings differ between articles: at least 1."""
    articles, at = np.unique(cell.article, return_inverse=True)
    if len(articles) < 2:
        return 1.0
    x, y = (totals(at, each, len(articles)) for each in (cell.reading_x, cell.reading_y))
    sums = Sums.of_clusters(x[:, None], y[:, None], axis=0)
    r: Array = sums.ratio
    moves = cell.reading_x - r * cell.reading_y
    alone = divide(float(np.sum(moves**2)), sums.wy**2)
    return float(np.fmax(divide(jackknife_variance(sums, r), alone), 1.0)[0])
