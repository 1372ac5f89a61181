"""Claims of silence: whether an outlet passes over a subject's stories, by the ratio of covered to expected."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import numpy as np

from masthead.claim import Claim
from masthead.findings.findings import Findings
from masthead.inference.mover import mover
from masthead.questions.claims.answer import Answer, Judged
from masthead.questions.claims.judging import How, judge
from masthead.questions.claims.power import MOST, rounded, times_as_many
from masthead.questions.claims.question import Press, Question
from masthead.questions.claims.silent_ways import Row, Way, ways_of

_FEWEST = 5
"""Where fewer stories than this are expected, so much is said to be needed."""


def silent(question: Question, press: Press, findings: Findings, units: Path, level: float) -> Judged:
    """Judge a claim of silence by the survey's own figures, and by those that it kept for other ways to count.

    A group is the mean of its outlets' ratios. A story is the unit already, and other days, other copies or other
    stories are counted beforehand (`masthead.inference.silence.ways`), each with the interval that silence has.
    """
    claim, outlets = question.claim, question.side.outlets
    first, *others = ways_of(question, press, findings, units)
    if not first.rows:
        missing = _missing(claim, press, outlets, findings)
        wanted = (
            f"at least {_FEWEST} stories about it that two other outlets ran, in days that were collected"
        )
        return Judged(Answer("untestable", missing, needed=wanted))
    answer = _answer(claim, first)
    ways = [(way.label, _answer(claim, way)) for way in others]
    told = "; ".join([answer.reason, *_remarks(first.rows, outlets, findings)])
    needed = _needed(claim, answer, level) if answer.verdict == "not enough evidence" else None
    return Judged(
        replace(answer, reason=told, needed=needed),
        [one for one in ways if _numbers(one[1]) != _numbers(answer)],
    )


def _answer(claim: Claim, way: Way) -> Answer:
    """What a way to compute the claim comes to: the mean of its outlets' ratios, or the ratio of their sums."""
    if not way.rows:
        return Answer("untestable", "no story is left that counts")
    weight = np.array([row["expected"] if way.pooled else 1.0 for row in way.rows], np.float64)
    highs = [math.inf if row["conf_high"] is None else row["conf_high"] for row in way.rows]
    estimate, low, high = mover(
        weight / weight.sum(),
        np.array([row["estimate"] for row in way.rows]),
        np.array([row["conf_low"] for row in way.rows]),
        np.array(highs),
    )
    verdict, how = judge(claim, low, high)
    return Answer(
        verdict,
        _why(claim, low, high, how),
        estimate,
        low,
        high if math.isfinite(high) else None,
        estimate,
        n=sum(row["n_stories"] for row in way.rows),
    )


def _numbers(answer: Answer) -> tuple[float | None, ...]:
    """What tells one way from another: where all are the same, the way is the claim itself."""
    bounds = (answer.estimate, answer.low, answer.high)
    return *(None if one is None else round(one, 9) for one in bounds), answer.n


def _why(claim: Claim, low: float, high: float, how: How) -> str:
    expected = "of what its habits make expected"
    if claim.expect == "more":
        return {
            "beyond": f"it covered at least {low:.2f} {expected}, more than {claim.bar:g}",
            "other way": f"the other way: it covered at most {high:.2f} {expected}",
            "too little": f"not by as much as the margin: it covered at most {high:.2f} {expected}",
        }.get(how, f"the interval of its ratio to what is expected holds {claim.bar:g}")
    return {
        "beyond": f"it covered at most {high:.2f} {expected}, less than {claim.bar:g}",
        "other way": f"the other way: it covered at least {low:.2f} {expected}",
        "too little": f"not so silent as the margin says: it covered at least {low:.2f} {expected}",
    }.get(how, f"the interval of its ratio to what is expected holds {claim.bar:g}")


def _remarks(rows: list[Row], outlets: tuple[str, ...], findings: Findings) -> list[str]:
    told = sorted({row["note"] for row in rows if row.get("note")})
    if len(rows) < len(outlets):
        told.append(f"{len(rows)} of {len(outlets)} outlets have a figure")
    if findings.about.get("frame") != "everything":
        told.append("the archive does not hold all that was published: silence describes its selector too")
    return told


def _missing(claim: Claim, press: Press, outlets: tuple[str, ...], findings: Findings) -> str:
    silence = findings.about.get("silence") or {}
    if silence.get("reason"):
        return str(silence["reason"])
    for outlet in outlets:
        if outlet in (silence.get("left_out") or {}):
            return f"{press.title(outlet)} is not judged: {silence['left_out'][outlet]}"
    what = "stories that show it in a bad light" if claim.category else "stories about it"
    without = "without wire copy, " if claim.wire == "without" else ""
    who = press.named(claim.outlet or "")
    return f"{without}no {what} were run by two other outlets in days of which {who} was collected"


def _needed(claim: Claim, answer: Answer, level: float) -> str:
    high = math.inf if answer.high is None else answer.high
    times = times_as_many(claim, answer.estimate or 0.0, answer.low or 0.0, high, level)
    if times is None:
        return (
            f"more than {MOST:.0f} times as many stories about it, so near does the ratio lie to the margin"
        )
    much = rounded(times * answer.n)
    return f"about {much:,} stories about it instead of {answer.n:,}, if the ratio stays as it is"
