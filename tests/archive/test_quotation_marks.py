"""Quotation marks in delimited text: no row is taken into another, and what a strict reader counts is counted."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from archive_samples import articles_of

from masthead.archive import Archive
from masthead.errors import SourceError, UsageError

HEADER = "outlet,published,title,text\n"


def titles(archive: Archive) -> list[object]:
    return [row["title"] for row in articles_of(archive)]


def refused(archive: Archive) -> list[dict[str, object]]:
    files = sorted((archive.path / "quarantine").glob("*.parquet"))
    return [json.loads(row) for file in files for row in pq.read_table(file)["row"].to_pylist()]


def add(archive: Archive, path: Path, content: str, **options: object) -> tuple[int, int, int]:
    path.write_text(content, encoding="utf-8", newline="")
    report = archive.add(path, **options)  # type: ignore[arg-type]
    assert report.rows == report.kept + report.duplicate + report.refused
    return report.rows, report.kept, report.refused


def test_a_mark_that_is_never_closed_swallows_no_row(archive: Archive, tmp_path: Path) -> None:
    rows = (
        'A,2011-04-06,One,"Its text."\nA,2011-04-07,Two,"Never closed.\n'
        'B,2011-04-08,Three,"Mine."\nB,2011-04-09,Four,"Last."\n'
    )
    assert add(archive, tmp_path / "t.csv", HEADER + rows) == (4, 3, 1)
    assert titles(archive) == ["One", "Three", "Four"]
    assert refused(archive) == [{"line": 3, "raw": 'A,2011-04-07,Two,"Never closed.\n'}]
    assert any("line 3" in note for note in archive.ingests()[0]["notes"])


def test_rows_that_a_strict_reader_takes_into_another_are_told_by_their_shape(
    archive: Archive, tmp_path: Path
) -> None:
    rows = (
        'A,2011-04-06,One,"Text, with a comma."\nA,2011-04-07,Two,"Stray\nB,2011-04-08,Three,Mine\n'
        'B,2011-04-09,Four,"\nA,2011-04-10,Five,"Text, and more."\n'
    )
    # Without an error: three rows are one article to Python's strict reader.
    assert len(list(csv.reader((HEADER + rows).splitlines(True), strict=True))) == 4
    assert add(archive, tmp_path / "t.csv", HEADER + rows)[0] == 5
    assert "Three" in titles(archive)
    assert not any("Mine" in str(row["text"]) for row in articles_of(archive) if row["title"] == "Two")


@pytest.mark.parametrize("place", [0, 3])
def test_values_of_many_lines_are_no_rows(archive: Archive, tmp_path: Path, place: int) -> None:
    names = ["outlet", "published", "title"]
    names.insert(place, "text")
    poem = "A line, with, three, commas\n\nand 2011-04-06, a date, in, a line\nthe end\n"
    rows = [["Post", f"2011-04-{day:02}", f"T{day}"] for day in range(1, 20)]
    for row in rows:
        row.insert(place, f"{poem}{row[2]}")
    with (tmp_path / "t.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([names, *rows])
    report = archive.add(tmp_path / "t.csv")
    assert (report.rows, report.kept) == (19, 19)
    assert all(str(row["text"]).startswith(poem) for row in articles_of(archive))


def test_marks_that_are_letters_stay(archive: Archive, tmp_path: Path) -> None:
    rows = 'A\t2011-04-06\t"No", he said\tx\nA\t2011-04-07\t"We go\ty\nA\t2011-04-08\tThey "stay"\tz\n'
    assert add(archive, tmp_path / "t.tsv", HEADER.replace(",", "\t") + rows) == (3, 3, 0)
    assert titles(archive) == ['"No", he said', '"We go', 'They "stay"']
    (note,) = (n for n in archive.ingests()[0]["notes"] if "quotation marks" in n)
    assert "as letters: 3 rows" in note
    assert "lines 2, 3" in note


def test_marks_behind_a_backslash_are_read(archive: Archive, tmp_path: Path) -> None:
    rows = (
        'A,2011-04-06,"He said \\"no, never\\" twice","C:\\temp\\new"\n'
        'A,2011-04-07,"Two","\\"All\\", of it\\nand more"\nA,2011-04-08,Plain,x\n'
    )
    assert add(archive, tmp_path / "t.csv", HEADER + rows) == (3, 3, 0)
    assert titles(archive) == ['He said "no, never" twice', "Two", "Plain"]
    assert [row["text"] for row in articles_of(archive)] == ["C:\\temp\\new", '"All", of it\\nand more', "x"]


def test_a_backslash_before_the_end_of_a_value_is_a_letter(archive: Archive, tmp_path: Path) -> None:
    assert add(archive, tmp_path / "t.csv", HEADER + 'A,2011-04-06,"C:\\","Text, here"\n') == (1, 1, 0)
    assert titles(archive) == ["C:\\"]


def test_a_file_that_fits_no_way_stops_with_its_lines(archive: Archive, tmp_path: Path) -> None:
    broken = 'A,2011-04-06,"T, {0}" x,"a, b" y, z\n'
    whole = 'A,2011-04-06,"T, {0}","a, b"\n'
    rows = "".join((broken if i % 2 else whole).format(i) for i in range(60))
    with pytest.raises(SourceError, match=r"two ways .* 30 whole rows, .*look at lines 3, 5, .*--quotes"):
        add(archive, tmp_path / "t.csv", HEADER + rows)
    assert add(archive, tmp_path / "t.csv", HEADER + rows, quotes="doubled") == (60, 30, 30)


def test_what_marks_are_can_be_told(archive: Archive, tmp_path: Path) -> None:
    rows = 'A,2011-04-06,"One",x\n'
    add(archive, tmp_path / "t.csv", HEADER + rows, quotes="letters")
    assert titles(archive) == ['"One"']
    with pytest.raises(UsageError, match="doubled, escaped, letters"):
        add(archive, tmp_path / "t.csv", HEADER + rows, quotes="single")


def test_a_header_with_an_open_mark_is_none(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"the first line of 't\.csv' cannot be read"):
        add(archive, tmp_path / "t.csv", 'outlet,published,"title,text\nA,2011-04-06,One,x\n')


class TestWithoutAHeader:
    ROWS = (
        "20110406093000\tStrait Herald\tFerries wait\tThe crews wait.\n20110407\tHarbour Post\tTwo\tMore.\n"
    )

    @pytest.mark.parametrize("first", ["20110406093000", "https://herald.example/1", "6 April 2011"])
    def test_a_row_is_not_taken_for_names(self, archive: Archive, tmp_path: Path, first: str) -> None:
        with pytest.raises(SourceError, match=r"looks like a row .*--columns"):
            add(archive, tmp_path / "t.tsv", self.ROWS.replace("20110406093000", first))
        mapping = {"outlet": "Strait Herald", "published": first, "title": "Ferries wait"}
        with pytest.raises(SourceError, match="looks like a row"):
            add(archive, tmp_path / "t.tsv", self.ROWS.replace("20110406093000", first), mapping=mapping)

    def test_its_columns_can_be_named(self, archive: Archive, tmp_path: Path) -> None:
        names = ("published", "outlet", "title", "text")
        assert add(archive, tmp_path / "t.tsv", self.ROWS, columns=names) == (2, 2, 0)
        one, two = articles_of(archive)
        assert (str(one["published"]), one["outlet"]) == ("2011-04-06 09:30:00+00:00", "Strait Herald")
        assert [one["source_row"], two["source_row"]] == [1, 2]

    def test_all_of_them_have_to_be_named(self, archive: Archive, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"names 2 columns, and the first line of 't\.tsv' has 4"):
            add(archive, tmp_path / "t.tsv", self.ROWS, columns=("published", "outlet"))

    def test_objects_have_names_of_their_own(self, archive: Archive, tmp_path: Path) -> None:
        with pytest.raises(UsageError, match=r"'t\.jsonl' is JSONL, which names its columns itself"):
            add(archive, tmp_path / "t.jsonl", '{"outlet": "A"}\n', columns=("outlet",))

    def test_years_may_be_names(self, archive: Archive, tmp_path: Path) -> None:
        rows = "outlet,published,title,text,2011,2011-04-06\nA,2011-04-06,One,x,5,6\n"
        assert add(archive, tmp_path / "t.csv", rows) == (1, 1, 0)


def test_thousands_of_equal_names_take_no_time(archive: Archive, tmp_path: Path) -> None:
    wide = HEADER[:-1] + ",a" * 20_000 + "\nA,2011,One,x" + ",1" * 20_000 + "\n"
    assert add(archive, tmp_path / "t.csv", wide) == (1, 1, 0)
    extra = json.loads(str(articles_of(archive)[0]["extra"]))
    assert len(extra) == 20_000
    assert list(extra)[:2] == ["a", "a (2)"]
