"""Headlines in capitals, written as sentences are, so that a parser can tell a verb from a name."""

from __future__ import annotations

import re

from masthead.reading.alone import is_title_case

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def truecase(title: str, text: str) -> str:
    """Return a headline with the capitals that its words have in the article's `text`; same length.

    A headline most of whose words are capitalised says nothing about what is a name. A word that the text
    writes in small letters, or does not have at all, gets small letters; one that it only has capitalised
    keeps its capital. The first word stays as it is. Other headlines are returned unchanged.
    """
    words = _WORD.findall(title)
    shouted = len(words) > 2 and title.isupper()
    if not shouted and not is_title_case(title):
        return title
    seen = set(_WORD.findall(text))
    pieces: list[str] = []
    at = 0
    for found in _WORD.finditer(title):
        word = found.group()
        small = word.lower()
        capital = word[:1] + small[1:]
        if at == 0 and not pieces:
            written = capital if shouted else word
        elif small in seen or not {word, capital} & seen:
            written = small
        else:
            written = word if word in seen else capital
        pieces += (title[at : found.start()], written if len(written) == len(word) else word)
        at = found.end()
    return "".join((*pieces, title[at:]))
