"""Outlet by subject: stories covered, stories expected, and which pairs are called silent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.inference.comparisons import false_discovery
from masthead.inference.silence_cells import Array, Whole
from masthead.inference.silence_design import Design, Mask
from masthead.inference.silence_model import Model, fit
from masthead.inference.silence_tails import chance_of_so_few, cumulant, ratio_bounds

FALSE_SILENCES = 0.05
"""Of the pairs called silent, the share that may be false."""

HALF = 0.5
"""An outlet is silent that covers at most this part of what its habits make expected; otherwise it covers less."""

FEWEST_EXPECTED = 3.0
"""With fewer stories expected than this, covering none proves nothing, and the pair is not tested."""

UNFAVOURABLE = "unfavourable"

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
        "n_unknown": pa.int64(), "covered": pa.int64(), "expected": pa.float64(), "estimate": pa.float64(),
        "std_error": pa.float64(), "conf_low": pa.float64(), "conf_high": pa.float64(),
        "conf_level": pa.float64(), "p": pa.float64(), "q": pa.float64(), "call": pa.string(),
        "method": pa.string(), "note": pa.string(),
    }
)  # fmt: skip
"""One row per outlet, subject and category: null for all stories about the subject, or `unfavourable`.

estimate: stories covered over stories expected; 1 is as its habits would have it. p: one-sided, of covering so
few. q: over all pairs that are tested. call: `silent`, `less`, or null. n_unknown: stories of which the archive
may have lost the outlet's article; they are in no other figure.
"""


@dataclass(frozen=True)
class Pair:
    """An outlet's cells of one subject: their rows, log-odds without the subject, and how sure these are."""

    outlet: int
    subject: int
    category: str | None
    rows: Whole
    log_odds: Array
    covered: int
    unknown: int
    refit: float

    @property
    def probability(self) -> Array:
        """Of each of its stories, that the outlet would run it."""
        p: Array = 1 / (1 + np.exp(-self.log_odds))
        return p

    @property
    def expected(self) -> float:
        """How many of them it would run."""
        return float(self.probability.sum())


def judge(made: Design, whole: Model) -> Iterator[Pair]:
    """Fit without each subject in turn, and give each outlet's cells of its stories."""
    for subject in range(len(made.subjects)):
        about = made.about[:, subject]
        model = fit(made, ~about, whole)
        log_odds = model.log_odds()
        for category, chosen in ((None, about), (UNFAVOURABLE, made.against[:, subject])):
            if (chosen & made.use).any():
                yield from _of_subject(made, model, log_odds, subject, category, chosen)


def _of_subject(
    made: Design, model: Model, log_odds: Array, subject: int, category: str | None, chosen: Mask
) -> Iterator[Pair]:
    rows = np.flatnonzero(chosen & made.use)
    of = made.outlet[rows]
    outlets = np.unique(of)
    own = [rows[of == outlet] for outlet in outlets]
    refits = model.refit_spreads(outlets, own)
    unknown = np.bincount(made.outlet[chosen & ~made.use], minlength=len(made.outlets))
    for outlet, here, refit in zip(outlets, own, refits, strict=True):
        others = rows[of != outlet]
        demand, unsure = _demand(log_odds[others], made.y[others])
        yield Pair(
            int(outlet),
            subject,
            category,
            here,
            log_odds[here] + demand,
            int(made.y[here].sum()),
            int(unknown[outlet]),
            float(np.hypot(refit, unsure)),
        )


def _demand(log_odds: Array, covered: Array) -> tuple[float, float]:
    """How much more the other outlets took up these stories than the model expects, and its standard error.

    In log-odds, with a normal prior of standard deviation 1.
    """
    shift = 0.0
    for _ in range(30):
        p = 1 / (1 + np.exp(-log_odds - shift))
        step = ((covered - p).sum() - shift) / ((p * (1 - p)).sum() + 1)
        shift += step
        if abs(step) < 1e-10:
            break
    p = 1 / (1 + np.exp(-log_odds - shift))
    return shift, float(((p * (1 - p)).sum() + 1) ** -0.5)


def taste(pairs: list[Pair]) -> float:
    """How much outlets differ in their interest in subjects: the standard deviation of a pair's shift.

    The spread that makes what the pairs covered likeliest, where a few of them (how many is estimated too) may
    be shifted by anything: a boycott must not pass for a habit. A little weight lies on 0.3.
    """
    tested = [pair for pair in pairs if pair.expected >= FEWEST_EXPECTED]
    if not tested:
        return _PRIOR
    likelihoods = []
    for pair in tested:
        told = pair.covered * _SHIFTS - cumulant(pair.log_odds, _SHIFTS)
        likelihoods.append(np.exp(told - told.max()))
    likelihood = np.stack(likelihoods)
    refits = np.array([pair.refit for pair in tested])
    slab = (likelihood * _normal(np.full(len(tested), _SLAB))).sum(axis=1)
    best, found = -np.inf, _PRIOR
    for spread in _SPREADS:
        habit = (likelihood * _normal(np.hypot(refits, spread))).sum(axis=1)
        prior = -_PRIOR_WEIGHT / 2 * (2 * np.log(spread) + _PRIOR**2 / spread**2)
        for share in _SHARES:
            height = float(np.log((1 - share) * habit + share * slab).sum() + prior)
            if height > best:
                best, found = height, float(spread)
    return found


def _normal(spreads: Array) -> Array:
    weights = np.exp(-0.5 * (_SHIFTS[None, :] / np.maximum(spreads, 0.05)[:, None]) ** 2)
    told: Array = weights / weights.sum(axis=1, keepdims=True)
    return told


def call(made: Design, judged: list[Pair], tastes: dict[str, float], level: float) -> pa.Table:
    """Test each pair, and call silent those that stand out against chance, refits and tastes."""
    rows: list[dict[str, Any]] = []
    for pair in judged:
        low, high = ratio_bounds(pair.log_odds, pair.covered, pair.refit, level)
        spread = float(np.hypot(pair.refit, tastes[pair.category or "all"]))
        enough = pair.expected >= FEWEST_EXPECTED
        varied = float((pair.probability * (1 - pair.probability)).sum())
        rows.append(
            {
                "outlet": made.outlets[pair.outlet],
                "subject": made.subjects[pair.subject],
                "category": pair.category,
                "n_stories": len(pair.rows),
                "n_unknown": pair.unknown,
                "covered": pair.covered,
                "expected": pair.expected,
                "estimate": pair.covered / pair.expected,
                "std_error": np.sqrt(varied + (pair.refit * varied) ** 2) / pair.expected,
                "conf_low": low,
                "conf_high": high,
                "conf_level": level,
                "p": chance_of_so_few(pair.log_odds, pair.covered, spread) if enough else None,
                "method": METHOD,
                "note": None if enough else f"fewer than {FEWEST_EXPECTED:g} stories expected: not tested",
            }
        )
    q = false_discovery([row["p"] for row in rows], ["silence"] * len(rows))
    for row, value in zip(rows, q, strict=True):
        row["q"] = None if np.isnan(value) else float(value)
        found = row["q"] is not None and row["q"] <= FALSE_SILENCES
        row["call"] = None if not found else "silent" if row["estimate"] <= HALF else "less"
    rows.sort(key=lambda row: (row["outlet"], row["subject"], row["category"] or ""))
    return pa.Table.from_pylist(rows, PAIRS)
