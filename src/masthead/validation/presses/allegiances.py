"""How often what an outlet follows is found on presses with planted allegiances, and what is found where nothing is."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import Any

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.measuring import Job, figures
from masthead.measuring.counting import counted
from masthead.measuring.tables import loaded
from masthead.measuring.units import units_path, write_units
from masthead.press import Press
from masthead.press.plan.allegiances import Allegiances, draw_allegiances
from masthead.questions.alignment.alignment import alignment
from masthead.study import Study
from masthead.study.factor import Factor
from masthead.validation.presses.grading import Progress, made_presses
from masthead.validation.promises.promise import above

PLANTS = {"allegiance": frozenset({"allegiance"}), "null": frozenset[str]()}
"""Four loyal outlets among nine; outlets that are all alike."""

MOST_FALSE = 0.05
"""The promise: of outlets that follow nothing, the part that may be said to follow one of the factors."""


@dataclass
class AllegianceGrade:
    """Counts of outlets over presses of one kind (`PLANTS`), whose studies have three factors.

    loyal, found: outlets that follow the first factor, and those of which it is said to explain. adds, nothing: loyal
    outlets for whom the first factor adds to the second, which splits the subjects much alike, and those for whom the
    second is said to add to the first. free, false: outlets that follow nothing, and those of which any factor is said
    to explain. sure, right: cells of loyal outlets whose side is sure, and those on the planted side.
    """

    kind: str
    presses: int = 0
    articles: int = 0
    loyal: int = 0
    found: int = 0
    adds: int = 0
    wrongly_adds: int = 0
    free: int = 0
    false: int = 0
    sure: int = 0
    right: int = 0

    def broken(self) -> bool:
        """Whether more outlets are falsely said to follow a factor than promised and drawing explains."""
        return above(self.false, self.free, MOST_FALSE)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        return {**asdict(self), "broken": self.broken()}


def grade_allegiances(
    kind: str,
    *,
    presses: int = 5,
    articles: int = 1500,
    seed: int = 1,
    progress: Progress | None = None,
) -> AllegianceGrade:
    """Survey made-up presses and set what is said to explain each outlet against what it was made to follow.

    A null press has the factors that its seed would have planted.
    """
    total = AllegianceGrade(kind)
    drawn = made_presses("medium", presses, articles, seed, progress, plant=PLANTS[kind], called=kind)
    for made, study, archive in drawn:
        _grade_one(total, made, study, archive)
        total.presses += 1
        total.articles += articles
    return total


def _grade_one(total: AllegianceGrade, made: Press, study: Study, archive: Archive) -> None:
    planted = made.plan.allegiances or draw_allegiances(random.Random(f"{made.seed}/allegiance"))  # noqa: S311
    factors = tuple(
        Factor.model_validate({"id": name, "values": dict(zip(made.subjects, values, strict=True))})
        for name, values in planted.factors.items()
    )
    study = study.model_copy(update={"measures": ("portrayal",), "factors": factors})
    archive = counted(archive, study)
    built = loaded(Job(study, archive, wire=False), study.measures)
    write_units(built, archive, "graded")
    findings = Findings(
        estimates=figures.estimates(built, study, archive.hash, figures.totals(built)),
        about={"outlets": built.outlets},
    )
    told = alignment(units_path(archive, "graded"), study, findings)
    answers = {
        (row["outlet"], row["factor"], row["beyond"]): row["answer"]
        for row in told.explanations.to_pylist()
        if row["wire"] == "with"
    }
    loyal = _loyalty(made, planted)
    for outlet in made.outlets:
        if not loyal[outlet]:
            total.free += 1
            total.false += any(answers.get((outlet, name, None)) == "explains" for name in planted.factors)
            continue
        total.loyal += 1
        total.found += answers.get((outlet, "followed", None)) == "explains"
        total.adds += answers.get((outlet, "followed", "kindred")) == "adds"
        total.wrongly_adds += answers.get((outlet, "kindred", "followed")) == "adds"
    leanings = planted.leanings()
    for row in told.alignment.to_pylist():
        if row["basis"] == "portrayal" and row["wire"] == "with" and row["side"] and loyal[row["outlet"]]:
            lean = leanings[made.outlets.index(row["outlet"])][made.subjects.index(row["subject"])]
            total.sure += 1
            total.right += row["side"] * lean > 0


def _loyalty(made: Press, planted: Allegiances) -> dict[str, float]:
    """How each outlet leans with the first factor; none where nothing was planted."""
    loyalty = planted.loyalty if made.plan.allegiances else (0.0,) * len(made.outlets)
    return dict(zip(made.outlets, loyalty, strict=True))
