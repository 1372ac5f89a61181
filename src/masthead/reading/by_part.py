"""Readings kept part by part: what is read of a part of an archive stands in a file of its own, and is read once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive, Part
from masthead.archive.keeping.whole import all_whole, is_whole
from masthead.archive.store import write_parquet_atomically
from masthead.reading.mentions.mentions import MentionStore
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.parsing.model import model_hash
from masthead.reading.parsing.parses import Parse, ParseStore
from masthead.reading.parsing.workers import Workers
from masthead.study import Study

Progress = Callable[[str, int, int], None]


class Stores:
    """What readers of one study share: its patterns, the mentions that were found and the sentences parsed so far."""

    def __init__(self, archive: Archive, study: Study, workers: Workers, progress: Progress | None) -> None:
        self.patterns = StudyPatterns(study)
        self.mentions = MentionStore(archive.path / "readings", self.patterns.patterns)
        self.parses = ParseStore(archive.path / "sentences" / "spacy" / model_hash(), workers)
        self.progress = progress

    def parse(self, stage: str) -> Callable[[dict[int, str]], dict[int, Parse]]:
        """Return what gives the parses of masked sentences by their key, and tells its progress as `stage`."""
        told = self.progress
        report = (lambda done, of: told(stage, done, of)) if told else None
        return lambda sentences: self.parses.get(sentences, report)


@dataclass(frozen=True)
class Kept:
    """Files that were read, one per part; a hash over all that they hang on; and `counts` of what they hold.

    `scanned` articles and `parsed` sentences are of the call that gave them.
    """

    paths: list[Path]
    hash: str
    counts: dict[str, int]
    scanned: int
    parsed: int


def keep_by_part(
    archive: Archive,
    study: Study,
    config: str,
    folder: Path,
    read_part: Callable[[Stores, Part, Path], None],
    *,
    processes: int | None,
    progress: Progress | None,
) -> Kept:
    """Have every part of an archive that has no file in `folder`/`config` read, and return all files.

    `config` is 16 hex digits over all but the articles that a reading depends on. Raises ArchiveError where another
    program is writing to the archive, and what `read_part` raises.
    """
    archive = archive.snapshot()
    parts = archive.parts()
    paths = [folder / config / f"part-{part.hash}.parquet" for part in parts]
    scanned = parsed = 0
    if not all_whole(paths):
        with archive.writer_lock(), Workers(processes) as workers:
            stores = Stores(archive, study, workers, progress)
            for part, path in zip(parts, paths, strict=True):
                if not is_whole(path):
                    read_part(stores, part, path)
            scanned, parsed = stores.mentions.scanned, stores.parses.parsed
    digest = hashlib.sha256("\n".join([config, *sorted(part.hash for part in parts)]).encode())
    return Kept(paths, digest.hexdigest()[:16], counts_in(paths), scanned, parsed)


def write_counted(table: pa.Table, counts: dict[str, int], path: Path) -> None:
    """Write what was read of a part, with counts of it."""
    write_parquet_atomically(table.replace_schema_metadata({"counts": json.dumps(counts)}), path)


def counts_in(paths: Iterable[Path]) -> dict[str, int]:
    """Add up the counts that parts were written with."""
    held: dict[str, int] = {}
    for path in paths:
        told = json.loads((pq.read_metadata(path).metadata or {}).get(b"counts", b"{}"))
        for name, count in told.items():
            held[name] = held.get(name, 0) + count
    return held
