"""Which pairs of an outlet's articles are looked at: never all, so that ten thousand copies take ten thousand looks.

Three ways lead to a pair, each in order of time: the article before it on the same page, and the one before that; the
article before it whose text is the same, word for word; and an article that was, for many runs of four words of this
one, the last of the outlet to hold them. The last takes the runs of a part of all hashes at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from masthead.links.repeats.articles import Articles, Flags, Ints
from masthead.reading.words import grams, mix

GRAM = 4
LESS_THAN_DAYS = 7
"""Two versions are less than so many days apart: what comes every week is a series."""

_LIKELY = 0.4
"""The share of the runs of the shorter text that leads to a pair."""

_SAMPLED = np.uint64(2)
_LOT = 16_000_000
_ARTICLE = np.uint64(24)
_MASK = np.uint64((1 << 24) - 1)

Numbers = npt.NDArray[np.uint64]
Progress = Callable[[int, int], None]


def likely_pairs(articles: Articles, progress: Progress) -> Ints:
    """Return pairs (n, 2) of articles of one outlet, the later first, ordered.

    Those whose days are known lie less than a week apart, but for a page that was found as it was.
    """
    found = [
        _before(articles.page, 1),
        _before(articles.page, 2),
        _before(np.where(articles.corpus.counts > 0, articles.text, -1), 1),
        _sharing(articles, progress),
    ]
    pairs = np.concatenate(found)
    later, earlier = pairs.T
    pairs = pairs[_within(articles, later, earlier) | articles.crawled_again(later, earlier)]
    return np.unique(pairs, axis=0)


def _within(articles: Articles, later: Ints, earlier: Ints) -> Flags:
    known = articles.has_day[later] & articles.has_day[earlier]
    within: Flags = ~known | (np.abs(articles.day[later] - articles.day[earlier]) < LESS_THAN_DAYS)
    return within


def _before(groups: Ints, steps: int) -> Ints:
    """Pair each article with the one that many steps before it in its group; those in group −1 are in none."""
    order = np.argsort(groups, kind="stable")
    later, earlier = order[steps:], order[: max(0, len(order) - steps)]
    same = (groups[later] == groups[earlier]) & (groups[later] >= 0)
    return np.stack([later[same], earlier[same]], axis=1)


def _sharing(articles: Articles, progress: Progress) -> Ints:
    """Pair articles that share many runs of words, each run with the last article of the outlet that held it before."""
    corpus = articles.corpus
    parts = max(1, -(-len(corpus.ids) // (2 * _LOT)))
    runs = np.zeros(len(corpus), np.int64)
    votes: list[Numbers] = []
    for part in range(parts):
        entries = _entries(articles, part, parts)
        held = (entries & _MASK).astype(np.int64)
        runs += np.bincount(held, minlength=len(corpus))
        hashes = entries >> _ARTICLE
        same = np.flatnonzero(hashes[1:] == hashes[:-1])
        later, earlier = held[same + 1], held[same]
        mine = _within(articles, later, earlier)
        votes.append((later[mine].astype(np.uint64) << _ARTICLE) | earlier[mine].astype(np.uint64))
        progress(part + 1, parts)
    pairs, counts = np.unique(np.concatenate(votes), return_counts=True)
    later, earlier = (pairs >> _ARTICLE).astype(np.int64), (pairs & _MASK).astype(np.int64)
    likely = counts >= _LIKELY * np.minimum(runs[later], runs[earlier])
    return np.stack([later[likely], earlier[likely]], axis=1)


def _entries(articles: Articles, part: int, parts: int) -> Numbers:
    """Return the sampled runs of one part of all hashes: 40 bits of hash, 24 of the article, sorted, each once."""
    outlets = mix(articles.corpus.outlet.astype(np.uint64) + np.uint64(1))
    found: list[Numbers] = []
    for ids, whose in articles.corpus.lots():
        hashes = grams(ids, GRAM)
        first = whose[: len(hashes)]
        hashes = mix(hashes ^ outlets[first])
        # A run that goes on into the next article is none.
        mine = (hashes % _SAMPLED == 0) & (first == whose[GRAM - 1 :])
        if parts > 1:
            mine &= (hashes // _SAMPLED) % np.uint64(parts) == part
        at = np.flatnonzero(mine)
        found.append(((hashes[at] >> _ARTICLE) << _ARTICLE) | first[at].astype(np.uint64))
    entries = np.concatenate(found) if found else np.empty(0, np.uint64)
    entries.sort()
    once: Numbers = entries[np.append(True, entries[1:] != entries[:-1])] if len(entries) else entries
    return once
