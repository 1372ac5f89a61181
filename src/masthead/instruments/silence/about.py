"""What findings say of silence beside its figures."""

from __future__ import annotations

from typing import TypedDict

from masthead.findings.about import Part


class Coefficient(TypedDict):
    """A term of the model of what outlets run, in log-odds."""

    kind: str
    term: str
    outlet: str | None
    """Whose departure from the common coefficient it is; null for that one itself."""
    value: float
    spread: float | None
    """The standard deviation of its kind over outlets."""


class CalibratedTenth(TypedDict):
    """Stories that the model had not seen, of one tenth of the predicted probability."""

    low: float
    high: float
    n: int
    predicted: float
    """The mean probability that the outlet would run the story."""
    covered: float
    """The share that it ran."""


class SilenceAbout(TypedDict):
    """What was counted, in sentences and in numbers, and how the model did."""

    said: list[str]
    """The findings in sentences, the null among them."""
    reason: str | None
    """Why there is no figure at all; null where there are."""
    chance: float
    """How many of the listed stories chance alone would put there."""
    listed: int
    """Likely stories that were passed over."""
    counts: dict[str, int]
    """Of stories: `stories`, `of_one_outlet`, `eligible` and `unknown` pairs; `undated`: articles in no story."""
    left_out: dict[str, str]
    """Why an outlet has no figure, by its id."""
    coefficients: list[Coefficient]
    calibration: list[CalibratedTenth]


SILENCE = Part[SilenceAbout]("silence")
"""Silence in `Findings.about`."""
