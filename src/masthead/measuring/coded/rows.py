"""The rows of the two tables that people's codes correct, as Python has them: ESTIMATES and COMPARISONS."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict


class Counts(TypedDict):
    """What a figure is made of."""

    numerator: float
    denominator: float
    n_articles: int
    n_units: int
    n_left_out: int


class EstimateRow(Counts):
    """A row of ESTIMATES; figures are None where there are none."""

    measure: str
    outlet: str
    subject: str | None
    category: str | None
    period_start: dt.date | None
    period_end: dt.date | None
    estimate: float | None
    std_error: float | None
    df: float | None
    conf_low: float | None
    conf_high: float | None
    conf_level: float
    n_eff: float | None
    unit: str
    voice: str
    wire: str
    calibrated: bool
    n_coded: int | None
    rho: float | None
    tuning: float | None
    worth: float | None
    alpha: float | None
    plain_estimate: float | None
    plain_low: float | None
    plain_high: float | None
    method: str
    study_hash: str
    archive_hash: str
    note: str | None


class ComparisonRow(TypedDict):
    """A row of COMPARISONS; figures are None where there are none."""

    measure: str
    subject: str | None
    category: str | None
    outlet: str
    versus: str
    difference: float | None
    std_error: float | None
    conf_low: float | None
    conf_high: float | None
    conf_level: float
    p: float | None
    q: float | None
    family: str | None
    margin: float | None
    voice: str
    wire: str
    n_units: int
    n_units_versus: int
    calibrated: bool
    plain_difference: float | None
    plain_low: float | None
    plain_high: float | None
    method: str
    note: str | None
