"""Stock phrases: what everybody says, and what an outlet says again and again within its articles. Nobody's copy.

A stock sentence on who somebody is, the background of a long story, `declined to comment when reached by telephone`:
six words in a row that stand in otherwise different articles of eight different days, or in eight of one outlet. What
stands around articles, `masthead.links.standing` has taken out before; this is of the articles themselves. An article
that is nearly all contained in an earlier one counts for nothing here, so that a thousand copies of one article make
none of its words stock phrases, whenever they were published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from masthead.links.arrays import Flags, Hashes, Ints, distinct
from masthead.links.reuse.passages import Passages
from masthead.reading.words import Ids, grams

GRAM = 6
OFTEN = 8
"""Days, or articles of one outlet, that make six words a stock phrase."""

ALIKE = 0.8
"""The share of an article that lies in passages of one earlier article, from which on the two are taken for one."""

_AT_ONCE = 2_000_000
"""Runs whose places are in memory at a time."""

_HALF, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)
_BITS = np.uint64((1 << 24) - 1)


def runs_within(ids: Ids, begins: Ints, articles: Ints, passages: Passages) -> Hashes:
    """Return the different runs of six words that the passages hold, as they stand in `articles` (n passages,)."""
    return distinct(_hashes_at(ids, _runs_of(begins, articles, passages)))


def often(
    lots: Callable[[], Iterator[tuple[Ids, Ints]]],
    candidates: Hashes,
    days: Ints,
    outlets: Ints,
    counting: Flags,
) -> Hashes:
    """Return those of the `candidates`, runs (sorted), that are stock phrases.

    `lots` gives, as often as it is asked, words and the article of each; `days`, `outlets` and `counting`
    (n articles,) are each article's day (an undated one has a day of its own), its outlet, and whether it
    counts. Some million runs are counted at a time.
    """
    some = [candidates[at : at + _AT_ONCE] for at in range(0, len(candidates), _AT_ONCE)]
    stock = [runs[_often(lots, runs, days, outlets, counting)] for runs in some]
    return np.concatenate(stock) if stock else candidates


def _often(
    lots: Callable[[], Iterator[tuple[Ids, Ints]]],
    candidates: Hashes,
    days: Ints,
    outlets: Ints,
    counting: Flags,
) -> Flags:
    """Tell which of the runs are stock phrases."""
    bits = np.zeros(int(_BITS) + 1, np.bool_)
    bits[candidates & _BITS] = True
    keys: list[Hashes] = []
    for ids, articles in lots():
        hashes = grams(ids, GRAM)
        whole = articles[: len(hashes)] == articles[GRAM - 1 :]
        at = np.flatnonzero(whole & bits[hashes & _BITS] & counting[articles[: len(hashes)]])
        hashes, whose = hashes[at], articles[at]
        place = np.minimum(np.searchsorted(candidates, hashes), len(candidates) - 1)
        matches = candidates[place] == hashes
        keys.append(distinct((place[matches].astype(np.uint64) << _HALF) | whose[matches].astype(np.uint64)))
    places = np.concatenate([np.empty(0, np.uint64), *keys])
    run, article = places >> _HALF, (places & _LOW).astype(np.int64)
    frequent = np.zeros(len(candidates), np.bool_)
    on_days = distinct((run << _HALF) | days[article].astype(np.uint64)) >> _HALF
    frequent |= np.bincount(on_days.astype(np.int64), minlength=len(candidates)) >= OFTEN
    of_one, counts = np.unique((run << _HALF) | outlets[article].astype(np.uint64), return_counts=True)
    frequent[(of_one[counts >= OFTEN] >> _HALF).astype(np.int64)] = True
    return frequent


def stock_words(ids: Ids, begins: Ints, articles: Ints, passages: Passages, stock: Hashes) -> Flags:
    """Tell for each common word of the passages whether it belongs to a stock phrase of the later article."""
    at = _runs_of(begins, articles, passages)
    hashes = _hashes_at(ids, at)
    place = np.minimum(np.searchsorted(stock, hashes), max(len(stock) - 1, 0))
    stock_places = at[stock[place] == hashes] if len(stock) else at[:0]
    stock_word_places = distinct((stock_places[:, None] + np.arange(GRAM)).ravel())
    words = begins[articles[passages.word_passage]] + passages.word
    return np.isin(words, stock_word_places)


def _runs_of(begins: Ints, articles: Ints, passages: Passages) -> Ints:
    """The places, among all words, where the runs of the passages begin."""
    counts = np.maximum(passages.end - passages.start - GRAM + 1, 0)
    first = begins[articles] + passages.start
    return np.repeat(first - np.cumsum(counts) + counts, counts) + np.arange(counts.sum())


def _hashes_at(ids: Ids, at: Ints) -> Hashes:
    """The hashes of the runs of six words that begin at these places."""
    if not len(at):
        return np.empty(0, np.uint64)
    words = ids[at[:, None] + np.arange(GRAM)]
    return grams(words.ravel(), GRAM)[::GRAM]
