"""In which order a file writes day, month and year in figures: told by all its dates, or outlet by outlet."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from masthead.errors import SourceError, UsageError

ORDERS = ("dmy", "mdy", "ymd")
_ALL = frozenset(ORDERS)
_NAMES = {"d": "day", "m": "month", "y": "year"}
_SHOWN = 5
_STRAY = 0.05
"""So many dates to each that fits may be in no order that was said: slips, which stay undated."""


@dataclass
class _OutletDates:
    """What one outlet's dates tell: the orders that fit them all, and a date that shows it; how many speak how."""

    possible: frozenset[str] = _ALL
    example: str = ""
    against: str = ""
    unclear: str = ""
    fits: int = 0
    misfits: int = 0
    clear: Counter[str] = field(default_factory=Counter)

    def see(self, value: str, orders: frozenset[str], user_order: str | None) -> None:
        if len(orders) > 1:
            self.unclear = self.unclear or value
        else:
            self.clear.update(orders)
        if user_order:
            self.fits += orders == {user_order}
            self.misfits += user_order not in orders
            if user_order not in orders:
                self.against = self.against or value
            return
        left = self.possible & orders
        if not left:
            self.against = self.against or value
        elif left != self.possible:
            self.example = value
            self.possible = left

    def slips(self) -> str:
        """The way that is open where all but a few dates are in one order; nothing where days could become months."""
        (order, most), *_ = self.clear.most_common()
        few = self.clear.total() - most
        return (
            f", but with --date-order {order} the few that do not fit stay undated"
            if few <= _STRAY * most
            else ""
        )


class DateOrders:
    """The orders of one file's dates. Show it every date in figures by `see`, then `settle`, then ask `of`.

    One order that fits every date is the file's. Where there is none, each outlet's own dates tell its own.
    `user_order` is what the user said, and is then followed.
    """

    def __init__(self, name: str, user_order: str | None) -> None:
        if user_order is not None and user_order not in ORDERS:
            raise UsageError(
                f"the date order is '{user_order}'", "one of " + ", ".join(ORDERS), "choose one of them"
            )
        self._name = name
        self._user_order = user_order
        self._outlets: dict[str, _OutletDates] = {}
        self._common: frozenset[str] | None = None

    @property
    def needs_order(self) -> bool:
        """True once a date was seen that needs an order."""
        return bool(self._outlets)

    def see(self, outlet: str, value: str, orders: frozenset[str]) -> None:
        """Let a date of an outlet tell, which is a date in these orders alone."""
        self._common = None
        self._outlets.setdefault(outlet, _OutletDates()).see(value, orders, self._user_order)

    def of(self, outlet: str) -> str | None:
        """The order of an outlet's dates; None where nothing tells it."""
        if self._user_order:
            return self._user_order
        possible = self._together() or (self._outlets[outlet].possible if outlet in self._outlets else _ALL)
        return next(iter(possible)) if len(possible) == 1 else None

    def settle(self) -> None:
        """Raise SourceError where dates contradict each other or nothing tells their order."""
        if self._user_order:
            self._check_said()
            return
        for outlet, dates in self._outlets.items():
            if dates.against:
                raise SourceError(
                    f"the dates of '{self._name}' contradict each other: {dates.example!r} and {dates.against!r}"
                    f"{self._of_outlet(outlet)} cannot be in one order of day and month",
                    "one order for each outlet",
                    "put the articles of each order into a file of their own; no --date-order fits both"
                    + dates.slips(),
                )
        together = self._together()
        if len(together) == 1:
            return
        for outlet, dates in self._outlets.items():
            if dates.unclear and len(together or dates.possible) > 1:
                reason = "no date in the column settles it"
                if not together:
                    reason = "the other outlets differ in theirs"
                raise SourceError(
                    f"the order of day and month in the dates of '{self._name}' cannot be told: {dates.unclear!r}"
                    f"{'' if together else self._of_outlet(outlet)} may be either, and {reason}",
                    "a date whose day is over 12",
                    "say the order with --date-order dmy, mdy or ymd"
                    if together
                    else "put this outlet's articles into a file of their own, and say its order with --date-order",
                )

    def notes(self) -> list[str]:
        """Say which order was taken, and by what."""
        if not self._outlets:
            return []
        if self._user_order:
            return [f"dates in figures read as {_words(self._user_order)}, as told"]
        together = self._together()
        if together:
            examples = [t.example for t in self._outlets.values() if t.example]
            return (
                [f"dates in figures read as {_words(next(iter(together)))}, as {examples[0]!r} tells"]
                if (len(together) == 1 and examples)
                else []
            )
        notes = []
        for order in ORDERS:
            those = [o for o, dates in self._outlets.items() if dates.possible == {order}]
            if those:
                names = ", ".join(f"'{o}'" for o in those[:_SHOWN]) + (", …" if len(those) > _SHOWN else "")
                example = self._outlets[those[0]].example
                notes.append(f"dates in figures read as {_words(order)} in {names}, as {example!r} tells")
        return notes

    def _together(self) -> frozenset[str]:
        """The orders that fit every outlet's dates."""
        if self._common is None:
            self._common = _ALL.intersection(*(dates.possible for dates in self._outlets.values()))
        return self._common

    def _check_said(self) -> None:
        """A told order must not quietly turn days into months where an outlet's own dates speak against it."""
        for outlet, dates in self._outlets.items():
            if dates.unclear and dates.misfits > _STRAY * dates.fits:
                way = "add a file for each order"
                if dates.misfits and not dates.fits:
                    way = "leave --date-order out, so that each outlet's dates tell its own, or " + way
                raise SourceError(
                    f"dates of '{self._name}' do not fit the order that was said: {dates.against!r}"
                    f"{self._of_outlet(outlet)} cannot be {_words(self._user_order or '')}, and {dates.unclear!r}"
                    " would be misread",
                    "an order that fits",
                    way,
                )

    def _of_outlet(self, outlet: str) -> str:
        return f" of '{outlet}'" if outlet and len(self._outlets) > 1 else ""


def _words(order: str) -> str:
    return ", ".join(_NAMES[c] for c in order)
