"""How well borrowed wording is told from mere quoting, on presses whose parties have wordings of their own."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.press import Press
from masthead.study import Study
from masthead.surveying.run import survey
from masthead.validation.presses.grading import Size, grade_presses
from masthead.validation.promises.promise import FALSE_ALARMS, above

LEAST_HELD = 0.92
"""The promise: of intervals of differences between outlets that write alike, the part that hold 0."""

PLANTS = {"borrowed": frozenset({"phrases"}), "alike": frozenset({"wordings"})}
"""One outlet of nine borrows one party's wordings and another merely quotes that party most; nobody does either."""


@dataclass
class KinshipGrade:
    """Counts over presses of one kind (`PLANTS`).

    - borrowers, found: outlets that borrow, and those set apart by it from half of the others or more (q under .05).
    - hosts, mistaken: outlets that quote one party most and borrow nothing, and those set apart so.
    - pairs, held: outlets that both borrow nothing, for each of the two parties and, where nobody borrows, all others,
      and those whose interval of the difference holds 0.
    - families, alarmed: families of comparisons where nobody borrows, and those with any pair of q under .05.
    - listed, planted: phrases on the two parties' lists, and those that stand in their wordings.
    """

    kind: str
    presses: int = 0
    articles: int = 0
    borrowers: int = 0
    found: int = 0
    hosts: int = 0
    mistaken: int = 0
    pairs: int = 0
    held: int = 0
    families: int = 0
    alarmed: int = 0
    listed: int = 0
    planted: int = 0

    def is_broken(self) -> bool:
        """Whether more is found where there is nothing, or fewer intervals hold, than promised and drawing explains."""
        alarms = above(self.alarmed, self.families, FALSE_ALARMS)
        return alarms or above(self.pairs - self.held, self.pairs, 1 - LEAST_HELD)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        return {**asdict(self), "broken": self.is_broken()}


def grade_kinship(kind: str, setting: str = "medium", **size: Unpack[Size]) -> KinshipGrade:
    """Survey the wording of made-up presses and set it beside what was planted."""
    return grade_presses(KinshipGrade(kind), _add, setting, plant=PLANTS[kind], stage=kind, **size)


def _add(total: KinshipGrade, press: Press, study: Study, archive: Archive) -> None:
    plan = press.plan.borrowing
    if plan is None:
        raise ValueError("a press without wordings")
    parties = [press.subjects[role] for role in plan.parties]
    findings = survey(study.model_copy(update={"measures": ("kinship",)}), archive).of_wire("with")
    phrases = {
        (row["party"], row["phrase"]) for row in findings.phrases.to_pylist() if row["party"] in parties
    }
    total.listed += len(phrases)
    total.planted += sum(
        any(phrase in wording for wording in plan.wordings[parties.index(party)]) for party, phrase in phrases
    )
    borrower, host = (None if at < 0 else press.outlets[at] for at in (plan.borrower, plan.host))
    apart, families = Counter[str](), dict[str, bool]()
    for row in findings.comparisons.to_pylist():
        if row["voice"] != "own" or row["q"] is None:
            continue
        pair, sure = (row["outlet"], row["versus"]), row["q"] < FALSE_ALARMS
        if borrower not in pair and (borrower is None or row["subject"] in parties):
            total.pairs += 1
            total.held += row["conf_low"] <= 0 <= row["conf_high"]
        families[row["family"]] = families.get(row["family"], False) or sure
        if row["subject"] == parties[0]:
            # Whose share of the first party's wordings is the larger.
            apart[pair[row["difference"] < 0]] += sure
    if borrower is None:
        total.families += len(families)
        total.alarmed += sum(families.values())
        return
    half = (len(press.outlets) - 1) / 2
    total.borrowers += 1
    total.found += apart[borrower] >= half
    total.hosts += 1
    total.mistaken += host is not None and apart[host] >= half
