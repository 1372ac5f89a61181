"""What is promised of figures that people's codes correct, and of the agreement of coders."""

from __future__ import annotations

from collections.abc import Iterator

from masthead.validation.draws import agreement as coded_twice
from masthead.validation.draws import calibration as cells
from masthead.validation.draws.intervals import FLOOR, drawing_error
from masthead.validation.presses.coders import grade_coders
from masthead.validation.progress import Progress
from masthead.validation.promises.promise import Promise


def calibration(quick: bool, report: Progress) -> Iterator[Promise]:
    """How often calibrated intervals hold the truth, and how wide they are."""
    draws = 100 if quick else 800
    rows = cells.coverage(draws, 1, cells.QUICK if quick else cells.FULL, report)
    held = cells.of_all(rows)
    on = f"{len(rows):,} kinds of cells, each drawn {draws} times, give or take {drawing_error(draws):.1%}"
    yield Promise(
        "calibration",
        "a calibrated interval holds the truth, in the worst kind of cell",
        f"{FLOOR:.0%}",
        f"{held.least:.1%} (of all kinds {held.mean:.1%}; textbook intervals {min(row.z for row in rows):.0%}, "
        f"untuned PPI {min(row.ppi for row in rows):.0%}, the model alone {min(row.model for row in rows):.0%})",
        on,
        held.least >= FLOOR - drawing_error(draws),
    )
    widest = max(row.width for row in rows)
    yield Promise(
        "calibration",
        "its width over that of coding alone, in the worst kind of cell",
        f"at most {cells.WIDEST}",
        f"{widest:.2f} (untuned PPI {max(row.ppi_width for row in rows):.2f})",
        on,
        widest <= cells.WIDEST,
    )
    narrow = cells.narrow_widths(rows)
    yield Promise(
        "calibration",
        "the same where reading and coding correlate by .75 and more, of 400 articles and more, a tenth or less coded",
        f"{cells.NARROW} on average",
        f"{sum(narrow) / len(narrow):.2f}, at most {max(narrow):.2f}",
        f"{len(narrow)} of these kinds",
        sum(narrow) / len(narrow) <= cells.NARROW,
    )


def coders(quick: bool, report: Progress) -> Iterator[Promise]:
    """How often corrected portrayals hold what a press planted, where coders err and disagree."""
    presses, articles = (1, 400) if quick else (3, 800)
    grade = grade_coders("medium", presses=presses, articles=articles, draws=20, progress=report)
    yield Promise(
        "coders",
        "a portrayal corrected by 60 codings by people who err and disagree holds what was planted",
        f"{FLOOR:.0%}",
        f"{grade.mean('coverage'):.1%} (the model alone {grade.mean('by_model'):.0%}); off by "
        f"{grade.mean('error'):.2f} (the model by {grade.mean('model_error'):.2f})",
        f"{len(grade.cells)} outlets and subjects of {presses} presses of {articles} articles, each coded 20 times",
        grade.mean("coverage") >= FLOOR,
    )


def agreement(quick: bool, report: Progress) -> Iterator[Promise]:
    """How often the interval of α holds the truth."""
    draws = 60 if quick else 500
    rows = coded_twice.coverage(draws, 1, coded_twice.QUICK if quick else coded_twice.FULL, report)
    coverages = [row.coverage for row in rows]
    yield Promise(
        "agreement",
        "the interval of Krippendorff's α holds the truth from 30 units coded twice, in the worst kind",
        f"{FLOOR:.0%}",
        f"{min(coverages):.1%} (of all kinds {sum(coverages) / len(rows):.1%}; the bootstrap "
        f"{min(row.bootstrap for row in rows):.0%})",
        f"{len(rows)} kinds of coders, each drawn {draws} times, give or take {drawing_error(draws):.1%}",
        not coded_twice.is_broken(rows),
    )
