"""Which pairs of an outlet's articles are looked at: never all, so that ten thousand copies take ten thousand looks.

Three ways lead to a pair, each in order of time: the article before it on the same page, and the one before that; the
article before it whose text is the same, word for word; and an article that was, for many runs of four words of this
one, the last of the outlet to hold them. The last takes the runs of a part of all hashes at a time.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from masthead.links.arrays import Flags, Hashes, Ints
from masthead.links.repeats.articles import Articles
from masthead.links.reuse.candidates import DOC, MOST_ARTICLES, parts_for, sampled_runs
from masthead.reading.words import mix

LESS_THAN_DAYS = 7
"""Two versions are less than so many days apart: what comes every week is a series."""

_LIKELY = 0.4
"""The share of the runs of the shorter text that leads to a pair."""

_MASK = np.uint64(MOST_ARTICLES - 1)

Progress = Callable[[int, int], None]


def likely_pairs(articles: Articles, progress: Progress) -> Ints:
    """Return pairs (n, 2) of articles of one outlet, the later first, ordered.

    Those whose days are known lie less than a week apart, but for a page that was found as it was.
    """
    pairs = np.concatenate(
        [
            _before(articles.page, 1),
            _before(articles.page, 2),
            _before(np.where(articles.corpus.counts > 0, articles.text, -1), 1),
            _sharing(articles, progress),
        ]
    )
    later, earlier = pairs.T
    pairs = pairs[_within(articles, later, earlier) | articles.crawled_again(later, earlier)]
    return np.unique(pairs, axis=0)


def _within(articles: Articles, later: Ints, earlier: Ints) -> Flags:
    has_days = articles.has_day[later] & articles.has_day[earlier]
    within: Flags = ~has_days | (np.abs(articles.day[later] - articles.day[earlier]) < LESS_THAN_DAYS)
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
    parts = parts_for(len(corpus.ids))
    runs = np.zeros(len(corpus), np.int64)
    votes: list[Hashes] = []
    salt = mix(corpus.outlet.astype(np.uint64) + np.uint64(1))
    for part in range(parts):
        entries = sampled_runs(corpus.lots, part, parts, salt)
        holder = (entries & _MASK).astype(np.int64)
        runs += np.bincount(holder, minlength=len(corpus))
        hashes = entries >> DOC
        same = np.flatnonzero(hashes[1:] == hashes[:-1])
        later, earlier = holder[same + 1], holder[same]
        mine = _within(articles, later, earlier)
        votes.append((later[mine].astype(np.uint64) << DOC) | earlier[mine].astype(np.uint64))
        progress(part + 1, parts)
    pairs, counts = np.unique(np.concatenate(votes), return_counts=True)
    later, earlier = (pairs >> DOC).astype(np.int64), (pairs & _MASK).astype(np.int64)
    likely = counts >= _LIKELY * np.minimum(runs[later], runs[earlier])
    return np.stack([later[likely], earlier[likely]], axis=1)
