"""What is promised of alignment, of kinship and of forecasts, measured."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.validation.draws import alignment as validation
from masthead.validation.presses.allegiances import MOST_FALSE, grade_allegiances
from masthead.validation.presses.forecasts import LEAST_HELD as LEAST_RECORDS
from masthead.validation.presses.forecasts import grade_forecasts
from masthead.validation.presses.kinship import LEAST_HELD, grade_kinship
from masthead.validation.progress import Progress
from masthead.validation.promises.promise import FALSE_ALARMS, Promise, above, in_kinds, in_presses


def alignment(quick: bool, report: Progress) -> Iterator[Promise]:
    """Measure what is said to explain outlets that were drawn, cell by cell."""
    outlets = 60 if quick else 400
    rows = validation.validate(outlets, 1, quick, report)
    nothing = [row for row in rows if row.effect == 0]
    alarms = [row.alarms for row in nothing]
    yield Promise(
        "alignment",
        "outlets of which one of three factors is said to explain something where none does",
        f"at most {validation.FALSE_ALARMS:.0%}",
        f"{sum(alarms) / len(alarms):.1%}, of the worst kind {max(alarms):.1%}",
        f"{in_kinds(nothing)} of {outlets} outlets of {nothing[0].subjects} to {nothing[-1].subjects} subjects",
        not any(row.broken for row in nothing),
    )
    coverages = [part for row in rows for part in (row.held, row.held_beyond) if part is not None]
    yield Promise(
        "alignment",
        "the 95% interval of what a factor moves, or adds to another, holds the truth",
        f"{validation.HELD:.0%}",
        f"{sum(coverages) / len(coverages):.1%}, of the worst kind {min(coverages):.1%}",
        f"{in_kinds(rows)} of {outlets} outlets",
        not any(row.broken for row in rows),
    )


def allegiances(quick: bool, report: Progress) -> Iterator[Promise]:
    """Measure the same through the readers, on presses where some outlets follow a factor."""
    presses, articles = (1, 600) if quick else (10, 1500)
    loyal, null = (
        grade_allegiances(kind, presses=presses, articles=articles, seed=1101, progress=report)
        for kind in ("allegiance", "null")
    )
    free, false = loyal.free + null.free, loyal.false + null.false
    yield Promise(
        "allegiances",
        "outlets that follow nothing and are said to follow one of three factors",
        f"at most {MOST_FALSE:.0%}",
        f"{false} of {free}",
        f"{in_presses(presses, loyal.articles)} with loyal outlets, as many without",
        not above(false, free, MOST_FALSE),
    )
    yield Promise(
        "allegiances",
        "loyal outlets that are explained by what they follow, though each makes two exceptions",
        "nothing",
        f"{loyal.found} of {loyal.loyal}",
        in_presses(presses, loyal.articles),
        True,
    )


def kinship(quick: bool, report: Progress) -> Iterator[Promise]:
    """Measure whether who borrows a party's wording is told from who quotes it, and that nobody else is."""
    presses, articles = (1, 600) if quick else (20, 1500)
    with_borrower, alike = (
        grade_kinship(kind, presses=presses, articles=articles, seed=1201, progress=report)
        for kind in ("borrowed", "alike")
    )
    pairs, covered_pairs = with_borrower.pairs + alike.pairs, with_borrower.held + alike.held
    on = in_presses(presses, with_borrower.articles)
    yield Promise(
        "kinship",
        "the 95% interval of the difference between outlets that write alike holds 0",
        f"{LEAST_HELD:.0%}",
        f"{covered_pairs / pairs:.1%}" if pairs else "none",
        f"{pairs:,} pairs in {on} with a borrower, and in as many without",
        not above(pairs - covered_pairs, pairs, 1 - LEAST_HELD),
    )
    yield Promise(
        "kinship",
        "families of comparisons with a finding, where nobody borrows",
        f"at most {FALSE_ALARMS:.0%}",
        f"{alike.alarmed} of {alike.families}",
        on,
        not above(alike.alarmed, alike.families, FALSE_ALARMS),
    )
    yield Promise(
        "kinship",
        "outlets that borrow a party's wording, and outlets that merely quote it most, set apart from half the others",
        "nothing",
        f"{with_borrower.found} of {with_borrower.borrowers}, {with_borrower.mistaken} of {with_borrower.hosts}",
        on,
        True,
    )


def forecasts(quick: bool, report: Progress) -> Iterator[Promise]:
    """Measure whether forecasts are found, and records' intervals hold how often outlets are right."""
    presses, articles = (1, 400) if quick else (20, 1500)
    grade = grade_forecasts(presses=presses, articles=articles, seed=1301, progress=report)
    on = in_presses(presses, grade.articles)
    yield Promise(
        "forecasts",
        "the 95% interval of an outlet's record holds how often it is right",
        f"{LEAST_RECORDS:.0%}",
        f"{grade.held} of {grade.records}",
        on,
        not grade.is_broken(),
    )
    yield Promise(
        "forecasts",
        "precision and recall of own forecasts among plans, conditions, hopes and others' words",
        "nothing",
        f"{grade.precision:.3f}, {grade.recall:.3f}",
        on,
        True,
    )
