"""Archive gaps: stretches with nothing from an outlet that its own rate makes improbable.

An outlet that prints thirty articles a day and has none for a week was not silent: the collection has a
hole. One that prints three a month and has none for three weeks may have had nothing to say.

For a stretch of empty days, E is how many articles the outlet would be expected to have had in it. It is
the smallest of three expectations, so that an outlet that grew, or that an archive follows only when
something happens, is not full of holes: from its rate over all its days; over the ninety days before the
stretch; over the ninety after. Each rate is taken per day of the week, so that a paper without a Sunday
edition has no hole every Sunday. Articles come in bursts: with φ the variance over the mean of the outlet's
counts, the chance that a stretch is empty is that of a negative binomial process, exp(−E·ln φ / (φ − 1)),
which is Poisson's exp(−E) where φ is 1. Times the outlet's number of days, that is how many such stretches
to expect by chance (Bonferroni); below 0.01 the stretch is a gap.

Simulated over four years of Poisson, weekly, growing and bursty outlets at .02 to 30 articles a day: at most
5 in 100 outlets without a hole show one; a hole of 14 days is found in all outlets with 5 articles a day
that are not bursty, one of 30 days in those with 1 a day.

What it cannot see: a hole before an outlet's first or after its last article, a day of which half is
missing, and holes in outlets with so few articles that silence is likely anyway.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

FALSE_GAPS = 0.01
AROUND = 90
FEWEST_ARTICLES = 20

_Counts = NDArray[np.int64]


def find_gaps(dates: Iterable[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Return the gaps of one outlet as (first empty day, last empty day), in order.

    `dates` are the days of its articles, in any order, one per article. Fewer than twenty articles tell no
    rate, and give no gaps.
    """
    days = np.array([d.toordinal() for d in dates], dtype=np.int64)
    if len(days) < FEWEST_ARTICLES:
        return []
    first = int(days.min())
    counts = np.bincount(days - first)
    weekday = (np.arange(len(counts)) + dt.date.fromordinal(first).weekday()) % 7
    stretches = _empty_stretches(counts)
    dispersion = _dispersion(counts)
    burstiness = np.log(dispersion) / (dispersion - 1) if dispersion > 1 else 1.0
    gaps = []
    for start, stop in stretches:
        inside = weekday[start:stop]
        around = (
            np.r_[0:start, stop : len(counts)],
            np.r_[max(0, start - AROUND) : start],
            np.r_[stop : min(len(counts), stop + AROUND)],
        )
        expectation = min(_expectation(counts[days], weekday[days], inside) for days in around)
        if len(counts) * np.exp(-expectation * burstiness) < FALSE_GAPS:
            gaps.append((dt.date.fromordinal(first + start), dt.date.fromordinal(first + stop - 1)))
    return gaps


def _empty_stretches(counts: _Counts) -> list[tuple[int, int]]:
    """Return the runs of days without an article as half-open ranges."""
    empty = np.diff(np.r_[0, counts == 0, 0].astype(np.int8))
    return list(zip(np.flatnonzero(empty == 1).tolist(), np.flatnonzero(empty == -1).tolist(), strict=True))


def _expectation(counts: _Counts, weekday: _Counts, inside: _Counts) -> float:
    """Articles expected on the days `inside`, given as days of the week, at the rate of the other days."""
    total = np.bincount(weekday, counts, 7)
    day_counts = np.bincount(weekday, minlength=7)
    # With few days around, a day of the week that was not seen takes the rate of all.
    rate = np.where(day_counts > 0, total / np.maximum(day_counts, 1), counts.mean() if len(counts) else 0.0)
    return float(rate[inside].sum())


def _dispersion(counts: _Counts) -> float:
    """Variance over mean of the counts of weeks or of four weeks, the larger of the two, at least 1.

    Windows without any article are left out: they may be holes, and must not pass for the outlet's own ups
    and downs. Each is compared with the next, since slow growth is no burst.
    """
    dispersion = 1.0
    for width in (7, 28):
        windows = counts[: len(counts) // width * width].reshape(-1, width).sum(axis=1)
        windows = windows[windows > 0]
        if len(windows) >= 6:
            dispersion = max(dispersion, float((np.diff(windows) ** 2).mean() / 2 / windows.mean()))
    return dispersion
