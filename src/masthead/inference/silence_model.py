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

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.inference.silence_cells import NUMBERS, OTHERS

Array = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

FEWEST_STORIES = 15
"""A section, place or subject of fewer stories has no coefficient of its own."""

MOST_TRAITS = 40
"""Of sections, of places, of subjects, only the commonest have coefficients."""

COMMON_SD = 1.0
"""The prior standard deviation of a common coefficient (5 for the constant), in log-odds."""

SPREAD_PRIOR, SPREAD_WEIGHT = 0.3, 4.0
"""What the spread of departures is taken to be where nothing shows it, and how many departures that weighs."""

_STEPS, _ROUNDS, _TOLERANCE = 40, 30, 1e-9


@dataclass(frozen=True)
class Term:
    """A column of the design: its kind (`outlet`, `size`, `subject`, …) and what of it (`verrin`)."""

    kind: str
    value: str | None = None

    @property
    def name(self) -> str:
        """As shown: `size`, or `subject: verrin`."""
        return self.kind if self.value is None else f"{self.kind}: {self.value}"


@dataclass(frozen=True)
class Design:
    """Cells as numbers. Rows are sorted by outlet; `use` marks those that are eligible and known.

    x: cells × terms. y: 1 where covered. outlet, story: numbers. start: where each outlet's rows begin, and
    the end. about, against: cells × subjects, whether the story is about the subject, and shows it badly.
    """

    x: Array
    y: Array
    outlet: Whole
    story: Whole
    start: Whole
    use: Mask
    about: Mask
    against: Mask
    terms: tuple[Term, ...]
    outlets: tuple[str, ...]
    stories: tuple[str, ...]
    subjects: tuple[str, ...]
    row: Whole
    """For each row, its place in the table of cells."""


def design(cells: pa.Table) -> Design:
    """Turn a table of cells (`silence_cells.CELLS`) into numbers."""
    outlets = sorted(set(cells["outlet"].to_pylist()))
    names = cells["outlet"].to_pylist()
    numbers = {name: number for number, name in enumerate(outlets)}
    outlet = np.array([numbers[name] for name in names], np.int64)
    stories = list(dict.fromkeys(cells["story"].to_pylist()))
    places = {name: number for number, name in enumerate(stories)}
    story = np.array([places[name] for name in cells["story"].to_pylist()], np.int64)
    order = np.argsort(outlet, kind="stable")
    first = np.searchsorted(story, np.arange(len(stories)))
    terms, columns = [Term("outlet")], [np.ones(len(story))]
    for name in NUMBERS:
        terms.append(Term(name))
        columns.append(cells[name].to_numpy())
    of_stories = cells.take(pa.array(first))
    for kind in ("section", "place"):
        values, member = _members([[v] if v else [] for v in of_stories[kind].to_pylist()])
        terms += [Term(kind, value) for value in values]
        columns += list(member[story].T.astype(np.float64))
    told = [v or [] for v in of_stories["subjects"].to_pylist()]
    bad = [v or [] for v in of_stories["unfavourable"].to_pylist()]
    terms.append(Term("unfavourable"))
    columns.append(np.array([bool(v) for v in bad])[story].astype(np.float64))
    subjects = sorted({s for v in told for s in v})
    about, against = (_membership(subjects, v)[story] for v in (told, bad))
    for kind, member in (("subject", about), ("against", against)):
        common = np.flatnonzero(member.sum(axis=0) >= FEWEST_STORIES * len(outlets))
        terms += [Term(kind, subjects[s]) for s in common]
        columns += list(member[:, common].T.astype(np.float64))
    eligible = cells["others"].to_numpy() >= OTHERS
    use = eligible & cells["known"].to_numpy(zero_copy_only=False)
    return Design(
        x=np.stack(columns, axis=1)[order],
        y=cells["covered"].to_numpy(zero_copy_only=False).astype(np.float64)[order],
        outlet=outlet[order],
        story=story[order],
        start=np.searchsorted(outlet[order], np.arange(len(outlets) + 1)),
        use=use[order],
        about=about[order],
        against=against[order],
        terms=tuple(terms),
        outlets=tuple(outlets),
        stories=tuple(stories),
        subjects=tuple(subjects),
        row=order,
    )


def _members(values: list[list[str]]) -> tuple[list[str], Mask]:
    """The values that enough of the stories have, commonest first, and which story has which."""
    counts: dict[str, int] = {}
    for of_one in values:
        for value in of_one:
            counts[value] = counts.get(value, 0) + 1
    frequent = [value for value, count in counts.items() if count >= FEWEST_STORIES]
    # A trait of every story would be the constant once more.
    kept = sorted(
        (value for value in frequent if counts[value] < len(values)), key=lambda v: (-counts[v], v)
    )[:MOST_TRAITS]
    return kept, _membership(kept, values)


def _membership(names: list[str], values: list[list[str]]) -> Mask:
    numbers = {name: number for number, name in enumerate(names)}
    member = np.zeros((len(values), len(names)), bool)
    for row, of_one in enumerate(values):
        for value in of_one:
            if value in numbers:
                member[row, numbers[value]] = True
    return member


@dataclass(frozen=True)
class Model:
    """A fitted model. common: w, by term. departures: b, outlets × terms. spreads: sd of departures, by kind."""

    design: Design
    rows: Mask
    common: Array
    departures: Array
    spreads: dict[str, float]
    hessians: Array
    probability: Array
    """Of the rows of the design, whether they were fitted or not."""

    def log_odds(self) -> Array:
        """The log-odds of every row of the design."""
        return _log_odds(self.design, self.common, self.departures)

    def refit_spread(self, outlet: int, rows: Mask) -> float:
        """How far the log-odds of some rows of an outlet move, together, between refits over stories.

        The standard deviation, by the jackknife over stories with one Newton step each: what each story pulls
        the weighted mean of these rows' log-odds by, squared and summed.
        """
        design = self.design
        weight = self.probability[rows] * (1 - self.probability[rows])
        mean = (weight[:, None] * design.x[rows]).sum(axis=0) / max(weight.sum(), 1e-12)
        common, departures = _solve(self.hessians, *_precisions(design, self.spreads), mean, outlet)
        pull = (design.x * (common + departures[design.outlet])).sum(axis=1)
        pull *= np.where(self.rows, design.y - self.probability, 0.0)
        return float(np.sqrt((np.bincount(design.story, pull) ** 2).sum()))


def fit(design: Design, rows: Mask | None = None, start: Model | None = None) -> Model:
    """Fit the model to the rows that may be used, and of those only to `rows` where they are given."""
    chosen = design.use if rows is None else design.use & rows
    kinds = [term.kind for term in design.terms]
    outlets, terms = len(design.outlets), len(design.terms)
    common = np.zeros(terms) if start is None else start.common
    departures = np.zeros((outlets, terms)) if start is None else start.departures
    spreads = {kind: SPREAD_PRIOR for kind in kinds} if start is None else start.spreads
    for _ in range(_ROUNDS):
        common, departures, hessians = _climb(design, chosen, common, departures, spreads, 3)
        before, spreads = spreads, _spreads(design, departures, hessians, spreads)
        if all(abs(spreads[kind] - before[kind]) < 0.01 * before[kind] for kind in spreads):
            break
    common, departures, hessians = _climb(design, chosen, common, departures, spreads, _STEPS)
    return Model(
        design,
        chosen,
        common,
        departures,
        spreads,
        hessians,
        _logistic(_log_odds(design, common, departures)),
    )


def _climb(
    design: Design, rows: Mask, common: Array, departures: Array, spreads: dict[str, float], steps: int
) -> tuple[Array, Array, Array]:
    """Take Newton steps towards the mode, halved where one overshoots; return the place and the Hessians."""
    tight, of_each = _precisions(design, spreads)
    weight = rows.astype(np.float64)

    def height(w: Array, b: Array) -> float:
        told = _log_odds(design, w, b)
        likelihood = (weight * (design.y * told - np.logaddexp(0.0, told))).sum()
        return float(likelihood - 0.5 * (tight * w * w).sum() - 0.5 * (of_each * b * b).sum())

    now = height(common, departures)
    for _ in range(steps):
        p = _logistic(_log_odds(design, common, departures))
        hessians, slopes = _by_outlet(design, weight * p * (1 - p), weight * (design.y - p))
        step_w, step_b = _newton(
            hessians, tight, of_each, slopes.sum(axis=0) - tight * common, slopes - of_each * departures
        )
        size = 1.0
        while (there := height(common + size * step_w, departures + size * step_b)) < now and size > 1e-4:
            size /= 2
        common, departures = common + size * step_w, departures + size * step_b
        gained, now = there - now, there
        if gained < _TOLERANCE:
            break
    p = _logistic(_log_odds(design, common, departures))
    hessians, _ = _by_outlet(design, weight * p * (1 - p), weight)
    return common, departures, hessians


def _by_outlet(design: Design, curvature: Array, slope: Array) -> tuple[Array, Array]:
    """Each outlet's Hessian and gradient: outlets × terms × terms, and outlets × terms."""
    outlets, terms = len(design.outlets), len(design.terms)
    hessians, slopes = np.empty((outlets, terms, terms)), np.empty((outlets, terms))
    for o in range(outlets):
        rows = slice(design.start[o], design.start[o + 1])
        x = design.x[rows]
        hessians[o] = x.T @ (curvature[rows, None] * x)
        slopes[o] = x.T @ slope[rows]
    return hessians, slopes


def _precisions(design: Design, spreads: dict[str, float]) -> tuple[Array, Array]:
    """One over the prior variance of the common coefficients and of the departures, by term."""
    tight = np.full(len(design.terms), COMMON_SD**-2)
    tight[0] = (5 * COMMON_SD) ** -2
    return tight, np.array([spreads[term.kind] ** -2 for term in design.terms])


def _newton(
    hessians: Array, tight: Array, of_each: Array, slope_w: Array, slope_b: Array
) -> tuple[Array, Array]:
    """Solve for a step in all coefficients at once; each outlet's departures are eliminated first."""
    blocks = hessians + np.diag(of_each)
    inner = np.linalg.solve(blocks, np.concatenate([hessians, slope_b[:, :, None]], axis=2))
    shrunk, own = inner[:, :, :-1], inner[:, :, -1]
    left = hessians.sum(axis=0) - (hessians @ shrunk).sum(axis=0) + np.diag(tight)
    step_w = np.linalg.solve(left, slope_w - (hessians @ own[:, :, None])[:, :, 0].sum(axis=0))
    return step_w, own - shrunk @ step_w


def _solve(hessians: Array, tight: Array, of_each: Array, mean: Array, outlet: int) -> tuple[Array, Array]:
    """The inverse Hessian times the direction of an outlet's coefficients (common and its own) along `mean`."""
    slope_b = np.zeros(hessians.shape[:2])
    slope_b[outlet] = mean
    return _newton(hessians, tight, of_each, mean, slope_b)


def _spreads(design: Design, departures: Array, hessians: Array, before: dict[str, float]) -> dict[str, float]:
    """One step of EM for the spread of each kind of departure, with a little weight on `SPREAD_PRIOR`."""
    tight, of_each = _precisions(design, before)
    inverse = np.linalg.inv(hessians + np.diag(of_each))
    shrunk = inverse @ hessians
    left = hessians.sum(axis=0) - (hessians @ shrunk).sum(axis=0) + np.diag(tight)
    # The variance of each departure: its own, and what it shares with the common coefficients.
    variance = np.diagonal(inverse, axis1=1, axis2=2) + np.einsum(
        "okl,lm,okm->ok", shrunk, np.linalg.inv(left), shrunk
    )
    squares = departures**2 + variance
    kinds = np.array([term.kind for term in design.terms])
    return {
        kind: float(
            np.sqrt(
                (squares[:, kinds == kind].sum() + SPREAD_WEIGHT * SPREAD_PRIOR**2)
                / (squares[:, kinds == kind].size + SPREAD_WEIGHT)
            )
        )
        for kind in before
    }


def _log_odds(design: Design, common: Array, departures: Array) -> Array:
    told: Array = np.einsum("ik,ik->i", design.x, (common + departures)[design.outlet])
    return told


def _logistic(log_odds: Array) -> Array:
    p: Array = 1.0 / (1.0 + np.exp(-log_odds))
    return p


