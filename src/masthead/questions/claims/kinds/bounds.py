"""Claims of `never` and `always`: a counterexample contradicts, and without one a bound says how rare it is at most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from masthead.errors import listed
from masthead.findings.findings import Findings
from masthead.inference.exact import draws_needed, exact_bounds
from masthead.measuring.own_figures import OwnFigure
from masthead.questions.claims.answer import Answer, Judged
from masthead.questions.claims.kinds.habits import none_told, own_figures
from masthead.questions.claims.kinds.habits import ways_of as habit_ways
from masthead.questions.claims.kinds.never_always import Count, Counter, agreeing, doing, unit_of
from masthead.questions.claims.question import Press, Question
from masthead.questions.claims.reasons import Missing, days, missing, points, voiceless
from masthead.questions.claims.ways import ways_of
from masthead.study.claim import Claim
from masthead.study.claim_rules import Habits


def judge_bounds(
    questions: Sequence[Question], press: Press, findings: Findings, units: Path, level: float
) -> dict[str, Judged]:
    """Judge claims of `never` and `always`, each in every other reasonable way; the answers by claim id.

    Contradicted is a claim where any article that is counted speaks against it. Without one it is supported where its
    margin is no less than the upper end of the exact interval of the share of articles that do, which says how many
    might and were not seen. An archive tells only of the articles that it holds: the reason says which it lacks.
    """
    if not questions:
        return {}
    counter = Counter(units, press)
    try:
        return {
            question.claim.id: _of_habits(question, words, press, findings, units, level)
            if (words := question.claim.rules.habits)
            else _of_articles(question, press, findings, counter, level)
            for question in questions
        }
    finally:
        counter.close()


def _of_articles(
    question: Question, press: Press, findings: Findings, counter: Counter, level: float
) -> Judged:
    count, by_name = counter.count(question), press.by_name(question.claim)
    answer = answer_of(question.claim, count, level, by_name=by_name)
    if answer.verdict == "untestable":
        without = _missing(question, press, counter, count)
        return Judged(replace(answer, reason=without.reason, needs=without.needs(answer.needs or "")))
    reasons = [answer.reason]
    if not count.against:
        reasons += _remarks(question, press, findings, count)
    ways = [
        (label, answer_of(question.claim, other, level, by_name=by_name))
        for label, other in _ways(question, press, counter, count)
        if (other.n, other.against) != (count.n, count.against)
    ]
    alias = _hung_on(question, findings) if count.against else None
    if alias is not None:
        reason = "every article that speaks against it does so by that alias alone"
        ways.append((f"without the alias '{alias}'", Answer("not enough evidence", reason)))
    return Judged(replace(answer, reason="; ".join(reasons)), ways)


def _hung_on(question: Question, findings: Findings) -> str | None:
    """Return the alias without which nothing speaks against a claim of `never` over all time, if there is one."""
    claim, window = question.claim, question.side.window
    if claim.expect != "never" or window.start or window.end:
        return None
    left: dict[str, float] = {}
    for row in findings.robustness.to_pylist():
        key = (claim.measure, claim.subject, claim.category, question.voice, question.wire)
        if (row["measure"], row["subject"], row["category"], row["voice"], row["wire"]) == key:
            here = row["numerator"] if row["outlet"] in question.side.outlets else 0.0
            left[row["alias_left_out"]] = left.get(row["alias_left_out"], 0.0) + (here or 0.0)
    return next((alias for alias in sorted(left) if not left[alias]), None)


def _of_habits(
    question: Question, words: Habits, press: Press, findings: Findings, units: Path, level: float
) -> Judged:
    """Of what is expected of an outlet (the stories that others ran): how much it did, in every way to count."""
    claim = question.claim
    own = own_figures(question, findings, units)
    first, *others = ((way.label, _count(claim, way.figures)) for way in habit_ways(own, words, press))
    count = first[1]
    answer = answer_of(claim, count, level)
    if answer.verdict == "untestable":
        return Judged(replace(answer, reason=own.reason or none_told(words, words.units, claim, press)))
    ways = [
        (label, answer_of(claim, other, level))
        for label, other in others
        if (other.n, other.against) != (count.n, count.against)
    ]
    if not count.against:
        answer = replace(answer, reason=f"{answer.reason}; {_frame(findings)}")
    return Judged(answer, ways)


def _count(claim: Claim, figures: Sequence[OwnFigure]) -> Count:
    n = sum(one.n for one in figures)
    did = sum(int(one.numerator) for one in figures)
    return Count(n, did if claim.expect == "never" else n - did)


def answer_of(claim: Claim, count: Count, level: float, *, by_name: bool = False) -> Answer:
    """Return the verdict on a claim by what was counted, with the share that is as it says and its exact interval.

    `by_name` where it is of which of its subject's names are used.
    """
    one, many = unit_of(claim, by_name=by_name)
    if not count.n:
        return Answer("untestable", f"there are no {many}", needs=_needs(claim, 0, level, many))
    low, high = exact_bounds(count.against, count.n, level)
    share = count.against / count.n
    of = f"{count.against:,} of {count.n:,} {one if count.n == 1 else many}"
    bounds = (1.0 - share, 1.0 - high, 1.0 - low) if claim.expect == "always" else (share, low, high)
    if count.against:
        reason = f"{of} {doing(claim, count.against)}"
        return Answer("contradicted", reason, *bounds, value=bounds[0], n=count.n)
    reason = f"{of} {doing(claim, 0)}"
    if claim.expect == "always":
        reason = f"{count.n:,} of {count.n:,} {one if count.n == 1 else many} {agreeing(claim, count.n)}"
    reason += f"; at most {_percent(high)} of such do{'' if claim.expect == 'never' else ' otherwise'}"
    reason += f" (exact two-sided {level:.0%} bound)"
    if claim.margin and high <= claim.margin:
        reason += f", within the margin of {points(claim.margin)}"
        return Answer("supported", reason, *bounds, value=bounds[0], n=count.n)
    if claim.margin:
        reason += f", which may be more than the margin of {points(claim.margin)}"
    elif claim.expect == "never":
        reason += "; the claim has no margin, and no archive can show that something never happens"
    else:
        reason += "; the claim has no margin, and no archive can show that something always happens"
    return Answer(
        "not enough evidence",
        reason,
        *bounds,
        value=bounds[0],
        n=count.n,
        needs=_needs(claim, count.n, level, many),
    )


def _needs(claim: Claim, n: int, level: float, many: str) -> str:
    if claim.margin:
        there = f" instead of {n:,}" if n else ""
        return f"{draws_needed(claim.margin, level):,} {many}{there}, none of which speaks against it"
    if not n:
        return many
    most = _upwards(exact_bounds(0, n, level)[1])
    whose = "do so" if claim.expect == "never" else "do otherwise"
    return (
        f"a `margin` in the claim: the share that may {whose} while it is still '{claim.expect}'; these {n:,} {many} "
        f"support {most} or more"
    )


def _percent(share: float) -> str:
    digits = f"{100 * share:.0f}%"
    return digits if share >= 0.01 else f"{100 * share:.1g}%"


def _upwards(share: float) -> str:
    """A share as a margin that is no less, of two digits."""
    digits = 2 if share >= 0.1 else 3
    step = 10.0**-digits
    return f"{min(1.0, -(-share // step) * step):.{digits}f}".rstrip("0")


def _ways(question: Question, press: Press, counter: Counter, count: Count) -> Iterator[tuple[str, Count]]:
    for way in ways_of(question, press):
        if (
            way.label
            and not way.is_pooled
            and not way.without_extreme
            and not _voiceless(way.question, press)
        ):
            yield way.label, counter.count(way.question, by_story=way.by_story)
    if len(count.by_outlet) > 2 and count.against:
        outlet, n, against = max(count.by_outlet, key=lambda one: (one[2] / max(one[1], 1), one[0]))
        rest = replace(count, n=count.n - n, against=count.against - against)
        yield f"without the most extreme outlet, {press.title(outlet)}", rest


def _voiceless(question: Question, press: Press) -> bool:
    return voiceless(question, press, question.side)


def _missing(question: Question, press: Press, counter: Counter, count: Count) -> Missing:
    """Say why nothing is counted."""
    n = count.bare + count.n_unread
    if not n:
        return missing(question, press, question.side, *counter.article_counts(question))
    who, within = press.name_of(question.claim.outlet or ""), days(question.side.window)
    of = f"none of {n:,} {unit_of(question.claim, by_name=press.by_name(question.claim))[n != 1]} of {who}"
    if within:
        of += f" {within}"
    if not count.n_unread:
        return Missing(f"{of} has a text", instead="the texts of these articles")
    reason = f"{of} is in a language whose labels are read{', and has a text' if count.bare else ''}"
    return Missing(reason, more=False, instead="articles in English: labels are read in no other language")


def _remarks(question: Question, press: Press, findings: Findings, count: Count) -> Iterator[str]:
    """Say what an archive that holds no counterexample does not hold."""
    outlets = question.side.outlets
    mute = [o for o in outlets if question.voice != "all" and not press.outlets[o].get("quotation_marks")]
    if mute:
        yield f"{listed(map(press.title, mute))} {_are(len(mute))} not counted: no quotation marks tell its own words"
    one, many = "article", "articles"
    if count.bare:
        yield f"{count.bare:,} {one if count.bare == 1 else many} without text {_are(count.bare)} not counted"
    if count.n_unread:
        yield (
            f"{count.n_unread:,} {one if count.n_unread == 1 else many} in languages whose labels are not read "
            f"{_are(count.n_unread)} not counted"
        )
    n_missed = len(_days_missed(question, findings))
    if n_missed:
        whose = "of one outlet or another " if len(outlets) > 1 else ""
        yield f"on {n_missed:,} {'day' if n_missed == 1 else 'days'} nothing {whose}was collected"
    yield _frame(findings)


def _frame(findings: Findings) -> str:
    whole = findings.about.get("frame") == "everything"
    return f"of what the archive holds{'' if whole else ', which is not all that was published'}"


def _days_missed(question: Question, findings: Findings) -> set[int]:
    """The days of a claim on which any of its outlets was not collected."""
    window = question.side.window
    gap_days: set[int] = set()
    for gap in findings.gaps.to_pylist():
        if gap["outlet"] in question.side.outlets:
            first = max(gap["gap_start"], window.start or gap["gap_start"])
            last = min(gap["gap_end"], window.end or gap["gap_end"])
            gap_days.update(range(first.toordinal(), last.toordinal() + 1))
    return gap_days


def _are(n: int) -> str:
    return "is" if n == 1 else "are"
