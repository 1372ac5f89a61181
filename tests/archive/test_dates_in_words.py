"""Dates in the words of any language, and as programs and databases print them."""

from __future__ import annotations

import datetime as dt

import pytest
from babel import dates as printed

from masthead.archive.dates import DateColumn, Moment
from masthead.errors import SourceError

TODAY = dt.date(2024, 5, 1)


def read(value: str, beside: list[str] | None = None, order: str | None = None) -> Moment:
    column = DateColumn("a.csv", order, TODAY)
    column.narrow([value, *(beside or [])], "A")
    return column.read(value, "A")


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("11 février 2022", utc(2022, 2, 11)),
        ("Freitag, 11. Februar 2022", utc(2022, 2, 11)),
        ("11 Şubat 2022 Cuma", utc(2022, 2, 11)),
        ("viernes 11 de febrero de 2022", utc(2022, 2, 11)),
        ("11 лютого 2022 р.", utc(2022, 2, 11)),
        ("11 февраля 2022 г.", utc(2022, 2, 11)),
        ("١١ فبراير ٢٠٢٢", utc(2022, 2, 11)),
        ("۱۱ فوریهٔ ۲۰۲۲", utc(2022, 2, 11)),
        ("2022. február 11.", utc(2022, 2, 11)),
        ("2022年2月11日", utc(2022, 2, 11)),
        ("二〇二二年二月十一日", utc(2022, 2, 11)),
        ("2022년 2월 11일", utc(2022, 2, 11)),
        ("11 फ़रवरी 2022", utc(2022, 2, 11)),
        ("11 בפברואר 2022", utc(2022, 2, 11)),
        ("11 tháng 2, 2022", utc(2022, 2, 11)),
        ("11 févr. 2022", utc(2022, 2, 11)),
        ("Publié le 11 février 2022", utc(2022, 2, 11)),
        ("février 2022", utc(2022, 2, 1)),
        ("11/02/2022 (piątek)", utc(2022, 2, 11)),
        ("２０２２／０２／１１", utc(2022, 2, 11)),
    ],
)
def test_a_month_in_another_language_is_read(value: str, day: dt.datetime) -> None:
    assert read(value, order="dmy").instant == day


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("11 février 2022 à 18h05", utc(2022, 2, 11, 18, 5)),
        ("11.02.2022, 18.05 Uhr", utc(2022, 2, 11, 18, 5)),
        ("2022年2月11日 下午6:05", utc(2022, 2, 11, 18, 5)),
        ("2022년 2월 11일 오전 6:05", utc(2022, 2, 11, 6, 5)),
        ("11 فبراير 2022 6:05 م", utc(2022, 2, 11, 18, 5)),
        ("11 февраля 2022, 21:05 МСК", utc(2022, 2, 11, 18, 5)),
        ("18:05, 11 Şubat 2022", utc(2022, 2, 11, 18, 5)),
    ],
)
def test_so_is_its_time(value: str, moment: dt.datetime) -> None:
    assert read(value, order="dmy").instant == moment


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        ("February 11, 2022 Friday Late Edition", utc(2022, 2, 11), "day"),
        ("February 11, 2022 Friday 6:05 PM GMT", utc(2022, 2, 11, 18, 5), "minute"),
        ("Published: 11 February 2022 | Updated: 12 February 2022", utc(2022, 2, 11), "day"),
        ("Updated Feb 12, 2022; Posted Feb 11, 2022", utc(2022, 2, 11), "day"),
        ("The Harbour Post, 11 February 2022", utc(2022, 2, 11), "day"),
        ("2022-02-11 at noon", utc(2022, 2, 11), "day"),
        ("Fri Feb 11 18:05:09 2022", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("Fri Feb 11 18:05:09 +0100 2022", utc(2022, 2, 11, 17, 5, 9), "second"),
        ("Fri Feb 11 18:05:09 UTC 2022", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("Friday, 11-Feb-22 18:05:09 GMT", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("Feb 11 2022  6:05PM", utc(2022, 2, 11, 18, 5), "minute"),
        ("11-FEB-22 06.05.09.000000 PM", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("11FEB2022:18:05:09", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("2022:02:11 18:05:09", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("2022-02-11T18:05:09+01:00[Europe/Paris]", utc(2022, 2, 11, 17, 5, 9), "second"),
        ("2022-02-11 18:05:09.12 +0000 UTC m=+0.01", utc(2022, 2, 11, 18, 5, 9, 120_000), "second"),
        ("2022-02-11-18-05-09", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("D:20220211180509+01'00'", utc(2022, 2, 11, 17, 5, 9), "second"),
        ("/Date(1644602709000)/", utc(2022, 2, 11, 18, 5, 9), "second"),
        ('ISODate("2022-02-11T18:05:09Z")', utc(2022, 2, 11, 18, 5, 9), "second"),
        ("datetime.datetime(2022, 2, 11, 18, 5)", utc(2022, 2, 11, 18, 5), "minute"),
        ("datetime.date(2022, 2, 11)", utc(2022, 2, 11), "day"),
        ("1644602709000000", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("1644602709.5", utc(2022, 2, 11, 18, 5, 9), "second"),
        ("44603", utc(2022, 2, 11), "day"),
        ("44603.75", utc(2022, 2, 11, 18), "second"),
        ("20220211.0", utc(2022, 2, 11), "day"),
        ("20220211 18:05", utc(2022, 2, 11, 18, 5), "minute"),
        ("Last modified on Fri 11 Feb 2022 18.05 GMT", utc(2022, 2, 11, 18, 5), "minute"),
        ("6.05pm, 11 February 2022", utc(2022, 2, 11, 18, 5), "minute"),
        ("2022-W06-5", utc(2022, 2, 11), "day"),
        ("2022-042", utc(2022, 2, 11), "day"),
        ("2022-02-10T24:00:00", utc(2022, 2, 11), "day"),
    ],
)
def test_what_programs_and_databases_print_is_read(value: str, moment: dt.datetime, precision: str) -> None:
    assert read(value)[:2] == (moment, precision)


@pytest.mark.parametrize(
    "value",
    [
        "Page 5, March 2021",
        "5-7 March 2021",
        "March 5-7, 2021",
        "5 March 2021 - 7 April 2021",
        "3 March 12, 2021",
        "1/2/2021-5/2/2021",
        "Spring 2021",
        "March 2021, p. 7",
        "3 hours ago",
        "31 février 2022",
        "9 มีนาคม 2564",
        "令和3年3月9日",
        "民國110年3月9日",
        "۱۳۹۹/۱۲/۱۷",
        "1399-12-18",
        "2564-03-09",
        "2021-064x",
        "2021-W54-1",
        "12345",
        "1.64E+09",
    ],
)
def test_what_could_be_another_day_stays_undated(value: str) -> None:
    assert read(value, order="dmy").instant is None


def test_another_calendar_is_said() -> None:
    assert "another calendar" in read("1399-12-18").remark
    assert "another calendar" in read("2564-03-09").remark


def test_a_name_of_two_months_is_told_by_the_other_dates_of_the_outlet() -> None:
    """`listopada` is November in Polish and October in Croatian."""
    assert "two months in two languages" in read("5 listopada 2021").remark
    assert read("5 listopada 2021", ["6 stycznia 2021"]).instant == utc(2021, 11, 5)
    assert read("5 listopada 2021", ["6 siječnja 2021"]).instant == utc(2021, 10, 5)


def test_figures_among_words_tell_their_order_too() -> None:
    column = DateColumn("a.csv", None, TODAY)
    column.narrow(["Published: 13/02/2022, 18:05", "Published: 05/02/2022"], "A")
    column.settle()
    assert column.read("Published: 05/02/2022", "A").instant == utc(2022, 2, 5)
    unclear = DateColumn("a.csv", None, TODAY)
    unclear.narrow(["Published: 05/02/2022"], "A")
    with pytest.raises(SourceError, match="may be either"):
        unclear.settle()


LANGUAGES = """
    ar be bg bn bs ca ckb cs cy da de el es et eu fa fi fr ga gu he hi hr hu hy id is it ja ka kk km ko ky lt lv mk ml
    mn mr my nb ne nl pl ps pt_PT ro ru sk sl sq sr sr_Latn sv sw ta te th tr uk ur uz vi zh zh_Hant
"""


@pytest.mark.parametrize("form", ["medium", "long", "full"])
def test_a_date_that_a_language_prints_is_read_as_that_date_or_not_at_all(form: str) -> None:
    days = [dt.date(2021, month, day) for month in range(1, 13) for day in (4, 14)]
    unread = set()
    for language in LANGUAGES.split():
        values = [printed.format_date(day, form, locale=language) for day in days]
        column = DateColumn("a.csv", None, TODAY)
        column.narrow(values, "A")
        column.settle()
        for day, value in zip(days, values, strict=True):
            moment = column.read(value, "A").instant
            assert moment is None or moment.date() == day, (language, value)
            if moment is None:
                unread.add(language)
    # Buddhist years, and what is printed in a form of its own.
    assert unread <= {"th"}, unread
