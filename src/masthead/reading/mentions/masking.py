"""Names out, placeholders in: what a parser has learnt about a famous name cannot leak into a label."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Sequence
from typing import NamedTuple

_INVISIBLE = "\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROL = "\x00-\x1f\x7f-\x9f"
_SPACE = re.compile(f"[\\s{_CONTROL}]{{2,}}|[^\\S ]|[{_CONTROL}]")
_NOTHING = re.compile(f"[{_INVISIBLE}]+")


def placeholder(number: int) -> str:
    """Return the placeholder of the name that is the `number`-th (from 1) to appear in a sentence."""
    return f"NAME{number}"


def plain_spaces(text: str) -> str:
    """Return `text` with one space for any whitespace or control characters, and without invisible characters."""
    return _NOTHING.sub("", _SPACE.sub(" ", text))


class Name(NamedTuple):
    """A proper name in a field: code points [start, end), and whose it is."""

    start: int
    end: int
    bearer: Hashable


class Masked:
    """A sentence as the parser sees it, and the way back to the field it came from.

    `text` is the sentence with every name replaced; any whitespace and control characters between words are
    one space, and invisible characters are gone.
    """

    def __init__(self, field: str, start: int, end: int, names: Sequence[Name]) -> None:
        edits: list[tuple[int, int, str]] = []
        numbers: dict[Hashable, int] = {}
        for name in names:
            number = numbers.setdefault(name.bearer, len(numbers) + 1)
            edits.append((name.start, name.end, placeholder(number)))
        for pattern, instead in ((_SPACE, " "), (_NOTHING, "")):
            for stray in pattern.finditer(field, start, end):
                a, b = stray.span()
                if not any(n.start < b and a < n.end for n in names):
                    edits.append((a, b, instead))
        edits.sort()
        pieces: list[str] = []
        self._text_starts: list[int] = [0]
        self._field: list[int] = [start]
        self._verbatim: list[bool] = [True]
        at = start
        length = 0
        for a, b, text in edits:
            pieces += (field[at:a], text)
            length += a - at
            self._text_starts += (length, length + len(text))
            self._field += (a, b)
            self._verbatim += (False, True)
            length += len(text)
            at = b
        pieces.append(field[at:end])
        self.text = "".join(pieces)

    def to_field(self, start: int, end: int) -> tuple[int, int]:
        """Return the code points of the field that masked[start:end] stands for."""
        first = bisect_right(self._text_starts, start) - 1
        last = bisect_right(self._text_starts, max(start, end - 1)) - 1
        a = self._field[first] + (start - self._text_starts[first] if self._verbatim[first] else 0)
        if self._verbatim[last]:
            return a, self._field[last] + end - self._text_starts[last]
        return a, self._field[last + 1]

    def to_masked(self, start: int, end: int) -> tuple[int, int]:
        """Return where field[start:end], a name or what holds none, stands in the masked text."""
        return self._mask(start), self._mask(end)

    def _mask(self, offset: int) -> int:
        at = bisect_right(self._field, offset) - 1
        if self._verbatim[at]:
            return self._text_starts[at] + offset - self._field[at]
        return self._text_starts[at]
