"""Series drawn at random with everything known about them: what tests of change are tested on.

Articles belong to stories, overlap, and come in bursts. The odds of the categories have a common course over time;
every story shifts them by a normal draw of its own, and every article by another, so that articles of one story
agree for as long as it runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from masthead.inference.changes.series import Series, Whole
from masthead.inference.intervals import Array

START = 730_000
"""The first day of a drawn series."""

STORIES = {"none": (1.0, 0.0), "bursts": (4.0, 4.0), "weeks": (6.0, 50.0)}
"""Mean articles of a story, and the days that it runs for at most."""

Course = Literal["steady", "step", "half", "drift", "interlude", "two steps"]


@dataclass(frozen=True)
class Drawn:
    """What to draw: `articles` over `weeks`, in `stories`, of shares that take a `course`.

    `before` and `after` are the shares of two or more categories. A `step` is on a random day with at least a
    fifth of the time on either side, a `half` in the middle; a `drift` takes from half of the time to all of it; an
    `interlude` goes there and back.
    `signed` makes it a mean: the first category counts −1, the last 1.
    """

    stories: str = "bursts"
    course: Course = "steady"
    articles: int = 200
    weeks: int = 200
    before: tuple[float, ...] = (0.7, 0.3)
    after: tuple[float, ...] = (0.3, 0.7)
    mentions: float = 2.5
    story_spread: float = 0.8
    article_spread: float = 0.5
    signed: bool = False


def draw(rng: np.random.Generator, what: Drawn, family: str = "") -> tuple[Series, tuple[int, ...]]:
    """Draw a series, and return it with the true first days after its steps (empty where it takes none)."""
    days = what.weeks * 7
    story, day = _stories(rng, what, days)
    course, steps = _course(rng, what, days)
    before, after = np.log(np.array(what.before)), np.log(np.array(what.after))
    odds = before + course[day][:, None] * (after - before)
    kinds = len(before)
    odds = odds + what.article_spread * rng.standard_normal((len(day), kinds))
    if what.stories != "none":
        odds = odds + what.story_spread * rng.standard_normal((story.max() + 1, kinds))[story]
    shares = np.exp(odds)
    shares /= shares.sum(axis=1, keepdims=True)
    sizes = rng.geometric(1.0 / what.mentions, len(day))
    counts = rng.multinomial(sizes, shares).astype(np.float64)
    true = tuple(START + step for step in steps)
    if what.signed:
        return Series.of_ratio(
            START + day, counts[:, -1] - counts[:, 0], counts.sum(axis=1), signed=True, family=family
        ), true
    return Series.of_counts(START + day, counts, family=family), true


def _stories(rng: np.random.Generator, what: Drawn, days: int) -> tuple[Whole, Whole]:
    """Draw each article's story and day; a story's articles lie within a stretch of its own."""
    size, longest = STORIES[what.stories]
    sizes = rng.geometric(1.0 / size, what.articles)
    sizes = sizes[: int(np.searchsorted(np.cumsum(sizes), what.articles)) + 1]
    story = np.repeat(np.arange(len(sizes)), sizes)[: what.articles]
    runs = rng.uniform(0.0, longest, len(sizes))
    begins = rng.uniform(-longest / 2, days, len(sizes))
    day = np.floor(begins[story] + runs[story] * rng.random(len(story))).astype(np.int64)
    return story, np.clip(day, 0, days - 1)


def _course(rng: np.random.Generator, what: Drawn, days: int) -> tuple[Array, tuple[int, ...]]:
    """How far from `before` (0) to `after` (1) each day is, and the days of steps."""
    at = np.arange(days)
    if what.course == "steady":
        return np.zeros(days), ()
    if what.course == "drift":
        length = rng.uniform(0.5, 1.0) * days
        begin = rng.uniform(0.0, days - length)
        return np.clip((at - begin) / length, 0.0, 1.0), ()
    if what.course == "step":
        step = int(rng.uniform(0.2, 0.8) * days)
        return (at >= step).astype(np.float64), (step,)
    if what.course == "half":
        return (at >= days // 2).astype(np.float64), (days // 2,)
    first, second = int(rng.uniform(0.2, 0.45) * days), int(rng.uniform(0.55, 0.8) * days)
    if what.course == "interlude":
        return ((at >= first) & (at < second)).astype(np.float64), (first, second)
    return (at >= first) * 0.5 + (at >= second) * 0.5, (first, second)
