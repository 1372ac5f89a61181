"""The calibrated figure of a cell: what people coded, helped by what the reader says of the rest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np

from masthead.inference.calibration.cells import ArticleSums, Cell, PseudoUnits, Whole
from masthead.inference.calibration.families import CalibratedMeans, CalibratedShares, calibrated_family
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Array, divide, totals


@dataclass(frozen=True)
class Interval:
    """An estimate and the ends of its interval."""

    estimate: float
    conf_low: float
    conf_high: float


@dataclass(frozen=True)
class Calibrated:
    """A calibrated figure; NaN for what cannot be said.

    - `estimate`, `std_error`, `df`, `conf_low`, `conf_high`, `n_eff`, `method`: as those of any figure,
    - `n_coded`: codings of units that count in the denominator; `n_coded_articles`: articles with one; `n_articles`:
      all articles of the cell,
    - `rho`: how reading and coding correlate over the coded units, −1 to 1,
    - `tuning`: how much of the reading is used, 0 (none: coding alone) to 1,
    - `worth`: how many codings the same interval would take without the reader,
    - `coding_alone`: the figure at a tuning of 0, from the same codings.
    """

    estimate: float
    std_error: float
    df: float
    conf_low: float
    conf_high: float
    n_eff: float
    method: str
    n_coded: int
    n_coded_articles: int
    n_articles: int
    rho: float
    tuning: float
    worth: float
    coding_alone: Interval


@dataclass(frozen=True)
class CalibratedFigures:
    """Calibrated figures of many cells, one a row, with their intervals at every level; columns as in `Calibrated`.

    `family` has the figures, `alone` those of coding alone.
    """

    family: CalibratedShares | CalibratedMeans
    alone: CalibratedShares | CalibratedMeans
    n_coded: Array
    n_coded_articles: Array
    n_articles: Array
    rho: Array
    tuning: Array
    worth: Array


def calibrate(cell: Cell, *, signed: bool, level: float = 0.95) -> Calibrated:
    """Estimate the ratio of a cell from its codings and the reader's readings of all its units.

    `signed`: a mean of values between −1 and 1; otherwise a share. Where nothing is coded all is NaN; where one
    article is, the interval is the whole range; where all codings are alike, it is that of coding alone.

    >>> import numpy as np
    >>> ones, article = np.ones(400), np.arange(400)
    >>> truth = (article % 3 == 0) * 1.0
    >>> reading = np.where(article % 10 == 0, 1.0 - truth, truth)  # a tenth is misread
    >>> coded = article % 4 == 1
    >>> cell = Cell(article, reading, ones, ones / 4, coded, truth, ones, article // 4 % 5)
    >>> figure = calibrate(cell, signed=False)
    >>> figure.n_coded, round(figure.estimate, 2), figure.worth > 150
    (100, 0.36, True)
    """
    figures = calibrate_many([cell], signed=signed)
    alpha = np.array([1.0 - level])
    (low, high), (low_alone, high_alone) = (
        family.bounds(alpha) for family in (figures.family, figures.alone)
    )
    family = figures.family
    return Calibrated(
        estimate=float(family.value[0]),
        std_error=float(family.std_error[0]),
        df=float(family.df[0]),
        conf_low=float(low[0]),
        conf_high=float(high[0]),
        n_eff=float(family.n_eff[0]),
        method=family.methods()[0],
        n_coded=int(figures.n_coded[0]),
        n_coded_articles=int(figures.n_coded_articles[0]),
        n_articles=int(figures.n_articles[0]),
        rho=float(figures.rho[0]),
        tuning=float(figures.tuning[0]),
        worth=float(figures.worth[0]),
        coding_alone=Interval(float(figures.alone.value[0]), float(low_alone[0]), float(high_alone[0])),
    )


def calibrate_many(cells: Sequence[Cell], *, signed: bool) -> CalibratedFigures:
    """Estimate the ratio of every cell, as `calibrate` does one."""
    units, cell_of_unit = together(cells)
    return figures_of_units(units, cell_of_unit, len(cells), signed)


def figures_of_units(units: Cell, cell_of_unit: Whole, n_cells: int, signed: bool) -> CalibratedFigures:
    """Estimate cells whose units stand in one table; articles are numbered from 0, and each is of one cell."""
    articles = ArticleSums.of(units, cell_of_unit, n_cells)
    codings, tuning = articles.codings_of_cells(), articles.tuning()
    nothing = np.zeros(len(tuning))
    family, alone = (calibrated_family(articles.sums(each), codings, signed) for each in (tuning, nothing))
    n_articles = articles.per_cell(np.ones(len(tuning)))
    # Where all codings agree neither has a standard error, and the reader adds nothing.
    gain = divide(alone.std_error, family.std_error) ** 2
    return CalibratedFigures(
        family,
        alone,
        codings.n,
        articles.per_cell(articles.codings > 0),
        n_articles,
        _correlations(units, cell_of_unit, n_cells),
        divide(articles.per_cell(tuning), n_articles),
        np.where(codings.n > 0, codings.n * np.where(np.isnan(gain), 1.0, gain), np.nan),
    )


def together(cells: Sequence[Cell]) -> tuple[Cell, Whole]:
    """Return the units of many cells as one table, articles numbered from 0, and which cell each unit is of."""
    of = np.repeat(np.arange(len(cells)), [len(cell.article) for cell in cells])
    articles, n = [np.zeros(0, np.int64)], 0
    for cell in cells:
        distinct, article = np.unique(cell.article, return_inverse=True)
        articles.append(n + article)
        n += len(distinct)
    columns = {
        field.name: np.concatenate([getattr(cell, field.name) for cell in cells] or [np.zeros(0)])
        for field in fields(Cell)
        if field.name not in ("article", "is_known")
    }
    is_known = np.concatenate(
        [np.zeros(len(cell.article), np.bool_) if cell.is_known is None else cell.is_known for cell in cells]
        or [np.zeros(0, np.bool_)]
    )
    return Cell(article=np.concatenate(articles), **columns, is_known=is_known), of


def pseudo_units(cell: Cell) -> PseudoUnits:
    """Return the corrected numerator and denominator of each article of a cell, for sums as those of any measure.

    x = Σ [λ·d·(1 − c/π) + (c/π)·t], d being what the reader says less its mean in the cell; y the same of the
    denominator: where every unit counts 1, Σ c/π. The ratio of their sums over all articles is `calibrate`'s estimate.

    In a part of the cell (a window of time, own voice) the ratio of sums is the calibrated figure of that part, right
    on average, and `calibrated_family` of these sums with the part's own `Codings` gives an interval that holds: each
    unit is corrected by what is coded with known chances, wherever the part's edges are. Two things are only as good
    as the cell: λ is tuned on all of it, and d is counted from its mean. So where the reader says something else of
    the part than of the rest, the interval is wider than that of a `Cell` made of the part's units alone: make one
    where you can. In a part too few may be coded: look at `Codings.n`.
    """
    articles, at = np.unique(cell.article, return_inverse=True)
    in_one: Whole = np.zeros(len(at), np.int64)
    sums = ArticleSums.of(replace(cell, article=at), in_one, 1)
    return PseudoUnits(articles, *sums.pseudo(sums.tuning()), *sums.coding_alone(), sums.codings)


def difference(a: Cell, b: Cell, *, signed: bool) -> Difference:
    """Return the difference of two calibrated figures, a − b, with its intervals at every level and its p (MOVER).

    The cells share no article.
    """
    return Difference(*(calibrate_many([cell], signed=signed).family for cell in (a, b)))


def _correlations(units: Cell, cell_of_unit: Whole, n_cells: int) -> Array:
    """Return how reading and coding correlate over the coded units of each cell, each weighed by what it stands for.

    Of a ratio whose denominator is coded too, it is the correlation of what moves the ratio: x − r·y. NaN where all
    codings or all readings are alike.
    """
    at, of = units.is_coded, cell_of_unit[units.is_coded]
    weight, x, y = 1.0 / units.chance[at], units.value_x[at], units.value_y[at]

    def total(values: Array) -> Array:
        return totals(of, weight * values, n_cells)

    n = total(np.ones(len(of)))
    r = np.nan_to_num(divide(total(x), total(y)))[of]
    moves = [x - r * y, units.reading_x[at] - r * units.reading_y[at]]
    a, b = (each - divide(total(each), n)[of] for each in moves)
    scale = np.sqrt(total(a * a) * total(b * b))
    return divide(total(a * b), np.where(scale > 1e-9 * n, scale, 0.0))
