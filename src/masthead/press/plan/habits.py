"""What outlets do that is nobody's boycott: their size, growth, quiet weeks, free days, tastes and towns."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from masthead.press.plan.stories import FILLERS, KINDS, Story
from masthead.press.strait.places import TOWNS
from masthead.press.strait.subjects import DAYS, ROLES, START


@dataclass(frozen=True)
class Habit:
    """The habits of one outlet, each a factor by which its odds of running a story are multiplied.

    `size` holds for every story; `growth` is reached evenly over the period, from 1 at its start; `spells` are
    weeks in which it prints little (first day, last day); on the days of the week in `rests` (0 is Monday) it
    prints next to nothing; `kinds` holds its taste for kinds of stories, `interest` that for whoever they are
    about, by role; it prints more about its `towns`.
    """

    size: float
    growth: float
    spells: tuple[tuple[int, int], ...]
    rests: frozenset[int]
    kinds: dict[str, float]
    interest: tuple[float, ...]
    towns: frozenset[str]

    def rate(self, rate: float, story: Story) -> float:
        """The probability of a story that is `rate` without habits."""
        growth = math.exp(math.log(self.growth) * story.day / DAYS)
        odds = rate / (1 - rate) * self.size * growth * self.kinds[story.kind]
        if any(first <= story.day <= last for first, last in self.spells):
            odds *= 0.2
        if (START.weekday() + story.day) % 7 in self.rests:
            odds *= 0.08
        if story.facts["town"] in self.towns:
            odds *= 2.5
        if story.roles:
            odds *= self.interest[story.roles["A"]] * math.sqrt(self.interest[story.roles["B"]])
        return odds / (1 + odds)


def draw_habits(rng: Random, outlets: int) -> tuple[Habit, ...]:
    """Draw the habits of so many outlets: sizes from a third of the usual odds to twice them, and the rest."""
    names = [kind.name for kind in (*KINDS, *FILLERS)]
    habits = []
    for _ in range(outlets):
        spells = []
        for _ in range(rng.randrange(5)):
            first = rng.randrange(DAYS - 30)
            spells.append((first, first + rng.randrange(7, 30)))
        # One in three takes no interest at all in one of the kinds that concern nobody in particular.
        kinds = {name: math.exp(rng.gauss(0, 0.35)) for name in names}
        if rng.random() < 0.35:
            kinds[rng.choice(FILLERS).name] = 0.02
        habits.append(
            Habit(
                size=math.exp(rng.uniform(math.log(0.33), math.log(2))),
                growth=math.exp(rng.gauss(0, 0.4)),
                spells=tuple(spells),
                rests=rng.choice((frozenset(), frozenset(), frozenset((6,)), frozenset((5, 6)))),
                kinds=kinds,
                interest=tuple(math.exp(rng.gauss(0, 0.2)) for _ in ROLES),
                towns=frozenset(rng.sample(TOWNS, rng.randrange(4))),
            )
        )
    return tuple(habits)
