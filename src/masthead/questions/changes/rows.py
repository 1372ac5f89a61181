"""The rows of the tables of changes and of reversals. `masthead.findings.meanings` says what each key means."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict


class SideFigures(TypedDict):
    """The figures on either side of a change and their difference, with intervals; null where there is none."""

    difference: float | None
    conf_low: float | None
    conf_high: float | None
    before: float | None
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None


class ChangeRow(SideFigures):
    """A row of CHANGES: one category of a change."""

    change: str
    measure: str
    outlet: str
    subject: str | None
    category: str | None
    voice: str
    wire: str
    kind: str
    date: dt.date
    date_low: dt.date
    date_high: dt.date
    conf_level: float
    p: float
    q: float
    family: str
    permutations: int
    n_before: int
    n_after: int
    at_gap: bool
    coverage_moved: bool
    method: str
    note: str | None


class SeriesChange(ChangeRow):
    """A row of CHANGES with the first and the last day of the series that changed."""

    series_from: dt.date
    series_to: dt.date


class NearestEvent(TypedDict):
    """The event of the study that is nearest to a reversal."""

    event: str | None
    days: int | None
    p_near: float | None


class ReversalRow(NearestEvent):
    """A row of REVERSALS."""

    change: str
    measure: str
    outlet: str
    subject: str | None
    voice: str
    wire: str
    date: dt.date | None
    date_low: dt.date
    date_high: dt.date
    before: str
    after: str
