"""How often what an outlet follows is found on presses with planted allegiances, and what is found where nothing is."""

from __future__ import annotations

import random
from dataclasses import asdict, dataclass
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.measuring import figures
from masthead.measuring.units import units_path, write_units
from masthead.press import Press
from masthead.press.plan.allegiances import Allegiances, draw_allegiances
from masthead.questions.alignment.alignment import alignment
from masthead.study import Study
from masthead.study.factor import Factor
from masthead.validation.presses.grading import Size, grade_presses, read_measures
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

    def is_broken(self) -> bool:
        """Whether more outlets are falsely said to follow a factor than promised and drawing explains."""
        return above(self.false, self.free, MOST_FALSE)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        return {**asdict(self), "broken": self.is_broken()}


def grade_allegiances(kind: str, **size: Unpack[Size]) -> AllegianceGrade:
    """Survey made-up presses and set what is said to explain each outlet against what it was made to follow.

    A null press has the factors that its seed would have planted.
    """
    return grade_presses(AllegianceGrade(kind), _add, "medium", plant=PLANTS[kind], stage=kind, **size)


def _add(total: AllegianceGrade, press: Press, study: Study, archive: Archive) -> None:
    allegiances = press.plan.allegiances or draw_allegiances(random.Random(f"{press.seed}/allegiance"))  # noqa: S311
    factors = tuple(
        Factor.model_validate({"id": name, "values": dict(zip(press.subjects, values, strict=True))})
        for name, values in allegiances.factors.items()
    )
    study = study.model_copy(update={"measures": ("portrayal",), "factors": factors})
    tables, archive = read_measures(study, archive)
    write_units(tables, archive, "graded")
    findings = Findings(
        estimates=figures.estimates(tables, study, archive.hash, figures.totals(tables)),
        about={"outlets": tables.outlets},
    )
    answer = alignment(units_path(archive, "graded"), study, findings)
    answers = {
        (row["outlet"], row["factor"], row["beyond"]): row["answer"]
        for row in answer.explanations.to_pylist()
        if row["wire"] == "with"
    }
    loyal = _loyalty(press, allegiances)
    for outlet in press.outlets:
        if not loyal[outlet]:
            total.free += 1
            total.false += any(
                answers.get((outlet, name, None)) == "explains" for name in allegiances.factors
            )
            continue
        total.loyal += 1
        total.found += answers.get((outlet, "followed", None)) == "explains"
        total.adds += answers.get((outlet, "followed", "kindred")) == "adds"
        total.wrongly_adds += answers.get((outlet, "kindred", "followed")) == "adds"
    leanings = allegiances.leanings()
    for row in answer.alignment.to_pylist():
        if row["basis"] == "portrayal" and row["wire"] == "with" and row["side"] and loyal[row["outlet"]]:
            lean = leanings[press.outlets.index(row["outlet"])][press.subjects.index(row["subject"])]
            total.sure += 1
            total.right += row["side"] * lean > 0


def _loyalty(press: Press, allegiances: Allegiances) -> dict[str, float]:
    """How each outlet leans with the first factor; none where nothing was planted."""
    loyalty = allegiances.loyalty if press.plan.allegiances else (0.0,) * len(press.outlets)
    return dict(zip(press.outlets, loyalty, strict=True))
