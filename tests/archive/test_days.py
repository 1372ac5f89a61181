"""Days on each outlet's own clock, in an archive as a whole; and times that too many articles bear."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest
from archive_samples import write_csv

from masthead.archive import Archive
from masthead.archive.days import own_days, zones_said
from masthead.archive.overview.crawl_times import find_bunches
from masthead.archive.overview.info import connect
from masthead.engines.duckdb import connect as engine

HEAD = ("outlet", "published", "title")


def rows(outlet: str, *dates: str) -> list[dict[str, str]]:
    return [dict(zip(HEAD, (outlet, date, f"Ferry {i}"), strict=True)) for i, date in enumerate(dates)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Two mornings and a day without a time, of a paper nine hours ahead of UTC."""
    return write_csv(tmp_path / "t.csv", rows("Dawn", "2022-02-01 06:00", "2022-02-02 06:00", "2022-02-03"))


def test_days_are_those_of_the_zone_that_was_said(archive: Archive, file: Path) -> None:
    archive.add(file, zone="Asia/Tokyo", no_text=True)
    info = archive.info()
    assert (info.zones, info.moved) == ({"Dawn": "Asia/Tokyo"}, {})
    assert (info.first, info.last) == (dt.date(2022, 2, 1), dt.date(2022, 2, 3))
    assert info.months == [("Dawn", dt.date(2022, 2, 1), 3)]
    found = archive.find("Ferry", start=dt.date(2022, 2, 1), end=dt.date(2022, 2, 1))
    assert [(hit.day, hit.published) for hit in found.hits] == [
        (dt.date(2022, 2, 1), dt.datetime(2022, 1, 31, 21, tzinfo=dt.UTC))
    ]
    assert archive.find("Ferry").counts == [("Dawn", "2022-02", 3, 3)]
    assert archive.find("Ferry").moved == {}


def test_a_zone_that_is_none_stops_before_anything_is_read(archive: Archive, file: Path) -> None:
    with pytest.raises(Exception, match="did you mean 'Asia/Tokyo'"):
        archive.add(file, zone="Tokyo", no_text=True)
    assert archive.ingests() == []


def test_the_same_file_in_another_zone_is_noticed(archive: Archive, file: Path) -> None:
    archive.add(file, no_text=True)
    told = archive.add(file, zone="Asia/Tokyo", no_text=True).notes[0]
    assert "in no time zone" in told
    assert "--replace takes them back and adds the file in Asia/Tokyo" in told
    assert zones_said(archive) == {}
    archive.add(file, zone="Asia/Tokyo", no_text=True, replace=True)
    assert zones_said(archive) == {"Dawn": "Asia/Tokyo"}


def test_two_zones_of_one_outlet_are_none(archive: Archive, tmp_path: Path, file: Path) -> None:
    archive.add(file, zone="Asia/Tokyo", no_text=True)
    archive.add(
        write_csv(tmp_path / "u.csv", rows("Dawn", "2022-03-01 06:00")), zone="Asia/Seoul", no_text=True
    )
    assert zones_said(archive) == {}


def test_articles_that_were_written_on_another_day_are_counted(archive: Archive, tmp_path: Path) -> None:
    dates = ("2022-02-01T06:00:00+09:00", "2022-02-02T16:00:00+09:00", "2022-02-03T23:00:00-08:00")
    report = archive.add(write_csv(tmp_path / "t.csv", rows("Dawn", *dates)), no_text=True)
    assert report.moved == archive.info().moved == {"Dawn": 2}
    assert any("days are those of UTC" in note for note in report.notes)
    assert archive.find("Ferry").moved == {"Dawn": 2}


def test_own_days_are_the_same_in_arrow_and_in_the_engine(archive: Archive, file: Path) -> None:
    archive.add(file, zone="Asia/Tokyo", no_text=True)
    paths = [part.path for part in archive.parts()]
    table = pa.concat_tables(
        part.read(["outlet", "published", "published_precision"]) for part in archive.parts()
    )
    zones = {"Dawn": "America/Los_Angeles"}
    with connect(paths, zones) as db:
        days = [day for (day,) in db.execute("SELECT day FROM articles").fetchall()]
    assert own_days(table, zones).to_pylist() == days
    assert [str(day) for day in days] == ["2022-01-31", "2022-02-01", "2022-02-03"]


def times(outlet: str, *moments: str, precision: str = "second") -> list[dict[str, object]]:
    return [
        {
            "outlet": outlet,
            "published": dt.datetime.fromisoformat(moment).replace(tzinfo=dt.UTC),
            "published_precision": precision,
            "day": dt.date.fromisoformat(moment[:10]),
        }
        for moment in moments
    ]


def found(articles: list[dict[str, object]]) -> list[tuple[str, str, bool, int, int]]:
    with engine() as db:
        db.register("told", pa.Table.from_pylist(articles))
        return [(b.outlet, b.when, b.day, b.articles, b.dated) for b in find_bunches(db, "told")]


SPREAD = [f"2022-02-{day:02}T07:{day:02}:11" for day in range(1, 21)]


def test_a_second_that_many_articles_bear_is_told() -> None:
    crawl = ["2022-02-20T03:04:05"] * 10
    assert found(times("Dawn", *SPREAD, *crawl) + times("Dusk", *SPREAD)) == [
        ("Dawn", "2022-02-20 03:04:05", False, 10, 30)
    ]


def test_a_last_day_with_most_articles_is_told() -> None:
    crawl = [f"2022-02-21T03:04:{second:02}" for second in range(12)]
    assert found(times("Dawn", *SPREAD, *crawl)) == [("Dawn", "2022-02-21", True, 12, 32)]


def test_issues_and_news_are_not_taken_for_a_crawl() -> None:
    issues = [f"2022-02-{day:02}T04:00:00" for day in range(1, 11) for _ in range(20)]
    news = [*SPREAD, *(f"2022-02-10T0{hour}:30:00" for hour in range(9))]
    days = times("Dusk", *(f"2022-02-{day:02}" for day in range(1, 11) for _ in range(3)), precision="day")
    assert found(times("Dawn", *issues) + times("Noon", *news) + days) == []


def test_it_is_said_when_they_are_added_and_of_the_archive(archive: Archive, tmp_path: Path) -> None:
    dates = [f"{moment}Z" for moment in (*SPREAD, *["2022-02-20T03:04:05"] * 10)]
    report = archive.add(write_csv(tmp_path / "t.csv", rows("Dawn", *dates)), no_text=True)
    assert any(
        "10 of 30 dated articles of 'Dawn' bear one and the same second" in note for note in report.notes
    )
    assert [bunch.articles for bunch in archive.info().bunched] == [10]
