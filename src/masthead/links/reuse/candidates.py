"""Which pairs of articles are worth comparing: those that share runs of four words that few others have.

Of all runs of four words one in two is looked at, chosen by its hash, so the same ones in every article. For each,
an article is paired with the article that has it last before it in time, with the last such of another outlet,
and, unless very many have it, with the first of another outlet. That is at most three pairs per run, however many
copies there are, and those that matter: a copy's source is the first to hold its words, or copied them from the
first.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np

from masthead.links.arrays import Hashes, Ints, distinct
from masthead.reading.words import Ids, grams, mix

GRAM = 4
FEWEST_VOTES, ENOUGH_VOTES = 3, 6
"""Runs that a pair shares at least: three where the shorter article has 150 words, six where it has 300 or
more, since long articles share some by chance."""

_WORDS_PER_VOTE = 50
MOST_CANDIDATES = 24
MOST_FOR_FIRST = 200
"""Of a run of words that more articles hold, the first holder is no likely source: it is a common phrase."""

_SAMPLED = np.uint64(2)
_LOT = 16_000_000
DOC = np.uint64(24)
MOST_ARTICLES = 1 << 24


def find_candidates(
    lots: Callable[[], Iterator[tuple[Ids, Ints]]],
    total: int,
    outlets: Ints,
    counts: Ints,
    folder: Path,
    progress: Callable[[int, int], None] | None = None,
) -> Ints:
    """Return the pairs (n, 2) of articles, the later first, that share enough runs of words.

    `lots` gives, as often as it is asked, words and the article of each (its rank in time), article by
    article; `total` is how many words there are; `outlets` (n articles,) has each article's outlet as a
    number and `counts` (n articles,) its words. In `folder` lie, while this works, files without a name:
    memory holds a part of all runs, and the votes for a part of all articles, at a time.
    """
    parts = parts_for(total)
    pairs: list[Ints] = []
    with ExitStack() as stack:
        files = [stack.enter_context(tempfile.TemporaryFile(dir=folder)) for _ in range(parts)]
        for part in range(parts):
            votes = _pairs(sampled_runs(lots, part, parts), outlets)
            share = (votes >> DOC) * np.uint64(parts) // np.uint64(max(1, len(counts)))
            for number, file in enumerate(files):
                votes[share == number].tofile(file)
            if progress:
                progress(part + 1, parts)
        for file in files:
            file.seek(0)
            pairs.append(_most_voted(np.fromfile(file, np.uint64), counts))
    return np.concatenate(pairs)


def parts_for(total: int) -> int:
    """Return how many parts the hashes of so many words are taken in."""
    return max(1, -(-total // (2 * _LOT)))


def sampled_runs(
    lots: Callable[[], Iterator[tuple[Ids, Ints]]],
    part: int,
    parts: int,
    salt: Hashes | None = None,
) -> Hashes:
    """Return the sampled runs of one part of all hashes: 40 bits of hash, 24 of the article, sorted, each once.

    Where there is a `salt` (n articles,), only articles of one salt have a run in common.
    """
    runs: list[Hashes] = []
    for ids, articles in lots():
        hashes = grams(ids, GRAM)
        first = articles[: len(hashes)]
        if salt is not None:
            hashes = mix(hashes ^ salt[first])
        # A run that goes on into the next article is none.
        mine = (hashes % _SAMPLED == 0) & (first == articles[GRAM - 1 :])
        if parts > 1:
            mine &= (hashes // _SAMPLED) % np.uint64(parts) == part
        at = np.flatnonzero(mine)
        runs.append(((hashes[at] >> DOC) << DOC) | first[at].astype(np.uint64))
    return distinct(np.concatenate([np.empty(0, np.uint64), *runs]))


def _pairs(entries: Hashes, outlets: Ints) -> Hashes:
    """Return, as article << 24 | earlier article, whom each entry votes for."""
    if not len(entries):
        return entries
    hashes = entries >> DOC
    opens = np.append(True, hashes[1:] != hashes[:-1])
    first = np.flatnonzero(opens)
    sizes = np.diff(np.append(first, len(entries)))
    in_several = np.repeat(sizes > 1, sizes)
    entries, opens = entries[in_several], opens[in_several]
    articles = (entries & np.uint64(MOST_ARTICLES - 1)).astype(np.int64)
    if not len(articles):
        return np.empty(0, np.uint64)
    group = np.cumsum(opens) - 1
    first = np.flatnonzero(opens)
    sizes = np.diff(np.append(first, len(articles)))
    whose = outlets[articles]
    # Stretches of one outlet within a group: what stands just before a stretch is the last of another outlet.
    turns = opens | np.append(True, whose[1:] != whose[:-1])
    stretch = np.flatnonzero(turns)
    number = np.cumsum(turns) - 1
    at = np.arange(len(articles))
    last = at - 1
    last_other = stretch[number] - 1
    opening_stretch = number[first][group]
    second = np.append(stretch, len(articles))[opening_stretch + 1]
    first_other = np.where(whose[first][group] != whose, first[group], second)
    few = (sizes <= MOST_FOR_FIRST)[group]
    begins = first[group]
    votes = (
        (last, at > begins),
        (last_other, (last_other >= begins) & (last_other != last)),
        (first_other, few & (first_other < at) & (first_other < last_other)),
    )
    keys = [
        (articles[at[votes_so]].astype(np.uint64) << DOC) | articles[other[votes_so]].astype(np.uint64)
        for other, votes_so in votes
    ]
    return np.concatenate(keys)


def _most_voted(votes: Hashes, words: Ints) -> Ints:
    """Keep, for each article, the pairs with the most votes; of as many, the earlier."""
    pairs, counts = np.unique(votes, return_counts=True)
    some = counts >= FEWEST_VOTES
    pairs, counts = pairs[some], counts[some]
    later = (pairs >> DOC).astype(np.int64)
    earlier = (pairs & np.uint64(MOST_ARTICLES - 1)).astype(np.int64)
    shorter = np.minimum(words[later], words[earlier])
    enough = counts >= np.minimum(shorter // _WORDS_PER_VOTE, ENOUGH_VOTES)
    later, earlier, counts = later[enough], earlier[enough], counts[enough]
    order = np.lexsort((earlier, -counts, later))
    later, earlier = later[order], earlier[order]
    first = np.flatnonzero(np.append(True, later[1:] != later[:-1])) if len(later) else later
    place = np.arange(len(later)) - np.repeat(first, np.diff(np.append(first, len(later))))
    is_candidate = place < MOST_CANDIDATES
    return np.stack([later[is_candidate], earlier[is_candidate]], axis=1)


def with_first_copies(pairs: Ints, group: Ints, outlets: Ints) -> Ints:
    """Return the pairs, and for each article those with the first of its copies and with the first of
    another outlet.

    Of very many copies `find_candidates` pairs each with those just before it alone, which may be too near
    in time to tell who was first. `group` numbers the articles (in order of time) by which are copies of which.
    """
    order = np.argsort(group, kind="stable")
    groups = group[order]
    begins = np.searchsorted(groups, groups)
    first = order[begins]
    # Per group, the first article whose outlet is not that of the group's first.
    other = np.flatnonzero(outlets[order] != outlets[first])
    mixed_groups, at = np.unique(groups[other], return_index=True)
    place = np.minimum(np.searchsorted(mixed_groups, groups), max(len(mixed_groups) - 1, 0))
    second = (
        np.where(mixed_groups[place] == groups, order[other[at]][place], order)
        if len(mixed_groups)
        else order
    )
    first_copies = np.concatenate([np.stack([order, first], axis=1), np.stack([order, second], axis=1)])
    both = np.concatenate([pairs, first_copies[first_copies[:, 1] < first_copies[:, 0]]])
    return np.unique(both, axis=0)
