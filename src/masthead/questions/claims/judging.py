"""From an interval and a margin to a verdict: one rule for every kind of expectation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from masthead.study.claim import Claim

Verdict = Literal["supported", "contradicted", "not enough evidence", "untestable"]
How = Literal["beyond", "within", "other way", "too little", "open"]
"""Beyond the margin; within it; beyond it or 0 the other way; the right way but by too little; both are possible."""


@dataclass(frozen=True)
class Stretch:
    """A stretch of the line of possible figures on all of which one answer holds; its edges belong to neither side."""

    low: float
    high: float
    how: How

    @property
    def verdict(self) -> Verdict:
        """Whether the claim holds on it."""
        return "supported" if self.how in ("beyond", "within") else "contradicted"


def stretches(claim: Claim) -> list[Stretch]:
    """Cut the line of possible figures where the claim's answer changes.

    Figures are differences, a mean (`favourable` against nobody), or ratios to what habits make expected.
    """
    end, m = math.inf, claim.bar
    none = claim.rules.usual
    if claim.expect == "changed":
        cut = [Stretch(-end, -m, "beyond"), Stretch(-m, m, "too little"), Stretch(m, end, "beyond")]
    elif claim.expect == "unchanged":
        cut = [Stretch(-end, -m, "other way"), Stretch(-m, m, "within"), Stretch(m, end, "other way")]
    elif claim.expect in ("more", "favourable"):
        cut = [Stretch(-end, none, "other way"), Stretch(none, m, "too little"), Stretch(m, end, "beyond")]
    else:
        m = m if none else -m
        cut = [Stretch(-end, m, "beyond"), Stretch(m, none, "too little"), Stretch(none, end, "other way")]
    return [one for one in cut if one.low < one.high]


def judge(claim: Claim, low: float, high: float) -> tuple[Verdict, How]:
    """Return the verdict on a claim whose figure has this interval, and how it came about.

    `supported` where the whole interval lies where the claim says, `contradicted` where none of it does, and otherwise
    `not enough evidence`: the interval holds both answers.
    """
    hits = [one for one in stretches(claim) if one.low <= high and low <= one.high]
    verdicts = {one.verdict for one in hits}
    if len(hits) == 1:
        return hits[0].verdict, hits[0].how
    if verdicts == {"contradicted"}:
        # The wrong way or the right way by too little: either way not as claimed.
        return "contradicted", "too little"
    return "not enough evidence", "open"
