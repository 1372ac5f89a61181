"""Claims of what explains an outlet: that a factor tells whom it portrays how, and that another adds nothing to it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from masthead.inference.alignment import MARGIN, Explanation, Stands, explain, twins
from masthead.inference.alignment.arranging import least_p
from masthead.questions.claims.answer import Answer, Judged, numbers_of
from masthead.questions.claims.judging import Verdict
from masthead.questions.claims.kinds.portrayals import Asked, stands
from masthead.questions.claims.power import MOST, POWER
from masthead.questions.claims.question import Press, Question, Side
from masthead.questions.claims.ways import MONTH
from masthead.study.claim import Claim


def judge_explanations(questions: Sequence[Question], press: Press, units: Path) -> dict[str, Judged]:
    """Judge claims of what explains an outlet, by the units of a survey; the answers by claim id.

    Supported where a permutation of the factor over subjects hardly ever predicts subjects left out as well, the slope
    runs the way that is claimed by more than the margin, and the other factor, if one is named, adds nothing: its whole
    interval lies within the margin. The claim names its factor beforehand, so that its p is the factor's own and not
    that of the best of many.
    """
    ways = {
        question.claim.id: list(_ways(question, press))
        for question in questions
        if _missing(question, press) is None
    }
    portrayals = stands(units, press.study, [one for of in ways.values() for _, one in of]) if ways else {}
    judgements = {}
    for question in questions:
        missing = _missing(question, press)
        if missing is not None:
            judgements[question.claim.id] = Judged(missing)
            continue
        answers = [
            (label, _answer(question.claim, portrayals[one], press)) for label, one in ways[question.claim.id]
        ]
        (_, first), *others = answers
        same = (*numbers_of(first), first.verdict)
        different = [one for one in others if (*numbers_of(one[1]), one[1].verdict) != same]
        judgements[question.claim.id] = Judged(first, different)
    return judgements


def _missing(question: Question, press: Press) -> Answer | None:
    """Why a claim cannot be asked of these outlets; None where it can."""
    side = question.side
    if side.group:
        return Answer(
            "untestable",
            f"what explains is asked of one outlet, and {press.name_of(side.claim_name)} are several",
            needs="a claim about one outlet",
        )
    if _voice_of(side.outlets[0], question.voice, press) is None:
        return Answer(
            "untestable",
            f"own and quoted words of {press.title(side.outlets[0])} cannot be told apart: its texts hold no quotation "
            "marks",
            needs='texts with their quotation marks, or a claim with `voice = "all"`',
        )
    return None


def _voice_of(outlet: str, voice: str, press: Press) -> str | None:
    return voice if voice == "all" or press.outlets[outlet].get("quotation_marks") else None


def _ways(question: Question, press: Press) -> Iterator[tuple[str, Asked]]:
    """The claim as it was written, and every other reasonable way to compute it."""
    claim, side = question.claim, question.side
    own = Asked(
        side.outlets[0],
        question.voice,
        question.wire,
        side.window,
        _against(question.versus, question.voice, press),
    )
    yield "", own
    other = "without" if question.wire == "with" else "with"
    yield f"{other} wire copy", own._replace(wire=other)
    voice, label = ("all", "own words and quotes together")
    if question.voice == "all":
        voice, label = ("own", "in the outlet's own words alone")
    if _voice_of(side.outlets[0], voice, press):
        yield label, own._replace(voice=voice, versus=_against(question.versus, voice, press))
    if question.versus is None:
        everybody = Side("", tuple(o for o in sorted(press.outlets) if o != side.outlets[0]), side.window)
        versus = _against(everybody, question.voice, press)
        if versus:
            yield "set apart from all other outlets", own._replace(versus=versus)
    else:
        yield "by its portrayals alone, whatever others write", own._replace(versus=())
    days = press.days(side.outlets)
    if days is not None:
        start, end = (claim.start or days[0]) + MONTH, (claim.end or days[1]) - MONTH
        if start < end:
            window = replace(side.window, start=start, end=end)
            yield "a month shorter at either end", own._replace(window=window)


def _against(versus: Side | None, voice: str, press: Press) -> tuple[tuple[str, str], ...]:
    if versus is None:
        return ()
    return tuple((outlet, voice) for outlet in versus.outlets if _voice_of(outlet, voice, press))


def _answer(claim: Claim, here: Stands, press: Press) -> Answer:
    level = press.study.level
    titles = {factor.id: factor.title for factor in press.study.factors}
    margin = claim.margin or MARGIN
    factors = {name: values for name, values in here.factors.items() if name in (claim.factor, claim.beyond)}
    explanations = explain(
        replace(here, factors=factors),
        level=level,
        margin=margin,
        title_of=titles.__getitem__,
        named_before=True,
    )
    one = next(e for e in explanations if e.factor == claim.factor and e.beyond is None)
    other = next((e for e in explanations if e.factor == claim.beyond and e.beyond == claim.factor), None)
    hopeless = _hopeless(one, level)
    if one.slope is None or one.slope_low is None or one.slope_high is None or hopeless:
        return Answer("untestable", hopeless or one.reason, n=one.n_subjects, needs=_more_subjects(level))
    if claim.beyond is not None and (other is None or other.answer == "inseparable"):
        alone = next(e for e in explanations if e.factor == claim.beyond and e.beyond is None)
        return Answer(
            "untestable",
            f"of {titles[claim.beyond]}: {alone.reason}" if other is None else other.reason,
            n=one.n_subjects,
            needs=f"subjects on which {titles[one.factor]} and {titles[claim.beyond]} differ",
        )
    verdict, why = _verdict(claim, one, other, 1.0 - level)
    rivals = [titles[name] for name in twins(here, one.factor)]
    # That it is another way, or hardly at all, a rival does not change.
    if rivals and verdict == "supported":
        names = " and ".join(rivals)
        return Answer(
            "untestable",
            f"{names} {'splits' if len(rivals) == 1 else 'split'} the subjects nearly as {titles[one.factor]} does, "
            "and may explain the same",
            n=one.n_subjects,
            needs=f"subjects on which {titles[one.factor]} and {names} differ",
        )
    reasons = [*([why] if why else []), f"{titles[one.factor]}: {one.reason}"]
    if other is not None:
        reasons.append(f"{titles[other.factor]} beyond it: {other.reason}")
    reasons.append("of a model's readings, which no human coding has corrected")
    return Answer(
        verdict,
        "; ".join(reasons),
        one.slope,
        one.slope_low,
        one.slope_high,
        n=one.n_subjects,
        needs=_needs(one, other, level) if verdict == "not enough evidence" else None,
    )


def _verdict(claim: Claim, one: Explanation, other: Explanation | None, alpha: float) -> tuple[Verdict, str]:
    """Return the verdict, and in words why where the factors' own reasons do not say it."""
    slope, low, high = (float(x) for x in (one.slope or 0.0, one.slope_low or 0.0, one.slope_high or 0.0))
    sure = one.p is not None and one.p <= alpha and one.explained is not None and one.explained > 0.0
    # Without a direction of its own a claim takes the one that is found.
    sign = {"high": 1.0, "low": -1.0}.get(claim.toward or "", math.copysign(1.0, slope))
    near, far = sorted((sign * low, sign * high))
    # With another factor beside it, the margin is of what that one adds.
    bar = claim.margin if other is None else 0.0
    within = max(-near, far) <= one.margin
    if sure and far < 0:
        return "contradicted", "the other way"
    if within and not (sure and near > bar):
        return "contradicted", f"it moves portrayal by less than {one.margin:g}"
    if other is not None and other.answer == "adds":
        return "contradicted", "the other factor adds to it"
    if sure and near > bar and (other is None or other.answer == "adds nothing"):
        return "supported", ""
    return "not enough evidence", ""


def _hopeless(one: Explanation, level: float) -> str:
    if one.p_least is None or one.p_least <= 1.0 - level:
        return ""
    return (
        f"{one.n_subjects} subjects ({one.split}) cannot give a p below {one.p_least:.2g}, whatever is found"
    )


def _more_subjects(level: float) -> str:
    """How many subjects it takes to show anything at all, where they are split in halves."""
    n = 4
    while least_p(np.repeat([0.0, 1.0], [n // 2, n - n // 2])) > 1.0 - level:
        n += 1
    return f"at least {n} subjects that it portrays in two articles each, {n // 2} or more on either side of the factor"


def _needs(one: Explanation, other: Explanation | None, level: float) -> str:
    from scipy.special import ndtri

    z = ndtri((1.0 + level) / 2.0)
    widest = one
    reach = abs(one.slope or 0.0)
    if other is not None and other.answer != "adds nothing":
        widest, reach = other, max(abs(abs(other.slope or 0.0) - other.margin), 1e-9)
    half = ((widest.slope_high or 0.0) - (widest.slope_low or 0.0)) / 2.0
    times = max((half / max(reach, 1e-9) * (z + ndtri(POWER)) / z) ** 2, 1.0)
    if times > MOST:
        return f"more than {MOST:.0f} times as many subjects, so near does the figure lie to the edge"
    n = max(math.ceil(times * one.n_subjects), one.n_subjects + 1)
    there = f"about {n} subjects instead of {one.n_subjects}, or more articles about them"
    return f"{there}, if the figures stay as they are"
