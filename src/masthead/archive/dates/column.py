"""The dates of one source file: read one by one, once all of them have told what each outlet's mean."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from masthead.archive.dates import prints, words
from masthead.archive.dates.clock import Moment, moment_of
from masthead.archive.dates.names import ENGLISH_MONTHS, ENGLISH_WEEKDAYS, Tokens, month_of
from masthead.archive.dates.order import DateOrders
from masthead.archive.dates.quick import (
    LONGEST,
    figures_in,
    in_english,
    in_order,
    is_by_mail,
    plain,
    possible_orders,
    take_apart,
)
from masthead.archive.dates.words import Written

EARLIEST_YEAR = 1700
MADE = dt.date(2026, 11, 30)
"""The day on which this Masthead was made: no clock that is right tells an earlier one. Every release moves it."""

AHEAD = "undated, the date lies in the future"
_OTHER_CALENDAR = (
    "undated, the year is one of another calendar (Persian, Islamic, Thai?): convert the dates first"
)
_PERSIAN, _THAI = range(1300, 1500), range(2450, 2650)
_REMEMBERED = 50_000
_SHOWN = 20
_WORD = re.compile(r"[^\W\d_]{2,20}")
_MOST_WORDS = 2_000
_COMMON = (
    "of the on at am pm st nd rd th utc gmt est edt cst cdt mst mdt pst pdt et ct pt bst",
    "published posted updated modified created date dated last first edition late final",
)
_ENGLISH = ENGLISH_WEEKDAYS | ENGLISH_MONTHS.keys() | frozenset(" ".join(_COMMON).split())
_NO_TIME = "undated, the time cannot be read"


class DateColumn:
    """The dates of one source file.

    Show it every date by `narrow` and call `settle`, before reading them by `read`. `order` is what the user
    said, and is then followed; `today` bounds the future (default: the clock's, in UTC); `zone` is the one in which
    times that name none are meant.
    """

    def __init__(
        self, name: str, order: str | None = None, today: dt.date | None = None, zone: str | None = None
    ) -> None:
        self._orders = DateOrders(name, order)
        self._clock = today or _today()
        self._latest = max(self._clock, MADE if today is None else self._clock) + dt.timedelta(days=1)
        self._zone = ZoneInfo(zone) if zone else None
        self._read: dict[tuple[str, str | None, str], Moment] = {}
        self._words: dict[str, set[str]] = {}
        self._known: dict[str, tuple[words.Memory, words.Memory]] = {}
        self.remarks: Counter[str] = Counter()
        self._shown: dict[str, str] = {}

    @property
    def in_figures(self) -> bool:
        """True once a date was shown that other dates of the file have to explain."""
        return self._orders.needs_order

    def narrow(self, values: Iterable[str], outlet: str = "") -> None:
        """Let these dates of an outlet tell the order of their figures, and the language of their words."""
        for value in values:
            text = plain(value)
            figures = figures_in(text) or (
                None if text[:4].isdecimal() else prints.figures_among(text, False)
            )
            if figures is not None:
                orders = possible_orders(*figures[:4])
                if orders is not None:
                    self._orders.see(outlet, value, orders)
            elif new_words := _words_of(text):
                mine = self._words.setdefault(outlet, set())
                if len(mine) < _MOST_WORDS and not new_words <= mine:
                    mine |= new_words
                    self._known.pop(outlet, None)

    def settle(self) -> None:
        """Raise SourceError where the dates shown contradict each other or leave their order open."""
        self._orders.settle()

    def read(self, value: str, outlet: str = "") -> Moment:
        """Read one date. Never raises: what cannot be read is a Moment without an instant."""
        order = self._orders.of(outlet)
        key = (value, order, outlet if outlet in self._words else "")
        moment = self._read.get(key)
        if moment is None:
            moment = self._read_new(plain(value), order, outlet)
            if len(self._read) >= _REMEMBERED:
                self._read.clear()
            self._read[key] = moment
        if moment.remark:
            self.remarks[moment.remark] += 1
            self._shown.setdefault(moment.remark, value)
        return moment

    def notes(self) -> list[str]:
        """Say what was sniffed and what could not be dated, with counts."""
        notes = self._orders.notes()
        for remark, count in sorted(self.remarks.items())[:_SHOWN]:
            example = plain(self._shown[remark])[:LONGEST]
            notes.append(f"{remark}: {count:,}" + (f" (such as {example!r})" if example else ""))
        more = sum(count for _, count in sorted(self.remarks.items())[_SHOWN:])
        if more:
            notes.append(f"dates of which other such things are to be said: {more:,}")
        if self._clock + dt.timedelta(days=1) < self._latest:
            notes.append(
                f"this computer's clock says {self._clock}, which is wrong: dates up to {MADE} were taken as past"
            )
        return notes

    def _read_new(self, value: str, order: str | None, outlet: str) -> Moment:
        if not value:
            return _undated("undated, no date given")
        usual = take_apart(value, order)
        if usual is not None and (read := self._of_written(usual, value)).remark != _NO_TIME:
            return self._in_time(read)
        plainer = prints.rewritten(value)
        if number := prints.of_number(plainer or value):
            return self._in_time(number)
        read = _undated("undated, the date cannot be read")
        for date in self._ways(plainer or value, order, outlet):
            if isinstance(date, str):
                return _undated(date)
            if isinstance(date, Written):
                read = self._of_written(date, value)
                if read.remark != _NO_TIME:
                    return self._in_time(read)
        return read

    def _of_written(self, date: Written, value: str) -> Moment:
        try:
            day = dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC)
        except ValueError:
            return _undated("undated, there is no such date")
        if not date.time:
            return Moment(day, date.precision)
        moment = moment_of(day, date.time, self._zone, is_by_mail(value))
        return _undated(_NO_TIME) if moment is None else moment

    def _ways(self, value: str, order: str | None, outlet: str) -> Iterator[Written | str | None]:
        """Yield a date taken apart: in the usual forms, among other words, in any language."""
        if len(value) > LONGEST:
            return
        yield take_apart(value, order)
        if not self._foreign(outlet):
            yield in_english(value)
        foreign = not _words_of(value) <= _ENGLISH
        if (figures := prints.figures_among(value, foreign)) is not None:
            a, b, c, _, time = figures
            yield in_order(a, b, c, time, order)
        else:
            yield self._in_words(value, outlet)

    def _in_words(self, value: str, outlet: str) -> Written | str | None:
        beside = self._words.get(outlet, frozenset[str]())

        def month(foreign: bool) -> words.MonthOf:
            return lambda name: _english(name) if not foreign else month_of(name, beside, True)

        english_dates, every = self._known.setdefault(outlet, ({}, {}))
        if max(len(english_dates), len(every)) > _REMEMBERED:
            self._known.pop(outlet)
        if not self._foreign(outlet) and (date := words.in_words(value, month(False), False, english_dates)):
            return date
        return words.in_words(value, month(True), True, every)

    def _foreign(self, outlet: str) -> bool:
        """True where an outlet's dates hold words that are not English."""
        return not self._words.get(outlet, frozenset()) <= _ENGLISH

    def _in_time(self, moment: Moment) -> Moment:
        """The moment, if newspapers and clocks allow for it."""
        instant = moment.instant
        if instant is None:
            return moment
        if instant.year in _PERSIAN or instant.year in _THAI:
            return _undated(_OTHER_CALENDAR)
        if instant.year < EARLIEST_YEAR:
            return _undated(f"undated, the date lies before {EARLIEST_YEAR}")
        if instant.date() > self._latest:
            return _undated(AHEAD)
        return moment


def _undated(remark: str) -> Moment:
    return Moment(None, "none", remark)


def _words_of(value: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(value)}


def _english(name: Tokens) -> int | None:
    return ENGLISH_MONTHS.get(name[0]) if len(name) == 1 else None


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


def is_date(value: str) -> bool:
    """True where a value is written as a date in one of the usual forms, whichever order its figures are in."""
    text = plain(value)
    figures = figures_in(text)
    in_figures = figures is not None and possible_orders(*figures) is not None
    return in_figures or take_apart(text, "dmy") is not None or in_english(text) is not None
