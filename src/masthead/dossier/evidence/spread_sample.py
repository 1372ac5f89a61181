"""Which sentences a page shows of the many behind a figure: a sample spread over the articles."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Whole = npt.NDArray[np.int64]

CELL = ("measure", "subject", "outlet", "category")


def spread_sample(sources: pa.Table, outlets: Sequence[str], limit: int) -> pa.Table:
    """Return the rows of `sources` of at most `limit` uses per cell, for these outlets.

    A use is one mention in one article: where it carries several labels of one category its rows belong
    together. The result has the columns of `sources` and `use`, the same number for the rows of one use; rows
    stand by cell, then use. The first use of every article comes before the second of any, articles in the
    order of a hash of their id: the sample is spread over the articles, and the same whenever it is drawn.
    """
    rows = np.flatnonzero(_flags(pc.is_in(sources["outlet"], pa.array(outlets, pa.string()))))
    names = [*CELL, "article_id", "field", "start", "label_start"]
    keys = sources.select(names).take(pa.array(rows))
    cell = np.zeros(len(rows), np.int64)
    for name in CELL:
        codes, values = _coded(keys[name])
        cell = cell * max(1, len(values)) + codes
    codes, ids = _coded(keys["article_id"])
    article = _hash_ranks(ids)[codes]
    field, _ = _coded(keys["field"])
    start, label = (_filled(keys[name]) for name in ("start", "label_start"))

    order = np.lexsort((label, start, field, article, cell))
    changed = _changes(cell[order], article[order], field[order], start[order])
    use = np.cumsum(changed) - 1
    heads = order[changed]
    cell, article = cell[heads], article[heads]
    nth = _within(_changes(cell, article))
    ranked = np.lexsort((article, nth, cell))
    place = np.empty(len(heads), np.int64)
    place[ranked] = _within(_changes(cell[ranked]))
    number = np.empty(len(heads), np.int64)
    number[ranked] = np.arange(len(heads))

    kept = place[use] < limit
    chosen, use = rows[order[kept]], number[use[kept]]
    by_use = np.argsort(use, kind="stable")
    return sources.take(pa.array(chosen[by_use])).append_column("use", pa.array(use[by_use]))


def _flags(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(column.to_numpy(), dtype=bool)


def _coded(column: pa.ChunkedArray) -> tuple[Whole, list[str | None]]:
    """Return a number for every value of a column, null among them, in the order of the values; and these."""
    coded = pc.dictionary_encode(column, null_encoding="encode")
    if not coded.num_chunks:
        return np.zeros(0, np.int64), []
    coded = coded.combine_chunks()
    values: list[str | None] = coded.dictionary.to_pylist()
    order = sorted(range(len(values)), key=lambda i: (values[i] is not None, values[i] or ""))
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    return ranks[coded.indices.to_numpy(zero_copy_only=False)], [values[i] for i in order]


def _filled(column: pa.ChunkedArray) -> Whole:
    return np.asarray(pc.fill_null(column, -1).to_numpy(), dtype=np.int64)


def _hash_ranks(ids: list[str | None]) -> Whole:
    """Return the place of every id in the order of its hash."""
    digests = [hashlib.sha256((i or "").encode()).digest() for i in ids]
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=digests.__getitem__)] = np.arange(len(ids))
    return ranks


def _changes(*columns: Whole) -> npt.NDArray[np.bool_]:
    """Return, per row, whether any column differs from the row before; the first row does."""
    changed = np.ones(len(columns[0]), dtype=bool)
    if len(changed) > 1:
        changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changed


def _within(changed: npt.NDArray[np.bool_]) -> Whole:
    """Return the place of every row in its group, from 0; groups start where `changed` is true."""
    index = np.arange(len(changed))
    return index - np.maximum.accumulate(np.where(changed, index, 0)) if len(index) else index
