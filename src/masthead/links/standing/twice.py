"""A paragraph or sentence that stands in one text more than once: the later ones count for nothing."""

from __future__ import annotations

import numpy as np

from masthead.links.arrays import Flags, Ints
from masthead.links.standing.units import Keys, Units, key_of_runs

LINE_WORDS, SENTENCE_WORDS = 5, 8
"""Words from which on a line, and a sentence within one, that stands again is a copy and no manner of speaking."""


def again(texts: list[str], units: Units, titles: list[str]) -> Flags:
    """Tell for each sentence whether it stood before in its text, or is the title once more at the text's head.

    Words, spaces and marks are the same, numbers too. A line needs fewer words than a sentence among others.
    """
    n = len(units)
    repeats = np.zeros(n, np.bool_)
    if not n:
        return repeats
    opens = np.ones(n, np.bool_)
    opens[1:] = (units.text[1:] != units.text[:-1]) | (units.line[1:] != units.line[:-1])
    first = np.flatnonzero(opens)
    stop = np.append(first[1:], n)
    words = np.add.reduceat(units.words, first)
    for one, two in _same(units.text[first], key_of_runs(units.key, first), words >= LINE_WORDS):
        if _plain(texts, units, first[one], stop[one]) == _plain(texts, units, first[two], stop[two]):
            repeats[first[two] : stop[two]] = True
    for one, two in _same(units.text, units.key, units.words >= SENTENCE_WORDS):
        if not repeats[two] and _plain(texts, units, one, one + 1) == _plain(texts, units, two, two + 1):
            repeats[two] = True
    for at in np.flatnonzero(np.diff(units.text, prepend=-1)).tolist():
        # Behind a title the outlet's own name may stand.
        if units.words[at] >= LINE_WORDS and (at + 1 == n or opens[at + 1]):
            head, title = (
                _plain(texts, units, at, at + 1),
                " ".join(titles[units.text[at]].split()).casefold(),
            )
            repeats[at] = title.startswith(head) and not title[len(head) : len(head) + 2].strip().isalnum()
    return repeats


def _same(text: Ints, key: Keys, long: Flags) -> list[tuple[int, int]]:
    """Return the pairs of the same key and text that follow one another, the earlier first."""
    order = np.lexsort((np.arange(len(text)), key, text))
    same = (key[order[1:]] == key[order[:-1]]) & (text[order[1:]] == text[order[:-1]]) & long[order[1:]]
    return [(int(order[at]), int(order[at + 1])) for at in np.flatnonzero(same)]


def _plain(texts: list[str], units: Units, first: int, stop: int) -> str:
    """What sentences say to the letter: keys are blind to digits, and `3 seats` is not `5 seats`."""
    return " ".join(texts[units.text[first]][units.start[first] : units.stop[stop - 1]].split()).casefold()
