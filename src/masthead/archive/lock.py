"""Locks of folders: one writer at a time, whichever program it is. They end with the process that holds them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.errors import ArchiveError, MastheadError

if TYPE_CHECKING:
    from filelock import FileLock

NAME = ".lock"


def lock_of(folder: Path, reentrant: bool = False) -> FileLock:
    """Return the lock of a folder, not taken yet; a `reentrant` one may be taken again in the process that holds it."""
    from filelock import FileLock

    return FileLock(folder / NAME, timeout=0, is_singleton=reentrant)


@contextmanager
def holding(lock: FileLock, refusal: MastheadError) -> Iterator[None]:
    """Hold a lock while the block runs. Raises `refusal` where somebody else has it."""
    from filelock import Timeout

    try:
        lock.acquire()
    except Timeout:
        raise refusal from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Be the one survey that writes to a dossier's folder while the block runs; it is made where it is not there.

    Who holds it in this process may take it again. Raises ArchiveError where another program writes to the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    refusal = ArchiveError(
        f"another survey is writing to '{folder}'",
        "one survey in a folder at a time",
        "wait until it is done, or name another folder with --output",
    )
    with holding(lock_of(folder, reentrant=True), refusal):
        yield
