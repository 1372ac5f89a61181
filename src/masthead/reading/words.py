"""Texts as numbers: one 32-bit number per word, all words of many texts at once.

A word is a run of letters and digits; in scripts that put no spaces between words (Chinese, Japanese, Thai
and their like) every character is one. Case, accents, apostrophes and the shape of punctuation do not count,
so that `Don’t` and `don't`, `café` and `CAFÉ` are the same word whoever typeset them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

Ids = npt.NDArray[np.uint32]
Offsets = npt.NDArray[np.int64]

_BETWEEN, _WITHIN = 0, 1
"""Kinds of characters that are no letters: one that ends a word, and one that a word is read without."""

_WITHIN_WORDS = "'’‘ʼ`´\u00ad\u200b\u200c\u200d\u2060\ufeff"
_SPACELESS = (
    (0x0E00, 0x0E7F), (0x0E80, 0x0EFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x3005, 0x3007), (0x3040, 0x30FF),
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF),
)  # fmt: skip
_FOLDED = 0x10000
_BASE = np.uint64(0x9E3779B97F4A7C15)
_POSITIONS = 64


@dataclass(frozen=True)
class Words:
    """The words of texts, one text after the other.

    ids:    (n words,) a hash of each word; two different words share one in a case of four thousand million
    counts: (n texts,) how many words each text has
    starts, stops: (n words,) where each word stands, in code points of all texts laid end to end with one
            character between
    """

    ids: Ids
    counts: Offsets
    starts: Offsets
    stops: Offsets


def find_words(texts: Sequence[str]) -> Words:
    """Find the words of texts, without a loop over words or characters."""
    whole = "\n".join(texts)
    codes = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    fold, alone = _tables()
    letters = fold[codes]
    letter_places = np.flatnonzero(letters != _WITHIN)
    letters, single = letters[letter_places], alone[codes[letter_places]]
    is_letter = letters != _BETWEEN
    before = np.roll(is_letter, 1)
    opens = is_letter.copy()
    if len(opens):
        before[0] = False
        opens &= ~before | single | np.roll(single, 1)
    at = np.flatnonzero(is_letter)
    first = np.flatnonzero(opens[at])
    if not len(first):
        none = np.empty(0, np.int64)
        return Words(np.empty(0, np.uint32), np.zeros(len(texts), np.int64), none, none)
    lengths = np.diff(np.append(first, len(at)))
    place = np.arange(len(at)) - np.repeat(first, lengths)
    # A letter of a hash weighs by its place; after 64 letters places repeat, which no word minds.
    letter_weights = letters[at].astype(np.uint64) * _weights()[place & (_POSITIONS - 1)]
    ids = (mix(np.add.reduceat(letter_weights, first)) >> np.uint64(32)).astype(np.uint32)
    starts = letter_places[at[first]]
    stops = letter_places[at[first + lengths - 1]] + 1
    edges = np.cumsum([len(text) + 1 for text in texts])
    counts = np.bincount(np.searchsorted(edges, starts, side="right"), minlength=len(texts))
    return Words(ids, counts, starts, stops)


def mix(numbers: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Return 64-bit numbers with every bit hanging on all bits of the given ones (splitmix64's last step)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def grams(ids: Ids, size: int) -> npt.NDArray[np.uint64]:
    """Return a hash of each run of `size` words; there are `size` − 1 fewer of them than words."""
    count = max(0, len(ids) - size + 1)
    total = np.zeros(count, np.uint64)
    for i in range(size):
        total += ids[i : i + count].astype(np.uint64)
        total *= _BASE
    return mix(total)


@cache
def _weights() -> npt.NDArray[np.uint64]:
    return np.cumprod(np.full(_POSITIONS, _BASE, np.uint64), dtype=np.uint64)


@cache
def _tables() -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.bool_]]:
    """What each code point is read as (a folded letter, or one of the two kinds of others), and which code
    points are words by themselves."""
    fold = np.zeros(0x110000, np.uint32)
    alone = np.zeros(0x110000, np.bool_)
    for code in range(_FOLDED):
        letter = chr(code)
        if letter.isalnum():
            fold[code] = _fold(letter)
        elif unicodedata.combining(letter):
            fold[code] = _WITHIN
        elif unicodedata.category(letter) == "Mc":
            fold[code] = code
    for letter in _WITHIN_WORDS:
        fold[ord(letter)] = _WITHIN
    for first, last in _SPACELESS:
        letters = np.arange(first, last + 1)
        if first >= _FOLDED:
            fold[letters] = letters
        alone[letters] = fold[letters] > _WITHIN
    return fold, alone


def _fold(letter: str) -> int:
    """The letter in lower case, without its accent."""
    bare = unicodedata.normalize("NFKD", letter)[0].lower()[0]
    return ord(bare)
