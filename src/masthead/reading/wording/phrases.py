"""The phrases of texts: one to three words in a row as they stand, names, places and numbers left out.

A phrase begins and ends with a word that says something (`war on terror`, not `the war on` nor `same war`), and does
not run over a mark, the end of a line, a name, a number or from one voice into another. A name is any word with a
capital letter, any alias of the study whatever its letters, and what a hyphen ties to either; where a sentence begins a
capital says nothing, and the word counts if the same article has it in small letters too. Words are folded as for
reuse: without case, accents and apostrophes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from masthead.reading.lexicon import FUNCTION_WORDS, NO_LABELS
from masthead.reading.words import Ids, find_words, grams

LONGEST = 3
"""Words of the longest phrase."""

OWN, NOBODY = -1, -2
"""Whose words: the outlet's own; somebody's who is no party. Parties are 0, 1, …"""

_HIDDEN = -3
_SHORTEST = 2
_CAPITAL, _NUMBER, _JOINS, _ENDS, _OPENS, _SPACE, _CLOSES, _HYPHEN = (1 << bit for bit in range(8))
"""What a character is, as bits: see `_classes`."""

_LINE_END = _ENDS | _SPACE
_PLANE = 0x10000

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Hashes = npt.NDArray[np.uint64]


@dataclass(frozen=True)
class Field:
    """A title or a text: `speech` holds [start, end) and whose words these are, longer stretches first, and `names`
    the stretches that are names whatever they look like. All else is the outlet's own. `article` numbers the article;
    in a `headline` capitals say nothing."""

    article: int
    content: str
    speech: Sequence[tuple[int, int, int]] = ()
    names: Sequence[tuple[int, int]] = field(default=())
    headline: bool = False


class Phrases(NamedTuple):
    """Every phrase as it stands, those of one length after the other.

    field:  which of the fields; whose: whose words; phrase: a hash that is the same wherever the phrase stands
    size:   in words; first: the place of its first word among all words
    start, end, sentence_start, sentence_end: code points of the field's content
    """

    field: Whole
    whose: Whole
    phrase: Hashes
    size: Whole
    first: Whole
    start: Whole
    end: Whole
    sentence_start: Whole
    sentence_end: Whole

    def take(self, at: Flags | Whole) -> Phrases:
        """Return some of them, by a flag for each or by their places."""
        field, whose, phrase, *rest = self
        return Phrases(field[at], whose[at], phrase[at], *(column[at] for column in rest))


def find_phrases(fields: Sequence[Field]) -> Phrases:
    """Find the phrases of fields, without a loop over words or characters."""
    texts = [one.content for one in fields]
    words = find_words(texts)
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    kinds = _classes()[np.minimum(codes, _PLANE - 1)]
    base = np.cumsum([0, *(len(text) + 1 for text in texts)])
    of = np.repeat(np.arange(len(texts)), words.counts)
    whose = _whose(fields, base)[words.starts]
    plain = (whose > _HIDDEN) & _no_names(fields, kinds, words.starts, words.ids, of)
    usable = _not_tied(plain, kinds, words.starts, words.stops)
    content = usable & (words.stops - words.starts >= _SHORTEST) & ~among(words.ids, _empty_words())
    marks = np.append(0, np.cumsum((kinds & _JOINS) == 0))
    goes_on = marks[words.starts[1:]] == marks[words.stops[:-1]]
    goes_on &= usable[1:] & usable[:-1] & (whose[1:] == whose[:-1])
    firsts, hashes, sizes = [], [], []
    for size in range(1, LONGEST + 1):
        count = max(0, len(words.ids) - size + 1)
        there = content[:count] & content[size - 1 : size - 1 + count]
        for step in range(size - 1):
            there = there & goes_on[step : step + count]
        first = np.flatnonzero(there)
        firsts.append(first)
        hashes.append(grams(words.ids, size)[first])
        sizes.append(np.full(len(first), size))
    first, length = np.concatenate(firsts), np.concatenate(sizes)
    start, end = words.starts[first], words.stops[first + length - 1]
    edges = np.append(0, np.flatnonzero(_sentence_ends(kinds)) + 1)
    edge = np.searchsorted(edges, start, side="right") - 1
    began = base[of[first]]
    return Phrases(
        of[first],
        whose[first],
        np.concatenate(hashes),
        length,
        first,
        start - began,
        end - began,
        np.maximum(edges[edge], began) - began,
        np.append(edges, len(codes))[edge + 1] - began,
    )


def longest(phrases: Phrases) -> Phrases:
    """Leave out the phrases that stand inside a longer one of the same `phrases`: a word counts for one phrase."""
    count = int(phrases.first.max(initial=-1)) + LONGEST + 1
    keep = np.ones(len(phrases.first), np.bool_)
    reach = np.zeros(count, np.int64)
    for size in range(LONGEST, 0, -1):
        at = np.flatnonzero(phrases.size == size)
        first = phrases.first[at]
        inside = reach[first] >= first + size
        keep[at] = ~inside
        # How far the longest of the phrases that begin at or before a word reaches.
        np.maximum.at(reach, first[~inside], first[~inside] + size)
        reach = np.maximum.accumulate(reach)
    return phrases.take(keep)


def among(values: npt.NDArray[Any], members: npt.NDArray[Any]) -> Flags:
    """Say of every value whether it is among the `members`, which are sorted: numpy's `isin` would sort the values."""
    if not len(members):
        return np.zeros(len(values), np.bool_)
    flags: Flags = members[np.minimum(np.searchsorted(members, values), len(members) - 1)] == values
    return flags


def parts(of: Phrases, phrases: Phrases) -> tuple[Whole, Hashes]:
    """Return how many of `phrases` stand inside each of `of`, which are some of them, and the hashes of all these."""
    key = phrases.first * (LONGEST + 1) + phrases.size
    order = np.argsort(key)
    key, hashes = key[order], phrases.phrase[order]
    there, inside = [], []
    for size in range(1, LONGEST):
        for step in range(LONGEST - size + 1):
            keys = (of.first + step) * (LONGEST + 1) + size
            at = np.minimum(np.searchsorted(key, keys), len(key) - 1)
            there.append((key[at] == keys) & (size < of.size) & (step + size <= of.size))
            inside.append(hashes[at])
    flags = np.array(there).T
    return flags.sum(axis=1), np.array(inside).T[flags]


def _whose(fields: Sequence[Field], base: Whole) -> Whole:
    """Say of every code point whose words it belongs to; shorter stretches lie over longer ones, names over all."""
    whose = np.full(base[-1] + 1, OWN, np.int64)
    for at, one in enumerate(fields):
        for start, end, who in one.speech:
            whose[base[at] + start : base[at] + end] = who
        for start, end in one.names:
            whose[base[at] + start : base[at] + end] = _HIDDEN
    return whose


def _no_names(
    fields: Sequence[Field], kinds: npt.NDArray[np.uint8], starts: Whole, ids: Ids, of: Whole
) -> Flags:
    """Say of every word whether it is neither a name nor a number."""
    capital = (kinds[starts] & _CAPITAL) > 0
    openings = np.append(0, np.cumsum((kinds & _OPENS) > 0))
    before = np.append(0, starts[:-1]) if len(starts) else starts
    headline = np.array([one.headline for one in fields], np.bool_)[of]
    says_nothing = headline | (openings[starts] > openings[before]) | (np.diff(of, prepend=-1) != 0)
    article = np.array([one.article for one in fields], np.uint64)[of]
    key = (article << np.uint64(32)) | ids.astype(np.uint64)
    small = np.isin(key, key[~capital]) | among(ids, _function_words())
    flags: Flags = ((kinds[starts] & _NUMBER) == 0) & (~capital | (says_nothing & small))
    return flags


def _not_tied(plain: Flags, kinds: npt.NDArray[np.uint8], starts: Whole, stops: Whole) -> Flags:
    """Say of every word whether it is `plain` and no hyphen ties it to a word that is not (`al-Nahr`, `Nahr-led`)."""
    hyphens = np.append(0, np.cumsum((kinds & _HYPHEN) > 0))
    ties = (starts[1:] == stops[:-1] + 1) & (hyphens[starts[1:]] > hyphens[stops[:-1]])
    flags = plain.copy()
    flags[1:] &= plain[:-1] | ~ties
    flags[:-1] &= plain[1:] | ~ties
    return flags


def _sentence_ends(kinds: npt.NDArray[np.uint8]) -> Flags:
    """Say of every code point whether a sentence ends with it: a mark before a space, or the end of a line."""
    ends, before_space = (kinds & _ENDS) > 0, np.append((kinds[1:] & _SPACE) > 0, True)
    closing = np.append(False, ends[:-1])[: len(kinds)] & ((kinds & _CLOSES) > 0)
    flags: Flags = (ends | closing) & before_space[: len(kinds)] | ((kinds & _LINE_END) == _LINE_END)
    return flags


@cache
def _empty_words() -> Ids:
    return np.unique(find_words([" ".join(sorted(FUNCTION_WORDS | NO_LABELS))]).ids)


@cache
def _function_words() -> Ids:
    return np.unique(find_words([" ".join(sorted(FUNCTION_WORDS))]).ids)


@cache
def _classes() -> npt.NDArray[np.uint8]:
    """The bits of each character: a capital, a figure, what may stand between the words of a phrase, what ends a
    sentence (the end of a line is a space too), after what a capital says nothing, a space, a closing mark."""
    classes = np.zeros(_PLANE, np.uint8)
    for code in range(_PLANE):
        letter = chr(code)
        if letter.isupper() or letter.istitle():
            classes[code] |= _CAPITAL
        if letter.isnumeric():
            classes[code] |= _NUMBER
        if letter.isspace():
            classes[code] |= _SPACE
    for characters, bit in (
        (" \u00a0\u202f-‐‑", _JOINS),
        (".?!…\n", _ENDS | _OPENS),
        (':;"“”«»„‟‘*•|', _OPENS),
        ('"”’»)', _CLOSES),
        ("-‐‑", _HYPHEN),
    ):
        for letter in characters:
            classes[ord(letter)] |= bit
    return classes
