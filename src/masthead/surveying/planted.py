"""What was planted in a made-up press, beside what a survey of it found."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.inference.findings import Findings

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
    planted: float
    found: float
    conf_low: float
    conf_high: float
    inside: bool

    def as_dict(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)


@dataclass(frozen=True)
class Dated:
    """A planted change of naming, and the period from which on the survey's series shows it.

    `found` is the first day of the period that begins the best split of the series in two (None where the
    outlet names the subject in fewer than two periods); `periods_off` how many periods lie between.
    """

    subject: str
    outlet: str
    category: str
    planted: dt.date
    found: dt.date | None
    periods_off: int | None


def beside(findings: Findings, shares: pa.Table, voice: str = "own") -> list[Beside]:
    """Put realised shares (outlet, subject, category, [period,] namings, share) beside the estimates.

    The shares are those that the press wrote, in the same voice; cells with fewer than `FEWEST` namings are
    left out. Without a `period` column they are compared with the estimates over all time.
    """
    by_period = "period" in shares.column_names
    estimates = {
        (row["outlet"], row["subject"], row["category"], row["period_start"]): row
        for row in findings.of_wire("with").estimates.to_pylist()
        if row["measure"] == "naming" and row["voice"] == voice and row["estimate"] is not None
    }
    rows = []
    for planted in shares.to_pylist():
        start = planted["period"] if by_period else None
        found = estimates.get((planted["outlet"], planted["subject"], planted["category"], start))
        if found is None or planted["namings"] < FEWEST:
            continue
        rows.append(
            Beside(
                what="share of namings",
                subject=planted["subject"],
                outlet=planted["outlet"],
                category=planted["category"],
                period=start and start.isoformat(),
                planted=planted["share"],
                found=found["estimate"],
                conf_low=found["conf_low"],
                conf_high=found["conf_high"],
                inside=found["conf_low"] - 1e-9 <= planted["share"] <= found["conf_high"] + 1e-9,
            )
        )
    return rows


def dated(findings: Findings, changes: pa.Table, shares: pa.Table, voice: str = "own") -> list[Dated]:
    """Date each planted change (outlet, subject, date) by the series of the subject's label families.

    The split of the series is the one that leaves the least squared error around the means before and after,
    each period weighted by its namings. It is a description, not a test. The family told is the one whose
    planted share moved most.
    """
    return [_date_one(findings, change, shares, voice) for change in changes.to_pylist()]


def _date_one(findings: Findings, change: dict[str, Any], shares: pa.Table, voice: str) -> Dated:
    category = _moved_most(change, shares)
    # All families of the subject together: what one loses the others gain, and noise in one weighs less.
    rows = [
        row
        for row in findings.of_wire("with").estimates.to_pylist()
        if (row["measure"], row["voice"]) == ("naming", voice)
        and (row["outlet"], row["subject"]) == (change["outlet"], change["subject"])
        and row["period_start"] is not None
        and row["estimate"] is not None
    ]
    starts = sorted({row["period_start"] for row in rows})
    found, off = None, None
    if len(starts) > 1:
        families = sorted({row["category"] for row in rows})
        values = np.zeros((len(starts), len(families)))
        weights = np.zeros(len(starts))
        for row in rows:
            at = starts.index(row["period_start"])
            values[at, families.index(row["category"])] = row["estimate"]
            weights[at] = row["denominator"]
        split = min(range(1, len(starts)), key=lambda i: _error(values, weights, i))
        found = starts[split]
        holding = max((i for i, start in enumerate(starts) if start <= change["date"]), default=0)
        # The period that holds the day of the change belongs to both halves: either neighbour is right.
        off = min(abs(split - holding), abs(split - holding - 1))
    return Dated(change["subject"], change["outlet"], category, change["date"], found, off)


def _error(values: npt.NDArray[np.float64], weights: npt.NDArray[np.float64], split: int) -> float:
    """Squared error of shares (periods × families) around their weighted means before and after `split`."""
    total = 0.0
    for half in (slice(None, split), slice(split, None)):
        mean = np.average(values[half], axis=0, weights=weights[half])
        total += float(np.sum(weights[half, None] * (values[half] - mean) ** 2))
    return total


def _moved_most(change: dict[str, Any], shares: pa.Table) -> str:
    """The label family whose planted share differs most before and after the change."""
    before: dict[str, float] = {}
    after: dict[str, float] = {}
    for row in shares.to_pylist():
        if (row["outlet"], row["subject"]) == (change["outlet"], change["subject"]):
            (before if row["to"] < change["date"] else after)[row["category"]] = row["share"]
    return max(sorted(after), key=lambda c: abs(after[c] - before.get(c, 0.0)))
