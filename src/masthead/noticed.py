"""Kept files that cannot be read, for whoever asks: a command says so at its end, a survey in its findings.

Only the standard library is imported here: every command begins with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path

_noticed: ContextVar[tuple[list[Path], ...]] = ContextVar("noticed", default=())


def notice(path: Path) -> None:
    """Take note of a kept file that cannot be read, for whoever asked by `noticing`."""
    for noticed in _noticed.get():
        if path not in noticed:
            noticed.append(path)


@contextmanager
def noticing() -> Iterator[list[Path]]:
    """Give a list that collects the kept files which cannot be read while the block runs."""
    noticed: list[Path] = []
    token = _noticed.set((*_noticed.get(), noticed))
    try:
        yield noticed
    finally:
        _noticed.reset(token)
