"""How often changes are found where there are none, where there are, and how often their dates hold: drawn series."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from masthead.inference.changes.finding import Change, Result, find_changes
from masthead.inference.changes.permuting import BLOCK
from masthead.validation.draws.series import Drawn, draw
from masthead.validation.progress import Progress, in_turn

FALSE_ALARMS = 0.05
"""Promised: at most so many series in which nothing is planted, or a slow drift, are said to have changed on a day."""

HELD = 0.92
"""Promised: at least so many intervals hold the true date, of sudden changes that are found as such."""

_FLAT = Drawn()
_FIVE = replace(_FLAT, before=(0.4, 0.2, 0.2, 0.1, 0.1), after=(0.1, 0.2, 0.2, 0.1, 0.4))
_MEAN = replace(_FLAT, before=(0.4, 0.3, 0.3), after=(0.15, 0.3, 0.55), signed=True)
_STARK = replace(_FLAT, before=(0.97, 0.03), after=(0.03, 0.97))

STORIES = ("none", "bursts", "weeks")
KINDS = {"share": _FLAT, "five labels": _FIVE, "signed mean": _MEAN}


@dataclass(frozen=True)
class Row:
    """What was found in series of one kind.

    `found`: part of the series found to have changed at all (p ≤ .05, one test each); `dated`, `drift`: part with a
    dated change, with a drift. Where as many dated changes were found as there are steps: `held`, part of their
    intervals that hold the day; `error` and `width`, medians in days. `broken`: a promise is not held, by more than
    three standard errors of the drawing.
    """

    planted: str
    figure: str
    stories: str
    articles: int
    series: int
    found: float
    dated: float
    drift: float
    held: float | None
    error: float | None
    width: float | None
    broken: bool


def cells(quick: bool) -> list[tuple[str, Drawn]]:
    """Return what is drawn, by the name of its figure."""
    steady = [(name, replace(kind, stories=stories)) for name, kind in KINDS.items() for stories in STORIES]
    drifts = [("share", replace(_FLAT, stories=stories, course="drift")) for stories in STORIES]
    steps = [(name, replace(kind, stories="bursts", course="step")) for name, kind in KINDS.items()]
    stark = [
        ("share, 3% to 97%", replace(_STARK, stories=stories, course="step", articles=articles))
        for stories in STORIES
        for articles in (60, 200)
    ]
    several = [
        ("share, 3% to 97%", replace(_STARK, stories="bursts", course=course, articles=400))
        for course in ("interlude", "drift")
    ]
    if quick:
        return [*steady[:3], drifts[1], stark[3]]
    return [*steady, *drifts, *steps, *stark, *several]


def validate(series: int, seed: int, quick: bool = False, progress: Progress | None = None) -> list[Row]:
    """Draw `series` series of every kind and look for changes in each, alone in its family."""
    kinds = in_turn(cells(quick), "kinds of series", progress)
    return [_row(name, kind, series, [seed, at]) for at, (name, kind) in enumerate(kinds)]


def _row(name: str, kind: Drawn, count: int, seed: list[int]) -> Row:
    results, days_of = results_of(kind, count, BLOCK, seed)
    pairs = [pair for result, days in zip(results, days_of, strict=True) for pair in _pairs(result, days)]
    part_with_a_day = part_with(results, "change")
    covers = [change.low <= day <= change.high for change, day in pairs]
    silent = kind.course in ("steady", "drift")
    least = HELD - 3 * np.sqrt(HELD * (1 - HELD) / max(len(pairs), 1))
    return Row(
        planted=kind.course,
        figure=name,
        stories=kind.stories,
        articles=kind.articles,
        series=count,
        found=part_changed(results),
        dated=part_with_a_day,
        drift=part_with(results, "drift"),
        held=float(np.mean(covers)) if pairs else None,
        error=float(np.median([abs(change.date - day) for change, day in pairs])) if pairs else None,
        width=float(np.median([change.high - change.low for change, _ in pairs])) if pairs else None,
        broken=bool(silent and part_with_a_day > most_alarms(count))
        or bool(pairs and np.mean(covers) < least),
    )


def results_of(
    kind: Drawn, count: int, block: int, seed: list[int]
) -> tuple[list[Result], list[tuple[int, ...]]]:
    """Draw so many series, look for changes in each, alone in its family; return what is found and the true days."""
    series, days = zip(
        *(draw(np.random.default_rng([*seed, i]), kind, family=str(i)) for i in range(count)), strict=True
    )
    return find_changes(list(series), block=block), list(days)


def most_alarms(count: int) -> float:
    """The part of so many series without a change that may be said to have one, and the drawing still explains it."""
    return float(FALSE_ALARMS + 3 * np.sqrt(FALSE_ALARMS * (1 - FALSE_ALARMS) / count))


def part_changed(results: list[Result]) -> float:
    """The part of the series that are said to have changed at all."""
    return float(np.mean([result.p <= FALSE_ALARMS for result in results]))


def part_with(results: list[Result], kind: str) -> float:
    """The part of the series with a change of this kind, `change` or `drift`."""
    return float(np.mean([any(change.kind == kind for change in result.changes) for result in results]))


def _pairs(result: Result, days: tuple[int, ...]) -> list[tuple[Change, int]]:
    """Each true day with the nearest dated change, where as many were found as there are."""
    if len(result.changes) != len(days) or any(change.kind != "change" for change in result.changes):
        return []
    return list(zip(result.changes, days, strict=True))
