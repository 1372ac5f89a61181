"""What two articles have in common, word by word: many pairs at once.

Runs of three words that stand in both, each paired with its like in order of appearance, are gathered along the
diagonals of the pair (place in the one less place in the other). Between runs on one diagonal words are
compared one by one, so that a word that was changed or misread costs that word and not its neighbours. What
lies close together in both articles is one passage; a run that lies alone is chance.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from masthead.links.arrays import Flags, Hashes, Ints
from masthead.reading.words import Ids, grams, mix

GRAM = 3
FEWEST_WORDS = 10
"""Words that a passage has in common at least."""

_WIDEST_GAP = 16
"""Words without a common run that a diagonal is followed over."""

_STRONG = 6
"""Common words on one diagonal that need no others near them."""

_NEAR = 10
"""Words that may lie between two stretches of one passage."""

_SHIFT = 6
"""Words that may have been put in or left out between them."""

LONGEST = 1 << 19
"""Words of an article that are compared; what comes after them is not."""

_PLACE = 20
_DIAGONAL = LONGEST
_OF_PAIR = np.uint64(0xD6E8FEB86659FD93)
_WHERE = np.uint64(21)
_WHERE_MASK = np.uint64((1 << 21) - 1)
MOST_WORDS = 1 << 21
"""Words of one side of the pairs that can be compared at once."""


@dataclass(frozen=True)
class Passages:
    """Passages that pairs have in common.

    pair, start, end, source_start, source_end: (n passages,) the pair's number; where the passage stands in
        the later and the earlier article, in words, ends excluded
    word_passage, word, source_word: (n common words,) the passage of each common word and its place in
        either article; ordered by passage and place in the later article, in which no place comes twice for
        one pair
    """

    pair: Ints
    start: Ints
    end: Ints
    source_start: Ints
    source_end: Ints
    word_passage: Ints
    word: Ints
    source_word: Ints

    def only(self, flags: Flags) -> Passages:
        """Return the passages for which `flags` is true."""
        number = np.cumsum(flags) - 1
        words = flags[self.word_passage]
        return Passages(
            self.pair[flags],
            self.start[flags],
            self.end[flags],
            self.source_start[flags],
            self.source_end[flags],
            number[self.word_passage[words]],
            self.word[words],
            self.source_word[words],
        )


def lots(counts: Ints, pairs: Ints) -> list[slice]:
    """Cut the pairs into lots that can be compared at once, never between two pairs of one later article.

    `counts` (n articles,) are the articles' words.
    """
    words = np.minimum(counts, LONGEST)[pairs].max(axis=1)
    edges = [0]
    size = 0
    first = np.flatnonzero(np.append(True, np.diff(pairs[:, 0]) != 0)) if len(pairs) else words
    for at, total in zip(
        first.tolist(), np.add.reduceat(words, first).tolist() if len(first) else [], strict=True
    ):
        if size and size + total > MOST_WORDS:
            edges.append(at)
            size = 0
        size += total
    return [slice(a, b) for a, b in itertools.pairwise([*edges, len(pairs)])] if len(pairs) else []


def find_passages(ids: Ids, begins: Ints, counts: Ints, pairs: Ints) -> Passages:
    """Compare pairs of articles.

    `ids` are the words of all articles; an article's begin at `begins` and are `counts` many (n articles,); `pairs`
    (n, 2) are the later and the earlier article of each pair. Work and memory grow with the words of the pairs.
    """
    later = _Laid.out(ids, begins, counts, pairs[:, 0])
    earlier = _Laid.out(ids, begins, counts, pairs[:, 1])
    pair, word, source = _common_runs(later, earlier)
    pair, word, source, stretch = _along_diagonals(later, earlier, pair, word, source)
    pair, word, source, stretch = _without_chance(pair, word, source, stretch)
    return _passages(pair, word, source, stretch)


@dataclass(frozen=True)
class _Laid:
    """One side of all pairs, laid end to end: words, where each pair's begin, and the pair and place of each
    word."""

    ids: Ids
    begins: Ints
    pair: Ints
    place: Ints

    @classmethod
    def out(cls, ids: Ids, begins: Ints, counts: Ints, articles: Ints) -> _Laid:
        """Lay out the words of these articles."""
        lengths = np.minimum(counts[articles], LONGEST)
        ends = np.cumsum(lengths)
        pair = np.repeat(np.arange(len(articles)), lengths)
        place = np.arange(len(pair)) - (ends - lengths)[pair]
        return cls(ids[begins[articles][pair] + place], ends - lengths, pair, place)

    def runs(self) -> tuple[Hashes, Ints]:
        """The runs of words of each pair, as hashes in order, and where each begins; of like ones the
        earlier first."""
        hashes = grams(self.ids, GRAM)
        whole = np.flatnonzero(self.pair[: len(hashes)] == self.pair[GRAM - 1 :])
        keys = mix(hashes[whole] + self.pair[whole].astype(np.uint64) * _OF_PAIR)
        entries = ((keys >> _WHERE) << _WHERE) | whole.astype(np.uint64)
        entries.sort()
        return entries >> _WHERE, (entries & _WHERE_MASK).astype(np.int64)


def _common_runs(later: _Laid, earlier: _Laid) -> tuple[Ints, Ints, Ints]:
    """Return pair, and place in either article, of the runs of words that both have: the first of one's with the
    first of the other's, the second with the second."""
    ours, here = later.runs()
    theirs, there = earlier.runs()
    our_first, their_first = _opens(ours), _opens(theirs)
    our_count, their_count = _counts(our_first, len(ours)), _counts(their_first, len(theirs))
    at = np.searchsorted(theirs[their_first], ours[our_first])
    at[at == len(their_first)] = 0
    both = theirs[their_first][at] == ours[our_first] if len(theirs) else np.zeros(len(at), bool)
    at = at[both]
    count = np.minimum(our_count[both], their_count[at])
    rank = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    here = here[np.repeat(our_first[both], count) + rank]
    there = there[np.repeat(their_first[at], count) + rank]
    return later.pair[here], later.place[here], earlier.place[there]


def _opens(values: npt.NDArray[np.generic]) -> Ints:
    """Where each stretch of one value begins."""
    if not len(values):
        return np.empty(0, np.int64)
    return np.flatnonzero(np.append(True, values[1:] != values[:-1]))


def _counts(first: Ints, total: int) -> Ints:
    return np.diff(np.append(first, total))


def _along_diagonals(
    later: _Laid, earlier: _Laid, pair: Ints, word: Ints, source: Ints
) -> tuple[Ints, Ints, Ints, Ints]:
    """Join runs of one diagonal into stretches; return pair, places and stretch of every word that agrees in
    them."""
    key = (pair << (2 * _PLACE)) | ((word - source + _DIAGONAL) << _PLACE) | word
    order = np.argsort(key)
    pair, word, source = pair[order], word[order], source[order]
    diagonal = key[order] >> _PLACE
    apart = (np.diff(diagonal) != 0) | (np.diff(word) > _WIDEST_GAP)
    first = np.flatnonzero(np.append(True, apart)) if len(word) else word
    last = np.append(first[1:], len(word)) - 1
    lengths = word[last] + GRAM - word[first] if len(word) else word
    stretch = np.repeat(np.arange(len(first)), lengths)
    along = np.arange(len(stretch)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    pair, word, source = pair[first][stretch], word[first][stretch] + along, source[first][stretch] + along
    agree = later.ids[later.begins[pair] + word] == earlier.ids[earlier.begins[pair] + source]
    return pair[agree], word[agree], source[agree], stretch[agree]


def _without_chance(pair: Ints, word: Ints, source: Ints, stretch: Ints) -> tuple[Ints, Ints, Ints, Ints]:
    """Leave out short stretches that have no other near them on nearly the same diagonal."""
    counts = np.bincount(stretch)
    first = np.cumsum(counts) - counts
    order = np.lexsort((word[first], pair[first]))
    here, begins, diagonal = pair[first][order], word[first][order], (word - source)[first][order]
    ends = word[first + counts - 1][order] + 1
    follows = (np.diff(here) == 0) & (begins[1:] - ends[:-1] <= _NEAR) & (np.abs(np.diff(diagonal)) <= _SHIFT)
    strong = counts >= _STRONG
    strong[order] |= np.append(follows, False) | np.append(False, follows)
    is_strong = strong[stretch]
    return pair[is_strong], word[is_strong], source[is_strong], (np.cumsum(strong) - 1)[stretch[is_strong]]


def _passages(pair: Ints, word: Ints, source: Ints, stretch: Ints) -> Passages:
    """Chain stretches into passages, give each word of the later article to one of them, and drop the short
    ones."""
    size = np.bincount(stretch)[stretch]
    # A word that two stretches claim belongs to the longer.
    order = np.lexsort((source, -size, word, pair))
    pair, word, source = pair[order], word[order], source[order]
    once = np.append(True, (np.diff(pair) != 0) | (np.diff(word) != 0)) if len(pair) else np.empty(0, bool)
    pair, word, source = pair[once], word[once], source[once]
    near = (
        (np.diff(pair) == 0)
        & (np.diff(word) <= _NEAR)
        & (np.diff(source) <= _NEAR)
        & (np.diff(source) >= -_SHIFT)
    )
    passage = np.cumsum(np.append(False, ~near)) if len(pair) else pair
    count = np.bincount(passage)
    begins = np.cumsum(count) - count
    low = np.minimum.reduceat(source, begins) if len(source) else source
    high = np.maximum.reduceat(source, begins) if len(source) else source
    passages = Passages(
        pair[begins],
        word[begins],
        word[begins + count - 1] + 1 if len(word) else word,
        low,
        high + 1,
        passage,
        word,
        source,
    )
    return passages.only(count >= FEWEST_WORDS)
