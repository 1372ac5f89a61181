"""When it changed: the likeliest day and an interval, from the profile of the likelihood over days.

The interval holds every day at which a cut fits less than c worse than the best one. c is the 95% quantile of
how much worse the true day fits than the best in series made of the two sides: on each side stretches of time are
drawn with replacement from its own, and the true day is then known. A side in which a label never stood would be
made without it for ever, so now and then a stretch of the other side comes in: more of them where chance alone would
give much of the difference between the sides.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from masthead.inference.changes.scan import INTERLUDE, interludes, scan, steps
from masthead.inference.changes.series import Series, Whole
from masthead.inference.intervals import Array

DRAWS = 399

STRETCH = 1 / 3
"""How long a stretch that is drawn is, as part of a block, in whole weeks: nearly all stories are shorter."""

GUESTS = 0.5
"""How many stretches of the other side a drawn side has at least, on average."""

CHANCE = 0.15
"""So much of the statistic of a change is chance's even where the change is plain."""


@dataclass(frozen=True)
class Dated:
    """The first day after the change, and the first and last day that it could as well be (ordinals)."""

    day: int
    low: int
    high: int


def best_day(series: Series) -> int | None:
    """Return the first day after the best cut; None where no cut has enough articles on both sides."""
    if len(series) < 2:
        return None
    at, parts, articles = steps(series.day, series.parts, 1)
    if len(at) < 2:
        return None
    gains = scan(parts, articles, series.form)
    best = int(np.argmax(gains))
    return int(series.day[0] + at[best + 1]) if gains[best] > 0 else None


def best_days(series: Series) -> list[int]:
    """Return the first day after the best cut, or those of both ends of the best interlude, whichever is better.

    Empty where neither has enough articles.
    """
    day = best_day(series)
    at, parts, articles = steps(series.day, series.parts, 7)
    if day is None or len(at) < 3:
        return [] if day is None else [day]
    gains, ends = interludes(parts, articles, series.form)
    cut = scan(parts, articles, series.form).max()
    if not len(gains) or INTERLUDE * gains.max() <= cut:
        return [day]
    begin, end = (int(series.day[0] + 7 * at[one + 1]) for one in ends[gains.argmax()])
    # From the corners to the day: each end in turn, the other held.
    for _ in range(2):
        begin = best_day(series.between(int(series.day[0]), end)) or begin
        end = best_day(series.between(begin, int(series.day[-1]) + 1)) or end
    return [begin, end]


def interval(series: Series, day: int, block: int, level: float, by_chance: float) -> Dated:
    """Return the interval of the date of a change whose first day after is `day`.

    `by_chance` is how much of the change's statistic chance alone gives: the cut was chosen for its difference, which
    is smaller in truth by about as much. `series` reaches from the change before to the change after. Days between
    two articles fit alike: the interval begins the day after the last article that surely came before.
    """
    at, parts, articles = steps(series.day, series.parts, 1)
    days = series.day[0] + at
    cut = int(np.searchsorted(days, day)) - 1
    gains = scan(parts, articles, series.form)
    worse = gains[cut] - gains
    length = max(7, round(STRETCH * block / 7) * 7)
    bar = _cutoff(series, days, parts, articles, cut, length, level, by_chance)
    likely = np.flatnonzero((worse <= bar) & (gains >= 0))
    low, high = int(min(likely.min(initial=cut), cut)), int(max(likely.max(initial=cut), cut))
    return Dated(int(days[cut + 1]), int(days[low]) + 1, int(days[high + 1]))


def _cutoff(
    series: Series,
    days: Whole,
    parts: Array,
    articles: Array,
    cut: int,
    stretch: int,
    level: float,
    by_chance: float,
) -> float:
    """The quantile of how much worse the true day fits than the best, over series made of the two sides."""
    after_it = days - days[cut + 1]
    # Counted from the change outwards, so that none holds days of both sides.
    number = np.where(after_it < 0, -((-1 - after_it) // stretch) - 1, after_it // stretch)
    stretches, start = np.unique(number, return_index=True)
    length = np.diff(np.append(start, len(days)))
    slots = int(length.max())
    # Stretches side by side, each with as many slots as the fullest has days; what is not used holds nothing.
    place = np.repeat(np.arange(len(stretches)), length)
    slot = np.arange(len(days)) - np.repeat(start, length)
    part_slots = np.zeros((len(parts), len(stretches), slots))
    part_slots[:, place, slot] = parts
    article_slots = np.zeros((len(stretches), slots))
    article_slots[place, slot] = articles
    before = int(np.searchsorted(stretches, 0))
    rng = np.random.default_rng([before, len(stretches), len(series), 20_131])
    # With g of either side in the other, what tells the sides apart shrinks by (1 − 2g)².
    guests = (1.0 - np.sqrt(1.0 - np.clip(by_chance - CHANCE, 0.0, 0.9))) / 2.0
    own, other = np.arange(before), np.arange(before, len(stretches))
    draws = np.concatenate([_draw(rng, own, other, guests), _draw(rng, other, own, guests)], axis=1)
    gains = scan(
        part_slots[:, draws].reshape(len(parts), DRAWS, -1),
        article_slots[draws].reshape(DRAWS, -1),
        series.form,
    )
    true = gains[:, before * slots - 1]
    short = gains.max(axis=1) - np.maximum(true, 0.0)
    return float(np.quantile(short, level))


def _draw(rng: np.random.Generator, own: Whole, other: Whole, guests: float) -> Whole:
    """Draw as many stretches as a side has from its own, but this part, or `GUESTS`, from the other side."""
    shape = (DRAWS, len(own))
    from_other = rng.random(shape) < max(guests, GUESTS / len(own))
    return np.where(from_other, rng.choice(other, shape), rng.choice(own, shape))
