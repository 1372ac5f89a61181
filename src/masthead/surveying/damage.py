"""What of a survey's files is damaged: what was kept is made again, what the archive's index does not name is said."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from masthead.archive import Archive
from masthead.archive.keeping.whole import all_whole
from masthead.measuring.units import charges_path, passages_path, units_path
from masthead.study import Study


def units_are_whole(archive: Archive, study: Study, figures_hash: str) -> bool:
    """Whether all is there, and whole, that a survey leaves for changes, alignment and claims to be judged by.

    Silences in other ways are counted again where a claim asks for them and they are not there.
    """
    units = units_path(archive, figures_hash)
    needed = [units, passages_path(units)]
    if "portrayal" in study.measures:
        needed.append(charges_path(units))
    if "silence" in study.measures:
        # A study that does not ask for silences is judged without loading what models them.
        from masthead.instruments.silence import other_ways as silence_ways

        needed += silence_ways.left(units)
    return all_whole(needed)


def note_damage(about: dict[str, Any], archive: Archive, damaged: Sequence[Path]) -> None:
    """Put into `about` what was damaged: kept files that were `made_again`, and files of articles that are `unnamed`.

    The index does not name the latter. Both are paths from the archive's folder, or whole where a file lies elsewhere.
    """
    folder = archive.path
    about["made_again"] = [
        str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path) for path in damaged
    ]
    about["unnamed"] = archive.unnamed()
