"""Comparing pairs of articles: what they share, whether they are near-duplicates, and what that echoes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from masthead import stages
from masthead.links.arrays import Flags, Hashes, Ints, distinct
from masthead.links.reuse.candidates import with_first_copies
from masthead.links.reuse.corpus import Corpus
from masthead.links.reuse.passages import Passages, find_passages, lots
from masthead.links.reuse.stock import ALIKE, often, runs_within, stock_words
from masthead.links.reuse.wire import near_duplicate_groups

FEWEST_WORDS = 16
"""Words that agree in a passage, at least, if the articles are no near-duplicates: a name with its titles,
or what a law is called, may be ten words long and is nobody's."""

FEWEST_OWN_WORDS = 8
"""Words of a telling passage, at least, that stand outside quotation marks and outside stock phrases."""

LEAST_SHARE = 0.3
ONE_SENTENCE = 12
BEYOND_AT_LEAST, BEYOND_BY_SHARE = 10, 60
"""Two articles are near-duplicates if they share three words in ten of the shorter, and their telling
passages hold at least 10 + 60 · (1 − share) words beyond the first twelve of each: the less they share, the
more of it must have been taken in long pieces. Two articles that tell the same independently may have many a
sentence in common, but seldom one after the other."""

LEAST_OF_LONGER = 0.1
"""The share of the longer article, at least: a round-up of the day is no near-duplicate of every article in it."""

_PLACE = 20
"""Bits of a word's place in its article; LONGEST keeps it below."""


@dataclass(frozen=True)
class Links:
    """Pairs that share passages: the later and the earlier article, the words that agree in either, whether
    they are near-duplicates, how many words of the later article are echo of any other, and the passages,
    places in words."""

    later: Ints
    earlier: Ints
    words: Ints
    source_words: Ints
    near: Flags
    echo_words: Ints
    passages: Passages


class Comparison:
    """Compares pairs of articles of one corpus.

    `slack` is how far clocks may disagree, in microseconds; `threads` how many lots are compared at once;
    `progress` is told a stage, what is done of it, and how much there is.
    """

    def __init__(
        self, corpus: Corpus, slack: int, threads: int, progress: Callable[[str, int, int], None]
    ) -> None:
        self._corpus = corpus
        self._slack = slack
        self._threads = threads
        self._progress = progress

    def _each_lot(self, pairs: Ints, stage: str) -> Iterator[tuple[slice, Passages]]:
        """Compare the pairs lot by lot, several lots at a time, in order."""
        corpus = self._corpus
        cut = lots(corpus.counts, pairs)

        def passages_of(lot: slice) -> Passages:
            return find_passages(corpus.ids, corpus.begins, corpus.counts, pairs[lot])

        with ThreadPoolExecutor(self._threads) as pool:
            for at in range(0, len(cut), self._threads):
                some = cut[at : at + self._threads]
                yield from zip(some, pool.map(passages_of, some), strict=True)
                self._progress(stage, at + len(some), len(cut))

    def first_look(self, pairs: Ints) -> tuple[Ints, Hashes]:
        """Return the pairs that may be linked, with the first copies of each article, and what of their
        passages is stock phrases."""
        corpus = self._corpus
        hopeful_pairs: list[Ints] = []
        alike: list[Ints] = []
        runs: list[Hashes] = []
        largest_share = np.zeros(len(corpus))
        for lot, passages in self._each_lot(pairs, stages.FIRST_LOOK):
            some = pairs[lot]
            hopeful = self._hopeful(some, passages)
            passages = passages.only(hopeful[passages.pair])
            later = some[passages.pair, 0]
            runs.append(runs_within(corpus.ids, corpus.begins, later, passages))
            common = np.bincount(passages.pair, passages.end - passages.start, minlength=len(some))
            share = common / np.maximum(corpus.counts[some[:, 0]], 1)
            np.maximum.at(largest_share, some[:, 0], share)
            hopeful_pairs.append(some[hopeful])
            alike.append(some[share >= ALIKE])
        if not hopeful_pairs:
            return pairs, np.empty(0, np.uint64)
        outlets, candidates = corpus.outlet, distinct(np.concatenate(runs))
        stock = often(corpus.lots, candidates, corpus.day, outlets, largest_share < ALIKE)
        copies = np.concatenate(alike)
        group = near_duplicate_groups(len(corpus), copies[:, 0], copies[:, 1])
        return with_first_copies(np.concatenate(hopeful_pairs), group, corpus.outlet), stock

    @staticmethod
    def _hopeful(pairs: Ints, passages: Passages) -> Flags:
        """Tell which pairs may be linked, whatever of their passages is quoted or a stock phrase."""
        sizes = np.bincount(passages.word_passage, minlength=len(passages.pair))
        pieces = np.bincount(passages.pair, np.maximum(sizes - ONE_SENTENCE, 0), minlength=len(pairs))
        hopeful = pieces >= BEYOND_AT_LEAST
        hopeful[passages.pair[sizes >= FEWEST_WORDS]] = True
        return hopeful

    def compare(self, pairs: Ints, stock: Hashes, quote_flags: Flags) -> Links:
        """Compare pairs and keep the passages that are neither quotations nor stock phrases."""
        corpus = self._corpus
        parts: list[Links] = []
        for lot, passages in self._each_lot(pairs, stages.SECOND_LOOK):
            some = pairs[lot]
            sides = some[passages.pair]
            stands = stock_words(corpus.ids, corpus.begins, sides[:, 0], passages, stock)
            of_word = sides[passages.word_passage]
            in_quotes = quote_flags[corpus.begins[of_word[:, 0]] + passages.word]
            in_quotes |= quote_flags[corpus.begins[of_word[:, 1]] + passages.source_word]
            n = len(passages.pair)
            total = np.bincount(passages.word_passage, minlength=n)
            aloud = np.bincount(passages.word_passage, in_quotes, minlength=n)
            own = np.bincount(passages.word_passage, ~in_quotes & ~stands, minlength=n)
            mostly_own = 2 * aloud <= total
            parts.append(self._links(some, passages.only(mostly_own), own[mostly_own].astype(np.int64)))
        return _all_links(parts)

    def _links(self, pairs: Ints, passages: Passages, own: Ints) -> Links:
        """The links of one lot. `own` are the words of each passage that are neither quoted nor stock
        text: one that has hardly any tells nothing. Of near-duplicates all passages count, since a reprint
        takes its stock phrases along; of other pairs the longer telling ones."""
        sizes = np.bincount(passages.word_passage, minlength=len(passages.pair))
        telling = own >= FEWEST_OWN_WORDS
        near = self._near(pairs, passages, np.where(telling, np.maximum(sizes - ONE_SENTENCE, 0), 0))
        passages = passages.only(near[passages.pair] | (telling & (sizes >= FEWEST_WORDS)))
        words, source_words = _common_words(passages, len(pairs))
        is_echo = self.order_known(pairs) & (
            self._corpus.outlet[pairs[:, 0]] != self._corpus.outlet[pairs[:, 1]]
        )
        pair = passages.pair[passages.word_passage]
        mine = is_echo[pair]
        articles, number_of = np.unique(pairs[:, 0], return_inverse=True)
        echo_places = distinct((number_of[pair[mine]] << _PLACE) | passages.word[mine])
        echo_words = np.bincount(echo_places >> _PLACE, minlength=len(articles))[number_of]
        has = words > 0
        number = np.cumsum(has) - 1
        none = np.empty(0, np.int64)
        spans = replace(passages, pair=number[passages.pair], word_passage=none, word=none, source_word=none)
        return Links(
            pairs[has, 0], pairs[has, 1], words[has], source_words[has], near[has], echo_words[has], spans
        )

    def _near(self, pairs: Ints, passages: Passages, beyond: Ints) -> Flags:
        """Tell which pairs are near-duplicates; `beyond` is how many words of each passage speak for it."""
        counts = self._corpus.counts[pairs]
        words, source_words = _common_words(passages, len(pairs))
        pieces = np.bincount(passages.pair, beyond, minlength=len(pairs))
        common = np.minimum(words, source_words)
        share = common / np.maximum(counts.min(axis=1), 1)
        of_longer = common / np.maximum(counts.max(axis=1), 1)
        long_enough = pieces >= BEYOND_AT_LEAST + BEYOND_BY_SHARE * (1 - share)
        near: Flags = (share >= LEAST_SHARE) & (of_longer >= LEAST_OF_LONGER) & long_enough
        return near

    def order_known(self, pairs: Ints) -> Flags:
        """Tell for each pair (n, 2) whether the second is known to have appeared before the first."""
        corpus = self._corpus
        later, earlier = pairs[:, 0], pairs[:, 1]
        both_dated = corpus.has_date[later] & corpus.has_date[earlier]
        apart = np.where(both_dated, corpus.since[later], 0) - np.where(both_dated, corpus.until[earlier], 0)
        # Clocks may be hours apart; the dates of two articles without a time of day are what they say.
        least = np.where(corpus.has_time[later] & corpus.has_time[earlier], self._slack + 1, 0)
        is_known: Flags = both_dated & (apart >= least)
        return is_known


def _common_words(passages: Passages, pairs: int) -> tuple[Ints, Ints]:
    """How many words of the later and of the earlier article the passages of each pair hold."""
    pair = passages.pair[passages.word_passage]
    source = distinct((pair << _PLACE) | passages.source_word) >> _PLACE
    return np.bincount(pair, minlength=pairs), np.bincount(source, minlength=pairs)


def _all_links(parts: list[Links]) -> Links:
    """The links of all lots."""
    none = np.empty(0, np.int64)
    if not parts:
        return Links(none, none, none, none, none > 0, none, Passages(*[none] * 8))
    before = np.cumsum([0] + [len(p.later) for p in parts])
    columns = {
        name: np.concatenate([getattr(p, name) for p in parts])
        for name in ("later", "earlier", "words", "source_words", "near", "echo_words")
    }
    pair = np.concatenate([p.passages.pair + at for p, at in zip(parts, before, strict=False)])
    ends = (
        np.concatenate([getattr(p.passages, name) for p in parts])
        for name in ("start", "end", "source_start", "source_end")
    )
    return Links(**columns, passages=Passages(*[pair, *ends], *[none] * 3))
