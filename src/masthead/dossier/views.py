"""What the pages show, piece by piece: outlets, subjects, figures, points in time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from masthead.dossier.writing.notation import SHARES, Notation
from masthead.dossier.writing.safe_text import outlet_anchor, slug


@dataclass(frozen=True)
class OutletView:
    """An outlet as the pages show it."""

    id: str
    title: str
    group: str
    n_articles: int
    n_undated: int
    quotation_marks: bool
    first: str
    last: str
    n_wire: int = 0
    """How many of the outlet's articles are wire copy."""

    @property
    def slug(self) -> str:
        """A name safe in anchors and paths."""
        return slug(self.id)

    @property
    def anchor(self) -> str:
        """Where the outlet stands on a page about all of them."""
        return outlet_anchor(self.id)


@dataclass(frozen=True)
class SubjectView:
    """A subject as the pages show it."""

    id: str
    title: str
    kind: str
    aliases: tuple[str, ...]
    categories: dict[str, tuple[str, ...]]

    @property
    def slug(self) -> str:
        """A name safe in anchors and paths."""
        return slug(self.id)


@dataclass(frozen=True)
class Cell:
    """One figure with its interval, what it was computed from, and where its sentences are."""

    estimate: float | None
    low: float | None
    high: float | None
    numerator: float
    denominator: float
    n_units: int
    n_left_out: int
    method: str
    note: str
    href: str
    notation: Notation = SHARES
    voice: str = "all"
    is_sample: bool = False
    """True where a sample was read: the sums are weighed, and stand for all that was not read."""
    calibrated: bool = False
    """True where people's codes correct it."""
    n_coded: int = 0
    worth: float | None = None
    """How many codings would give as narrow an interval without the reader."""
    plain: tuple[float | None, float | None, float | None] = (None, None, None)
    """The figure and its interval by the reader alone, where it is calibrated."""

    @property
    def by_reader(self) -> Cell:
        """The same figure by the reader alone."""
        if not self.calibrated:
            return self
        estimate, low, high = self.plain
        return replace(self, estimate=estimate, low=low, high=high, calibrated=False)

    @property
    def state(self) -> str:
        """`empty` where there is nothing to take a figure of, `thin` where there is too little, else `shown`."""
        if self.estimate is None or not self.denominator:
            return "empty"
        return "thin" if self.notation.thin(self.n_units, self.denominator) else "shown"

    @property
    def figure(self) -> str:
        """The estimate, as figures of its measure are written."""
        return self.notation.value(self.estimate)

    @property
    def bounds(self) -> str:
        """The interval, short."""
        return self.notation.bounds(self.low, self.high)

    @property
    def interval(self) -> str:
        """The interval, in words."""
        return self.notation.interval(self.low, self.high)

    @property
    def shade(self) -> str:
        """The style of a table cell that shows it; `even` where it does not surely lie one way."""
        if self.estimate is None or self.notation.holds_even(self.low, self.high):
            return "even"
        return self.notation.shade(self.estimate)


@dataclass(frozen=True)
class Point:
    """One figure of a series: a cell, and the first and the last day that it is of."""

    start: dt.date
    cell: Cell
    end: dt.date | None = None


@dataclass(frozen=True)
class Coverage:
    """How many articles of an outlet one period holds, and for how many of its days there is a gap."""

    start: dt.date
    end: dt.date
    n_articles: int
    n_gap_days: int
