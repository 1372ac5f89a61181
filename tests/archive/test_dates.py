"""Dates: what is read, to which precision, and what stays undated and is said."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from archive_samples import articles_of, write_csv
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.archive import Archive
from masthead.archive.dates import DateColumn
from masthead.archive.dates import column as dates
from masthead.errors import SourceError, UsageError

TODAY = dt.date(2024, 5, 1)


def utc(*parts: int) -> dt.datetime:
    return dt.datetime(*parts, tzinfo=dt.UTC)  # type: ignore[misc,arg-type]


def read(value: str, order: str | None = None, beside: list[str] | None = None) -> tuple[object, str, str]:
    column = DateColumn("a.csv", order, TODAY)
    column.narrow([value, *(beside or [])])
    return column.read(value)[:3]


@pytest.mark.parametrize(
    ("value", "moment", "precision"),
    [
        ("2016-04-06", utc(2016, 4, 6), "day"),
        (" 2016-04-06 ", utc(2016, 4, 6), "day"),
        ("2016/4/6", utc(2016, 4, 6), "day"),
        ("2016-04-06T09:30:15Z", utc(2016, 4, 6, 9, 30, 15), "second"),
        ("2016-04-06T09:30:15.250000Z", utc(2016, 4, 6, 9, 30, 15, 250_000), "second"),
        ("2016-04-06T09:30+02:00", utc(2016, 4, 6, 7, 30), "minute"),
        ("2016-04-06 01:30:00+0530", utc(2016, 4, 5, 20, 0), "second"),
        ("2016-04-06 09:30:15 UTC", utc(2016, 4, 6, 9, 30, 15), "second"),
        ("2016-04-06 00:00:00", utc(2016, 4, 6), "day"),
        ("2016-04-06T00:00:00+02:00", utc(2016, 4, 6), "day"),
        ("2016-04-06T23:59:60Z", utc(2016, 4, 6, 23, 59, 59), "second"),
        ("20160406", utc(2016, 4, 6), "day"),
        ("20160406093015", utc(2016, 4, 6, 9, 30, 15), "second"),
        ("20160406T093015Z", utc(2016, 4, 6, 9, 30, 15), "second"),
        ("2016-04", utc(2016, 4, 1), "month"),
        ("April 2016", utc(2016, 4, 1), "month"),
        ("2016", utc(2016, 1, 1), "year"),
        ("6 April 2016", utc(2016, 4, 6), "day"),
        ("6th of Apr., 2016", utc(2016, 4, 6), "day"),
        ("06-Apr-16", utc(2016, 4, 6), "day"),
        ("April 6, 2016", utc(2016, 4, 6), "day"),
        ("Wednesday, April 6th, 2016 at 9:30 pm", utc(2016, 4, 6, 21, 30), "minute"),
        ("Wed, 06 Apr 2016 09:30:15 +0200", utc(2016, 4, 6, 7, 30, 15), "second"),
        ("Wed, 06 Apr 2016 09:30:15 EST", utc(2016, 4, 6, 14, 30, 15), "second"),
        ("Wed 05 Apr 2017", utc(2017, 4, 5), "day"),
        ("5/5/2016", utc(2016, 5, 5), "day"),
        ("٠٥/٠٥/٢٠١٦", utc(2016, 5, 5), "day"),
        ("1459935015", utc(2016, 4, 6, 9, 30, 15), "second"),
        ("1459935015000", utc(2016, 4, 6, 9, 30, 15), "second"),
    ],
)
def test_a_date_is_read(value: str, moment: dt.datetime, precision: str) -> None:
    assert read(value)[:2] == (moment, precision)


@pytest.mark.parametrize(
    ("value", "remark"),
    [
        ("", "undated, no date given"),
        ("yesterday", "undated, the date cannot be read"),
        ("2016-02-31", "undated, there is no such date"),
        ("31/02/2016", "undated, there is no such date"),
        ("0001-11-30", "undated, the date lies before 1700"),
        ("1699-12-31", "undated, the date lies before 1700"),
        ("2024-05-03", "undated, the date lies in the future"),
        ("9999-12-31T23:59:59-10:00", "undated, the time cannot be read"),
        ("2016-04-06T25:00", "undated, the time cannot be read"),
        ("²⁰¹⁶", "undated, the date cannot be read"),
    ],
)
def test_what_is_no_date_stays_undated_and_is_said(value: str, remark: str) -> None:
    assert read(value, order="dmy") == (None, "none", remark)


def test_tomorrow_is_not_the_future() -> None:
    assert read("2024-05-02")[0] == utc(2024, 5, 2)


def test_what_cannot_be_known_of_a_time_is_said() -> None:
    assert read("2016-04-06 09:30")[2] == "time without a zone, taken as UTC"
    day, precision, remark = read("2016-04-06 09:30 IST")
    assert (day, precision) == (utc(2016, 4, 6), "day")
    assert "'IST' may be that of" in remark
    assert "'XQZ' not known" in read("2016-04-06 09:30 XQZ")[2]


@pytest.mark.parametrize(
    ("beside", "day"),
    [
        (["13/4/2016"], utc(2016, 6, 4)),
        (["4/13/2016"], utc(2016, 4, 6)),
        (["x", "", "4/13/16"], utc(2016, 4, 6)),
    ],
)
def test_one_date_tells_the_order_of_the_column(beside: list[str], day: dt.datetime) -> None:
    assert read("4/6/2016", beside=beside)[0] == day


@pytest.mark.parametrize(
    ("order", "day"), [("dmy", utc(2006, 5, 4)), ("mdy", utc(2006, 4, 5)), ("ymd", utc(2004, 5, 6))]
)
def test_the_order_can_be_told(order: str, day: dt.datetime) -> None:
    assert read("04-05-06", order)[0] == day


def test_two_figures_are_a_year_of_this_century_up_to_68() -> None:
    assert read("31/1/69", "dmy")[0] == utc(1969, 1, 31)
    assert read("31/1/23", "dmy")[0] == utc(2023, 1, 31)


def test_an_order_that_nothing_tells_is_asked_for() -> None:
    column = DateColumn("a.csv", None, TODAY)
    column.narrow(["2016-04-06", "5/5/2016"])
    column.settle()
    column.narrow(["4/6/2016"])
    with pytest.raises(SourceError, match="--date-order dmy, mdy or ymd"):
        column.settle()


def test_a_date_that_does_not_exist_tells_no_order() -> None:
    column = DateColumn("a.csv", None, TODAY)
    column.narrow(["4/6/2016", "31/02/2016"])
    with pytest.raises(SourceError, match="'4/6/2016' may be either"):
        column.settle()


def test_contradictions_are_no_order() -> None:
    column = DateColumn("a.csv", None, TODAY)
    column.narrow(["13/4/2016"])
    column.narrow(["4/13/2016"])
    with pytest.raises(
        SourceError, match=r"'13/4/2016' and '4/13/2016' cannot be in one order.*no --date-order fits both\."
    ):
        column.settle()


def test_outlets_may_differ_in_their_order() -> None:
    column = DateColumn("a.csv", None, TODAY)
    column.narrow(["13/4/2016", "2/5/2016"], "Post")
    column.narrow(["4/13/2016", "5/2/2016"], "Herald")
    column.settle()
    assert column.read("2/5/2016", "Post").instant == utc(2016, 5, 2)
    assert column.read("5/2/2016", "Herald").instant == utc(2016, 5, 2)
    assert column.notes() == [
        "dates in figures read as day, month, year in 'Post', as '13/4/2016' tells",
        "dates in figures read as month, day, year in 'Herald', as '4/13/2016' tells",
    ]


def test_an_outlet_whose_dates_tell_nothing_is_asked_for_where_the_others_differ() -> None:
    column = DateColumn("a.csv", None, TODAY)
    for outlet, value in (("Post", "13/4/2016"), ("Herald", "4/13/2016"), ("Mail", "4/5/2016")):
        column.narrow([value], outlet)
    with pytest.raises(
        SourceError, match=r"'4/5/2016' of 'Mail' may be either, and the other outlets differ"
    ):
        column.settle()


def test_a_told_order_does_not_misread_an_outlet_in_silence() -> None:
    column = DateColumn("a.csv", "dmy", TODAY)
    column.narrow(["13/4/2016", "2/5/2016"], "Post")
    column.settle()
    column.narrow(["4/13/2016", "5/2/2016"], "Herald")
    with pytest.raises(SourceError, match=r"'4/13/2016' of 'Herald' .* '5/2/2016' would be misread.*leave"):
        column.settle()


@pytest.mark.parametrize("blanks", [" ", "\t", "\u00a0", " \n "])
def test_blanks_take_no_time(blanks: str) -> None:
    value = "2016-04-06 9:30" + blanks * 100_000 + "!"
    assert read(value)[0] is None
    assert read("2016-04-06" + blanks * 9 + "9:30" + blanks * 9 + "pm")[0] == utc(2016, 4, 6, 21, 30)


def test_an_order_that_does_not_exist() -> None:
    with pytest.raises(UsageError, match="the date order is 'ydm'"):
        DateColumn("a.csv", "ydm")


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=40)
    | st.from_regex(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d\d:\d\d(:\d\d)?)?", fullmatch=True)
)
def test_whatever_is_written_is_read_or_said(value: str) -> None:
    column = DateColumn("a.csv", "dmy", TODAY)
    moment = column.read(value)
    assert (moment.instant is None) == (moment.precision == "none") == moment.remark.startswith("undated")


@settings(max_examples=200, deadline=None)
@given(
    st.datetimes(dt.datetime(1700, 1, 2), dt.datetime(2024, 4, 30)),
    st.sampled_from(
        ["%Y-%m-%dT%H:%M:%SZ", "%d %B %Y %H:%M:%S GMT", "%b %d, %Y %I:%M:%S %p UTC", "%Y%m%d%H%M%S"]
    ),
)
def test_a_moment_survives_being_written(moment: dt.datetime, form: str) -> None:
    moment = moment.replace(microsecond=0, tzinfo=dt.UTC)
    written = moment.strftime(form).replace(moment.strftime("%Y"), f"{moment.year:04d}")
    assert read(written)[0] == moment


class TestInAnArchive:
    HEAD = ("outlet", "published", "title")

    def rows(self, *dates: str) -> list[dict[str, str]]:
        return [dict(zip(self.HEAD, ("A", date, f"T{i}"), strict=True)) for i, date in enumerate(dates)]

    def test_the_order_is_told_by_a_date_far_behind(self, archive: Archive, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "t.csv", self.rows(*["4/6/2016"] * 2500, "4/13/2016"))
        report = archive.add(path, no_text=True)
        assert {str(r["published"])[:10] for r in articles_of(archive)} == {"2016-04-06", "2016-04-13"}
        assert "dates in figures read as month, day, year, as '4/13/2016' tells" in report.notes

    def test_looking_ahead_does_not_disturb_what_is_counted(self, archive: Archive, tmp_path: Path) -> None:
        rows = "".join(f"Écho,{date},T{i}\n" for i, date in enumerate(["4/6/2016"] * 2500 + ["4/13/2016"]))
        (tmp_path / "t.csv").write_bytes(("outlet,published,title\n" + rows).encode("cp1252"))
        seen: list[int] = []
        report = archive.add(tmp_path / "t.csv", progress=lambda _, done, __: seen.append(done), no_text=True)
        assert "rows with bytes that are not UTF-8, read as Windows-1252: 2,501" in report.notes
        assert seen == sorted(seen)
        assert report.rows == 2501

    def test_a_contradiction_far_behind_leaves_nothing(self, archive: Archive, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "t.csv", self.rows(*["4/13/2016"] * 2500, "13/4/2016"))
        with pytest.raises(SourceError, match="contradict"):
            archive.add(path, no_text=True)
        assert list((archive.path / "articles").iterdir()) == []

    def test_outlets_of_one_file_may_differ(self, archive: Archive, tmp_path: Path) -> None:
        dates = {"A": ["2/5/2016"] * 1500 + ["13/4/2016"], "B": ["5/2/2016"] * 1500 + ["4/13/2016"]}
        rows = [
            {"outlet": outlet, "published": date, "title": f"T{i}"}
            for outlet, all_of in dates.items()
            for i, date in enumerate(all_of)
        ]
        archive.add(write_csv(tmp_path / "t.csv", rows), no_text=True)
        days = {(r["outlet"], str(r["published"])[:10]) for r in articles_of(archive)}
        assert days == {(o, d) for o in "AB" for d in ("2016-05-02", "2016-04-13")}
        with pytest.raises(SourceError, match="would be misread"):
            archive.add(tmp_path / "t.csv", date_order="dmy", no_text=True)

    def test_articles_with_absurd_dates_stay(self, archive: Archive, tmp_path: Path) -> None:
        path = write_csv(tmp_path / "t.csv", self.rows("31/02/2016", "30/4/2016", "0001-01-01", ""))
        report = archive.add(path, no_text=True)
        assert (report.rows, report.kept) == (4, 4)
        assert [r["published"] is None for r in articles_of(archive)] == [True, False, True, True]
        assert articles_of(archive)[0]["published_raw"] == "31/02/2016"
        assert "undated, there is no such date: 1 (such as '31/02/2016')" in report.notes
        assert "undated, no date given: 1" in report.notes

    def test_a_told_order_is_followed_and_the_rest_undated(self, archive: Archive, tmp_path: Path) -> None:
        dates = [
            "4/6/2016",
            *[f"{day}/{month}/2016" for day in (14, 15) for month in range(1, 13)],
            "4/13/2016",
        ]
        with pytest.raises(SourceError, match="with --date-order dmy the few that do not fit stay undated"):
            archive.add(write_csv(tmp_path / "t.csv", self.rows(*dates)), no_text=True)
        report = archive.add(write_csv(tmp_path / "t.csv", self.rows(*dates)), date_order="dmy", no_text=True)
        days = [str(r["published"])[:10] for r in articles_of(archive)]
        assert (days[0], days[-1]) == ("2016-06-04", "None")
        assert "dates in figures read as day, month, year, as told" in report.notes

    @pytest.mark.parametrize("order", ["dmy", "mdy"])
    def test_no_order_is_taken_that_turns_days_into_months(
        self, archive: Archive, tmp_path: Path, order: str
    ) -> None:
        path = write_csv(tmp_path / "t.csv", self.rows("4/6/2016", "4/13/2016", "14/6/2016"))
        with pytest.raises(SourceError, match="'4/6/2016' would be misread"):
            archive.add(path, date_order=order, no_text=True)

    def test_a_file_without_dates_must_say_so(self, archive: Archive, tmp_path: Path) -> None:
        path = tmp_path / "t.csv"
        path.write_text("outlet,title\nA,One\n")
        archive.add(path, mapping={"published": "", "outlet": "outlet"}, no_text=True)
        assert articles_of(archive)[0]["published"] is None


class TestAClockThatIsWrong:
    def _at(self, monkeypatch: pytest.MonkeyPatch, day: dt.date) -> DateColumn:
        monkeypatch.setattr(dates, "_today", lambda: day)
        return DateColumn("a.csv")

    def test_that_was_never_set_leaves_no_article_undated(self, monkeypatch: pytest.MonkeyPatch) -> None:
        column = self._at(monkeypatch, dt.date(1970, 1, 1))
        read = column.read("2016-04-06").instant
        assert read is not None
        assert read.date() == dt.date(2016, 4, 6)
        assert column.read("2106-04-06").instant is None
        assert "1970-01-01" in column.notes()[-1]

    def test_that_is_right_is_followed_and_not_spoken_of(self, monkeypatch: pytest.MonkeyPatch) -> None:
        column = self._at(monkeypatch, dates.MADE + dt.timedelta(days=400))
        assert column.read(str(dates.MADE + dt.timedelta(days=401))).instant is not None
        assert column.read(str(dates.MADE + dt.timedelta(days=402))).instant is None
        assert not any("clock" in note for note in column.notes())
