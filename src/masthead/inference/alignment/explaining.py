"""What explains an outlet's portrayal of subjects: which factor, whether a second adds anything, whether by chance.

Every factor by itself, leaving one subject out at a time; then every factor beside every other. Few subjects are
little evidence: the least p that they can give is said with every answer, and that a factor explains or adds nothing is
said only where the interval of its coefficient lies within a margin.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from masthead.inference.alignment.arranging import DRAWN, Arrangements, arrangements, least_p, orders
from masthead.inference.alignment.fitting import slope, taken_off, with_column
from masthead.inference.intervals import Array

MARGIN = 0.1
"""A smaller difference in portrayal between the two ends of a factor counts as none, where nobody says otherwise."""

FEWEST = 4
"""With fewer subjects than this nothing is left to leave one out and fit a line."""

ALIKE = 0.8
"""Two factors whose squared correlation over the subjects is at least this are inseparable."""

Titled = Callable[[str], str]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Stands:
    """How one outlet portrays its subjects: `subjects`, `values` in −1 to 1 and their standard `errors`, of one length.

    `factors` holds the values of each factor over these subjects; NaN where a subject has none.
    """

    subjects: tuple[str, ...]
    values: Array
    errors: Array
    factors: Mapping[str, Array]

    def of(self, flags: Flags) -> Stands:
        """Return those of some subjects."""
        subjects = tuple(name for name, keep in zip(self.subjects, flags.tolist(), strict=True) if keep)
        factors = {name: values[flags] for name, values in self.factors.items()}
        return Stands(subjects, self.values[flags], self.errors[flags], factors)

    @property
    def variance(self) -> Array:
        """The variance of each cell."""
        variance: Array = self.errors**2
        return variance


@dataclass(frozen=True)
class Explanation:
    """One answer: the columns of the table of explanations, but for the outlet's.

    `slope` is the difference in portrayal between the highest and the lowest value of the factor, `apart` the same of
    what sets the outlet apart from the others.
    """

    factor: str
    beyond: str | None
    n_subjects: int
    split: str
    margin: float
    answer: str
    reason: str
    slope: float | None = None
    slope_low: float | None = None
    slope_high: float | None = None
    explained: float | None = None
    explained_low: float | None = None
    explained_high: float | None = None
    p: float | None = None
    p_best: float | None = None
    p_least: float | None = None
    permutations: int | None = None
    inseparable: tuple[str, ...] = ()
    apart: float | None = None
    apart_low: float | None = None
    apart_high: float | None = None


def explain(
    stands: Stands,
    *,
    level: float = 0.95,
    margin: float = MARGIN,
    title_of: Titled = str,
    named_before: bool = False,
) -> list[Explanation]:
    """Return what each factor explains by itself, then what each adds to each other.

    A factor is held to the p of the best of all, unless it was `named_before` anybody looked. The answer does not
    depend on the order of subjects or on what they are called. `title_of` names factors in reasons.
    """
    stands = _in_order(stands)
    names = sorted(stands.factors)
    alone = {name: _alone(stands, name, level, margin) for name in names}
    testable = [name for name in alone if alone[name].p is not None]
    pairs = [
        _beyond(stands, second, first, 1 if named_before else len(testable) - 1, level, margin, title_of)
        for first in testable
        for second in testable
        if first != second
    ]
    best = {} if named_before else _best(stands, {name: alone[name] for name in testable})
    rivals = {name: twins(stands, name) for name in testable}
    answers = [
        _with_answer(
            replace(one, p_best=best.get(name, one.p), inseparable=rivals.get(name, ())), level, title_of
        )
        for name, one in alone.items()
    ]
    return [_beside(one, pairs, title_of) for one in answers] + pairs


def set_apart(one: Explanation, beside: Stands, level: float) -> Explanation:
    """Add how far a factor's slope is the outlet's own: `beside` is its portrayal less that of the other outlets.

    What everybody writes alike of a subject is the subject's doing, not a side that the outlet takes.
    """
    if one.slope is None or one.beyond is not None:
        return one
    part = beside.of(~np.isnan(beside.factors[one.factor]))
    values = part.factors[one.factor]
    base = np.ones((len(values), 1))
    if len(values) < FEWEST or len(np.unique(values)) == 1 or _hangs_on_one(np.column_stack([base, values])):
        return one
    fit = slope(part.values, part.variance, base, _ends(values), level)
    ends = f"{_with_sign(fit.value)} [{_with_sign(fit.low)}, {_with_sign(fit.high)}]"
    return replace(
        one,
        apart=fit.value,
        apart_low=fit.low,
        apart_high=fit.high,
        reason=f"{one.reason}; set against the other outlets, by {ends}",
    )


def _in_order(stands: Stands) -> Stands:
    """Put subjects in an order that hangs on figures alone, so that random orders fall on figures and not on names."""
    keys = [stands.factors[name] for name in sorted(stands.factors)]
    order = np.lexsort([*np.nan_to_num(keys, nan=np.inf), stands.errors, stands.values])
    return Stands(
        tuple(stands.subjects[i] for i in order),
        stands.values[order],
        stands.errors[order],
        {name: values[order] for name, values in stands.factors.items()},
    )


def _ends(values: Array) -> Array:
    """Put a factor's values on a scale on which the two ends lie at 0 and 1."""
    low, high = float(values.min()), float(values.max())
    scale: Array = (values - low) / (high - low)
    return scale


def split_told(values: Array) -> str:
    """Say how many subjects have which value, the highest first: `3 at 1, 6 at -1`."""
    levels, counts = np.unique(values, return_counts=True)
    if len(levels) > 4:
        text = f"{len(levels)} values from {levels[0]:g} to {levels[-1]:g}"
    else:
        text = ", ".join(f"{n} at {value:g}" for value, n in zip(levels[::-1], counts[::-1], strict=True))
    return text.replace("-", "−")


def _hangs_on_one(design: Array) -> bool:
    """Whether, without some one subject, the last column is a combination of the others."""
    without = design[np.nonzero(~np.eye(len(design), dtype=np.bool_))[1].reshape(len(design), -1)]
    return bool((np.linalg.matrix_rank(without, tol=1e-6) < design.shape[1]).any())


def _alone(stands: Stands, name: str, level: float, margin: float) -> Explanation:
    """One factor by itself, before it is set beside the others."""
    has_value = ~np.isnan(stands.factors[name])
    part = stands.of(has_value)
    values, n = part.factors[name], int(has_value.sum())
    empty = Explanation(name, None, n, split_told(values) if n else "", margin, "not enough evidence", "")
    if n < FEWEST:
        had = "subject has" if n == 1 else "subjects have"
        return replace(
            empty,
            reason=f"{n or 'no'} {had} a value and two articles to portray it: at least {FEWEST} are needed",
        )
    if len(np.unique(values)) == 1:
        return replace(empty, reason=f"all {n} subjects have the same value, {values[0]:g}")
    base = np.ones((n, 1))
    if _hangs_on_one(with_column(base, values[None, :])[0]):
        return replace(
            empty,
            reason=f"one subject alone differs from the others ({empty.split}): what is peculiar to it cannot be told "
            "from what the factor explains",
        )
    return _with_test(empty, part, base, values, arrangements(_ends(values)), least_p(values), level)


def _with_test(
    empty: Explanation,
    part: Stands,
    base: Array,
    values: Array,
    ways: Arrangements,
    least: float,
    level: float,
) -> Explanation:
    scale = _ends(values)
    share = float(taken_off(part.values, part.variance, base, scale[None, :])[0])
    fit = slope(part.values, part.variance, base, scale, level)
    return replace(
        empty,
        slope=fit.value,
        slope_low=fit.low,
        slope_high=fit.high,
        explained=share,
        explained_low=min(fit.explained_low, share),
        explained_high=max(fit.explained_high, share),
        # Ends that change places fit alike but for rounding, which is large where weights are found step by step.
        p=max(ways.p(taken_off(part.values, part.variance, base, ways.values), share), least),
        p_least=least,
        permutations=len(ways.values),
    )


def _best(stands: Stands, answers: Mapping[str, Explanation]) -> dict[str, float]:
    """How often the best of all factors does as well as each, when subjects are permuted under all of them at once.

    A factor that lacks values for some subjects is permuted over its own.
    """
    if len(answers) < 2:
        return {}
    most: Array | None = None
    everyone = orders(len(stands.subjects))
    for name in answers:
        has_value = ~np.isnan(stands.factors[name])
        part = stands.of(has_value)
        # Subjects keep their place in the common order, so that factors which go together are permuted together.
        within = everyone[has_value[everyone]].reshape(len(everyone), -1)
        at = np.cumsum(has_value) - 1
        values = _ends(part.factors[name])[at[within]]
        statistics = taken_off(part.values, part.variance, np.ones((len(part.values), 1)), values)
        most = statistics if most is None else np.maximum(most, statistics)
    assert most is not None  # noqa: S101  there are two factors or more
    together = Arrangements(most[:, None], len(everyone) != DRAWN)
    return {name: max(together.p(most, one.explained or 0.0), one.p or 0.0) for name, one in answers.items()}


def twins(stands: Stands, name: str) -> tuple[str, ...]:
    """Return the other factors that split subjects as this one does.

    Those that so few subjects cannot test by themselves are among them: they may explain all the same what this one
    explains. One that is the same for all the subjects in question explains nothing of them.
    """
    rivals = []
    for other in sorted(stands.factors):
        both = ~np.isnan(stands.factors[name]) & ~np.isnan(stands.factors[other])
        # Of factors that hardly meet, only one that could be tested by itself is a rival.
        values = stands.factors[other][both if both.sum() >= FEWEST else ~np.isnan(stands.factors[other])]
        rival = len(values) >= FEWEST and len(np.unique(values)) > 1
        if other != name and rival and alike(stands.factors[name], stands.factors[other]):
            rivals.append(other)
    return tuple(rivals)


def alike(one: Array, other: Array) -> bool:
    """Return whether two factors split subjects nearly alike: highly correlated, or apart in one subject alone.

    Subjects without a value (NaN) of either take no part; with too few in common nothing tells the two apart.
    """
    has_both = ~np.isnan(one) & ~np.isnan(other)
    a, b = one[has_both], other[has_both]
    if len(a) < FEWEST or len(np.unique(a)) == 1 or len(np.unique(b)) == 1:
        return True
    if float(np.corrcoef(a, b)[0, 1]) ** 2 >= ALIKE:
        return True
    return _hangs_on_one(np.column_stack([np.ones(len(a)), a, b]))


def _beyond(
    stands: Stands, second: str, first: str, others: int, level: float, margin: float, title_of: Titled
) -> Explanation:
    """What a second factor takes off on top of a first; `others` is how many seconds are tried."""
    has_both = ~np.isnan(stands.factors[first]) & ~np.isnan(stands.factors[second])
    part = stands.of(has_both)
    values, n = part.factors[second], int(has_both.sum())
    empty = Explanation(second, first, n, split_told(values) if n else "", margin, "not enough evidence", "")
    if n <= FEWEST:
        return replace(empty, reason=f"{n} subjects have a value of both: at least {FEWEST + 1} are needed")
    if alike(part.factors[first], values):
        reason = f"{title_of(second)} and {title_of(first)} split the {n} subjects nearly alike"
        return replace(empty, answer="inseparable", reason=reason, inseparable=(first,))
    strata = part.factors[first]
    base = np.column_stack([np.ones(n), _ends(strata)])
    least = least_p(values, strata)
    ways = arrangements(_ends(values), strata)
    test = _with_test(empty, part, base, values, ways, least, level)
    p_best = None if test.p is None else min(1.0, test.p * max(others, 1))
    return _with_answer(replace(test, p_best=p_best), level, title_of)


def _with_answer(one: Explanation, level: float, title_of: Titled) -> Explanation:
    """Give the answer that the figures allow, and say why."""
    if one.explained is None or one.slope is None or one.slope_low is None or one.slope_high is None:
        return one
    alpha = 1.0 - level
    sure = one.p_best is not None and one.p_best <= alpha and one.explained > 0.0
    within = -one.margin <= one.slope_low and one.slope_high <= one.margin
    alone = one.beyond is None
    if within:
        answer = "does not explain" if alone else "adds nothing"
    elif sure and alone:
        answer = "inseparable" if one.inseparable else "explains"
    else:
        answer = "adds" if sure else "not enough evidence"
    return replace(one, answer=answer, reason="; ".join(_reasons(one, answer, alpha, title_of)))


def _reasons(one: Explanation, answer: str, alpha: float, title_of: Titled) -> Sequence[str]:
    assert one.explained is not None  # noqa: S101  the caller has looked
    ends = f"{_with_sign(one.slope)} [{_with_sign(one.slope_low)}, {_with_sign(one.slope_high)}]"
    reasons = [f"from its lowest to its highest value portrayal moves by {ends}"]
    off = "of the squared error for subjects left out"
    reasons.append(
        f"it takes {100 * one.explained:.0f}% {off}"
        if one.explained > 0
        else "it predicts subjects left out no better"
    )
    if answer in ("does not explain", "adds nothing"):
        reasons.append(f"the whole interval lies within the margin of {one.margin:g}")
    if answer == "inseparable":
        rivals = " and ".join(title_of(name) for name in one.inseparable)
        splits = "splits" if len(one.inseparable) == 1 else "split"
        reasons.append(
            f"{rivals} {splits} subjects of whom both have a value nearly alike, and may explain it as well"
        )
    if one.p_least is not None and one.p_least > alpha:
        reasons.append(
            f"{one.n_subjects} subjects ({one.split}) cannot give a p below {one.p_least:.2g}, whatever is found"
        )
    elif one.p is not None:
        best = (
            ""
            if one.p_best is None or one.p_best == one.p
            else f", {_p(one.p_best)} for the best of all factors"
        )
        reasons.append(f"p {_p(one.p)}{best}")
    return reasons


def _beside(one: Explanation, pairs: Sequence[Explanation], title_of: Titled) -> Explanation:
    """Say of a factor that explains what is left of it beside the others."""
    if one.answer != "explains":
        return one
    idle = [
        f"beyond {title_of(pair.beyond)} it adds nothing"
        for pair in pairs
        if pair.factor == one.factor and pair.answer == "adds nothing" and pair.beyond
    ]
    return replace(one, reason="; ".join([one.reason, *idle]))


def _with_sign(value: float | None) -> str:
    digits = f"{abs(value or 0.0):.2f}"
    return digits if digits == "0.00" else f"{'+' if (value or 0.0) > 0 else '−'}{digits}"


def _p(p: float) -> str:
    return f"{p:.3f}".lstrip("0") if p >= 0.001 else "below .001"
