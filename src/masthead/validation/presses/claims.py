"""How often the judge of claims errs, and how much it can tell, on presses whose shares of labels are known."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Unpack

import numpy as np

from masthead.archive import Archive
from masthead.findings.findings import Findings
from masthead.measuring.units import units_path, write_units
from masthead.press import Press, Truth
from masthead.questions.claims import verdicts
from masthead.study import Study
from masthead.study.claim import Claim
from masthead.validation.presses.grading import Size, grade_presses, read_measures
from masthead.validation.presses.never import Against, never_claims
from masthead.validation.promises.promise import above

PLANTS = {"naming": frozenset({"naming"}), "null": frozenset[str]()}
"""Outlets that name subjects differently, and outlets that are all alike."""

MOST_WRONG = 0.05
"""The promise: of the claims, the part that may be judged against the truth."""

CLEAR = 0.20
"""A claim is clearly so, or clearly not, where the true difference lies so far beyond its margin, or short of it."""

SIZES = (5, 15, 50)
"""Clear claims are told by the articles on the smaller side: from each of these numbers up to the next."""

_MARGINS = (0.0, 0.05, 0.10, 0.20)
_CLAIMS = 160


@dataclass
class ClaimsGrade:
    """Counts of claims over presses of one kind (`PLANTS`), by what they expect.

    verdicts: all with one; wrong: supported and not so, or contradicted and so; decisions: supported or
    contradicted. clear, right: those that are clearly so or clearly not, and those of them judged rightly, by size.
    against, contradictions: those of `never` and `always` that the press wrote something against, and those of
    them that are contradicted.
    """

    kind: str
    presses: int = 0
    articles: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    decisions: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    clear: Counter[int] = field(default_factory=Counter)
    right: Counter[int] = field(default_factory=Counter)
    against: Counter[str] = field(default_factory=Counter)
    contradictions: Counter[str] = field(default_factory=Counter)

    def is_broken(self) -> bool:
        """Whether more verdicts are wrong than promised, by more than drawing so many claims explains."""
        return above(self.wrong.total(), self.verdicts.total(), MOST_WRONG)

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its shares."""
        return {
            "kind": self.kind,
            "presses": self.presses,
            "articles": self.articles,
            "expect": [
                {
                    "expect": expect,
                    "judged": self.verdicts[expect],
                    "decided": self.decisions[expect],
                    "wrong": self.wrong[expect],
                    "wrong_share": self.wrong[expect] / self.verdicts[expect],
                }
                for expect in sorted(self.verdicts)
            ],
            "power": [
                {
                    "articles_from": size,
                    "clear": self.clear[size],
                    "told": self.right[size],
                    "told_share": self.right[size] / self.clear[size],
                }
                for size in SIZES
                if self.clear[size]
            ],
            "counterexamples": [
                {
                    "expect": expect,
                    "against": self.against[expect],
                    "contradicted": self.contradictions[expect],
                    "contradicted_share": self.contradictions[expect] / self.against[expect],
                }
                for expect in sorted(self.against)
            ],
        }


def grade_claims(kind: str, **size: Unpack[Size]) -> ClaimsGrade:
    """Write claims about the labels of made-up presses, judge them, and set the verdicts against what was planted.

    Half of the claims are of two outlets (`more` and `less`, with margins from 0 to .2), half of one outlet before
    and after a day on which nothing changes (`changed` with a margin of 0, `unchanged` with one of .2). Beside them
    stand claims of `never` and `always`, set against what the press wrote.
    """
    return grade_presses(ClaimsGrade(kind), _add, "medium", plant=PLANTS[kind], stage=kind, **size)


def _add(total: ClaimsGrade, press: Press, study: Study, archive: Archive) -> None:
    truth = press.truth()
    claims = list(_claims(truth, press.seed))
    claims_of_never = list(never_claims(truth, press.seed))
    every_claim = tuple(claim for claim, _ in (*claims, *claims_of_never))
    rows = _verdicts(study.model_copy(update={"claims": every_claim}), archive)
    for (claim, difference), row in zip(claims, rows, strict=False):
        _count(total, claim, difference, row)
    for (claim, against), row in zip(claims_of_never, rows[len(claims) :], strict=True):
        _count_never(total, claim, against, row)


def _verdicts(study: Study, archive: Archive) -> list[dict[str, Any]]:
    """The verdicts on a study's claims, from its units alone."""
    study = study.model_copy(update={"measures": ("attention", "naming")})
    tables, archive = read_measures(study, archive)
    write_units(tables, archive, "graded")
    findings = Findings(about={"outlets": tables.outlets})
    rows: list[dict[str, Any]] = verdicts(study, findings, units_path(archive, "graded"), archive)[
        0
    ].to_pylist()
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
    sample = draw.choice(len(pairs), min(_CLAIMS, len(pairs)), replace=False)
    for number, at in enumerate(sample.tolist()):
        (subject, category), outlet, versus = pairs[at]
        claim: dict[str, Any] = {
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
            claim |= {"versus": versus, "expect": "more" if number % 4 == 1 else "less"}
            claim["margin"] = _MARGINS[(number // 4) % len(_MARGINS)]
            yield Claim(**claim), shares[subject, category][outlet] - shares[subject, category][versus]
        else:
            claim |= {"versus": f"before {middle.isoformat()}"}
            claim |= {"expect": "changed"} if number % 4 == 0 else {"expect": "unchanged", "margin": CLEAR}
            yield Claim(**claim), 0.0


def _count(total: ClaimsGrade, claim: Claim, difference: float, row: dict[str, Any]) -> None:
    verdict = row["verdict"]
    if verdict == "untestable":
        return
    beyond = _beyond(claim, difference)
    _count_verdict(total, claim, verdict, may_support=beyond > 0, may_contradict=beyond <= 0)
    fewest = min(row["n_units"], row["n_units_versus"])
    if abs(beyond) >= CLEAR and fewest >= SIZES[0]:
        size = max(size for size in SIZES if size <= fewest)
        total.clear[size] += 1
        total.right[size] += verdict == ("supported" if beyond > 0 else "contradicted")


def _count_verdict(
    total: ClaimsGrade, claim: Claim, verdict: str, *, may_support: bool, may_contradict: bool
) -> None:
    total.verdicts[claim.expect] += 1
    total.decisions[claim.expect] += verdict in ("supported", "contradicted")
    total.wrong[claim.expect] += (verdict == "supported" and not may_support) or (
        verdict == "contradicted" and not may_contradict
    )


def _count_never(total: ClaimsGrade, claim: Claim, against: Against, row: dict[str, Any]) -> None:
    """Count a claim of `never` or `always`.

    Wrong is to contradict what nothing speaks against, and to support what more speaks against than the margin.
    """
    verdict = row["verdict"]
    if verdict == "untestable":
        return
    _count_verdict(
        total,
        claim,
        verdict,
        may_support=against.share <= claim.margin,
        may_contradict=bool(against.count),
    )
    if against.count:
        total.against[claim.expect] += 1
        total.contradictions[claim.expect] += verdict == "contradicted"


def _beyond(claim: Claim, difference: float) -> float:
    """How far beyond the margin the true difference lies, the way that the claim says; 0 or below: it is not so."""
    if claim.expect == "unchanged":
        return claim.margin - abs(difference)
    if claim.expect == "changed":
        return abs(difference) - claim.margin
    return (difference if claim.expect == "more" else -difference) - claim.margin
