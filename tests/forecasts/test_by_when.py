"""Expressions of time, and the last day that each means."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.reading.forecasts.dates import by_when

TODAY = dt.date(2016, 11, 23)  # a Wednesday

MEANT = {
    "fall by the end of the year": ("by the end of the year", "2016-12-31"),
    "fall within two weeks": ("within two weeks", "2016-12-07"),
    "lose on Nov. 8, 2017": ("on Nov. 8, 2017", "2017-11-08"),
    "lose on 8 November": ("on 8 November", "2017-11-08"),
    "win in May.": ("in May", "2017-05-31"),
    "win by mid-2017": ("by mid-2017", "2017-12-31"),
    "win on Tuesday": ("on Tuesday", "2016-11-29"),
    "win on Wednesday": ("on Wednesday", "2016-11-23"),
    "leave next Wednesday": ("next Wednesday", "2016-11-30"),
    "lose the day after tomorrow": ("the day after tomorrow", "2016-11-25"),
    "leave this weekend": ("this weekend", "2016-11-27"),
    "leave later this month": ("later this month", "2016-11-30"),
    "collapse next year": ("next year", "2017-12-31"),
    "rise over the next decade": ("over the next decade", "2026-11-23"),
    "rise over the next three months": ("over the next three months", "2017-02-23"),
    "be gone before Christmas": ("before Christmas", "2016-12-25"),
    "collapse within weeks": ("within weeks", None),
    "collapse soon": ("soon", None),
    "lose before the election": ("before the election", None),
    "leave on 31 June": ("on 31 June", None),
}


@pytest.mark.parametrize("text", MEANT)
def test_the_last_day_is_the_one_that_is_meant(text: str) -> None:
    when = by_when(text, 0, len(text), TODAY)
    assert when is not None
    assert (text[when.start : when.end], when.due and when.due.isoformat()) == MEANT[text]


@pytest.mark.parametrize("text", ["may fall", "march on", "fall to the second team", "be 2016 metres high"])
def test_what_tells_no_time_has_none(text: str) -> None:
    assert by_when(text, 0, len(text), TODAY) is None


def test_only_what_lies_between_the_offsets_counts() -> None:
    text = "by Friday they will fall"
    assert by_when(text, 10, len(text), TODAY) is None


@pytest.mark.parametrize("text", MEANT)
def test_without_a_day_to_count_from_only_full_dates_have_a_last_day(text: str) -> None:
    when = by_when(text, 0, len(text), None)
    assert when is not None
    assert (when.due is not None) == any(year in text for year in ("2017",))


@given(st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31)), st.sampled_from(sorted(MEANT)))
def test_what_is_to_come_is_never_past(today: dt.date, text: str) -> None:
    when = by_when(text, 0, len(text), today)
    assert when is not None
    if "2017" not in text and when.due is not None:
        assert when.due >= today


@given(st.dates(dt.date(9998, 1, 1), dt.date.max), st.sampled_from(sorted(MEANT)))
def test_the_end_of_the_calendar_is_no_error(today: dt.date, text: str) -> None:
    assert by_when(text, 0, len(text), today) is not None
