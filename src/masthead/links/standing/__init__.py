"""Standing text: what stands around an article, and counts for nothing."""

from masthead.links.standing.forms import KINDS, Kind
from masthead.links.standing.reader import MARKS_SCHEMA, StandingReading, kept_standing, read_standing

__all__ = ["KINDS", "MARKS_SCHEMA", "Kind", "StandingReading", "kept_standing", "read_standing"]
