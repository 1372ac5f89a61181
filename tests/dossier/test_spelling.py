"""Notes become sentences, and ids names, whatever they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.dossier.writing.notes import name_of, note_markup, sentence


@pytest.mark.parametrize(
    ("note", "told"),
    [
        (
            "p by putting blocks of 10 weeks in random order",
            "p by putting blocks of 10 weeks in random order.",
        ),
        ("a gap in collection", "A gap in collection."),
        ("412 series were searched.", "412 series were searched."),
        ("étude", "Étude."),
        ("", ""),
    ],
)
def test_a_note_opens_with_a_capital_unless_a_symbol_does(note: str, told: str) -> None:
    assert sentence(note) == told


def test_an_id_becomes_a_name() -> None:
    assert name_of("battle-for-aleppo") == "Battle for Aleppo"
    assert name_of("the-end-of-2016") == "The End of 2016"
    assert name_of("") == ""


def test_what_stands_between_backticks_is_code_and_nothing_is_markup() -> None:
    assert note_markup("see `a <b>` and <i>") == "See <code>a &lt;b&gt;</code> and &lt;i&gt;."
    assert note_markup("one ` alone") == "One ` alone."


@given(st.text())
def test_no_note_makes_a_tag_but_code(note: str) -> None:
    assert str(note_markup(note)).replace("<code>", "").replace("</code>", "").count("<") == 0
