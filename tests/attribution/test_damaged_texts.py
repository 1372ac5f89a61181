"""Texts without commas, with headlines and tags glued in, and with marks that nobody closed."""

from __future__ import annotations

import pytest

from masthead.reading.attribution.passages import Passage
from tests.attribution.conftest import Reads


@pytest.mark.parametrize(
    "text",
    [
        "Heavy rain creating floods has supported the fire crews of the port.",
        "Russian air power supporting government forces bombed the quay on Monday.",
        "Television sent pictures from the aftermath of the blast showing rubble on the quay.",
        "The country supports opposition forces near the border.",
    ],
)
def test_a_deed_of_weather_weapons_or_armies_is_no_speech(reads: Reads, text: str) -> None:
    assert reads(text) == []


def test_what_names_the_source_is_not_what_is_said(reads: Reads) -> None:
    text = "The ship sank on Monday Coast radio reported citing a source in the port."
    assert not [row for row in reads(text) if "citing" in text[row["start"] : row["end"]]]


@pytest.mark.parametrize("subject", ["The blast", "Heavy rain", "The rocket", "Monday"])
def test_a_thing_is_no_speaker(reads: Reads, subject: str) -> None:
    text = f"{subject} said that the quay would stay closed for a month."
    assert [row["speaker_text"] for row in reads(text)] == [None]


@pytest.mark.parametrize(
    ("text", "unclosed"),
    [
        ("Mara Quist said: “The fund is safe. The port burnt in May.", [True]),
        ("Mara Quist said: “The fund is safe.” The port burnt in May.", [False]),
        ('"We will rebuild," Hale said, "and we will do it soon.\n\nThe port burnt in May.', [False, True]),
        ("Mara Quist said: “We will rebuild the port.\n\n“And the quay.”", [False]),
        ("Mara Quist said that the fund is safe.", [False]),
    ],
)
def test_a_mark_that_is_never_closed_is_told(reads: Reads, text: str, unclosed: list[bool]) -> None:
    assert [row["unclosed"] for row in reads(text)] == unclosed


def test_an_unclosed_quotation_ends_with_its_sentence() -> None:
    text = "Mara Quist said: “The fund is safe. The port burnt in May."
    assert [text[start:end] for start, end in Passage(text).quotations] == ["“The fund is safe."]
