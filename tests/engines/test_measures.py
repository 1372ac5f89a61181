"""The measures' declarations give the same sums on every engine, and those sums are right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest

from masthead.engines import collect
from masthead.inference import sums
from masthead.measures import CELL, MEASURES, Tables

Load = Callable[[pa.Table], "nw.LazyFrame[Any]"]

JANUARY, MARCH = dt.date(2021, 1, 1), dt.date(2021, 3, 1)


def tables(load: Load) -> Tables:
    """Five articles of two outlets; `south` has no quotation marks, and one article of `north` no date."""
    articles = {
        "article_id": ["a", "b", "c", "d", "e"],
        "outlet": ["north", "north", "north", "south", "south"],
        "period_start": pa.array([JANUARY, JANUARY, None, MARCH, MARCH], pa.date32()),
        "marks": [True, True, True, False, False],
    }
    mentions = {
        "article_id": ["a", "a", "a", "b", "c", "d"],
        "subject": ["front", "front", "guard", "front", "front", "front"],
        "mention": ["text:1", "text:9", "text:5", "text:0", "title:0", "text:3"],
        "alias": ["Front", "rebels", "Guard", "Front", "rebels", "Front"],
        "quoted": pa.array([False, True, False, False, False, None], pa.bool_()),
    }
    namings = {
        "article_id": ["a", "a", "a", "c", "d"],
        "subject": ["front", "front", "front", "front", "front"],
        "mention": ["text:1", "text:1", "text:9", "title:0", "text:3"],
        "alias": ["Front", "Front", "rebels", "rebels", "Front"],
        "quoted": pa.array([False, False, True, False, None], pa.bool_()),
        "category": ["rebel", "terrorist", "rebel", "rebel", "other"],
    }
    portrayals = {
        "article_id": ["a", "a", "a", "b", "c", "d"],
        "subject": ["front", "front", "guard", "front", "front", "front"],
        "mention": ["text:1", "text:9", "text:5", "text:0", "title:0", "text:3"],
        "alias": ["Front", "rebels", "Guard", "Front", "rebels", "Front"],
        "quoted": pa.array([False, True, False, False, False, None], pa.bool_()),
        "favourable": pa.array([0.125, 0.75, 0.5, None, 0.0, 0.25], pa.float64()),
        "unfavourable": pa.array([0.875, 0.25, 0.25, None, 1.0, 0.125], pa.float64()),
        "score": pa.array([-0.75, 0.5, 0.25, None, -1.0, 0.125], pa.float64()),
        "weight": pa.array([4.0, 4.0, 1.0, 4.0, 4.0, 1.0], pa.float64()),
    }
    categories = {
        "subject": ["front", "front", "front", "guard"],
        "category": ["rebel", "terrorist", "other", "other"],
    }
    attributed = {
        "article_id": ["a", "a", "b", "d"],
        "speaker": ["front", "other", "unknown", "front"],
        "stance": ["said", "claimed", "said", "said"],
        "words": [6, 10, 4, 8],
    }
    expected = {
        "story": ["s", "t"],
        "outlet": ["north", "south"],
        "subject": ["front", "front"],
        "category": pa.array([None, None], pa.string()),
        "period_start": pa.array([JANUARY, MARCH], pa.date32()),
        "covered": [True, False],
        "expected": [0.5, 0.75],
    }
    echoed = {"article_id": ["a", "b", "d"], "words": [100, 50, 80], "echoed": [20, 0, 40]}
    wording = {
        "article_id": ["a", "a", "a", "a", "b", "b", "d", "d"],
        "subject": ["front", "guard", "front", "guard", "front", "guard", "front", "guard"],
        "quoted": pa.array([False, False, True, True, False, False, None, None], pa.bool_()),
        "uses": [3, 1, 0, 2, 0, 0, 1, 1],
    }
    foretold = {
        "article_id": ["a", "a", "b", "d"],
        "subject": ["front", "guard", "front", "front"],
        "quoted": pa.array([False, True, False, None], pa.bool_()),
        "came_true": [True, False, False, True],
    }
    return Tables(
        articles=load(pa.table(articles)),
        subjects=load(pa.table({"subject": ["front", "guard"]})),
        mentions=load(pa.table(mentions)),
        namings=load(pa.table(namings)),
        portrayals=load(pa.table(portrayals)),
        categories=load(pa.table(categories)),
        attributed=load(pa.table(attributed)),
        expected=load(pa.table(expected)),
        echoed=load(pa.table(echoed)),
        wording=load(pa.table(wording)),
        foretold=load(pa.table(foretold)),
    )


def totals(load: Load, measure: str, voice: str, by: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """n, numerator and denominator of each cell."""
    found = collect(sums(MEASURES[measure].units(tables(load), voice), by), by).to_pylist()
    return {tuple(row[c] for c in by): (row["n"], row["wx"], row["wy"]) for row in found}


def test_attention_counts_articles_with_and_without_a_mention(load: Load) -> None:
    assert totals(load, "attention", "all", ["outlet", "subject"]) == {
        ("north", "front"): (3, 3, 3),
        ("north", "guard"): (3, 1, 3),
        ("south", "front"): (2, 1, 2),
        ("south", "guard"): (2, 0, 2),
    }


def test_naming_counts_namings_and_not_mentions(load: Load) -> None:
    """Article b mentions the Front without a label; article a names it twice, once with two labels."""
    assert totals(load, "naming", "all", ["outlet", "category"]) == {
        ("north", "rebel"): (2, 3, 3),
        ("north", "terrorist"): (2, 1, 3),
        ("north", "other"): (2, 0, 3),
        ("south", "rebel"): (1, 0, 1),
        ("south", "terrorist"): (1, 0, 1),
        ("south", "other"): (1, 1, 1),
    }


@pytest.mark.parametrize(("voice", "rebel"), [("own", ("north", 2, 2, 2)), ("quoted", ("north", 1, 1, 1))])
def test_own_and_quoted_voice_leave_out_what_cannot_be_told(
    load: Load, voice: str, rebel: tuple[Any, ...]
) -> None:
    found = totals(load, "naming", voice, ["outlet", "category"])
    assert {key[0] for key in found} == {"north"}, "south has no quotation marks: its voice is unknown"
    assert (rebel[0], *found["north", "rebel"]) == rebel


def test_portrayal_adds_up_the_scores_of_an_article_and_weighs_it(load: Load) -> None:
    """Article b holds a mention that was not read; of north's articles on the Front, each stands for four."""
    assert totals(load, "portrayal", "all", ["outlet", "subject"]) == {
        ("north", "front"): (2, 4 * (-0.75 + 0.5 - 1.0), 4 * 3),
        ("north", "guard"): (1, 0.25, 1),
        ("south", "front"): (1, 0.125, 1),
    }


def test_a_quoted_mention_does_not_make_the_outlet_look_hostile(load: Load) -> None:
    by = ["outlet", "subject"]
    assert totals(load, "portrayal", "own", by)["north", "front"] == (2, 4 * -1.75, 4 * 2)
    assert totals(load, "portrayal", "quoted", by) == {("north", "front"): (1, 4 * 0.5, 4)}


def test_an_undated_article_is_in_no_period(load: Load) -> None:
    found = totals(load, "attention", "all", ["outlet", "subject", "period_start"])
    assert found["north", "front", JANUARY] == (2, 2, 2)
    assert found["north", "front", None] == (1, 1, 1)
    assert found["south", "front", MARCH] == (2, 1, 2)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_declares_the_cells_of_the_table(load: Load, measure: str) -> None:
    for voice in MEASURES[measure].voices:
        units = collect(MEASURES[measure].units(tables(load), voice))
        assert units.column_names == [*CELL, "period_start", "cluster", "x", "y", "w"]
        assert units.num_rows
        low, high = MEASURES[measure].range
        assert all(
            low * y <= x <= high * y for x, y in zip(*(units[c].to_pylist() for c in "xy"), strict=True)
        )


def test_a_share_of_the_voice_is_of_all_words_given_to_anyone(load: Load) -> None:
    assert totals(load, "voice", "all", ["outlet", "subject", "category"]) == {
        ("north", "front", None): (2, 6, 20),
        ("north", "guard", None): (2, 0, 20),
        ("north", None, "other"): (2, 10, 20),
        ("north", None, "unknown"): (2, 4, 20),
        ("south", "front", None): (1, 8, 8),
        ("south", "guard", None): (1, 0, 8),
        ("south", None, "other"): (1, 0, 8),
        ("south", None, "unknown"): (1, 0, 8),
    }


def test_stance_is_of_the_attributions_to_the_subject(load: Load) -> None:
    assert totals(load, "stance", "all", ["outlet", "subject", "category"]) == {
        ("north", "front", "said"): (1, 1, 1),
        ("south", "front", "said"): (1, 1, 1),
    }


def test_echo_is_over_all_articles_and_over_those_on_a_subject(load: Load) -> None:
    assert totals(load, "echo", "all", ["outlet", "subject"]) == {
        ("north", None): (2, 20, 150),
        ("north", "front"): (2, 20, 150),
        ("north", "guard"): (1, 20, 100),
        ("south", None): (1, 40, 80),
        ("south", "front"): (1, 40, 80),
    }


def test_kinship_is_of_the_phrases_of_all_parties(load: Load) -> None:
    """Article b uses nobody's phrases, and counts nowhere; south has no voices to tell apart."""
    assert totals(load, "kinship", "own", ["outlet", "subject"]) == {
        ("north", "front"): (1, 3, 4),
        ("north", "guard"): (1, 1, 4),
    }
    assert totals(load, "kinship", "all", ["outlet", "subject"]) == {
        ("north", "front"): (1, 3, 6),
        ("north", "guard"): (1, 3, 6),
        ("south", "front"): (1, 1, 2),
        ("south", "guard"): (1, 1, 2),
    }


def test_silence_sets_what_was_covered_against_what_was_expected(load: Load) -> None:
    assert totals(load, "silence", "all", ["outlet", "subject"]) == {
        ("north", "front"): (1, 1, 0.5),
        ("south", "front"): (1, 0, 0.75),
    }


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_an_empty_archive_gives_empty_units(load: Load, measure: str) -> None:
    full = tables(load)
    nothing = Tables(*(frame.head(0) for frame in vars(full).values() if frame is not None))
    assert collect(MEASURES[measure].units(nothing, "all")).num_rows == 0
