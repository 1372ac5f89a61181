"""How the figures of a measure are written: shares in percent, means with their sign, ratios around 1."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from masthead.dossier.writing import numbers
from masthead.findings.about import Declaration
from masthead.inference.silence.pairs import FEWEST_EXPECTED

SHADES = (0.1, 0.25, 0.45)
"""From these distances from 0 on, a mean's cell is shaded a step deeper."""


class Notation(ABC):
    """How figures of one kind are put into words, and where they stand on an axis."""

    figure: ClassVar[str]
    """What one figure is called."""
    low: ClassVar[float]
    """Where the range starts; that of shares and means ends at 1."""
    even: ClassVar[float | None] = None
    """The figure that lies neither way, in the middle of the axis; None where there is none."""

    @abstractmethod
    def value(self, figure: float | None) -> str:
        """Return a figure; nothing where there is none."""

    @abstractmethod
    def interval(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval, in words."""

    @abstractmethod
    def bounds(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval as short as a table cell needs it."""

    @abstractmethod
    def apart(self, difference: float) -> str:
        """Return the size of a difference of two figures."""

    def difference_with_sign(self, difference: float) -> str:
        """Return a difference with its sign; none has none."""
        size = self.apart(difference)
        if size == self.apart(0.0):
            return size
        return f"{'+' if difference > 0 else '−'}{size}"

    def gained_between(self, low: float | None, high: float | None) -> str:
        """Return the two ends of a difference's interval with their signs; nothing where one is not known."""
        return (
            ""
            if low is None or high is None
            else f"{self.difference_with_sign(low)} to {self.difference_with_sign(high)}"
        )

    @abstractmethod
    def apart_between(self, low: float, high: float) -> str:
        """Return the two ends of an interval of a difference's size."""

    @abstractmethod
    def shade(self, figure: float) -> str:
        """Return the style of a table cell with this figure."""

    @property
    def is_signed(self) -> bool:
        """True where figures lie on both sides of 0."""
        return self.low < 0

    @property
    def span(self) -> float:
        """How far apart two figures can be."""
        return 1.0 - self.low

    def holds_even(self, low: float | None, high: float | None) -> bool:
        """Return whether an interval holds the figure that lies neither way; one end may be left out."""
        if self.even is None:
            return False
        return (self.even if low is None else low) <= self.even <= (self.even if high is None else high)

    def thin(self, n_units: int, denominator: float) -> bool:  # noqa: ARG002  ratios look at the other
        """Return whether there is too little evidence for a figure to be shown."""
        return n_units < numbers.ENOUGH

    def place(self, figure: float | None, scale: float = 1.0) -> str:
        """Return where a figure stands on an axis that ends at `scale`, as a length in percent."""
        share = ((figure or 0.0) / scale - self.low) / self.span
        return f"{min(100.0, max(0.0, 100.0 * share)):.1f}%"

    def ticks(self, scale: float = 1.0) -> Sequence[str]:
        """Return what is written at the start, the middle and the end of such an axis."""
        return [self.value(round(at * scale, 9)) for at in (self.low, (self.low + 1.0) / 2, 1.0)]


@dataclass(frozen=True)
class Shares(Notation):
    """Figures of 0 to 1, written in percent; their differences in percentage points."""

    figure = "share"
    low = 0.0

    def value(self, figure: float | None) -> str:
        """Return a share in percent."""
        return numbers.percent(figure)

    def interval(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval of shares, in percent."""
        return numbers.interval(low, high)

    def bounds(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval of shares, without a sign of percent."""
        return numbers.bounds(low, high)

    def apart(self, difference: float) -> str:
        """Return the size of a difference, in percentage points."""
        return numbers.points(difference)

    def apart_between(self, low: float, high: float) -> str:
        """Return the ends of a difference's interval, in percentage points."""
        return numbers.interval(low, high).removesuffix("%")

    def gained_between(self, low: float | None, high: float | None) -> str:
        """Return the two ends, saying but once what they are."""
        if low is None or high is None:
            return ""
        return f"{self.difference_with_sign(low).partition(' ')[0]} to {self.difference_with_sign(high)}"

    def shade(self, figure: float) -> str:
        """Return one of `t0` to `t5`: the larger the share, the deeper."""
        return f"t{0 if not figure else min(5, 1 + int(figure * 5))}"


@dataclass(frozen=True)
class SignedMeans(Notation):
    """Figures of −1 to 1, written with their sign and two decimals, never in percent."""

    figure = "mean"
    low = -1.0
    even = 0.0

    def value(self, figure: float | None) -> str:
        """Return a mean with its sign; 0.00 has none."""
        if figure is None or math.isnan(figure):
            return ""
        return f"{abs(figure):.2f}" if abs(figure) < 0.005 else numbers.with_sign(figure)

    def ticks(self, scale: float = 1.0) -> Sequence[str]:
        """Return the ends of the axis, and 0 between them, with no more decimals than they need."""
        end = f"{scale:g}"
        return [f"−{end}", "0", f"+{end}"]

    def interval(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval of means."""
        return "" if low is None or high is None else f"{self.value(low)} to {self.value(high)}"

    def bounds(self, low: float | None, high: float | None) -> str:
        """Return the same: a dash between two signs could be read as one of them."""
        return self.interval(low, high)

    def apart(self, difference: float) -> str:
        """Return the size of a difference, on the scale of −1 to 1."""
        return f"{abs(difference):.2f}"

    def apart_between(self, low: float, high: float) -> str:
        """Return the ends of a difference's interval."""
        return f"{low:.2f} to {high:.2f}".replace("-", "−")

    def shade(self, figure: float) -> str:
        """Return `f1` to `f4` (favourable) or `u1` to `u4` (unfavourable): the further from 0, the deeper."""
        return f"{'f' if figure > 0 else 'u'}{1 + sum(abs(figure) >= bound for bound in SHADES)}"


@dataclass(frozen=True)
class Ratios(Notation):
    """Figures of 0 to infinity around 1, which is as usual: what there is over what would be expected.

    On an axis a ratio r stands at r / (1 + r): 1 in the middle, one half and twice as far from it, infinity at
    the end.
    """

    figure = "ratio"
    low = 0.0
    even = 1.0

    @property
    def span(self) -> float:
        """How far a figure can fall below what is usual."""
        return 1.0

    def thin(self, n_units: int, denominator: float) -> bool:  # noqa: ARG002  what is expected counts, not the units
        """Return whether so little was expected that nothing follows from it."""
        return denominator < FEWEST_EXPECTED

    def value(self, figure: float | None) -> str:
        """Return a ratio: two decimals below 10, never rounded to a false 0."""
        if figure is None or math.isnan(figure):
            return ""
        if math.isinf(figure):
            return "∞"
        if figure >= 9.995:
            return f"{figure:,.0f}"
        return "0" if figure == 0 else "<0.01" if figure < 0.005 else f"{figure:.2f}"

    def interval(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval; one without an upper end says so."""
        if low is None:
            return ""
        if high is None or math.isinf(high):
            return f"{self.value(low)} or more"
        return f"{self.value(low)} to {self.value(high)}"

    def bounds(self, low: float | None, high: float | None) -> str:
        """Return the two ends of an interval, short."""
        if low is None:
            return ""
        return f"{self.value(low)}–{self.value(math.inf if high is None else high)}"

    def apart(self, difference: float) -> str:
        """Return the size of a difference of two ratios."""
        return f"{abs(difference):.2f}"

    def apart_between(self, low: float, high: float) -> str:
        """Return the ends of a difference's interval."""
        return f"{low:.2f} to {high:.2f}".replace("-", "−")

    def shade(self, figure: float) -> str:
        """Return `u1` to `u4` below 1, `f1` to `f4` above: the further from it, the deeper."""
        off = self._at(figure) - 0.5
        return f"{'f' if off > 0 else 'u'}{1 + sum(abs(off) >= bound for bound in (0.1, 0.2, 0.3))}"

    def place(self, figure: float | None, scale: float = 1.0) -> str:  # noqa: ARG002  the whole range is shown
        """Return where a ratio stands on the axis of all ratios, as a length in percent."""
        return f"{100 * self._at(math.inf if figure is None else figure):.1f}%"

    def ticks(self, scale: float = 1.0) -> Sequence[str]:  # noqa: ARG002
        """Return the ends of the axis, and what is usual between them."""
        return ["0", "1, as usual", "∞"]

    @staticmethod
    def _at(figure: float) -> float:
        return 1.0 if math.isinf(figure) else figure / (1.0 + figure)


SHARES, MEANS, RATIOS = Shares(), SignedMeans(), Ratios()


def notation_of(measure: Declaration) -> Notation:
    """Return how the figures of a measure are written, by the range that it declares."""
    low, high = measure.get("range") or (0.0, 1.0)
    if high is None or math.isinf(high):
        return RATIOS
    return MEANS if low is not None and low < 0 else SHARES
