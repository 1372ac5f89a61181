"""Sentences that people labelled, as cells that people coded in part: whether calibrated portrayal holds their mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from masthead.inference.calibration import Cell
from masthead.inference.calibration.cells import FOLDS
from masthead.inference.calibration.estimates import figures_of_units
from masthead.inference.intervals import Array, Sums, family_of, totals
from masthead.reading.portrayal.classifier import Classifier
from masthead.reading.portrayal.shipped import ShippedClassifier
from masthead.validation.draws.intervals import FLOOR, LEVEL, drawing_error, inside
from masthead.validation.gold.files import GoldMention, read
from masthead.validation.gold.portrayal import readings
from masthead.validation.gold.scores import Whole
from masthead.validation.progress import Progress

CODINGS = (50, 100, 200)
"""So many labels are taken for codings."""


@dataclass(frozen=True)
class GoldCell:
    """What cells drawn from one file showed.

    `units` labelled mentions, `codings` of them coded; `rho` how reading and label correlate; the parts of the
    intervals that hold the mean of all labels: calibrated, of coding alone, of the model alone; the mean `width` over
    that of coding alone; how many codings the calibrated interval is `worth`.
    """

    file: str
    units: int
    codings: int
    draws: int
    rho: float
    coverage: float
    alone: float
    model: float
    width: float
    worth: float

    @property
    def is_broken(self) -> bool:
        """Whether fewer intervals hold than promised, by more than the drawing explains."""
        return self.coverage < FLOOR - drawing_error(self.draws)


def coded_gold(
    files: Sequence[Path],
    classifier: Classifier | None = None,
    *,
    draws: int = 1000,
    seed: int = 1,
    progress: Progress | None = None,
) -> Iterator[GoldCell]:
    """Read every file with a model, the shipped one if None, and draw cells from its sentences, again and again.

    A cell has as many sentences as the file, drawn with replacement: the file is what is written, a cell what an
    outlet happened to write. A sentence stands for an article. Raises GoldError where a file is none.
    """
    classifier = classifier or ShippedClassifier()
    for file in files:
        mentions = read(file)
        probabilities = np.asarray(readings(mentions, classifier, progress), dtype=np.float64)
        rng = np.random.default_rng(seed)
        for codings in CODINGS:
            if codings < len(mentions):
                score = probabilities[:, 2] - probabilities[:, 0]
                yield _draw(rng, file.name, mentions, score, codings, draws)


def _draw(
    rng: np.random.Generator,
    name: str,
    mentions: Sequence[GoldMention],
    score: Array,
    codings: int,
    draws: int,
) -> GoldCell:
    labels = np.array([mention.polarity for mention in mentions], dtype=np.float64)
    rows, article, cell = _resamples(rng, [mention.sentence for mention in mentions], draws)
    order = np.lexsort((rng.random(len(rows)), cell))
    place = np.empty(len(rows), np.int64)
    place[order] = np.arange(len(rows)) - np.searchsorted(cell[order], cell[order], side="left")
    size = np.bincount(cell)
    ones = np.ones(len(rows))
    chance = np.minimum(codings / size, 1.0)[cell]
    units = Cell(article, score[rows], ones, chance, place < codings, labels[rows], ones, article % FOLDS)
    figures = figures_of_units(units, cell, draws, signed=True)
    x, y = (totals(article, each, int(article.max()) + 1) for each in (score[rows], ones))
    of = np.zeros(len(x), np.int64)
    of[article] = cell
    alpha = np.full(draws, 1.0 - LEVEL)
    model = family_of(Sums.of_groups(x, y, None, of, draws), signed=True)
    bounds = [family.bounds(alpha) for family in (figures.family, figures.alone, model)]
    coverage, alone, of_model = (float(np.mean(inside(*each, labels.mean()))) for each in bounds)
    widths = [float(np.mean(high - low)) for low, high in bounds]
    return GoldCell(
        name,
        len(mentions),
        codings,
        draws,
        float(np.corrcoef(score, labels)[0, 1]),
        coverage,
        alone,
        of_model,
        widths[0] / widths[1],
        float(np.mean(figures.worth)),
    )


def _resamples(rng: np.random.Generator, sentences: Sequence[str], draws: int) -> tuple[Whole, Whole, Whole]:
    """Draw sentences with replacement; return which mention each unit is, and its article and cell."""
    _, sentence = np.unique(sentences, return_inverse=True)
    by_sentence = np.argsort(sentence, kind="stable")
    size = np.bincount(sentence)
    first = np.cumsum(size) - size
    picks = rng.integers(0, len(size), draws * len(size))
    article = np.repeat(np.arange(len(picks)), size[picks])
    within = np.arange(len(article)) - np.repeat(np.cumsum(size[picks]) - size[picks], size[picks])
    return by_sentence[first[picks][article] + within], article, article // len(size)
