"""What articles are about, as hashes: words, pairs of neighbouring words, and numbers with what they count.

An article is its title and the beginning of its text, where news says what happened. Bytes are classed by a
table, words are what lies between separators, and a word's hash is a difference of running sums, so that all
words of a megabyte are hashed at once and no loop runs per word. Words are folded to small letters in ASCII
only; a language that does not put spaces between words gives terms that no two articles share.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.links.arrays import powers
from masthead.reading.lexicon import DAYS_AND_MONTHS, FUNCTION_WORDS, NUMBER_WORDS
from masthead.reading.words import mix

TERMS = 1 << 24
"""Terms are numbered by hash, 0 to TERMS − 1; in a posting this bit is set where the term stands in the title."""

COUNTED = 1 << 20
"""What is counted (`dead`, `million crowns`) is numbered by hash, 0 to COUNTED − 1."""

READ = 2_500
"""Code points of a text that are read: about 400 words."""

_SLICE = 1_000_000
_SCALES = frozenset(("hundred", "thousand", "million", "billion", "trillion", "per"))
"""After these a number counts what the next word says as well: `three million crowns`, `five per cent`."""

_SHORTEST_COUNTED = 3

Whole = npt.NDArray[np.int64]
Ids = npt.NDArray[np.int32]
_Hashes = npt.NDArray[np.uint64]
_Bytes = npt.NDArray[np.uint8]
_Flags = npt.NDArray[np.bool_]


class Postings(NamedTuple):
    """Distinct ids per article, ascending: those of article i are `ids[starts[i]:starts[i + 1]]`."""

    ids: Ids
    starts: Whole

    def of(self, articles: Whole) -> tuple[Ids, Whole]:
        """Return the ids of some articles one after the other, and of which of them each id is."""
        counts = self.starts[articles + 1] - self.starts[articles]
        row = np.repeat(np.arange(len(articles)), counts)
        within = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts)
        return self.ids[self.starts[articles][row] + within], row


class Read(NamedTuple):
    """The postings of articles: their terms; what they count; and what they count with how many of it.

    `counts` are ids of (counted, number) below TERMS, and `counted_of` gives for each of them, in the same
    order, what is counted, below COUNTED.
    """

    terms: Postings
    counts: Postings
    counted_of: Ids


def read_terms(title: pa.Array, text: pa.Array) -> Read:
    """Return the terms of articles given as two string arrays of one length without nulls."""
    title = title.combine_chunks() if isinstance(title, pa.ChunkedArray) else title
    text = text.combine_chunks() if isinstance(text, pa.ChunkedArray) else text
    text = pc.utf8_slice_codeunits(text, 0, READ)
    # A title that is a line of its own, whatever it holds.
    title = pc.replace_substring(title, "\n", " ")
    content = pc.binary_join_element_wise(title, text, "\n")
    titles = pc.binary_length(title).to_numpy(zero_copy_only=False).astype(np.int64)
    sizes = np.cumsum(pc.binary_length(content).to_numpy(zero_copy_only=False).astype(np.int64))
    lots = [_read(content.slice(0, 0), titles[:0])]
    start = 0
    while start < len(content):
        before = sizes[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(sizes, before + _SLICE)))
        lots.append(_read(content.slice(start, stop - start), titles[start:stop]))
        start = stop
    return _joined_reads(lots)


def in_order(lots: list[Read], at: Whole) -> Read:
    """Return the articles at these places, each at most once, in this order; places count through all lots.

    The lots are taken off the list one by one, so that the terms of a million articles are not held twice.
    """
    place = np.full(sum(len(lot.terms.starts) - 1 for lot in lots), -1)
    place[at] = np.arange(len(at))
    terms = _Gathered([lot.terms for lot in lots], at)
    counts, things = (_Gathered([lot.counts for lot in lots], at) for _ in range(2))
    start = 0
    lots.reverse()
    while lots:
        lot = lots.pop()
        stop = start + len(lot.terms.starts) - 1
        terms.take(lot.terms, place[start:stop])
        counts.take(lot.counts, place[start:stop])
        things.take(Postings(lot.counted_of, lot.counts.starts), place[start:stop])
        start = stop
    return Read(terms.postings, counts.postings, things.postings.ids)


class _Gathered:
    """Postings in the making: room for those of all articles, filled lot by lot."""

    def __init__(self, lots: list[Postings], at: Whole) -> None:
        many = np.concatenate([np.empty(0, np.int64), *(np.diff(lot.starts) for lot in lots)])
        starts = np.append(0, np.cumsum(many[at]))
        self.postings = Postings(np.empty(starts[-1], np.int32), starts)

    def take(self, lot: Postings, place: Whole) -> None:
        """Put the ids of each article of a lot where its place is; −1 leaves an article out."""
        many = np.diff(lot.starts)
        to = np.repeat(np.where(place >= 0, self.postings.starts[place], 0) - lot.starts[:-1], many)
        has_place = np.repeat(place >= 0, many)
        self.postings.ids[(to + np.arange(len(to)) + lot.starts[0])[has_place]] = lot.ids[has_place]


def _joined_reads(lots: list[Read]) -> Read:
    return Read(
        _concat([lot.terms for lot in lots]),
        _concat([lot.counts for lot in lots]),
        np.concatenate([lot.counted_of for lot in lots]),
    )


def _concat(lots: list[Postings]) -> Postings:
    many = np.concatenate([np.diff(lot.starts) for lot in lots])
    return Postings(np.concatenate([lot.ids for lot in lots]), np.append(0, np.cumsum(many)))


class _Words(NamedTuple):
    """Every word as it stands: hash, article, whether in the title, which sentence, what kind of word."""

    hashes: _Hashes
    article: Whole
    in_title: _Flags
    sentence: Whole
    number: _Flags
    countable: _Flags


def _read(content: pa.Array, titles: Whole) -> Read:
    text, starts = _utf8(content)
    words = _words(text, starts, titles)
    return Read(_terms(words, len(content)), *_counts(words, len(content)))


def _terms(words: _Words, articles: int) -> Postings:
    """Return the distinct words and pairs of words of each article."""
    content = ~np.isin(words.hashes, _hashes_of(FUNCTION_WORDS - NUMBER_WORDS))
    hashes, article, title = words.hashes[content], words.article[content], words.in_title[content]
    sentence = words.sentence[content]
    together = sentence[1:] == sentence[:-1]
    pairs = mix(hashes[:-1] * np.uint64(31) + hashes[1:])[together]
    ids = np.concatenate([hashes, pairs]) >> np.uint64(40)
    article = np.concatenate([article, article[:-1][together]])
    elsewhere = ~np.concatenate([title, title[:-1][together]])
    # Where a term stands in the title and in the text, the title's comes first and is the one kept.
    keys = np.sort((article.astype(np.uint64) << np.uint64(25)) | (ids << np.uint64(1)) | elsewhere)
    first = np.append(True, (keys[1:] >> np.uint64(1)) != (keys[:-1] >> np.uint64(1)))[: len(keys)]
    keys = keys[first]
    title_bits = np.where(keys & np.uint64(1), 0, TERMS).astype(np.int32)
    ids = ((keys >> np.uint64(1)) & np.uint64(TERMS - 1)).astype(np.int32)
    many = np.bincount((keys >> np.uint64(25)).astype(np.int64), minlength=articles)
    return Postings(ids | title_bits, np.append(0, np.cumsum(many)))


def _counts(words: _Words, articles: int) -> tuple[Postings, Ids]:
    """Return the distinct (what is counted, how many) of each article, and what is counted in each."""
    at = np.flatnonzero(words.number)
    end = len(words.number) - 1
    after = np.minimum(at + 1, end)
    has_scale = np.isin(words.hashes[after], _hashes_of(_SCALES))
    last = np.minimum(after + has_scale, end)
    keep = (
        (words.sentence[at] == words.sentence[last])
        & words.countable[after]
        & words.countable[last]
        & ~(words.number[after] | words.number[last])
        & ((last > after) == has_scale)
    )
    at, after, last = at[keep], after[keep], last[keep]
    things = mix(words.hashes[after] * np.uint64(37) + words.hashes[last])
    both = mix(things * np.uint64(41) + words.hashes[at]) >> np.uint64(40)
    keys, where = np.unique((words.article[at].astype(np.uint64) << np.uint64(24)) | both, return_index=True)
    many = np.bincount((keys >> np.uint64(24)).astype(np.int64), minlength=articles)
    ids = (keys & np.uint64(TERMS - 1)).astype(np.int32)
    of = (things[where] >> np.uint64(44)).astype(np.int32)
    return Postings(ids, np.append(0, np.cumsum(many))), of


def _utf8(strings: pa.Array) -> tuple[_Bytes, Whole]:
    """Return the UTF-8 of all strings, a line end after each, and where each begins."""
    lines = pc.binary_join_element_wise(strings, "", "\n")
    _, offsets, data = lines.buffers()
    width = np.int64 if pa.types.is_large_string(lines.type) else np.int32
    ends = np.frombuffer(offsets, width)[lines.offset : lines.offset + len(lines) + 1].astype(np.int64)
    text = np.frombuffer(data, np.uint8) if data is not None else np.empty(0, np.uint8)
    return text[ends[0] : ends[-1]], ends - ends[0]


def _words(text: _Bytes, starts: Whole, titles: Whole) -> _Words:
    """Find every word of `text`; article i begins at byte `starts[i]` and its title has `titles[i]` bytes."""
    hashes, first, last = _find_words(text)
    article = np.searchsorted(starts, first, side="right") - 1
    tables = _tables()
    # A sentence ends with a mark before a space, or with the line.
    marks = tables.ends[text] & np.append(text[1:] <= 0x22, True)
    sentence = np.searchsorted(np.flatnonzero((text == 0x0A) | marks), first)
    number = tables.digits[text[first]] | np.isin(hashes, _hashes_of(NUMBER_WORDS))
    countable = (last - first >= _SHORTEST_COUNTED) & ~np.isin(
        hashes, _hashes_of(FUNCTION_WORDS - NUMBER_WORDS | DAYS_AND_MONTHS)
    )
    in_title = first < (starts[:-1] + titles)[article] if len(first) else np.empty(0, np.bool_)
    return _Words(hashes, article, in_title, sentence, number, countable)


def _find_words(text: _Bytes) -> tuple[_Hashes, Whole, Whole]:
    """Return hash, first byte and byte past the last of every number and every word of two bytes or more."""
    tables = _tables()
    inside = tables.letters[text]
    # Dashes, quotation marks and spaces beyond ASCII are two or three bytes that stand for no letter.
    general = np.flatnonzero((text[:-2] == 0xE2) & (text[1:-1] == 0x80))
    latin = np.flatnonzero(text[:-1] == 0xC2)
    for step in range(3):
        inside[general + step] = False
    for step in range(2):
        inside[latin + step] = False
    # A comma or point between digits belongs to the number.
    points = np.flatnonzero((text[1:-1] == 0x2C) | (text[1:-1] == 0x2E)) + 1
    inside[points[tables.digits[text[points - 1]] & tables.digits[text[points + 1]]]] = True
    edges = np.flatnonzero(np.diff(inside, prepend=False, append=False))
    first, last = edges[::2], edges[1::2]
    keep = (last - first > 1) | tables.digits[text[first]]
    first, last = first[keep], last[keep]
    up, down = powers(len(text))
    running = np.append(np.uint64(0), np.cumsum((tables.lower[text] + np.uint64(1)) * up))
    return mix((running[last] - running[first]) * down[first]), first, last


class _Tables(NamedTuple):
    """What each byte is: part of a word, a digit; its small letter; a mark that may end a sentence."""

    letters: _Flags
    digits: _Flags
    lower: _Hashes
    ends: _Flags


@cache
def _tables() -> _Tables:
    of = np.arange(256)
    digits = (of >= 0x30) & (of <= 0x39)
    capital = (of >= 0x41) & (of <= 0x5A)
    letters = digits | capital | ((of >= 0x61) & (of <= 0x7A)) | (of >= 0x80)
    ends = np.isin(of, np.frombuffer(b".?!:;", np.uint8))
    return _Tables(letters, digits, np.where(capital, of + 32, of).astype(np.uint64), ends)


@cache
def _hashes_of(words: frozenset[str]) -> _Hashes:
    return _find_words(np.frombuffer("\n".join([*sorted(words), ""]).encode(), np.uint8))[0]
