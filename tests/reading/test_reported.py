"""Whose words a mention stands in: a reported clause is its speaker's, and the speaker himself the outlet's."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from masthead.reading.lexicon import (
    ADDRESSING_VERBS,
    COPULAS,
    JUDGING_VERBS,
    NAMING_VERBS,
    RAISING_VERBS,
    REPORTING_VERBS,
)
from masthead.reading.naming.reported import is_reported
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import Parse, parse_of
from masthead.study import Study
from tests.reading.conftest import Rows, make_articles

# A name in capitals with a star is in a speaker's words; without, in the outlet's.
CASES = [
    # clauses under a verb
    "The minister said that NAME1* was a gang.",
    "NAME1* is a gang, said the minister.",
    "NAME1* has fled, NAME2 insisted on Monday.",
    "NAME1 told reporters that NAME2* had fled.",
    "NAME1 claimed to have beaten NAME2*.",
    "NAME1 denied supporting NAME2*.",
    "The report says NAME1* lost.",
    "He warned: NAME1* is a gang.",
    "NAME1* must go, says minister",
    "It is alleged that NAME1* fled.",
    "The minister was quoted as saying NAME1* had fled.",
    "The army says it killed ten fighters of NAME1* and that NAME2* fled.",
    "NAME1 said NAME2* claimed NAME3* had fled.",
    "Despite claims that NAME1* fled, NAME2 stayed.",
    "NAME1* is said to have shelled the town.",
    # around a verb
    "NAME1*, the minister said, is a gang.",
    "NAME1*, said the minister, is a gang.",
    "NAME1*, he said, had fled to the north, where NAME2* hid.",
    # according to
    "According to the minister, NAME1* shelled the town.",
    "NAME1*, according to the minister, shelled the town.",
    "NAME1* shelled the town, according to the ministry of NAME2.",
    "NAME1 burned the town and, according to witnesses, NAME2* watched.",
    "The town was shelled by NAME1* and burned by NAME2*, according to witnesses.",
    "The army, according to NAME1, shelled the town.",
    # verbs that judge
    "The minister accused NAME1* of shelling the town.",
    "NAME1* was accused of shelling the town.",
    "NAME1* was praised by NAME2.",
    "NAME1 condemned NAME2*.",
    "The minister called NAME1* a gang.",
    "The minister described NAME1* as a hero.",
    # the outlet's own words
    "NAME1 attacked NAME2 on Monday.",
    "NAME1 met NAME2 after the minister said the talks would go on.",
    "The minister, who is backed by NAME1, said that NAME2* had fled.",
    "The minister said on Monday, after meeting NAME1, that the town was safe.",
    "NAME1's spokesman said NAME2* would win.",
    "The minister told NAME1 to leave.",
    "The minister urged NAME1 to leave.",
    "The minister wants NAME1 to leave.",
    "I think NAME1 is a gang.",
    "We believe that NAME1 is right.",
]


def starred(parse: Parse) -> list[bool]:
    return [is_reported(parse, t) for t in range(len(parse.heads)) if parse.word(t).startswith("NAME")]


@pytest.fixture(scope="module")
def parsed(parser: Parser) -> Callable[[list[str]], list[Parse]]:
    return lambda sentences: [parse_of(row) for row in parser.parse(sentences).to_pylist()]


def test_whose_words_they_are(parsed: Callable[[list[str]], list[Parse]]) -> None:
    parses = parsed([case.replace("*", "") for case in CASES])
    found = {case: starred(parse) for case, parse in zip(CASES, parses, strict=True)}
    expected = {case: [star == "*" for star in re.findall(r"NAME\d(\*?)", case)] for case in CASES}
    assert found == expected


PAIRS = [
    ("praised", "condemned"),
    ("hailed", "denounced"),
    ("applauded", "criticised"),
    ("commended", "blamed"),
    ("lauded", "slammed"),
]


@pytest.mark.parametrize("shape", ["The minister {} NAME1.", "NAME1 was {} by NAME2.", "NAME1 {} NAME2."])
def test_praise_is_told_from_the_outlets_voice_as_blame_is(
    parsed: Callable[[list[str]], list[Parse]], shape: str
) -> None:
    for praise, blame in PAIRS:
        good, bad = parsed([shape.format(praise), shape.format(blame)])
        assert starred(good) == starred(bad)
        assert any(starred(good))


@pytest.mark.parametrize(
    "verb",
    ["said", "claimed", "argued", "insisted", "admitted", "believed", "explained", "wrote", "repeated"],
)
def test_no_verb_makes_a_speaker_more_credible_than_another(
    parsed: Callable[[list[str]], list[Parse]], verb: str
) -> None:
    before, after = parsed([f"The minister {verb} that NAME1 had left.", f"NAME1 had left, NAME2 {verb}."])
    assert starred(before) == [True]
    assert starred(after) == [True, False]


def test_the_lists_do_not_contradict_each_other() -> None:
    assert not REPORTING_VERBS & (COPULAS | JUDGING_VERBS)
    assert REPORTING_VERBS | {"rumour", "rumor"} >= RAISING_VERBS | ADDRESSING_VERBS
    assert len(NAMING_VERBS & JUDGING_VERBS) >= 5


def test_a_naming_carries_it(read_articles: Callable[..., Rows], study: Study) -> None:
    text = (
        "The minister said the Corvan League was a gang. The Corvan League fled. Rebels, he said, fled too."
    )
    rows = read_articles(make_articles({"text": text}), study)
    assert [(row["subject"], row["reported"]) for row in rows] == [
        ("league", True),
        ("league", False),
        ("opposition", True),
    ]


def test_what_is_not_parsed_is_not_reported(read_articles: Callable[..., Rows], study: Study) -> None:
    text = "Der Minister sagte, the Corvan League was a gang, said he."
    rows = read_articles(make_articles({"text": text, "language": "de"}), study)
    assert [row["reported"] for row in rows] == [False]
