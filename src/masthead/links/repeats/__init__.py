"""An outlet's repeats: one article under several addresses, in several versions, in print and on the web."""

from masthead.links.repeats.reader import (
    REPEATS_SCHEMA,
    VERSION,
    RepeatsReading,
    find_repeats,
    read_repeats,
)

__all__ = ["REPEATS_SCHEMA", "VERSION", "RepeatsReading", "find_repeats", "read_repeats"]
