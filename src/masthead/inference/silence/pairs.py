"""Outlet by subject: stories covered, stories expected, and which pairs are called silent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple, TypedDict

import numpy as np
import pyarrow as pa

from masthead.inference.comparisons import false_discovery
from masthead.inference.silence.cells import Array, Whole
from masthead.inference.silence.counted import UNFAVOURABLE, WHOLE
from masthead.inference.silence.design import Design, Mask
from masthead.inference.silence.model import Model, fit
from masthead.inference.silence.tails import SoFew, cumulant, logistic, ratio_bounds

FALSE_SILENCES = 0.05
"""Of the pairs called silent, the share that may be false."""

CALLED_AT = 0.025
"""The largest q of a pair that is called. It is half of what is promised, since interests are not spread quite
normally: on made-up presses, a bar of 0.05 let somewhat more false calls through than that."""

HALF = 0.5
"""An outlet is silent that covers at most this part of what its habits make expected; otherwise it covers less."""

FEWEST_EXPECTED = 5.0
"""With fewer stories expected than this, covering none proves nothing, and the pair is not tested."""

DEMAND = 0.3
"""Subjects differ at least so much in how readily outlets take up their stories: a standard deviation, in log-odds."""

METHOD = "Poisson-binomial, shifted, mid-P, with refits over stories"

# Where the spread of tastes, the share of pairs that are no matter of taste, and their shifts are looked for.
_SPREADS = np.r_[0.02, np.arange(0.05, 1.55, 0.05)]
_SHARES = (0.0, 0.02, 0.05, 0.1, 0.2, 0.35)
_SHIFTS = np.arange(-9.0, 6.01, 0.1)
_SLAB = 3.0
# What the spread is taken to be where nothing shows it, and how many pairs that weighs.
_PRIOR, _PRIOR_WEIGHT = 0.3, 4.0

PAIRS = pa.schema(
    {
        "outlet": pa.string(), "subject": pa.string(), "category": pa.string(), "n_stories": pa.int64(),
        "n_unknown": pa.int64(), "n_elsewhere": pa.int64(), "covered": pa.int64(), "expected": pa.float64(),
        "estimate": pa.float64(), "std_error": pa.float64(), "conf_low": pa.float64(), "conf_high": pa.float64(),
        "conf_level": pa.float64(), "p": pa.float64(), "q": pa.float64(), "call": pa.string(),
        "method": pa.string(), "note": pa.string(),
    }
)  # fmt: skip
"""One row per outlet, subject and category: null for all stories about the subject, or `unfavourable`.

estimate: stories covered over stories expected; 1 is as its habits would have it. p: one-sided, of covering so
few. q: over all pairs that are tested. call: `silent`, `less`, or null. n_unknown: stories of which the archive
may have lost the outlet's article; n_elsewhere: those that are about another subject too, on which the outlet
is silent. Both are in no other figure, and a pair that has no other stories has no row.
"""


class About(NamedTuple):
    """Which stories are counted: those about a subject, of a category, and of them the ones that count in some way."""

    subject: int
    category: str | None
    way: str = WHOLE


@dataclass(frozen=True)
class Pair:
    """An outlet's cells of one subject: their rows, log-odds without the subject, and how sure these are."""

    outlet: int
    about: About
    rows: Whole
    log_odds: Array
    n_covered: int
    unknown: int
    elsewhere: int
    refit: float

    @property
    def probability(self) -> Array:
        """Of each of its stories, that the outlet would run it."""
        return logistic(self.log_odds)

    def unsure(self, differing: float) -> Array:
        """The same, where the outlet's interest in the subject may be any that outlets have: nearer to one half."""
        spread = self.refit**2 + differing**2
        return logistic(self.log_odds / np.sqrt(1 + np.pi * spread / 8))

    @property
    def n_expected(self) -> float:
        """How many of them it would run."""
        return float(self.probability.sum())


def judge(grid: Design, whole: Model, owner: Whole, ways: Mapping[str, Mask] | None = None) -> Iterator[Pair]:
    """Fit without each subject in turn, and give each outlet's cells of its stories.

    `owner` holds for each row the subject that its outlet is silent on, and −1 elsewhere. Such rows are no habit:
    no fit sees them, nor does the demand for a subject's stories; and they count for that subject alone. Each of
    `ways` marks the rows that count in it: habits are learnt from all rows, what is covered and what is expected are of
    those alone.
    """
    ways = {WHOLE: np.ones(len(grid.y), bool)} if ways is None else ways
    for subject in range(len(grid.subjects)):
        of = {None: grid.about[:, subject], UNFAVOURABLE: grid.against[:, subject]}
        model = fit(grid, ~of[None] & (owner < 0), whole)
        log_odds = model.log_odds()
        for (category, in_category), (way, in_way) in product(of.items(), ways.items()):
            yield from _of_outlets(
                grid, model, log_odds, About(subject, category, way), in_category & in_way, owner
            )


def _of_outlets(
    grid: Design, model: Model, log_odds: Array, about: About, in_scope: Mask, owner: Whole
) -> Iterator[Pair]:
    elsewhere = (owner >= 0) & (owner != about.subject)
    rows = np.flatnonzero(in_scope & grid.use & ~elsewhere)
    if not len(rows):
        return
    of = grid.outlet[rows]
    outlets = np.unique(of)
    own = [rows[of == outlet] for outlet in outlets]
    refits = model.refit_spreads(outlets, own)
    prior = max(DEMAND, model.spreads.common.get("subject", 0.0))
    unknown, on_others = (
        np.bincount(grid.outlet[in_scope & left], minlength=len(grid.outlets))
        for left in (~grid.use, grid.use & elsewhere)
    )
    for outlet, here, refit in zip(outlets, own, refits, strict=True):
        others = rows[(of != outlet) & (owner[rows] < 0)]
        demand, unsure = _demand(log_odds[others], grid.y[others], prior)
        yield Pair(
            int(outlet),
            about,
            here,
            log_odds[here] + demand,
            int(grid.y[here].sum()),
            int(unknown[outlet]),
            int(on_others[outlet]),
            float(np.hypot(refit, unsure)),
        )


def _demand(log_odds: Array, is_covered: Array, prior: float) -> tuple[float, float]:
    """How much more the other outlets took up these stories than the model expects, and its standard error.

    In log-odds; `prior` is the standard deviation among subjects.
    """
    shift, tight = 0.0, prior**-2
    for _ in range(30):
        p = logistic(log_odds + shift)
        step = ((is_covered - p).sum() - tight * shift) / ((p * (1 - p)).sum() + tight)
        shift += step
        if abs(step) < 1e-10:
            break
    p = logistic(log_odds + shift)
    return shift, float(((p * (1 - p)).sum() + tight) ** -0.5)


@dataclass(frozen=True)
class Taste:
    """How much outlets differ in their interest in subjects: what standard deviations are likely, and how much so."""

    spreads: Array
    weights: Array

    @property
    def mean(self) -> float:
        """The mean of the standard deviation."""
        return float((self.weights * self.spreads).sum())

    def chance(self, pair: Pair) -> float:
        """The chance that an outlet with any such interest covers so few of a pair's stories."""
        so_few = SoFew(pair.log_odds, pair.n_covered)
        chances = [so_few.chance(0.0, float(np.hypot(pair.refit, spread))) for spread in self.spreads]
        return float((self.weights * np.array(chances)).sum())


def taste(pairs: list[Pair]) -> Taste:
    """How much outlets differ in their interest in subjects, from what all pairs covered.

    A pair's shift is normal with an unknown spread, but for a few pairs (how many is unknown too) whose shift may be
    anything: a boycott must not pass for a habit. Spreads are weighed by their likelihood, with a little weight on
    0.3, and not only the likeliest taken, since few pairs tell little of it.
    """
    testable = [pair for pair in pairs if pair.n_expected >= FEWEST_EXPECTED]
    if not testable:
        return Taste(np.array([_PRIOR]), np.ones(1))
    likelihoods = []
    for pair in testable:
        log_likelihood = pair.n_covered * _SHIFTS - cumulant(pair.log_odds, _SHIFTS)
        likelihoods.append(np.exp(log_likelihood - log_likelihood.max()))
    likelihood = np.stack(likelihoods)
    refits = np.array([pair.refit for pair in testable])
    slab = (likelihood * _normal(np.full(len(testable), _SLAB))).sum(axis=1)
    heights = np.empty((len(_SPREADS), len(_SHARES)))
    for row, spread in enumerate(_SPREADS):
        habit = (likelihood * _normal(np.hypot(refits, spread))).sum(axis=1)
        prior = -_PRIOR_WEIGHT / 2 * (2 * np.log(spread) + _PRIOR**2 / spread**2)
        heights[row] = [np.log((1 - share) * habit + share * slab).sum() + prior for share in _SHARES]
    weights = np.exp(heights - heights.max()).sum(axis=1)
    likely = weights > 1e-3 * weights.max()
    return Taste(_SPREADS[likely], weights[likely] / weights[likely].sum())


def _normal(spreads: Array) -> Array:
    weights = np.exp(-0.5 * (_SHIFTS[None, :] / np.maximum(spreads, 0.05)[:, None]) ** 2)
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares


def owners(grid: Design, pairs: list[Pair], differing: Taste) -> Whole:
    """For each row the subject that its outlet is silent on, −1 elsewhere; of several, the one with the smallest p."""
    owner = np.full(len(grid.y), -1)
    tests = _calls(pairs, differing)
    silent = [
        (p, pair.about.subject, pair)
        for pair, (p, _, call) in zip(pairs, tests, strict=True)
        if call == "silent"
    ]
    for _, subject, pair in sorted(silent, key=lambda one: one[0] or 0.0, reverse=True):
        owner[pair.rows] = subject
    return owner


def _calls(pairs: list[Pair], differing: Taste) -> list[tuple[float | None, float | None, str | None]]:
    """The p, the q and the call of each pair; all null where too little is expected."""
    p = [differing.chance(pair) if pair.n_expected >= FEWEST_EXPECTED else None for pair in pairs]
    calls: list[tuple[float | None, float | None, str | None]] = []
    for pair, one, q in zip(pairs, p, false_discovery(p, ["pairs"] * len(p)), strict=True):
        if one is None:
            calls.append((None, None, None))
            continue
        call = "silent" if pair.n_covered <= HALF * pair.n_expected else "less"
        calls.append((one, float(q), call if q <= CALLED_AT else None))
    return calls


class PairFigures(TypedDict):
    """What a pair of outlet and subject covered and what was expected of it: columns of `PAIRS`."""

    outlet: str
    subject: str
    category: str | None
    n_stories: int
    covered: int
    expected: float
    estimate: float
    conf_low: float
    conf_high: float | None


def figures(grid: Design, pair: Pair, level: float) -> PairFigures:
    """What a pair covered and what was expected of it, with the ratio and its interval of this level."""
    low, high = ratio_bounds(pair.log_odds, pair.n_covered, pair.refit, level)
    return {
        "outlet": grid.outlets[pair.outlet],
        "subject": grid.subjects[pair.about.subject],
        "category": pair.about.category,
        "n_stories": len(pair.rows),
        "covered": pair.n_covered,
        "expected": pair.n_expected,
        "estimate": pair.n_covered / pair.n_expected,
        "conf_low": low,
        "conf_high": high,
    }


def pairs_table(grid: Design, pairs: list[Pair], differing: Taste, level: float) -> pa.Table:
    """The table of `PAIRS`, with intervals of this level."""
    rows: list[dict[str, Any]] = []
    for pair, (p, q, call) in zip(pairs, _calls(pairs, differing), strict=True):
        variance = float((pair.probability * (1 - pair.probability)).sum())
        rows.append(
            {
                **figures(grid, pair, level),
                "n_unknown": pair.unknown,
                "n_elsewhere": pair.elsewhere,
                "std_error": np.sqrt(variance + (pair.refit * variance) ** 2) / pair.n_expected,
                "conf_level": level,
                "p": p,
                "q": q,
                "call": call,
                "method": METHOD,
                "note": f"fewer than {FEWEST_EXPECTED:g} stories expected: not tested" if p is None else None,
            }
        )
    rows.sort(key=lambda row: (row["outlet"], row["subject"], row["category"] or ""))
    return pa.Table.from_pylist(rows, PAIRS)
