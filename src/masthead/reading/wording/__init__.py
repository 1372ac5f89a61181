"""Wording: the phrases that are somebody's own, and who else uses them."""

from masthead.reading.wording.said import SaidReading, read_said
from masthead.reading.wording.uses import UsesReading, read_uses

__all__ = ["SaidReading", "UsesReading", "read_said", "read_uses"]
