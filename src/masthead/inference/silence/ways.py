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
class Judged:
    """All pairs of a design and how much outlets differ; the model, and the rows that it took for no habit."""

    made: Design
    whole: Model
    owner: Whole
    pairs: list[Pair]
    differing: Taste


def judged(made: Design) -> Judged:
    """Fit and judge all pairs; where some are silent, again, without taking that for a habit."""
    owner = np.full(len(made.y), -1)
    whole = fit(made)
    for _ in range(_ROUNDS):
        pairs = list(judge(made, whole, owner))
        differing = taste(pairs)
        before, owner = owner, owners(made, pairs, differing)
        if (owner == before).all():
            break
        whole = fit(made, owner < 0, whole)
    return Judged(made, whole, before, pairs, differing)


def counted(cells: Cells, level: float) -> pa.Table:
    """Judge all pairs, and return their figures in every way (`COUNTED`), with intervals of this level."""
    if not cells.table.num_rows:
        return COUNTED.empty_table()
    made = design(cells.table)
    if not made.use.any():
        return COUNTED.empty_table()
    found = judged(made)
    return pa.concat_tables([_table(made, found.pairs, level), otherwise(cells, found, level)])


def otherwise(cells: Cells, found: Judged, level: float) -> pa.Table:
    """Return the figures of pairs that were judged in every way (`COUNTED`) but that in which all stories count.

    Habits are those of all stories in every way; how much in demand a subject's stories were is taken from those that
    count.
    """
    pairs = list(judge(found.made, found.whole, found.owner, _ways(cells.table, found.made)))
    return _table(found.made, pairs, level)


def _table(made: Design, pairs: list[Pair], level: float) -> pa.Table:
    rows = [{"way": pair.about.way, **figures(made, pair, level)} for pair in pairs]
    rows.sort(key=lambda row: (row["way"], row["outlet"], row["subject"], row["category"] or ""))
    return pa.Table.from_pylist(rows, COUNTED)


def _ways(cells: pa.Table, made: Design) -> dict[str, Mask]:
    """Which rows count in each of the other ways."""
    day = cells["day"].cast(pa.int32()).to_numpy()[made.row]
    first, last = day[made.use].min(), day[made.use].max()
    return {
        SHORTER: (day >= first + MONTH) & (day <= last - MONTH),
        WIDE: cells["others"].to_numpy()[made.row] > OTHERS,
    }
