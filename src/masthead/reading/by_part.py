"""Readings kept part by part: what is read of a part of an archive stands in a file of its own, and is read once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from masthead.archive import Archive, Part
from masthead.archive.keeping.links import counts_in
from masthead.archive.keeping.whole import all_whole, is_whole
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
        progress = self.progress
        report = (lambda parsed_count, of: progress(stage, parsed_count, of)) if progress else None
        return lambda sentences: self.parses.get(sentences, report)


@dataclass(frozen=True)
class Kept:
    """Files that were read, one per part; a hash over all that they hang on; and `counts` of what they hold.

    `articles_scanned`, `sentences_parsed` and `sentences_reused` count what the call that gave them did.
    """

    paths: list[Path]
    hash: str
    counts: dict[str, int]
    articles_scanned: int
    sentences_parsed: int
    sentences_reused: int


def keep_by_part(
    archive: Archive,
    study: Study,
    config: str,
    folder: Path,
    read_part: Callable[[Stores, Part, Path], None],
    *,
    processes: int | None,
    progress: Progress | None,
    stage: str = "",
) -> Kept:
    """Have every part of an archive that has no file in `folder`/`config` read, and return all files.

    `config` is 16 hex digits over all but the articles that a reading depends on. `progress` is told how many parts are
    read as `stage`, where one is named. Raises ArchiveError where another program is writing to the archive, and what
    `read_part` raises.
    """
    archive = archive.snapshot()
    parts = archive.parts()
    paths = [folder / config / f"part-{part.hash}.parquet" for part in parts]
    articles_scanned = sentences_parsed = sentences_reused = 0
    if not all_whole(paths):
        with archive.writer_lock(), Workers(processes) as workers:
            stores = Stores(archive, study, workers, progress)
            for number, (part, path) in enumerate(zip(parts, paths, strict=True)):
                if progress and stage:
                    progress(stage, number, len(parts))
                if not is_whole(path):
                    read_part(stores, part, path)
            articles_scanned, sentences_parsed, sentences_reused = (
                stores.mentions.articles_scanned,
                stores.parses.sentences_parsed,
                stores.parses.sentences_reused,
            )
        if progress and stage:
            progress(stage, len(parts), len(parts))
    digest = hashlib.sha256("\n".join([config, *sorted(part.hash for part in parts)]).encode())
    return Kept(
        paths, digest.hexdigest()[:16], counts_in(paths), articles_scanned, sentences_parsed, sentences_reused
    )
