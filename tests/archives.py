"""Small archives of rows that a test makes up."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from masthead.archive import Archive


def archive_of(folder: Path, rows: Iterable[Mapping[str, object]], name: str = "made") -> Archive:
    """Make an archive of these rows."""
    source = folder / f"{name}.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    archive = Archive.create(folder / f"{name}.archive", frame="everything")
    archive.add(source)
    return archive
