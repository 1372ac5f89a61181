"""What of a survey's files is damaged: what was kept is made again, what the archive's index does not name is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from masthead.archive import Archive
from masthead.archive.keeping.whole import all_whole
from masthead.findings.about import About
from masthead.measuring import instruments
from masthead.measuring.units import passages_path, units_path
from masthead.study import Study


def units_are_whole(archive: Archive, study: Study, figures_hash: str) -> bool:
    """Whether all is there, and whole, that a survey leaves for changes, alignment and claims to be judged by.

    Silences in other ways are counted again where a claim asks for them and they are not there.
    """
    units = units_path(archive, figures_hash)
    paths = [units, passages_path(units)]
    for name in study.measures:
        paths += instruments()[name].left(units)
    return all_whole(paths)


def note_damage(about: About, archive: Archive, paths: Sequence[Path]) -> None:
    """Put into `about` what was damaged: kept files that were `made_again`, and files of articles that are `unnamed`.

    The index does not name the latter. Both are paths from the archive's folder, or whole where a file lies elsewhere.
    """
    folder = archive.path
    about["made_again"] = [
        str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path) for path in paths
    ]
    about["unnamed"] = archive.unnamed()
