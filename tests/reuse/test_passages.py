from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masthead.links.reuse.passages import Passages, find_passages, lots
from masthead.reading.words import find_words
from tests.reuse.made import prose


def compared(later: str, earlier: str) -> Passages:
    found = find_words([later, earlier])
    begins = np.cumsum(found.counts) - found.counts
    return find_passages(found.ids, begins, found.counts, np.array([[0, 1]]))


def test_a_passage_inside_different_articles_is_found_where_it_stands() -> None:
    shared = prose(1, 36)
    found = compared(f"{prose(2, 48)} {shared} {prose(3, 24)}", f"{prose(4, 24)} {shared}")
    assert (found.start.tolist(), found.end.tolist()) == ([48], [84])
    assert (found.source_start.tolist(), found.source_end.tolist()) == ([24], [60])


def test_a_changed_word_costs_that_word_alone() -> None:
    source = prose(5, 60).split()
    changed = [w if i % 7 else "other" for i, w in enumerate(source)]
    found = compared(" ".join(changed), " ".join(source))
    assert len(found.pair) == 1
    same = sum(a == b for a, b in zip(changed[1:], source[1:], strict=True))
    assert len(found.word) == pytest.approx(same, abs=2)


def test_words_put_in_and_left_out_do_not_end_a_passage() -> None:
    source = prose(6, 60).split()
    edited = [*source[:20], "newly", "added", *source[20:40], *source[43:]]
    found = compared(" ".join(edited), " ".join(source))
    assert len(found.pair) == 1
    assert len(found.word) == 57


def test_paragraphs_in_another_order_are_passages_each() -> None:
    one, two, three = prose(7, 24), prose(8, 24), prose(9, 24)
    found = compared(f"{three} {one} {two}", f"{one} {two} {three}")
    assert found.source_start.tolist() == [48, 0]
    assert len(found.word) == 72


def test_different_articles_and_scattered_phrases_share_nothing() -> None:
    assert len(compared(prose(10, 300), prose(11, 300)).pair) == 0
    scattered = " ".join(f"{prose(20 + i, 24)} one of the few" for i in range(8))
    assert len(compared(scattered, f"{prose(40, 60)} one of the few {prose(41, 60)}").pair) == 0


def test_an_article_that_repeats_itself_equals_its_copy_in_every_word() -> None:
    text = (prose(12, 24) + " ") * 12
    assert len(compared(text, text).word) == 24 * 12


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_no_word_is_counted_twice_and_counted_words_agree(data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f"]), max_size=120)
    later, earlier = data.draw(words), data.draw(words)
    found = compared(" ".join(later), " ".join(earlier))
    assert len(np.unique(found.word)) == len(found.word)
    assert [later[w] for w in found.word] == [earlier[w] for w in found.source_word]
    assert (found.start < found.end).all()
    assert (found.end <= len(later)).all()
    assert (found.source_end <= len(earlier)).all()


def test_pairs_are_compared_as_if_each_were_alone() -> None:
    texts = [prose(seed, 40) for seed in (1, 2)] + [
        f"{prose(1, 40)} {prose(3, 20)}",
        f"{prose(2, 20)} {prose(1, 40)}",
    ]
    found = find_words(texts)
    begins = np.cumsum(found.counts) - found.counts
    pairs = np.array([[2, 0], [3, 0], [3, 1], [3, 2]])
    together = find_passages(found.ids, begins, found.counts, pairs)
    for number, pair in enumerate(pairs):
        alone = find_passages(found.ids, begins, found.counts, pair[None, :])
        mine = together.pair == number
        assert together.start[mine].tolist() == alone.start.tolist()
        assert together.source_end[mine].tolist() == alone.source_end.tolist()


def test_lots_hold_all_pairs_and_never_part_those_of_one_article() -> None:
    counts = np.array([600_000] * 6)
    pairs = np.array([[2, 0], [2, 1], [3, 0], [4, 0], [4, 1], [5, 0]])
    cut = lots(counts, pairs)
    assert [i for lot in cut for i in range(lot.start, lot.stop)] == list(range(6))
    articles = [set(pairs[lot, 0].tolist()) for lot in cut]
    assert sum(map(len, articles)) == len(set().union(*articles))
    assert len(cut) > 1
    assert lots(counts, np.empty((0, 2), np.int64)) == []
