"""Apostrophes beside a name: one that joins it to other letters (`O'Hale`), and one that does not (`l'Hale`, `Hale's`).

All apostrophes are plain here, as `masthead.matching.scan.fold` leaves them.
"""

from __future__ import annotations

import re

from masthead.matching.clitics import follows_proclitics

_EITHER_CASE = frozenset({
    "l", "qu", "all", "dall", "dell", "nell", "sull", "coll", "un", "jusqu", "lorsqu", "puisqu", "quoiqu", "quell",
})  # fmt: skip
"""Small words of French and Italian that lose their last letter before a name, in whatever case: `L'Hale`, `Dell'Hale`.
"""

_SMALL = _EITHER_CASE | {
    *"bcdfjmnstvx", "gl", "agl", "dagl", "degl", "negl", "anch", "com", "dov", "entr", "presqu", "quelqu", "sant",
}  # fmt: skip
"""And those that with a capital would begin a name: `d'Hale` is of Hale, `D'Hale` is another name."""

_VOWELS = frozenset("aeiouıöüâîû")
_AFTER_VOWEL = re.compile(r"(?:[dmst]|ll|ve|re)(?![^\W\d_])|[cdklnstyç][aeıiuü]|m[ıiuü]")
"""What follows an apostrophe after a name that ends in a vowel: English (`'s`), and the endings of Turkish (`'ya`)."""


def joins_before(text: str, caseless: str, start: int) -> bool:
    """True where the apostrophe right before `start` joins other letters to what begins there: `O'Hale`.

    Not where it opens a quotation, nor after a small word that lost its last letter.
    """
    first = start - 1
    while first and caseless[first - 1].isalpha():
        first -= 1
    if first == start - 1:
        return False
    word = caseless[first : start - 1]
    if word in _EITHER_CASE or (word in _SMALL and text[first].islower()):
        return first > 0 and caseless[first - 1] == "'"
    return not follows_proclitics(caseless, start - 1, before=caseless[start])


def joins_after(text: str, caseless: str, end: int) -> bool:
    """True where the apostrophe at `end` joins other letters to what ends there: `Sana'a`, `Hale'Varn`.

    Not where it closes a quotation, nor before an ending: `Hale's`, `Halep'te`, `Varna'ya`.
    """
    at = end + 1
    if at >= len(caseless) or not caseless[at].isalpha():
        return False
    if text[at].isupper() and text[end - 1].islower():
        return True
    return caseless[end - 1] in _VOWELS and _AFTER_VOWEL.match(caseless, at) is None
