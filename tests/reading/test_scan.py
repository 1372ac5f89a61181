"""The alias scan: word boundaries, case, wildcards, whitespace, and offsets that no letter can move."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.matching.scan import Pattern, Scanner, fold


def found(text: str, *aliases: str, ignore_case: bool | None = None) -> list[str]:
    patterns = [Pattern(a, a.islower() if ignore_case is None else ignore_case) for a in aliases]
    return [text[m.start : m.end] for m in Scanner(patterns).scan(text)]


@pytest.mark.parametrize(
    ("text", "alias", "expected"),
    [
        ("Iran said", "Iran", ["Iran"]),
        ("Iranian", "Iran", []),
        ("Tirana", "Iran", []),
        ("Iran-backed", "Iran", ["Iran"]),
        ("pro-Iran", "Iran", ["Iran"]),
        ("Iran's and Iran’s", "Iran", ["Iran", "Iran"]),
        ("(Iran)", "Iran", ["Iran"]),
        ("“Iran”", "Iran", ["Iran"]),
        ("Iran_x", "Iran", []),
        ("Iran2", "Iran", []),
        ("IRAN", "Iran", ["IRAN"]),
        ("iran", "Iran", []),
        ("iRAN", "Iran", []),
        ("us and US", "US", ["US"]),
        ("al-Nusra", "al-Nusra", ["al-Nusra"]),
        ("Al-Nusra fled", "al-Nusra", ["Al-Nusra"]),
        ("AL-NUSRA", "al-Nusra", ["AL-NUSRA"]),
        ("al-nusra", "al-Nusra", []),
        ("al\u2011Nusra", "al-Nusra", ["al\u2011Nusra"]),
        ("rebels Rebels REBELS rEbels", "rebels", ["rebels", "Rebels", "REBELS", "rEbels"]),
        ("rebel rebels rebellion", "rebel*", ["rebel", "rebels", "rebellion"]),
        ("arch-rebels", "rebel*", ["rebels"]),
        ("armed groups", "armed group*", ["armed groups"]),
        ("terrorist organizations", "terror* organi*", ["terrorist organizations"]),
        ("terror of organs", "terror* organi*", []),
        ("Free  Syrian\nArmy", "Free Syrian Army", ["Free  Syrian\nArmy"]),
        ("Free\u00a0Syrian Army", "Free Syrian Army", ["Free\u00a0Syrian Army"]),
        ("Free\n\nSyrian Army", "Free Syrian Army", []),
        ("FreeSyrian Army", "Free Syrian Army", []),
        ("Free Syrian Armyx", "Free Syrian Army", []),
        ("xFree Syrian Army", "Free Syrian Army", []),
        ("People’s Guard", "People's Guard", ["People’s Guard"]),
        ("the U.S. and", "U.S.", ["U.S."]),
        ("İstanbul and Ankara", "Ankara", ["Ankara"]),
        ("İİİ rebels", "rebels", ["rebels"]),
        ("Erdo\u011fan", "Erdogan", []),
        (unicodedata.normalize("NFD", "Erdo\u011fan said"), "Erdo\u011fan", ["Erdog\u0306an"]),
        ("Cafe\u0301", "Cafe", []),
        ("Москва сказала", "Москва", ["Москва"]),
        ("حزب الله", "حزب الله", ["حزب الله"]),
    ],
)
def test_matches(text: str, alias: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


@pytest.mark.parametrize(
    ("text", "alias", "expected"),
    [
        # No spaces between words.
        ("市长萨利姆星期一参观了港口", "萨利姆", ["萨利姆"]),
        ("昨日サリムは港を訪れた。", "サリム", ["サリム"]),
        ("サリムアは別人だ", "サリム", []),
        ("ポート・サリム市長", "サリム", ["サリム"]),
        ("นายสาลิมไปท่าเรือ", "สาลิม", ["สาลิม"]),
        ("สาลิมา", "สาลิม", []),
        ("北约NATO将在周一开会", "NATO", ["NATO"]),
        ("NATOS在周一开会", "NATO", []),
        # Particles of Korean.
        ("살림은 항구를 방문했다. 살림에게서도 들었다.", "살림", ["살림", "살림"]),
        ("살림살이가 어렵다", "살림", []),
        # Small words before Arabic and Hebrew.
        ("وسالم الراوي في الميناء", "سالم الراوي", ["سالم الراوي"]),
        ("زار المتمردون الميناء وبالمتمردون", "متمردون", ["متمردون", "متمردون"]),
        ("قال للحكومة ثم الحكومة", "الحكومة", ["للحكومة", "الحكومة"]),
        ("عبدسالم الراوي", "سالم الراوي", []),
        ("بسام وصل", "سا", []),
        ("أحمد احمد", "احمد", ["أحمد", "احمد"]),
        ("سالم راوي وسالم راوى", "سالم راوی", ["سالم راوي", "سالم راوى"]),
        ("ולסאלם נאמר, אבסאלם", "סאלם", ["סאלם"]),
        # No capitals, spaces between words.
        ("सलीम ने कहा", "सलीम", ["सलीम"]),
        ("सलीमा ने कहा", "सलीम", []),
        ("თბილისი და თბილისის", "თბილისი", ["თბილისი"]),
        # Signs that are set in several ways.
        ("the “Lynx” group, the «Lynx» group", 'the "Lynx" group', ["the “Lynx” group", "the «Lynx» group"]),
        ("O´Neil and O′Neil", "O'Neil", ["O´Neil", "O′Neil"]),
        ("Nord−Sud", "Nord-Sud", ["Nord−Sud"]),
        ("the U.S.A.", "U.S.", []),
        ("x.com and .com", ".com", [".com"]),
    ],
)
def test_scripts_and_signs(text: str, alias: str, expected: list[str]) -> None:
    assert found(text, alias, ignore_case=False) == expected


def test_overlapping_aliases_are_all_found() -> None:
    assert found("the Islamic State of Iraq", "Islamic State", "Islamic State of Iraq", "Iraq") == [
        "Islamic State",
        "Islamic State of Iraq",
        "Iraq",
    ]


def test_an_exact_alias_that_is_generic_may_open_a_sentence() -> None:
    assert found("Rebels and rebels and REBELS", "rebels", ignore_case=False) == [
        "Rebels",
        "rebels",
        "REBELS",
    ]


def test_no_alias_and_no_text_find_nothing() -> None:
    assert Scanner([]).scan("anything") == []
    assert found("", "x*yz") == []


words = st.text(alphabet="aAbB İıßΣς'-_é\u0301\u200f😀 \n\x00", max_size=12)


@settings(max_examples=150, deadline=None)
@given(text=words, alias=st.text(alphabet="abéß", min_size=1, max_size=2))
def test_what_is_found_is_the_alias_between_boundaries(text: str, alias: str) -> None:
    for match in Scanner([Pattern(alias, True)]).scan(text):
        there = text[match.start : match.end]
        assert unicodedata.normalize("NFC", fold(there)) == unicodedata.normalize("NFC", fold(alias))
        before, after = text[: match.start][-1:], text[match.end :][:1]
        assert not re.match(r"\w", before)
        assert not re.match(r"\w", after)


@settings(max_examples=100, deadline=None)
@given(before=words, after=words)
def test_letters_that_grow_when_lowered_move_nothing(before: str, after: str) -> None:
    text = f"{before} rebels {after}"
    matches = Scanner([Pattern("rebels", True)]).scan(text)
    assert [text[m.start : m.end] for m in matches] == ["rebels"]
    assert matches[0].start == len(before) + 1


@settings(max_examples=60, deadline=None)
@given(st.text())
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_many_aliases_find_what_each_finds_alone() -> None:
    aliases = ["rebel*", "Free Syrian Army", "Syrian Army", "Army", "armed group*", "US", "U.S."]
    text = "The US-backed Free Syrian Army and other armed groups; Rebels of the Syrian Army (U.S.)."
    together = {text[m.start : m.end] for m in Scanner([Pattern(a, a.islower()) for a in aliases]).scan(text)}
    assert together == {hit for alias in aliases for hit in found(text, alias)}
