"""Time zones as dates name them: `+05:30`, `GMT+3`, `Europe/Berlin`, letters such as `EDT`, `BST` or `ET`.

What letters mean is taken from the time zone database (which zones call their clock so in that year) and, for letters
that it lacks (`ET`, `MEZ`, `SGT`), from CLDR. Letters of several zones that differ are not guessed: they mean what the
outlet's own zone, or one of the same country, calls its clock by them; else nothing. In the form of e-mail they mean
what its standard (RFC 5322) says.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from masthead.study.parts import zone_names

Wall = dt.datetime
"""A date and a time on a clock on a wall: without a zone."""

_MOST = dt.timedelta(hours=15)
_OFFSET = re.compile(r"(?:(?:GMT|UTC|UT|Z) ?)?\(?([+\-−])(\d\d)[:']?(\d\d)?(?::?\d\d)?'?\)?", re.IGNORECASE)
_FROM_GREENWICH = re.compile(r"\(?(?:GMT|UTC|UT) ?([+\-−]) ?(\d{1,2})(?::?(\d\d))?\)?", re.IGNORECASE)
_REST = re.compile(r" ?(?:[(\[][^()\[\]]{1,60}[)\]]|[A-Z]{1,5})?$")
_NAMED = re.compile(r"[\[(]?([A-Za-z]+(?:/[A-Za-z_+0-9-]+){1,2})[\])]?$")
_LETTERS = re.compile(r"\(?([^\W\d_]{1,6})\)?$")
_GREENWICH = frozenset(("z", "utc", "ut", "gmt", "zulu"))
_BY_STANDARD = {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
# Zones that people write by letters which the databases know for another zone alone.
_MEANT_TOO = {
    "AST": "Asia/Riyadh",
    "AMT": "Asia/Yerevan",
    "ECT": "Europe/Paris",
    "GST": "Atlantic/South_Georgia",
}
_SHOWN = 4


class Shift(NamedTuple):
    """How far a clock is ahead of UTC; None where that is not known, and then `remark` says why."""

    ahead: dt.timedelta | None
    remark: str = ""


def shift_of(text: str, wall: Wall, own: ZoneInfo | None = None, by_mail: bool = False) -> Shift | None:
    """Return what a zone, as it is written, means for a time on a clock; None where the text is no zone.

    Without a text it is the outlet's `own` zone, or UTC. `by_mail`: the date has the form of e-mail.
    """
    text = text.strip()
    if not text:
        if own is None:
            return Shift(dt.timedelta(), "time without a zone, taken as UTC")
        return Shift(_ahead(own, wall))
    for pattern in (_FROM_GREENWICH, _OFFSET):
        hit = pattern.match(text)
        if hit and _REST.match(text, hit.end()):
            ahead = dt.timedelta(hours=int(hit[2]), minutes=int(hit[3] or 0))
            return Shift(ahead if hit[1] == "+" else -ahead) if ahead <= _MOST else None
    if hit := _NAMED.match(text):
        is_zone = hit[1] in zone_names()
        return Shift(_ahead(ZoneInfo(hit[1]), wall)) if is_zone else _unknown(hit[1])
    letters, _, rest = text.partition(" ")
    if rest and (hit := _NAMED.match(rest)) and hit[1] in zone_names():
        return Shift(_ahead(ZoneInfo(hit[1]), wall))
    if letters.lower() in _GREENWICH and _REST.match(text, len(letters)):
        return Shift(dt.timedelta())
    if hit := _LETTERS.match(letters if _REST.match(text, len(letters)) else text):
        return _by_letters(hit[1], wall, own, by_mail)
    metazone = _long_names().get(text.casefold())
    return Shift(_one(_of_metazones([metazone], wall))) if metazone else None


def _unknown(letters: str) -> Shift:
    return Shift(None, f"time zone '{letters}' not known, the day kept and the time left out")


def _by_letters(letters: str, wall: Wall, own: ZoneInfo | None, by_mail: bool) -> Shift | None:
    if by_mail and letters in _BY_STANDARD:
        return Shift(dt.timedelta(hours=_BY_STANDARD[letters]))
    ahead_of = dict(_calling_it(letters.upper(), wall))
    if not ahead_of:
        for english in (True, False):
            ahead_of = ahead_of or _of_metazones(
                _metazones_by_letters(english).get(letters.casefold(), ()), wall
            )
    if not ahead_of:
        return _unknown(letters) if letters.isupper() else None
    if also := _MEANT_TOO.get(letters.upper()):
        ahead_of[also] = _ahead(ZoneInfo(also), wall)
    ahead = _one(ahead_of)
    if ahead is None and own is not None:
        ahead = _own_meaning(ahead_of, own.key)
    if ahead is not None:
        return Shift(ahead)
    examples = [
        _best_known([z for z in ahead_of if ahead_of[z] == offset])
        for offset in sorted(set(ahead_of.values()))
    ]
    names = ", ".join(examples[:_SHOWN]) + (", …" if len(examples) > _SHOWN else "")
    return Shift(None, f"time zone '{letters}' may be that of {names}: the day kept and the time left out")


def _one(ahead_of: dict[str, dt.timedelta]) -> dt.timedelta | None:
    offsets = set(ahead_of.values())
    return offsets.pop() if len(offsets) == 1 else None


def _own_meaning(ahead_of: dict[str, dt.timedelta], own: str) -> dt.timedelta | None:
    """What the letters mean in the outlet's own zone, or else in its country."""
    from babel.core import get_global

    if own in ahead_of:
        return ahead_of[own]
    country = get_global("zone_territories")
    return _one(
        {
            zone: ahead
            for zone, ahead in ahead_of.items()
            if own in country and country.get(zone) == country[own]
        }
    )


def _best_known(zones: list[str]) -> str:
    """The one of some zones to name: one that stands for many, else the first."""
    from babel.core import get_global

    for candidates in (set(get_global("windows_zone_mapping").values()), get_global("zone_territories")):
        among = sorted(zone for zone in zones if zone in candidates)
        if among:
            return among[0]
    return min(zones)


def _ahead(zone: ZoneInfo, wall: Wall) -> dt.timedelta:
    return zone.utcoffset(wall) or dt.timedelta()


def _calling_it(letters: str, wall: Wall) -> Iterator[tuple[str, dt.timedelta]]:
    """The zones that call their clock so, now or in another part of the year, and how far they are then ahead."""
    for name in _zones_by_letters(wall.year).get(letters, ()):
        zone = ZoneInfo(name)
        days = (wall, *(dt.datetime(wall.year, month, 15) for month in range(1, 13)))
        yield name, _ahead(zone, next(day for day in days if (zone.tzname(day) or "").upper() == letters))


@cache
def _zones_by_letters(year: int) -> dict[str, frozenset[str]]:
    """The zones that call their clock by some letters on any day of a year."""
    zones: dict[str, set[str]] = {}
    days = [dt.datetime(year, month, 15) for month in range(1, 13)]
    for name in zone_names():
        zone = ZoneInfo(name)
        for letters in {zone.tzname(day) for day in days}:
            if letters and letters.isalpha():
                zones.setdefault(letters.upper(), set()).add(name)
    return {letters: frozenset(names) for letters, names in zones.items()}


@cache
def _metazones_by_letters(english: bool) -> dict[str, set[tuple[str, str]]]:
    """CLDR's zones and their kind of time (generic, standard, daylight) by short names, in English or in the others."""
    from babel import localedata

    metazones: dict[str, set[tuple[str, str]]] = {}
    for name in localedata.locale_identifiers():
        if (name.partition("_")[0] == "en") == english:
            for metazone, names in localedata.load(name).get("meta_zones", {}).items():
                for kind, short in (names.get("short") or {}).items():
                    if str(short).isalpha():
                        metazones.setdefault(str(short).casefold(), set()).add((metazone, kind))
    return metazones


@cache
def _long_names() -> dict[str, tuple[str, str]]:
    """CLDR's zones and kinds of time by their full English names: `eastern time`, `british summer time`."""
    from babel import Locale

    return {
        str(long).casefold(): (metazone, kind)
        for metazone, names in Locale.parse("en_GB").meta_zones.items()
        for kind, long in names.get("long", {}).items()
    }


def _of_metazones(metazones: Iterable[tuple[str, str]], wall: Wall) -> dict[str, dt.timedelta]:
    """How far the zones of CLDR's zones are ahead of UTC at that time of their clocks, in that kind of time."""
    from babel.core import get_global

    of = get_global("meta_zones")
    ahead_of: dict[str, dt.timedelta] = {}
    # Where letters stand for both, the standard time is meant as it is written.
    for metazone, kind in sorted(metazones):
        zones = [zone for zone in of if of[zone] == metazone and zone in zone_names()]
        # Where some keep summer time, `ET` means the time of these.
        changing = [zone for zone in zones if _summer(zone, wall.year)]
        for zone in changing or zones:
            if kind == "generic":
                ahead_of[zone] = _ahead(ZoneInfo(zone), wall)
            else:
                winter, summer = _seasons(zone, wall.year)
                late = summer if summer != winter else winter + dt.timedelta(hours=1)
                ahead_of[zone] = late if kind == "daylight" else winter
    return ahead_of


@cache
def _seasons(zone: str, year: int) -> tuple[dt.timedelta, dt.timedelta]:
    aheads = [_ahead(ZoneInfo(zone), dt.datetime(year, month, 15)) for month in range(1, 13)]
    return min(aheads), max(aheads)


def _summer(zone: str, year: int) -> bool:
    winter, summer = _seasons(zone, year)
    return winter != summer
