"""Two actors change places: their names are swapped one for one, and nothing else."""

from __future__ import annotations

import re
from functools import cache

from masthead.errors import UsageError, nearest
from masthead.press.strait.places import TOWNS
from masthead.press.strait.subjects import ROLES, Cast


def mirror_casts(pair: tuple[str, str]) -> tuple[Cast, ...]:
    """All casts by role, with the two of the pair in each other's place.

    Raises UsageError unless both exist, differ, and bear names of one shape (as many of them, the same
    number, gender and article), so that every sentence stays grammatical.
    """
    casts = [role.cast for role in ROLES]
    places = {cast.id: index for index, cast in enumerate(casts)}
    for name in pair:
        if name not in places:
            raise UsageError(
                f"the press has no subject '{name}'", "the id of a subject", nearest(name, places)
            )
    a, b = (places[name] for name in pair)
    if a == b or _shape(casts[a]) != _shape(casts[b]) or ROLES[a].type != ROLES[b].type:
        raise UsageError(
            f"'{pair[0]}' and '{pair[1]}' cannot change places",
            "two actors of one kind whose names have one shape",
            "try verrin and tasmer, shoal-front and harbour-guard, or teveth and masck",
        )
    casts[a], casts[b] = casts[b], casts[a]
    return tuple(casts)


def _shape(cast: Cast) -> tuple[object, ...]:
    return (len(cast.names), len(cast.short), bool(cast.adjective), cast.article, cast.plural, cast.pronoun)


def swap_names(text: str, a: str, b: str) -> str:
    """Swap the two actors' names in a text. Twice is as if never."""
    pattern, other = _swaps(a, b)
    return pattern.sub(lambda match: other[match[0]], text)


@cache
def _swaps(a: str, b: str) -> tuple[re.Pattern[str], dict[str, str]]:
    mirror_casts((a, b))
    casts = {role.cast.id: role.cast for role in ROLES}
    other: dict[str, str] = {}
    for one, two in zip(_names(casts[a]), _names(casts[b]), strict=True):
        for first, second in ((one, two), (one.upper(), two.upper())):
            other[first], other[second] = second, first
    # A longer name of somebody else that holds one of the names stands for itself.
    others = [n for cast in casts.values() if cast.id not in (a, b) for n in _names(cast)]
    for name in [*others, *TOWNS]:
        for form in (name, name.upper()):
            other.setdefault(form, form)
    longest_first = sorted(other, key=len, reverse=True)
    return re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")\b"), other


def _names(cast: Cast) -> list[str]:
    return [*cast.names, *cast.short, *([cast.adjective] if cast.adjective else [])]
