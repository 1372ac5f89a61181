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
        codes, values = _codes(keys[name])
        cell = cell * max(1, len(values)) + codes
    codes, ids = _codes(keys["article_id"])
    article = _hash_ranks(ids)[codes]
    field, _ = _codes(keys["field"])
    start, label = (_numbers(keys[name]) for name in ("start", "label_start"))

    order = np.lexsort((label, start, field, article, cell))
    is_first = _changes(cell[order], article[order], field[order], start[order])
    use = np.cumsum(is_first) - 1
    heads = order[is_first]
    cell, article = cell[heads], article[heads]
    nth = _within(_changes(cell, article))
    ranking = np.lexsort((article, nth, cell))
    place = np.empty(len(heads), np.int64)
    place[ranking] = _within(_changes(cell[ranking]))
    number = np.empty(len(heads), np.int64)
    number[ranking] = np.arange(len(heads))

    in_sample = place[use] < limit
    sample_rows, use = rows[order[in_sample]], number[use[in_sample]]
    by_use = np.argsort(use, kind="stable")
    return sources.take(pa.array(sample_rows[by_use])).append_column("use", pa.array(use[by_use]))


def _flags(column: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(column.to_numpy(), dtype=bool)


def _codes(column: pa.ChunkedArray) -> tuple[Whole, list[str | None]]:
    """Return a number for every value of a column, null among them, in the order of the values; and these."""
    encoding = pc.dictionary_encode(column, null_encoding="encode")
    if not encoding.num_chunks:
        return np.zeros(0, np.int64), []
    encoding = encoding.combine_chunks()
    values: list[str | None] = encoding.dictionary.to_pylist()
    order = sorted(range(len(values)), key=lambda i: (values[i] is not None, values[i] or ""))
    ranks = np.empty(len(values), np.int64)
    ranks[order] = np.arange(len(values))
    return ranks[encoding.indices.to_numpy(zero_copy_only=False)], [values[i] for i in order]


def _numbers(column: pa.ChunkedArray) -> Whole:
    return np.asarray(pc.fill_null(column, -1).to_numpy(), dtype=np.int64)


def _hash_ranks(ids: list[str | None]) -> Whole:
    """Return the place of every id in the order of its hash."""
    digests = [hashlib.sha256((i or "").encode()).digest() for i in ids]
    ranks = np.empty(len(ids), np.int64)
    ranks[sorted(range(len(ids)), key=digests.__getitem__)] = np.arange(len(ids))
    return ranks


def _changes(*columns: Whole) -> npt.NDArray[np.bool_]:
    """Return, per row, whether any column differs from the row before; the first row does."""
    differs = np.ones(len(columns[0]), dtype=bool)
    if len(differs) > 1:
        differs[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return differs


def _within(starts: npt.NDArray[np.bool_]) -> Whole:
    """Return the place of every row in its group, from 0; groups start where `starts` is true."""
    index = np.arange(len(starts))
    return index - np.maximum.accumulate(np.where(starts, index, 0)) if len(index) else index
