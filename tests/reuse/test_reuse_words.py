from __future__ import annotations

import re

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from masthead.reading.words import find_words, grams


def same(one: str, other: str) -> bool:
    return find_words([one]).ids.tolist() == find_words([other]).ids.tolist()


def test_case_accents_apostrophes_and_typography_do_not_count() -> None:
    assert same("Don’t stop the CAFÉ", "don't — stop, 'the' cafe\u0301!")
    assert same("re\u00adport", "report")
    assert not same("form", "from")
    assert not same("ab c", "a bc")


def test_scripts_without_spaces_have_a_word_per_character() -> None:
    assert find_words(["海峡の船 is"]).counts.tolist() == [5]


def test_no_text_has_no_words() -> None:
    found = find_words(["", " … ", "one"])
    assert found.counts.tolist() == [0, 0, 1]
    assert find_words([]).counts.tolist() == []


@given(st.lists(st.text(st.characters(codec="ascii", exclude_characters="'`"), max_size=60), max_size=6))
def test_words_stand_where_they_are_said_to(texts: list[str]) -> None:
    found = find_words(texts)
    joined = "\n".join(texts)
    stood = [joined[a:b] for a, b in zip(found.starts, found.stops, strict=True)]
    assert stood == re.findall(r"[^\W_]+", joined)
    assert found.counts.tolist() == [len(re.findall(r"[^\W_]+", text)) for text in texts]


@given(st.lists(st.text(max_size=40), max_size=5))
def test_any_text_is_read_alone_as_among_others(texts: list[str]) -> None:
    alone = [find_words([text]).ids for text in texts]
    together = find_words(texts)
    assert together.ids.tolist() == [word for ids in alone for word in ids.tolist()]
    assert together.counts.sum() == len(together.ids)


def test_runs_of_the_same_words_have_the_same_hash_and_others_another() -> None:
    ids = find_words(["a b c d a b c e b a c"]).ids
    found = grams(ids, 3)
    assert found[0] == found[4]
    assert len(np.unique(found)) == len(found) - 1
    assert len(grams(ids[:2], 3)) == 0
