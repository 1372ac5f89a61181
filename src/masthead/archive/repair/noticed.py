"""Damage that is told and left: nobody can say for sure what stood there."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.repair.signs import Flags, matching

MASKED = (
    r"(?:^|[^\w@.*+/-])(?:[A-Za-z]{1,9}@[a-z]{1,9}(?:$|[^\w@.-]|\.(?:\s|$))"
    r"|[A-Za-z]{1,3}\*{1,6}[A-Za-z]{2,4}(?:$|[^\w*])|[A-Za-z]{2,3}\*{1,6}[A-Za-z](?:$|[^\w*])|[A-Za-z]\*{2,6}[A-Za-z](?:$|[^\w*])"
    r"|[A-Za-z]{1,2}\*{2,6}(?:$|[\s.,;:!?\"”’)]))|@ @ @"
)
"""A masked word, for RE2: `k@ll`, `sh*t`, and the blanks of corpora that must not be whole."""

SLOTS = (
    r"\{(?:\{[^{}\n]{1,120}\}\}|%-? ?[a-z][^%{}\n]{0,120}%\})",
    r"<%[=@#-]?[^%<>]{1,120}%>",
    r"%%[A-Za-z_][\w.]{0,60}%%",
    r"\$\{[A-Za-z_][\w.]{0,60}\}",
    r"\*\|[A-Z_:]{2,40}\|\*",
)
"""Slots of templates, for RE2 and for Python: `{{name}}`, `<%= name %>`, `%%name%%`, `${name}`, `*|NAME|*`. Each alone
begins with one letter, by which RE2 skips."""

_SPACED = re.compile(
    r"[^\s,.] [,.](?=\s|\Z)|(?<=\w) (?:'s|n't|'re|'ll|'ve|'d|'m)(?= )|``|(?<= )''(?=\s|\Z)|-[LR]RB-"
)
_CLOSE = re.compile(r"[^\W_][,.](?=\s|\Z)")
_LOOKED_AT = 3_000
_SHARE, _FEWEST = 0.8, 3

_MARKS = ("[,،，、]", "[.!?;…։؟۔।。！？]", r"\p{Lu}")
"""What no long text of words is without: commas, stops, and capitals where there are small letters."""
_WORDS = r"(?:\p{Ll}{2,} \p{Ll}{2,}[ ,.]){3}"
_LONG = 1_000
"""Letters of a text that is long enough to tell: of 28,742 articles of AllSides, four are so long without a comma."""

_CELL = 32_767
"""UTF-16 units that a cell of a spreadsheet holds."""
_FIELD = 65_535
"""Bytes that a text of a common database holds."""
_NOTE = r"\[\+\d+ chars\]"
"""What a news service puts where it cuts."""

_ENDS = np.zeros(256, np.bool_)
_ENDS[[ord(c) for c in ".!?\"')]}>:;*|_-~/ \n\t\r"]] = True
_LEAST_LENGTH, _LEAST_TIMES, _LEAST_SHARE, _TIMES_NEIGHBOURS, _NEAR = 100, 5, 0.01, 20, 50
_MOST_NOTED = 1_000


def first_slot(text: str) -> str:
    """Return a slot of a template that a text holds."""
    return next(match[0] for slot in SLOTS if (match := re.search(slot, text)))


def is_tokenised(text: str) -> bool:
    """True where blanks stand before most commas, stops and clitics, as a tokeniser leaves them."""
    head = text[:_LOOKED_AT]
    spaces = len(_SPACED.findall(head))
    return spaces >= _FEWEST and spaces >= _SHARE * (spaces + len(_CLOSE.findall(head)))


def maybe_tokenised(texts: pa.StringArray) -> Flags:
    """Tell which texts have to be looked at: their beginnings show a mark of tokenisers."""
    return matching(pc.utf8_slice_codeunits(texts, 0, 400), r" [,.](?:\s|$)|``| n't |-LRB-")


def lacks_marks(texts: pa.StringArray) -> Flags:
    """Tell which long texts of words hold no comma, no stop, or no capital at all: a program took them away."""
    flags = np.zeros(len(texts), np.bool_)
    lengths = pc.fill_null(pc.utf8_length(texts), 0).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(lengths >= _LONG)
    some = texts.take(pa.array(rows))
    lacking = ~np.logical_and.reduce([matching(some, mark) for mark in _MARKS])
    flags[rows[lacking]] = matching(some.filter(pa.array(lacking)), _WORDS)
    return flags


class Lengths:
    """The lengths of texts that end without a mark, to find those at which a program cut.

    Many different texts of one and the same length, that end within a sentence, were cut there.
    """

    def __init__(self) -> None:
        self._texts = 0
        self._of: dict[int, set[int]] = defaultdict(set)

    def see(self, texts: pa.StringArray) -> Flags:
        """Take these texts, and tell which of them a known program cut: at the length of a cell, or with a note."""
        if not len(texts):
            return np.zeros(0, np.bool_)
        letters = pc.utf8_length(texts).to_numpy(zero_copy_only=False)
        in_bytes = pc.binary_length(texts).to_numpy(zero_copy_only=False)
        cut: Flags = pc.match_substring_regex(texts, _NOTE).to_numpy(zero_copy_only=False).copy()
        self._texts += int((in_bytes > 0).sum())
        last = _last_bytes(texts, in_bytes)
        for row in np.flatnonzero((letters >= _LEAST_LENGTH) & ~_ENDS[last]).tolist():
            text = texts[row].as_py()
            if not (text[-1].isalnum() or text[-1] in ",…"):
                continue
            units = len(text.encode("utf-16-le")) // 2 if in_bytes[row] >= _CELL else 0
            cut[row] |= _CELL - 1 <= units <= _CELL or _FIELD - 3 <= in_bytes[row] <= _FIELD
            hashes = self._of[int(letters[row])]
            if len(hashes) < _MOST_NOTED and not cut[row]:
                hashes.add(hash(text))
        return cut

    def frequent(self) -> dict[int, int]:
        """Return the lengths at which texts were cut, with how many."""
        counts = {}
        for length, hashes in self._of.items():
            near = sum(
                len(self._of[n])
                for n in range(length - _NEAR, length + _NEAR + 1)
                if n in self._of and n != length
            )
            often = max(_LEAST_TIMES, _LEAST_SHARE * self._texts, _TIMES_NEIGHBOURS * near / (2 * _NEAR))
            if len(hashes) >= often:
                counts[length] = len(hashes)
        return dict(sorted(counts.items()))


def _last_bytes(texts: pa.StringArray, in_bytes: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    _, offsets, data = texts.buffers()
    if data is None or not len(data):
        return np.zeros(len(texts), np.uint8)
    ends = np.frombuffer(offsets, np.int32)[texts.offset + 1 : texts.offset + len(texts) + 1]
    content = np.frombuffer(data, np.uint8)
    last: npt.NDArray[np.uint8] = np.where(in_bytes > 0, content[np.maximum(ends - 1, 0)], ord("."))
    return last
