"""How large a step must be to be found, by articles on either side and the length of a block: drawn series."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import numpy as np

from masthead.inference.changes.finding import Result, find_changes
from masthead.validation.draws.changes import FALSE_ALARMS
from masthead.validation.draws.series import Drawn, draw

Progress = Callable[[str, int, int], None]

WEEKS = 100
STEPS = (0.2, 0.4, 0.6, 0.9)
ASIDE = (20, 40, 80, 160)
BLOCKS = (28, 70)

_QUICK = ((0.9,), (40,), (28,))


@dataclass(frozen=True)
class Power:
    """What was found of shares that go up by `step` around one half, in the middle of two years of bursts of stories.

    `aside`: articles on either side, on average; `block`: days. `found`: part of the series found to have changed
    (p ≤ .05, each alone); `dated`: part with a dated change; `error`: median days between the date and the true one, of
    those with one dated change. `false_found` and `false_dated` are the same parts of as many series that
    stay at one half. `broken`: more of these are dated than is promised, by more than three standard errors.
    """

    step: float
    aside: int
    block: int
    series: int
    found: float
    dated: float
    error: float | None
    false_found: float
    false_dated: float
    broken: bool


def power(series: int, seed: int, quick: bool = False, progress: Progress | None = None) -> list[Power]:
    """Draw `series` series of every size of step, number of articles and length of block, and look for the step."""
    steps, asides, blocks = _QUICK if quick else (STEPS, ASIDE, BLOCKS)
    rows = []
    cells = list(product(asides, blocks))
    for at, (aside, block) in enumerate(cells):
        if progress:
            progress("power", at, len(cells))
        silent, _ = _looked_at(
            Drawn(articles=2 * aside, weeks=WEEKS, before=(0.5, 0.5)), series, block, [seed, at, 0]
        )
        alarms = _dated(silent)
        allowed = FALSE_ALARMS + 3 * np.sqrt(FALSE_ALARMS * (1 - FALSE_ALARMS) / series)
        for number, step in enumerate(steps, 1):
            shares = ((1 + step) / 2, (1 - step) / 2)
            what = Drawn(course="half", articles=2 * aside, weeks=WEEKS, before=shares, after=shares[::-1])
            results, day = _looked_at(what, series, block, [seed, at, number])
            errors = [
                abs(r.changes[0].date - day) for r in results if [c.kind for c in r.changes] == ["change"]
            ]
            rows.append(
                Power(
                    step=step,
                    aside=aside,
                    block=block,
                    series=series,
                    found=_found(results),
                    dated=_dated(results),
                    error=float(np.median(errors)) if errors else None,
                    false_found=_found(silent),
                    false_dated=alarms,
                    broken=bool(alarms > allowed),
                )
            )
    if progress:
        progress("power", len(cells), len(cells))
    return rows


def _looked_at(what: Drawn, count: int, block: int, seed: list[int]) -> tuple[list[Result], int]:
    """The results of so many drawn series, each alone in its family, and the day of their step."""
    drawn = [draw(np.random.default_rng([*seed, i]), what, family=str(i)) for i in range(count)]
    return find_changes([one for one, _ in drawn], block=block), next(iter(drawn[0][1]), 0)


def _found(results: list[Result]) -> float:
    return float(np.mean([result.p <= FALSE_ALARMS for result in results]))


def _dated(results: list[Result]) -> float:
    return float(np.mean([any(change.kind == "change" for change in result.changes) for result in results]))
