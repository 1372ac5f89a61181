"""Where the time of a survey goes, stage by stage."""

from __future__ import annotations

import time
from collections.abc import Callable

from masthead import stages
from masthead.findings.about import StageTime

Report = Callable[[str, int, int], None]


class Stopwatch:
    """Takes the time of stages that follow each other; `report` hears of those that work out figures.

    A stage that is begun ends the one before it. One that is begun again adds to its time.
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._seconds: dict[str, float] = {}
        self._stage: str | None = None
        self._since = 0.0
        self._step = self._steps = 0

    def begin(self, stage: str) -> None:
        """Begin a stage of reading, which reports of itself."""
        self.end()
        self._stage, self._since = stage, time.perf_counter()

    def figures(self, steps: int) -> None:
        """Say how many stages that work out figures follow."""
        self._step, self._steps = -1, steps

    def work_out(self, stage: str) -> None:
        """Begin a stage that works out figures, and report how many are done."""
        self.begin(stage)
        self._step += 1
        self._report(stages.FIGURES, self._step, self._steps)

    def end(self) -> None:
        """End the stage at hand, and where it was the last that works out figures, report that."""
        if self._stage is not None:
            seconds = time.perf_counter() - self._since
            self._seconds[self._stage] = self._seconds.get(self._stage, 0.0) + seconds
        if self._steps and self._step + 1 == self._steps:
            self._report(stages.FIGURES, self._steps, self._steps)
            self._steps = 0
        self._stage = None

    def as_rows(self) -> list[StageTime]:
        """End the stage at hand and return every stage with its seconds, in the order in which they were begun."""
        self.end()
        return [{"stage": stage, "seconds": round(seconds, 3)} for stage, seconds in self._seconds.items()]
