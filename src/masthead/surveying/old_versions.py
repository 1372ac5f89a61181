"""What earlier versions of Masthead kept in an archive and this one does not read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from masthead.archive import Archive
from masthead.errors import ArchiveError
from masthead.surveying.stores import STORES

EARLIER = ("alignment", "changes", "charges", "judged", "passages", "silence-ran", "silence-ways", "units")
"""The folders in `links` in which surveys of earlier versions left what stands in `links/surveys` now."""


def old_versions(archive: Archive) -> list[Path]:
    """Return the files and folders in an archive that only another version of Masthead reads, in order of their paths.

    What was read of articles that have left the archive, or for studies that nobody asks any more, is not among them.
    """
    paths = {path for name in EARLIER if (path := archive.path / "links" / name).is_dir()}
    for one in STORES:
        for folder in one.folders:
            if "{version}" in folder:
                paths.update(_of_other_versions(archive.path, folder, one.number))
    return sorted(path for path in paths if paths.isdisjoint(path.parents))


def _of_other_versions(root: Path, folder: str, number: str) -> Iterator[Path]:
    before, _, after = folder.replace("…", "*").partition("{version}")
    places, _, start = before.rpartition("/")
    end = after.partition("/")[0]
    for place in root.glob(places):
        for path in place.glob(f"{start}*{end}") if place.is_dir() else ():
            if not fnmatchcase(path.name, f"{start}{number}{end}"):
                yield path


def size_of(path: Path) -> int:
    """Return how many bytes a file holds, or all files in a folder."""
    files = path.rglob("*") if path.is_dir() and not path.is_symlink() else [path]
    return sum(file.lstat().st_size for file in files if not file.is_dir())


def remove(archive: Archive, paths: list[Path]) -> None:
    """Remove files and folders that `old_versions` gave. Raises ArchiveError where they cannot be removed."""
    with archive.writer_lock():
        for path in paths:
            try:
                shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(
                    missing_ok=True
                )
            except OSError as error:
                raise ArchiveError(
                    f"'{path}' cannot be removed ({error.strerror or error})",
                    "a folder that may be written to",
                    "check its permissions, then say it again",
                ) from None
