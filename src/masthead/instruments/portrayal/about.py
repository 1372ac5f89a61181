"""What findings say of portrayal beside its figures."""

from __future__ import annotations

from typing import TypedDict

from masthead.findings.about import Part
from masthead.measuring.tables import ReadCounts
from masthead.reading.portrayal.classifier import Asked


class CellRead(TypedDict):
    """How many of an outlet's articles mention a subject in a language that the model reads, and how many it read."""

    outlet: str
    subject: str
    articles: int
    articles_read: int


class PortrayalAbout(ReadCounts):
    """Who read the portrayals, what the intervals cover, and what was read of what there was."""

    model: str
    model_version: str
    intervals: str
    """What intervals cover, in words."""
    precision: float | None
    """How far intervals may reach to either side, where the study asks for a sample."""
    sampled: bool
    """Whether any cell was read in part."""
    language_refused: int
    """Articles in a language that the model does not read."""
    cells: list[CellRead]
    asked_model: Asked | None
    """How a model at an address was asked; None where no such model read."""


PORTRAYAL = Part[PortrayalAbout]("portrayal")
"""Portrayal in `Findings.about`."""
