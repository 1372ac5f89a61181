"""A quick look at whole columns: which values need a closer one. Clean texts cost next to nothing.

Where a sign begins with a rare letter, RE2 skips to the next of it. Characters beyond ASCII are looked at as code
points, some million bytes at a time: few texts of most languages hold any of the tell-tale pairs.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.repair.encoding import tables

Flags = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]

_LOT = 1 << 20
_OVERLAP = 8
_LONE = ord("Â")
_INVISIBLE = [
    0xA0,
    0xAD,
    0x2007,
    0xFEFF,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x2030),
    *range(0x2060, 0x206A),
]


def matching(values: pa.StringArray, expression: str) -> Flags:
    """Tell which values an expression of RE2 fits; none that is null."""
    flags: Flags = pc.fill_null(pc.match_substring_regex(values, expression), False).to_numpy(
        zero_copy_only=False
    )
    return flags


def beyond_ascii(values: pa.StringArray) -> tuple[Flags, Flags]:
    """Tell which values hold what a wrong encoding may have made, and which hold invisible characters."""
    encoding, invisible = np.zeros(len(values), np.bool_), np.zeros(len(values), np.bool_)
    _, offsets, data = values.buffers()
    if data is None or not len(values):
        return encoding, invisible
    ends = np.frombuffer(offsets, np.int32)[values.offset : values.offset + len(values) + 1].astype(np.int64)
    content = np.frombuffer(data, np.uint8)[ends[0] : ends[-1]]
    for start in range(0, len(content), _LOT):
        places = _places(content, start, min(len(content), start + _LOT + _OVERLAP))
        for flags, at in zip((encoding, invisible), places, strict=True):
            if len(at):
                flags[np.searchsorted(ends, at + ends[0], side="right") - 1] = True
    return encoding, invisible


def _places(content: npt.NDArray[np.uint8], start: int, end: int) -> tuple[Ints, Ints]:
    """Return where in the bytes [start, end) a pair of a wrong encoding begins, and where invisible characters do."""
    at = np.flatnonzero(content[start:end] >= 0xC2) + start
    at = at[_first_bytes()[content[at]]]
    at = at[at < min(end, len(content)) - 1]
    if not len(at):
        return at, at
    first, second = content[at].astype(np.uint32), content[at + 1].astype(np.uint32) & 0x3F
    third = content[np.minimum(at + 2, len(content) - 1)].astype(np.uint32) & 0x3F
    wide = first >= 0xE0
    points = np.where(wide, (first & 0xF) << 12 | second << 6 | third, (first & 0x1F) << 6 | second)
    points[first >= 0xF0] = 0
    size = 2 + wide.astype(np.int64)
    after = _next(points, at, size)
    pairs = tables().tell(points, after, np.where(after > 0, _next(after, at, size), 0))
    alone = (points == _LONE) & (content[at + 2 - (at + 2 == len(content))] == ord(" "))
    return at[pairs | alone | ((points >= 0x80) & (points < 0xA0))], at[_of_interest()[points]]


def _next(points: npt.NDArray[np.uint32], at: Ints, size: Ints) -> npt.NDArray[np.uint32]:
    """Return for each place what stands at the next one; 0 where that is not right behind."""
    after = np.zeros_like(points)
    next_to = at[1:] == at[:-1] + size[:-1]
    after[:-1][next_to] = points[1:][next_to]
    return after


@cache
def _first_bytes() -> Flags:
    """Tell by which bytes a character may begin that tells of either: none of Arabic, Chinese and many others does."""
    all_tables = tables()
    telling = all_tables.two | all_tables.three | all_tables.later | all_tables.mark | all_tables.mark_later
    letters = [*np.flatnonzero(telling).tolist(), *_INVISIBLE]
    bytes_ = np.zeros(256, np.bool_)
    bytes_[[chr(letter).encode()[0] for letter in letters]] = True
    return bytes_


@cache
def _of_interest() -> npt.NDArray[Any]:
    table = np.zeros(0x10000, np.bool_)
    table[_INVISIBLE] = True
    return table
