"""Time zones as dates name them: by offsets, names and letters; those that may be several are not guessed."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from masthead.archive.dates import DateColumn, Moment
from masthead.archive.dates.zones import shift_of
from masthead.errors import UsageError

TODAY = dt.date(2024, 5, 1)
WINTER, SUMMER = dt.datetime(2022, 1, 20, 7, 15), dt.datetime(2022, 7, 20, 7, 15)


def read(value: str, zone: str | None = None) -> Moment:
    return DateColumn("a.csv", None, TODAY, zone).read(value)


@pytest.mark.parametrize(
    ("text", "wall", "hours"),
    [
        ("Z", SUMMER, 0),
        ("GMT", SUMMER, 0),
        ("+05:30", SUMMER, 5.5),
        ("-0330", SUMMER, -3.5),
        ("−08", SUMMER, -8),
        ("GMT+3", SUMMER, 3),
        ("UTC+05:30", SUMMER, 5.5),
        ("(GMT-2)", SUMMER, -2),
        ("GMT+0200 (Central European Summer Time)", SUMMER, 2),
        ("+0000 UTC", SUMMER, 0),
        ("Europe/Berlin", SUMMER, 2),
        ("Europe/Berlin", WINTER, 1),
        ("[America/Argentina/Salta]", SUMMER, -3),
        ("BST", SUMMER, 1),
        ("CEST", SUMMER, 2),
        ("EDT", SUMMER, -4),
        ("EST", SUMMER, -5),
        ("ET", SUMMER, -4),
        ("ET", WINTER, -5),
        ("PT", SUMMER, -7),
        ("JST", WINTER, 9),
        ("WIB", WINTER, 7),
        ("SGT", WINTER, 8),
        ("MESZ", SUMMER, 2),
        ("Eastern Time", SUMMER, -4),
        ("British Summer Time", SUMMER, 1),
    ],
)
def test_a_zone_is_known(text: str, wall: dt.datetime, hours: float) -> None:
    shift = shift_of(text, wall)
    assert shift is not None
    assert (shift.ahead, shift.remark) == (dt.timedelta(hours=hours), "")


@pytest.mark.parametrize(
    ("letters", "zones"),
    [
        ("IST", ("Asia/Calcutta", "Asia/Jerusalem", "Europe/Dublin")),
        ("CST", ("America/Chicago", "Asia/Shanghai")),
        ("PST", ("America/Los_Angeles", "Asia/Manila")),
        ("AST", ("America/Halifax", "Asia/Riyadh")),
    ],
)
@pytest.mark.parametrize("wall", [WINTER, SUMMER])
def test_letters_of_several_zones_are_told_and_not_guessed(
    letters: str, zones: tuple[str, ...], wall: dt.datetime
) -> None:
    shift = shift_of(letters, wall)
    assert shift is not None
    assert shift.ahead is None
    assert all(zone in shift.remark for zone in zones)
    day = read(f"{wall:%Y-%m-%d %H:%M} {letters}")
    assert day[:2] == (dt.datetime(wall.year, wall.month, wall.day, tzinfo=dt.UTC), "day")


@pytest.mark.parametrize(
    ("letters", "own", "hours"),
    [
        ("IST", "Asia/Kolkata", 5.5),
        ("IST", "Asia/Jerusalem", 2),
        ("CST", "Asia/Shanghai", 8),
        ("CST", "America/New_York", -6),
        ("PST", "America/Los_Angeles", -8),
        ("AST", "Asia/Riyadh", 3),
    ],
)
def test_the_outlets_own_zone_or_country_settles_them(letters: str, own: str, hours: float) -> None:
    shift = shift_of(letters, WINTER, ZoneInfo(own))
    assert shift is not None
    assert shift.ahead == dt.timedelta(hours=hours)


def test_the_standard_of_email_says_what_its_letters_mean() -> None:
    published = read("Wed, 20 Jul 2022 07:15:00 CST").instant
    assert published == dt.datetime(2022, 7, 20, 13, 15, tzinfo=dt.UTC)


def test_unknown_letters_leave_the_day_and_are_counted() -> None:
    column = DateColumn("a.csv", None, TODAY)
    for value in ("2022-07-20 07:15 XQT", "2022-07-21 07:15 XQT", "2022-07-21 07:15 ZQT"):
        moment = column.read(value)
        assert moment.instant is not None
        assert (str(moment.instant.date()), moment.precision) == (value[:10], "day")
    assert [note for note in column.notes() if "'XQT' not known" in note and ": 2 " in note]


def test_a_time_without_a_zone_is_in_the_zone_that_was_said() -> None:
    assert read("2022-07-20 01:15").instant == dt.datetime(2022, 7, 20, 1, 15, tzinfo=dt.UTC)
    assert read("2022-07-20 01:15", "Asia/Damascus")[:3] == (
        dt.datetime(2022, 7, 19, 22, 15, tzinfo=dt.UTC),
        "minute",
        "",
    )
    assert read("2022-07-20 01:15 GMT", "Asia/Damascus").instant == dt.datetime(
        2022, 7, 20, 1, 15, tzinfo=dt.UTC
    )


@pytest.mark.parametrize("zone", [None, "Asia/Tokyo", "America/Los_Angeles"])
@pytest.mark.parametrize(
    "value", ["2022-07-20", "2022-07-20T00:00:00Z", "2022-07-20T00:00:00+09:00", "2022-07-20 00:00 EDT"]
)
def test_midnight_is_that_day_in_whatever_zone(value: str, zone: str | None) -> None:
    assert read(value, zone)[:2] == (dt.datetime(2022, 7, 20, tzinfo=dt.UTC), "day")


def test_a_time_that_lies_on_another_day_in_utc_is_marked() -> None:
    assert read("2022-07-20 01:15 +0900").is_moved
    assert not read("2022-07-20 11:15 +0900").is_moved
    assert not read("2022-07-20 01:15 +0900", "Asia/Tokyo").is_moved


@pytest.mark.parametrize("zone", ["Damascus", "UTC+3", "localtime", "", "../x"])
def test_a_zone_that_is_none_is_refused(zone: str) -> None:
    from masthead.archive.days import checked_zone

    with pytest.raises(UsageError, match="there is no time zone"):
        checked_zone(zone)
