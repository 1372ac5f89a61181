"""The figures on either side of a change, with the intervals that every other figure has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.inference.changes import Change
from masthead.inference.codes import codes_of
from masthead.inference.comparisons import Difference, difference_of
from masthead.inference.intervals import Array, Proportions, SignedMeans, Sums, family_of
from masthead.questions.changes.rows import SideFigures

Whole = npt.NDArray[np.int64]

_EPOCH = 719_163
"""The ordinal of 1970-01-01, from which Arrow counts days."""


@dataclass(frozen=True)
class Units:
    """The articles of one series: day, story and section (−1 unknown), numerators per category, denominator, weight."""

    day: Whole
    story: Whole
    section: Whole
    x: Array
    y: Array
    w: Array

    @classmethod
    def of(cls, rows: pa.Table, categories: tuple[str | int | None, ...]) -> Units:
        """Make units of the rows of one measure, outlet, subject and voice, sorted by cluster.

        An article without a row for a category has none of it.
        """
        cluster = pc.dictionary_encode(rows["cluster"].combine_chunks()).indices.to_numpy()
        _, first, of = np.unique(cluster, return_index=True, return_inverse=True)
        place = {category: at for at, category in enumerate(categories)}
        column = np.array([place[category] for category in rows["category"].to_pylist()], dtype=np.int64)
        x = np.zeros((len(first), len(categories)))
        x[of, column] = rows["x"].to_numpy()
        day = pc.cast(pc.cast(rows["day"], pa.int32()), pa.int64()).to_numpy()[first] + _EPOCH
        story, section = (codes_of(rows[name])[first] for name in ("story", "section"))
        return cls(day, story, section, x, rows["y"].to_numpy()[first], rows["w"].to_numpy()[first])

    def between(self, start: int, stop: int) -> Units:
        """Return the articles with a denominator from the day `start` up to before the day `stop`."""
        inside = (self.day >= start) & (self.day < stop) & (self.y > 0)
        return Units(
            self.day[inside],
            self.story[inside],
            self.section[inside],
            self.x[inside],
            self.y[inside],
            self.w[inside],
        )

    def sums(self) -> Sums:
        """Return the sums of each category over the articles."""
        return Sums.of_clusters(self.x, self.y[:, None], self.w[:, None], axis=0)


def figures_beside(units: Units, change: Change, signed: bool, level: float) -> list[SideFigures]:
    """Return, per category, both sides' figures and their difference, with intervals: columns of `CHANGES`."""
    before = units.between(change.since, change.until).sums()
    after = units.between(change.then, change.last).sums()
    alpha = np.full(units.x.shape[1], 1.0 - level)
    apart = _figures(difference_of(after, before, signed=signed), alpha)
    sides = zip(
        _figures(family_of(before, signed), alpha), _figures(family_of(after, signed), alpha), strict=True
    )
    return [
        {
            "difference": difference,
            "conf_low": low,
            "conf_high": high,
            "before": earlier[0],
            "before_low": earlier[1],
            "before_high": earlier[2],
            "after": later[0],
            "after_low": later[1],
            "after_high": later[2],
        }
        for (difference, low, high), (earlier, later) in zip(apart, sides, strict=True)
    ]


_Figure = tuple[float | None, float | None, float | None]
"""A figure and its interval."""


def _figures(of: Difference | Proportions | SignedMeans, alpha: Array) -> list[_Figure]:
    """Return the figure of each category with its interval; None where there is none."""
    value, low, high = (
        [None if np.isnan(one) else float(one) for one in values] for values in (of.value, *of.bounds(alpha))
    )
    return list(zip(value, low, high, strict=True))
