"""How likely an outlet was to run a story: a logistic model that a reader can follow.

The log-odds that outlet j runs story i are a sum over what is known of the cell: Σ x_ijk · (w_k + b_jk). The
common coefficients w say how stories are picked everywhere; the departures b say what this outlet does
otherwise: its size (the constant), how closely it follows the others, its free days, its sections, places and
subjects. Departures of one kind are drawn from a normal distribution around 0, whose spread is estimated from
the archive itself (empirical Bayes, EM with Laplace's approximation: MacKay 1992, Neural Computation 4(3)), so
that a kind of departure that outlets do not show is shrunk away. Without x and b but the constants it is the
Rasch model, with the story's size among the others in the place of its difficulty.

Where expectations for a subject are wanted, the model is fitted without the stories about it: whatever an
outlet does about the subject then cannot lower what is expected of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.silence.cells import NUMBERS, Array, Whole
from masthead.inference.silence.design import Design, Mask
from masthead.inference.silence.tails import logistic

COMMON_SD = {"outlet": 5.0, "unfavourable": 1.0} | dict.fromkeys(NUMBERS, 1.0)
"""The prior standard deviation, in log-odds, of the common coefficients that stand alone in their kind."""

SPREAD_PRIOR, SPREAD_WEIGHT = 0.1, 1.0
"""What a spread is taken to be where nothing shows it, and how many coefficients that weighs."""

_STEPS, _TOLERANCE, _ROUNDING = 40, 1e-9, 1e-7
_ROUNDS, _MORE_ROUNDS = 30, 3
"""Rounds of EM at most, from nothing, and from a fit to nearly the same stories."""
_AT_ONCE = 32


@dataclass(frozen=True)
class Spreads:
    """Standard deviations, by kind, of the common coefficients and of the outlets' departures from them."""

    common: dict[str, float]
    departures: dict[str, float]

    def precisions(self, design: Design) -> tuple[Array, Array]:
        """One over the prior variance of the common coefficients and of the departures, by term."""
        kinds = [term.kind for term in design.terms]
        return (
            np.array([self.common[kind] ** -2 for kind in kinds]),
            np.array([self.departures[kind] ** -2 for kind in kinds]),
        )

    def far_from(self, other: Spreads) -> bool:
        """Whether any spread is another by more than a hundredth."""
        pairs = ((self.common, other.common), (self.departures, other.departures))
        return any(abs(a[kind] - b[kind]) > 0.01 * b[kind] for a, b in pairs for kind in a)


@dataclass(frozen=True)
class Model:
    """A fitted model. common: w, by term. departures: b, outlets × terms."""

    design: Design
    rows: Mask
    common: Array
    departures: Array
    spreads: Spreads
    hessians: Array

    def probability(self) -> Array:
        """The probability of every row of the design that it is covered, whether it was fitted or not."""
        return logistic(self.log_odds())

    def log_odds(self) -> Array:
        """The log-odds of every row of the design, drawn towards 0 by how unsure the coefficients are.

        With v the variance of a row's log-odds, they are divided by √(1 + πv/8), which gives the mean of the
        probabilities that the coefficients leave open (MacKay 1992, Neural Computation 4(5)).
        """
        design = self.design
        tight, of_each = self.spreads.precisions(design)
        inverse, follow, common = _covariance(self.hessians, tight, of_each)
        of_outlet = inverse + follow @ common @ follow.transpose(0, 2, 1)
        variance = design.x.squares(of_outlet).ravel()
        odds: Array = _log_odds(design, self.common, self.departures) / np.sqrt(1 + np.pi * variance / 8)
        return odds

    def refit_spreads(self, outlets: Whole, rows: list[Whole]) -> Array:
        """How far the log-odds of some rows of an outlet move, together, between refits over stories.

        For each of `outlets` with its `rows`, the standard deviation by the jackknife over stories with one
        Newton step each: what each story pulls the weighted mean of these rows' log-odds by, squared and summed.
        """
        design = self.design
        p = logistic(_log_odds(design, self.common, self.departures))
        weight = p * (1 - p)
        means = np.stack(
            [
                design.x.means(outlet, design.story[own], weight[own] + 1e-12)
                for outlet, own in zip(outlets.tolist(), rows, strict=True)
            ]
        )
        left = np.where(self.rows, design.y - p, 0.0).reshape(len(design.outlets), -1)
        tight, of_each = self.spreads.precisions(design)
        spreads = np.empty(len(rows))
        for first in range(0, len(rows), _AT_ONCE):
            some = slice(first, first + _AT_ONCE)
            slopes = np.zeros((len(design.outlets), means.shape[1], len(means[some])))
            slopes[outlets[some], :, np.arange(len(means[some]))] = means[some]
            common, departures = _newton(self.hessians, tight, of_each, means[some].T, slopes)
            step = common + departures
            pull = np.zeros((left.shape[1], means[some].shape[0]))
            for outlet, of_stories in enumerate(left):
                pull += of_stories[:, None] * design.x.times_one(outlet, step[outlet])
            spreads[some] = np.sqrt((pull**2).sum(axis=0))
        return spreads


def fit(design: Design, rows: Mask | None = None, start: Model | None = None) -> Model:
    """Fit the model to the rows that may be used, and of those only to `rows` where they are given."""
    fit_rows = design.use if rows is None else design.use & rows
    kinds = [term.kind for term in design.terms]
    outlets, terms = len(design.outlets), len(design.terms)
    common = np.zeros(terms) if start is None else start.common
    departures = np.zeros((outlets, terms)) if start is None else start.departures
    spreads = (
        start.spreads
        if start
        else Spreads({**dict.fromkeys(kinds, 0.5), **COMMON_SD}, dict.fromkeys(kinds, 0.5))
    )
    rounds, steps = (_MORE_ROUNDS, 1) if start else (_ROUNDS, 3)
    for _ in range(rounds):
        common, departures, hessians = _climb(design, fit_rows, common, departures, spreads, steps)
        before, spreads = spreads, _spreads(design, common, departures, hessians, spreads)
        if not spreads.far_from(before):
            break
    common, departures, hessians = _climb(design, fit_rows, common, departures, spreads, _STEPS)
    return Model(
        design,
        fit_rows,
        common,
        departures,
        spreads,
        hessians,
    )


def _climb(
    design: Design, rows: Mask, common: Array, departures: Array, spreads: Spreads, steps: int
) -> tuple[Array, Array, Array]:
    """Take Newton steps towards the mode, halved where one overshoots.

    Returns the place and the Hessians of the last step: at the top, where steps are next to nothing, its own.
    """
    tight, of_each = spreads.precisions(design)
    weight = rows.astype(np.float64)

    def height(w: Array, b: Array) -> float:
        log_odds = _log_odds(design, w, b)
        likelihood = (weight * (design.y * log_odds - np.logaddexp(0.0, log_odds))).sum()
        return float(likelihood - 0.5 * (tight * w * w).sum() - 0.5 * (of_each * b * b).sum())

    now = height(common, departures)
    for _ in range(steps):
        p = logistic(_log_odds(design, common, departures))
        hessians, slopes = _by_outlet(design, weight * p * (1 - p), weight * (design.y - p))
        up_w, up_b = slopes.sum(axis=0) - tight * common, slopes - of_each * departures
        step_w, step_b = (
            step[..., 0] for step in _newton(hessians, tight, of_each, up_w[:, None], up_b[:, :, None])
        )
        size = 1.0
        # Near the top the heights differ by rounding alone, which must not shorten a step.
        while (
            there := height(common + size * step_w, departures + size * step_b)
        ) < now - _ROUNDING and size > 1e-4:
            size /= 2
        common, departures, now = common + size * step_w, departures + size * step_b, there
        if max(np.abs(step_w).max(), np.abs(step_b).max()) < _TOLERANCE:
            break
    return common, departures, hessians


def _by_outlet(design: Design, curvature: Array, slope: Array) -> tuple[Array, Array]:
    """Each outlet's Hessian and gradient: outlets × terms × terms, and outlets × terms."""
    shape = (len(design.outlets), -1)
    return design.x.products(curvature.reshape(shape)), design.x.sums(slope.reshape(shape))


def _newton(
    hessians: Array, tight: Array, of_each: Array, slope_w: Array, slope_b: Array
) -> tuple[Array, Array]:
    """Solve for steps in all coefficients at once; each outlet's departures are eliminated first.

    slope_w: terms × steps. slope_b: outlets × terms × steps.
    """
    blocks = hessians + np.diag(of_each)
    inner = np.linalg.solve(blocks, np.concatenate([hessians, slope_b], axis=2))
    shrunk, own = np.split(inner, [hessians.shape[2]], axis=2)
    left = hessians.sum(axis=0) - (hessians @ shrunk).sum(axis=0) + np.diag(tight)
    step_w = np.linalg.solve(left, slope_w - (hessians @ own).sum(axis=0))
    return step_w, own - shrunk @ step_w


def _covariance(hessians: Array, tight: Array, of_each: Array) -> tuple[Array, Array, Array]:
    """The covariance of all coefficients, in three parts: V of each outlet's departures where the common ones are
    known, M by which its coefficients (w + b) follow the common ones, and C of the common ones.

    The covariance of an outlet's coefficients is V + M C Mᵀ.
    """
    inverse = np.asarray(np.linalg.inv(hessians + np.diag(of_each)), np.float64)
    shrunk = inverse @ hessians
    left = hessians.sum(axis=0) - (hessians @ shrunk).sum(axis=0) + np.diag(tight)
    follow: Array = np.eye(len(tight)) - shrunk
    return inverse, follow, np.linalg.inv(left)


def _spreads(design: Design, common: Array, departures: Array, hessians: Array, before: Spreads) -> Spreads:
    """One step of EM for the spreads, with a little weight on `SPREAD_PRIOR`."""
    inverse, follow, covariance = _covariance(hessians, *before.precisions(design))
    # The variance of each departure: its own, and what it shares with the common coefficients.
    from_common = follow - np.eye(len(design.terms))
    variance = np.diagonal(inverse, axis1=1, axis2=2) + ((from_common @ covariance) * from_common).sum(axis=2)
    of_departures = departures**2 + variance
    of_common = common**2 + np.diagonal(covariance)
    kinds = np.array([term.kind for term in design.terms])

    def step(squares: Array) -> float:
        total = squares.sum() + SPREAD_WEIGHT * SPREAD_PRIOR**2
        return float(np.sqrt(total / (squares.size + SPREAD_WEIGHT)))

    return Spreads(
        {kind: COMMON_SD.get(kind) or step(of_common[kinds == kind]) for kind in before.common},
        {kind: step(of_departures[:, kinds == kind]) for kind in before.departures},
    )


def _log_odds(design: Design, common: Array, departures: Array) -> Array:
    return design.x.times(common + departures).ravel()
