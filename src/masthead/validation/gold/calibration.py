"""Whether probabilities mean what they say: of mentions read with 70% confidence, 70% should be right."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.validation.gold.scores import Real, Whole

BINS = 10
"""Bins of equal width between 0 and 1."""

_DRAWS = 400


@dataclass(frozen=True)
class Bin:
    """The mentions whose confidence lies in (low, high]: how many, their mean confidence, the share right."""

    low: float
    high: float
    n: int
    confidence: float
    right: float


@dataclass(frozen=True)
class Reliability:
    """How far confidence and the share of right guesses lie apart.

    `error` is the expected calibration error (Guo et al., ICML 2017): the mean gap over bins of confidence
    (the probability of the class guessed), weighed by their mentions; 0 is best. Few mentions make gaps by
    chance alone: `by_chance` is the mean error of guesses of the same confidence that are perfectly
    calibrated, and `by_chance_high` what 95 in 100 such files stay under.
    """

    error: float
    by_chance: float
    by_chance_high: float
    bins: tuple[Bin, ...]


def reliability(probabilities: Real, labels: Whole, seed: int = 1) -> Reliability:
    """Compare the confidence of guesses with how often they are right.

    `probabilities` is `[n, classes]`, `labels` the right class of each row; bins that hold nothing are left
    out.
    """
    confidence = probabilities.max(axis=1)
    right = (probabilities.argmax(axis=1) == labels).astype(np.float64)
    place = np.clip(np.ceil(confidence * BINS).astype(np.int64) - 1, 0, BINS - 1)
    many = np.bincount(place, minlength=BINS)
    sure = np.bincount(place, confidence, BINS).astype(np.float64)
    rng = np.random.default_rng(seed)
    chance = []
    for _ in range(_DRAWS):
        lucky = rng.random(len(place)) < confidence
        chance.append(_error(sure, np.bincount(place, lucky, BINS).astype(np.float64), len(place)))
    hits = np.bincount(place, right, BINS).astype(np.float64)
    return Reliability(
        error=_error(sure, hits, len(place)),
        by_chance=float(np.mean(chance)),
        by_chance_high=float(np.quantile(chance, 0.95)),
        bins=tuple(
            Bin(at / BINS, (at + 1) / BINS, int(many[at]), sure[at] / many[at], hits[at] / many[at])
            for at in np.flatnonzero(many)
        ),
    )


def _error(sure: Real, hits: Real, n: int) -> float:
    """Return Σ over bins of |Σ confidence − how many are right|, per mention."""
    return float(np.abs(sure - hits).sum()) / n
