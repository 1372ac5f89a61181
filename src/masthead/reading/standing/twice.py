"""A paragraph or sentence that stands in one text more than once: the later ones count for nothing."""

from __future__ import annotations

import numpy as np

from masthead.reading.standing.units import Flags, Units

LINE_WORDS, SENTENCE_WORDS = 4, 8
"""Words from which on a line, and a sentence within one, that stands again is a copy and no manner of speaking."""


def again(texts: list[str], units: Units, titles: list[str]) -> Flags:
    """Tell for each sentence whether it stood before in its text, or is the title once more at the text's head.

    Words, spaces and marks are the same, numbers too; a sentence alone on its line needs fewer words than one among
    others.
    """
    n = len(units)
    found = np.zeros(n, np.bool_)
    if not n:
        return found
    opens = np.ones(n, np.bool_)
    opens[1:] = (units.text[1:] != units.text[:-1]) | (units.line[1:] != units.line[:-1])
    alone = opens & np.append(opens[1:], True)
    long = units.words >= np.where(alone, LINE_WORDS, SENTENCE_WORDS)
    order = np.lexsort((np.arange(n), units.key, units.text))
    same = (units.key[order[1:]] == units.key[order[:-1]]) & (units.text[order[1:]] == units.text[order[:-1]])
    for place in np.flatnonzero(same & long[order[1:]]).tolist():
        one, two = order[place], order[place + 1]
        text = texts[units.text[two]]
        # Keys are blind to digits: `won 3 seats in the south` is not `won 5 seats in the south`.
        if _plain(text[units.start[one] : units.stop[one]]) == _plain(
            text[units.start[two] : units.stop[two]]
        ):
            found[two] = True
    first = np.flatnonzero(np.diff(units.text, prepend=-1))
    for place in first[alone[first] & (units.words[first] >= LINE_WORDS)].tolist():
        number = units.text[place]
        head = _plain(texts[number][units.start[place] : units.stop[place]])
        title = _plain(titles[number])
        # Behind a title the outlet's own name may stand.
        found[place] = title.startswith(head) and not title[len(head) : len(head) + 2].strip().isalnum()
    return found


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()
