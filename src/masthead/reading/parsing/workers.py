"""Who parses: this process where there is little to do, else processes of our own beside it."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from types import TracebackType
from typing import Self

import pyarrow as pa

from masthead.errors import ReadingError
from masthead.reading.parsing.model import sound_folder
from masthead.reading.parsing.parser import Parser, receive, send

_WORTH_A_PROCESS = 3_000
_MOST = 4


def usable_cores() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers:
    """Parses lots of sentences. Nothing is loaded or started before there is a lot to parse.

    With more than one process, each is a program of its own that reads sentences from a pipe and writes
    parses to another: it inherits no threads or locks from us, does not import the caller's script, and ends
    by itself when its pipe closes, however this process ends. `processes` None means one per usable core, at
    most four, and none beside this one where there are fewer than 3,000 sentences.
    """

    def __init__(self, processes: int | None = None) -> None:
        self._processes = processes
        self._parser: Parser | None = None
        self._running: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._running:
            if kind is not None:
                # Nobody waits for what it is parsing.
                worker.kill()
            if worker.stdin:
                with suppress(BrokenPipeError):
                    worker.stdin.close()
        for worker in self._running:
            worker.wait()
            if worker.stdout:
                worker.stdout.close()
        self._running = []

    def parse(self, lots: Sequence[Sequence[str]]) -> Iterator[pa.Table]:
        """Yield the parses (PARSE_SCHEMA) of each lot as it is done, in any order."""
        if not lots:
            return
        sentences = sum(map(len, lots))
        processes = self._processes if self._processes is not None else min(usable_cores(), _MOST)
        if processes <= 1 or (self._processes is None and not self._running and sentences < _WORTH_A_PROCESS):
            self._parser = self._parser or Parser()
            for lot in lots:
                yield self._parser.parse(lot)
            return
        # Found here rather than in a process that can only end, a model that is another one is said.
        sound_folder()
        while len(self._running) < processes:
            self._running.append(_start())
        size = max(256, min(2_000, -(-sentences // (len(self._running) * 2))))
        yield from self._share([lot[i : i + size] for lot in lots for i in range(0, len(lot), size)])

    def _share(self, pieces: Sequence[Sequence[str]]) -> Iterator[pa.Table]:
        waiting: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()
        parses: queue.SimpleQueue[pa.Table | None] = queue.SimpleQueue()
        for piece in pieces:
            waiting.put(piece)
        threads = [
            threading.Thread(target=_feed, args=(worker, waiting, parses), daemon=True)
            for worker in self._running
        ]
        for thread in threads:
            thread.start()
        for _ in pieces:
            table = parses.get()
            if table is None:
                raise ReadingError(
                    "a process that parses sentences ended before its work was done",
                    "it to answer",
                    "run the same command again: what was read is kept (too little memory is the usual cause)",
                )
            yield table
        for thread in threads:
            thread.join()


def _feed(
    worker: subprocess.Popen[bytes],
    waiting: queue.SimpleQueue[Sequence[str]],
    parses: queue.SimpleQueue[pa.Table | None],
) -> None:
    """Hand a worker one piece after the other until none is left."""
    while True:
        try:
            piece = waiting.get_nowait()
        except queue.Empty:
            return
        try:
            if worker.stdin is None or worker.stdout is None:
                raise OSError("a worker without pipes")
            send(worker.stdin, pa.table({"text": pa.array(piece, pa.string())}))  # type: ignore[arg-type]
            table = receive(worker.stdout)  # type: ignore[arg-type]
        except (OSError, ValueError):
            table = None  # it ended, or was ended: its pipes are shut, or hold half a table
        parses.put(table)
        if table is None:
            return


def _start() -> subprocess.Popen[bytes]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(p for p in sys.path if p),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }
    return subprocess.Popen(
        [sys.executable, "-c", "from masthead.reading.parsing.parser import main; main()"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        # Ctrl-C goes to the whole group of the terminal; this process alone says what comes of it.
        process_group=0,
    )
