"""The names of all instruments, told without loading one: ours, and those that installed packages bring."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.metadata import EntryPoint, entry_points

OURS = ("attention", "naming", "portrayal", "voice", "silence", "echo", "kinship", "forecast")
"""The instruments of this repository, each in a room of that name in `masthead.instruments`."""

GROUP = "masthead.instruments"
"""The group of entry points by which an installed package brings an instrument."""


@cache
def brought() -> Mapping[str, EntryPoint]:
    """Return the entry points of the instruments that other packages bring, by name, in the order of their names."""
    return {entry.name: entry for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)}


def instrument_names() -> tuple[str, ...]:
    """Return the name of every instrument that a study can ask for."""
    return (*OURS, *(name for name in brought() if name not in OURS))
