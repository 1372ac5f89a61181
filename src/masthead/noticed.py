"""Kept files that cannot be read, for whoever asks: a command says so at its end, a survey in its findings.

Only the standard library is imported here: every command begins with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_lists: ContextVar[tuple[list[Path], ...]] = ContextVar("noticed", default=())


def notice(path: Path) -> None:
    """Take note of a kept file that cannot be read, for whoever asked by `noticing`."""
    for paths in _lists.get():
        if path not in paths:
            paths.append(path)


@contextmanager
def noticing() -> Iterator[list[Path]]:
    """Give a list that collects the kept files which cannot be read while the block runs."""
    paths: list[Path] = []
    token = _lists.set((*_lists.get(), paths))
    try:
        yield paths
    finally:
        _lists.reset(token)
