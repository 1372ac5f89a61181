"""Texts cut into sentences, all texts of a part at once, and what each sentence is the same as.

A sentence ends at a line break, or at a full stop, question or exclamation mark with a blank and a new beginning behind
it. It has two keys. The first is the same for the same words, whatever their case, the punctuation, the spaces and the
digits of their numbers. The second, its pattern, also takes words with a capital and numbers, as many as follow one
another, for one: `By Ann Lee, 3 March` and `By Bo Tarn, 11 May` have one pattern.

The work is on UTF-8 bytes with numpy: an archive of some hundred million letters is cut in seconds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.links.arrays import BASE, Flags, Ints, powers
from masthead.reading.words import mix

Keys = npt.NDArray[np.uint64]
Bytes = npt.NDArray[np.uint8]

_LOT_BYTES = 500_000
_BREAK, _BLANK, _ZERO, _NINE = b"\n 09"


@dataclass(frozen=True)
class Units:
    """The sentences of some texts that hold a letter or digit, in order.

    text, line: (n,) which text, counted from 0, and which line of it, empty ones included
    start, stop: (n,) where it stands, in code points of its text, white space at its ends left out
    key, pattern: (n,) what it is the same as; see above
    opening, second: (n,) the keys of its first two words; 0 where there is one
    words, plain: (n,) how many words it has, and how many of them are in small letters
    ends: (n,) whether it ends as a sentence does
    """

    text: Ints
    line: Ints
    start: Ints
    stop: Ints
    key: Keys
    pattern: Keys
    opening: Keys
    second: Keys
    words: Ints
    plain: Ints
    ends: Flags

    def __len__(self) -> int:
        return len(self.text)

    def behind(self, texts: int) -> Units:
        """Return the sentences of texts that stand behind so many others."""
        return replace(self, text=self.text + texts)


def join(lots: Sequence[Units]) -> Units:
    """Return the sentences of several lots of texts as one."""
    if not lots:
        return _none()
    return Units(*(np.concatenate([getattr(lot, field.name) for lot in lots]) for field in fields(Units)))


def cut(texts: pa.Array) -> Units:
    """Cut texts, an array of strings without nulls, into sentences."""
    sizes = pc.binary_length(texts).to_numpy(zero_copy_only=False).astype(np.int64)
    ends = np.cumsum(sizes)
    lots = []
    start = 0
    while start < len(texts):
        base = ends[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(ends, base + _LOT_BYTES, side="right")))
        lots.append(_cut_lot(texts.slice(start, stop - start), start))
        start = stop
    return join(lots)


def _cut_lot(texts: pa.Array, first_text: int) -> Units:
    # With a line break behind each text, sentences end where texts do; those before it spare looking for the beginning.
    blank = pa.array([""], texts.type)
    text_lines = pa.concat_arrays([blank, blank, blank, blank, texts, blank])
    buffer = pc.binary_join(pa.ListArray.from_arrays([0, len(text_lines)], text_lines), "\n")[0].as_buffer()
    data = np.frombuffer(buffer, np.uint8)
    sign = _signs(data)
    ends_sentence = _ends(data)
    # A dash or quotation mark of three bytes is no part of a word.
    letters = data.copy()
    for offset in range(3):
        letters[sign + offset] = 0
    in_word = _is_word()[letters]
    breaks = data == _BREAK
    borders = np.flatnonzero(breaks | ends_sentence)
    opens = np.flatnonzero(in_word[1:] & ~in_word[:-1]) + 1
    if not len(opens):
        return _none()
    word_hash = _hashes(_letter_codes()[letters], opens)
    kind = data[opens]
    capital, digit = _is_capital()[kind], (kind >= _ZERO) & (kind <= _NINE)
    unit = np.searchsorted(borders, opens)
    first = np.flatnonzero(np.diff(unit, prepend=-1))
    last = np.append(first[1:], len(opens)) - 1
    is_name = capital | digit
    # Behind another such word of its sentence, a name or number stands for the same place of the pattern.
    repeats = np.zeros(len(opens), np.bool_)
    repeats[1:] = is_name[1:] & is_name[:-1] & (unit[1:] == unit[:-1])
    key = _hashes(np.where(digit, _NUMBER, word_hash), first)
    pattern = _hashes_where(np.where(is_name, _NAME, word_hash), ~repeats, first)
    begin, end = _edges(data, borders, unit[first], opens[first], opens[last])
    starts_text = 4 + np.concatenate(
        [[0], np.cumsum(pc.binary_length(texts).to_numpy(zero_copy_only=False) + 1)]
    )
    text = np.searchsorted(starts_text, begin, side="right") - 1
    lines = np.flatnonzero(breaks)
    line_of_text = np.searchsorted(lines, starts_text[text])
    # Bytes that begin no letter, before each place: code points are bytes less these.
    inner = np.flatnonzero((data & 0xC0) == 0x80)
    zero = starts_text[text] - np.searchsorted(inner, starts_text[text])
    return Units(
        text=text + first_text,
        line=np.searchsorted(lines, begin) - line_of_text,
        start=begin - np.searchsorted(inner, begin) - zero,
        stop=end - np.searchsorted(inner, end) - zero,
        key=key,
        pattern=pattern,
        opening=word_hash[first],
        second=np.where(last > first, word_hash[np.minimum(first + 1, len(opens) - 1)], np.uint64(0)),
        words=(last - first + 1).astype(np.int64),
        plain=np.add.reduceat((~is_name).astype(np.int64), first),
        ends=_is_end(data, end),
    )


def _none() -> Units:
    none = np.empty(0, np.int64)
    keys = none.astype(np.uint64)
    return Units(none, none, none, none, keys, keys, keys, keys, none, none, none > 0)


def key_of_runs(keys: Keys, first: Ints) -> Keys:
    """Return a key of each run of sentences, runs beginning at `first`."""
    return _hashes(keys, first)


def word_keys(words: Sequence[str]) -> Keys:
    """Return the keys that single words have where they open a sentence."""
    return cut(pa.array(words, pa.string())).opening


def _signs(data: Bytes) -> Ints:
    """Where dashes, quotation marks and their like begin: three bytes, of which the first two are E2 80."""
    return np.flatnonzero((data[:-2] == 0xE2) & (data[1:-1] == 0x80)).astype(np.int64)


def _ends(data: Bytes) -> Flags:
    """Tell for each byte whether it is the blank behind the end of a sentence."""
    blank = np.flatnonzero(data == _BLANK)
    # A new beginning: no small letter, which would go on (`U.S. officials`), and no blank.
    blank = blank[_begins()[data[blank + 1]]]
    ends = np.zeros(len(data), np.bool_)
    ends[blank[_is_end(data, blank)]] = True
    return ends


def _is_end(data: Bytes, end: Ints) -> Flags:
    """Tell whether what stands before these places is the end of a sentence: a stop, or one and what closes."""
    stop, closer = _is_stop(), _is_closer()
    one, two = data[end - 1], data[end - 2]
    # ” and ’ are E2 80 9D and E2 80 99.
    wide = ((one == 0x9D) | (one == 0x99)) & (two == 0x80)
    is_end: Flags = stop[one] | (closer[one] & stop[two]) | (wide & stop[data[end - 4]])
    return is_end


def _edges(data: Bytes, borders: Ints, unit: Ints, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Return where sentences begin and end, with the marks around their words, without white space."""
    begin = borders[unit - 1] + 1
    end = borders[unit]
    while len(at := np.flatnonzero((data[begin] <= _BLANK) & (begin < first))):
        begin[at] += 1
    while len(at := np.flatnonzero((data[end - 1] <= _BLANK) & (end - 1 > last))):
        end[at] -= 1
    return begin, end


def _hashes(values: Keys, first: Ints) -> Keys:
    """Return a hash of each run of values, runs beginning at `first`: it hangs on their order within the run only.

    Zeros count for nothing but their place; those at the end of a run for nothing at all.
    """
    up, down = powers(len(values))
    return mix(np.add.reduceat(values * up, first) * down[first])


def _hashes_where(values: Keys, counts: Flags, first: Ints) -> Keys:
    """Return the hash of each run, of the values that count alone."""
    place = np.cumsum(counts) - 1
    up, down = powers(len(values))
    sums = np.add.reduceat(np.where(counts, values * up[place], np.uint64(0)), first)
    return mix(sums * down[place[first]])


_NUMBER, _NAME = np.uint64(0x2545F4914F6CDD1D), np.uint64(0x5851F42D4C957F2D)


def _table(letters: bytes) -> Flags:
    table = np.zeros(256, np.bool_)
    table[list(letters)] = True
    return table


@cache
def _is_word() -> Flags:
    return _table(bytes(code for code in range(256) if code >= 0x80 or chr(code).isalnum()))


@cache
def _is_capital() -> Flags:
    # The first bytes of capitals outside of ASCII are those of small letters too.
    return _table(bytes(range(ord("A"), ord("Z") + 1)))


@cache
def _is_stop() -> Flags:
    return _table(b".!?")


@cache
def _is_closer() -> Flags:
    return _table(b"\"')]")


@cache
def _begins() -> Flags:
    return _table(bytes(range(0x80, 256)) + bytes(range(ord("A"), ord("Z") + 1)) + b"\"'([0123456789#@")


@cache
def _letter_codes() -> Keys:
    """A number for each byte of a word, the same for a letter and its capital; zero for others."""
    codes = mix(np.arange(1, 257, dtype=np.uint64) * np.uint64(BASE))
    for code in range(ord("A"), ord("Z") + 1):
        codes[code] = codes[code + 32]
    codes[~_is_word()] = 0
    return codes
