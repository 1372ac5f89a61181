"""What holds of every file, whatever its rows are."""

from __future__ import annotations

import itertools
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from archive_samples import ARTICLES, FORMATS, articles_of, write_csv, write_jsonl, write_parquet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from masthead.archive import ARTICLE_SCHEMA, Archive, article_ids
from masthead.archive import parts as parts_module

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

# JSON carries every character; surrogates are halves of characters and no text.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
rows = st.lists(
    st.fixed_dictionaries(
        {
            "outlet": st.sampled_from(["Post", "Herald", " Post ", "", "  "]),
            "published": st.sampled_from(["2016-04-06", "", "never", "31/02/2016"]),
            "title": texts,
            "text": texts,
        }
    ),
    min_size=1,
    max_size=30,
)


@contextmanager
def fresh() -> Iterator[tuple[Archive, Path]]:
    with tempfile.TemporaryDirectory() as folder:
        yield Archive.create(Path(folder) / "a.archive"), Path(folder)


@few
@given(rows)
def test_every_row_is_kept_a_duplicate_or_refused(given_rows: list[dict[str, str]]) -> None:
    with fresh() as (archive, folder):
        report = archive.add(write_jsonl(folder / "a.jsonl", given_rows), no_text=True)
        assert report.rows == len(given_rows) == report.kept + report.duplicate + report.refused
        assert report.refused == sum(report.reasons.values())
        assert report.kept == len(articles_of(archive)) == sum(part.rows for part in archive.parts())
        quarantined = sum(pq.read_metadata(p).num_rows for p in (archive.path / "quarantine").glob("*"))
        assert quarantined == report.refused
        again = archive.add(folder / "a.jsonl", no_text=True)
        assert (again.kept, again.duplicate, again.refused) == (
            0,
            report.kept + report.duplicate,
            report.refused,
        )


@few
@given(rows, st.randoms(use_true_random=False))
def test_any_order_of_rows_gives_the_same_articles(given_rows: list[dict[str, str]], random: object) -> None:
    shuffled = list(given_rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    with fresh() as (one, folder), fresh() as (other, _):
        one.add(write_jsonl(folder / "a.jsonl", given_rows), no_text=True)
        other.add(write_jsonl(folder / "b.jsonl", shuffled), no_text=True)
        plain = [{k: v for k, v in row.items() if k != "source_row"} for row in articles_of(one)]
        mixed = [{k: v for k, v in row.items() if k != "source_row"} for row in articles_of(other)]
        assert sorted(plain, key=lambda r: str(r["article_id"])) == sorted(
            mixed, key=lambda r: str(r["article_id"])
        )


@few
@given(texts, texts)
def test_words_are_unchanged_to_the_byte_where_that_is_asked_for(title: str, text: str) -> None:
    row = {"outlet": "Post", "published": "", "title": "x" + title, "text": text}
    with fresh() as (archive, folder):
        archive.add(write_parquet(folder / "a.parquet", [row]), no_text=True, as_is=True)
        archive.add(write_jsonl(folder / "a.jsonl", [row]), no_text=True, as_is=True)
        (stored,) = articles_of(archive)
        assert stored["title"] == row["title"]
        assert stored["text"] == text


@few
@given(texts, texts)
def test_words_can_be_had_back_to_the_byte(title: str, text: str) -> None:
    row = {"outlet": "Post", "published": "", "title": "x" + title, "text": text}
    with fresh() as (archive, folder):
        archive.add(write_parquet(folder / "a.parquet", [row]), no_text=True)
        (stored,) = articles_of(archive)
        had = {one["field"]: one["original"] for one in archive.originals().to_pylist()}
        assert {**stored, **had}["title"] == row["title"]
        assert {**stored, **had}["text"] == text
        assert archive.check().faults == []


@few
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60))
def test_csv_keeps_every_character_too(text: str) -> None:
    row = {"outlet": "Post", "published": "", "title": "One", "text": text}
    with fresh() as (archive, folder):
        archive.add(write_csv(folder / "a.csv", [row]), no_text=True, as_is=True)
        assert articles_of(archive)[0]["text"] == text


@few
@given(st.lists(st.tuples(texts, texts, texts, texts), min_size=1, max_size=8, unique=True))
def test_different_articles_have_different_ids(values: list[tuple[str, str, str, str]]) -> None:
    ids = article_ids(*(pa.array(column, pa.string()) for column in zip(*values, strict=True)))
    assert len(set(ids)) == len(values)
    assert all(len(i) == 20 and int(i, 16) >= 0 for i in ids)


def test_moving_a_character_between_fields_is_another_article() -> None:
    one, two = article_ids(*(pa.array(c) for c in (["A", "A"], ["", ""], ["ab", "a"], ["c", "bc"])))
    assert one != two


def test_ids_do_not_depend_on_where_an_array_starts() -> None:
    columns = [pa.array([f"{c}{i}" for i in range(9)]) for c in "opqr"]
    assert article_ids(*(c.slice(4, 3) for c in columns)) == article_ids(*columns)[4:7]


def test_an_id_stays_what_it_was() -> None:
    # Ids are on people's disks and in their notes: a change is a new format version.
    columns = (["Harbour Post"], ["2016-04-06"], ["Ferries"], ["The crews wait."])
    assert article_ids(*(pa.array(c) for c in columns)) == ["c1febdd6f34084b36dca"]


@pytest.mark.parametrize(
    ("part_rows", "part_bytes"), [(1, 10**9), (3, 10**9), (7, 500), (10**9, 1), (10**9, 300)]
)
def test_parts_are_bounded_and_lose_nothing(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, part_rows: int, part_bytes: int
) -> None:
    monkeypatch.setattr(parts_module, "PART_ROWS", part_rows)
    monkeypatch.setattr(parts_module, "PART_BYTES", part_bytes)
    many = [{**ARTICLES[0], "title": str(i), "text": "x" * (i % 90)} for i in range(50)]
    archive.add(write_csv(tmp_path / "t.csv", many))
    assert [row["title"] for row in articles_of(archive)] == [str(i) for i in range(50)]
    for part in archive.parts():
        sizes = [len(t) for t in pq.read_table(part.path)["text"].to_pylist()]
        assert part.rows == len(sizes) <= part_rows
        assert sum(sizes[:-1]) < part_bytes


def test_cuts_between_parts_do_not_depend_on_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from masthead.archive.sources import base

    many = [{**ARTICLES[0], "title": str(i)} for i in range(120)]
    path = write_csv(tmp_path / "t.csv", many)
    monkeypatch.setattr(parts_module, "PART_ROWS", 50)
    hashes = set()
    for batch_rows in (7, 50, 1000):
        monkeypatch.setattr(base, "BATCH_ROWS", batch_rows)
        archive = Archive.create(tmp_path / f"{batch_rows}.archive")
        archive.add(path)
        hashes.add(archive.hash)
        assert [part.rows for part in archive.parts()] == [50, 50, 20]
    assert len(hashes) == 1


def test_a_new_file_adds_only_what_is_new(archive: Archive, tmp_path: Path) -> None:
    archive.add(write_csv(tmp_path / "one.csv", ARTICLES[:2]))
    (first,) = archive.parts()
    report = archive.add(write_jsonl(tmp_path / "two.jsonl", ARTICLES))
    assert (report.kept, report.duplicate) == (1, 2)
    assert archive.parts()[0] == first
    assert [part.rows for part in archive.parts()] == [2, 1]


def test_the_hash_follows_the_articles_and_not_the_order_of_adding(tmp_path: Path) -> None:
    files = [write_csv(tmp_path / f"{i}.csv", [row]) for i, row in enumerate(ARTICLES)]
    hashes = set()
    for k, order in enumerate(itertools.permutations(files)):
        archive = Archive.create(tmp_path / f"{k}.archive")
        for file in order:
            archive.add(file)
        hashes.add(archive.hash)
    assert len(hashes) == 1


def test_ingests_record_what_was_done(archive: Archive, tmp_path: Path) -> None:
    report = archive.add(write_csv(tmp_path / "t.csv", [*ARTICLES, ARTICLES[0]]))
    (record,) = [json.loads(line) for line in (archive.path / "ingests.jsonl").read_text().splitlines()]
    assert (record["rows"], record["kept"], record["duplicate"], record["refused"]) == (4, 3, 1, 0)
    assert record["source_hash"] == report.source_hash
    assert record["notes"] == report.notes
    assert record["parts"] == {part.name: part.rows for part in archive.parts()}


def test_whatever_a_file_calls_its_columns_the_record_can_be_read(archive: Archive, tmp_path: Path) -> None:
    row = {"outlet": "A", "published": "x\u2028\x85\n", "title": "One", "a\u2028b\x0b\nc": "d"}
    report = archive.add(write_jsonl(tmp_path / "t.jsonl", [row]), no_text=True)
    assert archive.ingests()[0]["notes"] == report.notes
    assert archive.add(tmp_path / "t.jsonl", no_text=True).duplicate == 1


def test_progress_reaches_its_end(archive: Archive, tmp_path: Path) -> None:
    for name, write in FORMATS.values():
        seen: list[tuple[str, int, int]] = []
        archive.add(write(tmp_path / name, ARTICLES), progress=lambda *told, seen=seen: seen.append(told))  # type: ignore[misc]
        assert seen[-1][1] == seen[-1][2] > 0


def test_texts_and_titles_are_never_null() -> None:
    assert not any(
        ARTICLE_SCHEMA.field(name).nullable for name in ("outlet", "published_raw", "title", "text")
    )
