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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # An apostrophe within a name joins.
        ("Mr O'Hale and Mr O’Hale and D'Hale", 0),
        ("O´HALE, o'hale, aujourd'Hale, rock'n'Hale", 0),
        ("Hale'Varn spoke", 0),
        # One after a small word does not, nor do endings.
        ("l'Hale, d’Hale, dell'Hale, qu’Hale, all'Hale, jusqu'Hale", 6),
        ("L’Hale a dit. Dell'Hale. Qu'Hale", 3),
        ("Hale's and Hale’s and HALE'S and Hale'd and Hale'll", 5),
        ("Hale'nin, Hale'ye, Hale'den", 3),
        # Quotation marks stand beside a name.
        ("'Hale said' and said 'Hale', ('Hale'), 'Hale's", 4),
        ("‘Hale’ and ‘al-Hale’ and the Hales’ 'Hale'", 3),
    ],
)
def test_apostrophes_beside_a_name(text: str, expected: int) -> None:
    assert len(found(text, "Hale")) == expected


@pytest.mark.parametrize(
    ("text", "alias", "expected"),
    [
        ("Varn'ın, Varn'a, Varn'da", "Varn", ["Varn"] * 3),
        ("in Sela'a and Sela'ite towns", "Sela", []),
        ("D'Varn met d'Varn", "Varn", ["Varn"]),
        ("D'VARN", "Varn", []),
        ("Sant'Orla, sant'Orla", "Orla", ["Orla"]),
        ("O'Hale Group, l'Hale Group", "Hale Group", ["Hale Group"]),
        ("l'opposition, L'opposition, the rebels' march", "opposition", ["opposition"] * 2),
        ("O'Hale and O’Hale's", "O'Hale", ["O'Hale", "O’Hale"]),
        ("д'Варн и О'Варн", "Варн", []),
        ("ב'הארץ' נאמר", "הארץ", ["הארץ"]),
        ("מג'הארץ", "הארץ", []),
    ],
)
def test_apostrophes_in_other_names_and_languages(text: str, alias: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


MARKED = [
    ("قال سَالِم الرَّاوِيّ اليوم", "سالم الراوي", ["سَالِم الرَّاوِيّ"]),
    ("قال سالم الراوي اليوم", "سَالِم الرَّاوِيّ", ["سالم الراوي"]),
    ("وَسَـــالِمٌ قال", "سالم", ["سَـــالِمٌ"]),
    ("سَالِمَة قالت", "سالم", []),
    ("الحُكُومَة ولِلحُكُومَةِ", "الحكومة", ["الحُكُومَة", "لِلحُكُومَةِ"]),
    ("אמר סָאלֶם אתמול", "סאלם", ["סָאלֶם"]),
    ("אמר סאלם אתמול", "סָאלֶם", ["סאלם"]),
    ("Varn said. قال سَالِم. Varn left", "سالم", ["سَالِم"]),
]


@pytest.mark.parametrize(("text", "alias", "expected"), MARKED)
def test_a_name_with_vowel_signs_is_the_same_name(text: str, alias: str, expected: list[str]) -> None:
    assert found(text, alias) == expected


def test_vowel_signs_move_no_other_match() -> None:
    text = "Varn said. قال سَالِم الرَّاوِيّ: Varn’s café. Varn"
    matches = Scanner([Pattern("Varn", False), Pattern("الراوي", False)]).scan(text)
    assert [(m.pattern, text[m.start : m.end]) for m in matches] == [
        (0, "Varn"),
        (1, "الرَّاوِيّ"),
        (0, "Varn"),
        (0, "Varn"),
    ]


arabic = st.text(alphabet="سالم َّـ ", max_size=20)


@given(arabic, arabic)
def test_signs_anywhere_change_no_match_but_its_offsets(text: str, more: str) -> None:
    text = f"{text} سَالِم {more}"
    scanner = Scanner([Pattern("سالم", False)])
    bare = re.sub("[َِّـ]", "", text)
    marked = [re.sub("[َِّـ]", "", text[m.start : m.end]) for m in scanner.scan(text)]
    assert marked == [bare[m.start : m.end] for m in scanner.scan(bare)]
    assert len(marked) >= 1


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
