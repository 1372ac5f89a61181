"""A series: articles in order of time, each with a day and what it adds to the parts of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from masthead.errors import UsageError
from masthead.inference.intervals import Array

Whole = npt.NDArray[np.int64]
Form = Literal["counts", "means"]

MENTIONS_AGREE = 0.3
"""How far the mentions of one article are taken to agree where a signed mean cannot show it."""


@dataclass(frozen=True)
class Series:
    """The articles of one series, in order of day.

    `day` holds proleptic Gregorian ordinals (`date.toordinal()`), n of them; `parts` is n × K. Of `counts` (a
    composition, or a share and its complement) the columns are how often each category was used; of `means` they
    are Σ wx and Σ wy. `family` names the family of tests in which false discoveries are counted, `name` is for
    the caller: nothing random hangs on either.
    """

    day: Whole
    parts: Array
    form: Form
    family: str = ""
    name: object = None

    @classmethod
    def of_counts(
        cls, day: Sequence[int] | Whole, counts: Array, family: str = "", name: object = None
    ) -> Series:
        """Make a series of a composition: `counts` is articles × categories, each use of a label counted once.

        Articles without any use are left out. Raises UsageError for negative or infinite counts, or where there
        are not as many days as rows.
        """
        days, values = _days_and_values(day, counts)
        if (values < 0).any():
            raise UsageError("a negative count", "counts from 0 upwards", "check the units")
        return cls._of(days, values, values.sum(axis=1) > 0, "counts", family, name)

    @classmethod
    def of_ratio(
        cls,
        day: Sequence[int] | Whole,
        x: Array,
        y: Array,
        w: Array | None = None,
        signed: bool = False,
        family: str = "",
        name: object = None,
    ) -> Series:
        """Make a series of a ratio Σwx / Σwy: a share between 0 and 1 or, where `signed`, a mean between −1 and 1.

        Articles without a denominator are left out. Raises UsageError where a share's numerator is below 0 or
        above its denominator, or where lengths differ.
        """
        days, values = _days_and_values(day, np.column_stack([x, y, np.ones(len(x)) if w is None else w]))
        x, y, w = values.T
        if signed:
            return cls._of(days, np.column_stack([w * x, w * y]), y > 0, "means", family, name)
        slack = 1e-6 * (1.0 + y)
        if ((x < -slack) | (x > y + slack)).any():
            raise UsageError(
                "a numerator outside its denominator", "0 ≤ x ≤ y", "check the units, or say signed=True"
            )
        rest = np.maximum(y - x, 0.0)
        return cls._of(
            days, np.column_stack([w * np.maximum(x, 0.0), w * rest]), y > 0, "counts", family, name
        )

    @classmethod
    def _of(
        cls, day: Whole, parts: Array, has_parts: npt.NDArray[np.bool_], form: Form, family: str, name: object
    ) -> Series:
        day, parts = day[has_parts], parts[has_parts]
        # Sums over a day must not depend on the order of the rows: sort by all that a row holds.
        order = np.lexsort((*parts.T[::-1], day))
        return cls(day[order], parts[order], form, family, name)

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self.day)

    def between(self, start: int, stop: int) -> Series:
        """Return the articles from the day `start` up to before the day `stop`."""
        low, high = np.searchsorted(self.day, [start, stop])
        return Series(self.day[low:high], self.parts[low:high], self.form, self.family, self.name)

    def by_worth(self) -> Series:
        """Return the series with each article weighing as many independent mentions as its mentions are worth.

        With a correlation ρ between mentions of one article, y of them are worth y / (1 + (y − 1)ρ). For counts
        ρ is the moment estimate from Pearson's statistic over articles, for means `MENTIONS_AGREE`.
        """
        if self.form == "means":
            size = self.parts[:, 1]
            rho = MENTIONS_AGREE
        else:
            size = self.parts.sum(axis=1)
            rho = _agreement(self.parts, size)
        worth = 1.0 / (1.0 + np.maximum(size - 1.0, 0.0) * rho)
        return Series(self.day, self.parts * worth[:, None], self.form, self.family, self.name)


def _agreement(parts: Array, size: Array) -> float:
    share = parts.sum(axis=0) / size.sum() if len(size) else np.zeros(parts.shape[1])
    used = share > 0
    extra = np.maximum(size - 1.0, 0.0).sum()
    if used.sum() < 2 or extra <= 0:
        return 0.0
    expectation = size[:, None] * share[used]
    pearson = ((parts[:, used] - expectation) ** 2 / expectation).sum() / (used.sum() - 1)
    return float(np.clip((pearson - len(size)) / extra, 0.0, 1.0))


def _days_and_values(day: Sequence[int] | Whole, values: Array) -> tuple[Whole, Array]:
    days = np.asarray(day, dtype=np.int64)
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or days.ndim != 1 or len(days) != len(table):
        raise UsageError(
            f"{days.shape} days and {table.shape} values",
            "a row of values for each day",
            "pass both in one order",
        )
    if not np.isfinite(table).all():
        raise UsageError("a value that is not finite", "finite numbers", "check the units")
    return days, table
