"""Sentences, with exact offsets. Only the paragraphs that hold a mention are ever split."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence

Span = tuple[int, int]

LONGEST = 1000
"""Code points (about 170 words) beyond which a sentence is cut: what is longer is a list or a lost full stop."""

_NAME = "NAMES"
"""What every name counts as."""

_LINE = re.compile(r"\n")
_MARKS = str.maketrans(dict.fromkeys('"“”„‟«»＂', " "))
_OPENING = re.compile(r"(?<=\s)[\"“„«]\Z")
_CLAUSE = re.compile(r"[;:–—](?=\s)|(?<=[)\]])\s|,(?=\s)|\s")
_WRAPPED_LINE = range(45, 130)


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs [start, end) of `text`, ordered and disjoint, without the line ends between them.

    An empty line ends a paragraph. A single line end does too, unless the line looks wrapped: of a usual
    width, not ended by a full stop, with a small letter at the start of the next one.
    """
    spans: list[Span] = []
    start = 0
    for line in _LINE.finditer(text):
        at = line.start()
        if at < start:
            continue
        if _is_wrap(text, start, at):
            continue
        if at > start:
            spans.append((start, at))
        start = at + 1
    if start < len(text):
        spans.append((start, len(text)))
    return spans


def _is_wrap(text: str, start: int, at: int) -> bool:
    begin = max(text.rfind("\n", start, at) + 1, start)
    following = text[at + 1 : at + 2]
    return at - begin in _WRAPPED_LINE and following.islower() and text[at - 1] not in '.!?:;"”’'


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences [start, end) that tile `text` between `start` and `end`: no gap, no overlap.

    Each takes the space that follows it. Sentences inside quotation marks are sentences of their own.
    """
    import sentencex

    end = len(text) if end is None else end
    # Without quotation marks, since the splitter takes all that stands between two of them as one sentence.
    plain = text[start:end].translate(_MARKS)
    spans: list[Span] = []
    begin = at = start
    for sentence in sentencex.segment("en", plain):
        at += len(sentence)
        # An opening mark at the very end belongs to what follows.
        opening = _OPENING.search(text, begin, at) if at < end else None
        stop = opening.start() if opening else at
        if stop > begin:
            spans.append((begin, stop))
            begin = stop
    if end > begin:
        spans.append((begin, end))
    return spans


def cut(text: str, start: int, end: int, names: Sequence[Span] = ()) -> list[Span]:
    """Cut [start, end) into pieces of at most LONGEST code points, at a clause's end or a space if it can.

    Each of `names`, which may overlap, counts as long as any other: where a sentence is cut does not hang on whose
    name stands in it.
    """
    # However short its names are, a sentence of a third of that stays under it.
    if end - start <= LONGEST // 3:
        return [(start, end)] if end > start else []
    plain, places = _with_names_alike(text, start, end, names)
    stops = [places[stop] for stop in _stops(plain)]
    return list(itertools.pairwise([start, *stops, end]))


def _with_names_alike(text: str, start: int, end: int, names: Sequence[Span]) -> tuple[str, list[int]]:
    """Return text[start:end] with every name as _NAME, and the offset in `text` of each place between letters."""
    pieces, places = [], []
    at = start
    for first, last in sorted(names):
        if first < at or last > end:
            continue  # within the name before it, or in another sentence
        pieces += [text[at:first], _NAME]
        places += [*range(at, first), first, *[last] * (len(_NAME) - 1)]
        at = last
    return "".join([*pieces, text[at:end]]), [*places, *range(at, end + 1)]


def _stops(text: str) -> list[int]:
    """Return where a text is cut, so that no piece is longer than LONGEST."""
    stops = []
    start = 0
    while len(text) - start > LONGEST:
        best = None
        worth = -1
        for sign in _CLAUSE.finditer(text, start + LONGEST // 2, start + LONGEST):
            here = 2 if sign.group() in (";", ":", "–", "—") else 1 if sign.group() == "," else 0
            if here >= worth:
                best, worth = sign.end(), here
        start = best if best is not None else start + LONGEST
        stops.append(start)
    return stops


def holding(spans: Sequence[Span], offsets: Sequence[int]) -> list[Span]:
    """Return those of the ordered, disjoint `spans` that hold one of `offsets`."""
    starts = [start for start, _ in spans]
    indices: set[int] = set()
    for offset in offsets:
        at = bisect_right(starts, offset) - 1
        if at >= 0 and offset < spans[at][1]:
            indices.add(at)
    return [spans[at] for at in sorted(indices)]


def trim(text: str, start: int, end: int) -> Span:
    """Return [start, end) without the whitespace at its ends."""
    body = text[start:end]
    lead = len(body) - len(body.lstrip())
    return start + lead, start + lead + len(body.strip())
