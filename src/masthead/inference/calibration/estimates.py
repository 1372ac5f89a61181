"""The calibrated figure of a cell: what people coded, helped by what the reader says of the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.calibration.cells import ArticleSums, Cell, Codings, PseudoUnits, Whole
from masthead.inference.calibration.families import CalibratedMeans, CalibratedShares, calibrated_family
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Array, divide


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


def calibrate(cell: Cell, *, signed: bool, level: float = 0.95) -> Calibrated:
    """Estimate the ratio of a cell from its codings and the reader's readings of all its units."""
    articles, codings, family = family_of_cell(cell, signed)
    alone = calibrated_family(articles.sums(np.zeros(len(articles.cell))), codings, signed)
    alpha = np.array([1.0 - level])
    (low, high), (low_alone, high_alone) = (_ends(each, alpha) for each in (family, alone))
    n = float(codings.n[0])
    worth = n * float(divide(high_alone - low_alone, high - low)) ** 2
    return Calibrated(
        estimate=float(family.value[0]),
        std_error=float(family.std_error[0]),
        df=float(family.df[0]),
        conf_low=low,
        conf_high=high,
        n_eff=float(family.n_eff[0]),
        method=family.methods()[0],
        n_coded=int(n),
        n_coded_articles=int(codings.n_articles[0]),
        n_articles=len(articles.article),
        rho=correlation(cell),
        tuning=float(articles.tuning().mean()) if len(articles.article) else float("nan"),
        worth=worth,
        coding_alone=Interval(float(alone.value[0]), low_alone, high_alone),
    )


def family_of_cell(
    cell: Cell, signed: bool
) -> tuple[ArticleSums, Codings, CalibratedShares | CalibratedMeans]:
    """Return the sums of a cell's articles, what is coded in it, and its intervals at every level."""
    articles = _article_sums(cell)
    codings = articles.codings_of_cells()
    return articles, codings, calibrated_family(articles.sums(articles.tuning()), codings, signed)


def pseudo_units(cell: Cell) -> PseudoUnits:
    """Return the corrected numerator and denominator of each article of a cell, for sums as those of any measure.

    x = Σ [λ·d·(1 − c/π) + (c/π)·t], d being what the reader says less its mean in the cell; y the same of the
    denominator: where every unit counts 1, Σ c/π. The ratio of their sums over all articles is `calibrate`'s estimate.

    In a part of the cell (a window of time, own voice) the ratio of sums is the calibrated figure of that part, right
    on average, and `calibrated_family` of these sums with the part's own `Codings` gives an interval that holds: each
    unit is corrected by what is coded with known chances, wherever the part's edges are. Two things are only as good
    as the cell: λ is tuned on all of it, and d is counted from its mean, so where the reader says something else of
    the part than of the rest, the interval is wider than that of a `Cell` made of the part's units alone. It is never
    narrower than it should be, but there may be too few codings in a part: look at `Codings.n`.
    """
    articles = _article_sums(cell)
    x, y = articles.pseudo(articles.tuning())
    return PseudoUnits(articles.article, x, y, articles.codings, articles.positive, articles.short)


def difference(a: Cell, b: Cell, *, signed: bool) -> Difference:
    """Return the difference of two calibrated figures, a − b, with its intervals at every level and its p (MOVER).

    The cells share no article.
    """
    (_, _, family_a), (_, _, family_b) = family_of_cell(a, signed), family_of_cell(b, signed)
    return Difference(family_a, family_b)


def correlation(cell: Cell) -> float:
    """Return how reading and coding correlate over the coded units, each weighed by what it stands for.

    Of a ratio whose denominator is coded too, it is the correlation of what moves the ratio: x − r·y. NaN where all
    codings or all readings are alike.
    """
    at = cell.is_coded
    weight = 1.0 / cell.chance[at]
    x, y = cell.value_x[at], cell.value_y[at]
    total = float(weight @ y)
    if not total > 0:
        return float("nan")
    r = float(weight @ x) / total
    moves = np.stack([x - r * y, cell.reading_x[at] - r * cell.reading_y[at]])
    moves -= (moves @ weight)[:, None] / weight.sum()
    products: Array = (moves * weight) @ moves.T
    scale = float(np.sqrt(products[0, 0] * products[1, 1]))
    return float(products[0, 1]) / scale if scale > 1e-9 * weight.sum() else float("nan")


def _article_sums(cell: Cell) -> ArticleSums:
    in_one: Whole = np.zeros(len(cell.article), np.int64)
    return ArticleSums.of(cell, in_one, 1)


def _ends(family: CalibratedShares | CalibratedMeans, alpha: Array) -> tuple[float, float]:
    low, high = family.bounds(alpha)
    return float(low[0]), float(high[0])
