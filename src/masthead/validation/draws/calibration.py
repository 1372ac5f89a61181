"""How often calibrated intervals hold the truth, and how wide they are: drawn kind by kind, beside what else is used.

From the same draws: the interval of coding alone by the normal quantile, as if units were independent (`z`);
prediction-powered inference without tuning (`ppi`; Angelopoulos et al., Science 2023); and the plain figure of the
reader (`model`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle

import numpy as np

from masthead.inference.calibration import CalibratedMeans, CalibratedShares, calibrated_family
from masthead.inference.calibration.cells import ArticleSums
from masthead.inference.comparisons import Difference
from masthead.inference.intervals import Array
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


@dataclass(frozen=True)
class Row:
    """What was measured of one kind of cells with one number of codings.

    `rho`: how reading and coding correlate; `part_coded`: how many of all units are coded; the parts of the intervals
    that hold the truth: calibrated (`coverage`), of coding `alone`, `z`, `ppi` and `model`; how often the interval of
    the `difference` of two drawn cells holds that of their truths; mean widths over that of coding alone.
    """

    kind: Kind
    codings: int
    draws: int
    rho: float
    part_coded: float
    coverage: float
    alone: float
    z: float
    ppi: float
    model: float
    difference: float
    width: float
    ppi_width: float

    @property
    def narrow(self) -> bool:
        """Whether a narrow interval is promised: a good reader, much to read, and enough codings on the rarer side.

        Coding more than a tenth of all units leaves the reader little to add.
        """
        share = self.kind.share * (0.5 if self.kind.figure in ("naming", "window") else 1.0)
        rarer = self.codings * min(share, 1.0 - share)
        return (
            self.rho >= 0.75
            and self.kind.articles >= 400
            and self.part_coded <= 0.1
            and (rarer >= 20 or self.kind.signed)
        )

    @property
    def broken(self) -> bool:
        """Whether it is held less often than promised, by more than the drawing explains, or is too wide."""
        return (
            self.coverage < FLOOR - drawing_error(self.draws)
            or self.difference < FLOOR - drawing_error(self.draws // 2)
            or self.width > WIDEST
        )


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
                        is_stratified = (a + b + c + d) % 2 == 1 and figure not in ("attention", "window")
                        yield Kind(figure, next(sizes), articles, correlation, share, follows, is_stratified)

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
) -> list[Row]:
    """Draw `draws` cells of every kind of `grid`, code them, and say how often intervals hold.

    Each kind has random numbers of its own, all from `seed`.
    """
    rows = []
    for at, kind in enumerate(in_turn(list(grid.kinds()), "kinds of cells drawn", progress)):
        drawn_cells = draw_cells(np.random.default_rng([seed, at]), kind, draws)
        rho = drawn_cells.correlation()
        rows += [_measure(drawn_cells, codings, rho) for codings in grid.codings]
    return rows


def _measure(drawn_cells: Drawn, codings: int, rho: float) -> Row:
    """Measure coverage and width of all intervals."""
    kind, n, alpha = drawn_cells.kind, drawn_cells.n_cells, np.full(drawn_cells.n_cells, 1.0 - LEVEL)
    units = drawn_cells.units_with_codings(codings)
    articles = ArticleSums.of(units, drawn_cells.cell, n)
    tuning = articles.tuning()
    if kind.figure == "window":
        in_window = drawn_cells.in_window
        articles = replace(
            articles,
            moved_x=articles.moved_x * in_window,
            moved_y=articles.moved_y * in_window,
            value_x=articles.value_x * in_window,
            value_y=articles.value_y * in_window,
            codings=articles.codings * in_window,
        )
        units = replace(units, is_coded=units.is_coded & in_window[units.article])
    cell_codings = articles.codings_of_cells()
    family, alone = (
        calibrated_family(articles.sums(each), cell_codings, kind.signed)
        for each in (tuning, np.zeros(len(tuning)))
    )
    low, high = reader_alone(drawn_cells).bounds(alpha)
    bounds = {
        "coverage": family.bounds(alpha),
        "alone": alone.bounds(alpha),
        "z": by_units(drawn_cells, units, reading=False),
        "ppi": by_units(drawn_cells, units, reading=True),
        "model": (low, high),
    }
    holds = {name: float(np.mean(inside(*each, drawn_cells.truth))) for name, each in bounds.items()}
    widths = {name: float(np.nanmean(high - low)) for name, (low, high) in bounds.items()}
    return Row(
        kind,
        codings,
        n,
        rho,
        float(np.mean(units.is_coded)),
        **holds,
        difference=_differences_held(family, drawn_cells.truth),
        width=widths["coverage"] / widths["alone"],
        ppi_width=widths["ppi"] / widths["alone"],
    )


def _differences_held(family: CalibratedShares | CalibratedMeans, truth: Array) -> float:
    """Return how often the interval of a difference, of each cell of the first half and one of the second, holds."""
    half = len(truth) // 2
    first, second = (
        type(family)(**{name: values[part] for name, values in vars(family).items()})
        for part in (slice(half), slice(half, 2 * half))
    )
    low, high = Difference(first, second).bounds(np.full(half, 1.0 - LEVEL))
    return float(np.mean(inside(low, high, truth[:half] - truth[half : 2 * half])))


@dataclass(frozen=True)
class Held:
    """The least and the mean coverage of some kinds of cells."""

    least: float
    mean: float


@dataclass(frozen=True)
class Summary:
    """The kinds of cells of one figure and number of codings: how often each interval holds, and widths."""

    figure: str
    codings: int
    cells: int
    coverage: Held
    alone: Held
    z: Held
    ppi: Held
    model: Held
    difference: Held
    width: float
    most_width: float
    most_ppi_width: float
    broken: int


def summary(rows: Sequence[Row]) -> list[Summary]:
    """Return what the kinds of each figure and number of codings showed."""
    groups: dict[tuple[str, int], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.kind.figure, row.codings), []).append(row)
    return [
        Summary(
            figure,
            codings,
            len(members),
            coverage=_least_and_mean(row.coverage for row in members),
            alone=_least_and_mean(row.alone for row in members),
            z=_least_and_mean(row.z for row in members),
            ppi=_least_and_mean(row.ppi for row in members),
            model=_least_and_mean(row.model for row in members),
            difference=_least_and_mean(row.difference for row in members),
            width=float(np.mean([row.width for row in members])),
            most_width=max(row.width for row in members),
            most_ppi_width=max(row.ppi_width for row in members),
            broken=sum(row.broken for row in members),
        )
        for (figure, codings), members in groups.items()
    ]


def of_all(rows: Sequence[Row]) -> Held:
    """Return the least and the mean coverage of all kinds."""
    return _least_and_mean(row.coverage for row in rows)


@dataclass(frozen=True)
class Worth:
    """What codings are worth where reading and coding correlate from `low` to `high`: the mean width, and how many
    codings would be as narrow alone."""

    low: float
    high: float
    cells: int
    width: float
    worth: float


CORRELATIONS = ((0.0, 0.1), (0.3, 0.5), (0.5, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.0))
"""The ranges of correlation that `worth` tells apart."""


def worth(rows: Sequence[Row], codings: int = 100) -> Iterator[Worth]:
    """Yield what so many codings of cells of 400 articles and more are worth, by correlation."""
    for low, high in CORRELATIONS:
        widths = [
            row.width
            for row in rows
            if row.codings == codings and row.kind.articles >= 400 and low <= abs(row.rho) < high
        ]
        if widths:
            mean = float(np.mean(widths))
            yield Worth(low, high, len(widths), mean, codings / mean**2)


def narrow_widths(rows: Sequence[Row]) -> list[float]:
    """Return the widths of the kinds whose reader is good and has much to read."""
    return [row.width for row in rows if row.narrow]


def is_broken(rows: Sequence[Row]) -> bool:
    """Whether a promise is broken: of one kind, of the mean coverage of all, or of the mean of narrow widths."""
    error = drawing_error(rows[0].draws * len(rows))
    narrow = narrow_widths(rows)
    return (
        any(row.broken for row in rows)
        or not MEAN[0] - error <= of_all(rows).mean <= MEAN[1] + error
        or bool(narrow and np.mean(narrow) > NARROW)
    )


def _least_and_mean(coverages: Iterable[float]) -> Held:
    shares = list(coverages)
    return Held(min(shares), float(np.mean(shares)))
