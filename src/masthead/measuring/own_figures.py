"""Figures whose intervals an instrument makes itself, in every way to count, for the claims judged by them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pyarrow.compute as pc

from masthead.findings.findings import Findings
from masthead.study.claim import Claim


@dataclass(frozen=True)
class OwnFigure:
    """An outlet's figure, the interval (`high` is None where it is open), and the sums and the units behind it."""

    outlet: str
    estimate: float
    low: float
    high: float | None
    numerator: float
    denominator: float
    n: int
    note: str | None = None


class OwnWay(NamedTuple):
    """A way to count, of outlets in order; `label` says what is different from the claim itself, or nothing."""

    label: str
    figures: list[OwnFigure]


@dataclass(frozen=True)
class OwnFigures:
    """The ways to count, the claim's own first; and why there is no figure: of any outlet, or of some."""

    ways: Sequence[OwnWay]
    reason: str | None = None
    left_out: Mapping[str, str] = field(default_factory=dict)


def surveyed(
    findings: Findings, claim: Claim, category: str | None, outlets: Sequence[str]
) -> list[OwnFigure]:
    """Return the survey's own figures of a claim's measure and subject over all time, with wire copy."""
    table = findings.estimates
    conditions = {"measure": claim.measure, "wire": "with", "subject": claim.subject, "category": category}
    for name, value in conditions.items():
        table = table.filter(pc.is_null(table[name]) if value is None else pc.equal(table[name], value))
    table = table.filter(pc.and_(pc.is_null(table["period_start"]), pc.is_valid(table["estimate"])))
    columns = (
        "outlet", "estimate", "conf_low", "conf_high", "numerator", "denominator", "n_units", "note",
    )  # fmt: skip
    figures = [OwnFigure(*(row[name] for name in columns)) for row in table.to_pylist()]
    return sorted((one for one in figures if one.outlet in outlets), key=lambda one: one.outlet)
