"""What a shared term or number says about two articles, learned from the archive itself.

A term tells more the fewer articles have it (inverse document frequency), and the more the articles that have
it come together in time: a name that stands in ten articles of one week tells of an event, one that stands in
ten articles of three years tells of a beat. A number that two articles put to the same thing differently (`four
boats`, `six boats`) speaks against one story, less where that thing is counted everywhere (`years`), and not
where nearly all articles give the same number anyway.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from masthead.links.arrays import distinct
from masthead.links.stories.terms import COUNTED, TERMS, Ids, Read, Whole

Weights = npt.NDArray[np.float32]

_LEAST_LIFT = 1.5
"""Coming together by less than this many times chance says nothing."""

_TELLING_LIFT = 3.0
"""Where an archive is too short for lifts of e³, document frequency counts for what is missing."""

_LOT = 1 << 24

_COMMON_COUNT = 6.0
"""The inverse document frequency (natural logarithm) from which on a number has its full weight."""


class Learned(NamedTuple):
    """Weights by id: of terms (0 up, no unit), and of what is counted (0 to 1)."""

    terms: Weights
    things: Weights


def learn(read: Read, day: Whole) -> Learned:
    """Weigh terms and counts by the articles that have them; articles are in the order of their `day`."""
    return Learned(_term_weights(read, day), _count_weights(read, len(day)))


def _term_weights(read: Read, day: Whole) -> Weights:
    of = _articles_with(read.terms.ids)
    near = _near_pairs(read.terms.ids, read.terms.starts, day)
    n = float(len(day))
    _, many = np.unique(day, return_counts=True)
    follows = np.diff(np.unique(day)) == 1
    all_near = float((many * (many - 1) / 2).sum() + (many[1:] * many[:-1])[follows].sum())
    chance = max(all_near, 1.0) / max(n * (n - 1) / 2, 1.0)
    weights = np.zeros(TERMS, np.float32)
    telling = np.flatnonzero((of > 1) & (of < n))
    pairs = of[telling] * (of[telling] - 1) / 2
    lift = np.log((near[telling] + 0.02) / (pairs + 1) / (chance * _LEAST_LIFT))
    # In a month of articles nothing can come together more than it does by chance.
    rest = max(0.0, _TELLING_LIFT + np.log(chance))
    weights[telling] = (np.maximum(lift, 0) + rest) * np.log(n / of[telling]) ** 1.5
    return weights


def _articles_with(ids: Ids) -> Weights:
    """Count for every term the articles that have it, some at a time: taking the title's bit off makes a copy."""
    of = np.zeros(TERMS, np.float32)
    for start in range(0, len(ids), _LOT):
        # Only the terms that are there are touched: of a small archive that is one in hundreds.
        np.add.at(of, ids[start : start + _LOT] & np.int32(TERMS - 1), np.float32(1))
    return of


def _near_pairs(ids: Ids, starts: Whole, day: Whole) -> Weights:
    """Count for every term the pairs of articles that have it on one day or on a day and the next."""
    near = np.zeros(TERMS, np.float32)
    before, before_many, last = np.empty(0, np.int32), np.empty(0, np.float32), None
    edges = np.append(np.flatnonzero(np.diff(day, prepend=day[:1] - 1)), len(day))
    for start, stop in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True):
        here, counts = np.unique(ids[starts[start] : starts[stop]] & np.int32(TERMS - 1), return_counts=True)
        many = counts.astype(np.float32)
        near[here] += many * (many - 1) / 2
        if last is not None and day[start] == last + 1:
            _, at, at_before = np.intersect1d(here, before, assume_unique=True, return_indices=True)
            near[here[at]] += many[at] * before_many[at_before]
        before, before_many, last = here, many, day[start]
    return near


def _count_weights(read: Read, articles: int) -> Weights:
    of = counted_postings(read)[0]
    having = np.bincount(of, minlength=COUNTED).astype(np.float64)
    _, first, many = np.unique(read.counts.ids, return_index=True, return_counts=True)
    agreeing = np.bincount(read.counted_of[first], weights=many * (many - 1) / 2, minlength=COUNTED)
    agree = np.minimum(1.0, (agreeing + 0.5) / (having * (having - 1) / 2 + 1))
    rare = np.log(max(articles, 1) / np.maximum(having, 1)) / _COMMON_COUNT
    return ((1 - agree) * np.clip(rare, 0, 1)).astype(np.float32)


def counted_postings(read: Read) -> tuple[Ids, Whole]:
    """Return what each article counts, each thing once per article, and the article of each."""
    article = np.repeat(np.arange(len(read.counts.starts) - 1), np.diff(read.counts.starts))
    keys = distinct(article * COUNTED + read.counted_of)
    return (keys % COUNTED).astype(np.int32), keys // COUNTED
