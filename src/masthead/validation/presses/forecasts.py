"""How well forecasts are found, and how often intervals hold an outlet's record, on presses that foretell."""

from __future__ import annotations

import csv
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.instruments.forecast.record import foretell
from masthead.press import Press
from masthead.study import Study
from masthead.validation.presses.grading import Size, grade_presses
from masthead.validation.promises.promise import above

LEAST_HELD = 0.92
"""The promise: of the intervals of outlets' records, the part that hold how often they are right."""


@dataclass
class ForecastsGrade:
    """Counts over presses. planted, found, agreed: own forecasts planted, read as such, and both.

    confidence: of the agreed, those whose wording is read as it was meant. records, held: outlets' records once every
    outcome is entered, and those whose interval holds how often the outlet is right by plan.
    """

    presses: int = 0
    articles: int = 0
    planted: int = 0
    found: int = 0
    agreed: int = 0
    confidence: int = 0
    records: int = 0
    held: int = 0

    @property
    def precision(self) -> float:
        """Of what was read as an own forecast, the part that was planted as one."""
        return self.agreed / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Of the own forecasts that were planted, the part that was found."""
        return self.agreed / self.planted if self.planted else 0.0

    def is_broken(self) -> bool:
        """Whether fewer intervals of records hold than promised, by more than drawing explains."""
        return above(self.records - self.held, self.records, 1 - LEAST_HELD)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its ratios."""
        return {
            **asdict(self),
            "precision": self.precision,
            "recall": self.recall,
            "broken": self.is_broken(),
        }


def grade_forecasts(setting: str = "medium", **size: Unpack[Size]) -> ForecastsGrade:
    """Read made-up presses, enter what became of each forecast that was found, and compare with what was planted.

    A forecast found where none was planted becomes false: nobody planted that it should come true.
    """
    plant = frozenset({"forecasts"})
    return grade_presses(ForecastsGrade(), _add, setting, plant=plant, stage="foretelling", **size)


def _add(total: ForecastsGrade, press: Press, study: Study, archive: Archive) -> None:
    study = study.model_copy(update={"measures": ("forecast",)})
    sentences = press.truth().foretold.to_pylist()
    outcomes: dict[str, bool] = {}
    for row in foretell(study, archive).table.to_pylist():
        if row["kind"] != "forecast" or row["quoted"]:
            continue
        # The address of a made-up article ends in its key.
        key = row["url"].rsplit("/", 1)[1].split("-", 1)[1]
        same_sentence = (
            one
            for one in sentences
            if (one["key"], one["subject"]) == (key, row["subject"])
            and row["field"] == "text"
            and one["start"] <= row["start"] < one["end"]
        )
        sentence = next(same_sentence, None)
        is_own = sentence is not None and sentence["kind"] == "own"
        outcomes[row["forecast"]] = bool(is_own and sentence and sentence["came_true"])
        total.agreed += is_own
        total.confidence += bool(is_own and sentence and sentence["confidence"] == row["confidence"])
    total.planted += sum(one["kind"] == "own" for one in sentences)
    total.found += len(outcomes)
    _grade_records(total, press, study, archive, outcomes)


def _grade_records(
    total: ForecastsGrade, press: Press, study: Study, archive: Archive, outcomes: dict[str, bool]
) -> None:
    """Enter the outcomes as a person would, in a file, and see whether the records' intervals hold."""
    plan = press.plan.foretelling
    if plan is None:
        raise ValueError("a press that foretells nothing")
    with tempfile.TemporaryDirectory(prefix="masthead-outcomes-") as folder:
        path = Path(folder) / "outcomes.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["forecast", "became"])
            writer.writerows((name, "true" if true else "false") for name, true in outcomes.items())
        records = foretell(study.model_copy(update={"outcomes": str(path)}), archive)
    for row in records.estimates.to_pylist():
        if row["subject"] is None and row["period_start"] is None and row["n"]:
            total.records += 1
            rate = plan.record[press.outlets.index(row["outlet"])]
            total.held += row["conf_low"] <= rate <= row["conf_high"]
