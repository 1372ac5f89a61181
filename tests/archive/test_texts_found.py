"""An ingest without texts stops, and says in which column they are likely to be."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from archive_samples import ARTICLES, articles_of, write_csv, write_json, write_jsonl

from masthead.archive import Archive
from masthead.cli.archives.archive import _parsed_mapping
from masthead.errors import SourceError

PROSE = (
    "The crews of the ferries waited at the pier, and nobody told them when the next ship would come. " * 4
)
SHORT = "Mayor Hale opened the port on Monday."


def rows(column: str, text: str = PROSE, n: int = 3, **more: str) -> list[dict[str, str]]:
    return [
        {"outlet": "Post", "published": f"2011-04-0{i % 9 + 1}", "title": f"T{i}", column: text, **more}
        for i in range(n)
    ]


@pytest.mark.parametrize("column", ["article", "Body text", "mainText", "full-article", "story_text"])
@pytest.mark.parametrize(("name", "write"), [("a.csv", write_csv), ("a.jsonl", write_jsonl)])
def test_a_column_that_is_surely_the_text_is_taken_and_said(
    archive: Archive, tmp_path: Path, column: str, name: str, write: Callable[[Path, Any], Path]
) -> None:
    report = archive.add(write(tmp_path / name, rows(column, SHORT)))
    assert [row["text"] for row in articles_of(archive)] == [SHORT] * 3
    assert report.without_text == 0
    assert any(f"text from '{column}'" in note for note in report.notes)


def test_a_column_of_that_name_without_sentences_is_not_taken(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no column that is known to hold the text"):
        archive.add(write_csv(tmp_path / "a.csv", rows("article", "https://post.example/1")))
    assert archive.ingests() == []


def test_long_prose_under_another_name_is_proposed_as_a_ready_map(archive: Archive, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", rows("Inhalt, ganz", note="one word"))
    with pytest.raises(SourceError) as caught:
        archive.add(path)
    words = shlex.split(str(caught.value).split("say ", 1)[1].split(", or --no-text")[0])
    assert words[0] == "--map"
    mapping = _parsed_mapping([words[1]])
    assert mapping["text"] == "Inhalt, ganz"
    assert archive.add(path, mapping=mapping).without_text == 0


def test_with_a_mapping_the_text_is_proposed_and_not_taken(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="'article' is likely to hold it"):
        archive.add(write_csv(tmp_path / "a.csv", rows("article")), mapping={"outlet": "outlet"})


def test_two_columns_of_prose_are_both_named(archive: Archive, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", rows("ours", PROSE * 2, theirs=PROSE))
    with pytest.raises(SourceError, match=r"'ours' is likely to hold it \('theirs' may be it too\)"):
        archive.add(path)


def test_prose_inside_an_object_is_proposed_by_its_path(archive: Archive, tmp_path: Path) -> None:
    nested: Any = [{**row, "piece": {"inside": PROSE, "n": 1}} for row in rows("note", "x")]
    with pytest.raises(SourceError, match=r"text=piece\.inside"):
        archive.add(write_json(tmp_path / "a.json", nested))


@pytest.mark.parametrize("options", [{"no_text": True}, {"mapping": {"outlet": "outlet", "text": ""}}])
def test_that_there_is_no_text_can_be_told(archive: Archive, tmp_path: Path, options: dict[str, Any]) -> None:
    report = archive.add(write_csv(tmp_path / "a.csv", rows("note", "x")), **options)
    assert (report.kept, report.without_text) == (3, 3)
    assert archive.ingests()[0]["without_text"] == 3


def test_a_column_of_texts_that_is_empty_stops(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"'a\.csv' has no text in any row"):
        archive.add(write_csv(tmp_path / "a.csv", rows("text", " ")))
    assert list((archive.path / "articles").iterdir()) == []


def test_nearly_no_text_beside_a_column_of_prose_stops(archive: Archive, tmp_path: Path) -> None:
    some = [*rows("text", SHORT, 1, full=""), *rows("text", "", 60, full=PROSE)]
    with pytest.raises(SourceError, match=r"has a text in 1 of its rows alone .*text=full"):
        archive.add(write_csv(tmp_path / "a.csv", some))


def test_few_texts_and_no_prose_elsewhere_are_what_there_is(archive: Archive, tmp_path: Path) -> None:
    report = archive.add(write_csv(tmp_path / "a.csv", [*rows("text", SHORT, 1), *rows("text", "", 60)[1:]]))
    assert (report.kept, report.without_text) == (60, 59)


def test_the_record_says_how_many_lack_a_text(archive: Archive, tmp_path: Path) -> None:
    archive.add(write_csv(tmp_path / "a.csv", [*ARTICLES, {**ARTICLES[0], "title": "Alone", "text": ""}]))
    (line,) = (archive.path / "ingests.jsonl").read_text().splitlines()
    assert json.loads(line)["without_text"] == 1
