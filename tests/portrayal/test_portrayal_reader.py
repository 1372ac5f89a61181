"""Reading portrayal: which mentions, shown how, and each distinct marked sentence read once."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead import stages
from masthead.archive import Archive
from masthead.errors import ReadingError
from masthead.reading import read
from masthead.reading.portrayal.classifier import Probabilities
from masthead.reading.portrayal.mentions import PORTRAYAL_SCHEMA
from masthead.reading.portrayal.reader import PortrayalReading, read_portrayal
from masthead.reading.portrayal.shipped import ShippedClassifier
from masthead.reading.portrayal.store import SCORE_SCHEMA
from masthead.study import Study
from tests.portrayal.conftest import STUDY, Fake, add
from tests.reading.conftest import FRONT, LEAGUE, SIEGE, make_study


def portrayals(
    archive: Archive, classifier: Any = None, study: Study = STUDY, **more: Any
) -> PortrayalReading:
    return read_portrayal(
        archive, study, read(archive, study, processes=1), classifier=classifier or Fake(), **more
    )


def mentions(reading: PortrayalReading) -> list[dict[str, Any]]:
    return [row for path in reading.paths for row in pq.read_table(path).to_pylist()]


def keys(reading: PortrayalReading) -> pa.ChunkedArray:
    return pa.chunked_array([pq.read_table(p)["key"].combine_chunks() for p in reading.paths], pa.uint64())


def shown(archive: Archive, *texts: str, study: Study = STUDY, **columns: Any) -> list[tuple[str, str]]:
    add(archive, texts, **columns)
    return [(row["subject"], row["text"]) for row in mentions(portrayals(archive, study=study))]


def test_every_mention_that_refers_is_one_row_with_its_sentence_marked(archive: Archive) -> None:
    text = "They met. Corvan League fighters praised the Tellan Front and the Corvan League. Rebels fled."
    assert shown(archive, text) == [
        ("league", "[unused1] they [unused2] fighters praised the [unused11] and the [unused3]."),
        ("front", "[unused11] fighters praised the [unused1] they [unused2] and the [unused11]."),
        ("league", "[unused3] fighters praised the [unused11] and the [unused1] they [unused2]."),
        ("opposition", "[unused1] they [unused2] fled."),
    ]


def test_a_generic_alias_that_labels_somebody_else_stays_a_word(archive: Archive) -> None:
    text = "The army said the Corvan League was a gang of rebels."
    assert shown(archive, text) == [
        ("league", "The army said the [unused1] they [unused2] was a gang of rebels.")
    ]


def test_offsets_and_voice_are_those_of_the_article(archive: Archive) -> None:
    title = "Corvan League flees"
    text = (
        "Fog.\n\nThe mayor said the “Corvan League” lied. “The Tellan Front won,” he said. Dana Marsh left."
    )
    add(archive, [text], title=[title])
    reading = portrayals(archive)
    assert all(pq.read_schema(path).equals(PORTRAYAL_SCHEMA) for path in reading.paths)
    rows = mentions(reading)
    found = [(r["field"], r["alias"], r["quoted"], r["reported"]) for r in rows]
    assert found == [
        ("title", "Corvan League", False, False),
        ("text", "Corvan League", True, True),
        ("text", "Tellan Front", True, True),
        ("text", "Dana Marsh", False, False),
    ]
    for row in rows:
        content = title if row["field"] == "title" else text
        assert content[row["start"] : row["end"]] == row["alias"]
        assert row["sentence_start"] <= row["start"] < row["end"] <= row["sentence_end"]
        words = content[row["sentence_start"] : row["start"]] + "[unused1] they [unused2]"
        assert row["text"].startswith(words)


def test_events_are_subjects_like_any_other(archive: Archive) -> None:
    texts = shown(archive, "The fall of Ostra was a bad day.", study=make_study(SIEGE, LEAGUE))
    assert texts == [("siege", "The [unused1] they [unused2] was a bad day.")]


def test_whitespace_and_marks_of_the_articles_own_do_not_matter(archive: Archive) -> None:
    texts = shown(
        archive,
        "The Corvan\u00a0 League   was\u200b seen [unused1] here.",
        "The Corvan League was seen (unused1] here.",
    )
    assert texts == [("league", "The [unused1] they [unused2] was seen (unused1] here.")] * 2


def test_names_swapped_the_model_sees_the_same(tmp_path: Path) -> None:
    text = "The mayor called the {a} a bad gang, and good {b} men fled. {a} guns fell silent; the {b} won."
    seen = []
    for i, (a, b) in enumerate([("Corvan League", "Tellan Front"), ("Tellan Front", "Corvan League")]):
        archive = Archive.create(tmp_path / f"{i}.archive")
        add(archive, [text.format(a=a, b=b)])
        reading = portrayals(archive, ShippedClassifier())
        scores = reading.read(keys(reading))
        by_key = dict(zip(scores["key"].to_pylist(), scores.drop(["key"]).to_pylist(), strict=True))
        rows = [(row["subject"], row["text"], by_key[row["key"]]) for row in mentions(reading)]
        seen.append(rows)
    swapped = {"league": "front", "front": "league"}
    assert seen[0]
    assert [(swapped[subject], *rest) for subject, *rest in seen[0]] == [tuple(row) for row in seen[1]]


def test_a_sentence_of_ten_thousand_words(archive: Archive) -> None:
    words = "and another village was shelled " * 2_000
    texts = shown(archive, f"{words}the Corvan League was good {words}.")
    assert [subject for subject, _ in texts] == ["league"]
    assert "[unused1] they [unused2] was good" in texts[0][1]
    assert len(texts[0][1]) < 1_500


def test_each_distinct_marked_sentence_is_read_once(archive: Archive) -> None:
    same = "The Corvan League was good."
    add(archive, [f"{same} It rained in part {i}." for i in range(30)] + ["The Tellan Front was good."])
    model = Fake()
    reading = portrayals(archive, model)
    scores = reading.read(keys(reading))
    assert model.asked == ["The [unused1] they [unused2] was good."]
    assert scores.schema.equals(SCORE_SCHEMA)
    assert scores.num_rows == 1
    assert scores.drop(["key"]).to_pylist() == [
        {"p_unfavourable": 0.0, "p_neutral": 0.5, "p_favourable": 0.5},
    ]


def numbered(n: int, first: int = 0) -> list[str]:
    return [f"The Corvan League took house {i}." for i in range(first, first + n)]


def test_adding_one_in_a_hundred_reads_one_in_a_hundred(archive: Archive) -> None:
    add(archive, numbered(200))
    first = portrayals(archive)
    assert first.read(keys(first)).num_rows == 200
    assert first.sentences_read == 200
    add(archive, numbered(2, 200))
    model = Fake()
    again = portrayals(archive, model)
    assert again.read(keys(again)).num_rows == 202
    assert again.sentences_read == len(model.asked) == 2
    assert again.hash != first.hash


def test_a_sample_reads_what_is_asked_for_and_the_rest_later(archive: Archive) -> None:
    add(archive, numbered(50))
    model = Fake()
    reading = portrayals(archive, model)
    all_keys = keys(reading)
    some = reading.read(all_keys.slice(0, 5))
    assert some["key"].to_pylist() == sorted(all_keys.slice(0, 5).to_pylist())
    assert len(model.asked) == 5
    assert reading.read(all_keys).num_rows == 50
    assert len(model.asked) == len(set(model.asked)) == 50
    assert reading.read(all_keys.slice(0, 0)).num_rows == 0


def test_another_classifier_reads_anew_and_another_study_does_not(archive: Archive) -> None:
    add(archive, ["The Corvan League was good. The Tellan Front was bad."])
    portrayals(archive).read(keys(portrayals(archive)))
    other = Fake()
    other.version = "fake-2"
    reading = portrayals(archive, other)
    reading.read(keys(reading))
    assert len(other.asked) == 2
    same = Fake()
    fewer = portrayals(archive, same, make_study(LEAGUE))
    assert fewer.read(keys(fewer)).num_rows == 1
    assert same.asked == []
    assert len({reading.hash, fewer.hash, portrayals(archive).hash}) == 3


def test_languages_that_the_classifier_does_not_read_are_left_out(archive: Archive) -> None:
    texts = ["Die Corvan League ist gut.", "The Corvan League is good.", "Corvan League 1 2 3."]
    add(archive, texts, language=["de", "en-GB", None])
    assert [row["text"][:3] for row in mentions(portrayals(archive))] == ["The", "[un"]
    anything = Fake()
    anything.languages = None
    assert len(mentions(portrayals(archive, anything))) == 3


def test_nothing_to_read(archive: Archive) -> None:
    add(archive, ["Nobody was here."])
    reading = portrayals(archive, Fake())
    assert reading.read(keys(reading)).num_rows == 0
    empty = Archive.create(archive.path.parent / "empty.archive")
    reading = portrayals(empty, Fake())
    assert reading.paths == []
    assert reading.read(keys(reading)).num_rows == 0


def test_what_was_read_before_a_stop_is_kept(archive: Archive) -> None:
    add(archive, numbered(95))
    stopped = portrayals(archive, Fake(lot=20, most=70))
    with pytest.raises(KeyboardInterrupt):
        stopped.read(keys(stopped))
    model = Fake(lot=20)
    resumed = portrayals(archive, model)
    assert resumed.read(keys(resumed)).num_rows == 95
    assert len(model.asked) == 95 - 60


@pytest.mark.parametrize(
    "given",
    [
        np.ones((3, 3)),
        np.full((4, 3), np.nan),
        np.full((4, 3), 0.5),
        np.array([[2.0, -1.0, 0.0]] * 4),
        np.ones(4),
    ],
)
def test_what_are_no_probabilities_is_not_kept(archive: Archive, given: Probabilities) -> None:
    class Broken(Fake):
        def read(self, texts: Any) -> Probabilities:
            return given

    add(archive, numbered(4))
    reading = portrayals(archive, Broken())
    with pytest.raises(ReadingError, match="'fake' gave"):
        reading.read(keys(reading))
    sound = portrayals(archive, Fake())
    sound.read(keys(sound))
    assert sound.sentences_read == 4


def test_progress_reaches_its_end(archive: Archive) -> None:
    add(archive, numbered(30))
    told: list[tuple[str, int, int]] = []
    reading = portrayals(archive, Fake(lot=7), progress=lambda *step: told.append(step))
    reading.read(keys(reading))
    for stage, total in ((stages.MENTIONS, 1), (stages.PORTRAYAL, 30)):
        steps = [(done, of) for name, done, of in told if name == stage]
        assert steps == sorted(steps)
        assert steps[-1] == (total, total)


@pytest.mark.parametrize("shards", [0, 3])
def test_killed_at_any_instant_it_loses_one_lot_at_most(archive: Archive, shards: int) -> None:
    add(archive, numbered(400))
    portrayals(archive)
    code = (
        "import time\n"
        "from masthead.archive import Archive\n"
        "from tests.portrayal.conftest import Fake\n"
        "from tests.portrayal.test_portrayal_reader import keys, portrayals\n"
        "class Slow(Fake):\n"
        "    def read(self, texts):\n"
        "        time.sleep(0.02)\n"
        "        return super().read(texts)\n"
        f"reading = portrayals(Archive.open({str(archive.path)!r}), Slow(lot=10))\n"
        "reading.read(keys(reading))\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    root = Path(__file__).parents[2]
    process = subprocess.Popen([sys.executable, "-c", code], cwd=root, env=environment)
    sentences = archive.path / "sentences" / "portrayal"
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and len(list(sentences.rglob("shard-*.parquet"))) < shards:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = sum(pq.read_metadata(path).num_rows for path in sentences.rglob("shard-*.parquet"))
    assert kept >= shards * 10
    resumed = portrayals(Archive.open(archive.path), Fake())
    assert resumed.read(keys(resumed)).num_rows == 400
    assert resumed.sentences_read == 400 - kept


def test_a_study_of_two_subjects_for_one_name_portrays_both(archive: Archive) -> None:
    umbrella = {"id": "actors", "kind": "actor", "aliases": ["Corvan League", "Tellan Front"]}
    texts = shown(
        archive, "The Corvan League met the Tellan Front.", study=make_study(LEAGUE, FRONT, umbrella)
    )
    assert texts == [
        ("league", "The [unused1] they [unused2] met the [unused11]."),
        ("actors", "The [unused1] they [unused2] met the [unused3]."),
        ("front", "The [unused11] met the [unused1] they [unused2]."),
        ("actors", "The [unused3] met the [unused1] they [unused2]."),
    ]
