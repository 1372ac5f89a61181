"""A promise, and what was measured of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

FALSE_ALARMS = 0.05
"""So many families of comparisons may hold a false finding where nothing differs."""

_DEVIATIONS = 2.0
"""A share is out of its promise where it is so many standard errors of the drawing beyond it."""


@dataclass(frozen=True)
class Promise:
    """One promise and what was measured: in words, as a figure, and whether it is kept.

    `on` says on how much it was measured. `kept` allows for what drawing so little explains.
    """

    of: str
    what: str
    promised: str
    found: str
    on: str
    kept: bool


def in_kinds(rows: Sequence[object]) -> str:
    """Say how many kinds there are."""
    return "one kind" if len(rows) == 1 else f"{len(rows)} kinds"


def in_presses(presses: int, articles: int) -> str:
    """Say how many presses there are, and how large each is."""
    each = f"{articles // presses:,} articles"
    return f"a press of {each}" if presses == 1 else f"{presses} presses of {each}"


def above(count: int, of: int, share: float, deviations: float = _DEVIATIONS) -> bool:
    """Whether a count is above its share by more than drawing explains: by so many standard errors of it."""
    return count > of * share + deviations * math.sqrt(of * share * (1 - share)) if of else False
