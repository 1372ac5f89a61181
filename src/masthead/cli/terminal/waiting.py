"""What is said to whoever waits where no bar can be shown, as in a log: a line a minute, and nothing of short work."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

MINUTE = 60.0
"""So many seconds may pass without a line."""


class Lines:
    """Says once a minute how far the stage at hand is; `say` is given each line.

    A thread of its own says it, since a stage may take long over a single step.
    """

    def __init__(self, say: Callable[[str], None], every: float = MINUTE) -> None:
        self._say, self._every = say, every
        self._lock = threading.Lock()
        self._stage: tuple[str, int, int] | None = None
        self._begun: dict[str, tuple[float, int]] = {}
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._speak, daemon=True, name="masthead-waiting")

    def __enter__(self) -> Lines:
        self._started = time.monotonic()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def report(self, stage: str, count: int, total: int) -> None:
        """Take note of a stage, how much of it is done, and how much there is."""
        with self._lock:
            self._begun.setdefault(stage, (time.monotonic(), count))
            self._stage = stage, count, total

    def _speak(self) -> None:
        while not self._over.wait(self._every):
            self._say(self.line())

    def line(self) -> str:
        """Return the stage at hand, done of how many, and the time left as far as it can be told."""
        now = time.monotonic()
        with self._lock:
            if self._stage is None:
                return f"at work for {_long(now - self._started)}"
            stage, count, total = self._stage
            start, before = self._begun[stage]
        text = f"{stage}: {count:,} of {total:,}"
        if count >= total:
            return f"{text}; what follows is on its way"
        if count <= before:
            return f"{text}; time left not known yet"
        return f"{text}; about {_long((now - start) / (count - before) * (total - count))} left"


def _long(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    if seconds < 90 * 60:
        return f"{round(seconds / 60)} min"
    return f"{seconds / 3600:.1f} h"
