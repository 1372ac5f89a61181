"""Reading an archive's quotations: kept, read once, the same in any order, and blind to names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead import press
from masthead.archive import Archive
from masthead.reading import read
from masthead.reading.attribution import QUOTES_SCHEMA, QuotesReading, read_quotes
from masthead.reading.attribution.forms import cue_forms, forms, may_attribute
from masthead.study import load_study
from tests.attribution.conftest import LEAGUE, MARSH, STUDY, Reads, make_study

TEXTS = [
    "Dana Marsh said the bridge was safe. “We tested it,” she said.",
    "The Corvan League denied the charge.",
    "According to the rebels, the ferry sailed.",
    "Nothing was said by the sea.",
]


def add(archive: Archive, texts: list[str]) -> None:
    rows = {
        "outlet": ["gazette"] * len(texts),
        "published": ["2016-10-06"] * len(texts),
        "title": ["Monday"] * len(texts),
        "text": texts,
    }
    source = archive.path.parent / f"source-{len(archive.parts())}.parquet"
    pq.write_table(pa.table(rows), source)
    archive.add(source, mapping={name: name for name in rows})


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    made = Archive.create(tmp_path_factory.mktemp("quotes") / "a.archive")
    add(made, TEXTS)
    return made


def rows(reading: QuotesReading) -> list[dict[str, Any]]:
    return [row for path in reading.paths for row in pq.read_table(path).to_pylist()]


def test_every_part_has_a_file_of_the_schema_and_a_second_reading_reads_nothing(archive: Archive) -> None:
    first = read_quotes(archive, STUDY, processes=1)
    again = read_quotes(archive, STUDY, processes=1)
    assert all(pq.read_schema(path).equals(QUOTES_SCHEMA) for path in first.paths)
    assert again.counts["sentences_newly_parsed"] == 0
    assert again.counts["articles"] == len(TEXTS)
    assert (again.hash, rows(again)) == (first.hash, rows(first))


def test_added_articles_alone_are_read(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "b.archive")
    add(archive, TEXTS[:3])
    first = read_quotes(archive, STUDY, processes=1)
    add(archive, ["The mayor claimed that the tide was late."])
    second = read_quotes(archive, STUDY, processes=1)
    assert second.counts["sentences_newly_parsed"] == 1
    assert set(first.paths) < set(second.paths)
    assert second.hash != first.hash


def test_a_sentence_that_naming_has_parsed_is_not_parsed_again(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "c.archive")
    add(archive, TEXTS[1:2])
    read(archive, STUDY, processes=1)
    assert read_quotes(archive, STUDY, processes=1).counts["sentences_newly_parsed"] == 0


def test_the_order_of_articles_changes_nothing_that_is_said_of_each(reads: Reads) -> None:
    def said(*texts: str) -> set[tuple[Any, ...]]:
        return {
            (
                texts[int(row["article_id"][1:])],
                *(value for name, value in row.items() if name != "article_id"),
            )
            for row in reads(*texts)
        }

    assert said(*TEXTS) == said(*reversed(TEXTS))


def test_readers_are_blind_to_the_names_of_subjects(reads: Reads) -> None:
    """The same sentences about another actor, of a name as long, give the same attributions."""
    text = "The Corvan League denied that the CLF had lied. A Corvan League spokesman said so."
    other = {"id": "league", "kind": "actor", "aliases": ["Zzyzxq Wombat", "QQX"]}
    swapped = text.replace("Corvan League", "Zzyzxq Wombat").replace("CLF", "QQX")
    changing = ("speaker_text", "speaker")
    ours, theirs = (
        [
            {k: v for k, v in row.items() if k not in changing}
            for row in reads(given, study=make_study(who, MARSH))
        ]
        for given, who in ((text, LEAGUE), (swapped, other))
    )
    assert ours == theirs


def test_what_a_press_quotes_is_found_and_given_to_its_speaker(tmp_path: Path) -> None:
    made = press.make(seed=77, articles=60, setting="hard")
    made.write(tmp_path / "p.jsonl")
    (tmp_path / "study.toml").write_text(made.study("p.archive"), encoding="utf-8")
    archive = Archive.create(tmp_path / "p.archive", frame="everything")
    archive.add(tmp_path / "p.jsonl")
    found: dict[str, list[dict[str, Any]]] = {}
    keys = keys_of(archive)
    for row in rows(read_quotes(archive, load_study(tmp_path / "study.toml"), processes=1)):
        found.setdefault(keys[row["article_id"]], []).append(row)
    planted = [quote for quote in made.truth().quotes.to_pylist() if quote["key"] in keys.values()]
    right = sum(
        any(
            row["start"] <= quote["start"]
            and quote["end"] <= row["end"]
            and row["subject"] == quote["speaker"]
            for row in found.get(quote["key"], ())
        )
        for quote in planted
    )
    assert len(planted) > 30
    assert right >= 0.95 * len(planted)


def keys_of(archive: Archive) -> dict[str, str]:
    """The press's key of each article, which is among its other columns."""
    articles = [row for part in archive.parts() for row in pq.read_table(part.path).to_pylist()]
    return {row["article_id"]: json.loads(row["extra"])["key"] for row in articles}


@pytest.mark.parametrize(
    ("verb", "past"),
    [
        ("say", "said"),
        ("deny", "denied"),
        ("admit", "admitted"),
        ("swear", "swore"),
        ("urge", "urged"),
        ("quip", "quipped"),
    ],
)
def test_every_form_of_a_verb_may_attribute(verb: str, past: str) -> None:
    assert past in set(forms(verb)) <= cue_forms()
    assert may_attribute(f"The mayor {past} so.")


def test_a_sentence_without_mark_or_cue_is_not_parsed() -> None:
    assert not may_attribute("The ferry sailed on Monday with nine crates of salt.")
