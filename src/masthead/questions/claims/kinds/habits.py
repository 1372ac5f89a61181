"""Claims that set an outlet against its own habits: judged by the ratio of what it did to what these make expected."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from masthead.findings.findings import Findings
from masthead.inference.mover import mover
from masthead.measuring import instrument_of
from masthead.measuring.own_figures import OwnFigure, OwnFigures
from masthead.questions.claims.answer import Answer, Judged, numbers_of
from masthead.questions.claims.judging import How, judge
from masthead.questions.claims.power import MOST, round_up, times_as_many
from masthead.questions.claims.question import Press, Question
from masthead.study.claim import Claim
from masthead.study.claim_rules import Habits


class Way(NamedTuple):
    """Figures that are put together, by outlet; `label` says what is different from the claim.

    With `is_pooled`, what outlets did is added up over them, and so is what was expected.
    """

    label: str
    figures: list[OwnFigure]
    is_pooled: bool = False


def own_figures(question: Question, findings: Findings, units: Path) -> OwnFigures:
    """Return what the instrument of a claim's measure has to judge it by."""
    claim = question.claim
    return instrument_of(claim.measure).claimed(claim, question.wire, question.side.outlets, findings, units)


def ways_of(own: OwnFigures, words: Habits, press: Press) -> list[Way]:
    """Return the claim as it was written (without a label), and every other reasonable way to compute it."""
    ways = [Way(*way) for way in own.ways]
    return [*ways, *_of_group(ways[0].figures, words, press)]


def _of_group(figures: list[OwnFigure], words: Habits, press: Press) -> Iterator[Way]:
    if len(figures) > 1:
        yield Way(words.pooling, figures, is_pooled=True)
    if len(figures) > 2:
        mean = sum(one.estimate for one in figures) / len(figures)
        extreme = max(figures, key=lambda one: (abs(one.estimate - mean), one.outlet))
        rest = [one for one in figures if one is not extreme]
        yield Way(f"without the most extreme outlet, {press.title(extreme.outlet)}", rest)


def by_habits(
    question: Question, words: Habits, press: Press, findings: Findings, units: Path, level: float
) -> Judged:
    """Judge a claim by the survey's own figures, and by those that it kept for other ways to count.

    A group is the mean of its outlets' ratios. The unit is what is expected of an outlet, a story: other days, other
    copies or other stories are counted beforehand, each with the interval that the instrument makes.
    """
    claim, outlets = question.claim, question.side.outlets
    own = own_figures(question, findings, units)
    first, *others = ways_of(own, words, press)
    if not first.figures:
        missing = _missing(claim, words, press, outlets, own)
        return Judged(Answer("untestable", missing, needs=words.needs))
    answer = _answer(claim, words, first)
    ways = [(way.label, _answer(claim, words, way)) for way in others]
    reason = "; ".join([answer.reason, *_remarks(words, first.figures, outlets, findings)])
    needs = _needs(claim, words, answer, level) if answer.verdict == "not enough evidence" else None
    return Judged(
        replace(answer, reason=reason, needs=needs),
        [one for one in ways if numbers_of(one[1]) != numbers_of(answer)],
    )


def _answer(claim: Claim, words: Habits, way: Way) -> Answer:
    """What a way to compute the claim comes to: the mean of its outlets' ratios, or the ratio of their sums."""
    if not way.figures:
        return Answer("untestable", words.none_left)
    weight = np.array([one.denominator if way.is_pooled else 1.0 for one in way.figures], np.float64)
    highs = [math.inf if one.high is None else one.high for one in way.figures]
    estimate, low, high = mover(
        weight / weight.sum(),
        np.array([one.estimate for one in way.figures]),
        np.array([one.low for one in way.figures]),
        np.array(highs),
    )
    verdict, how = judge(claim, low, high)
    return Answer(
        verdict,
        _why(claim, words, low, high, how),
        estimate,
        low,
        high if math.isfinite(high) else None,
        estimate,
        n=sum(one.n for one in way.figures),
    )


def _why(claim: Claim, words: Habits, low: float, high: float, how: How) -> str:
    did = words.did
    if claim.expect == "more":
        return {
            "beyond": f"it {did} at least {low:.2f} {words.ending}, more than {claim.bar:g}",
            "other way": f"the other way: it {did} at most {high:.2f} {words.ending}",
            "too little": f"not by as much as the margin: it {did} at most {high:.2f} {words.ending}",
        }.get(how, f"the interval of its ratio to what is expected holds {claim.bar:g}")
    return {
        "beyond": f"it {did} at most {high:.2f} {words.ending}, less than {claim.bar:g}",
        "other way": f"the other way: it {did} at least {low:.2f} {words.ending}",
        "too little": f"{words.too_much}: it {did} at least {low:.2f} {words.ending}",
    }.get(how, f"the interval of its ratio to what is expected holds {claim.bar:g}")


def _remarks(
    words: Habits, figures: Sequence[OwnFigure], outlets: tuple[str, ...], findings: Findings
) -> list[str]:
    remarks = sorted({one.note for one in figures if one.note})
    if len(figures) < len(outlets):
        remarks.append(f"{len(figures)} of {len(outlets)} outlets have a figure")
    if findings.about.get("frame") != "everything":
        remarks.append(words.frame)
    return remarks


def none_told(words: Habits, what: str, claim: Claim, press: Press) -> str:
    """Say that nothing was expected of whom a claim is about."""
    return words.none.format(what=what, who=press.name_of(claim.outlet or ""))


def _missing(claim: Claim, words: Habits, press: Press, outlets: tuple[str, ...], own: OwnFigures) -> str:
    if own.reason:
        return own.reason
    for outlet in outlets:
        if outlet in own.left_out:
            return f"{press.title(outlet)} is not judged: {own.left_out[outlet]}"
    what = words.category_units.get(claim.category or "", words.units)
    without = "without wire copy, " if claim.wire == "without" else ""
    return f"{without}{none_told(words, what, claim, press)}"


def _needs(claim: Claim, words: Habits, answer: Answer, level: float) -> str:
    high = math.inf if answer.high is None else answer.high
    times = times_as_many(claim, answer.estimate or 0.0, answer.low or 0.0, high, level)
    if times is None:
        return f"more than {MOST:.0f} times as many {words.units}, so near does the ratio lie to the margin"
    much = round_up(times * answer.n)
    return f"about {much:,} {words.units} instead of {answer.n:,}, if the ratio stays as it is"
