"""The measures' declarations give the same sums on every engine, and those sums are right."""

from __future__ import annotations

import datetime as dt
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from masthead.engines import collect
from masthead.inference import sums
from masthead.measuring import CELL, MEASURES, Tables
from masthead.measuring.measure import Measure
from tests.engines.conftest import ENGINES, Load, loading

JANUARY, MARCH = dt.date(2021, 1, 1), dt.date(2021, 3, 1)


def tables(load: Load) -> Tables:
    """Five articles of two outlets; `south` has no quotation marks, and one article of `north` no date."""
    articles = {
        "article_id": ["a", "b", "c", "d", "e"],
        "outlet": ["north", "north", "north", "south", "south"],
        "period_start": pa.array([JANUARY, JANUARY, None, MARCH, MARCH], pa.date32()),
        "marks": [True, True, True, False, False],
        "unseen": [False] * 5,
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
        more={
            name: load(pa.table(columns))
            for name, columns in {
                "namings": namings,
                "portrayals": portrayals,
                "categories": categories,
                "attributed": attributed,
                "expected": expected,
                "echoed": echoed,
                "wording": wording,
                "foretold": foretold,
            }.items()
        },
    )


Units = dict[tuple[str, str], pa.Table]


@pytest.fixture(scope="module", params=ENGINES)
def units(request: pytest.FixtureRequest) -> Units:
    """The units of every measure and voice as an engine has them, asked for at once: Spark plans for long."""
    with loading(request) as load:
        full = tables(load)
        return asked_at_once({key: measure.units(full, key[1]) for key, measure in every_voice()})


@pytest.fixture(scope="module", params=ENGINES)
def units_of_nothing(request: pytest.FixtureRequest) -> Units:
    """The same of an archive without articles."""
    with loading(request) as load:
        full = tables(load)
        more = {name: frame.head(0) for name, frame in full.more.items()}
        nothing = Tables(full.articles.head(0), full.subjects.head(0), full.mentions.head(0), more)
        return asked_at_once({key: measure.units(nothing, key[1]) for key, measure in every_voice()})


def every_voice() -> list[tuple[tuple[str, str], Measure]]:
    return [((name, voice), one) for name, one in sorted(MEASURES.items()) for voice in one.voices]


def asked_at_once(of: dict[tuple[str, str], nw.LazyFrame[Any]]) -> Units:
    named = []
    for (name, voice), frame in of.items():
        assert frame.collect_schema().names() == UNIT
        sums = [nw.col(column).cast(nw.Float64) for column in "xyw"]
        named.append(frame.with_columns(*sums, measure=nw.lit(name), asked=nw.lit(voice)))
    found = collect(nw.concat(named, how="vertical"))
    return {
        key: found.filter((pc.field("measure") == key[0]) & (pc.field("asked") == key[1])).select(UNIT)
        for key in of
    }


UNIT = [*CELL, "period_start", "cluster", "x", "y", "w"]


def totals(units: Units, measure: str, voice: str, by: list[str]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """n, numerator and denominator of each cell."""
    found = collect(sums(nw.from_native(units[measure, voice]).lazy(), by), by).to_pylist()
    return {tuple(row[c] for c in by): (row["n"], row["wx"], row["wy"]) for row in found}


def test_attention_counts_articles_with_and_without_a_mention(units: Units) -> None:
    assert totals(units, "attention", "all", ["outlet", "subject"]) == {
        ("north", "front"): (3, 3, 3),
        ("north", "guard"): (3, 1, 3),
        ("south", "front"): (2, 1, 2),
        ("south", "guard"): (2, 0, 2),
    }


def test_naming_counts_namings_and_not_mentions(units: Units) -> None:
    """Article b mentions the Front without a label; article a names it twice, once with two labels."""
    assert totals(units, "naming", "all", ["outlet", "category"]) == {
        ("north", "rebel"): (2, 3, 3),
        ("north", "terrorist"): (2, 1, 3),
        ("north", "other"): (2, 0, 3),
        ("south", "rebel"): (1, 0, 1),
        ("south", "terrorist"): (1, 0, 1),
        ("south", "other"): (1, 1, 1),
    }


@pytest.mark.parametrize(("voice", "rebel"), [("own", ("north", 2, 2, 2)), ("quoted", ("north", 1, 1, 1))])
def test_own_and_quoted_voice_leave_out_what_cannot_be_told(
    units: Units, voice: str, rebel: tuple[Any, ...]
) -> None:
    found = totals(units, "naming", voice, ["outlet", "category"])
    assert {key[0] for key in found} == {"north"}, "south has no quotation marks: its voice is unknown"
    assert (rebel[0], *found["north", "rebel"]) == rebel


def test_portrayal_adds_up_the_scores_of_an_article_and_weighs_it(units: Units) -> None:
    """Article b holds a mention that was not read; of north's articles on the Front, each stands for four."""
    assert totals(units, "portrayal", "all", ["outlet", "subject"]) == {
        ("north", "front"): (2, 4 * (-0.75 + 0.5 - 1.0), 4 * 3),
        ("north", "guard"): (1, 0.25, 1),
        ("south", "front"): (1, 0.125, 1),
    }


def test_a_quoted_mention_does_not_make_the_outlet_look_hostile(units: Units) -> None:
    by = ["outlet", "subject"]
    assert totals(units, "portrayal", "own", by)["north", "front"] == (2, 4 * -1.75, 4 * 2)
    assert totals(units, "portrayal", "quoted", by) == {("north", "front"): (1, 4 * 0.5, 4)}


def test_an_undated_article_is_in_no_period(units: Units) -> None:
    found = totals(units, "attention", "all", ["outlet", "subject", "period_start"])
    assert found["north", "front", JANUARY] == (2, 2, 2)
    assert found["north", "front", None] == (1, 1, 1)
    assert found["south", "front", MARCH] == (2, 1, 2)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_every_measure_declares_the_cells_of_the_table(units: Units, measure: str) -> None:
    for voice in MEASURES[measure].voices:
        rows = units[measure, voice]
        assert rows.num_rows
        low, high = MEASURES[measure].range
        assert all(
            low * y <= x <= high * y for x, y in zip(*(rows[c].to_pylist() for c in "xy"), strict=True)
        )


def test_a_share_of_the_voice_is_of_all_words_given_to_anyone(units: Units) -> None:
    assert totals(units, "voice", "all", ["outlet", "subject", "category"]) == {
        ("north", "front", None): (2, 6, 20),
        ("north", "guard", None): (2, 0, 20),
        ("north", None, "other"): (2, 10, 20),
        ("north", None, "unknown"): (2, 4, 20),
        ("south", "front", None): (1, 8, 8),
        ("south", "guard", None): (1, 0, 8),
        ("south", None, "other"): (1, 0, 8),
        ("south", None, "unknown"): (1, 0, 8),
    }


def test_stance_is_of_the_attributions_to_the_subject(units: Units) -> None:
    assert totals(units, "stance", "all", ["outlet", "subject", "category"]) == {
        ("north", "front", "said"): (1, 1, 1),
        ("south", "front", "said"): (1, 1, 1),
    }


def test_echo_is_over_all_articles_and_over_those_on_a_subject(units: Units) -> None:
    assert totals(units, "echo", "all", ["outlet", "subject"]) == {
        ("north", None): (2, 20, 150),
        ("north", "front"): (2, 20, 150),
        ("north", "guard"): (1, 20, 100),
        ("south", None): (1, 40, 80),
        ("south", "front"): (1, 40, 80),
    }


def test_kinship_is_of_the_phrases_of_all_parties(units: Units) -> None:
    """Article b uses nobody's phrases, and counts nowhere; south has no voices to tell apart."""
    assert totals(units, "kinship", "own", ["outlet", "subject"]) == {
        ("north", "front"): (1, 3, 4),
        ("north", "guard"): (1, 1, 4),
    }
    assert totals(units, "kinship", "all", ["outlet", "subject"]) == {
        ("north", "front"): (1, 3, 6),
        ("north", "guard"): (1, 3, 6),
        ("south", "front"): (1, 1, 2),
        ("south", "guard"): (1, 1, 2),
    }


def test_silence_sets_what_was_covered_against_what_was_expected(units: Units) -> None:
    assert totals(units, "silence", "all", ["outlet", "subject"]) == {
        ("north", "front"): (1, 1, 0.5),
        ("south", "front"): (1, 0, 0.75),
    }


def test_an_empty_archive_gives_empty_units(units_of_nothing: Units) -> None:
    assert {key: table.num_rows for key, table in units_of_nothing.items()} == dict.fromkeys(
        [key for key, _ in every_voice()], 0
    )
