"""A study's days are those of each outlet's own clock: its period, its series, its pages."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from masthead.archive import Archive
from masthead.archive.days import zones_hash
from masthead.dossier.board import Board
from masthead.dossier.headlines import headline_of
from masthead.errors import StudyError
from masthead.findings.findings import Findings
from masthead.instruments.forecast.record import foretell
from masthead.measuring import Job
from masthead.measuring.outlet_tables import zones_of
from masthead.measuring.tables import StudyTables, loaded
from masthead.study import Study, parse_study
from masthead.surveying.notes.days import of_days
from tests.archives import archive_of

DAYS = [dt.date(2022, 5, day) for day in range(1, 6)]
TEXT = "Mayor Ilse Brandt opened the ferry line."


def _archive(folder: Path, zone: str | None = None) -> Archive:
    """Five mornings far in the east, five evenings far in the west, and five days without a time."""
    articles = [
        *({"outlet": "Dawn", "published": f"{day}T06:00:00+09:00"} for day in DAYS),
        *({"outlet": "Dusk", "published": f"{day}T22:00:00-07:00"} for day in DAYS),
        *({"outlet": "Noon", "published": f"{day}"} for day in DAYS),
    ]
    source = folder / "a.jsonl"
    lines = (json.dumps({**a, "title": f"Ferry {i}", "text": TEXT}) for i, a in enumerate(articles))
    source.write_text("\n".join(lines))
    archive = Archive.create(folder / "a.archive", frame="everything")
    archive.add(source, zone=zone)
    return archive


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    return _archive(tmp_path_factory.mktemp("days"))


def _study(zones: dict[str, str] | None = None, zone: str | None = None) -> Study:
    outlets = [
        {"id": name.lower(), "match": [name], **({"zone": zones[name]} if zones and name in zones else {})}
        for name in ("Dawn", "Dusk", "Noon")
    ]
    return parse_study(
        {
            "archive": "a.archive",
            "measures": ["attention"],
            **({"zone": zone} if zone else {}),
            "period": {"from": DAYS[0], "to": DAYS[-1], "by": "day"},
            "outlet": outlets,
            "subject": [{"id": "brandt", "kind": "actor", "aliases": ["Ilse Brandt"]}],
        }
    )


OWN = {"Dawn": "Asia/Tokyo", "Dusk": "America/Los_Angeles", "Noon": "Pacific/Auckland"}


def _built(archive: Archive, study: Study) -> StudyTables:
    return loaded(Job(study, archive, wire=False), ("attention", "naming"))


def _days(built: StudyTables) -> dict[str, list[dt.date]]:
    days: dict[str, list[dt.date]] = {}
    for outlet, day, start in built.rows("SELECT outlet, day, period_start FROM articles ORDER BY ALL"):
        assert day == start
        days.setdefault(outlet, []).append(day)
    return days


def test_each_outlet_has_its_own_days_in_the_period(archive: Archive) -> None:
    built = _built(archive, _study(OWN))
    assert _days(built) == {"dawn": DAYS, "dusk": DAYS, "noon": DAYS}
    assert not built.left_out
    assert [(o["first"], o["last"]) for o in built.outlets] == [("2022-05-01", "2022-05-05")] * 3
    (said,) = of_days(built, archive)
    assert "dawn (Asia/Tokyo)" in said


def test_without_a_zone_they_are_those_of_utc_and_that_is_said(archive: Archive) -> None:
    built = _built(archive, _study())
    days = _days(built)
    assert (days["dawn"], days["dusk"], days["noon"]) == (DAYS[:4], DAYS[1:], DAYS)
    assert built.left_out == {"outside_period": 2}
    (said,) = of_days(built, archive)
    assert said.startswith("days are those of UTC")
    assert "'Dawn' 5" in said
    assert "'Dusk' 5" in said


def test_a_zone_of_the_study_is_that_of_outlets_without_one(archive: Archive) -> None:
    days = _days(_built(archive, _study({"Dusk": "America/Los_Angeles"}, zone="Asia/Tokyo")))
    assert days == {"dawn": DAYS, "dusk": DAYS, "noon": DAYS}


def test_a_zone_said_when_adding_holds_where_the_study_says_none(tmp_path: Path) -> None:
    archive = _archive(tmp_path, "Asia/Tokyo")
    assert zones_of(_study(), archive) == dict.fromkeys(("dawn", "dusk", "noon"), "Asia/Tokyo")
    assert zones_of(_study(OWN), archive) == {name.lower(): zone for name, zone in OWN.items()}
    assert _days(_built(archive, _study()))["dawn"] == DAYS
    assert zones_hash(archive)


def test_a_zone_is_another_study_and_another_claim_and_none_is_not(archive: Archive) -> None:
    assert len({_study().hash, _study(OWN).hash, _study(zone="Asia/Tokyo").hash}) == 3
    assert zones_hash(archive) == ""


def test_a_zone_that_is_none_is_refused_with_the_nearest() -> None:
    with pytest.raises(StudyError, match=r"there is no time zone 'Tokyo'; .*did you mean 'Asia/Tokyo'"):
        _study({"Dawn": "Tokyo"})


def test_forecasts_count_from_the_outlets_own_day(tmp_path: Path) -> None:
    told = ["will fall tomorrow", "will win by tomorrow", "will lose the vote tomorrow"]
    rows = [
        {
            "outlet": "Dawn",
            "published": f"{day}T06:00:00+09:00",
            "title": f"No {at}",
            "text": f"The League {what}.",
        }
        for at, (day, what) in enumerate(zip(DAYS, told, strict=False))
    ]
    study = parse_study(
        {
            "archive": "a.archive",
            "zone": "Asia/Tokyo",
            "subject": [{"id": "league", "kind": "actor", "aliases": ["League"]}],
        }
    )
    found = foretell(study, archive_of(tmp_path, rows), processes=1).table.to_pylist()
    own = [row["published"].astimezone(ZoneInfo("Asia/Tokyo")).date() for row in found]
    assert own == DAYS[:3]
    assert [row["due"] for row in found] == [day + dt.timedelta(days=1) for day in own]


def test_pages_show_the_clock_of_the_outlet(archive: Archive) -> None:
    built = _built(archive, _study(OWN))
    board = Board(Findings(about={"outlets": built.outlets, "subjects": []}))
    told = {}
    for outlet, published in built.rows("SELECT outlet, max(published) FROM articles GROUP BY 1"):
        row = {"published": published, "title": "", "url": None}
        told[outlet] = f"{headline_of(row, board, outlet).published:%Y-%m-%d %H:%M}"
    assert told == {"dawn": "2022-05-05 06:00", "dusk": "2022-05-05 22:00", "noon": "2022-05-05 00:00"}


def test_times_without_a_zone_that_the_study_moves_are_told(tmp_path: Path) -> None:
    rows = [
        *({"outlet": "Dawn", "published": f"{day} 22:10:00"} for day in DAYS),
        *({"outlet": "Dawn", "published": f"{day} 06:10 PM"} for day in DAYS),
        *({"outlet": "Dawn", "published": f"{day} 01:10:00 AM"} for day in DAYS),
        *({"outlet": "Dusk", "published": f"{day} 03:10:00"} for day in DAYS[:2]),
        *({"outlet": "Noon", "published": f"{day}T22:10:00Z"} for day in DAYS),
        *({"outlet": "Noon", "published": f"{day} 22:10:00 GMT"} for day in DAYS),
        *({"outlet": "Noon", "published": f"{day} 22:10 EST"} for day in DAYS),
        *({"outlet": "Noon", "published": f"{day}T22:10:00+01:00"} for day in DAYS),
        *({"outlet": "Noon", "published": f"{day}"} for day in DAYS),
    ]
    rows = [
        {**row, "title": f"Ferry {at}", "text": f"{TEXT} It was trip {at}."} for at, row in enumerate(rows)
    ]
    archive = archive_of(tmp_path, rows)
    said = [line for line in of_days(_built(archive, _study(OWN)), archive) if "name no zone" in line]
    assert len(said) == 2
    dawn, dusk = said
    assert dawn.startswith("dawn: 15 times of its articles name no zone")
    assert "(Asia/Tokyo) moves 10 to the day after ('2022-05-01 06:10 PM' counts on 2022-05-02)" in dawn
    assert dawn.endswith("add the articles again with --zone Asia/Tokyo")
    assert "moves 2 to the day before ('2022-05-01 03:10:00' counts on 2022-04-30)" in dusk


def test_times_that_the_zone_was_said_of_when_adding_are_not_told(tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    source.write_text(
        json.dumps({"outlet": "Dawn", "published": "2022-05-01 22:10", "title": "F", "text": TEXT})
    )
    archive = Archive.create(tmp_path / "a.archive")
    archive.add(source, zone="Asia/Tokyo")
    study = parse_study(
        {
            **{"archive": "a.archive", "zone": "Asia/Tokyo"},
            "subject": [{"id": "brandt", "kind": "actor", "aliases": ["Ilse Brandt"]}],
        }
    )
    built = _built(archive, study)
    assert not any("name no zone" in line for line in of_days(built, archive))
    assert built.rows("SELECT day FROM articles") == [(DAYS[0],)]
