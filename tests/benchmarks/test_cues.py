"""The weights of cues: what is a case, what they learn, and what the table that ships may hold."""

from __future__ import annotations

from benchmarks.gold.cues import Case, cases, is_developed_on, learn, written
from benchmarks.gold.marked_articles import GoldArticle, GoldAttribution

from masthead.reading.attribution.passages import Passage
from masthead.reading.attribution.weighing.weights import CONSTANT, WEIGHTS, weights
from masthead.reading.parsing.parser import Parser
from masthead.reading.parsing.parses import parse_of

TEXT = "Mara Quist vowed to rebuild the quay. The storm forced the crew to leave the quay."


def test_a_case_is_right_where_its_cue_and_content_are_marked() -> None:
    content, cue = (
        (TEXT.index("to rebuild"), TEXT.index(". The")),
        (TEXT.index("vowed"), TEXT.index(" to re")),
    )
    article = GoldArticle("quay", TEXT, ((GoldAttribution((content,), ((0, 10),), (cue,)),),))
    passage = Passage(TEXT)
    texts = {unit.key: unit.mask.text for unit in passage.units if unit.mask is not None}
    rows = Parser().parse(list(texts.values())).to_pylist()
    some = list(cases(article, passage, {key: parse_of(row) for key, row in zip(texts, rows, strict=True)}))
    assert [one.is_marked for one in some if "Vvow to" in one.signs] == [True]
    assert not any(one.is_marked for one in some if "word Vforce" in one.signs)


def test_signs_of_marked_cases_weigh_more() -> None:
    some = [Case(frozenset({"word Vvow"}), True), Case(frozenset({"word Vforce"}), False)] * 40
    learned = learn(some)
    assert learned.get("word Vvow", 0) > 0 >= learned.get("word Vforce", 0)
    assert learned == learn(some)


def test_a_sign_that_two_cases_show_has_no_weight() -> None:
    some = [Case(frozenset({"word Vvow"}), True)] * 40 + [Case(frozenset({"rare"}), False)] * 2
    assert "rare" not in learn(some)


def test_the_table_that_ships_holds_words_and_numbers_alone() -> None:
    table = weights()
    assert CONSTANT in table
    assert len(table) < 1500
    assert all(len(name.split()) <= 4 and len(name) < 45 for name in table)
    rows = [line for line in WEIGHTS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    text = written(table, 446, 35_176)
    assert [line for line in text.splitlines() if not line.startswith("#")] == rows


def test_halves_hold_about_as_many() -> None:
    assert 400 < sum(is_developed_on(f"article {n}") for n in range(1000)) < 600
