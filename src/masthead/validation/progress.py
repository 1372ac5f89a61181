"""Telling how much is done, while it is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

Progress = Callable[[str, int, int], None]
"""Called with a stage's name, how much of it is done, and how much there is."""


def in_turn(items: Sequence[T], stage: str, progress: Progress | None) -> Iterator[T]:
    """Yield one item after the other, and tell `progress` of each."""
    for at, item in enumerate(items):
        if progress:
            progress(stage, at, len(items))
        yield item
    if progress:
        progress(stage, len(items), len(items))
