"""What counts as a forecast, in whose words, how sure, by when; and that the reader is blind to names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.gold.forecasts import evaluate_forecasts
from benchmarks.gold.marked_forecasts import read_marked_forecasts
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.forecasts import BANDS, FORETOLD_SCHEMA
from masthead.reading.forecasts.reader import may_announce
from masthead.reading.forecasts.wording import ENDURING
from masthead.reading.parsing.parses import Parse
from tests.forecasts.conftest import Reads

GOLD = Path(__file__).parent
HALVES = {"mended-on": (0.97, 0.97), "held-out": (0.93, 0.97)}
"""The least precision and recall of own forecasts, on the half that the rules were mended on and on the other."""


@pytest.mark.parametrize("half", HALVES)
def test_the_gold_is_read_at_least_as_well_as_before(
    half: str, parse: Callable[[dict[int, str]], dict[int, Parse]]
) -> None:
    found = evaluate_forecasts(read_marked_forecasts(GOLD / f"gold-{half}.jsonl"), parse)
    own = found.scores[0]
    precision, recall = HALVES[half]
    assert (own.precision.rate or 0) >= precision
    assert (own.recall.rate or 0) >= recall


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("The Corvan League will fall, the minister said.", "will fall"),
        ("The Corvan League will fall, according to the minister.", "will fall"),
        ("The Corvan League will rise and the others will watch.", "will rise"),
        ("The Corvan League's days are numbered.", "The Corvan League's days are numbered"),
        ("It is only a matter of time before the Corvan League falls.", "falls"),
    ],
)
def test_what_is_said_ends_where_something_else_begins(reads: Reads, text: str, what: str) -> None:
    assert [row["what"] for row in reads(text)] == [what]


def test_offsets_are_code_points_of_the_field(reads: Reads) -> None:
    text = "Ça va 🙂. The Corvan League is bound to fall within two weeks."
    (row,) = reads(text)
    assert text[row["start"] : row["end"]] == row["what"] == "is bound to fall within two weeks"
    assert text[row["cue_start"] : row["cue_end"]] == row["cue"] == "is bound"
    assert text[row["mention_start"] : row["mention_end"]] == "Corvan League"
    assert text[row["sentence_start"] : row["sentence_end"]].startswith("The Corvan")
    assert row["by_when"] == "within two weeks"
    assert str(row["due"]) == "2016-12-07"
    assert set(row) == set(FORETOLD_SCHEMA.names)


def test_two_subjects_of_one_clause_have_a_forecast_each(reads: Reads) -> None:
    rows = reads("The Corvan League and the Tellan Front will fall.")
    assert [row["subject"] for row in rows] == ["league", "front"]
    assert len({row["forecast"] for row in rows}) == 2


@given(
    st.permutations(["Corvan League", "Tellan Front"]), st.sampled_from(["fall", "win", "meet the envoys"])
)
def test_the_same_is_read_of_whoever_it_is_said(reads: Reads, names: list[str], verb: str) -> None:
    """Names are masked: swapping two subjects swaps what is found, and nothing else."""
    a, b = names
    rows = reads(
        f"The {a} will {verb}, and the {b} is unlikely to survive.", f"The mayor said the {b} will {verb}."
    )
    told = [(row["subject"], row["kind"], row["confidence"], row["reported"]) for row in rows]
    ids = {"Corvan League": "league", "Tellan Front": "front"}
    kind = "plan" if verb.startswith("meet") else "forecast"
    assert told == [
        (ids[a], kind, "unqualified", False),
        (ids[b], "forecast", "likely", False),
        (ids[b], kind, "unqualified", True),
    ]


def test_an_event_has_no_intentions_and_an_actor_has(reads: Reads) -> None:
    rows = reads(
        "The Ostra Ballot will give the coast a voice.", "The Corvan League will give the coast a voice."
    )
    assert [(row["subject"], row["kind"]) for row in rows] == [("vote", "forecast"), ("league", "plan")]


def test_a_generic_alias_that_means_somebody_else_is_read_as_what_it_is(reads: Reads) -> None:
    """The reader keeps the mention; whether it refers the naming reader says, and the survey asks it."""
    (row,) = reads("The rebels will lose the ridge.")
    assert row["subject"] == "rebels"


def test_a_speaker_before_a_colon_in_a_headline_is_a_speaker(reads: Reads) -> None:
    rows = reads(
        "", "", titles=("Mayor Quist: Corvan League will fall", "Exclusive: Corvan League will fall")
    )
    assert [row["reported"] for row in rows] == [True, False]


def test_an_article_in_another_language_is_not_read(reads: Reads) -> None:
    assert reads("The Corvan League will fall.", language="de") == []


def test_of_what_cannot_be_only_what_cannot_endure_is_worth_a_parse(reads: Reads) -> None:
    for denied in ("cannot", "can not", "can’t", "can't"):
        assert all(may_announce(f"The Corvan League {denied} {verb}.") for verb in ENDURING)
        assert not may_announce(f"The Corvan League {denied} agree.")
    assert [row["cue"] for row in reads("The Corvan League cannot last.")] == ["cannot"]


def test_every_wording_has_a_band_that_lies_above_one_half() -> None:
    assert all(0.5 < low < high < 1 for low, high in BANDS.values())


HOSTILE = st.text(alphabet="aZ9 .,?!:;\"'“”’—\n\t\u200b\u00ad()", max_size=60)


@settings(max_examples=40)
@given(HOSTILE, HOSTILE)
def test_whatever_stands_around_it_the_rows_fit_their_text(reads: Reads, before: str, after: str) -> None:
    text = f"{before} The Corvan League will fall {after}"
    for row in reads(text):
        assert text[row["start"] : row["end"]] == row["what"]
        assert 0 <= row["sentence_start"] <= row["start"] < row["end"] <= len(text)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The Corvan League will head back to the islands next week.", "plan"),
        ("Starting Tuesday, the Corvan League will shuttle between the capitals.", "plan"),
        ("The Corvan League will be in Nahr for the opening of the games.", "plan"),
        ("The Corvan League will be in the capital for the games.", "plan"),
        ("The Corvan League will be the keynote speaker.", "plan"),
        ("The Corvan League will face off with the Guard in a debate.", "plan"),
        ("The Corvan League will not commit to a date.", "plan"),
        ("The Corvan League will be in trouble.", "forecast"),
        ("The Corvan League will be in power again.", "forecast"),
        ("The Corvan League will be the loser.", "forecast"),
        ("The Corvan League will face a revolt.", "forecast"),
        ("The Corvan League will be gone within a week.", "forecast"),
    ],
)
def test_where_one_is_going_to_be_is_a_plan_and_what_becomes_of_one_is_none(
    reads: Reads, text: str, kind: str
) -> None:
    assert [row["kind"] for row in reads(text)] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "None of this means that the Corvan League will eventually win.",
        "No poll suggests that the Corvan League will win.",
        "That does not mean that the Corvan League will win.",
    ],
)
def test_what_is_denied_of_what_is_foretold_foretells_nothing(reads: Reads, text: str) -> None:
    assert reads(text) == []
