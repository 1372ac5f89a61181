"""Which phrases are whose: what tells each party's words from the others', whichever outlet is left out.

What an outlet quotes is its own choice, and often its own translation. So a phrase is a party's only if it would be
without what any one of the outlets brings, the one that is measured included. All outlets are measured by the same
phrases: with lists of its own each would differ from the others for its list alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from masthead.inference.distinctive import log_odds
from masthead.links.arrays import distinct

LEAST_Z = 1.28
"""A phrase is a party's where its z is at least this: nine in ten on one side. It ranks, and is no test: a phrase that
got into a list by chance is used by all alike, and only dilutes."""

FEWEST_EVENTS = 3
"""It has to stand in the party's words in so many stories."""

LEAST_ODDS = 2.0
"""And where its odds of using it are so many times those of all others: a common word that it uses a little more often
is no phrase of its own, however sure that is."""

FEWEST, MOST = 20, 150
"""A party needs so many phrases, and the first so many are its list."""

FEWEST_LEFT = 10
"""So many of them have to be left to it without what an outlet brings, for that outlet to be measured."""

LEFT = 1 / 3
"""And this share of them."""

CHANCE, DRAWS = 0.05, 39
"""A party has wording of its own where no more than this share of so many shuffles give it as many phrases."""

PRIOR = 0.1
"""The prior is worth this share of all that the parties say: then a phrase that nobody else uses is told by four or
five uses. (A prior of ten uses, as for labels, would have such phrases come last.)"""

_SEED = 20080716

Counts = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


class Said(NamedTuple):
    """What was said: one row per `party`, `story` and `phrase` that the party says in it, each combination once.

    Four arrays of one length, of places; `outlet` is that which alone has it in this story, or -1 where several have.
    `hashes` are by phrase, and no two are the same. `longer` and `shorter` are of one length too: phrases, and a phrase
    that stands inside each.
    """

    party: Whole
    story: Whole
    phrase: Whole
    outlet: Whole
    hashes: npt.NDArray[np.uint64]
    longer: Whole
    shorter: Whole


@dataclass(frozen=True)
class Lists:
    """The lists: which phrases (places) are which party's, the most telling first; empty where it takes no part.

    `stories` (in which the party says it), `log_odds` and `z` are of all outlets together, by party and phrase.
    `own_counts` is how many phrases each party has of its own, whoever teaches them, and `chance` how many it has on
    average where who says what is shuffled. `left_out` says which outlets cannot be measured: it maps their places to
    the party that they teach too much of.
    """

    of_party: list[Whole]
    stories: Counts
    log_odds: Counts
    z: Counts
    own_counts: list[int]
    chance: list[float]
    left_out: dict[int, int] = field(default_factory=dict)


def learn(sayings: Said, parties: int, outlets: int) -> Lists:
    """Learn which of the phrases that parties say through `outlets` are whose.

    A phrase counts once per story, and not where it stands inside a longer one that is some party's. It belongs to the
    party with the largest z, if that is at least `LEAST_Z`, the party's odds of using it are `LEAST_ODDS` times the
    others' and it says it in `FEWEST_EVENTS` stories; to nobody where two parties share that z; and all this without
    what any one outlet brings. Of phrases with one z those in more stories come first, then by their hash. A party
    takes part if `FEWEST` phrases are its own, and more than shuffling would give it (`CHANCE`), and `FEWEST_LEFT`
    stay; with fewer than two that do, every list is empty. Neither names nor the order of rows has a part in what is
    shuffled.

    Source: Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 2008; phrases inside longer ones are left out
    of the count as terms are in Frantzi, Ananiadou and Mima, Automatic recognition of multi-word terms, 2000.
    """
    nesting = _Nested(sayings)
    stories, inside = nesting.count(sayings.party, parties)
    ratio, z = _log_odds_of(stories)
    own = _own(stories, ratio, z)
    by_shuffle: Counts = np.zeros((1, parties))
    if own.any():
        by_shuffle = np.array([_many(nesting, party, parties) for party in _shuffles(sayings, parties)])
    by_luck = (1 + (by_shuffle >= own.sum(axis=1)).sum(axis=0)) / (1 + len(by_shuffle))
    able = [at for at in range(parties) if own[at].sum() >= FEWEST and by_luck[at] <= CHANCE]
    own_counts, chance = own.sum(axis=1).tolist(), by_shuffle.mean(axis=0).tolist()
    stay, left_out = own.copy(), dict[int, int]()
    alone = np.flatnonzero((sayings.outlet >= 0) & ~inside)
    alone = alone[np.argsort(sayings.outlet[alone], kind="stable")]
    starts = np.searchsorted(sayings.outlet[alone], np.arange(outlets + 1))
    for outlet in range(outlets if len(able) > 1 else 0):
        rows = alone[starts[outlet] : starts[outlet + 1]]
        if not len(rows):
            continue
        others = stories.copy()
        np.subtract.at(others, (sayings.party[rows], sayings.phrase[rows]), 1.0)
        without = own & _own(others, *_log_odds_of(others))
        left = {p: without[p].sum() / own[p].sum() for p in able}
        if any(without[p].sum() < max(FEWEST_LEFT, LEFT * own[p].sum()) for p in able):
            left_out[outlet] = min(able, key=lambda p: left[p])
        else:
            stay &= without
    able = [p for p in able if stay[p].sum() >= FEWEST_LEFT]
    stay[[p for p in range(parties) if len(able) < 2 or p not in able]] = False
    return Lists(
        _first_phrases(stay, stories, z, sayings.hashes), stories, ratio, z, own_counts, chance, left_out
    )


class _Nested:
    """Counts the stories of phrases, and leaves out where they stand inside a longer phrase that is some party's."""

    def __init__(self, sayings: Said) -> None:
        self._said = sayings
        order = np.argsort(sayings.longer, kind="stable")
        self._parts = sayings.shorter[order]
        self._starts = np.searchsorted(sayings.longer[order], np.arange(len(sayings.hashes) + 1))
        # 0 of phrases that hold no other, 1 of those that hold only such, 2 of those that hold these.
        holds = np.diff(self._starts) > 0
        self._depth = holds.astype(np.int64)
        self._depth[sayings.longer[holds[sayings.shorter]]] = 2
        self._last = int(sayings.story.max(initial=0)) + 1

    def count(self, party: Whole, parties: int) -> tuple[Counts, npt.NDArray[np.bool_]]:
        """Count stories by party and phrase, each once, where `party` says each row; and say which rows are left out.

        The longest phrases are counted first: what is inside those that are somebody's is then left out.
        """
        sayings, size = self._said, len(self._said.hashes)
        keys = (party * size + sayings.phrase) * self._last + sayings.story
        once = distinct(keys)
        counts = np.bincount(once // self._last, minlength=parties * size).astype(np.float64)
        full = counts.reshape(parties, size)
        stories, inner = full, np.empty(0, np.int64)
        for depth in (2, 1):
            at = self._depth == depth
            if not at.any():
                continue
            # All other phrases as one: the odds of these are the same.
            with_rest = np.append(stories[:, at], stories[:, ~at].sum(axis=1, keepdims=True), axis=1)
            is_own = np.zeros(size, np.bool_)
            is_own[at] = _own(with_rest, *_log_odds_of(with_rest))[:, :-1].any(axis=0)
            inner = distinct(np.append(inner, self._inside(party, is_own[sayings.phrase])))
            inner_once = inner[np.isin(inner, once, assume_unique=True)]
            less = np.bincount(inner_once // self._last, minlength=parties * size).astype(np.float64)
            stories = full - less.reshape(parties, size)
        return stories, np.isin(keys, inner)

    def _inside(self, party: Whole, rows: npt.NDArray[np.bool_]) -> Whole:
        """Return the keys of all that stands inside the phrases of some rows."""
        sayings = self._said
        at = np.flatnonzero(rows)
        begin, end = self._starts[sayings.phrase[at]], self._starts[sayings.phrase[at] + 1]
        many = end - begin
        place = np.repeat(begin - np.append(0, np.cumsum(many)[:-1]), many) + np.arange(many.sum())
        shorter = self._parts[place]
        row = np.repeat(at, many)
        keys: Whole = (party[row] * len(sayings.hashes) + shorter) * self._last + sayings.story[row]
        return keys


def _many(nesting: _Nested, party: Whole, parties: int) -> Counts:
    """Count the phrases of their own that parties have where `party` says each row."""
    stories, _ = nesting.count(party, parties)
    many: Counts = _own(stories, *_log_odds_of(stories)).sum(axis=1, dtype=np.float64)
    return many


def _log_odds_of(stories: Counts) -> tuple[Counts, Counts]:
    """Return log-odds and z of every party and phrase; 0 for phrases that nobody says."""
    ratio, z = np.zeros_like(stories), np.zeros_like(stories)
    is_said = stories.sum(axis=0) > 0
    if is_said.any():
        ratio[:, is_said], z[:, is_said] = log_odds(stories[:, is_said], PRIOR * float(stories.sum()))
    return ratio, z


def _own(stories: Counts, ratio: Counts, z: Counts) -> npt.NDArray[np.bool_]:
    """Say of every party and phrase whether the phrase is the party's."""
    round_z = np.round(z, 9)
    best = round_z == round_z.max(axis=0, initial=0.0)
    own: npt.NDArray[np.bool_] = best & (best.sum(axis=0) == 1) & (z >= LEAST_Z)
    own &= (stories >= FEWEST_EVENTS) & (ratio >= np.log(LEAST_ODDS))
    return own


def _first_phrases(
    own: npt.NDArray[np.bool_], stories: Counts, z: Counts, hashes: npt.NDArray[np.uint64]
) -> list[Whole]:
    """Return the phrases of each party, the most telling first, at most `MOST`."""
    lists = []
    for at in range(len(own)):
        places = np.flatnonzero(own[at])
        order = np.lexsort((hashes[places], -stories[at, places], -np.round(z[at, places], 9)))
        lists.append(places[order][:MOST])
    return lists


def _shuffles(sayings: Said, parties: int) -> Iterator[Whole]:
    """Yield who says each row, with what is said in each story by one party given to any party at random.

    Every party keeps the number of stories that it speaks in.
    """
    last = int(sayings.story.max(initial=0)) + 1
    keys, bundle = np.unique(sayings.party * last + sayings.story, return_inverse=True)
    of_story = np.zeros(last, np.uint64)
    np.add.at(of_story, sayings.story, sayings.hashes[sayings.phrase])
    of_bundle, of_party = np.zeros(len(keys), np.uint64), np.zeros(parties, np.uint64)
    np.add.at(of_bundle, bundle, sayings.hashes[sayings.phrase])
    np.add.at(of_party, sayings.party, sayings.hashes[sayings.phrase])
    # By what is said alone: what a party is called, and which article came first, must not matter.
    place = np.empty(len(keys), np.int64)
    place[np.lexsort((of_story[keys % last], of_bundle))] = np.arange(len(keys))
    many = np.bincount(keys // last, minlength=parties)
    order = np.lexsort((of_party, many))
    labels = np.repeat(order, many[order])
    rng = np.random.default_rng(_SEED)
    for _ in range(DRAWS):
        yield rng.permutation(labels)[place][bundle]
