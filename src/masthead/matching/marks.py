"""Signs that Arabic and Hebrew set on letters, or stretch a word with: a name is the same with and without them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MARKS = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"  # Arabic
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7]+"  # Hebrew
)
_TELLING = "منرتبوهسدعقفحجشصطزخذضظغثءةگپچژٹڈڑںےہھיוהרמנתשבאדקחעספכגזטצםןךףץלل"
"""Letters of these scripts that are written in one way, those first that are quickly looked for in other scripts."""


def telling_letter(name: str) -> str | None:
    """Return a letter that every text with this name holds, where its script sets such signs; None where it does not.

    Empty where no such letter is known.
    """
    bare = without_marks(name)[0]
    if not any("\u0590" <= c <= "\u06ff" or "\u0750" <= c <= "\u077f" for c in bare):
        return None
    return next((letter for letter in _TELLING if letter in bare), "")


def without_marks(text: str) -> tuple[str, Sequence[int] | None]:
    """Return a text without such signs, and the place in the whole of each of its code points and of its end.

    None for the places where nothing is left out.
    """
    spans = [match.span() for match in _MARKS.finditer(text)]
    if not spans:
        return text, None
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for start, end in spans:
        pieces.append(text[at:start])
        places.extend(range(at, start))
        at = end
    pieces.append(text[at:])
    places.extend(range(at, len(text) + 1))
    return "".join(pieces), places
