"""Estimates with their intervals on an axis: differences to both sides of 0, ratios around 1, shares from 0 to 1."""

from __future__ import annotations

import math
from dataclasses import dataclass

from masthead.dossier.writing.notation import RATIOS, Notation

ENDS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0, 1.5, 2.0)
"""Where the axis of a picture may end, to either side of 0."""


@dataclass(frozen=True)
class Axis:
    """An axis: differences to both sides of 0, up to `end`; ratios around 1; shares of 0 to 1, where it is `whole`."""

    notation: Notation
    end: float
    whole: bool = False

    @property
    def ratios(self) -> bool:
        """Whether it is of ratios."""
        return self.notation == RATIOS

    def at(self, figure: float) -> float:
        """Return where a figure stands, 0 to 100; beyond the ends of the axis, at its end."""
        if self.ratios:
            return 100.0 if math.isinf(figure) else 100 * figure / (1 + figure)
        if self.whole:
            return 100.0 * min(1.0, max(0.0, figure))
        return min(100.0, max(0.0, 50 + 50 * figure / self.end))

    def place(self, figure: float) -> str:
        """Return where a figure stands, as a length in percent."""
        return f"{self.at(figure):.1f}%"

    @property
    def ticks(self) -> list[str]:
        """What is written at the start, the middle and the end."""
        if self.ratios:
            return list(RATIOS.ticks())
        if self.whole:
            return list(self.notation.ticks())
        return [
            self.notation.difference_with_sign(-self.end).partition(" ")[0],
            "0",
            self.notation.difference_with_sign(self.end),
        ]


@dataclass(frozen=True)
class Range:
    """An estimate with its interval on an axis; an open end lies at the end of the axis."""

    axis: Axis
    estimate: float | None
    low: float | None
    high: float | None

    @property
    def has_figure(self) -> bool:
        """Whether there is anything to draw."""
        return self.estimate is not None

    @property
    def places(self) -> tuple[str, str, str]:
        """Where the low end, the estimate and the high end stand."""
        end = math.inf if self.axis.ratios else self.axis.end
        low, high = (-end if self.low is None else self.low, end if self.high is None else self.high)
        if self.axis.ratios:
            low = max(low, 0.0)
        return (self.axis.place(low), self.axis.place(self.estimate or 0.0), self.axis.place(high))

    @property
    def figure(self) -> str:
        """The estimate: a ratio, a share, or a difference with its sign."""
        if self.estimate is None:
            return ""
        write = self.axis.notation
        alone = self.axis.ratios or self.axis.whole
        return write.value(self.estimate) if alone else write.difference_with_sign(self.estimate)

    @property
    def interval(self) -> str:
        """The two ends of the interval, in words."""
        if self.axis.ratios or self.axis.whole:
            return self.axis.notation.interval(self.low, self.high)
        return self.axis.notation.gained_between(self.low, self.high)
