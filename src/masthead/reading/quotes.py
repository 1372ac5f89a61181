"""Where quotation marks open and close, so that a mention knows whether it is the outlet's own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

Span = tuple[int, int]

_ANY_MARK = re.compile("[\"“”„‟«»″＂]|``|(?<![^\\W_])['‘‚‹]")
_DOUBLE = re.compile("``|''|[\"“”„‟«»＂]")
_SINGLE = re.compile("['‘’‚‹›]")
_SENTENCE_END = re.compile(r"[.!?…](?=\s)")
_APOSTROPHE = re.compile(r"['‘](?:\d\ds?\b|em\b|til\b|tis\b|twas\b|cause\b|n['’]?\s|round\b)", re.IGNORECASE)

_CLOSES = {
    '"': '"',
    "＂": "＂",
    "“": "”“‟",
    "„": "“”‟",
    "‟": "”",
    "«": "»",
    "»": "«",
    "``": "''",
    "'": "'",
    "‘": "’",
    "‚": "‘’",
    "‹": "›",
}
"""Each mark that can open, with the marks that can close it (`„a“` is German, `»a«` too)."""

_OPENS_PARAGRAPH = re.compile(r"\s*(?:[\"“„«»‟＂]|``)")
_LONGEST_UNCLOSED = 1000
_SINGLE_MARKS_AHEAD = 24


@dataclass(slots=True)
class _Open:
    offset: int
    mark: str
    within: list[Span] = field(default_factory=list)
    """The quotations that have closed inside this one."""


def quoted_spans(text: str) -> list[Span]:
    """Return the stretches [start, end) of `text` that stand inside quotation marks, marks included.

    Straight, curly, low, angled and doubled marks, and single ones where they come as a pair. A quotation
    inside another is part of the outer one. One that is never closed ends with its sentence. It ends with
    its paragraph where the next one opens with a mark, so that a quotation of many paragraphs, whose mark is
    repeated at the start of each, is found whole (a paragraph of more than a thousand characters is none), and where
    the mark opens again first, it ends there. Inch marks and apostrophes are not quotation marks. Ordered, disjoint;
    code points.
    """
    return list(_spans(text))


def has_quotations(text: str) -> bool:
    """True where anything in `text` stands inside quotation marks."""
    return next(_spans(text), None) is not None


def _spans(text: str) -> Iterator[Span]:
    """Yield the quotations of each paragraph that holds a mark at all."""
    mark = _ANY_MARK.search(text)
    while mark is not None:
        start = text.rfind("\n", 0, mark.start()) + 1
        end = text.find("\n", mark.end())
        end = len(text) if end < 0 else end
        yield from _paragraph(text, start, end)
        mark = _ANY_MARK.search(text, end)


class Quotations:
    """The quotations of one text, found paragraph by paragraph as they are asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._paragraphs: dict[int, list[Span]] = {}

    def hold(self, offset: int) -> bool:
        """True where the code point at `offset` stands inside quotation marks."""
        start = self._text.rfind("\n", 0, offset) + 1
        spans = self._paragraphs.get(start)
        if spans is None:
            end = self._text.find("\n", offset)
            end = len(self._text) if end < 0 else end
            has_mark = _ANY_MARK.search(self._text, start, end) is not None
            spans = _paragraph(self._text, start, end) if has_mark else []
            self._paragraphs[start] = spans
        at = bisect_right(spans, (offset, len(self._text) + 1)) - 1
        return at >= 0 and offset < spans[at][1]


def _paragraph(text: str, start: int, end: int) -> list[Span]:
    return _merge(_double(text, start, end) + _single(text, start, end))


def _merge(spans: list[Span]) -> list[Span]:
    disjoint: list[Span] = []
    for first, last in sorted(spans):
        if disjoint and first < disjoint[-1][1]:
            disjoint[-1] = (disjoint[-1][0], max(disjoint[-1][1], last))
        else:
            disjoint.append((first, last))
    return disjoint


def _double(text: str, start: int, end: int) -> list[Span]:
    spans: list[Span] = []
    stack: list[_Open] = []
    for match in _DOUBLE.finditer(text, start, end):
        mark, offset = match.group(), match.start()
        level = _level_closed(stack, mark) if _can_close(text, start, end, offset, mark) else None
        if level is not None and not _rather_opens(text, start, end, offset, mark):
            quotation = (stack[level].offset, match.end())
            del stack[level:]
            (stack[-1].within if stack else spans).append(quotation)
        elif mark in _CLOSES and _can_open(text, start, end, offset, mark):
            stack.append(_Open(offset, mark))
    for level, opener in enumerate(stack):
        following = opener.within[0][0] if opener.within else end
        if level + 1 < len(stack):
            following = min(following, stack[level + 1].offset)
        if following - opener.offset > _LONGEST_UNCLOSED or (
            following == end and _OPENS_PARAGRAPH.match(text, end) is None
        ):
            sentence = _SENTENCE_END.search(text, opener.offset, following)
            following = min(sentence.end(), following) if sentence else following
        spans += [(opener.offset, following), *opener.within]
    return spans


def _level_closed(stack: list[_Open], mark: str) -> int | None:
    """Return which open quotation `mark` closes: the innermost one that it can."""
    # A few levels are as deep as quotations nest; looking further would only cost time on hostile text.
    for level in range(len(stack) - 1, max(-1, len(stack) - 5), -1):
        closers = _CLOSES[stack[level].mark]
        if mark in closers if len(mark) == 1 else mark == closers:
            return level
    return None


def _rather_opens(text: str, start: int, end: int, offset: int, mark: str) -> bool:
    """True for a mark of two faces that stands as an opening one: after a space, before a letter."""
    before = text[offset - 1] if offset > start else " "
    after = text[offset + 1] if offset + 1 < end else " "
    opens_something = after.isalnum() or after in "'“‘«([$£€#@…"
    return mark in '"＂“«»' and (before.isspace() or before in "([—") and opens_something


def _can_open(text: str, start: int, end: int, offset: int, mark: str) -> bool:
    after = offset + len(mark)
    if after >= end or (text[after].isspace() and mark != "«"):
        return False
    before = text[offset - 1] if offset > start else " "
    if mark in '"＂»':
        return not before.isalnum()
    return True


def _can_close(text: str, start: int, end: int, offset: int, mark: str) -> bool:
    before = text[offset - 1] if offset > start else " "
    after = offset + len(mark)
    following = text[after] if after < end else " "
    if before.isspace():
        # Set off by a space, it closes only where nothing follows that it could open.
        return following.isspace() or following in ".,;:!?)"
    if mark not in '"＂':
        return True
    feet = before.isdigit() and offset - 2 >= start and text[offset - 2] in "'′’"
    return not following.isalnum() and not feet


def _single(text: str, start: int, end: int) -> list[Span]:
    marks = [(m.start(), m.group()) for m in _SINGLE.finditer(text, start, end)]
    spans: list[Span] = []
    at = 0
    while at < len(marks):
        offset, mark = marks[at]
        closing = None
        if mark in _CLOSES and _can_open_single(text, start, end, offset):
            closing = _closing_single(text, end, marks, at)
        if closing is not None:
            spans.append((offset, marks[closing][0] + 1))
            at = closing
        at += 1
    return spans


def _can_open_single(text: str, start: int, end: int, offset: int) -> bool:
    before = text[offset - 1] if offset > start else " "
    following = text[offset + 1] if offset + 1 < end else " "
    return (
        (before.isspace() or before in '([—–-:/"“«„')
        and (following.isalnum() or following in '"“«…$£€#@[(')
        and _APOSTROPHE.match(text, offset) is None
    )


def _closing_single(text: str, end: int, marks: list[tuple[int, str]], at: int) -> int | None:
    """Return the index of the mark that closes the single one at index `at`, passing over apostrophes."""
    possessive: int | None = None
    for i in range(at + 1, min(len(marks), at + _SINGLE_MARKS_AHEAD)):
        there, mark = marks[i]
        before = text[there - 1]
        following = text[there + 1] if there + 1 < end else " "
        if mark not in _CLOSES[marks[at][1]] or before.isspace() or following.isalnum():
            continue
        if before == "s" and text[there + 1 : there + 3].strip()[:1].islower():
            # `the rebels' camp`: taken for the end only where no better one follows.
            possessive = i if possessive is None else possessive
            continue
        return i
    return possessive
