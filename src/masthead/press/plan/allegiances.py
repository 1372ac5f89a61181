"""Allegiances: outlets that side with subjects as one thing about them says, whatever else may be true of them."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from masthead.press.strait.outlets import OUTLETS
from masthead.press.strait.subjects import ROLES

LOYALTY = 0.85
"""How strongly a loyal outlet leans with what it follows, or against it."""

_LOYAL, _EXCEPTIONS, _TURNED = 4, 2, 4


@dataclass(frozen=True)
class Allegiances:
    """What loyal outlets follow, per role −1 or 1, and who is loyal.

    `kindred` splits the subjects much as `followed` does, all but four of them, and nobody follows it. `unrelated`
    splits them without regard to either. `loyalty` is 0 for outlets that follow nothing; a loyal outlet makes
    `exceptions`, pairs of outlet and role, of whom it thinks as if they stood on the other side.
    """

    factor: tuple[int, ...]
    kindred_factor: tuple[int, ...]
    unrelated_factor: tuple[int, ...]
    loyalty: tuple[float, ...]
    exceptions: tuple[tuple[int, int], ...]

    @property
    def factors(self) -> dict[str, tuple[int, ...]]:
        """The values of each factor of the study, by role."""
        return {"followed": self.factor, "kindred": self.kindred_factor, "unrelated": self.unrelated_factor}

    def leanings(self) -> list[list[float]]:
        """Which way each outlet leans on each role."""
        return [
            [
                # Adding 0 makes a 0 of −0.
                loyalty * side * (-1 if (outlet, role) in self.exceptions else 1) + 0.0
                for role, side in enumerate(self.factor)
            ]
            for outlet, loyalty in enumerate(self.loyalty)
        ]


def draw_allegiances(rng: Random) -> Allegiances:
    """Draw factors that halve the subjects, four loyal outlets (two a side), and two exceptions of each."""
    factor = _halves(rng)
    roles = range(len(ROLES))
    roles_on_other_side = [
        *rng.sample([r for r in roles if factor[r] > 0], _TURNED // 2),
        *rng.sample([r for r in roles if factor[r] < 0], _TURNED // 2),
    ]
    # The agency, outlet 0, follows nothing.
    loyal = rng.sample(range(1, len(OUTLETS)), _LOYAL)
    loyalty = [0.0] * len(OUTLETS)
    for place, outlet in enumerate(loyal):
        loyalty[outlet] = LOYALTY if place % 2 == 0 else -LOYALTY
    return Allegiances(
        factor=factor,
        kindred_factor=tuple(-factor[r] if r in roles_on_other_side else factor[r] for r in roles),
        unrelated_factor=_halves(rng),
        loyalty=tuple(loyalty),
        exceptions=tuple((outlet, role) for outlet in loyal for role in rng.sample(roles, _EXCEPTIONS)),
    )


def _halves(rng: Random) -> tuple[int, ...]:
    sides = [1, -1] * (len(ROLES) // 2)
    rng.shuffle(sides)
    return tuple(sides)
