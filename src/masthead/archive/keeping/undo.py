"""Taking an ingest back: its articles leave the archive, its line stays in the index, and one more says so.

A row that was left out of a later ingest as a duplicate of one of its articles is in the archive only through it. Such
later ingests are named, and have to be taken back with it; their sources can then be added again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from masthead.archive.keeping.index import Line, read_lines, standing
from masthead.archive.keeping.step import take_step
from masthead.errors import UsageError, nearest

if TYPE_CHECKING:
    from masthead.archive.folder import Archive


@dataclass(frozen=True)
class Undone:
    """What was taken back: the names of the ingests, their sources, and how many articles and refused rows left."""

    ingests: list[str]
    sources: list[str]
    articles: int
    refused: int


def undo(archive: Archive, ingest: str | None, also: bool) -> Undone:
    """Take an ingest back, and with `also` those that need it; see `Archive.undo`. Only under the writer lock."""
    lines = read_lines(archive.path)
    names = [_name_of(standing(lines), ingest)]
    if also:
        while needing := _needing(lines, names):
            names += [line["ingest"] for line in needing]
    refuse_if_needed(lines, names)
    lines_to_undo = [line for line in standing(lines) if line["ingest"] in names]
    leave = [path for line in lines_to_undo for path in files_of(line)]
    take_step(archive.path, [*lines, *map(undone_line, lines_to_undo)], leave)
    return Undone(
        [line["ingest"] for line in lines_to_undo],
        list(dict.fromkeys(line["source"] for line in lines_to_undo)),
        sum(line["kept"] for line in lines_to_undo),
        sum(line["refused"] for line in lines_to_undo),
    )


def refuse_if_needed(lines: Sequence[Line], names: Sequence[str]) -> None:
    """Raise UsageError where other ingests left out rows as duplicates of articles of the ingests `names`."""
    needing = _needing(lines, names)
    if needing:
        ingests = ", ".join(f"{line['ingest']} ({_left_out(line, names)})" for line in needing)
        raise UsageError(
            f"{', '.join(names)} cannot be taken back alone: rows of later ingests were left out as duplicates of its"
            f" articles, and would be lost with them: {ingests}",
            "those to be taken back first",
            "take back all of them with `masthead archive undo ARCHIVE INGEST --also`, then add their sources again",
        )


def undone_line(line: Line) -> Line:
    """Return the line of the index that takes an ingest back."""
    return {"undone": line["ingest"], "articles": line["kept"], "refused": line["refused"]}


def files_of(line: Line) -> list[str]:
    """Return the files of an ingest, from the archive's folder."""
    of_parts = [f"{folder}/{name}" for name in line["parts"] for folder in ("articles", "originals")]
    return [*of_parts, f"quarantine/{line['ingest']}.parquet"]


def _needing(lines: Sequence[Line], names: Sequence[str]) -> list[Line]:
    """Return the ingests that are not among `names` and left out rows as duplicates of theirs, or may have."""
    after: list[Line] = []
    names_before: set[str] = set()
    for line in standing(lines):
        if line["ingest"] in names:
            names_before.add(line["ingest"])
        elif names_before:
            of = line.get("duplicate_of")
            if line["duplicate"] and (of is None or names_before & {*of}):
                after.append(line)
    return after


def _left_out(line: Line, names: Sequence[str]) -> str:
    of = line.get("duplicate_of")
    if of is None:
        return f"up to {line['duplicate']:,}; an older Masthead did not note of which articles"
    return f"{sum(of.get(name, 0) for name in names):,}"


def _name_of(ingests: Sequence[Line], ingest: str | None) -> str:
    names = [line["ingest"] for line in ingests]
    if ingest is None and names:
        return names[-1]
    if ingest is None or not names:
        raise UsageError(
            "the archive holds no ingest", "one to take back", "`masthead archive info` lists them"
        )
    # Its number is enough of a name.
    fits = [name for name in names if ingest in (name, name.partition("-")[0])]
    if len(fits) != 1:
        raise UsageError(
            f"there is no ingest '{ingest}' to take back",
            "the name of an ingest that stands, or its number",
            nearest(ingest, names),
        )
    return fits[0]
