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
    """What was said: one row per `party`, `story` and `phrase` that the party says in it.

    Three arrays of one length, of places, each combination once; `hashes` are by phrase, and no two are the same.
    """

    party: Whole
    story: Whole
    phrase: Whole
    hashes: npt.NDArray[np.uint64]


class Taught(NamedTuple):
    """What outlets alone teach: of the stories in which `party` says `phrase`, so many `stories` only `outlet` has.

    Four arrays of one length: places in the lists of outlets, of parties and of phrases, and counts.
    """

    outlet: Whole
    party: Whole
    phrase: Whole
    stories: Counts


@dataclass(frozen=True)
class Lists:
    """The lists: which phrases (places) are which party's, the most telling first; empty where it takes no part.

    `stories` (in which the party says it), `log_odds` and `z` are of all outlets together, by party and phrase. `told`
    is how many phrases each party has of its own, whoever teaches them, and `chance` how many it has on average where
    who says what is shuffled. `left_out` says which outlets cannot be measured: it maps their places to the party that
    they teach too much of.
    """

    of_party: list[Whole]
    stories: Counts
    log_odds: Counts
    z: Counts
    told: list[int]
    chance: list[float]
    left_out: dict[int, int] = field(default_factory=dict)


def learn(said: Said, taught: Taught, parties: int, outlets: int) -> Lists:
    """Learn which of the phrases that parties say through `outlets` are whose.

    A phrase counts once per story. It belongs to the party with the largest z, if that is at least `LEAST_Z`, the
    party's odds of using it are `LEAST_ODDS` times the others' and it says it in `FEWEST_EVENTS` stories; to nobody
    where two parties share that z; and all this without what any one outlet brings. Of phrases with one z those in more
    stories come first, then by their hash. A party takes part if `FEWEST` phrases are its own, and more than shuffling
    would give it (`CHANCE`), and `FEWEST_LEFT` stay; with fewer than two that do, every list is empty. Neither names
    nor the order of rows has a part in what is shuffled.

    Source: Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 2008.
    """
    stories = _counted(said, said.party, parties)
    ratio, z = _told(stories)
    own = _own(stories, ratio, z)
    shuffled: Counts = np.zeros((1, parties))
    if own.any():
        shuffled = np.array(
            [_own(one, *_told(one)).sum(axis=1, dtype=np.float64) for one in _shuffled(said, parties)]
        )
    by_luck = (1 + (shuffled >= own.sum(axis=1)).sum(axis=0)) / (1 + len(shuffled))
    able = [at for at in range(parties) if own[at].sum() >= FEWEST and by_luck[at] <= CHANCE]
    told, chance = own.sum(axis=1).tolist(), shuffled.mean(axis=0).tolist()
    stay, left_out = own.copy(), dict[int, int]()
    order = np.argsort(taught.outlet, kind="stable")
    starts = np.searchsorted(taught.outlet[order], np.arange(outlets + 1))
    for outlet in range(outlets if len(able) > 1 else 0):
        alone = order[starts[outlet] : starts[outlet + 1]]
        if not len(alone):
            continue
        others = stories.copy()
        np.subtract.at(others, (taught.party[alone], taught.phrase[alone]), taught.stories[alone])
        without = own & _own(others, *_told(others))
        left = {p: without[p].sum() / own[p].sum() for p in able}
        if any(without[p].sum() < max(FEWEST_LEFT, LEFT * own[p].sum()) for p in able):
            left_out[outlet] = min(able, key=lambda p: left[p])
        else:
            stay &= without
    able = [p for p in able if stay[p].sum() >= FEWEST_LEFT]
    stay[[p for p in range(parties) if len(able) < 2 or p not in able]] = False
    return Lists(_listed(stay, stories, z, said.hashes), stories, ratio, z, told, chance, left_out)


def _told(stories: Counts) -> tuple[Counts, Counts]:
    """Return log-odds and z of every party and phrase; 0 for phrases that nobody says."""
    ratio, z = np.zeros_like(stories), np.zeros_like(stories)
    said = stories.sum(axis=0) > 0
    if said.any():
        ratio[:, said], z[:, said] = log_odds(stories[:, said], PRIOR * float(stories.sum()))
    return ratio, z


def _own(stories: Counts, ratio: Counts, z: Counts) -> npt.NDArray[np.bool_]:
    """Say of every party and phrase whether the phrase is the party's."""
    rounded = np.round(z, 9)
    best = rounded == rounded.max(axis=0, initial=0.0)
    own: npt.NDArray[np.bool_] = best & (best.sum(axis=0) == 1) & (z >= LEAST_Z)
    own &= (stories >= FEWEST_EVENTS) & (ratio >= np.log(LEAST_ODDS))
    return own


def _listed(
    own: npt.NDArray[np.bool_], stories: Counts, z: Counts, hashes: npt.NDArray[np.uint64]
) -> list[Whole]:
    """Return the phrases of each party, the most telling first, at most `MOST`."""
    found = []
    for at in range(len(own)):
        places = np.flatnonzero(own[at])
        order = np.lexsort((hashes[places], -stories[at, places], -np.round(z[at, places], 9)))
        found.append(places[order][:MOST])
    return found


def _counted(said: Said, party: Whole, parties: int) -> Counts:
    """Count the stories by party and phrase, each once, where `party` says each row."""
    size = len(said.hashes)
    if not size:
        return np.zeros((parties, 0))
    last = int(said.story.max(initial=0)) + 1
    # Sorting is many times faster here than numpy's own `unique`, which hashes.
    keys = np.sort((party * size + said.phrase) * last + said.story)
    once = keys[np.append(True, keys[1:] != keys[:-1])[: len(keys)]]
    return np.bincount(once // last, minlength=parties * size).reshape(parties, size).astype(np.float64)


def _shuffled(said: Said, parties: int) -> Iterator[Counts]:
    """Yield stories by party and phrase, with what is said in each story by one party given to any party at random.

    Every party keeps the number of stories that it speaks in.
    """
    last = int(said.story.max(initial=0)) + 1
    keys, bundle = np.unique(said.party * last + said.story, return_inverse=True)
    of_story = np.zeros(last, np.uint64)
    np.add.at(of_story, said.story, said.hashes[said.phrase])
    of_bundle, of_party = np.zeros(len(keys), np.uint64), np.zeros(parties, np.uint64)
    np.add.at(of_bundle, bundle, said.hashes[said.phrase])
    np.add.at(of_party, said.party, said.hashes[said.phrase])
    # By what is said alone: what a party is called, and which article came first, must not matter.
    place = np.empty(len(keys), np.int64)
    place[np.lexsort((of_story[keys % last], of_bundle))] = np.arange(len(keys))
    many = np.bincount(keys // last, minlength=parties)
    order = np.lexsort((of_party, many))
    labels = np.repeat(order, many[order])
    rng = np.random.default_rng(_SEED)
    for _ in range(DRAWS):
        yield _counted(said, rng.permutation(labels)[place][bundle], parties)
