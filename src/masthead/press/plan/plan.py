"""Draws, once per seed, everything the press plants: who names whom how and from when, and the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from masthead.errors import UsageError, nearest
from masthead.press.plan.allegiances import Allegiances, draw_allegiances
from masthead.press.plan.habits import Habit, draw_habits
from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import (
    ACCORD,
    BROTHERS,
    COMPANY,
    COUNCIL,
    DAYS,
    FRONT,
    GUARD,
    LEVY,
    MASCK,
    QUILLON,
    ROLES,
    TASMER,
    TEVETH,
    VERRIN,
)
from masthead.press.writing.sayings import Borrowing, Foretelling, draw_borrowing, draw_foretelling

PLANTS = ("naming", "change", "attention", "portrayal", "silence", "gap", "copy", "voice", "style")
"""Everything that is planted unless it is said what; the null press plants none of it."""

ASKED_FOR = (
    "habit", "boycott", "holes", "allegiance", "phrases", "wordings", "forecasts", "guesses", "bold",
)  # fmt: skip
"""What is planted only where it is asked for by name: outlets' innocent habits, many boycotts, many gaps, leanings that
follow one factor; parties' wordings that an outlet borrows, or that nobody does; forecasts of outlets that are right
more and less often, or all alike. `bold` moves nothing of what else is planted but the size of changes and silences, so
that a press of some thousand articles can show them."""

PULL = 2.4
"""How strongly a leaning pulls an outlet towards the label families of its sign."""

_BLOCS = {
    VERRIN: 1,
    GUARD: 1,
    TEVETH: 1,
    COMPANY: 1,
    TASMER: -1,
    MASCK: -1,
    FRONT: -1,
    QUILLON: -1,
    BROTHERS: -1,
}
AGENCY_INDEX = 0
_DAILY_INDEX, _BELL_INDEX = 4, 6
_SCANDALOUS = (TEVETH, MASCK, COMPANY, GUARD, VERRIN, TASMER)
_BOYCOTTED = (*_SCANDALOUS, FRONT, QUILLON, BROTHERS, ACCORD)
_BOYCOTTS = 8
_TURNED_FROM, _TURNED_TO = 0.8, -0.9
_PASSED_OVER = ((2, COUNCIL), (5, LEVY), (6, COMPANY), (7, MASCK))
"""Outlets and the subjects that a bold press has them pass over; of each, many stories are told."""


@dataclass(frozen=True)
class Stretch:
    """Label probabilities of one outlet for one role, from a day on until the next stretch."""

    start: int
    probabilities: tuple[float, ...]


@dataclass(frozen=True)
class Change:
    """From `day` on the outlet names the role with other probabilities."""

    outlet: int
    role: int
    day: int


@dataclass(frozen=True)
class Silence:
    """The outlet leaves out, at this rate, stories that speak against the role, between two days.

    With `whatever` it leaves out every story in which the role is the one who acts or the one it happens to,
    whatever the story says.
    """

    outlet: int
    role: int
    start: int
    end: int
    rate: float
    whatever: bool = False

    def concerns(self, roles: dict[str, int], day: int, adverse: bool) -> bool:
        """Whether it is a story of these roles that is to be left out."""
        if not roles or not self.start <= day <= self.end:
            return False
        if self.whatever:
            return self.role in (roles["A"], roles["B"])
        return adverse and self.role == roles["A"]


@dataclass(frozen=True)
class Gap:
    """The archive holds nothing of the outlet from `start` to `end`, both days included."""

    outlet: int
    start: int
    end: int


@dataclass(frozen=True)
class Copying:
    """How often an outlet takes over another's article, and in which manner (whole, cut, edited)."""

    copier: int
    source: int
    rate: float
    manners: tuple[float, float, float]
    gives_credit: bool


@dataclass(frozen=True)
class Plan:
    """All planted facts, by index of outlet and role."""

    naming: tuple[tuple[tuple[Stretch, ...], ...], ...]
    portrayal: tuple[tuple[float, ...], ...]
    attention: tuple[tuple[float, ...], ...]
    voice: tuple[tuple[float, ...], ...]
    changes: tuple[Change, ...]
    silences: tuple[Silence, ...]
    gaps: tuple[Gap, ...]
    copying: tuple[Copying, ...]
    has_styles: bool
    drift: float
    habits: tuple[Habit, ...] = ()
    allegiances: Allegiances | None = None
    borrowing: Borrowing | None = None
    foretelling: Foretelling | None = None

    def families(self, outlet: int, role: int, day: int) -> Stretch:
        """The label probabilities in force on a day."""
        stretches = self.naming[outlet][role]
        in_force = stretches[0]
        for stretch in stretches[1:]:
            if stretch.start <= day:
                in_force = stretch
        return in_force

    def shares(self, outlet: int, role: int, day: int) -> tuple[float, ...]:
        """The label probabilities on a day, drift included: it moves share from the first family to the next,
        evenly over the period, in all outlets alike."""
        shares = self.families(outlet, role, day).probabilities
        if not self.drift:
            return shares
        shift = max(-shares[1], min(shares[0], self.drift * (day / DAYS - 0.5)))
        return (shares[0] - shift, shares[1] + shift, *shares[2:])

    def in_gap(self, outlet: int, day: int) -> bool:
        """Whether the collection has a hole there."""
        return any(g.outlet == outlet and g.start <= day <= g.end for g in self.gaps)


def speaker_leaning(speaker: int, role: int) -> float:
    """How a speaker leans towards a role: to its own side, against the other, else not at all."""
    if speaker == role:
        return 0.9
    return 0.9 * _BLOCS.get(speaker, 0) * _BLOCS.get(role, 0)


def probabilities(role: int, leaning: float) -> tuple[float, ...]:
    """The label families' probabilities of a role for a leaning from −1 to 1."""
    weights = [f.weight * math.exp(PULL * f.valence * leaning) for f in ROLES[role].families]
    return tuple(w / sum(weights) for w in weights)


def check_plants(plants: frozenset[str]) -> None:
    """Raise UsageError for a name that nothing planted has."""
    names = (*PLANTS, *ASKED_FOR)
    for name in sorted(plants - frozenset(names)):
        raise UsageError(f"the press cannot plant '{name}'", "something it can plant", nearest(name, names))


def draw_plan(seed: int, plants: frozenset[str], *, few: bool = False, drift: float = 0.0) -> Plan:
    """Draw the planted facts of a seed. Each kind has draws of its own, so that one does not move another.

    With `few`, changes and silences come one at a time, with all else alike: the shape of a validation press.
    """
    check_plants(plants)
    leanings = _leanings(Random(f"{seed}/leanings"))
    allegiances = draw_allegiances(Random(f"{seed}/allegiance")) if "allegiance" in plants else None
    if allegiances:
        leanings = allegiances.leanings()
        plants |= {"naming", "portrayal"}
    alike = tuple(0.0 for _ in ROLES)
    naming_leanings = leanings if "naming" in plants else [list(alike) for _ in OUTLETS]
    naming: list[list[tuple[Stretch, ...]]] = [
        [(Stretch(0, probabilities(r, naming_leanings[o][r])),) for r in range(len(ROLES))]
        for o in range(len(OUTLETS))
    ]
    bold = "bold" in plants
    changes = (
        _changes(Random(f"{seed}/change"), naming_leanings, naming, few=few, bold=bold)
        if "change" in plants
        else ()
    )
    return Plan(
        naming=tuple(tuple(row) for row in naming),
        portrayal=_portrayal(leanings) if "portrayal" in plants else tuple(alike for _ in OUTLETS),
        attention=_attention(Random(f"{seed}/attention"), leanings, "attention" in plants),
        voice=_voice(leanings) if "voice" in plants else tuple(tuple(1.0 for _ in ROLES) for _ in OUTLETS),
        changes=changes,
        silences=(
            *(
                _silences(Random(f"{seed}/silence"), leanings, few=few, bold=bold)
                if "silence" in plants
                else ()
            ),
            *(_boycotts(Random(f"{seed}/boycott")) if "boycott" in plants else ()),
        ),
        gaps=(
            *(_gaps(Random(f"{seed}/gap")) if "gap" in plants else ()),
            *(_holes(Random(f"{seed}/holes")) if "holes" in plants else ()),
        ),
        copying=_copying(Random(f"{seed}/copy")) if "copy" in plants else (),
        has_styles="style" in plants,
        drift=drift,
        habits=draw_habits(Random(f"{seed}/habit"), len(OUTLETS)) if "habit" in plants else (),
        allegiances=allegiances,
        borrowing=draw_borrowing(Random(f"{seed}/phrases"), alike="phrases" not in plants)
        if plants & {"phrases", "wordings"}
        else None,
        foretelling=draw_foretelling(Random(f"{seed}/forecasts"), alike="forecasts" not in plants)
        if plants & {"forecasts", "guesses"}
        else None,
    )


def _leanings(rng: Random) -> list[list[float]]:
    """The outlets' leanings, with a little of the seed's own in each."""
    return [
        [max(-1.0, min(1.0, o.leanings.get(r, 0.0) + rng.uniform(-0.08, 0.08))) for r in range(len(ROLES))]
        for o in OUTLETS
    ]


def _changes(
    rng: Random,
    leanings: list[list[float]],
    naming: list[list[tuple[Stretch, ...]]],
    *,
    few: bool,
    bold: bool,
) -> tuple[Change, ...]:
    """Turn one to three pairs of outlet and role round on a day of the middle of the period; bold: from end to end."""
    candidates = [(o, r) for o in range(1, len(OUTLETS)) for r in (FRONT, GUARD, VERRIN, TASMER, QUILLON)]
    pairs = [(4, FRONT), (5, VERRIN), (3, GUARD)] if not few else [rng.choice(candidates)]
    changes = []
    for outlet, role in pairs:
        day = rng.randrange(DAYS * 3 // 10, DAYS * 7 // 10)
        before = leanings[outlet][role]
        if few:
            naming[outlet][role] = (Stretch(0, probabilities(role, 0.7)),)
        after = -0.7 if few or before > -0.2 else 0.7
        if bold:
            naming[outlet][role] = (Stretch(0, probabilities(role, _TURNED_FROM)),)
            after = _TURNED_TO
        naming[outlet][role] = (*naming[outlet][role], Stretch(day, probabilities(role, after)))
        changes.append(Change(outlet, role, day))
    return tuple(changes)


def _portrayal(leanings: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(round(0.85 * value, 3) for value in row) for row in leanings)


def _attention(rng: Random, leanings: list[list[float]], differs: bool) -> tuple[tuple[float, ...], ...]:
    """Rates relative to 1: outlets write more of those they care about, whichever way."""
    if not differs:
        return tuple(tuple(1.0 for _ in ROLES) for _ in OUTLETS)
    return tuple(
        tuple(round(0.75 + 0.6 * abs(value) + rng.uniform(-0.15, 0.15), 3) for value in row)
        for row in leanings
    )


def _voice(leanings: list[list[float]]) -> tuple[tuple[float, ...], ...]:
    """How readily an outlet quotes a speaker, relative to 1."""
    return tuple(tuple(round(math.exp(1.1 * value), 3) for value in row) for row in leanings)


def _silences(rng: Random, leanings: list[list[float]], *, few: bool, bold: bool) -> tuple[Silence, ...]:
    """The fondest outlets leave out what speaks against those they are fond of; bold: four, everything about one."""
    if bold:
        return tuple(Silence(o, r, 0, DAYS - 1, 0.95, whatever=True) for o, r in _PASSED_OVER)
    fond = sorted(((leanings[o][r], o, r) for o in range(len(OUTLETS)) for r in _SCANDALOUS), reverse=True)
    pairs = [(o, r) for _, o, r in fond[:4]]
    if few:
        pairs = [(rng.randrange(1, len(OUTLETS)), rng.choice(_SCANDALOUS))]
    return tuple(Silence(o, r, 0, DAYS - 1, 0.95) for o, r in pairs)


def _boycotts(rng: Random) -> tuple[Silence, ...]:
    """Eight pairs of outlet and role: half leave out what speaks against it, half everything about it.

    One in four begins within the first third of the period, the others stand throughout.
    """
    pairs: list[Silence] = []
    while len(pairs) < _BOYCOTTS:
        whatever = len(pairs) % 2 == 1
        outlet, role = rng.randrange(1, len(OUTLETS)), rng.choice(_BOYCOTTED if whatever else _SCANDALOUS)
        start = rng.randrange(DAYS // 3) if rng.random() < 0.25 else 0
        rate = round(rng.uniform(0.9, 1.0), 3)
        if (outlet, role) not in [(pair.outlet, pair.role) for pair in pairs]:
            pairs.append(Silence(outlet, role, start, DAYS - 1, rate, whatever))
    return tuple(pairs)


def _gaps(rng: Random) -> tuple[Gap, ...]:
    """Two or three outlets miss three to eleven weeks."""
    gaps = []
    for outlet in rng.sample(range(1, len(OUTLETS)), 3):
        length = rng.randrange(21, 80)
        start = rng.randrange(60, DAYS - 60 - length)
        gaps.append(Gap(outlet, start, start + length - 1))
    return tuple(sorted(gaps, key=lambda g: g.outlet))


def _holes(rng: Random) -> tuple[Gap, ...]:
    """Every outlet but the agency misses one to four stretches of four to sixty days."""
    gaps = []
    for outlet in range(1, len(OUTLETS)):
        for _ in range(rng.randrange(1, 5)):
            length = rng.randrange(4, 61)
            start = rng.randrange(DAYS - length)
            gaps.append(Gap(outlet, start, start + length - 1))
    return tuple(gaps)


def _copying(rng: Random) -> tuple[Copying, ...]:
    """The agency's customers, and one outlet that lifts from another and does not say so."""
    customers = [o for o in range(1, len(OUTLETS)) if o not in (_BELL_INDEX,)]
    rows = [
        Copying(o, AGENCY_INDEX, round(rng.uniform(0.15, 0.5), 3), manner, gives_credit=o % 3 != 0)
        for o, manner in zip(
            rng.sample(customers, 5),
            ((0.9, 0.1, 0.0), (0.2, 0.7, 0.1), (0.1, 0.2, 0.7), (0.4, 0.3, 0.3), (0.0, 0.3, 0.7)),
            strict=True,
        )
    ]
    rows.append(Copying(_BELL_INDEX, _DAILY_INDEX, 0.35, (0.0, 0.3, 0.7), gives_credit=False))
    return tuple(sorted(rows, key=lambda c: c.copier))
