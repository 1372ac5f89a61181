"""What a scan must know of scripts: which have capitals, which have no spaces, and what is one word."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_GEORGIAN = ((0x10A0, 0x10FF), (0x1C90, 0x1CBF), (0x2D00, 0x2D2F))
_WITHOUT_SPACES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3041, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x3FFFF),
)
_KATAKANA = ((0x30A1, 0x30FF), (0x31F0, 0x31FF), (0xFF66, 0xFF9F))
_HANGUL = (0xAC00, 0xD7A3)
_LEADING_VOWELS = frozenset("เแโใไເແໂໃໄ")
_FOLLOWING_VOWELS = frozenset("ะาำๅະາຳ")


@lru_cache(maxsize=4096)
def has_capitals(letter: str) -> bool:
    """True for a letter of a script that writes names with a capital.

    Georgian has capitals that stand for whole words only, so that none of its names begins with one.
    """
    return letter.lower() != letter.upper() and not _within(letter, _GEORGIAN)


def runs_on(letter: str) -> bool:
    """True for a letter of a script that writes no space between words (Chinese, Japanese, Thai …)."""
    return letter >= "\u0e00" and _within(letter, _WITHOUT_SPACES)


def is_hangul(letter: str) -> bool:
    """True for a syllable of Korean, which writes its particles onto the word."""
    return _HANGUL[0] <= ord(letter) <= _HANGUL[1]


def is_letter(char: str) -> bool:
    """True for what can be part of a word: letters, digits, the underscore and combining marks."""
    return char.isalnum() or char == "_" or (not char.isascii() and unicodedata.category(char)[0] == "M")


def goes_on(left: str, right: str) -> bool:
    """True where a word that holds `left` goes on with `right`, which stands after it."""
    if left.isascii() and right.isascii():
        return right.isalnum() or right == "_"
    return is_letter(right) and _is_one_word(left, right)


def has_begun(left: str, right: str) -> bool:
    """True where a word that holds `right` has begun with `left`, which stands before it."""
    if left.isascii() and right.isascii():
        return left.isalnum() or left == "_"
    return is_letter(left) and _is_one_word(left, right)


def _is_one_word(left: str, right: str) -> bool:
    """In a script without spaces any two letters may be of two words.

    Not those of one syllable, nor those of Katakana, whose runs are foreign words that end where another script begins.
    """
    return (
        not (runs_on(left) or runs_on(right))
        or (_within(left, _KATAKANA) and _within(right, _KATAKANA))
        or left in _LEADING_VOWELS
        or right in _FOLLOWING_VOWELS
        or unicodedata.category(right)[0] == "M"
    )


def _within(letter: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    code = ord(letter)
    return any(first <= code <= last for first, last in ranges)
