"""Taking away an archive that was made a moment ago and that nothing has got into."""

from __future__ import annotations

import shutil
from contextlib import suppress
from typing import TYPE_CHECKING

from masthead.archive.keeping.index import read_lines
from masthead.archive.keeping.step import FOLDERS
from masthead.archive.lock import NAME as LOCK
from masthead.errors import ArchiveError

if TYPE_CHECKING:
    from masthead.archive.folder import Archive


def discard(archive: Archive) -> None:
    """Take an archive away where it holds no article, no refused row and no line on record; else leave it as it is.

    So it does where another program is writing to it.
    """
    path = archive.path
    with suppress(OSError, ArchiveError):
        with archive.writer_lock():
            if read_lines(path) or any(any((path / folder).glob("*")) for folder in FOLDERS):
                return
            for one in path.iterdir():
                if one.name != LOCK:
                    shutil.rmtree(one) if one.is_dir() else one.unlink()
        (path / LOCK).unlink(missing_ok=True)
        path.rmdir()
