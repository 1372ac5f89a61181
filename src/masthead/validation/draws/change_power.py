"""How large a step must be to be found, by articles on either side and the length of a block: drawn series."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from masthead.validation.draws.changes import most_alarms, part_changed, part_with, results_of
from masthead.validation.draws.series import Drawn
from masthead.validation.progress import Progress, in_turn

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
    for at, (aside, block) in enumerate(in_turn(cells, "power", progress)):
        steady = Drawn(articles=2 * aside, weeks=WEEKS, before=(0.5, 0.5))
        silent, _ = results_of(steady, series, block, [seed, at, 0])
        alarms = part_with(silent, "change")
        for number, step in enumerate(steps, 1):
            shares = ((1 + step) / 2, (1 - step) / 2)
            what = Drawn(course="half", articles=2 * aside, weeks=WEEKS, before=shares, after=shares[::-1])
            results, days = results_of(what, series, block, [seed, at, number])
            errors = [
                abs(r.changes[0].date - days[0][0])
                for r in results
                if [c.kind for c in r.changes] == ["change"]
            ]
            rows.append(
                Power(
                    step=step,
                    aside=aside,
                    block=block,
                    series=series,
                    found=part_changed(results),
                    dated=part_with(results, "change"),
                    error=float(np.median(errors)) if errors else None,
                    false_found=part_changed(silent),
                    false_dated=alarms,
                    broken=alarms > most_alarms(series),
                )
            )
    return rows
