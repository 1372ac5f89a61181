"""Dating the rows of one file: where some dates tell what others mean, all are looked at before the first is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pyarrow as pa

from masthead.archive.adding.columns import Columns
from masthead.archive.dates import AHEAD, DateColumn, Moment
from masthead.archive.days import checked_zone, utc_days
from masthead.archive.net import each_in_net
from masthead.archive.sources import Batch, Source


class Dates:
    """The dates of one file. `reopen` gives its source anew, from the beginning.

    `order` is that of day, month and year in figures, `zone` the one in which times that name none are meant: both as
    the user said. Raises UsageError where there is no such order or zone.
    """

    def __init__(
        self, name: str, columns: Columns, reopen: Callable[[], Source], order: str | None, zone: str | None
    ) -> None:
        self.zone = None if zone is None else checked_zone(zone)
        self._name = name
        self._columns = columns
        self._reopen = reopen
        self._dates = DateColumn(name, order, zone=self.zone)
        self._settled = False
        self._moved: Counter[str] = Counter()

    @property
    def ahead(self) -> int:
        """How many were left undated because they lay in the future."""
        return self._dates.remarks[AHEAD]

    @property
    def day_moves(self) -> dict[str, int]:
        """By outlet, how many lie in UTC on another day than they were written on, where no zone was said."""
        return dict(sorted(self._moved.items()))

    def read(self, batch: Batch, raw: pa.StringArray, outlets: pa.StringArray) -> list[Moment]:
        """Read the dates `raw` of rows of a batch, once all dates of the file have told what they mean.

        Raises SourceError where they contradict each other, or leave the order of their figures open.
        """
        if "published" in batch.fields.schema.names and not self._settled:
            self._narrow(batch)
            if self._dates.in_figures:
                self._look_ahead()
        names = outlets.to_pylist()
        moments = [
            self._dates.read(value, outlet) for value, outlet in zip(raw.to_pylist(), names, strict=True)
        ]
        self._moved.update(outlet for outlet, moment in zip(names, moments, strict=True) if moment.is_moved)
        return moments

    def notes(self) -> list[str]:
        """Say what was sniffed, what could not be dated, and whose days are meant, with counts."""
        of_utc = [utc_days(self._moved) + "; --zone says another"] if self._moved else []
        return [*self._dates.notes(), *of_utc]

    def _look_ahead(self) -> None:
        """Let every date of the file tell: an order that the last line contradicts must not be taken before."""
        column_of = self._columns.column_of
        only: dict[str, str] = {
            name: column_of[name] for name in ("published", "outlet") if name in column_of
        }
        # A source of its own: the one being read keeps its place and its counts.
        for batch in each_in_net(self._reopen().batches(only), self._name):
            self._narrow(batch)
        self._dates.settle()
        self._settled = True

    def _narrow(self, batch: Batch) -> None:
        """Show the batch's dates, each with its outlet."""
        names = [name for name in ("published", "outlet") if name in batch.fields.schema.names]
        table = pa.Table.from_batches([batch.fields]).group_by(names).aggregate([])
        columns = [table[name].to_pylist() for name in names]
        constant = self._columns.constants.get("outlet", "")
        for date, *outlet in zip(*columns, strict=True):
            if date:
                self._dates.narrow([date], (outlet[0] or "").strip() if outlet else constant)
