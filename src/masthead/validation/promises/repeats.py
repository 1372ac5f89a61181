"""What is promised of an outlet's repeats: that they are found, and that nothing else counts as one."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.validation.presses.repeats import LEAST_PRECISION, LEAST_RECALL, grade_repeats
from masthead.validation.progress import Progress
from masthead.validation.promises.promise import Promise, above, in_presses


def repeats(quick: bool, report: Progress) -> Iterator[Promise]:
    """Fold the repeats of presses that plant them, and count what was folded rightly and what was not found."""
    presses, articles = (1, 400) if quick else (10, 800)
    for setting in ("medium",) if quick else ("easy", "medium", "hard"):
        grade = grade_repeats(setting, presses=presses, articles=articles, seed=901, progress=report)
        on = f"{in_presses(presses, presses * articles)} and what repeats them, {setting}"
        wrong = grade.folds - grade.rightly
        pages = sum(one["pages"] for one in grade.kinds.values())
        misses = pages - sum(one["found"] for one in grade.kinds.values())
        yield Promise(
            "repeats",
            "articles that count with another one of their outlet are repeats of it",
            f"{LEAST_PRECISION:.0%}",
            f"{grade.precision or 0.0:.1%}",
            f"{grade.folds:,} articles that were folded, in {on}",
            not above(wrong, grade.folds, 1 - LEAST_PRECISION),
        )
        yield Promise(
            "repeats",
            "an outlet's repeats are found",
            f"{LEAST_RECALL:.0%}",
            f"{grade.recall or 0.0:.1%}",
            f"{pages:,} pages that repeat an article, in {on}",
            not above(misses, pages, 1 - LEAST_RECALL),
        )
