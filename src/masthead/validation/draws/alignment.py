"""How often factors are said to explain where none does, and how often intervals hold: drawn outlets and subjects."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.alignment.explaining import MARGIN, Explanation, Stands, explain
from masthead.inference.alignment.fitting import fit, with_column
from masthead.inference.alignment.placing import axes
from masthead.inference.intervals import Array
from masthead.validation.progress import Progress, in_turn
from masthead.validation.promises.promise import above

FALSE_ALARMS = 0.05
"""Promised: at most so many outlets of which a factor is said to explain something where none does."""

HELD = 0.92
"""Promised: at least so many intervals, of what a factor moves and of what it adds, hold the truth."""

WRONG = 0.05
"""Promised: at most so many outlets of which a factor is said to explain nothing whose slope is the margin or more."""

SUBJECTS = (7, 9, 12, 16)
"""How many subjects an outlet portrays."""

EFFECTS = (0.0, 0.3)
"""What the first factor moves: nothing, or this much portrayal from its lowest value to its highest."""

_ERRORS = (0.03, 0.06, 0.12, 0.25)
_SPREAD = 0.12


@dataclass(frozen=True)
class Row:
    """What was found of outlets of one kind: so many subjects, of whom the first of three factors moves so much.

    The second factor goes with the first for two subjects in three, the third is drawn by itself; neither moves
    anything. `explains`: part of the outlets of which the first is said to explain; `others`: of which another is said
    to, by itself; `alarms`: of which any is said to; `adds`: part of the pairs in which one of the others is said to
    add to the first. `held`, `held_beyond` and `held_explained`: part of the intervals that hold what the first moves,
    what another adds to it (nothing), and the share of squared error that the first takes off. `nothing`: part of the
    first factors said to explain nothing. `broken`: a promise is not held, by more than three standard errors of the
    drawing.
    """

    subjects: int
    effect: float
    outlets: int
    explains: float
    others: float
    alarms: float
    adds: float
    held: float | None
    held_beyond: float | None
    held_explained: float | None
    nothing: float
    broken: bool


@dataclass(frozen=True)
class Places:
    """Axes of drawn matrices: how many had `planted` axes, and which part was said to have none, one or two.

    `held`: part of the intervals of outlets' places that hold them, where the right number was found.
    """

    planted: int
    matrices: int
    none: float
    one: float
    two: float
    held: float | None


def validate(outlets: int, seed: int, quick: bool = False, progress: Progress | None = None) -> list[Row]:
    """Draw `outlets` outlets of every kind, and look for what explains each."""
    kinds = [(n, effect) for n in (SUBJECTS[1:3] if quick else SUBJECTS) for effect in EFFECTS]
    return [
        _row(n, effect, outlets, np.random.default_rng([seed, at]))
        for at, (n, effect) in enumerate(in_turn(kinds, "kinds of outlets", progress))
    ]


def draw(generator: np.random.Generator, subjects: int, effect: float) -> Stands:
    """Draw one outlet: half of its subjects at one end of the first factor, cells of very different errors."""
    half = (np.arange(subjects) < subjects // 2).astype(np.float64)
    first = generator.permutation(half)
    second = first.copy()
    others = generator.choice(subjects, size=max(2, subjects // 3), replace=False)
    second[others] = 1.0 - second[others]
    errors = generator.choice(_ERRORS, size=subjects)
    values = (
        effect * first
        + generator.normal(0.0, _SPREAD, subjects)
        + errors * generator.standard_normal(subjects)
    )
    names = tuple(f"s{i}" for i in range(subjects))
    return Stands(names, values, errors, {"a": first, "b": second, "c": generator.permutation(half)})


def _row(subjects: int, effect: float, count: int, generator: np.random.Generator) -> Row:
    explains = others = nothing = adds = pairs = false = 0
    covers: list[bool] = []
    beyond: list[bool] = []
    shares: list[bool] = []
    for _ in range(count):
        stands = draw(generator, subjects, effect)
        explanations = {(one.factor, one.beyond): one for one in explain(stands)}
        first = explanations["a", None]
        explains += first.answer in ("explains", "inseparable")
        nothing += first.answer == "does not explain"
        others += any(explanations[name, None].answer == "explains" for name in "bc")
        false += any(explanations[name, None].answer in ("explains", "inseparable") for name in "abc")
        covers += _holds(first, effect)
        if first.explained_low is not None and first.explained_high is not None:
            truth = _true_share(stands, effect)
            shares.append(first.explained_low <= truth <= first.explained_high)
        for name in "bc":
            pair = explanations.get((name, "a"))
            if pair is not None and pair.slope is not None:
                pairs += 1
                adds += pair.answer == "adds"
                beyond += _holds(pair, 0.0)
    alarms = false if effect == 0 else 0
    faults = (
        above(alarms, count, FALSE_ALARMS, 3.0),
        above(adds, pairs, FALSE_ALARMS, 3.0),
        above(len(covers) - sum(covers), len(covers), 1.0 - HELD, 3.0),
        above(len(beyond) - sum(beyond), len(beyond), 1.0 - HELD, 3.0),
        abs(effect) >= MARGIN and above(nothing, count, WRONG, 3.0),
    )
    return Row(
        subjects,
        effect,
        count,
        explains / count,
        others / count,
        false / count,
        adds / max(pairs, 1),
        _part(covers),
        _part(beyond),
        _part(shares),
        nothing / count,
        any(faults),
    )


def _holds(one: Explanation, truth: float) -> list[bool]:
    if one.slope_low is None or one.slope_high is None:
        return []
    return [one.slope_low <= truth <= one.slope_high]


def _part(covers: list[bool]) -> float | None:
    return float(np.mean(covers)) if covers else None


def _true_share(stands: Stands, effect: float) -> float:
    """The share of squared error that the first factor takes off for subjects left out, as drawing makes expected."""
    values = stands.factors["a"]
    weights = 1.0 / (stands.variance + _SPREAD**2)
    base = np.ones((len(values), 1))
    spare = 1.0 - fit(values, base[None], weights[None]).leverage[0]
    sure = (1.0 / (1.0 - fit(values, with_column(base, values[None]), weights[None]).leverage[0])).sum()
    apart: Array = values - (weights * values).sum() / weights.sum()
    return float(1.0 - sure / ((1.0 / spare).sum() + effect**2 * (weights * (apart / spare) ** 2).sum()))


def places(matrices: int, seed: int, progress: Progress | None = None) -> list[Places]:
    """Draw `matrices` matrices of ten outlets and eight subjects with no axis, one and two, and look for axes."""
    rows = []
    for number in in_turn(range(3), "numbers of axes", progress):
        generator = np.random.default_rng([seed, number])
        counts = np.zeros(3)
        covers: list[bool] = []
        for _ in range(matrices):
            truth = _draw_axes(generator, number)
            errors = generator.choice(_ERRORS[:3], size=truth.shape)
            means = generator.normal(0.0, 0.2, (10, 1)) + generator.normal(0.0, 0.2, 8)
            values = means + truth + errors * generator.standard_normal(truth.shape)
            model = axes(values, errors, np.round(1.0 / errors**2))
            if model is None:
                continue
            counts[model.n] += 1
            if number == model.n == 1:
                covers += _holds_places(
                    truth, model.subjects[:, 0], model.outlets_low[:, 0], model.outlets_high[:, 0]
                )
        none, one, two = (counts / matrices).tolist()
        rows.append(Places(number, matrices, none, one, two, _part(covers)))
    return rows


def _draw_axes(generator: np.random.Generator, number: int) -> Array:
    sides = generator.normal(0.0, 1.0, (10, number)) @ generator.normal(0.0, 0.25, (number, 8))
    truth: Array = sides + generator.normal(0.0, 0.05, (10, 8))
    return truth


def _holds_places(truth: Array, subjects: Array, low: Array, high: Array) -> list[bool]:
    residuals = truth - truth.mean(axis=0) - truth.mean(axis=1, keepdims=True) + truth.mean()
    left, lengths, right = np.linalg.svd(residuals)
    sign = np.sign((right[0] * subjects).sum())
    true = left[:, 0] * lengths[0] * np.abs(right[0]).max() * sign
    inside: list[bool] = ((low <= true) & (true <= high)).tolist()
    return inside
