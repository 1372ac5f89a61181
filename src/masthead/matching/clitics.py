"""Small words that are written onto a name: `and`, `in`, `the` in Arabic and Hebrew, particles in Korean.

A name still stands there, and its own letters are what matches. A letter more may also be another name (`Bassam`
holds `Sam` after `in`), so that words of fewer than three letters must stand alone.
"""

from __future__ import annotations

import re
from itertools import product

from masthead.matching.scripts import has_begun, is_hangul

_SHORTEST = 3
_LONGEST = 5

_ARABIC = frozenset(map("".join, product(("", "و", "ف"), ("", "ب", "ل", "ك"), ("", "ال")))) | frozenset(
    ("لل", "ولل", "فلل")
)
_HEBREW = frozenset(
    map(
        "".join,
        product(("", "ו"), ("", "ש", "כש", "מש", "לכש"), ("", "ב", "כ", "ל", "מ"), ("", "ה")),
    )
)
_PARTICLES = re.compile(
    r"(?:들|씨|님|측)?"
    r"(?:에게서|한테서|으로부터|로부터|에서|에게|한테|께서|부터|까지|조차|마저|보다|처럼|같이|이라고|라고|이라는|라는"
    r"|이란|으로서|으로써|로서|로써|으로|이나|이며|이자|이고|이었다|였다|이다|과|와|랑|이랑|의|에|께|로|을|를|이|가|은|는|도|만|나)?"
    r"(?:은|는|도|만|의|가)?(?!\w)"
)


def takes_proclitics(word: str) -> bool:
    """True for a word, folded, before which Arabic or Hebrew may write a small word without a space."""
    return len(word) >= _SHORTEST and (_is_arabic(word[0]) or _is_hebrew(word[0]))


def spellings(text: str) -> list[str]:
    """Return the ways to write an alias: after `to` the Arabic article loses its alef (`للحكومة`)."""
    return [text, "لل" + text[2:]] if text.startswith("ال") and len(text) > _SHORTEST else [text]


def follows_proclitics(text: str, start: int, *, before: str = "") -> bool:
    """True where the letters that stand right before text[start], up to the word's begin, are small words.

    `before` is the letter that these stand before, where that is not text[start] itself.
    """
    first = start
    while first and start - first <= _LONGEST and has_begun(text[first - 1], before or text[first]):
        first -= 1
    return text[first:start] in (_ARABIC if _is_arabic(before or text[start]) else _HEBREW)


def precedes_particles(text: str, end: int) -> bool:
    """True where Korean particles, and nothing else, follow the word that ends at `end`."""
    return is_hangul(text[end - 1]) and _PARTICLES.match(text, end) is not None


def _is_arabic(letter: str) -> bool:
    return "\u0620" <= letter <= "\u064a" or "\u066e" <= letter <= "\u06d3"


def _is_hebrew(letter: str) -> bool:
    return "\u05d0" <= letter <= "\u05ea"
