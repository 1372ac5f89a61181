"""Who is meant: names in full, pronouns, descriptions, spokesmen, and the study's subjects."""

from __future__ import annotations

from typing import Any

import pytest

from tests.attribution.conftest import Reads


def last(rows: list[dict[str, Any]]) -> tuple[str | None, str | None]:
    """The speaker and the subject of the last attribution."""
    row = max(rows, key=lambda r: (r["field"], r["start"]))
    return row["speaker"], row["subject"]


NAMES = {
    "a surname is the full name's": (
        "Sen. Mara Quist met the press. Quist said the bridge was safe.",
        "Mara Quist",
    ),
    "a title is no part of a name": ("Governor Mara Quist said the bridge was safe.", "Mara Quist"),
    "an apposition is passed over": (
        "Mara Quist, a former pilot, said the bridge was safe.",
        "Mara Quist",
    ),
    "a name in apposition counts": (
        "A former pilot, Mara Quist, said the bridge was safe.",
        "Mara Quist",
    ),
    "a pronoun is the last speaker": (
        "Mara Quist said the bridge was safe. Few agreed. She said it would open.",
        "Mara Quist",
    ),
    "a pronoun is the one the sentence before is about": (
        "Mara Quist spoke on the pier. She said the bridge was safe.",
        "Mara Quist",
    ),
    "a pronoun is nobody of the other title": (
        "Mrs. Mara Quist met Mr. Odo Renn. Mr. Odo Renn was late. She said the bridge was safe.",
        "Mara Quist",
    ),
    "a description is the last so called": (
        "Mara Quist, a spokeswoman for the port, met Odo Renn. The spokeswoman said the bridge was safe.",
        "Mara Quist",
    ),
    "an acronym is the name before it": (
        "The Northern Ferry Union (NFU) met. The NFU said the bridge was safe.",
        "Northern Ferry Union",
    ),
    "a body's name goes on after `for`": (
        "The Tellan-based Office for Quiet Seas said the bridge was safe.",
        "Office for Quiet Seas",
    ),
    "a surname of two people is nobody's": (
        "Mara Quist met Ida Quist. Quist said the bridge was safe.",
        None,
    ),
    "a full name in the sentence decides": (
        "Ida Quist came. Mara Quist won, and Quist said the bridge was safe.",
        "Mara Quist",
    ),
    "a title decides": (
        "Mr. Odo Quist met Mrs. Ida Quist. Mrs. Quist said the bridge was safe.",
        "Ida Quist",
    ),
    "two forms of one name are one person": (
        "Mara Quist came. Mara J. Quist won. Quist said the bridge was safe.",
        "Mara J. Quist",
    ),
    "a pronoun after two people is nobody's": (
        "Mara Quist met Odo Renn. He said the bridge was safe.",
        None,
    ),
    "a pronoun agrees with earlier pronouns": (
        "Odo Renn came with his wife. Few listened. She said the bridge was safe.",
        None,
    ),
    "a pronoun agrees with a pronoun that has spoken": (
        "Odo Renn came. He said the bridge was safe. She said it was not.",
        None,
    ),
    "who was asked did not ask": ("Asked about the bridge, Mara Quist left.", None),
    "one's aides are not oneself": ("Mara Quist's aides said the bridge was safe.", None),
    "officials have no name": ("Port officials said the bridge was safe.", None),
    "an author is nobody": ("I said the bridge was safe.", None),
}


@pytest.mark.parametrize("case", NAMES)
def test_a_speaker_is_resolved_within_the_article(reads: Reads, case: str) -> None:
    text, name = NAMES[case]
    assert last(reads(text))[0] == name


SUBJECTS = {
    "by its name": ("The Corvan League said the bridge was safe.", "league"),
    "by another name": ("The CLF said the bridge was safe.", "league"),
    "by a spokesman for it": ("A spokesman for the Corvan League said the bridge was safe.", "league"),
    "by its spokesman": ("A Corvan League spokesman said the bridge was safe.", "league"),
    "by a generic alias": ("The rebels said the bridge was safe.", "opposition"),
    "by a surname": ("Dana Marsh came. Marsh said the bridge was safe.", "marsh"),
    "by a pronoun": ("Dana Marsh came to the pier. She said the bridge was safe.", "marsh"),
    "but not by a namesake": ("Dana Marsh came. Rolf Marsh said the bridge was safe.", None),
    "nor by a namesake with a title": (
        "Ms. Dana Marsh met Mr. Rolf Marsh. Mr. Marsh said it was safe.",
        None,
    ),
    "nor where a surname is two people's": (
        "Dana Marsh met Rolf Marsh. Marsh said the bridge was safe.",
        None,
    ),
    "but not by those near it": ("Dana Marsh's critics said the bridge was safe.", None),
    "nor by another's rebels": ("Northland rebels said the bridge was safe.", None),
    "nor by a longer name": ("The Rebels of Tarn said the bridge was safe.", None),
}


@pytest.mark.parametrize("case", SUBJECTS)
def test_a_subject_speaks(reads: Reads, case: str) -> None:
    text, subject = SUBJECTS[case]
    assert last(reads(text))[1] == subject
