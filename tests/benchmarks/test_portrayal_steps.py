"""What the benchmark of portrayal times is what it says."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from benchmarks.portrayal import PRECISION, with_precision

from benchmarks import portrayal_steps as steps
from masthead import press
from masthead.archive import Archive
from masthead.reading.portrayal.marking import CLOSE, OPEN
from masthead.study import parse_study

STUDIES = [
    path
    for path in sorted((Path(__file__).parents[2] / "studies").glob("*.toml"))
    if "subject" in tomllib.loads(path.read_text(encoding="utf-8"))  # not a gold set
]


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of marked sentences, drawn from a small press."""
    folder = tmp_path_factory.mktemp("bench")
    press.make(seed=2, articles=30, setting="easy").write(folder / "press.jsonl")
    Archive.create(folder / "press.archive", frame="everything").add(folder / "press.jsonl")
    told = steps.marked_sentences(str(folder / "press.archive"), str(folder / "texts.json"), 20)
    assert told["n"] == 20
    return folder / "texts.json"


def test_each_sentence_has_one_mention_marked_and_lengths_differ(texts: Path) -> None:
    given = json.loads(texts.read_text())
    assert all(text.count(OPEN) == text.count(CLOSE) == 1 for text in given)
    assert len({len(text.split()) for text in given}) > 5


def test_the_parts_are_of_the_whole_work(texts: Path) -> None:
    told = steps.shipped_parts(str(texts))
    assert sum(told["operations"].values()) == pytest.approx(1)
    assert 0 < told["tokenising"] < told["running"]
    assert 20 * 5 < told["tokens"] < told["padded"]
    assert steps.shipped(str(texts), threads=1)["n"] == 20


def test_products_are_those_of_the_shipped_model(texts: Path) -> None:
    pytest.importorskip("onnx")
    told = steps.products(str(texts))
    assert told["seconds"] > 0
    assert told["together"] > 0


@pytest.mark.parametrize("study", STUDIES, ids=lambda path: path.stem)
def test_a_study_is_asked_for_a_precision_and_for_nothing_else(study: Path) -> None:
    text = study.read_text(encoding="utf-8")
    asked = parse_study(tomllib.loads(with_precision(text)), "the study")
    assert asked.precision == PRECISION
    plain = parse_study(tomllib.loads(text), "the study")
    assert {**asked.model_dump(), "precision": None} == plain.model_dump()
