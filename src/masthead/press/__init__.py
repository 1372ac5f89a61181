"""A made-up press around a fictional strait, with planted facts: for demos, tests and validation.

>>> from masthead import press
>>> paper = press.make(seed=7, articles=3)
>>> len(list(paper.articles()))
3
"""

from masthead.press.copies.reprints import planted_reprints
from masthead.press.mess import MESS
from masthead.press.plan.plan import PLANTS
from masthead.press.plan.presses import (
    bold_press,
    mirror_press,
    null_press,
    planted_allegiances,
    planted_boycotts,
    planted_change,
    planted_copy,
    planted_forecasts,
    planted_gap,
    planted_habits,
    planted_naming,
    planted_phrases,
    planted_portrayal,
    planted_silence,
)
from masthead.press.press import Coverage, Press, Runs, make
from masthead.press.truth import Truth

__all__ = [
    "MESS",
    "PLANTS",
    "Coverage",
    "Press",
    "Runs",
    "Truth",
    "bold_press",
    "make",
    "mirror_press",
    "null_press",
    "planted_allegiances",
    "planted_boycotts",
    "planted_change",
    "planted_copy",
    "planted_forecasts",
    "planted_gap",
    "planted_habits",
    "planted_naming",
    "planted_phrases",
    "planted_portrayal",
    "planted_reprints",
    "planted_silence",
]
