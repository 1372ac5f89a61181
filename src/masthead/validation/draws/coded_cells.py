"""Cells of units that a reader read and people coded in part, drawn with everything known about them.

Nothing here goes through a reader or a coder: what is tested is the inference. Every drawn cell is an outlet whose
reader errs in its own way: how often it follows people, and what it says where it does not, are drawn for each. Half of
its errors come article by article. All functions draw many cells at once, one table of units for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.inference.calibration import Cell
from masthead.inference.calibration.cells import FOLDS
from masthead.inference.intervals import Array, divide, totals
from masthead.validation.draws.tables import draw_shares, draw_sizes

Whole = npt.NDArray[np.int64]

TELLING = 0.6
"""Of signed means: so many units are not neutral."""

NAMED = 0.5
"""Of namings: so many mentions have a label."""

RARE = 0.25
"""So many articles are of the smaller stratum, of which half of all codings are drawn."""


@dataclass(frozen=True)
class Kind:
    """One kind of cells.

    `figure`: a share of units; a signed mean; a naming (a share whose denominator is coded too, by a reader that misses
    labels and sees some that are none); a window (a share of half of the articles, in a cell whose other half is
    different); or an attention (only what the reader takes for a hit is drawn). `follows` is how often the reader says
    what people say; where it does not it guesses. A stratified draw codes as many of a stratum of a quarter of the
    articles as of the others, which say the rarer thing less often.
    """

    figure: str
    sizes: str
    articles: int
    correlation: float
    share: float
    follows: float
    stratified: bool

    @property
    def signed(self) -> bool:
        """Whether it is a mean of values between −1 and 1."""
        return self.figure == "signed mean"

    @property
    def shares(self) -> tuple[float, float]:
        """The shares of the larger and of the smaller stratum, or of the window and of the rest."""
        differs = self.stratified or self.figure == "window"
        return self.share, min(0.95, 1.6 * self.share + 0.03) if differs else self.share


@dataclass(frozen=True)
class Drawn:
    """The units of many cells of a kind, all that people would say of them, and the order in which they are coded.

    `cell`, `article`, `stratum` number those of each unit; `group` is cell and stratum in one, `place` the unit's
    place in its group's order of coding, from 0. `in_window` says of each article whether the window has it, `truth`
    of each cell what its interval should hold.
    """

    kind: Kind
    n_cells: int
    cell: Whole
    article: Whole
    group: Whole
    place: Whole
    reading_x: Array
    reading_y: Array
    value_x: Array
    value_y: Array
    is_known: npt.NDArray[np.bool_]
    in_window: npt.NDArray[np.bool_]
    truth: Array

    @property
    def n_groups(self) -> int:
        """How many groups a cell has."""
        return 2 if self.kind.stratified else 1

    def units_with_codings(self, codings: int) -> Cell:
        """Return the units with the first of each cell coded: `codings`, or all that there are."""
        drawable = ~self.is_known
        size = totals(self.group, drawable, self.n_cells * self.n_groups)
        first = np.minimum(round(codings / self.n_groups), size)
        return Cell(
            self.article,
            self.reading_x,
            self.reading_y,
            np.where(drawable, divide(np.maximum(first, 1.0), size)[self.group], 1.0),
            drawable & (self.place < first[self.group]),
            self.value_x,
            self.value_y,
            self.article % FOLDS,
            self.is_known if self.is_known.any() else None,
        )

    def correlation(self) -> float:
        """Return how reading and value correlate within cells, over all units: of what moves the ratio."""
        truth = self.truth[self.cell]
        moves = [
            self.value_x - truth * self.value_y,
            self.reading_x - truth * self.reading_y,
        ]
        n = totals(self.cell, np.ones(len(self.cell)), self.n_cells)
        a, b = (each - (totals(self.cell, each, self.n_cells) / n)[self.cell] for each in moves)
        together, aa, bb = (totals(self.cell, each, self.n_cells) for each in (a * b, a * a, b * b))
        return float(np.mean(np.nan_to_num(divide(together, np.sqrt(aa * bb)))))


def draw_cells(rng: np.random.Generator, kind: Kind, draws: int) -> Drawn:
    """Draw many cells of a kind."""
    n_articles = draws * kind.articles
    sizes = "one" if kind.figure == "attention" else kind.sizes
    article = np.repeat(np.arange(n_articles), draw_sizes(rng, sizes, (1, n_articles))[0])
    cell = article // kind.articles
    second = rng.random(n_articles) < (RARE if kind.stratified else 0.5)
    own = np.where(
        second,
        *(draw_shares(rng, share, kind.correlation, (1, n_articles))[0] for share in kind.shares[::-1]),
    )
    hit = rng.random(len(article)) < own[article]
    value_x, value_y = _values(rng, kind, hit)
    reader = _Reader.draw(rng, kind, draws)
    reading_x, reading_y = reader.read(rng, kind, cell, article, value_x, value_y)
    is_known = np.zeros(len(article), np.bool_)
    if kind.figure == "attention":
        is_known = reading_x < 0.5
        value_x = np.where(is_known, 0.0, value_x)
    group = cell * 2 + second[article] if kind.stratified else cell
    return Drawn(
        kind,
        draws,
        cell,
        article,
        group,
        _places(rng, group, is_known),
        reading_x,
        reading_y,
        value_x,
        value_y,
        is_known,
        ~second,
        _truth(kind, reader),
    )


def _truth(kind: Kind, reader: _Reader) -> Array:
    """Return what each cell's interval should hold: what its articles were drawn around."""
    first, second = kind.shares
    share = (1.0 - RARE) * first + RARE * second if kind.stratified else first
    if kind.figure == "attention":
        # What the reader misses is not in the draw, and so no part of the figure.
        return share * (reader.follows + (1.0 - reader.follows) * reader.often)
    return np.full(len(reader.follows), TELLING * (2.0 * share - 1.0) if kind.signed else share)


def _values(rng: np.random.Generator, kind: Kind, hit: npt.NDArray[np.bool_]) -> tuple[Array, Array]:
    """Return what people say that each unit adds to numerator and denominator."""
    ones = np.ones(len(hit))
    if kind.signed:
        return np.where(rng.random(len(hit)) < TELLING, np.where(hit, 1.0, -1.0), 0.0), ones
    if kind.figure == "naming":
        naming = (rng.random(len(hit)) < NAMED) * ones
        return naming * hit, naming
    return hit * ones, ones


@dataclass(frozen=True)
class _Reader:
    """How the reader errs in each cell: how often it follows people, and how it guesses where it does not."""

    follows: Array
    often: Array
    leaning: Array

    @classmethod
    def draw(cls, rng: np.random.Generator, kind: Kind, draws: int) -> _Reader:
        """Draw the ways of as many readers."""
        own_way = rng.uniform(-0.1, 0.1, draws) if kind.follows else np.zeros(draws)
        often = np.clip(kind.share * rng.uniform(0.3, 2.5, draws), 0.01, 0.95)
        return cls(np.clip(kind.follows + own_way, 0.0, 1.0), often, rng.uniform(0.2, 0.8, draws))

    def read(
        self,
        rng: np.random.Generator,
        kind: Kind,
        cell: Whole,
        article: Whole,
        value_x: Array,
        value_y: Array,
    ) -> tuple[Array, Array]:
        """Return what the reader says: what people say where it follows them, or else a guess of its own."""
        n = len(cell)
        chance = np.where(rng.random(n) < 0.5, rng.random(int(article.max()) + 1)[article], rng.random(n))
        sees = chance < self.follows[cell]
        guess = (rng.random(n) < self.often[cell]) * 1.0
        if kind.figure == "naming":
            naming = np.where(sees, value_y, rng.random(n) < 0.2)
            return naming * np.where(sees, value_x, guess), naming
        if kind.figure == "attention":
            return np.where(sees, value_x, guess), np.ones(n)
        if kind.signed:
            leans = np.where(rng.random(n) < self.leaning[cell], 1.0, -1.0)
            saying = np.where(sees, value_x, np.where(rng.random(n) < 0.5, leans, 0.0))
            # A score, as of P(favourable) − P(unfavourable): near the end, not at it.
            return np.clip(0.8 * saying + rng.normal(0.0, 0.1, n), -1.0, 1.0), np.ones(n)
        saying = np.where(sees, value_x, guess)
        return np.clip(0.1 + 0.8 * saying + rng.normal(0.0, 0.08, n), 0.0, 1.0), np.ones(n)


def _places(rng: np.random.Generator, group: Whole, is_known: npt.NDArray[np.bool_]) -> Whole:
    """Return each unit's place in its group's order of coding: random, what is not drawn last."""
    order = np.lexsort((rng.random(len(group)), is_known, group))
    first = np.searchsorted(group[order], group[order], side="left")
    place = np.empty(len(group), np.int64)
    place[order] = np.arange(len(group)) - first
    return place
