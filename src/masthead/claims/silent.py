"""Claims of silence: whether an outlet passes over a subject's stories, by the ratio of covered to expected."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyarrow.compute as pc

from masthead.claim import Claim
from masthead.claims.answer import Answer, Judged
from masthead.claims.contrast import contrast
from masthead.claims.judging import How, judge
from masthead.claims.power import MOST, rounded, times_as_many
from masthead.claims.question import Press, Question
from masthead.inference.findings import Findings

_FEWEST = 5
"""Where fewer stories than this are expected, so much is said to be needed."""


def silent(question: Question, press: Press, findings: Findings, level: float) -> Judged:
    """Judge a claim of silence by the survey's own estimates.

    A group is the mean of its outlets' ratios. There is no other way to compute it: wire copy is coverage like any
    other, and a story is the unit already.
    """
    claim, outlets = question.claim, question.side.outlets
    table = findings.of_wire("with").estimates
    whole = pc.and_(pc.equal(table["measure"], "silence"), pc.is_null(table["period_start"]))
    rows = [
        row
        for row in table.filter(whole).to_pylist()
        if (row["subject"], row["category"]) == (claim.subject, claim.category)
        and row["outlet"] in outlets
        and row["estimate"] is not None
    ]
    rows.sort(key=lambda row: row["outlet"])
    if not rows:
        missing = _missing(claim, press, outlets, findings)
        wanted = (
            f"at least {_FEWEST} stories about it that two other outlets ran, in days that were collected"
        )
        return Judged(Answer("untestable", missing, needed=wanted))
    highs = [math.inf if row["conf_high"] is None else row["conf_high"] for row in rows]
    share = np.full(len(rows), 1.0 / len(rows))
    estimate, low, high = contrast(
        share,
        np.array([r["estimate"] for r in rows]),
        np.array([r["conf_low"] for r in rows]),
        np.array(highs),
    )
    verdict, how = judge(claim, low, high)
    stories = sum(row["n_units"] for row in rows)
    told = "; ".join([_why(claim, low, high, how), *_remarks(rows, outlets, findings)])
    needed = _needed(claim, estimate, low, high, stories, level) if verdict == "not enough evidence" else None
    return Judged(
        Answer(
            verdict,
            told,
            estimate,
            low,
            high if math.isfinite(high) else None,
            estimate,
            n=stories,
            needed=needed,
        )
    )


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


def _remarks(rows: list[dict[str, Any]], outlets: tuple[str, ...], findings: Findings) -> list[str]:
    told = sorted({row["note"] for row in rows if row["note"]})
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
    return f"no {what} were run by two other outlets in days of which {press.named(claim.outlet or '')} was collected"


def _needed(claim: Claim, estimate: float, low: float, high: float, stories: int, level: float) -> str:
    times = times_as_many(claim, estimate, low, high, level)
    if times is None:
        return (
            f"more than {MOST:.0f} times as many stories about it, so near does the ratio lie to the margin"
        )
    return f"about {rounded(times * stories):,} stories about it instead of {stories:,}, if the ratio stays as it is"
