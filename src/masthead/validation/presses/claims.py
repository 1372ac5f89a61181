"""How often the judge of claims errs, and how much it can tell, on presses whose shares of labels are known."""

from __future__ import annotations

import itertools
import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.measuring import Job
from masthead.measuring.counting import counted
from masthead.measuring.tables import loaded
from masthead.measuring.units import units_path, write_units
from masthead.press import Truth
from masthead.questions.claims import verdicts
from masthead.study import Study
from masthead.study.claim import Claim
from masthead.validation.presses.grading import Progress, made_presses
from masthead.validation.presses.never import Planted, never_claims

PLANTS = {"naming": frozenset({"naming"}), "null": frozenset[str]()}
"""Outlets that name subjects differently, and outlets that are all alike."""

MOST_WRONG = 0.05
"""The promise: of the claims, the part that may be judged against the truth."""

CLEAR = 0.20
"""A claim is clearly so, or clearly not, where the true difference lies so far beyond its margin, or short of it."""

SIZES = (5, 15, 50)
"""Clear claims are told by the articles on the smaller side: from each of these numbers up to the next."""

_MARGINS = (0.0, 0.05, 0.10, 0.20)
_ASKED = 160


@dataclass
class ClaimsGrade:
    """Counts of claims over presses of one kind (`PLANTS`), by what they expect.

    judged: all with a verdict; wrong: supported and not so, or contradicted and so; decided: supported or
    contradicted. clear, told: those that are clearly so or clearly not, and those of them judged rightly, by size.
    against, contradicted: those of `never` and `always` that the press wrote something against, and those of them that
    are contradicted.
    """

    kind: str
    presses: int = 0
    articles: int = 0
    judged: Counter[str] = field(default_factory=Counter)
    decided: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    clear: Counter[int] = field(default_factory=Counter)
    told: Counter[int] = field(default_factory=Counter)
    against: Counter[str] = field(default_factory=Counter)
    contradicted: Counter[str] = field(default_factory=Counter)

    def broken(self) -> bool:
        """Whether more verdicts are wrong than promised, by more than drawing so many claims explains."""
        judged, wrong = self.judged.total(), self.wrong.total()
        allowed = judged * MOST_WRONG
        return wrong > allowed + 2 * math.sqrt(allowed * (1 - MOST_WRONG))

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its shares."""
        return {
            "kind": self.kind,
            "presses": self.presses,
            "articles": self.articles,
            "expect": [
                {
                    "expect": expect,
                    "judged": self.judged[expect],
                    "decided": self.decided[expect],
                    "wrong": self.wrong[expect],
                    "wrong_share": self.wrong[expect] / self.judged[expect],
                }
                for expect in sorted(self.judged)
            ],
            "power": [
                {
                    "articles_from": size,
                    "clear": self.clear[size],
                    "told": self.told[size],
                    "told_share": self.told[size] / self.clear[size],
                }
                for size in SIZES
                if self.clear[size]
            ],
            "counterexamples": [
                {
                    "expect": expect,
                    "against": self.against[expect],
                    "contradicted": self.contradicted[expect],
                    "contradicted_share": self.contradicted[expect] / self.against[expect],
                }
                for expect in sorted(self.against)
            ],
        }


def grade_claims(
    kind: str,
    *,
    presses: int = 10,
    articles: int = 1500,
    seed: int = 1,
    progress: Progress | None = None,
) -> ClaimsGrade:
    """Write claims about the labels of made-up presses, judge them, and set the verdicts against what was planted.

    Half of the claims are of two outlets (`more` and `less`, with margins from 0 to .2), half of one outlet before
    and after a day on which nothing changes (`changed` with a margin of 0, `unchanged` with one of .2). Beside them
    stand claims of `never` and `always`, set against what the press wrote.
    """
    total = ClaimsGrade(kind)
    drawn = made_presses("medium", presses, articles, seed, progress, plant=PLANTS[kind], called=kind)
    for made, study, archive in drawn:
        truth = made.truth()
        asked = list(_claims(truth, made.seed))
        unexcepted = list(never_claims(truth, made.seed))
        claims = tuple(claim for claim, _ in (*asked, *unexcepted))
        rows = _judged(study.model_copy(update={"claims": claims}), archive)
        for (claim, difference), row in zip(asked, rows, strict=False):
            _count(total, claim, difference, row)
        for (claim, planted), row in zip(unexcepted, rows[len(asked) :], strict=True):
            _count_never(total, claim, planted, row)
        total.presses += 1
        total.articles += articles
    return total


def _judged(study: Study, archive: Archive) -> list[dict[str, Any]]:
    """The verdicts on a study's claims, from its units alone."""
    study = study.model_copy(update={"measures": ("attention", "naming")})
    archive = counted(archive, study)
    built = loaded(Job(study, archive, wire=False), study.measures)
    write_units(built, archive, "graded")
    findings = Findings(about={"outlets": built.outlets})
    units: Path = units_path(archive, "graded")
    rows: list[dict[str, Any]] = verdicts(study, findings, units, archive)[0].to_pylist()
    return rows


def _claims(truth: Truth, seed: int) -> Iterator[tuple[Claim, float]]:
    """Draw claims about a press whose labels are steady, each with the true difference that it is about."""
    shares: dict[tuple[str, str], dict[str, float]] = {}
    for row in truth.naming.to_pylist():
        shares.setdefault((row["subject"], row["category"]), {})[row["outlet"]] = row["share"]
    days = truth.naming["from"][0].as_py(), truth.naming["to"][0].as_py()
    middle = days[0] + (days[1] - days[0]) / 2
    pairs = [
        (name, first, second)
        for name, by_outlet in sorted(shares.items())
        for first, second in itertools.permutations(sorted(by_outlet), 2)
    ]
    draw = np.random.default_rng(seed)
    taken = draw.choice(len(pairs), min(_ASKED, len(pairs)), replace=False)
    for number, at in enumerate(taken.tolist()):
        (subject, category), outlet, versus = pairs[at]
        told: dict[str, Any] = {
            "id": f"claim-{number}",
            "text": "a claim",
            "measure": "naming",
            "subject": subject,
            "category": category,
            "outlet": outlet,
            "voice": "own",
            "wire": "without",
        }
        if number % 2:
            told |= {"versus": versus, "expect": "more" if number % 4 == 1 else "less"}
            told["margin"] = _MARGINS[(number // 4) % len(_MARGINS)]
            yield Claim(**told), shares[subject, category][outlet] - shares[subject, category][versus]
        else:
            told |= {"versus": f"before {middle.isoformat()}"}
            told |= {"expect": "changed"} if number % 4 == 0 else {"expect": "unchanged", "margin": CLEAR}
            yield Claim(**told), 0.0


def _count(total: ClaimsGrade, claim: Claim, difference: float, row: dict[str, Any]) -> None:
    verdict = row["verdict"]
    if verdict == "untestable":
        return
    beyond = _beyond(claim, difference)
    total.judged[claim.expect] += 1
    total.decided[claim.expect] += verdict in ("supported", "contradicted")
    total.wrong[claim.expect] += (verdict == "supported" and beyond <= 0) or (
        verdict == "contradicted" and beyond > 0
    )
    fewest = min(row["n_units"], row["n_units_versus"])
    if abs(beyond) >= CLEAR and fewest >= SIZES[0]:
        size = max(size for size in SIZES if size <= fewest)
        total.clear[size] += 1
        total.told[size] += verdict == ("supported" if beyond > 0 else "contradicted")


def _count_never(total: ClaimsGrade, claim: Claim, planted: Planted, row: dict[str, Any]) -> None:
    """Count a claim of `never` or `always`.

    Wrong is to contradict what nothing speaks against, and to support what more speaks against than the margin.
    """
    verdict = row["verdict"]
    if verdict == "untestable":
        return
    total.judged[claim.expect] += 1
    total.decided[claim.expect] += verdict in ("supported", "contradicted")
    total.wrong[claim.expect] += (verdict == "contradicted" and not planted.against) or (
        verdict == "supported" and planted.share > claim.margin
    )
    if planted.against:
        total.against[claim.expect] += 1
        total.contradicted[claim.expect] += verdict == "contradicted"


def _beyond(claim: Claim, difference: float) -> float:
    """How far beyond the margin the true difference lies, the way that the claim says; 0 or below: it is not so."""
    if claim.expect == "unchanged":
        return claim.margin - abs(difference)
    if claim.expect == "changed":
        return abs(difference) - claim.margin
    return (difference if claim.expect == "more" else -difference) - claim.margin
