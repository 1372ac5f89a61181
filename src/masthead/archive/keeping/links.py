"""Where readings of many articles at once are kept (reuse, wire copy, stories), and how they are counted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import write_parquet_atomically


def links_folder(archive: Archive, reader: str, version: str, config: str = "") -> Path:
    """Return the folder of what a reader finds between the articles that the archive now holds.

    It is named by the reader, its version, and a hash of the set of article parts and of `config`, all else
    that the findings depend on: an archive that has grown has another folder. The folder may not be there
    yet; a file in it, written atomically, is whole and final.
    """
    text = "\n".join([config, *sorted(part.hash for part in archive.parts())])
    return archive.path / "links" / reader / version / hashlib.sha256(text.encode()).hexdigest()[:16]


def write_once(
    archive: Archive, path: Path, find: Callable[[], tuple[pa.Table, dict[str, int]]]
) -> dict[str, int]:
    """Have a table and its counts found and written to `path` where they are not there yet; return the counts.

    Raises ArchiveError where another program is writing to the archive.
    """
    if not is_whole(path):
        with archive.writer_lock():
            write_counted(*find(), path)
    return counts_in([path])


def write_counted(table: pa.Table, counts: dict[str, int], path: Path) -> None:
    """Write what was read, with counts of it."""
    write_parquet_atomically(table.replace_schema_metadata({"counts": json.dumps(counts)}), path)


def counts_in(paths: Iterable[Path]) -> dict[str, int]:
    """Add up the counts that files were written with."""
    totals: dict[str, int] = {}
    for path in paths:
        counts = json.loads((pq.read_metadata(path).metadata or {}).get(b"counts", b"{}"))
        for name, count in counts.items():
            totals[name] = totals.get(name, 0) + count
    return totals
