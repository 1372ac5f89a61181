"""The items coded by hand: both rounds are whole, halves are even, and a reader is scored by what both rounds say."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from benchmarks.gold import coded_items
from benchmarks.gold.coded_items import (
    HALVES,
    MentionItem,
    attribution_items,
    half_of,
    mention_items,
    same_speaker,
    score_mentions,
)

from masthead.archive import Archive
from masthead.reading import Reading
from masthead.reading.naming.namings import NAMING_SCHEMA
from masthead.study import Study

ARTICLE = "00000000000000000000"


def test_both_rounds_code_every_item_and_one_item_is_of_one_article() -> None:
    mentions, attributions = mention_items(), attribution_items()
    assert (len(mentions), len(attributions)) == (400, 200)
    for items in (mentions, attributions):
        assert all(len(item["rounds"]) == 2 for item in items)
        assert len({(item["corpus"], item["article_id"]) for item in items}) == len(items)
    assert all(start < end for m in mentions for r in m["rounds"] for start, end in (*r["labels"], *r["may"]))


def test_halves_are_about_even() -> None:
    shares = [sum(half_of(m["article_id"]) == half for m in mention_items()) for half in HALVES]
    assert min(shares) > 170


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("the Tarn Observatory", "Tarn Observatory for Sea Birds", True),
        ("Ada Reed", "Mrs Reed", True),
        ("Ada Reed", "Ben Holm", False),
        (None, "Ben Holm", False),
        (None, None, True),
        ("the", "the", False),
    ],
)
def test_speakers_are_one_where_one_name_holds_the_other(
    one: str | None, other: str | None, same: bool
) -> None:
    assert same_speaker(one, other) is same


def _scored(
    labels: list[tuple[str, int, int]], item: MentionItem, folder: Path, patch: pytest.MonkeyPatch
) -> list[float]:
    """Score a reader that gives these labels of the mention [10, 15), and return its precision and recall."""
    mention = {
        "article_id": ARTICLE, "subject": "s", "alias": "Tarns", "generic": False, "field": "text",
        "start": 10, "end": 15,
        "sentence_start": 0, "sentence_end": 60, "quoted": False, "reported": False, "refers": True,
    }  # fmt: skip
    rows = [
        {
            **mention,
            "label": word,
            "label_kind": "head",
            "label_start": start,
            "label_end": end,
            "label_quoted": False,
        }
        for word, start, end in labels or [(None, None, None)]
    ]
    path = folder / "namings.parquet"
    pq.write_table(pa.Table.from_pylist(rows, NAMING_SCHEMA), path)
    patch.setattr(coded_items, "read", lambda *_, **__: Reading([path], [], "1", "h", {}))
    patch.setattr(coded_items, "mention_items", lambda: [item])
    archive = Archive.create(folder / "a.archive", frame="everything")
    scores = score_mentions("c", "mended on", archive, Study.model_construct())
    assert dataclasses.asdict(scores)["missing"] == 0
    return [rate.rate if rate.rate is not None else -1.0 for rate in (scores.precision, scores.recall)]


@pytest.mark.parametrize(
    ("labels", "precision", "recall"),
    [
        ([("rebel", 16, 21)], 1.0, 1.0),
        ([("rebel", 16, 21), ("brave", 30, 35)], 0.5, 1.0),
        ([("rebel", 16, 21), ("local", 40, 45)], 1.0, 1.0),
        ([("rebel", 16, 21), ("hasty", 50, 55)], 1.0, 1.0),
        ([], -1.0, 0.0),
    ],
)
def test_what_the_rounds_say_differently_counts_neither_way(
    labels: list[tuple[str, int, int]],
    precision: float,
    recall: float,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    item: MentionItem = {
        "corpus": "c",
        "article_id": ARTICLE,
        "field": "text",
        "start": 10,
        "end": 15,
        "subject": "s",
        "rounds": (
            {"refers": "yes", "labels": [(16, 21), (50, 55)], "may": []},
            {"refers": "yes", "labels": [(16, 21)], "may": [(40, 45)]},
        ),
    }
    assert _scored(labels, item, tmp_path, monkeypatch) == [precision, recall]


def test_a_mention_of_somebody_else_makes_every_label_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = {"refers": "no", "labels": [], "may": []}
    item: MentionItem = {
        "corpus": "c", "article_id": ARTICLE, "field": "text", "start": 10, "end": 15, "subject": "s",
        "rounds": (codes, codes),
    }  # type: ignore[typeddict-item]  # fmt: skip
    assert _scored([("rebel", 16, 21)], item, tmp_path, monkeypatch) == [0.0, -1.0]
