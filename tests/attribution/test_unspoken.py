"""What looks like somebody's words and is nobody's: names and titles in marks, deeds, idioms."""

from __future__ import annotations

import pytest

from tests.attribution.conftest import Reads

NOTHING = [
    "Mara “The Rock” Quist won again.",
    "He is a man whom everybody calls “Rusty.”",
    "Mara Quist liked “A Port at Night” and the song “Quay Blues.”",
    "The film “A Port at Night” opens in Tellan.",
    "The so-called “harbour fund” is a “loan,” and its “friends” are few.",
    'A 6" pipe and a 10" valve lay on the pier.',
    "The Corvan League attacked the town on Monday.",
    "The Corvan League attacked soldiers near the bridge with rockets.",
    "The attack claimed 12 lives.",
    "The Corvan League announced their joining of the coast army.",
    "Mara Quist wrote the harbour law.",
    "That said, the plan is cheap.",
    "It goes without saying that the plan is cheap.",
    "Practice shows that ports silt up.",
    "Photographs showed rubble on the pier.",
    "Mara Quist did not comment on the bridge.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_nobody_says_it(reads: Reads, text: str) -> None:
    assert reads(text) == []


WORDS_GIVEN = {
    "an attack with a reason": ("The Corvan League attacked the mayor for his silence.", "criticised"),
    "an attack in quotation marks": (
        "The Corvan League attacked the plan as “a gift to thieves.”",
        "criticised",
    ),
    "a claim of a clause": ("The Corvan League claimed that the bridge was safe.", "claimed"),
    "a claim of a deed": ("The Corvan League claimed responsibility for the raid.", "claimed"),
    "a quotation in large letters": ("“Open The Bridge,” Mara Quist said.", "said"),
    "an appeal": ("Mara Quist called on the mayor to resign.", "urged"),
    "a poll": ("In a new poll, Odo Renn led by ten points.", "showed"),
}


@pytest.mark.parametrize("case", WORDS_GIVEN)
def test_somebody_says_it(reads: Reads, case: str) -> None:
    text, stance = WORDS_GIVEN[case]
    assert [row["stance"] for row in reads(text)] == [stance]


def test_what_is_said_of_a_thing_is_said_once(reads: Reads) -> None:
    text = "Mara Quist spoke of a tax which she said was heavy."
    assert [text[row["start"] : row["end"]] for row in reads(text)] == ["which", "was heavy"]
