"""JSON Lines that only grow: every line is on disk before the next, and a line that a kill tore is set aside."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from masthead.archive.store import flush
from masthead.errors import ArchiveError

Line = dict[str, object]


class Lines(NamedTuple):
    """The lines of a file, and how many are no whole line of ours: torn by a kill, or damaged."""

    rows: list[Line]
    n_torn: int


def append_lines(path: Path, rows: Iterable[Mapping[str, object]]) -> None:
    """Write lines to the end of a file and have them on disk; one that a kill tore before ends there."""
    text = "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows).encode(
        "utf-8", "backslashreplace"
    )
    is_new = not path.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with path.open("ab+") as file:
            size = file.seek(0, os.SEEK_END)
            if size:
                file.seek(size - 1)
                text = text if file.read(1) == b"\n" else b"\n" + text
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise ArchiveError(
            f"'{path}' cannot be written ({error.strerror or error})",
            "a file that may be written to, and room on its disk",
            "check its permissions and the space on its disk",
        ) from None
    if is_new:
        flush(path.parent)


def read_lines(path: Path) -> Lines:
    """Return the lines of a file; none where it is not there."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return Lines([], 0)
    rows: list[Line] = []
    n_torn = 0
    for line in content.split(b"\n"):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            row = None
        if isinstance(row, dict):
            rows.append(row)
        else:
            n_torn += 1
    return Lines(rows, n_torn)
