"""What stands around titles: the outlet's own name, a section, a word such as `CORRECTED`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import numpy as np

from masthead.reading.standing.chance import least_share
from masthead.reading.standing.forms import CORRECTED, Kind
from masthead.reading.standing.units import Ints

LEAST = 5
"""Titles of an outlet that have to end alike before the ending is known for its own."""

SHARE = 0.2
"""The share of an outlet's titles or texts that has to open or end so, at the lower end of its interval."""

SECTION_SHARE = 0.02
"""Likewise the share of titles that have a section before the outlet's own name."""

_BEHIND = re.compile(
    r"(?<!\s)\s+(?:(?:[|–—·•»«:~/>-]|::|\|\|)\s+(?=[^|–—·•»«]{1,200}$)|[(\[](?=[^()\[\]]{1,200}[)\]]$))"
)
_BEFORE = re.compile(r"^([^|]{2,40}?)\s+\|\s+")
_LETTERS = re.compile(r"[\W_]+")


def around(titles: list[str], outlet: Ints, names: list[str]) -> list[tuple[int, int, int, Kind, str]]:
    """Return (title, start, end, kind, why) of what stands around titles.

    Behind a bar or dash it is the outlet's name, or what many of its titles end with; before a bar what many open with.
    """
    found: list[tuple[int, int, int, Kind, str]] = []
    left = list(titles)
    for share in (SHARE, SECTION_SHARE):  # as in `… | News | Coast Herald`
        around_left = _around(left, outlet, names, share)
        if share == SECTION_SHARE:
            around_left = [one for one in around_left if left[one[0]] != titles[one[0]]]
        for at, start, end, _, _ in around_left:
            left[at] = left[at][:start] if start else " " * end + left[at][end:]
        found += around_left
    for at, title in enumerate(titles):
        if corrected := CORRECTED.match(title):
            found.append((at, corrected.start(), corrected.end(), "correction", "form"))
    return found


def without_end(title: str) -> str:
    """Return a title without what stands behind its last bar or dash."""
    last = _BEHIND.search(title)
    return title[: last.start()] if last else title


def _around(
    titles: list[str], outlet: Ints, names: list[str], share: float
) -> list[tuple[int, int, int, Kind, str]]:
    found: list[tuple[int, int, int, Kind, str]] = []
    ends = {
        at: (m.start(), title[m.end() :]) for at, title in enumerate(titles) if (m := _BEHIND.search(title))
    }
    opens = {at: (m.end(), m[1]) for at, title in enumerate(titles) if (m := _BEFORE.match(title))}
    sizes = np.bincount(outlet)
    often_ends = _often({at: tail for at, (_, tail) in ends.items()}, outlet, sizes, share)
    often_opens = _often({at: lead for at, (_, lead) in opens.items()}, outlet, sizes, SHARE)
    bare = [_bare(name) for name in names]
    for at, (start, tail) in ends.items():
        own = _bare(tail)
        if own == bare[outlet[at]] or (own.endswith(("com", "org", "net")) and bare[outlet[at]] in own):
            found.append((at, start, len(titles[at]), "outlet", "form"))
        elif why := often_ends.get((int(outlet[at]), own)):
            found.append((at, start, len(titles[at]), "outlet", why))
    for at, (end, lead) in opens.items():
        if _bare(lead) == bare[outlet[at]]:
            found.append((at, 0, end, "outlet", "form"))
        elif why := often_opens.get((int(outlet[at]), _bare(lead))):
            found.append((at, 0, end, "outlet", why))
    return found


def often(places: list[tuple[int, int, int]], outlet: Ints) -> list[tuple[int, int, int]]:
    """Return those (text, start, end) whose outlet opens enough of its texts so."""
    sizes = np.bincount(outlet)
    counts = Counter(int(outlet[text]) for text, _, _ in places)
    return [
        place
        for place in places
        if counts[int(outlet[place[0]])] >= LEAST
        and least_share(counts[int(outlet[place[0]])], int(sizes[outlet[place[0]]])) >= SHARE
    ]


def _often(pieces: dict[int, str], outlet: Ints, sizes: Ints, share: float) -> dict[tuple[int, str], str]:
    """Return why a piece counts as an outlet's own, by outlet and piece, for those that do."""
    whose: dict[tuple[int, str], set[int]] = defaultdict(set)
    for at, piece in pieces.items():
        whose[int(outlet[at]), _bare(piece)].add(at)
    return {
        (number, piece): f"{len(titles):,} of {int(sizes[number]):,} titles"
        for (number, piece), titles in whose.items()
        if piece and len(titles) >= LEAST and least_share(len(titles), int(sizes[number])) >= share
    }


def _bare(name: str) -> str:
    return _LETTERS.sub("", name).casefold().removeprefix("the")
