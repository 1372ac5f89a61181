"""Which phrases are whose: lists of what tells each party's words from the others', learnt without an outlet.

What an outlet quotes is its own choice, and often its own translation. So the phrases that an outlet is measured by are
learnt from all other outlets: each has lists of its own, as long for every outlet, that a party's share may not hang on
who taught.
"""

from __future__ import annotations

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
"""So many of them have to be left to it without what an outlet teaches, for that outlet to be measured."""

LEFT = 1 / 3
"""And this share of them."""

PRIOR = 0.1
"""The prior is worth this share of all that the parties say: then a phrase that nobody else uses is told by four
uses, by three it is not. (A prior of ten uses, as for labels, would have such phrases come last.)"""

Counts = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]


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
    """The lists: per outlet that can be measured, which phrases (places) are which party's, the most telling first.

    `log_odds` and `z` are of all outlets together, by party and phrase. `lengths` are how many phrases each party has
    in every list, 0 where it has none; `left_out` says why an outlet has no list: it maps its place to the party that
    it teaches too much of.
    """

    log_odds: Counts
    z: Counts
    lengths: list[int]
    of_outlet: dict[int, list[Whole]] = field(default_factory=dict)
    left_out: dict[int, int] = field(default_factory=dict)


def learn(stories: Counts, taught: Taught, outlets: int) -> Lists:
    """Learn which phrases are whose, for each of `outlets` from what all others bring.

    `stories` counts, by party and phrase, the stories in which the party says it. A phrase belongs to the party with
    the largest z, if that is at least `LEAST_Z`, the party's odds of using it are `LEAST_ODDS` times the others' and it
    says it in `FEWEST_EVENTS` stories; to nobody where two parties share that z. Of phrases with one z those in more
    stories come first, then by their place. With fewer than two
    parties that have `FEWEST` phrases every list is empty.

    Source: Monroe, Colaresi and Quinn, Fightin' Words, Political Analysis 2008.
    """
    ratio, z = _told(stories)
    whole = _listed(stories, ratio, z)
    parties = [at for at, one in enumerate(whole) if len(one) >= FEWEST]
    if len(parties) < 2:
        return Lists(ratio, z, [0] * len(stories))
    of_outlet: dict[int, list[Whole]] = {}
    left_out: dict[int, int] = {}
    order = np.argsort(taught.outlet, kind="stable")
    starts = np.searchsorted(taught.outlet[order], np.arange(outlets + 1))
    for outlet in range(outlets):
        own = order[starts[outlet] : starts[outlet + 1]]
        lists = whole
        if len(own):
            others = stories.copy()
            np.subtract.at(others, (taught.party[own], taught.phrase[own]), taught.stories[own])
            lists = _listed(others, *_told(others))
        short = [p for p in parties if len(lists[p]) < max(FEWEST_LEFT, LEFT * len(whole[p]))]
        if short:
            left_out[outlet] = min(short, key=lambda p: len(lists[p]) / len(whole[p]))
        else:
            of_outlet[outlet] = lists
    lengths = [
        min((len(lists[at]) for lists in of_outlet.values()), default=0) if at in parties else 0
        for at in range(len(stories))
    ]
    cut = {
        outlet: [one[:length] for one, length in zip(lists, lengths, strict=True)]
        for outlet, lists in of_outlet.items()
    }
    return Lists(ratio, z, lengths, cut, left_out)


def _told(stories: Counts) -> tuple[Counts, Counts]:
    """Return log-odds and z of every party and phrase; 0 for phrases that nobody says."""
    ratio, z = np.zeros_like(stories), np.zeros_like(stories)
    said = stories.sum(axis=0) > 0
    if said.any():
        ratio[:, said], z[:, said] = log_odds(stories[:, said], PRIOR * float(stories.sum()))
    return ratio, z


def _listed(stories: Counts, ratio: Counts, z: Counts) -> list[Whole]:
    """Return the phrases of each party, the most telling first, at most `MOST`."""
    rounded = np.round(z, 9)
    best = rounded.max(axis=0, initial=0.0)
    told = (rounded == best) & (z >= LEAST_Z) & (stories >= FEWEST_EVENTS)
    told &= ratio >= np.log(LEAST_ODDS)
    told &= (rounded == best).sum(axis=0) == 1
    found = []
    for at in range(len(stories)):
        places = np.flatnonzero(told[at])
        order = np.lexsort((places, -stories[at, places], -rounded[at, places]))
        found.append(places[order][:MOST])
    return found
