"""Quotation marks: what stands inside, in every style, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.quotes import Quotations, quoted_spans


def quoted(text: str) -> list[str]:
    return [text[a:b] for a, b in quoted_spans(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we won" and left.', ['"we won"']),
        ("He said “we won” and left.", ["“we won”"]),
        ("He said ‘we won’ and left.", ["‘we won’"]),
        ("He said 'we won' and left.", ["'we won'"]),
        ("Er sagte „ja“ dazu.", ["„ja“"]),
        ("Il dit «oui» ou « non ».", ["«oui»", "« non »"]),
        ("Er sagte »nein« dazu.", ["»nein«"]),
        ("In TeX ``yes'' is set.", ["``yes''"]),
        ("“A “b” c” d", ["“A “b” c”"]),
        ("“A ‘b’ c” d", ["“A ‘b’ c”"]),
        ("‘A “b” c’ d", ["‘A “b” c’"]),
        ('"A "b" c" d', ['"A "b" c"']),
        ('"One.\n"Two."\nThree.', ['"One.', '"Two."']),
        ("“One.\n\n“Two.\n\n“Three.” Four.", ["“One.", "“Two.", "“Three.”"]),
        ("“One. “Two.” Three.", ["“One. ", "“Two.”"]),
        ('"Never closed.', ['"Never closed.']),
        ('"Never closed.\nNext paragraph.', ['"Never closed.']),
        ('a 6" gun', []),
        ("a man of 5'10\" spoke", []),
        ('"He is 6\'2" tall," she said.', ['"He is 6\'2" tall,"']),
        ("the rebels' camp and the dogs' food", []),
        ("don't, won't, can’t", []),
        ("in the '90s and '80s", []),
        ("rock 'n' roll", []),
        ("‘The rebels’ camp fell,’ he said.", ["‘The rebels’ camp fell,’"]),
        ("'The rebels' camp fell,' he said.", ["'The rebels' camp fell,'"]),
        ("'I don't know,' he said", ["'I don't know,'"]),
        ("President: 'We will win'", ["'We will win'"]),
        ('the "rebels"-held town', ['"rebels"']),
        ('("terrorists")', ['"terrorists"']),
        ('"A" and "B"', ['"A"', '"B"']),
        ("", []),
        ("no marks at all", []),
        ('"', []),
        ("”closing only", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


def test_one_that_is_never_closed_in_a_long_paragraph_ends_with_its_sentence() -> None:
    text = '"We won. ' + "The war went on for years. " * 60
    assert quoted(text) == ['"We won.']


def test_asking_for_one_place_agrees_with_finding_all() -> None:
    text = "“One two.\n“Three” four 'five' six.\n\nSeven \"eight"
    spans = quoted_spans(text)
    quotations = Quotations(text)
    for at in range(len(text)):
        assert quotations.hold(at) == any(a <= at < b for a, b in spans)


marks = st.text(alphabet="ab. \n\"'“”‘’„«»`1s", max_size=40)


@settings(max_examples=300, deadline=None)
@given(marks)
def test_spans_are_ordered_disjoint_and_within_one_paragraph(text: str) -> None:
    end = 0
    for a, b in quoted_spans(text):
        assert end <= a < b <= len(text)
        assert "\n" not in text[a:b]
        assert text[a] in "\"'“”‘„«»`"
        end = b


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="abc .,", min_size=1, max_size=20), st.sampled_from(["“”", "‘’", '""', "«»", "„“"]))
def test_a_plain_quotation_is_found_whole(words: str, pair: str) -> None:
    body = f"a{words.strip()}b"
    text = f"He said {pair[0]}{body}{pair[1]} to us."
    assert quoted(text) == [f"{pair[0]}{body}{pair[1]}"]


@pytest.mark.parametrize("hostile", ['"a ', "'a ", "“", "“a”", 'a" ', "``a'' ", "«"])
def test_many_marks_take_seconds(hostile: str) -> None:
    start = time.perf_counter()
    quoted_spans(hostile * 100_000)
    assert time.perf_counter() - start < 20
