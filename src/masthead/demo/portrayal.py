"""Planted portrayals of a made-up press beside the estimates of them: bias, sign and ranking.

Intervals are not held against what was planted: they cover the mean of a model's readings, and a model has a
bias of its own, which this measures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from masthead.demo.shares import FEWEST
from masthead.findings.findings import Findings
from masthead.findings.planted import PlantedFigure
from masthead.press.truth import PLANTED_PORTRAYALS

TELLING = 0.1
"""Signs are compared where what was planted lies at least this far from 0."""

RANKED = 3
"""Outlets are ranked on a subject where at least this many can be compared."""


@dataclass(frozen=True)
class PortrayalBeside:
    """One planted mean of −1, 0 and 1 over an outlet's mentions of a subject, beside the estimate of it."""

    subject: str
    outlet: str
    mentions: int
    truth: float
    estimate: float
    conf_low: float
    conf_high: float

    def as_dict(self) -> PlantedFigure:
        """The row as plain data, shaped as planted shares are; nothing is said of lying inside the interval."""
        return {
            "what": "mean portrayal",
            "measure": PLANTED_PORTRAYALS,
            "category": None,
            "inside": None,
            "subject": self.subject,
            "outlet": self.outlet,
            "mentions": self.mentions,
            "planted": self.truth,
            "found": self.estimate,
            "conf_low": self.conf_low,
            "conf_high": self.conf_high,
        }


@dataclass(frozen=True)
class Agreement:
    """How planted and found means agree over cells (outlet × subject).

    `bias` is the mean of found less planted, `error` the mean of its absolute value. `slope` is by how much
    the found mean rises where the planted one rises by 1 (least squares). `signs_agree` is the part of the
    `signs` cells with a planted mean of at least `TELLING` either way whose found mean has its sign;
    `ranking` the mean over subjects of Spearman's rank correlation of the outlets' means, and `ranking_all`
    that of all cells together. None where there is nothing to compare.
    """

    cells: int
    bias: float | None
    error: float | None
    slope: float | None
    signs: int
    signs_agree: float | None
    ranking: float | None
    ranking_all: float | None

    def as_dict(self) -> dict[str, float | None]:
        """The agreement as plain data."""
        return asdict(self)


def portrayals_beside(findings: Findings, means: pa.Table, voice: str = "own") -> list[PortrayalBeside]:
    """Put realised means (outlet, subject, mentions, mean) in one voice beside the estimates over all time.

    Cells with fewer than `FEWEST` mentions are left out.
    """
    estimates = {
        (row["outlet"], row["subject"]): row
        for row in findings.of_wire("with").estimates.to_pylist()
        if (row["measure"], row["voice"]) == (PLANTED_PORTRAYALS, voice)
        and row["period_start"] is None
        and row["estimate"] is not None
    }
    rows = []
    for mean in means.to_pylist():
        estimate = estimates.get((mean["outlet"], mean["subject"]))
        if estimate is not None and mean["mentions"] >= FEWEST:
            # What simulated coders corrected was not found: they know what was planted.
            names = ("estimate", "conf_low", "conf_high")
            if estimate["calibrated"]:
                names = ("plain_estimate", "plain_low", "plain_high")
            rows.append(
                PortrayalBeside(
                    mean["subject"],
                    mean["outlet"],
                    mean["mentions"],
                    mean["mean"],
                    *(estimate[name] for name in names),
                )
            )
    return rows


def agreement(rows: Sequence[PortrayalBeside]) -> Agreement:
    """Say how planted and found means agree over these cells."""
    means = np.array([row.truth for row in rows])
    estimates = np.array([row.estimate for row in rows])
    telling = np.abs(means) >= TELLING
    by_subject: dict[str, list[int]] = {}
    for at, row in enumerate(rows):
        by_subject.setdefault(row.subject, []).append(at)
    rankings = [
        ranking
        for at in by_subject.values()
        if len(at) >= RANKED and (ranking := _spearman(means[at], estimates[at])) is not None
    ]
    spread = float(np.var(means)) if rows else 0.0
    return Agreement(
        cells=len(rows),
        bias=float(np.mean(estimates - means)) if rows else None,
        error=float(np.mean(np.abs(estimates - means))) if rows else None,
        slope=float(np.mean((means - means.mean()) * estimates) / spread) if spread > 0 else None,
        signs=int(telling.sum()),
        signs_agree=float(np.mean(np.sign(means[telling]) == np.sign(estimates[telling])))
        if telling.any()
        else None,
        ranking=float(np.mean(rankings)) if rankings else None,
        ranking_all=_spearman(means, estimates) if len(rows) >= RANKED else None,
    )


def _spearman(a: Any, b: Any) -> float | None:
    """Spearman's rank correlation, ties sharing their rank; None where one side is all alike."""
    from scipy.stats import rankdata

    one, other = rankdata(a), rankdata(b)
    spread = float(np.std(one) * np.std(other))
    return float(np.mean((one - one.mean()) * (other - other.mean())) / spread) if spread > 0 else None
