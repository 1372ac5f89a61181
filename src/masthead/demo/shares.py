"""The label shares that were planted in a made-up press, beside the estimates of a survey."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from masthead.findings.findings import Findings
from masthead.findings.planted import PlantedFigure
from masthead.press.truth import PLANTED_LABELS

FEWEST = 20
"""Planted shares of fewer namings than this are not compared: they hardly are shares."""


@dataclass(frozen=True)
class Beside:
    """One planted share beside the estimate of it; `inside` where the interval holds what was planted."""

    what: str
    subject: str
    outlet: str
    category: str
    period: str | None
    truth: float
    estimate: float
    conf_low: float
    conf_high: float
    inside: bool

    def as_dict(self) -> PlantedFigure:
        """The row as plain data."""
        return {
            "what": self.what,
            "subject": self.subject,
            "outlet": self.outlet,
            "category": self.category,
            "period": self.period,
            "planted": self.truth,
            "found": self.estimate,
            "conf_low": self.conf_low,
            "conf_high": self.conf_high,
            "inside": self.inside,
        }


def beside(findings: Findings, shares: pa.Table, voice: str = "own") -> list[Beside]:
    """Put realised shares (outlet, subject, category, [period,] namings, share) beside the estimates.

    The shares are those that the press wrote, in the same voice; cells with fewer than `FEWEST` namings are
    left out. Without a `period` column they are compared with the estimates over all time.
    """
    by_period = "period" in shares.column_names
    estimates = {
        (row["outlet"], row["subject"], row["category"], row["period_start"]): row
        for row in findings.of_wire("with").estimates.to_pylist()
        if row["measure"] == PLANTED_LABELS and row["voice"] == voice and row["estimate"] is not None
    }
    rows = []
    for share in shares.to_pylist():
        start = share["period"] if by_period else None
        estimate = estimates.get((share["outlet"], share["subject"], share["category"], start))
        if estimate is None or share["namings"] < FEWEST:
            continue
        rows.append(
            Beside(
                what="share of namings",
                subject=share["subject"],
                outlet=share["outlet"],
                category=share["category"],
                period=start and start.isoformat(),
                truth=share["share"],
                estimate=estimate["estimate"],
                conf_low=estimate["conf_low"],
                conf_high=estimate["conf_high"],
                inside=estimate["conf_low"] - 1e-9 <= share["share"] <= estimate["conf_high"] + 1e-9,
            )
        )
    return rows
