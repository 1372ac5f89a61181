"""One net for what a damaged or hostile file can make a library raise: it becomes one sentence."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

from masthead.errors import ArchiveError, MastheadError, SourceError

T = TypeVar("T")

_LIBRARIES = ("pyarrow", "duckdb", "_duckdb", "openpyxl", "pytz")
_KINDS = (
    ArithmeticError,
    EOFError,
    LookupError,
    MemoryError,
    RecursionError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)


@contextmanager
def source_net(name: str) -> Iterator[None]:
    """Turn what reading the source file `name` raises into a SourceError; errors of the disk pass through."""
    try:
        yield
    except Exception as error:
        if isinstance(error, MastheadError) or not (isinstance(error, _KINDS) or _is_of_a_library(error)):
            raise
        raise SourceError(
            f"'{name}' cannot be read: {_reason(error)}", "a sound file", "check the export, or make it again"
        ) from None


@contextmanager
def archive_net(path: object) -> Iterator[None]:
    """Turn what reading the archive at `path` raises into an ArchiveError."""
    kinds = MemoryError | RecursionError | UnicodeError
    try:
        yield
    except Exception as error:
        if isinstance(error, MastheadError) or not (isinstance(error, kinds) or _is_of_a_library(error)):
            raise
        raise ArchiveError(
            f"the archive '{path}' cannot be read: {_reason(error)}",
            "sound files, and room in memory",
            "look for damage with `masthead archive check`, and restore damaged files from a copy",
        ) from None


def each_in_net(items: Iterator[T], name: str) -> Iterator[T]:
    """Pass on what the reading of source `name` yields, each step in its net."""
    while True:
        with source_net(name):
            item = next(items, _END)
        if item is _END:
            return
        yield item  # type: ignore[misc]


_END = object()


def _is_of_a_library(error: Exception) -> bool:
    return any(kind.__module__.split(".")[0] in _LIBRARIES for kind in type(error).__mro__)


def _reason(error: Exception) -> str:
    if isinstance(error, MemoryError):
        return "it asks for more memory than there is"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    if isinstance(error, zipfile.BadZipFile):
        return "it is a zip archive that is cut off or damaged"
    lines = str(error).splitlines()
    line = lines[0][:200].encode("utf-8", "backslashreplace").decode() if lines else ""
    return f"{type(error).__name__}, {line}" if line else type(error).__name__
