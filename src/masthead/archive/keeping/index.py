"""The index of an archive, `ingests.jsonl`: a line per ingest, and one per ingest that was taken back.

Lines are only ever added. What the archive holds is what the ingests name that stand; the index decides what is
read, never what is deleted.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TypedDict

from masthead.errors import ArchiveError

INDEX = "ingests.jsonl"


class Line(TypedDict, total=False):
    """What an ingest recorded (`masthead.archive.adding.ingest.IngestReport`), its parts with their rows, and the
    SHA-256 of its files; or, with `undone`, that it was taken back. An older Masthead may have left out what stands
    below `parts`."""

    undone: str
    articles: int
    ingest: str
    source: str
    source_hash: str
    rows: int
    kept: int
    duplicate: int
    refused: int
    parts: dict[str, int]
    without_text: int
    reasons: dict[str, int]
    notes: list[str]
    columns: dict[str, str]
    duplicate_of: dict[str, int]
    ahead: int
    zone: str | None
    moved: dict[str, int]
    repaired: dict[str, int]
    damaged: dict[str, int]
    files: dict[str, str]


def read_lines(folder: Path) -> list[Line]:
    """Return all lines of an archive's index. Raises ArchiveError where one of them is no line of an index."""
    lines, damage = readable_lines(folder)
    if damage:
        raise ArchiveError(
            f"'{folder / INDEX}' is damaged ({damage[0]})",
            "one JSON object per line, as Masthead wrote it",
            f"restore it from a copy, or run `masthead archive mend {folder}`",
        )
    return lines


def readable_lines(folder: Path) -> tuple[list[Line], list[str]]:
    """Return the lines of an index that can be read, and what is wrong with the others."""
    try:
        content = (folder / INDEX).read_bytes()
    except FileNotFoundError:
        return [], []
    lines, damage = [], []
    # Not splitlines: a note may quote characters that it takes for ends of lines.
    for number, raw in enumerate(content.split(b"\n"), start=1):
        if not raw:
            continue
        try:
            line = json.loads(raw.decode("utf-8"))
        except ValueError as error:
            damage.append(f"line {number}: {error}")
            continue
        if _is_line(line):
            lines.append(line)
        else:
            damage.append(f"line {number} is neither an ingest nor one that was taken back")
    return lines, damage


def standing(lines: Iterable[Line]) -> list[Line]:
    """Return the ingests that were not taken back, in the order of adding."""
    ingests: dict[str, Line] = {}
    for line in lines:
        if "undone" in line:
            ingests.pop(line["undone"], None)
        else:
            ingests[line["ingest"]] = line
    return list(ingests.values())


def next_name(lines: Iterable[Line], ending: str) -> str:
    """Return the name of the next ingest: its number, which no ingest ever had, and `ending`."""
    numbers = [0]
    for line in lines:
        number = str(line.get("ingest", "")).partition("-")[0]
        numbers.append(int(number) if number.isdecimal() else 0)
    return f"{max(numbers) + 1:04d}-{ending}"


def as_text(lines: Sequence[Line]) -> str:
    """Return the lines as they stand in the file."""
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


def _is_line(line: object) -> bool:
    if not isinstance(line, dict):
        return False
    if "undone" in line:
        return isinstance(line["undone"], str)
    parts = line.get("parts")
    counts = (line.get(name) for name in ("rows", "kept", "duplicate", "refused"))
    return (
        isinstance(line.get("ingest"), str)
        and isinstance(parts, dict)
        and all(isinstance(count, int) for count in (*parts.values(), *counts))
    )
