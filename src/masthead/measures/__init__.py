"""The measures: one file each, declarations only."""

from masthead.errors import UsageError, nearest
from masthead.measures.attention import Attention
from masthead.measures.base import CELL, OTHER, Measure, Tables
from masthead.measures.blame import Blame
from masthead.measures.echo import Echo
from masthead.measures.forecast import Forecast
from masthead.measures.kinship import Kinship
from masthead.measures.naming import Naming
from masthead.measures.portrayal import Portrayal
from masthead.measures.praise import Praise
from masthead.measures.silence import Silence
from masthead.measures.stance import Stance
from masthead.measures.voice import Voice

MEASURES: dict[str, Measure] = {
    measure.name: measure
    for measure in (
        Attention(),
        Naming(),
        Portrayal(),
        Praise(),
        Blame(),
        Voice(),
        Stance(),
        Silence(),
        Echo(),
        Kinship(),
        Forecast(),
    )
}


def find_measure(name: str) -> Measure:
    """Return the measure of this name. Raises UsageError, naming the nearest, where there is none."""
    if name not in MEASURES:
        raise UsageError(f"there is no measure '{name}'", "the name of a measure", nearest(name, MEASURES))
    return MEASURES[name]


__all__ = [
    "CELL",
    "MEASURES",
    "OTHER",
    "Attention",
    "Blame",
    "Echo",
    "Forecast",
    "Kinship",
    "Measure",
    "Naming",
    "Portrayal",
    "Praise",
    "Silence",
    "Stance",
    "Tables",
    "Voice",
    "find_measure",
]
