"""Sentences and paragraphs: offsets that tile the text, and capitals that say nothing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.parsing.sentences import LONGEST, cut, holding, paragraphs, sentences, trim
from masthead.reading.parsing.truecase import in_small_letters, truecase


def split(text: str) -> list[str]:
    return [text[slice(*trim(text, a, b))] for a, b in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He left. She stayed.", ["He left.", "She stayed."]),
        ("Gen. Ruiz met Mr. Ode. They spoke.", ["Gen. Ruiz met Mr. Ode.", "They spoke."]),
        ("The U.S. army left.", ["The U.S. army left."]),
        ("J. K. Ode spoke.", ["J. K. Ode spoke."]),
        ("It fell 3.5 percent. It rose.", ["It fell 3.5 percent.", "It rose."]),
        ('"We won. They lost," he said.', ['"We won.', 'They lost," he said.']),
        ("He left. “Yes. No.” She spoke.", ["He left.", "“Yes.", "No.”", "She spoke."]),
        ("Who? Me! No...", ["Who?", "Me!", "No..."]),
        ("one without an end", ["one without an end"]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert split(text) == expected


texts = st.text(alphabet="abAB .!?\"“”'\n\t😀é\u200f\x00,;:1", max_size=80) | st.text(max_size=60)


@settings(max_examples=200, deadline=None)
@given(texts)
def test_sentences_tile_the_text(text: str) -> None:
    at = 0
    for a, b in sentences(text):
        assert a == at < b
        at = b
    assert at == len(text)


@settings(max_examples=100, deadline=None)
@given(texts, st.integers(0, 20), st.integers(0, 60))
def test_sentences_of_a_stretch_tile_the_stretch(text: str, start: int, length: int) -> None:
    start, end = min(start, len(text)), min(start + length, len(text))
    end = max(start, end)
    assert "".join(text[a:b] for a, b in sentences(text, start, end)) == text[start:end]


@settings(max_examples=200, deadline=None)
@given(texts)
def test_paragraphs_are_ordered_and_leave_out_line_ends_alone(text: str) -> None:
    at = 0
    for a, b in paragraphs(text):
        assert set(text[at:a]) <= {"\n"}
        assert at <= a < b
        at = b
    assert set(text[at:]) <= {"\n"}


def test_a_wrapped_line_does_not_end_a_paragraph() -> None:
    line = "The rebels who had held the town for more than four years left"
    text = f"{line}\nit on Monday.\nNext one."
    assert [text[a:b] for a, b in paragraphs(text)] == [f"{line}\nit on Monday.", "Next one."]


def test_a_heading_is_a_paragraph() -> None:
    assert paragraphs("Heading\nThe text.") == [(0, 7), (8, 17)]


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab ;,.", max_size=40), st.integers(1, 120))
def test_a_sentence_that_is_too_long_is_cut_into_pieces_that_tile_it(unit: str, times: int) -> None:
    text = unit * times
    pieces = cut(text, 0, len(text))
    assert "".join(text[a:b] for a, b in pieces) == text
    assert all(b - a <= LONGEST for a, b in pieces)


def test_a_cut_prefers_the_end_of_a_clause() -> None:
    text = "word " * 150 + "word; " + "word " * 100
    first = cut(text, 0, len(text))[0]
    assert text[: first[1]].endswith(";")


@pytest.mark.parametrize("name", ["Ost", "the Grand Assembly of the Three Rivers; or Assembly"])
def test_where_a_sentence_is_cut_does_not_hang_on_whose_name_stands_in_it(name: str) -> None:
    words = "met NAMES twice, and then, " * 60
    text = words.replace("NAMES", name)
    pieces = cut(text, 0, len(text), [found.span() for found in re.finditer(re.escape(name), text)])
    assert len(pieces) > 1
    assert [text[a:b].replace(name, "NAMES") for a, b in pieces] == [
        words[a:b] for a, b in cut(words, 0, len(words))
    ]


def test_holding_picks_the_spans_with_an_offset() -> None:
    assert holding([(0, 5), (6, 9), (12, 20)], [7, 13, 19]) == [(6, 9), (12, 20)]
    assert holding([(2, 5)], [0, 5, 99]) == []


BODY = "The rebels attacked. A court in Ostra said the Corvan League and President Ode had known."


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Court Says Rebels Attacked Ostra", "court says rebels attacked Ostra"),
        ("COURT SAYS REBELS ATTACKED OSTRA", "court says rebels attacked Ostra"),
        ("Court says rebels attacked Ostra", "court says rebels attacked Ostra"),
        ("Ode Flees", "Ode Flees"),
    ],
)
def test_a_headline_takes_its_capitals_from_the_text(title: str, expected: str) -> None:
    assert truecase(title, BODY) == expected


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_changing_capitals_keeps_every_offset(title: str, body: str) -> None:
    assert len(truecase(title, body)) == len(title)
    assert len(in_small_letters(title, [(0, len(title) // 2)])) == len(title)
