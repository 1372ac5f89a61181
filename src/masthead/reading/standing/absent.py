"""Texts that are no article's own: a cookie notice, a page that asks to turn something on, in place of the article.

An outlet has such a text under many titles, on several days, and it says nothing of what the titles say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from masthead.reading.standing.units import Flags, Ints

LEAST, DAYS = 5, 3
"""Titles, and days, under which a text has to stand at least."""

LONGEST = 3000
"""Longer texts, in letters, hold an article."""

_WORD = re.compile(r"[^\W_]{4,}")
_DIGITS = re.compile(r"\d+")


def title_words(title: str) -> frozenset[str]:
    """Return the words of a title that may tell what it is about, in small letters."""
    return frozenset(_WORD.findall(title.casefold()))


@dataclass(frozen=True)
class Short:
    """What a short text is the same as: `text` to the letter, `form` but for its digits; whether it fits its title."""

    text: int
    form: int
    fits: bool


def short(title: str, text: str) -> Short | None:
    """Return what a text is the same as; None where it is empty or long."""
    if len(text) > LONGEST or not (plain := " ".join(text.split()).casefold()):
        return None
    fits = not title_words(title).isdisjoint(_WORD.findall(plain))
    return Short(_number(plain), _number(_DIGITS.sub("0", plain)), fits)


def absent_texts(
    shorts: Sequence[Short | None], titles: Sequence[str], outlet: Ints, day: Ints, asks: Flags
) -> Flags:
    """Tell of each text whether it is none of its article's.

    `day` is −1 where an article has none. Texts that differ in digits are the same only where they `asks` for cookies
    or a subscription: a result or a forecast of the weather differs in no more.
    """
    absent = np.zeros(len(titles), np.bool_)
    for only, name in ((None, "text"), (asks, "form")):
        groups: dict[tuple[int, int], list[int]] = {}
        for at, one in enumerate(shorts):
            if one is not None and (only is None or only[at]):
                groups.setdefault((int(outlet[at]), getattr(one, name)), []).append(at)
        for (whose, _), members in groups.items():
            if len(members) < LEAST or len({titles[at].casefold().strip() for at in members}) < LEAST:
                continue
            days = day[members]
            n_days = len(set(days[days >= 0].tolist())) + int((days < 0).sum())
            if n_days < min(DAYS, len(set(day[outlet == whose].tolist()))):
                continue
            if sum(one.fits for at in members if (one := shorts[at])) < len(members) / 2:
                absent[members] = True
    return absent


def _number(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "little")
