"""Measuring: what an instrument and a measure are, and how every figure is made of their units. No instrument is named.

`MEASURES` holds every measure by its name; an outside package brings more through the entry point
`masthead.instruments`.
"""

from masthead.measuring.instrument import Instrument, Job, Results
from masthead.measuring.measure import CELL, OTHER, Measure, Tables
from masthead.measuring.registry import (
    MEASURES,
    find_measure,
    instrument_of,
    instruments,
    own_words,
    words_of,
)
from masthead.measuring.words import Marks, Words

__all__ = [
    "CELL",
    "MEASURES",
    "OTHER",
    "Instrument",
    "Job",
    "Marks",
    "Measure",
    "Results",
    "Tables",
    "Words",
    "find_measure",
    "instrument_of",
    "instruments",
    "own_words",
    "words_of",
]
