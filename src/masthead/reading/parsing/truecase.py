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
    all_capitals = len(words) > 2 and title.isupper()
    words_of_text = set(_WORD.findall(text))
    whole = all_capitals or is_title_case(title)
    pieces: list[str] = []
    at = 0
    for place, match in enumerate(_WORD.finditer(title)):
        if place and not whole:
            break
        word = match.group()
        small = word.lower()
        capital = word[:1] + small[1:]
        if small in words_of_text or (place and not {word, capital} & words_of_text):
            spelling = small
        else:
            spelling = word if word in words_of_text or not all_capitals else capital
        pieces += (title[at : match.start()], spelling if len(spelling) == len(word) else word)
        at = match.end()
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
