"""The units of the cells that people coded, kept beside a survey's units, and figures of any part of them.

A part (a voice, articles that are no wire copy, some days) was drawn with the chances of the whole, so that it is a
cell of its own: its figure rests on what was coded in it, and on nothing else.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.store import read_parquet
from masthead.findings.coding_meanings import CALIBRATED
from masthead.inference.calibration import Cell
from masthead.inference.calibration.cells import FOLDS
from masthead.inference.codes import codes_of

FEWEST = 50
"""A figure is calibrated where at least so many of its units were coded: with fewer, intervals hold too seldom."""

Rows = npt.NDArray[np.int64]

CODED_UNITS = pa.schema(
    {
        "measure": pa.string(), "outlet": pa.string(), "subject": pa.string(), "category": pa.string(),
        "cluster": pa.string(), "story": pa.string(), "fold": pa.int64(), "day": pa.date32(),
        "period_start": pa.date32(), "copied": pa.bool_(), "quoted": pa.bool_(), "weight": pa.float64(),
        "reading_x": pa.float64(), "reading_y": pa.float64(), "chance": pa.float64(), "coded": pa.bool_(),
        "known": pa.bool_(),
        "value_x": pa.float64(), "value_y": pa.float64(),
    }
)  # fmt: skip
"""One row per unit and category of each outlet and subject of which anything is coded.

A unit is what people code one by one, such as a mention. `cluster` is its article, `fold` 0 to 4 by the article's place
in its source; `quoted` is null where voices are not told apart; `weight` is how many articles its article stands for.
Reading and value are what the reader, and people, say that it adds to numerator and denominator. `known` units were
never in the draw, and count as they were read.
"""


def coded_units_path(units: Path, codings_hash: str) -> Path:
    """Return where the coded units beside a survey's units are kept, of these codes."""
    return units.with_name(f"coded-units-{codings_hash}.parquet")


@dataclass(frozen=True)
class Part:
    """Which units: of which measure and outlets, in which voice, with wire copy or without, of which days.

    `start` and `end` are included, and open where None; with either of them undated units are left out.
    """

    measure: str
    outlets: tuple[str, ...]
    subject: str | None
    category: str | None
    voice: str
    wire: str
    start: dt.date | None = None
    end: dt.date | None = None


class CodedUnits:
    """The units of all cells that people coded, in memory."""

    def __init__(self, table: pa.Table | None = None) -> None:
        """Take a table of CODED_UNITS; None where nothing is coded."""
        table = CODED_UNITS.empty_table() if table is None else table
        self._table = table.combine_chunks()
        self._rows: dict[tuple[str, str, str | None, str | None], Rows] = {}
        keys = ("measure", "outlet", "subject", "category")
        groups = self._table.select(keys).append_column("row", pa.array(np.arange(table.num_rows)))
        groups = groups.group_by(list(keys)).aggregate([("row", "list")])
        for row in groups.to_pylist():
            key = (row["measure"], row["outlet"], row["subject"], row["category"])
            self._rows[key] = np.sort(np.array(row["row_list"], np.int64))

    @classmethod
    def read(cls, path: Path) -> CodedUnits:
        """Read the file that a survey left."""
        return cls(read_parquet(path))

    def __bool__(self) -> bool:
        return bool(self._rows)

    @property
    def cells(self) -> list[tuple[str, str, str | None, str | None]]:
        """Measure, outlet, subject and category of every cell that has codes."""
        return list(self._rows)

    def rows(self, part: Part) -> Rows:
        """Return the units of a part; none unless something is coded of each of its outlets."""
        keys = [(part.measure, outlet, part.subject, part.category) for outlet in part.outlets]
        if not all(key in self._rows for key in keys):
            return np.array([], np.int64)
        rows = np.concatenate([self._rows[key] for key in keys])
        is_inside = np.ones(len(rows), np.bool_)
        if part.voice != "all":
            # What is known is known in every voice: the instrument says so of those voices alone that it has.
            is_inside &= (self._quoting[rows] == (part.voice == "quoted")) | self._is_known[rows]
        if part.wire == "without":
            is_inside &= ~self._is_copied[rows]
        if part.start is not None or part.end is not None:
            is_inside &= self._day[rows] >= _number(part.start or dt.date.min)
            is_inside &= self._day[rows] <= _number(part.end or dt.date.max)
        rows = rows[is_inside]
        weight = self._weight[rows]
        # What stands for more must count for more, which codes drawn one by one do not allow for.
        return rows if not len(rows) or np.ptp(weight) <= 1e-9 * weight.max() else rows[:0]

    def count(self, rows: Rows) -> int:
        """Return how many of some units are coded and count in the denominator."""
        return int(self._counts[rows].sum())

    def n_left(self, rows: Rows) -> int:
        """Return how many of some units people could still code."""
        return int((~self._is_coded[rows] & ~self._is_known[rows]).sum())

    def cell(self, rows: Rows, by_story: bool = False) -> Cell:
        """Return some units as the numbers that calibration takes; `by_story`: those of one story as of one article."""
        article, fold = self._article[rows], self._fold[rows]
        if by_story:
            # An article in no story stands for itself.
            article = np.where(self._story[rows] >= 0, self._story[rows], -1 - article)
            _, of = np.unique(article, return_inverse=True)
            first = np.full(len(rows), FOLDS)
            np.minimum.at(first, of, fold)
            fold = first[of]
        column = self._columns
        return Cell(
            article,
            column["reading_x"][rows],
            column["reading_y"][rows],
            column["chance"][rows],
            self._is_coded[rows],
            column["value_x"][rows],
            column["value_y"][rows],
            fold,
            self._is_known[rows],
        )

    def periods(self, rows: Rows) -> tuple[Rows, npt.NDArray[np.bool_]]:
        """Return when the period of each unit begins, in days, and whether it is coded and counts."""
        return self._period[rows], self._counts[rows]

    @cached_property
    def _counts(self) -> npt.NDArray[np.bool_]:
        return self._is_coded & (self._columns["value_y"] > 0)

    @cached_property
    def _columns(self) -> dict[str, npt.NDArray[np.float64]]:
        names = ("reading_x", "reading_y", "chance", "value_x", "value_y")
        return {name: pc.fill_null(self._table[name], 0.0).to_numpy() for name in names}

    @cached_property
    def _is_coded(self) -> npt.NDArray[np.bool_]:
        return self._flags("coded")

    @cached_property
    def _is_known(self) -> npt.NDArray[np.bool_]:
        return self._flags("known")

    @cached_property
    def _is_copied(self) -> npt.NDArray[np.bool_]:
        return self._flags("copied")

    @cached_property
    def _quoting(self) -> npt.NDArray[np.int64]:
        """1 in somebody else's words, 0 in the outlet's own, −1 where they are not told apart."""
        return self._numbers(self._table["quoted"].cast(pa.int64()), -1)

    @cached_property
    def _day(self) -> npt.NDArray[np.int64]:
        return self._numbers(self._table["day"].cast(pa.int32()), _UNDATED)

    @cached_property
    def _period(self) -> npt.NDArray[np.int64]:
        return self._numbers(self._table["period_start"].cast(pa.int32()), _UNDATED)

    @cached_property
    def _weight(self) -> npt.NDArray[np.float64]:
        weights: npt.NDArray[np.float64] = pc.fill_null(self._table["weight"], 1.0).to_numpy()
        return weights

    @cached_property
    def _article(self) -> npt.NDArray[np.int64]:
        return codes_of(self._table["cluster"])

    @cached_property
    def _story(self) -> npt.NDArray[np.int64]:
        return codes_of(self._table["story"])

    @cached_property
    def _fold(self) -> npt.NDArray[np.int64]:
        return self._numbers(self._table["fold"], 0)

    def _flags(self, name: str) -> npt.NDArray[np.bool_]:
        flags: npt.NDArray[np.bool_] = pc.fill_null(self._table[name], False).to_numpy(zero_copy_only=False)
        return flags

    @staticmethod
    def _numbers(column: pa.ChunkedArray, missing: int) -> npt.NDArray[np.int64]:
        numbers: npt.NDArray[np.int64] = (
            pc.fill_null(column, missing).to_numpy(zero_copy_only=False).astype(np.int64)
        )
        return numbers


_EPOCH = dt.date(1970, 1, 1)
_UNDATED = -(2**31)
"""Before every day: what has no date lies in no window."""


def _number(day: dt.date) -> int:
    return (day - _EPOCH).days


def day_of(number: int) -> dt.date:
    """Return the day of a number of `CodedUnits.periods`."""
    return _EPOCH + dt.timedelta(days=number)


def nothing_coded(kinds: pa.Schema, n: int) -> dict[str, pa.Array]:
    """Return the columns of a table of figures that people's codes fill, as they are before."""
    empty = {name: pa.nulls(n, kinds.field(name).type) for name in CALIBRATED if name in kinds.names}
    return empty | {"calibrated": pa.array([False] * n)}
