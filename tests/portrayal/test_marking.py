"""A sentence as the model sees it: one mention marked, no name of a subject left, whoever stands in it."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from masthead.reading.portrayal.marking import (
    CLOSE,
    MARKS,
    OPEN,
    OTHERS,
    PLACEHOLDER,
    REACH,
    SAME,
    Name,
    mark,
)

FILLER = ["praised", "the", "hated", "and", "[unused1]", "[", "met,", "“said”", "."]
SUBJECTS = {"a": "Corvan League", "b": "Tellan", "c": "Dana R. Marsh", "d": "rebels"}


@st.composite
def sentences(draw: st.DrawFn) -> list[str]:
    """Words, and ids of subjects between them; at least one is a subject."""
    parts = draw(st.lists(st.sampled_from([*FILLER, *SUBJECTS]), max_size=12))
    return [*parts, draw(st.sampled_from([*SUBJECTS])), *draw(st.lists(st.sampled_from(FILLER), max_size=3))]


def build(parts: list[str], called: dict[str, str]) -> tuple[str, list[Name]]:
    text, names = "", []
    for part in parts:
        if part in called:
            names.append(Name(len(text), len(text) + len(called[part]), part))
        text += called.get(part, part) + " "
    return text.strip(), names


@given(sentences(), st.permutations([*SUBJECTS]))
def test_whoever_stands_in_it_the_text_is_the_same(parts: list[str], order: list[str]) -> None:
    text, names = build(parts, SUBJECTS)
    other, others = build(parts, dict(zip(SUBJECTS, (SUBJECTS[s] for s in order), strict=True)))
    for name, swapped in zip(names, others, strict=True):
        assert mark(text, name, names) == mark(other, swapped, others)


@given(sentences(), st.data())
def test_one_mention_is_marked_and_no_name_is_left(parts: list[str], data: st.DataObject) -> None:
    text, names = build(parts, SUBJECTS)
    target = data.draw(st.sampled_from(names))
    shown = mark(text, target, data.draw(st.permutations(names)))
    assert shown.count(f"{OPEN} {PLACEHOLDER} {CLOSE}") == shown.count(OPEN) == shown.count(CLOSE) == 1
    assert not any(name in shown for name in SUBJECTS.values())
    assert shown.count(SAME) == sum(name.subject == target.subject for name in names) - 1
    numbered = [mark for mark in OTHERS if mark in shown]
    assert numbered == list(OTHERS[: len({name.subject for name in names} - {target.subject})])


def test_words_that_two_subjects_share_are_the_targets_first() -> None:
    text = "X met Y."
    both = [Name(0, 1, "x"), Name(0, 1, "both"), Name(6, 7, "y"), Name(6, 7, "both")]
    assert mark(text, both[0], both) == "[unused1] they [unused2] met [unused11]."
    for names in (both, both[::-1]):
        assert mark(text, Name(0, 1, "both"), names) == "[unused1] they [unused2] met [unused3]."


def test_overlapping_names_and_more_subjects_than_marks() -> None:
    assert (
        mark("New York Times", Name(0, 8, "city"), [Name(0, 14, "paper")]) == "[unused1] they [unused2] Times"
    )
    letters = string.ascii_uppercase
    shown = mark(letters, Name(0, 1, "A"), [Name(i, i + 1, letter) for i, letter in enumerate(letters)])
    assert shown.count(OTHERS[-1]) == 25 - len(OTHERS) + 1
    assert {mark for mark in MARKS if mark in shown} == {OPEN, CLOSE, *OTHERS}


def test_only_what_is_near_the_mention_is_kept() -> None:
    words = [f"w{i}" for i in range(1_000)]
    text = " ".join([*words[:500], "NAME", *words[500:]])
    at = text.index("NAME")
    kept = mark(text, Name(at, at + 4, "n")).split()
    assert len(kept) == 2 * REACH + 3
    assert kept[0] == f"w{500 - REACH}"
    assert kept[-1] == f"w{500 + REACH - 1}"
