"""Terms: what is hashed is the words, wherever the bytes stand."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from masthead.links.stories import terms as module
from masthead.links.stories.terms import TERMS, Read, read_terms


def read(*articles: tuple[str, str]) -> Read:
    return read_terms(
        pa.array([a for a, _ in articles], pa.string()), pa.array([b for _, b in articles], pa.string())
    )


def terms(title: str, text: str) -> set[int]:
    return set((read((title, text)).terms.ids % TERMS).tolist())


def of(reading: Read, at: int) -> list[int]:
    return reading.terms.ids[reading.terms.starts[at] : reading.terms.starts[at + 1]].tolist()


@pytest.mark.parametrize(
    "other",
    [
        "sugar MILL, burned",
        "“Sugar mill” burned",
        "Sugar—mill burned",
        "\tsugar  mill (burned)",
        "sugar mill’s burned",
    ],
)
def test_case_marks_and_spaces_are_no_part_of_a_word(other: str) -> None:
    assert terms("", "Sugar mill burned") <= terms("", other) | terms("", "mill burned")
    assert terms("", "sugar") <= terms("", other)


def test_a_pair_of_words_ends_with_its_sentence() -> None:
    joined = terms("", "sugar mill burned") - terms("", "sugar mill. Burned")
    assert len(joined) == 1


def test_silent_words_part_nobody_and_numbers_are_words() -> None:
    assert terms("", "linked to the loss") == terms("", "linked loss")
    assert terms("", "four boats") != terms("", "five boats")
    assert terms("", "cost 4,250 crowns") != terms("", "cost 4,251 crowns")


def test_a_term_of_the_title_says_so_and_stands_once() -> None:
    reading = read(("Sugar mill", "The sugar mill burned"))
    flagged = {term % TERMS for term in reading.terms.ids.tolist() if term >= TERMS}
    assert flagged == terms("", "sugar mill")
    assert len(reading.terms.ids) == len({term % TERMS for term in reading.terms.ids.tolist()})


def test_what_is_counted_differently_is_seen_as_the_same_thing() -> None:
    reading = read(
        ("", "Four boats sank."),
        ("", "They lost 12 boats."),
        ("", "It cost 3 million crowns."),
        ("", "On 4 May."),
    )
    four, twelve, crowns = reading.counted_of.tolist()
    assert four == twelve != crowns
    assert len(set(reading.counts.ids.tolist())) == 3
    assert reading.counts.starts.tolist() == [0, 1, 2, 3, 3]


def test_only_the_beginning_of_a_text_is_read() -> None:
    long = "sugar " * 2_000
    assert terms("", long + "mill") == terms("", long)


words = st.text(st.sampled_from("ab é“”.,\n12Ω\u2028"), max_size=40)


@given(st.lists(st.tuples(words, words), max_size=8))
def test_an_article_reads_the_same_in_any_company(articles: list[tuple[str, str]]) -> None:
    together = read(*articles)
    assert len(together.terms.starts) == len(together.counts.starts) == len(articles) + 1
    for at, one in enumerate(articles):
        assert of(together, at) == of(read(one), 0)


def test_where_the_bytes_are_cut_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [(f"Title {n}", f"Mill {n} burned for {n} hours. " * (n % 5)) for n in range(60)]
    whole = read(*articles)
    monkeypatch.setattr(module, "_SLICE", 100)
    pieces = read(*articles)
    assert pieces.terms.ids.tolist() == whole.terms.ids.tolist()
    assert pieces.counted_of.tolist() == whole.counted_of.tolist()
