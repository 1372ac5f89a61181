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
class _Told:
    """What one outlet's dates tell: the orders that fit them all, and a date that told; how many speak how."""

    possible: frozenset[str] = _ALL
    told_by: str = ""
    against: str = ""
    unclear: str = ""
    fits: int = 0
    misfits: int = 0
    clear: Counter[str] = field(default_factory=Counter)

    def see(self, value: str, orders: frozenset[str], said: str | None) -> None:
        if len(orders) > 1:
            self.unclear = self.unclear or value
        else:
            self.clear.update(orders)
        if said:
            self.fits += orders == {said}
            self.misfits += said not in orders
            if said not in orders:
                self.against = self.against or value
            return
        left = self.possible & orders
        if not left:
            self.against = self.against or value
        elif left != self.possible:
            self.told_by = value
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
    `said` is what the user said, and is then followed.
    """

    def __init__(self, name: str, said: str | None) -> None:
        if said is not None and said not in ORDERS:
            raise UsageError(
                f"the date order is '{said}'", "one of " + ", ".join(ORDERS), "choose one of them"
            )
        self._name = name
        self._said = said
        self._outlets: dict[str, _Told] = {}
        self._common: frozenset[str] | None = None

    @property
    def seen(self) -> bool:
        """True once a date was seen that needs an order."""
        return bool(self._outlets)

    def see(self, outlet: str, value: str, orders: frozenset[str]) -> None:
        """Let a date of an outlet tell, which is a date in these orders alone."""
        self._common = None
        self._outlets.setdefault(outlet, _Told()).see(value, orders, self._said)

    def of(self, outlet: str) -> str | None:
        """The order of an outlet's dates; None where nothing tells it."""
        if self._said:
            return self._said
        possible = self._together() or (self._outlets[outlet].possible if outlet in self._outlets else _ALL)
        return next(iter(possible)) if len(possible) == 1 else None

    def settle(self) -> None:
        """Raise SourceError where dates contradict each other or nothing tells their order."""
        if self._said:
            self._check_said()
            return
        for outlet, told in self._outlets.items():
            if told.against:
                raise SourceError(
                    f"the dates of '{self._name}' contradict each other: {told.told_by!r} and {told.against!r}"
                    f"{self._of_outlet(outlet)} cannot be in one order of day and month",
                    "one order for each outlet",
                    "put the articles of each order into a file of their own; no --date-order fits both"
                    + told.slips(),
                )
        together = self._together()
        if len(together) == 1:
            return
        for outlet, told in self._outlets.items():
            if told.unclear and len(together or told.possible) > 1:
                settled = "no date in the column settles it"
                if not together:
                    settled = "the other outlets differ in theirs"
                raise SourceError(
                    f"the order of day and month in the dates of '{self._name}' cannot be told: {told.unclear!r}"
                    f"{'' if together else self._of_outlet(outlet)} may be either, and {settled}",
                    "a date whose day is over 12",
                    "say the order with --date-order dmy, mdy or ymd"
                    if together
                    else "put this outlet's articles into a file of their own, and say its order with --date-order",
                )

    def notes(self) -> list[str]:
        """Say which order was taken, and by what."""
        if not self._outlets:
            return []
        if self._said:
            return [f"dates in figures read as {_words(self._said)}, as told"]
        together = self._together()
        if together:
            told = [t.told_by for t in self._outlets.values() if t.told_by]
            return (
                [f"dates in figures read as {_words(next(iter(together)))}, as {told[0]!r} tells"]
                if (len(together) == 1 and told)
                else []
            )
        notes = []
        for order in ORDERS:
            those = [o for o, told in self._outlets.items() if told.possible == {order}]
            if those:
                shown = ", ".join(f"'{o}'" for o in those[:_SHOWN]) + (", …" if len(those) > _SHOWN else "")
                example = self._outlets[those[0]].told_by
                notes.append(f"dates in figures read as {_words(order)} in {shown}, as {example!r} tells")
        return notes

    def _together(self) -> frozenset[str]:
        """The orders that fit every outlet's dates."""
        if self._common is None:
            self._common = _ALL.intersection(*(told.possible for told in self._outlets.values()))
        return self._common

    def _check_said(self) -> None:
        """A told order must not quietly turn days into months where an outlet's own dates speak against it."""
        for outlet, told in self._outlets.items():
            if told.unclear and told.misfits > _STRAY * told.fits:
                way = "add a file for each order"
                if told.misfits and not told.fits:
                    way = "leave --date-order out, so that each outlet's dates tell its own, or " + way
                raise SourceError(
                    f"dates of '{self._name}' do not fit the order that was said: {told.against!r}"
                    f"{self._of_outlet(outlet)} cannot be {_words(self._said or '')}, and {told.unclear!r} would be"
                    " misread",
                    "an order that fits",
                    way,
                )

    def _of_outlet(self, outlet: str) -> str:
        return f" of '{outlet}'" if outlet and len(self._outlets) > 1 else ""


def _words(order: str) -> str:
    return ", ".join(_NAMES[c] for c in order)
