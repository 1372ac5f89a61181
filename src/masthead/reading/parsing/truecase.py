"""Words in small letters where their capitals say nothing, so that a parser does not take them for names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from masthead.reading.mentions.alone import is_title_case

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def truecase(title: str, text: str) -> str:
    """Return a headline with the capitals that its words have in the article's `text`; same length.

    A headline most of whose words are capitalised says nothing about what is a name. A word that the text
    writes in small letters, or does not have at all, gets small letters; one that it only has capitalised
    keeps its capital. Of other headlines that goes for the first word alone.
    """
    words = _WORD.findall(title)
    shouted = len(words) > 2 and title.isupper()
    seen = set(_WORD.findall(text))
    whole = shouted or is_title_case(title)
    pieces: list[str] = []
    at = 0
    for place, found in enumerate(_WORD.finditer(title)):
        if place and not whole:
            break
        word = found.group()
        small = word.lower()
        capital = word[:1] + small[1:]
        if small in seen or (place and not {word, capital} & seen):
            written = small
        else:
            written = word if word in seen or not shouted else capital
        pieces += (title[at : found.start()], written if len(written) == len(word) else word)
        at = found.end()
    return "".join((*pieces, title[at:]))


def in_small_letters(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return `text` with text[start:end] in small letters for each of the ordered, disjoint spans; same length."""
    pieces: list[str] = []
    at = 0
    for start, end in spans:
        small = text[start:end].lower()
        if len(small) == end - start and small != text[start:end]:
            pieces += (text[at:start], small)
            at = end
    return "".join((*pieces, text[at:])) if pieces else text
