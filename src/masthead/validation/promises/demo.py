"""What is promised of the demo: that its survey finds what a good instrument should, and leads with nothing false."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.demo.changes import changes_beside
from masthead.demo.silences import silences_beside
from masthead.dossier.board import Board
from masthead.press import bold_press
from masthead.questions.changes.page.changes import changes
from masthead.surveying.run import survey
from masthead.validation.presses.grading import archive_of
from masthead.validation.progress import Progress
from masthead.validation.promises.promise import Promise

LEAST_DATED, LEAST_CALLED = 2, 2
"""Of the three changes and the four silences that the demo plants, so many are to be found."""


def demo(quick: bool, report: Progress) -> Iterator[Promise]:
    """Survey the demo's press as anybody's articles are, and count what is found of what it planted.

    It takes the demo's minute, and there is no smaller one, so `quick` leaves it out.
    """
    if quick:
        return
    press, truth = bold_press()
    with archive_of(press) as (study, archive):
        findings = survey(study, archive, progress=report)
    beside, silences = changes_beside(findings, truth), silences_beside(findings, truth)
    section = changes(Board(findings.of_wire(findings.wire)))
    leading = [(c.measure["name"], c.outlet.id, c.date) for c in section.leading] if section else []
    false = {(one.measure, one.outlet, one.date) for one in beside.not_planted}
    n_planted = len(beside.planted_changes)
    inside = sum(change.inside for change in beside.planted_changes)
    on = f"the demo's press, {press.size:,} articles"
    yield Promise(
        "demo",
        "planted changes that the survey finds and gives a day",
        f"{LEAST_DATED} of {n_planted}",
        f"{len(beside.with_a_day)} of {n_planted}, {inside} with an interval that holds the day planted",
        on,
        len(beside.with_a_day) >= LEAST_DATED,
    )
    yield Promise(
        "demo",
        "changes on the front page that nobody planted",
        "none",
        f"{sum(one in false for one in leading)} of {len(leading)}",
        on,
        not any(one in false for one in leading),
    )
    yield Promise(
        "demo",
        "planted silences that the survey calls silent, and others that it calls so",
        f"{LEAST_CALLED} of {len(silences.planted_pairs)}, none",
        f"{len(silences.silent)} of {len(silences.planted_pairs)}, {len(silences.not_planted)}",
        on,
        len(silences.silent) >= LEAST_CALLED and not silences.not_planted,
    )
