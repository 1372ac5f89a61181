"""A title or text to which things are put: before, behind and in the middle, with a map of what moved where."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple


class Span(NamedTuple):
    """What was put there: its kind, and where it stands in the whole, in code points."""

    kind: str
    start: int
    end: int


class _Piece(NamedTuple):
    at: int
    kind: str
    before: str
    text: str
    after: str


class Sheet:
    """Takes pieces at places of the article's own text; what is put at one place stands in the order of putting."""

    def __init__(self, own: str) -> None:
        self.own = own
        self._pieces: list[_Piece] = []
        self._places: list[int] = []
        self._shifts: list[int] = []
        self.text = own
        self.spans: list[Span] = []

    def put(self, at: int, kind: str, text: str, *, before: str = "", after: str = "") -> None:
        """Put a text at an offset of the own text, with white space around it that belongs to nobody."""
        self._pieces.append(_Piece(at, kind, before, text, after))

    def set(self) -> None:
        """Set the whole: `text`, and `spans` in the order in which they stand."""
        parts: list[str] = []
        self.spans, self._places, self._shifts = [], [], []
        length = at = shift = 0
        for piece in sorted(self._pieces, key=lambda p: p.at):
            parts += (self.own[at : piece.at], piece.before, piece.text, piece.after)
            start = length + piece.at - at + len(piece.before)
            self.spans.append(Span(piece.kind, start, start + len(piece.text)))
            addition = len(piece.before) + len(piece.text) + len(piece.after)
            length += piece.at - at + addition
            at = piece.at
            shift += addition
            self._places.append(at)
            self._shifts.append(shift)
        self.text = "".join([*parts, self.own[at:]])

    def place_of(self, at: int) -> int:
        """Where the character of the own text at an offset stands in the whole."""
        place = bisect_right(self._places, at)
        return at + (self._shifts[place - 1] if place else 0)

    def moved_span(self, start: int, end: int) -> tuple[int, int]:
        """Where a span of the own text stands in the whole."""
        return self.place_of(start), self.place_of(end - 1) + 1
