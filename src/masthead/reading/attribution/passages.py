"""A field of an article cut into the sentences that may hold an attribution, and its quotations."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from masthead.reading.attribution.forms import may_attribute
from masthead.reading.mentions.masking import Masked
from masthead.reading.parsing.sentences import Span, cut, paragraphs, sentences, trim
from masthead.reading.parsing.shards import sentence_key
from masthead.reading.quotes import quoted_spans

_OPENING = re.compile(r"(?<!\S)''(?=\S)")
_GLUE = re.compile(r"[a-z)][.!?](?=[“„«][^\W\d_a-z])|[.!?][”»](?=[“„«]?[^\W\d_a-z])")
_CLOSED = re.compile(r"[\"“”„‟«»＂'‘’‹›]\Z")
_GOES_ON = re.compile(r"\s*[\"“„«»‟＂`]")
_STRAIGHT = str.maketrans("“”„‟", '""""')
_WORDS = re.compile(r"\w")


@dataclass(slots=True)
class Unit:
    """A sentence, or a piece of one too long to parse: code points [start, end) of its field.

    `quotation` is the quotation that it lies in whole, by its place among those of the passage; None for any
    other. Only others with a mark or a cue have something to parse (`mask`, `key`).
    """

    start: int
    end: int
    paragraph: int
    quotation: int | None
    mask: Masked | None
    key: int


def _plain_marks(content: str) -> str:
    """Return `content` with one kind of double mark where it mixes them, code point for code point.

    Straight marks beside curly ones would not close each other; two apostrophes are a double mark that opens
    as it closes.
    """
    if "''" in content:
        content = _OPENING.sub(' "', content)
        content = content.replace("''", '" ')
    if '"' in content and ("“" in content or "”" in content):
        content = content.translate(_STRAIGHT)
    return content


def _quotations(content: str) -> list[Span]:
    """Return the quotations of a field, marks included, ordered and disjoint."""
    spans = quoted_spans(_plain_marks(content))
    if "''" not in content:
        return spans
    return [
        (start - (content[start - 1 : start + 1] == "''"), end + (content[end - 1 : end + 1] == "''"))
        for start, end in spans
    ]


def _pieces(content: str, start: int, end: int) -> Iterator[Span]:
    """Yield what a lost space has glued together beside a quotation mark: `a cable.“We will rebuild,”`."""
    begin = start
    for match in _GLUE.finditer(content, start, end):
        yield begin, match.end()
        begin = match.end()
    yield begin, end


class Passage:
    """A field of an article: its units in order, and its quotations (marks included), ordered and disjoint.

    Paragraphs without a quotation mark and without a cue have no units. `parser_text` is the field as a parser should
    see it, code point for code point (None: as it is); `masks` are sentences of it that are masked already, and
    `names` the subjects' names in it.
    """

    def __init__(
        self,
        content: str,
        parser_text: str | None = None,
        masks: Mapping[Span, Masked] | None = None,
        names: Sequence[Span] = (),
    ) -> None:
        self.content = content
        self.quotations = _quotations(content)
        self._starts = [start for start, _ in self.quotations]
        self._parser_text = content if parser_text is None else parser_text
        self._masks = masks or {}
        self.units: list[Unit] = []
        self.paragraphs = paragraphs(content)
        for number, (start, end) in enumerate(self.paragraphs):
            if not self.within(start, end) and not may_attribute(content[start:end]):
                continue
            for begin, stop in _pieces(content, start, end):
                for first, last in sentences(content, begin, stop):
                    for piece in cut(content, first, last, names):
                        self._add(number, *trim(content, *piece))

    def _add(self, paragraph: int, start: int, end: int) -> None:
        if start >= end:
            return
        here = self.within(start, end)
        whole = next((q for q in here if self._is_whole(start, end, self.quotations[q])), None)
        mask = None
        if whole is None and (here or may_attribute(self.content[start:end])):
            mask = self._masks.get((start, end)) or Masked(self._parser_text, start, end, [])
        key = sentence_key(mask.text) if mask is not None else 0
        self.units.append(Unit(start, end, paragraph, whole, mask, key))

    def within(self, start: int, end: int) -> range:
        """Return the places of the quotations that overlap [start, end)."""
        first = bisect_right(self._starts, start) - 1
        if first < 0 or self.quotations[first][1] <= start:
            first += 1
        return range(first, bisect_left(self._starts, end))

    def is_unclosed(self, start: int, end: int) -> bool:
        """True where a quotation that overlaps [start, end) opens with a mark that is never closed.

        One that the next paragraph goes on with, opening anew, is closed by custom.
        """
        return any(
            _CLOSED.search(self.content, first, last) is None and not _GOES_ON.match(self.content, last)
            for first, last in (self.quotations[number] for number in self.within(start, end))
        )

    def _is_whole(self, start: int, end: int, quotation: Span) -> bool:
        """True where no letter of [start, end) stands outside the quotation."""
        before = self.content[start : max(start, quotation[0])]
        after = self.content[min(end, quotation[1]) : end]
        return not (_WORDS.search(before) or _WORDS.search(after))
