"""What findings say of forecasts beside their list and their figures."""

from __future__ import annotations

from typing import TypedDict

from masthead.findings.about import Part


class WordingRecord(TypedDict):
    """How often what an outlet words in one way came true, in its own voice, beside the band of that wording."""

    outlet: str | None
    """Null: all outlets."""
    wire: str
    confidence: str
    """The wording: likely, …"""
    low: float
    high: float
    """The band of probability that it stands for."""
    forecasts: int
    n_articles: int
    came_true: int
    estimate: float
    """The share that came true."""
    conf_low: float
    conf_high: float
    says: str
    """Where the interval lies beside the band, in words."""


class BrierScore(TypedDict):
    """The mean squared difference between the band's middle and what came: 0 is best, .25 is a coin."""

    outlet: str | None
    """Null: all outlets."""
    wire: str
    forecasts: int
    n_articles: int
    brier: float
    conf_low: float
    conf_high: float
    worded: float
    """The mean probability that the wording promised."""
    came_true: float
    """The share that came true."""


class ForecastsAbout(TypedDict):
    """Each outlet's record with what it foretold."""

    outcomes: str | None
    """The name of the file in which somebody entered what became; null where the study names none."""
    counts: dict[str, int]
    """Of what was `listed` and entered: by kind, voice and outcome, and `unmatched` entries."""
    calibration: list[WordingRecord]
    scores: list[BrierScore]
    said: list[str]
    """Sentences: what to know first."""
    source: str


FORECASTS = Part[ForecastsAbout]("forecasts")
"""Forecasts in `Findings.about`."""
