"""An archive as a study counts it: what stands around articles is blank, versions of one article are one article."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from masthead.archive import Archive
from masthead.archive.counted_articles import Published, counted_parts
from masthead.links.repeats import RepeatsReading, read_repeats
from masthead.links.standing import read_standing
from masthead.study import Study

Progress = Callable[[str, int, int], None]


def counted(archive: Archive, study: Study | None = None, *, progress: Progress | None = None) -> Archive:
    """Return the archive in which only what the study counts is there to be read; without a study, what is by default.

    Standing text is blank unless the study counts it. Of an outlet's versions of one article only the one that stands
    for all is there, on the day of the first, unless the study counts them all. An archive that was made so before
    gives the same again. Raises ArchiveError where another program is writing to the archive.
    """
    without_standing = _without_standing(archive, study, progress)
    if study is not None and study.repeats == "count":
        return without_standing
    left_out, days = _ids_and_days(_repeats(without_standing, study, progress))
    if not left_out:
        return without_standing
    original = without_standing.published
    with original.writer_lock():
        return original.counting(counted_parts(without_standing, {}, left_out, _folder(archive), days))


def repeats_of(
    archive: Archive, study: Study | None = None, *, progress: Progress | None = None
) -> RepeatsReading:
    """Return which articles are versions of one article of one of the study's outlets, whether it folds them or not."""
    return _repeats(_without_standing(archive, study, progress), study, progress)


def _without_standing(archive: Archive, study: Study | None, progress: Progress | None) -> Archive:
    original = archive.published.snapshot()
    if study is not None and study.standing == "count":
        return original
    names = study.outlet_names if study else {}
    blanks = read_standing(original, names=names, progress=progress).blanks
    if not blanks:
        return original
    with original.writer_lock():
        return original.counting(counted_parts(original, blanks, (), _folder(archive)))


def _folder(archive: Archive) -> Path:
    return archive.path / "links" / "counted"


def _repeats(view: Archive, study: Study | None, progress: Progress | None) -> RepeatsReading:
    return read_repeats(view, outlets=study.outlet_of if study else {}, progress=progress)


def _ids_and_days(repeats: RepeatsReading) -> tuple[set[str], dict[str, Published]]:
    """Return the ids of the versions that others stand for, and when those others were first published."""
    left_out: set[str] = set()
    days: dict[str, Published] = {}
    for row in repeats.table().to_pylist():
        if row["article_id"] != row["kept_id"]:
            left_out.add(row["article_id"])
            if row["article_id"] == row["first_id"]:
                days[row["kept_id"]] = (row["published"], row["published_raw"], row["published_precision"])
    return left_out, days
