"""An archive as a study counts it: what stands around articles is blank."""

from __future__ import annotations

from collections.abc import Callable, Collection

from masthead.archive import Archive
from masthead.archive.counted import Blanks, counted_parts
from masthead.reading.standing import read_standing
from masthead.study import Study


def counted(
    archive: Archive, study: Study | None = None, *, progress: Callable[[str, int, int], None] | None = None
) -> Archive:
    """Return the archive in which only what the study counts is there to be read.

    Standing text is blank unless the study counts it; without a study it is. An archive that was made so before gives
    the same again. Raises ArchiveError where another program is writing to the archive.
    """
    published = archive.published.snapshot()
    blanks: Blanks = {}
    left_out: Collection[str] = ()
    if study is None or study.standing == "leave-out":
        blanks = read_standing(published, progress=progress).blanks
    if not blanks and not left_out:
        return published
    folder = archive.path / "links" / "counted"
    with published.writer_lock():
        return published.counting(counted_parts(published, blanks, left_out, folder))
