"""The changes that were planted in a made-up press, beside the changes that a survey of it found.

What is found comes from the findings alone, as `masthead changes` prints it: nothing here looks for a change where one
is known to be. What was planted is only set beside it, so misses and false alarms show.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from masthead.dossier.leading_voice import leading_voice
from masthead.findings import planted as plain
from masthead.findings.findings import Findings
from masthead.press.truth import PLANTED_LABELS, Truth

DATED = "change"
"""The kind of a change that has a day."""


@dataclass(frozen=True)
class Found:
    """One change that the survey found: what of, its kind (`change` or `drift`), its date and the interval of it."""

    measure: str
    outlet: str
    subject: str | None
    kind: str
    date: dt.date
    low: dt.date
    high: dt.date

    @property
    def has_day(self) -> bool:
        """Whether it has a day, and is not told as slow."""
        return self.kind == DATED

    def as_dict(self) -> plain.FoundChange:
        """The change as plain data, days in ISO format."""
        return {
            "measure": self.measure,
            "outlet": self.outlet,
            "subject": self.subject,
            "kind": self.kind,
            "date": self.date.isoformat(),
            "low": self.low.isoformat(),
            "high": self.high.isoformat(),
        }


@dataclass(frozen=True)
class PlantedChange:
    """One planted change of naming, and the found change of the same outlet and subject that is nearest to it.

    `category` is the label family whose planted share moved most. `match` is None where the survey found none; a found
    change without a day counts as seen, not as dated.
    """

    outlet: str
    subject: str
    category: str
    date: dt.date
    match: Found | None

    @property
    def days_off(self) -> int | None:
        """Days from the planted to the found day; None where there is no found day."""
        return (self.match.date - self.date).days if self.match and self.match.has_day else None

    @property
    def inside(self) -> bool:
        """Whether the interval of the found day holds the planted one."""
        return bool(self.match and self.match.has_day and self.match.low <= self.date <= self.match.high)

    def as_dict(self) -> plain.PlantedChange:
        """The change as plain data, days in ISO format."""
        return {
            "outlet": self.outlet,
            "subject": self.subject,
            "category": self.category,
            "date": self.date.isoformat(),
            "found": self.match.as_dict() if self.match else None,
            "days_off": self.days_off,
            "inside": self.inside,
        }


@dataclass(frozen=True)
class ChangesBeside:
    """Planted changes beside found ones.

    `of_the_world` are found changes of a subject that begins on one day for all outlets (`Truth.events`): true, and
    nobody's own. `not_planted` are all others: false alarms, or what follows from something that was planted.
    """

    planted_changes: list[PlantedChange]
    of_the_world: list[Found]
    not_planted: list[Found]

    @property
    def with_a_day(self) -> list[PlantedChange]:
        """The planted changes that the survey found with a day."""
        return [change for change in self.planted_changes if change.days_off is not None]

    def as_dict(self) -> plain.PlantedChanges:
        """All of it as plain data, days in ISO format."""
        return {
            "planted": [change.as_dict() for change in self.planted_changes],
            "of_the_world": [change.as_dict() for change in self.of_the_world],
            "not_planted": [change.as_dict() for change in self.not_planted],
        }


def changes_beside(findings: Findings, truth: Truth) -> ChangesBeside:
    """Set a press's planted changes beside the changes of a survey, in the voice that a dossier leads with."""
    changes = list(_changes_of(findings))
    planted_changes = []
    for change in truth.changes.to_pylist():
        of = [
            one
            for one in changes
            if (one.measure, one.outlet, one.subject) == (PLANTED_LABELS, change["outlet"], change["subject"])
        ]
        # A change with a day before one without, then the nearer: what a reader would take for it.
        nearest = min(of, key=lambda one: (not one.has_day, abs(one.date - change["date"])), default=None)
        category = _moved_most(change, truth.naming)
        planted_changes.append(
            PlantedChange(change["outlet"], change["subject"], category, change["date"], nearest)
        )
    matches = [change.match for change in planted_changes]
    rest = [one for one in changes if one not in matches]
    subjects = set(truth.events["subject"].to_pylist())
    return ChangesBeside(
        planted_changes,
        of_the_world=[one for one in rest if one.subject in subjects],
        not_planted=[one for one in rest if one.subject not in subjects],
    )


def _changes_of(findings: Findings) -> Iterator[Found]:
    """The changes that a dossier leads with, each once, whatever its number of categories."""
    marks = {outlet["id"]: bool(outlet.get("quotation_marks", True)) for outlet in findings.about["outlets"]}
    ids = set()
    for row in findings.of_wire(findings.wire).changes.to_pylist():
        leading = leading_voice(row["measure"], marks.get(row["outlet"], True))
        if row["change"] in ids or row["voice"] != leading:
            continue
        ids.add(row["change"])
        yield Found(
            row["measure"],
            row["outlet"],
            row["subject"],
            row["kind"],
            row["date"],
            row["date_low"],
            row["date_high"],
        )


def _moved_most(change: Mapping[str, Any], shares: pa.Table) -> str:
    """The label family whose planted share differs most before and after the change."""
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for row in shares.to_pylist():
        if (row["outlet"], row["subject"]) == (change["outlet"], change["subject"]):
            (before if row["to"] < change["date"] else after)[row["category"]] = row["share"]
    return max(sorted(after), key=lambda c: abs(after[c] - before.get(c, 0.0)))
