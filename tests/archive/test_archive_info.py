"""The view of a whole archive."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from archive_samples import write_csv

from masthead.archive import Archive

NAMES = ("outlet", "published", "title", "text", "section", "language")
SAME = "The same words, run by more than one."
ROWS = [
    ("Post", "2016-04-06", "One", SAME, "news", "en"),
    ("Post", "2016-04-07", "Two", SAME, "opinion", "en"),
    ("Post", "2016-06-01", "Three", "“Quoted”, and with a comma", "news", ""),
    ("Herald", "2016-04-06", "Four", SAME, "news", "de"),
    ("Herald", "", "Five", "", "", ""),
    ("Bare", "2016-05-01", "Six", "no marks of any kind it's true", "", "en"),
    ("Bare", "2016-05-01", "Six", "no marks of any kind it's true", "", "en"),
    ("", "2016-05-01", "Seven", "nobody's", "", ""),
]


def filled(archive: Archive, tmp_path: Path) -> Archive:
    archive.add(write_csv(tmp_path / "a.csv", [dict(zip(NAMES, row, strict=True)) for row in ROWS]))
    return archive


def test_the_whole(archive: Archive, tmp_path: Path) -> None:
    info = filled(archive, tmp_path).info()
    assert (info.rows, info.kept, info.duplicate, info.refused) == (8, 6, 1, 1)
    assert (info.articles, info.undated, info.without_text) == (6, 1, 1)
    assert (info.first, info.last) == (dt.date(2016, 4, 6), dt.date(2016, 6, 1))
    assert (info.frame, info.hash, info.name) == ("everything", archive.hash, "strait")
    assert info.languages == {"en": 3, "": 2, "de": 1}
    assert info.sections == {"news": 3, "": 2, "opinion": 1}
    assert info.months == [
        ("Bare", dt.date(2016, 5, 1), 1),
        ("Herald", dt.date(2016, 4, 1), 1),
        ("Post", dt.date(2016, 4, 1), 2),
        ("Post", dt.date(2016, 6, 1), 1),
    ]


def test_texts_that_another_outlet_ran_are_counted(archive: Archive, tmp_path: Path) -> None:
    assert filled(archive, tmp_path).info().shared == 3


def test_outlets_whose_marks_were_stripped_are_told(archive: Archive, tmp_path: Path) -> None:
    marks = {o.outlet: (o.quotation_marks, o.commas) for o in filled(archive, tmp_path).info().outlets}
    assert marks == {"Bare": (False, False), "Herald": (False, True), "Post": (True, True)}


def test_an_empty_archive_has_a_view_too(archive: Archive) -> None:
    info = archive.info()
    assert (info.articles, info.outlets, info.months, info.first, info.shared) == (0, [], [], None, 0)


def test_gaps_come_as_a_table(archive: Archive, tmp_path: Path) -> None:
    day = dt.date(2016, 1, 1)
    dates = [day + dt.timedelta(i) for i in range(200) if not 90 <= i < 130]
    rows = [
        dict(zip(NAMES, ("Post", str(d), f"{d} {k}", "", "", ""), strict=True)) for d in dates for k in "ab"
    ]
    archive.add(write_csv(tmp_path / "a.csv", rows), no_text=True)
    assert archive.gaps().to_pylist() == [
        {"outlet": "Post", "gap_start": dt.date(2016, 3, 31), "gap_end": dt.date(2016, 5, 9)}
    ]
    assert archive.info().outlets[0].gaps == [(dt.date(2016, 3, 31), dt.date(2016, 5, 9))]


def test_a_path_with_quotation_marks_is_no_trouble(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "it's.archive")
    assert filled(archive, tmp_path).info().articles == 6
