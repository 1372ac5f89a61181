"""Rows of a source as they come: which can become articles, and by which ids they may be known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.overview.similar_names import plain_outlets
from masthead.archive.schema import article_ids

LONGEST_TEXT = 20_000_000
"""Bytes of UTF-8 over which a text is refused: no article is that long, so something else went wrong."""

REASONS = (
    "it names no outlet",
    "it has neither a title nor a text",
    f"its text is over {LONGEST_TEXT // 1_000_000} MB",
)
NEITHER = 1

_SAID = ("outlet", "published", "title", "text")


def ids_of(
    fields: Mapping[str, pa.StringArray], source: Mapping[str, pa.StringArray]
) -> tuple[list[str], dict[int, tuple[str, ...]]]:
    """Return the id of each row, and of rows that differ from their source, the other ids they may be known by.

    These are first the id of what the source has, then those under which an older archive may hold it: with the white
    space that the name of its outlet had.
    """
    ids = article_ids(*(fields[name] for name in _SAID))
    differs = np.zeros(len(ids), np.bool_)
    for name in _SAID:
        differs |= pc.not_equal(fields[name], source[name]).to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(differs)
    ours, theirs = ({n: of[n].take(pa.array(rows)) for n in _SAID} for of in (fields, source))
    plain = {**theirs, "outlet": plain_outlets(theirs["outlet"])}
    as_spelt = {**ours, "outlet": theirs["outlet"]}
    others = zip(*(article_ids(*(of[n] for n in _SAID)) for of in (plain, as_spelt, theirs)), strict=True)
    return ids, dict(zip(rows.tolist(), others, strict=True))


def too_long(fields: Mapping[str, pa.StringArray]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Tell which rows hold more than an article can."""
    size = pc.add(pc.binary_length(fields["text"]), pc.binary_length(fields["title"]))
    long: np.ndarray[Any, np.dtype[np.bool_]] = pc.greater(size, LONGEST_TEXT).to_numpy(zero_copy_only=False)
    return long


def why_not(fields: dict[str, pa.StringArray]) -> np.ndarray[Any, np.dtype[np.int8]]:
    """For each row the place of its reason for refusal in REASONS, or -1."""
    says = [has_letters(fields[name]) for name in ("title", "text")]
    why = np.full(len(fields["text"]), -1, np.int8)
    why[too_long(fields)] = 2
    why[~pc.or_(*says).to_numpy(zero_copy_only=False)] = NEITHER
    why[pc.equal(fields["outlet"], "").to_numpy(zero_copy_only=False)] = 0
    return why


def null_if_empty(values: pa.StringArray) -> pa.StringArray:
    """Null where the value is empty: an absent url is no url."""
    return pc.if_else(pc.equal(values, ""), None, values)


def has_letters(texts: pa.StringArray) -> pa.BooleanArray:
    """Tell which values hold more than white space and NUL."""
    return pc.match_substring_regex(texts, r"[^\s\x00]")


def filled_texts(fields: dict[str, pa.StringArray]) -> int:
    """Count the rows that have a text."""
    return pc.sum(has_letters(fields["text"])).as_py() or 0
