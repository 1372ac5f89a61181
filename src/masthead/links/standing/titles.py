"""What stands around titles: the outlet's own name, a section, a word such as `CORRECTED`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence

import numpy as np

from masthead.links.arrays import Ints
from masthead.links.standing import marking
from masthead.links.standing.chance import least_share
from masthead.links.standing.forms import CORRECTED, Kind

LEAST = 5
"""Titles of an outlet that have to end alike before the ending is known for its own."""

SHARE = 0.2
"""The share of an outlet's titles or texts that has to open or end so, at the lower end of its interval."""

MOST = 0.5
"""Likewise the share of titles that has to open with something before a colon or a dash."""

SPOKEN_OF = 0.3
"""The share of the texts below, that speak of what stands before a colon, from which on it is what they are about."""

SECTION_SHARE = 0.02
"""Likewise the share of titles that have a section before the outlet's own name."""

_BEHIND = re.compile(
    r"(?<!\s)\s+(?:(?:[|–—·•»«:~/>-]|::|\|\|)\s+(?=[^|–—·•»«]{1,200}$)|[(\[](?=[^()\[\]]{1,200}[)\]]$))"
)
_BEFORE = re.compile(r"^([^|]{2,40}?)\s+\|\s+")
_PARTED = re.compile(r"(?<!\s)(?::\s+|\s+(?:[|–—·•»:~>-]|::|\|\|)\s+)")
"""What parts a name from the title behind it."""
_BRACKETED = re.compile(r"\s*[(\[]([^()\[\]\n]{2,40})[)\]][:.]?\s+")
_PROSE, _OPENING = 8, 500
"""Words of a line that is a sentence, and letters of it that are an opening."""
_FIRST = 60
"""Letters of a title within which the outlet's own name before it ends."""
_SITE = re.compile(r"(?:https?://)?(?:www\.|m\.)?([\w-]+(?:\.[\w-]+)*\.[a-z]{2,7})/?", re.IGNORECASE)
_LETTERS = re.compile(r"[\W_]+")


Place = tuple[int, int, int, Kind, str]
"""Title, start, end, kind and why."""


def around(
    titles: list[str],
    outlet: Ints,
    names: Sequence[Collection[str]],
    says: Callable[[list[int], str], float],
) -> list[Place]:
    """Return what stands around titles; `names` are those of each outlet.

    Behind a bar or dash it is the outlet's name, or what many of its titles end with; before a bar what many open with.
    Before a colon or dash it is the outlet's name, or what most of its titles open with and their texts do not speak
    of: a speaker stands there too. `says` returns the share of some texts that speak of something.
    """
    own = [frozenset().union(*map(own_names, of_one)) for of_one in names]
    places = _before(titles, outlet, own, says)
    left = list(titles)
    fronts, ends = _without(left, places)
    first = _around(left, outlet, own, SHARE)
    more_fronts, more_ends = _without(left, first)
    # What stands before the outlet's own name, as in `… | News | Coast Herald`.
    second = [
        one
        for one in _around(left, outlet, own, SECTION_SHARE)
        if one[0] in (ends | more_ends if one[1] else fronts | more_fronts)
    ]
    places += first + second
    for at, title in enumerate(titles):
        if correction := CORRECTED.match(title):
            places.append((at, correction.start(), correction.end(), "correction", "form"))
    return places


def speak_of(texts: list[str], lead: str) -> float:
    """Return the share of texts that name in their first sentences what stands before their titles."""
    if not texts:
        return 0.0
    name = re.compile(rf"\b{re.escape(lead.strip())}\b", re.IGNORECASE)
    plain = marking.without(texts, marking.heads(texts).spans)
    openings = ([line for line in text.splitlines() if len(line.split()) >= _PROSE][:2] for text in plain)
    return sum(any(name.search(line[:_OPENING]) for line in lines) for lines in openings) / len(texts)


def own_names(name: str) -> frozenset[str]:
    """Return a name without spaces and marks; where it is the address of a site, its longest part is a name too."""
    site = _SITE.fullmatch(name)
    return frozenset(filter(None, map(_bare, (name, *([max(site[1].split("."), key=len)] if site else [])))))


def _without(left: list[str], places: list[Place]) -> tuple[set[int], set[int]]:
    """Take out of titles what was found; return which have lost something before them, and which behind."""
    for at, start, end, _, _ in places:
        left[at] = left[at][:start] if start else " " * end + left[at][end:]
    return {at for at, start, *_ in places if not start}, {at for at, start, *_ in places if start}


def without_end(title: str) -> str:
    """Return a title without what stands behind its last bar or dash."""
    last = _BEHIND.search(title)
    return title[: last.start()] if last else title


def _before(
    titles: list[str], outlet: Ints, own: list[frozenset[str]], says: Callable[[list[int], str], float]
) -> list[Place]:
    """Return the names of outlets before titles, parted by a colon or dash, or in brackets."""
    places: list[Place] = []
    opens: dict[int, tuple[int, str]] = {}
    for at, title in enumerate(titles):
        leads = [(m.end(), title[: m.start()]) for m in _PARTED.finditer(title, 0, _FIRST)]
        if brackets := _BRACKETED.match(title):
            leads.insert(0, (brackets.end(), brackets[1]))
        ends = [end for end, lead in leads if _is_own(lead, own[outlet[at]])]
        if ends:
            places.append((at, 0, ends[-1], "outlet", "form"))
        elif leads:
            opens[at] = leads[0]
    often_opens = _often({at: lead for at, (_, lead) in opens.items()}, outlet, np.bincount(outlet), MOST)
    members: dict[tuple[int, str], list[int]] = defaultdict(list)
    for at, (_, lead) in opens.items():
        if (piece := (int(outlet[at]), _bare(lead))) in often_opens:
            members[piece].append(at)
    for piece, of_piece in members.items():
        if says(of_piece, opens[of_piece[0]][1]) < SPOKEN_OF:
            places += [(at, 0, opens[at][0], "outlet", often_opens[piece]) for at in of_piece]
    return places


def _is_own(piece: str, own: frozenset[str]) -> bool:
    """Tell whether a piece of a title is a name of its outlet, or the address of one: `www.coast-herald.example`."""
    bare = _bare(piece)
    if bare in own:
        return True
    site = _SITE.fullmatch(piece)
    return site is not None and any(_bare(site[1]).startswith(name) for name in own)


def _around(titles: list[str], outlet: Ints, own: list[frozenset[str]], share: float) -> list[Place]:
    places: list[Place] = []
    ends = {
        at: (m.start(), title[m.end() :]) for at, title in enumerate(titles) if (m := _BEHIND.search(title))
    }
    opens = {at: (m.end(), m[1]) for at, title in enumerate(titles) if (m := _BEFORE.match(title))}
    sizes = np.bincount(outlet)
    often_ends = _often({at: tail for at, (_, tail) in ends.items()}, outlet, sizes, share)
    often_opens = _often({at: lead for at, (_, lead) in opens.items()}, outlet, sizes, SHARE)
    for at, (start, tail) in ends.items():
        if _is_own(tail, own[outlet[at]]):
            places.append((at, start, len(titles[at]), "outlet", "form"))
        elif why := often_ends.get((int(outlet[at]), _bare(tail))):
            places.append((at, start, len(titles[at]), "outlet", why))
    for at, (end, lead) in opens.items():
        if why := often_opens.get((int(outlet[at]), _bare(lead))):
            places.append((at, 0, end, "outlet", why))
    return places


def opens_with(title: str, words: str) -> bool:
    """Tell whether a title opens with these words and marks: a text that begins so begins with its title."""
    return title.casefold().lstrip().startswith(words.casefold().strip())


def often(places: list[tuple[int, int, int, Kind]], outlet: Ints) -> list[tuple[int, int, int, Kind]]:
    """Return those (text, start, end, kind) whose outlet opens enough of its texts so."""
    sizes = np.bincount(outlet)
    counts = Counter((int(outlet[text]), kind) for text, _, _, kind in places)
    return [
        (text, start, end, kind)
        for text, start, end, kind in places
        if (count := counts[int(outlet[text]), kind]) >= LEAST
        and least_share(count, int(sizes[outlet[text]])) >= SHARE
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
