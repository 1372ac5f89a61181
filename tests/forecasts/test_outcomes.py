"""The outcomes file: what a person entered is read, and is never overwritten."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.errors import StudyError
from masthead.findings.schemas import FORECASTS
from masthead.instruments.forecast.outcomes import BECAME, COLUMNS, outcomes_hash, read_outcomes, write_list


def listed(*names: str, snippet: str = "X will fall.") -> pa.Table:
    rows = [
        {
            "forecast": name,
            "outlet": "gazette",
            "subject": "x",
            "published": dt.datetime(2016, 11, 23, tzinfo=dt.UTC),
            "what": "will fall",
            "snippet": snippet,
        }
        for name in names
    ]
    return pa.Table.from_pylist(rows, FORECASTS)


def cells(path: Path, delimiter: str = ",") -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file, delimiter=delimiter))


def test_a_new_file_has_a_row_to_fill_in_for_each_forecast(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    assert write_list(path, listed("f1", "f2")) == (2, 0)
    rows = cells(path)
    assert rows[0] == list(COLUMNS)
    assert [row[:2] for row in rows[1:]] == [["f1", ""], ["f2", ""]]
    assert rows[1][COLUMNS.index("published")] == "2016-11-23"
    assert read_outcomes(path) == {}


ENTERED = st.text(alphabet="abc ,;\"'\nÄ=", max_size=12)


@settings(max_examples=40)
@given(ENTERED, ENTERED, st.sampled_from((*BECAME, "")))
def test_what_a_person_entered_stays_to_the_letter(
    tmp_path_factory: pytest.TempPathFactory, note: str, own: str, became: str
) -> None:
    path = tmp_path_factory.mktemp("entered") / "outcomes.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["my column", "forecast", "became", "note"], [own, "f1", became, note]])
    before = cells(path)
    assert write_list(path, listed("f1", "f2")) == (1, 1)
    after = cells(path)
    assert after[:2] == before
    assert after[2] == ["", "f2", "", ""]
    assert write_list(path, listed("f1", "f2")) == (0, 2)
    assert cells(path) == after


def test_a_row_whose_forecast_is_no_longer_listed_stays(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_text("forecast,became\nf9,true\n", encoding="utf-8")
    write_list(path, listed("f1"))
    assert read_outcomes(path) == {"f9": "true"}
    assert [row[0] for row in cells(path)] == ["forecast", "f9", "f1"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_files_as_spreadsheets_save_them_are_read_and_kept_so(
    tmp_path: Path, delimiter: str, mark: str
) -> None:
    path = tmp_path / "outcomes.csv"
    lines = [["Forecast", "Became"], ["f1", "TRUE"], ["f2", " Cannot  tell "], ["f3", "FALSCH"], ["f4", ""]]
    path.write_bytes((mark + "\r\n".join(delimiter.join(line) for line in lines)).encode())
    assert read_outcomes(path) == {"f1": "true", "f2": "cannot tell", "f3": "false"}
    assert write_list(path, listed("f5")) == (1, 4)
    assert cells(path, delimiter)[-1][0] == "f5"


def test_text_from_an_article_is_never_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    write_list(path, listed("f1", snippet='=HYPERLINK("http://example.org") X will fall'))
    assert cells(path)[1][COLUMNS.index("sentence")].startswith("'=")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("forecast;note\nf1;true\n", "no column 'became'"),
        ("name,became\nf1,true\n", "no column 'forecast'"),
        ("forecast,became\nf1,perhaps\n", "'perhaps' in row 2"),
        ("forecast,became\n,true\n", "row 2 of"),
        (
            "forecast,became\nf1,true\nf1,false\n",
            "says of forecast 'f1' that it became true and, in row 3, false",
        ),
        (b"forecast,became\nf1,\xff\n", "is not UTF-8"),
    ],
)
def test_a_file_that_is_not_in_order_is_refused_by_row_and_left_alone(
    tmp_path: Path, content: str | bytes, says: str
) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    before = path.read_bytes()
    for act in (lambda: read_outcomes(path), lambda: write_list(path, listed("f1"))):
        with pytest.raises(StudyError, match=says):
            act()
    assert path.read_bytes() == before


def test_a_folder_is_no_outcomes_file(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match="cannot be read"):
        read_outcomes(tmp_path)


def test_a_file_that_is_not_there_or_empty_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    assert read_outcomes(tmp_path / "none.csv") == read_outcomes(tmp_path / "empty.csv") == {}


def test_only_what_was_entered_changes_the_hash() -> None:
    assert outcomes_hash({"a": "true", "b": "open"}) == outcomes_hash({"b": "open", "a": "true"})
    assert outcomes_hash({"a": "true"}) != outcomes_hash({"a": "false"})
