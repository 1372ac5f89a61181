"""Reading an archive: everything kept, nothing read twice, and nothing lost at whatever instant it stops."""

from __future__ import annotations

import csv
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead import stages
from masthead.archive import Archive
from masthead.errors import ArchiveError
from masthead.reading import ARTICLES_SCHEMA, NAMING_SCHEMA, Reading, read
from tests.reading.conftest import LEAGUE, MARSH, OPPOSITION, make_study

TEXTS = [
    "The terrorist group Corvan League claimed the attack. Rebels fled.",
    "President Dana Marsh spoke. “Marsh is a liar,” he said.",
    "Corvan League fighters met the Tellan Front, a militia.",
    "The rebels, who are terrorists, left the town on Monday.",
    "Nobody was named here.",
]
STUDY = make_study(LEAGUE, OPPOSITION)
WIDER = make_study(LEAGUE, OPPOSITION, MARSH)


def add(archive: Archive, texts: Sequence[str], **columns: Any) -> None:
    """Add articles from a Parquet file beside the archive."""
    source = archive.path.parent / f"source-{len(archive.parts())}-{len(texts)}.parquet"
    rows = {
        "outlet": ["gazette"] * len(texts),
        "published": ["2016-10-06"] * len(texts),
        "title": ["A title"] * len(texts),
        "text": list(texts),
        **columns,
    }
    pq.write_table(pa.table(rows), source)
    archive.add(source, mapping={name: name for name in rows})


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    made = Archive.create(tmp_path / "a.archive")
    add(made, TEXTS, language=["en"] * len(TEXTS))
    return made


def rows(reading: Reading) -> list[dict[str, Any]]:
    return [row for path in reading.paths for row in pq.read_table(path).to_pylist()]


def test_reading_gives_one_file_per_part_of_the_schema(archive: Archive) -> None:
    reading = read(archive, STUDY, processes=1)
    assert len(reading.paths) == len(reading.article_paths) == len(archive.parts())
    assert all(pq.read_schema(path).equals(NAMING_SCHEMA) for path in reading.paths)
    assert all(pq.read_schema(path).equals(ARTICLES_SCHEMA) for path in reading.article_paths)
    marks = pq.read_table(reading.article_paths[0]).to_pylist()
    assert sum(m["has_quotation_marks"] for m in marks) == 1
    assert not any(m["language_refused"] for m in marks)
    assert reading.counts["articles"] == len(TEXTS)
    assert reading.counts["mentions"] == 4
    assert reading.counts["namings"] == 4


def test_a_second_reading_reads_nothing_and_imports_no_parser(archive: Archive, tmp_path: Path) -> None:
    first = read(archive, STUDY, processes=1)
    second = read(archive, STUDY)
    assert (second.paths, second.hash) == (first.paths, first.hash)
    assert second.counts["articles_scanned"] == second.counts["sentences_parsed"] == 0
    code = (
        "import sys\n"
        "from masthead.archive import Archive\n"
        "from masthead.reading import read\n"
        "from tests.reading.test_reader import STUDY\n"
        f"read(Archive.open({str(archive.path)!r}), STUDY)\n"
        "print([name for name in ('spacy', 'thinc', 'sentencex') if name in sys.modules])\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=_root()
    )
    assert told.stdout.strip() == "[]"


def _root() -> Path:
    return Path(__file__).resolve().parents[2]


def test_a_new_subject_scans_only_its_aliases_and_parses_only_its_sentences(archive: Archive) -> None:
    read(archive, STUDY, processes=1)
    wider = read(archive, WIDER, processes=1)
    assert wider.counts["articles_scanned"] == len(TEXTS)  # once, for the new aliases
    assert wider.counts["sentences_parsed"] == 2  # those that name Marsh; the title names nobody
    assert wider.counts["sentences_reused"] == 4
    again = read(archive, make_study(MARSH), processes=1)
    assert again.counts["articles_scanned"] == 0


def test_new_articles_are_all_that_is_read(archive: Archive) -> None:
    before = read(archive, STUDY, processes=1)
    add(archive, ["The Corvan League fled.", TEXTS[0]], language=["en", "en"])
    after = read(archive, STUDY, processes=1)
    assert after.counts["articles_scanned"] == 1  # the other is a duplicate
    assert after.counts["sentences_parsed"] == 1
    assert after.paths[0] == before.paths[0]
    assert after.hash != before.hash


def test_a_sentence_is_parsed_once_whoever_runs_it(archive: Archive) -> None:
    read(archive, STUDY, processes=1)
    copied = ["As a paper wrote. Rebels fled.", "In short. Rebels fled."]
    add(archive, copied, language=["en", "en"])
    after = read(archive, STUDY, processes=1)
    assert after.counts["sentences_parsed"] == 0
    assert after.counts["sentences_reused"] == 1


def test_titles_categories_and_claims_change_nothing(archive: Archive) -> None:
    first = read(archive, STUDY, processes=1)
    relabelled = STUDY.model_copy(
        update={
            "title": "Another title",
            "subjects": tuple(
                s.model_copy(update={"name": "Another", "categories": {"a": ("b*",)}}) for s in STUDY.subjects
            ),
        }
    )
    assert read(archive, relabelled).paths == first.paths


def test_the_order_of_articles_and_of_subjects_does_not_matter(tmp_path: Path) -> None:
    found = []
    for i, study in enumerate((WIDER, make_study(MARSH, OPPOSITION, LEAGUE))):
        archive = Archive.create(tmp_path / f"{i}.archive")
        texts = list(TEXTS)
        random.Random(i).shuffle(texts)
        add(archive, texts, language=["en"] * len(texts))
        found.append(sorted(rows(read(archive, study, processes=1)), key=repr))
    assert found[0] == found[1]


def test_an_empty_archive_reads_as_nothing(tmp_path: Path) -> None:
    reading = read(Archive.create(tmp_path / "a.archive"), STUDY)
    assert reading.paths == [] == reading.article_paths


def test_other_languages_are_refused_and_counted(tmp_path: Path) -> None:
    archive = Archive.create(tmp_path / "a.archive")
    add(archive, ["Die Corvan League ist da.", "The Corvan League is a militia."], language=["de", "en"])
    reading = read(archive, STUDY, processes=1)
    assert reading.counts["language_refused"] == 1
    assert [row["label"] for row in rows(reading)] == [None, "militia"]
    assert sorted(m["language_refused"] for m in pq.read_table(reading.article_paths[0]).to_pylist()) == [
        False,
        True,
    ]


def test_a_damaged_alias_list_is_written_anew(archive: Archive) -> None:
    expected = rows(read(archive, STUDY, processes=1))
    for aliases in (archive.path / "readings" / "mentions").rglob("aliases.json"):
        aliases.write_text("{")
    for path in (archive.path / "readings" / "naming").rglob("*.parquet"):
        path.unlink()
    assert rows(read(archive, STUDY, processes=1)) == expected


def test_two_processes_read_the_same(archive: Archive, tmp_path: Path) -> None:
    expected = rows(read(archive, WIDER, processes=1))
    other = Archive.create(tmp_path / "b.archive")
    add(other, TEXTS, language=["en"] * len(TEXTS))
    assert rows(read(other, WIDER, processes=2)) == expected


def test_one_writer_at_a_time(archive: Archive) -> None:
    with archive.writer_lock(), pytest.raises(ArchiveError):
        read(Archive.open(archive.path), STUDY)
    assert read(Archive.open(archive.path), STUDY, processes=1).paths


def test_progress_reaches_its_end(archive: Archive) -> None:
    told: list[tuple[str, int, int]] = []
    read(archive, STUDY, processes=1, progress=lambda *step: told.append(step))
    for stage in (stages.NAMES, stages.SENTENCES):
        steps = [(done, total) for name, done, total in told if name == stage]
        assert steps == sorted(steps)
        assert steps[-1][0] == steps[-1][1]


def _many(archive: Archive) -> None:
    verbs = ["attacked", "left", "took", "lost", "shelled", "entered", "praised", "met", "fled", "won"]
    places = ["Ostra", "Harad", "the port", "the hills", "the capital", "the north", "a village", "the road"]
    texts = [
        f"Corvan League fighters {v} {p} {n} times. The rebels {v} {p} at {n}. Nobody else was there in {n}."
        for n in range(10)
        for v in verbs
        for p in places
    ]
    for i in range(0, len(texts), 400):
        add(archive, texts[i : i + 400], language=["en"] * len(texts[i : i + 400]))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_killed_at_any_instant_it_resumes_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    archive = Archive.create(tmp_path / "a.archive")
    _many(archive)
    code = (
        "from masthead.archive import Archive\n"
        "from masthead.reading import read\n"
        "from masthead.reading.parsing import parses\n"
        "from tests.reading.test_reader import STUDY\n"
        "parses.SHARD_ROWS = 200\n"
        f"read(Archive.open({str(archive.path)!r}), STUDY, processes=1)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen([sys.executable, "-c", code], cwd=_root(), env=environment)
    _wait_for(archive.path / "sentences", (seed - 1) * 3)
    assert process.poll() is None, "it is killed while it reads"
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = sum(pq.read_metadata(p).num_rows for p in (archive.path / "sentences").rglob("shard-*.parquet"))
    resumed = read(Archive.open(archive.path), STUDY, processes=1)
    assert resumed.counts["sentences_parsed"] == 1600 - kept
    assert resumed.counts["mentions"] == resumed.counts["namings"] == 1600
    assert len(rows(resumed)) == 1600 + 800  # each name has one label, each generic match one row


def _wait_for(folder: Path, files: int) -> None:
    deadline = time.monotonic() + 60
    while len(list(folder.rglob("shard-*.parquet"))) < files:
        assert time.monotonic() < deadline, f"{files} files of sentences never came"
        time.sleep(0.01)


@pytest.mark.corpora
def test_fa_kes_names_the_armed_opposition_as_its_outlets_do(corpora: Path, tmp_path: Path) -> None:
    """Those of two outlets, of the dozen in the file."""
    encoding = "latin-1"
    with (corpora / "fa-kes.csv").open(encoding=encoding, newline="") as file:
        table = csv.DictReader(file)
        two = [row for row in table if row["source"].lower() in ("sana", "reuters")]
    with (tmp_path / "two.csv").open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, table.fieldnames or ())
        writer.writeheader()
        writer.writerows(two)
    archive = Archive.create(tmp_path / "f.archive", "curated")
    archive.add(
        tmp_path / "two.csv",
        mapping={
            "outlet": "source",
            "published": "date",
            "title": "article_title",
            "text": "article_content",
        },
    )
    reading = read(archive, make_study(SYRIA), processes=1)
    articles = {
        row["article_id"]: row["outlet"]
        for part in archive.parts()
        for row in pq.read_table(part.path, columns=["article_id", "outlet"]).to_pylist()
    }
    shares = {}
    for outlet in ("sana", "reuters"):
        labels: dict[tuple[Any, ...], set[str]] = {}
        for row in rows(reading):
            if articles[row["article_id"]].lower() == outlet and row["label"]:
                labels.setdefault((row["article_id"], row["field"], row["start"]), set()).add(row["label"])
        shares[outlet] = sum("terrorist" in told for told in labels.values()) / len(labels)
    assert shares["sana"] > 0.9
    assert shares["reuters"] < 0.05


SYRIA = {
    "id": "armed-opposition",
    "kind": "actor",
    "aliases": ["rebels", "rebel*", "militants", "terrorist*", "fighters", "gunmen", "Free Syrian Army"],
}
