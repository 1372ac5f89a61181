"""Run one step in a process of its own and say what it took."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Took:
    """Wall seconds and peak resident memory of one step, and what the step itself reported."""

    seconds: float
    peak_mb: float
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def inner(self) -> float:
        """The seconds that the step timed itself, without starting Python; the wall time where it did not."""
        return float(self.told.get("seconds", self.seconds))


def say(text: str) -> None:
    """Print a line at once: a benchmark is watched."""
    print(text, flush=True)


def processor_seconds() -> float:
    """Processor seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run_step(name: str, **arguments: object) -> Took:
    """Run a step of `benchmarks.steps` in a fresh process. Raises RuntimeError where it fails.

    Peak memory is that of the largest process among the step and its children.
    """
    read_end, write_end = os.pipe()
    command = [
        sys.executable,
        "-m",
        "benchmarks.steps",
        name,
        json.dumps(arguments, default=str),
        str(write_end),
    ]
    start = time.perf_counter()
    process = subprocess.Popen(command, pass_fds=[write_end], stdout=subprocess.DEVNULL)
    os.close(write_end)
    with os.fdopen(read_end) as pipe:
        told = pipe.read()
    _, status, _ = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the step '{name}' ended with {process.returncode}")
    report = json.loads(told)
    return Took(seconds, report.pop("peak_mb"), report)


def sampled(archive: Path, work: Path, name: str, limit: int) -> Path:
    """Return a new archive of so many articles of another, drawn by hash; nothing in it has been read."""
    source, fresh = work / f"{name}.parquet", work / f"{name}.archive"
    run_step("sample", archive=archive, target=source, limit=limit)
    run_step("add", source=source, archive=fresh, mapping={})
    return fresh


def read_afresh(archive: str, links: str, read: Callable[[Any], Any]) -> dict[str, Any]:
    """Time a reader of links between articles on an archive from which what it read before is removed."""
    from masthead.archive import Archive

    opened = Archive.open(Path(archive))
    shutil.rmtree(opened.path / "links" / links, ignore_errors=True)
    start = time.perf_counter()
    counts = read(opened).counts
    return {"seconds": time.perf_counter() - start, "result": counts, "cpu": processor_seconds()}
