"""Texts that are no article's own: a cookie notice, a page that asks to turn something on, in place of the article.

An outlet has such a text under many titles, on several days, and it says nothing of what the titles say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from masthead.links.arrays import Flags, Ints
from masthead.links.standing.marking import NOTHING, Codes
from masthead.links.standing.units import Units

LEAST, DAYS = 5, 3
"""Titles, and days, under which a text has to stand at least."""

MANY = 20
"""Titles that tell it of a text that asks for nothing: a short article may stand under several."""

LONGEST = 1500
"""Longer texts, in letters, hold an article."""

STUB_WORDS = 60
"""An article that a wall cuts short has no more words of its own."""

_STUBS = 0.8

_ASKS = re.compile(
    r"\bcookies?\b|\bjavascript\b|\bcaptcha\b|\byour (?:browser|device|consent)\b|\bcontinue to (?:the|this) site\b"
    r"|\baccess (?:is |has been )?denied\b|\b(?:not a|are a) robot\b|\bad ?blocker\b"
)
"""What a page says that stands in place of an article: English words, an aid beside what repetition tells."""

_REQUEST = 6
"""Letters and digits of a word with digits that is no count and no date."""

_WORD = re.compile(r"[^\W_]{4,}")
_DIGIT = re.compile(r"\d")


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that may tell what it is about, in small letters."""
    return frozenset(_WORD.findall(title.casefold()))


@dataclass(frozen=True)
class Short:
    """What a short text is the same as: `text` to the letter, `but_requests` but for the number of a request
    (`Reference 04f90c5051`), `but_numbers` but for all its numbers.

    `fits`: whether it has a word of its title, other than the outlet's name. `asks`: for cookies, say, or JavaScript.
    """

    text: int
    but_requests: int
    but_numbers: int
    fits: bool
    asks: bool


def short(outlet: str, title: str, text: str) -> Short | None:
    """Return what a text is the same as; None where it is empty or long."""
    if len(text) > LONGEST or not (plain := " ".join(text.split()).casefold()):
        return None
    fits = not (title_words(title) - title_words(outlet)).isdisjoint(_WORD.findall(plain))
    words = [(word, _DIGIT.search(word) is not None) for word in plain.split()]
    but_requests = " ".join("0" if number and len(word) >= _REQUEST else word for word, number in words)
    but_numbers = " ".join("0" if number else word for word, number in words)
    return Short(
        _number(plain), _number(but_requests), _number(but_numbers), fits, _ASKS.search(plain) is not None
    )


def absent_texts(
    shorts: Sequence[Short | None], titles: Sequence[str], outlet: Ints, day: Ints, ask: Flags
) -> Flags:
    """Tell of each text whether it is none of its article's.

    `day` is −1 where an article has none. Texts that `ask` for cookies or a subscription are the same whatever their
    numbers, and may all be of one day: results and the weather differ in no more than that.
    """
    absent = np.zeros(len(titles), np.bool_)
    for name in ("text", "but_requests", "but_numbers"):
        groups: dict[tuple[int, int], list[int]] = {}
        for at, one in enumerate(shorts):
            if one is not None and (name != "but_numbers" or ask[at]):
                groups.setdefault((int(outlet[at]), getattr(one, name)), []).append(at)
        for members in groups.values():
            asking = ask[members].mean() > 0.5
            least = LEAST if asking else MANY
            if len(members) < least or len({titles[at].casefold().strip() for at in members}) < least:
                continue
            days = day[members]
            n_days = len(set(days[days >= 0].tolist())) + int((days < 0).sum())
            if n_days < DAYS and not asking:
                continue
            if sum(one.fits for at in members if (one := shorts[at])) < len(members) / 2:
                absent[members] = True
    return absent


def cut_short(units: Units, outlet: Ints, kinds: Codes, walls: Flags) -> Flags:
    """Tell of each text whether it is only what stands before a wall: a few words, and an offer to pay for the rest.

    An outlet that has the same offer below whole articles offers no more than a subscription.
    """
    n = len(outlet)
    own = np.bincount(units.text[kinds == NOTHING], units.words[kinds == NOTHING], minlength=n)
    brief = own <= STUB_WORDS
    stub = np.zeros(n, np.bool_)
    offers: dict[tuple[int, int], list[int]] = {}
    for at in np.flatnonzero(walls).tolist():
        text = int(units.text[at])
        offers.setdefault((int(outlet[text]), int(units.key[at])), []).append(text)
    for texts in offers.values():
        if brief[texts].mean() >= _STUBS:
            stub[[text for text in texts if brief[text]]] = True
    return stub


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
