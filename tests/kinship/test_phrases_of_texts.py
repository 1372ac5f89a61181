"""Phrases: what counts as one, in whose words it stands, and which of two that overlap is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.reading.wording.phrases import NOBODY, OWN, Field, Phrases, find_phrases, longest


def texts(fields: list[Field], found: Phrases) -> list[str]:
    return [
        fields[field].content[start:end]
        for field, start, end in zip(found.field, found.start, found.end, strict=True)
    ]


def of(content: str, **more: object) -> set[str]:
    fields = [Field(0, content, **more)]  # type: ignore[arg-type]
    return set(texts(fields, find_phrases(fields)))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("they wage war on smugglers", {"wage", "war", "smugglers", "wage war", "war on smugglers"}),
        ("it was the same as before", set()),
        ("sell salt, buy rope", {"sell", "salt", "sell salt", "buy", "rope", "buy rope"}),
        ("sell salt\nbuy rope", {"sell", "salt", "sell salt", "buy", "rope", "buy rope"}),
        ("he met Odell in Nahr twice", {"met", "twice"}),
        ("a Nahr-led raid and Marsh-backed crews", {"raid", "crews"}),
        ("some 300 crews in 1994 left", {"crews", "left"}),
        ("so-called peacekeepers", {"called", "peacekeepers", "called peacekeepers"}),
        ("THE SHOUTED LINE", set()),
        ("", set()),
    ],
)
def test_a_phrase_is_one_to_three_words_that_say_something(content: str, expected: set[str]) -> None:
    assert of(content) == expected


def test_a_capital_at_the_start_of_a_sentence_says_nothing() -> None:
    assert of("Smugglers fled. The smugglers hid.") == {"Smugglers", "fled", "Smugglers fled", "smugglers", "hid",
                                                        "smugglers hid"}  # fmt: skip
    assert of("Odell fled. The smugglers hid.") == {"fled", "smugglers", "hid", "smugglers hid"}
    title = Field(0, "Smugglers Flee Over Odell", headline=True)
    fields = [title, Field(0, "The smugglers flee.")]
    assert set(texts(fields, find_phrases(fields))) == {"Smugglers", "Flee", "Smugglers Flee", "smugglers", "flee",
                                                        "smugglers flee"}  # fmt: skip
    alone = [title, Field(1, "The smugglers flee.")]
    assert "Smugglers" not in texts(alone, find_phrases(alone)), "another article's small letters say nothing"


def test_an_alias_is_a_name_whatever_its_letters() -> None:
    content = "rebel boats and rebel crews"
    assert of(content, names=[(0, 5), (16, 21)]) == {"boats", "crews"}


def test_no_phrase_runs_from_one_voice_into_another() -> None:
    content = "he sells salt and buys rope"
    fields = [Field(0, content, speech=[(0, 22, 0), (14, 22, NOBODY)])]
    found = find_phrases(fields)
    told = dict(zip(texts(fields, found), found.whose.tolist(), strict=True))
    assert told == {"sells": 0, "salt": 0, "sells salt": 0, "buys": NOBODY, "rope": OWN}


def test_a_sentence_is_cut_out_around_each_phrase() -> None:
    content = "First came rain. Then the smugglers fled! It was over."
    fields = [Field(0, "A title"), Field(0, content)]
    found = find_phrases(fields)
    at = texts(fields, found).index("smugglers fled")
    assert content[found.sentence_start[at] : found.sentence_end[at]].strip() == "Then the smugglers fled!"


def test_a_word_counts_for_the_longest_phrase_that_it_stands_in() -> None:
    fields = [Field(0, "the war on smugglers, then war came")]
    found = find_phrases(fields)
    wanted = [
        at for at, text in enumerate(texts(fields, found)) if text in ("war", "smugglers", "war on smugglers")
    ]
    assert texts(fields, longest(found.take(wanted))) == ["war", "war on smugglers"]


WORDS = st.sampled_from(
    ["salt", "rope", "the", "on", "Odell", "sell", "buy", "7", ",", ".", "\n", "“", "”", "-", "—"]
)


@given(st.lists(st.lists(WORDS, max_size=12).map(" ".join), max_size=4))
def test_phrases_are_those_of_each_text_alone(contents: list[str]) -> None:
    fields = [Field(at, content) for at, content in enumerate(contents)]
    together = find_phrases(fields)
    alone = [
        (at, int(phrase), int(start), int(end))
        for at, field in enumerate(fields)
        for one in [find_phrases([Field(0, field.content)])]
        for phrase, start, end in zip(one.phrase, one.start, one.end, strict=True)
    ]
    assert sorted(alone) == sorted(
        zip(*(getattr(together, name).tolist() for name in ("field", "phrase", "start", "end")), strict=True)
    )
    kept = longest(together)
    spans = sorted(
        zip(kept.field.tolist(), kept.first.tolist(), (kept.first + kept.size).tolist(), strict=True)
    )
    for one in spans:
        assert not any(
            other != one and other[0] == one[0] and other[1] <= one[1] and one[2] <= other[2]
            for other in spans
        )
