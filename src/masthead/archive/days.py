"""The days of articles: each outlet's own, in its time zone.

`published` is an instant, and in UTC a morning edition in Tokyo lies on the day before. An article's day is that of its
outlet's clock: in the zone that a study gives, or else the one that was said when its articles were added, or else UTC.
A date without a time is a day of the outlet's own calendar, and never moves.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from masthead.errors import UsageError, listed
from masthead.study.parts import WrongAtError, known_zone

if TYPE_CHECKING:
    from masthead.archive.folder import Archive
    from masthead.study import Study

TIMED = ("second", "minute")
"""The precisions of a date with a time."""

_TIMED = f"published_precision IN {TIMED}"


def checked_zone(name: str) -> str:
    """Return the name of a time zone. Raises UsageError where there is none of that name."""
    try:
        return known_zone(name)
    except WrongAtError as wrong:
        raise UsageError(str(wrong), wrong.expected, wrong.hint) from None


def zones_said(archive: Archive) -> dict[str, str]:
    """Return the zone in which each outlet's dates were said to be when they were added, by the archive's outlet.

    An outlet for which two were said has none.
    """
    zone_of = {
        part: zone for ingest in archive.ingests() if (zone := ingest.get("zone")) for part in ingest["parts"]
    }
    zones_of: dict[str, set[str]] = {}
    for part in archive.published.parts() if zone_of else ():
        if part.name in zone_of:
            for outlet in part.read(["outlet"])["outlet"].unique().to_pylist():
                zones_of.setdefault(outlet, set()).add(zone_of[part.name])
    return {outlet: zones.pop() for outlet, zones in zones_of.items() if len(zones) == 1}


def zones_known(archive: Archive, study: Study) -> dict[str, str]:
    """Return the zone on whose clock the days of each of the archive's outlets are; those of UTC are left out.

    It is what the study says of the outlet or of all, or else what was said when its articles were added.
    """
    zones = zones_said(archive)
    if study.zone:
        for part in archive.published.parts():
            zones |= dict.fromkeys(part.read(["outlet"])["outlet"].unique().to_pylist(), study.zone)
    own = {value: outlet.zone for outlet in study.listed if outlet.zone for value in outlet.matches}
    return {**zones, **own}


def zones_hash(archive: Archive) -> str:
    """SHA-256 (16 hex) of the zones in which outlets were added: figures hang on them. Empty where none was said."""
    zones = sorted(zones_said(archive).items())
    return hashlib.sha256(repr(zones).encode()).hexdigest()[:16] if zones else ""


def moved_days(archive: Archive) -> Counter[str]:
    """Count, by the archive's outlet, the articles that in UTC lie on another day than they were written on."""
    counts: Counter[str] = Counter()
    for ingest in archive.ingests():
        counts.update(ingest.get("moved", {}))
    return counts


def in_utc(archive: Archive, zones: Mapping[str, str]) -> dict[str, int]:
    """Return the counts of `moved_days` of the outlets that have none of these zones: those whose days are UTC's."""
    return {outlet: count for outlet, count in sorted(moved_days(archive).items()) if outlet not in zones}


def utc_days(counts: Mapping[str, int]) -> str:
    """Say that days are those of UTC, and of how many articles that is another day than they were written on."""
    of = listed(f"'{outlet}' {count:,}" for outlet, count in sorted(counts.items()))
    return f"days are those of UTC; articles that were written on another day, by their own time zone: {of}"


def own_day(zone: str, of: str = "") -> str:
    """Return the SQL of an article's day, from that of its zone's name; `of` opens the columns' names (`a.`)."""
    utc = f"CAST(timezone('UTC', {of}published) AS DATE)"
    local = f"CAST(timezone({zone}, {of}published) AS DATE)"
    return f"CASE WHEN {zone} IS NOT NULL AND {of}{_TIMED} THEN {local} ELSE {utc} END"


def own_instant(zone: str, of: str = "") -> str:
    """Return the SQL of an article's instant: of one whose day alone is known, the beginning of its outlet's day."""
    begins = f"timezone({zone}, timezone('UTC', {of}published))"
    return f"CASE WHEN {zone} IS NULL OR {of}{_TIMED} THEN {of}published ELSE {begins} END"


def own_days(articles: pa.Table, zones: Mapping[str, str]) -> pa.Array:
    """Return the days of articles (outlet, published, published_precision) by the zones of their outlets, as date32."""
    days = pc.cast(articles["published"], pa.date32()).combine_chunks()
    if not zones or not articles.num_rows:
        return days
    dates = days.to_pylist()
    has_time = pc.is_in(articles["published_precision"], pa.array(TIMED))
    elsewhere = pc.and_(has_time, pc.is_in(articles["outlet"], pa.array(list(zones), pa.string())))
    for row in pc.indices_nonzero(elsewhere).to_pylist():
        moment = articles["published"][row].as_py()
        dates[row] = moment.astimezone(ZoneInfo(zones[articles["outlet"][row].as_py()])).date()
    return pa.array(dates, pa.date32())


def in_zone(moment: dt.datetime | None, zone: str | None) -> dt.datetime | None:
    """Return an instant on the clock of a zone; as it is where there is none."""
    return moment if moment is None or zone is None else moment.astimezone(ZoneInfo(zone))
