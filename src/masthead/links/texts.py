"""The texts of some of an archive's articles, as they were written."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from masthead.archive import Archive


def texts_at(archive: Archive, places: Iterable[int]) -> dict[int, str]:
    """Return the texts at places of an archive, counted from 0 over all its parts, by place."""
    left, base = set(places), 0
    texts: dict[int, str] = {}
    for part in archive.parts():
        here = sorted(place for place in left if base <= place < base + part.rows)
        if here:
            rows = pa.array([place - base for place in here])
            texts.update(zip(here, part.read(["text"])["text"].take(rows).to_pylist(), strict=True))
        base += part.rows
    return texts
