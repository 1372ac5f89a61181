"""All pairs judged to the end, and counted in other ways: on fewer days, and by widely run stories alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from masthead.inference.silence.cells import OTHERS, Cells, Whole
from masthead.inference.silence.counted import COUNTED, SHORTER, WIDE
from masthead.inference.silence.design import Design, Mask, design
from masthead.inference.silence.model import Model, fit
from masthead.inference.silence.pairs import Pair, Taste, figures, judge, owners, taste

MONTH = 30
"""So many days are a month."""

_ROUNDS = 3


@dataclass(frozen=True)
class Judgement:
    """All pairs of a design and how much outlets differ; the model, and the rows that it took for no habit."""

    grid: Design
    whole: Model
    owner: Whole
    pairs: list[Pair]
    differing: Taste


def judge_all(grid: Design) -> Judgement:
    """Fit and judge all pairs; where some are silent, again, without taking that for a habit."""
    owner = np.full(len(grid.y), -1)
    whole = fit(grid)
    for _ in range(_ROUNDS):
        pairs = list(judge(grid, whole, owner))
        differing = taste(pairs)
        before, owner = owner, owners(grid, pairs, differing)
        if (owner == before).all():
            break
        whole = fit(grid, owner < 0, whole)
    return Judgement(grid, whole, before, pairs, differing)


def count_ways(cells: Cells, level: float) -> pa.Table:
    """Judge all pairs, and return their figures in every way (`COUNTED`), with intervals of this level."""
    if not cells.table.num_rows:
        return COUNTED.empty_table()
    grid = design(cells.table)
    if not grid.use.any():
        return COUNTED.empty_table()
    judgement = judge_all(grid)
    return pa.concat_tables([_table(grid, judgement.pairs, level), otherwise(cells, judgement, level)])


def otherwise(cells: Cells, judgement: Judgement, level: float) -> pa.Table:
    """Return the figures of pairs that were judged in every way (`COUNTED`) but that in which all stories count.

    Habits are those of all stories in every way; how much in demand a subject's stories were is taken from those that
    count.
    """
    pairs = list(judge(judgement.grid, judgement.whole, judgement.owner, _ways(cells.table, judgement.grid)))
    return _table(judgement.grid, pairs, level)


def _table(grid: Design, pairs: list[Pair], level: float) -> pa.Table:
    rows = [{"way": pair.about.way, **figures(grid, pair, level)} for pair in pairs]
    rows.sort(key=lambda row: (row["way"], row["outlet"], row["subject"], row["category"] or ""))
    return pa.Table.from_pylist(rows, COUNTED)


def _ways(cells: pa.Table, grid: Design) -> dict[str, Mask]:
    """Which rows count in each of the other ways."""
    day = cells["day"].cast(pa.int32()).to_numpy()[grid.row]
    first, last = day[grid.use].min(), day[grid.use].max()
    return {
        SHORTER: (day >= first + MONTH) & (day <= last - MONTH),
        WIDE: cells["others"].to_numpy()[grid.row] > OTHERS,
    }
