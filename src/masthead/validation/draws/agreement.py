"""How often the interval of Krippendorff's α holds the truth: coders drawn who agree so far and no further.

Each code follows what stands in the unit with a chance, and is else drawn blindly from how often each value is given.
Then α is the chance that two coders both follow, by either metric. How hard units are varies by article.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
import numpy.typing as npt

from masthead.inference.agreement import Metric, alpha, alpha_of, parts_of
from masthead.inference.intervals import Array
from masthead.validation.draws.intervals import FLOOR, LEVEL, drawing_error
from masthead.validation.progress import Progress, in_turn

RESAMPLES = 100
"""So many times the bootstrap draws units again."""

_SPREAD = 8.0
"""How alike articles are in how hard they are: the beta distribution's a + b."""


@dataclass(frozen=True)
class Kind:
    """One kind of codings: `often` is how often each of the values −1, 0 and 1 is given.

    With three coders, the third codes half of the units. `per_article` units stand in each article.
    """

    metric: Metric
    units: int
    alpha: float
    often: tuple[float, float, float]
    coders: int
    per_article: int


@dataclass(frozen=True)
class Grid:
    """The kinds to draw: all combinations; two coders and three, and one unit in an article and two, take turns."""

    metrics: tuple[Metric, ...] = ("nominal", "interval")
    units: tuple[int, ...] = (30, 60, 200)
    alphas: tuple[float, ...] = (0.2, 0.5, 0.7, 0.8, 0.9, 0.97)
    often: tuple[tuple[float, float, float], ...] = (
        (0.4, 0.4, 0.2),
        (0.1, 0.8, 0.1),
        (0.0, 0.5, 0.5),
        (0.0, 0.9, 0.1),
    )

    def kinds(self) -> Iterator[Kind]:
        """Yield every kind."""
        kinds = product(self.metrics, self.units, self.alphas, self.often)
        for at, kind in enumerate(kinds):
            yield Kind(*kind, coders=2 + at // 2 % 2, per_article=1 + at % 2)


FULL = Grid()
QUICK = Grid(units=(30, 100), alphas=(0.5, 0.8, 0.97), often=((0.4, 0.4, 0.2), (0.0, 0.9, 0.1)))


@dataclass(frozen=True)
class Row:
    """What was measured of one kind: coverage and mean width of the interval, and the bootstrap's coverage."""

    kind: Kind
    draws: int
    coverage: float
    width: float
    bootstrap: float


def coverage(
    draws: int = 500, seed: int = 1, grid: Grid = FULL, progress: Progress | None = None
) -> list[Row]:
    """Draw `draws` sets of codes of every kind, and say how often intervals hold.

    An α that cannot be said, all codes being alike, has the whole range for its interval; the bootstrap has none, and
    holds nothing.
    """
    rows = []
    for at, kind in enumerate(in_turn(list(grid.kinds()), "kinds of codings drawn", progress)):
        rng = np.random.default_rng([seed, at])
        articles = np.arange(kind.units) // kind.per_article
        holds, widths, of_bootstrap = [], [], []
        for _ in range(draws):
            codes = _codes(rng, kind, articles)
            agreement = alpha(codes, articles, metric=kind.metric, level=LEVEL)
            holds.append(agreement.conf_low <= kind.alpha <= agreement.conf_high)
            widths.append(agreement.conf_high - agreement.conf_low)
            low, high = _bootstrap(rng, codes, kind.metric)
            of_bootstrap.append(low <= kind.alpha <= high)
        means = (float(np.mean(each)) for each in (holds, widths, of_bootstrap))
        rows.append(Row(kind, draws, *means))
    return rows


def _codes(rng: np.random.Generator, kind: Kind, articles: npt.NDArray[np.int64]) -> Array:
    values = np.array([-1.0, 0.0, 1.0])
    # Of a chance p that varies by a beta distribution of mean m: E p² = m² + m(1 − m)/(a + b + 1) = α.
    part = 1.0 / (_SPREAD + 1.0)
    mean = (-part + np.sqrt(part * part + 4.0 * (1.0 - part) * kind.alpha)) / (2.0 * (1.0 - part))
    chance = rng.beta(mean * _SPREAD, (1.0 - mean) * _SPREAD, articles.max() + 1)[articles, None]
    shape = (kind.units, kind.coders)
    there = rng.choice(values, kind.units, p=kind.often)[:, None]
    codes: Array = np.where(rng.random(shape) < chance, there, rng.choice(values, shape, p=kind.often))
    codes[:, 2:][rng.random((kind.units, kind.coders - 2)) < 0.5] = np.nan
    return codes


def _bootstrap(rng: np.random.Generator, codes: Array, metric: Metric) -> tuple[float, float]:
    """Return the percentile interval over units drawn again."""
    n = len(codes)
    parts = parts_of(codes, np.arange(n), metric)
    alphas = alpha_of(rng.multinomial(n, np.full(n, 1.0 / n), RESAMPLES) @ parts, metric)
    if np.isnan(alphas).all():
        return np.nan, np.nan
    low, high = np.nanquantile(alphas, [(1.0 - LEVEL) / 2.0, (1.0 + LEVEL) / 2.0])
    return float(low), float(high)


def is_broken(rows: Sequence[Row]) -> bool:
    """Whether a kind is held less often than promised, by more than the drawing explains."""
    return any(row.coverage < FLOOR - drawing_error(row.draws) for row in rows)


@dataclass(frozen=True)
class Summary:
    """The kinds of one metric and number of units: least and mean coverages, and the mean width."""

    metric: Metric
    units: int
    cells: int
    least: float
    mean: float
    width: float
    least_bootstrap: float
    bootstrap: float


def summary(rows: Sequence[Row]) -> list[Summary]:
    """Return what the kinds of each metric and number of units showed."""
    groups: dict[tuple[Metric, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.kind.metric, row.kind.units), []).append(row)
    return [
        Summary(
            metric,
            units,
            len(members),
            least=min(row.coverage for row in members),
            mean=float(np.mean([row.coverage for row in members])),
            width=float(np.mean([row.width for row in members])),
            least_bootstrap=min(row.bootstrap for row in members),
            bootstrap=float(np.mean([row.bootstrap for row in members])),
        )
        for (metric, units), members in groups.items()
    ]
