"""`masthead add`, `archive info` and `find` as a person and a program meet them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from archive_command import run
from archive_samples import ARTICLES, articles_of, write_csv, write_jsonl

from masthead.archive import Archive
from masthead.errors import SourceError, UsageError


@pytest.fixture
def strait(tmp_path: Path) -> Path:
    path = tmp_path / "strait.archive"
    run("add", path, write_csv(tmp_path / "a.csv", ARTICLES), "--frame", "everything")
    return path


def test_adding_makes_an_archive_and_says_what_it_sniffed(tmp_path: Path) -> None:
    path = tmp_path / "new.archive"
    result = run("add", path, write_csv(tmp_path / "a.csv", ARTICLES))
    assert result.exit_code == 0
    assert result.stdout == "a.csv: 3 rows: 3 kept, 0 duplicate, 0 refused; 0 without text\n"
    assert "making a new archive" in result.stderr
    assert "encoding utf-8, sniffed" in result.stderr
    assert "not stated" in result.stderr
    assert len(articles_of(Archive.open(path))) == 3


def test_json_is_for_programs(tmp_path: Path) -> None:
    path = tmp_path / "new.archive"
    bad = {**ARTICLES[0], "outlet": ""}
    files = [write_csv(tmp_path / "a.csv", [*ARTICLES, bad]), write_jsonl(tmp_path / "b.jsonl", ARTICLES)]
    result = run("add", path, *files, "--json", "--frame", "query", "--frame-note", "ferr*")
    told = json.loads(result.stdout)
    assert (told["rows"], told["kept"], told["duplicate"], told["refused"]) == (7, 3, 3, 1)
    assert told["reasons"] == {"it names no outlet": 1}
    assert told["archive_hash"] == Archive.open(path).hash
    assert [f["source"] for f in told["files"]] == ["a.csv", "b.jsonl"]
    assert Archive.open(path).frame_note == "ferr*"


def test_a_mapping_and_a_constant(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('day;head;"a, b"\n2016-04-06;One;Text\n')
    path = tmp_path / "new.archive"
    run("add", path, tmp_path / "a.csv", "--map", 'published=day,title=head,"text=a, b"', "--outlet", "SANA")
    (row,) = articles_of(Archive.open(path))
    assert (row["outlet"], row["title"], row["text"]) == ("SANA", "One", "Text")


def test_a_tab_can_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("outlet\tdate\ttext\nA\t2016\tOne, two\n")
    assert run("add", tmp_path / "x.archive", tmp_path / "a.csv", "--delimiter", "\\t").exit_code == 0


@pytest.mark.parametrize("mapping", ["outlet", "outlet=a,outlet=b", "outlet=source,,"])
def test_a_mapping_that_is_none(tmp_path: Path, mapping: str) -> None:
    with pytest.raises(UsageError, match="--map"):
        run("add", tmp_path / "x.archive", write_csv(tmp_path / "a.csv", ARTICLES), "--map", mapping)


def test_one_bad_file_stops_the_command_before_the_first_is_added(tmp_path: Path) -> None:
    good, bad = write_csv(tmp_path / "a.csv", ARTICLES), tmp_path / "b.csv"
    bad.write_text("")
    with pytest.raises(SourceError, match=r"'b\.csv' is empty"):
        run("add", tmp_path / "x.archive", good, bad)
    assert not (tmp_path / "x.archive").exists()


def test_nothing_kept_at_all_is_a_failure(tmp_path: Path) -> None:
    result = run(
        "add", tmp_path / "x.archive", write_csv(tmp_path / "a.csv", [{**ARTICLES[0], "outlet": ""}])
    )
    assert result.exit_code == 1
    assert "quarantine" in result.stderr


def test_adding_again_is_no_failure(strait: Path, tmp_path: Path) -> None:
    result = run("add", strait, tmp_path / "a.csv")
    assert (result.exit_code, result.stdout) == (
        0,
        "a.csv: 3 rows: 0 kept, 3 duplicate, 0 refused; 0 without text\n",
    )


def test_info_shows_the_whole(strait: Path) -> None:
    shown = run("archive", "info", strait).stdout
    assert "strait: 3 articles of 2 outlets, 2011-04-06 to 2011-04-07" in shown
    assert "frame: everything" in shown
    assert "3 rows = 3 kept + 0 duplicate + 0 refused" in shown
    assert "sections: not given 1, news 1, opinion 1" in shown
    assert "  2011-04        2 ####" in shown


def test_info_as_json(strait: Path) -> None:
    told = json.loads(run("archive", "info", strait, "--json").stdout)
    assert told["articles"] == 3
    assert told["months"] == [["Harbour Post", "2011-04-01", 1], ["Strait Herald", "2011-04-01", 1]]


def test_info_of_an_empty_archive(tmp_path: Path) -> None:
    Archive.create(tmp_path / "x.archive")
    assert "x: no articles" in run("archive", "info", tmp_path / "x.archive").stdout


def test_find_aligns_matches(strait: Path) -> None:
    result = run("find", strait, "crews")
    lines = [line for line in result.stdout.splitlines() if "[" in line]
    assert len(lines) == 3
    assert len({line.index("[") for line in lines}) == 1
    assert "3 matches in 2 of 3 articles" in result.stderr
    assert "Harbour Post                     1   1  100.0%" in result.stdout


def test_find_narrows(strait: Path) -> None:
    assert (
        "1 of 1 articles" in run("find", strait, "crews", "--from", "2011-04-07", "--to", "2011-04-07").stderr
    )
    assert "1 of 2 articles" in run("find", strait, "crews", "--outlet", "strait herald").stderr
    with pytest.raises(UsageError, match="'April' is not a day"):
        run("find", strait, "crews", "--from", "April")


def test_find_as_csv_and_json(strait: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("find", strait, "crews", "--csv").stdout)))
    assert [row["match"] for row in rows] == ["crews", "Crews", "crews"]
    told = json.loads(run("find", strait, "crews", "--json").stdout)
    assert [hit["match"] for hit in told["hits"]] == ["crews", "Crews", "crews"]
    assert told["counts"][0] == ["Harbour Post", "2011-04", 1, 1]
    assert run("find", strait, "absent", "--csv").stdout.startswith("article_id,outlet,published,")
    with pytest.raises(UsageError, match="both --csv and --json"):
        run("find", strait, "crews", "--csv", "--json")


def test_find_with_a_case_rule(strait: Path) -> None:
    assert "1 matches" in run("find", strait, "Crews").stderr
    assert "3 matches" in run("find", strait, "Crews", "--case", "ignore").stderr
    with pytest.raises(UsageError, match="the case rule is 'any'"):
        run("find", strait, "Crews", "--case", "any")


@pytest.mark.parametrize("there", [False, True])
def test_an_ingest_that_is_refused_leaves_nothing_where_there_was_nothing(
    tmp_path: Path, there: bool
) -> None:
    path = tmp_path / "made" / "new.archive"
    if there:
        path.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    # Its columns are known and its rows are read; that none has a text is seen at the end.
    bare = write_csv(tmp_path.parent / "bare.csv", [{**row, "text": ""} for row in ARTICLES])
    with pytest.raises(SourceError, match="has no text in any row"):
        run("add", path, bare)
    assert sorted(tmp_path.rglob("*")) == before


def test_what_was_kept_before_an_ingest_is_refused_stays(tmp_path: Path) -> None:
    path = tmp_path / "new.archive"
    good = write_csv(tmp_path / "good.csv", ARTICLES)
    bare = write_csv(tmp_path / "bare.csv", [{**row, "text": ""} for row in ARTICLES])
    with pytest.raises(SourceError, match="has no text in any row"):
        run("add", path, good, bare)
    assert len(articles_of(Archive.open(path))) == 3
    with pytest.raises(SourceError, match="has no text in any row"):
        run("add", path, bare)
    assert len(articles_of(Archive.open(path))) == 3
    refused = write_csv(tmp_path / "refused.csv", [{**ARTICLES[0], "outlet": ""}])
    run("add", tmp_path / "other.archive", refused)
    assert len(list((tmp_path / "other.archive" / "quarantine").iterdir())) == 1
