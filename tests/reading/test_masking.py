"""Masking: a parser sees placeholders, and every offset leads back to what was published."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.reading.mentions.masking import Masked, Name, placeholder
from masthead.study import Study
from tests.reading.conftest import Rows, make_articles, make_study, told


def masked(text: str, *names: str) -> Masked:
    return Masked(
        text,
        0,
        len(text),
        [Name(text.index(n), text.index(n) + len(n), n) for n in sorted(names, key=text.index)],
    )


def test_names_are_numbered_by_order_of_appearance_and_by_bearer() -> None:
    text = "Ode met Ruiz; Ode left."
    names = [Name(0, 3, "ode"), Name(8, 12, "ruiz"), Name(14, 17, "ode")]
    assert Masked(text, 0, len(text), names).text == "NAME1 met NAME2; NAME1 left."


def test_whitespace_is_one_space_and_invisible_characters_are_gone() -> None:
    assert masked("the\n  Ode\u200f\x00 and\u00a0\tso\u200bon").text == "the Ode and soon"


@settings(max_examples=200, deadline=None)
@given(
    before=st.text(alphabet="ab \n\u200b\x00😀", max_size=10),
    name=st.text(alphabet="XYZ -", min_size=1, max_size=12).filter(lambda s: s.strip() == s and s[0] != "-"),
    between=st.text(alphabet="cd \t\u200f", max_size=10),
    after=st.text(alphabet="ef  \n", max_size=10),
)
def test_offsets_lead_back_exactly(before: str, name: str, between: str, after: str) -> None:
    text = f"{before}{name}{between}q{after}"
    start = len(before)
    m = Masked(text, 0, len(text), [Name(start, start + len(name), 1)])
    at = m.text.index(placeholder(1))
    assert m.to_field(at, at + len(placeholder(1))) == (start, start + len(name))
    assert m.to_masked(start, start + len(name)) == (at, at + len(placeholder(1)))
    letter = m.text.index("q")
    first, last = m.to_field(letter, letter + 1)
    assert text[first:last].strip("\u200f") == "q"
    assert m.to_masked(first, first + 1)[0] == letter
    assert m.to_field(0, len(m.text))[1] <= len(text)


SENTENCES = [
    "The terrorist group {} claimed the attack.",
    "{} fighters attacked the town.",
    "{}, an Islamist group, claimed it.",
    "{} is a brutal militia.",
    "{}-backed militants attacked.",
    "{}'s leader, a thief, fled.",
    "They called {} a gang.",
    "The anti-{} coalition met the so-called {} government.",
    "{} have been described as criminals.",
    "Seven {} terrorists were killed by the army.",
]
NAMES = [
    "Corvan League",
    "Zed",
    "al-Tella",
    "Harad-al-Ruman People's Army of the North",
    "The Free Ostran Guard",
    "X2",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_same_sentence_about_anyone_reads_the_same(
    read_articles: Callable[..., Rows], sentence: str
) -> None:
    readings = set()
    for name in NAMES:
        study = make_study({"id": "x", "kind": "actor", "aliases": [name]})
        told_of = told(
            read_articles(make_articles({"text": sentence.replace("{}", name)}), study), kinds=True
        )
        readings.add(told_of.replace(name.lower(), "…"))
    assert len(readings) == 1


def test_swapping_two_subjects_swaps_their_labels(read_articles: Callable[..., Rows], study: Study) -> None:
    text = (
        "The terrorist group Corvan League fought the Tellan Front, a party. Corvan League fighters fled. "
        "Tellan Front-backed rebels called the Corvan League a gang."
    )
    swapped = (
        text.replace("Corvan League", "#")
        .replace("Tellan Front", "Corvan League")
        .replace("#", "Tellan Front")
    )
    one = told(read_articles(make_articles({"text": text}), study), kinds=True)
    other = told(read_articles(make_articles({"text": swapped}), study), kinds=True)
    mirrored = one.replace("league[", "#[").replace("front[", "league[").replace("#[", "front[")
    assert other == mirrored.replace("tellan front-backed", "corvan league-backed")


def test_a_placeholder_in_the_text_itself_is_nobody(read_articles: Callable[..., Rows], study: Study) -> None:
    rows = read_articles(
        make_articles({"text": "The militia NAME1 met the terrorist group Corvan League."}), study
    )
    assert told(rows) == "opposition~; league[terrorist group]"
