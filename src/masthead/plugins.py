"""The names of all instruments, told without loading one: ours, and those that installed packages bring."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from masthead.errors import MastheadError

OURS = ("attention", "naming", "portrayal", "voice", "silence", "echo", "kinship", "forecast")
"""The instruments of this repository, each in a room of that name in `masthead.instruments`."""

GROUP = "masthead.instruments"
"""The group of entry points by which an installed package brings an instrument."""


@cache
def package_entries() -> Mapping[str, EntryPoint]:
    """Return the entry points of the instruments that other packages bring, by name, in the order of their names."""
    return {entry.name: entry for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)}


def instrument_names() -> tuple[str, ...]:
    """Return the name of every instrument that a study can ask for."""
    return (*OURS, *(name for name in package_entries() if name not in OURS))


def load_brought(name: str) -> object:
    """Return what the entry point of this name stands for. Raises MastheadError where it cannot be loaded."""
    with package_faults(name, "when it is loaded"):
        return package_entries()[name].load()


@contextmanager
def package_faults(name: str, part: str) -> Iterator[None]:
    """Say of what fails meanwhile that the package which brings the instrument `name` fails, and in which `part` of it.

    Of our own instruments nothing is caught, nor what a computer refuses: a file, memory.
    """
    try:
        yield
    except (MastheadError, OSError, MemoryError):
        raise
    except Exception as error:
        from duckdb import OperationalError

        if name in OURS or name not in package_entries() or isinstance(error, OperationalError):
            raise
        reason = " ".join(str(error).split())
        raise MastheadError(
            f"the installed instrument '{name}' ({package_entries()[name].value}) fails {part}: "
            f"{type(error).__name__}: {reason}",
            "an instrument as `masthead docs add-a-measure` tells",
            "mend that package, or remove it",
        ) from error


def code_hashes(names: Iterable[str]) -> list[str]:
    """Return a hash over the Python code of each package that brings one of these instruments, in order of their names.

    Ours have none: their code has a version. A package has no version that is sure to rise with its code.
    """
    entries = [package_entries()[name] for name in sorted(names) if name not in OURS]
    return [_code_hash(entry.module.partition(".")[0]) for entry in entries]


def _code_hash(package: str) -> str:
    spec = find_spec(package)
    folders = [Path(one) for one in (spec and spec.submodule_search_locations) or ()]
    files = [file for folder in folders for file in sorted(folder.rglob("*.py"))]
    if spec is not None and spec.origin and not folders:
        files = [Path(spec.origin)]
    digest = hashlib.sha256()
    for file in files:
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()[:16]
