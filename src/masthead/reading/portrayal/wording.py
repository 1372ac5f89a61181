"""Marked sentences in plain words, for a model that has not learnt the marks."""

from __future__ import annotations

import re

from masthead.reading.portrayal.marking import CLOSE, OPEN, OTHERS, SAME

_MARK = re.compile("|".join(map(re.escape, (OPEN + " ", " " + CLOSE, SAME, *OTHERS))))
_PLAIN = {SAME: "they", **{mark: f"Party {number}" for number, mark in enumerate(OTHERS, 1)}}


def in_words(sentence: str, before: str = "", after: str = "") -> str:
    """Return a marked sentence with `they` for its subject and `Party 1`, `Party 2` for all others.

    The mention that is asked about stands between `before` and `after`. No name of a subject comes back.
    """
    words = {**_PLAIN, OPEN + " ": before, " " + CLOSE: after}
    return _MARK.sub(lambda mark: words[mark.group()], sentence)
