"""Where given phrases are used, and in which voice: the second reader of wording, kept for the archive as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead import stages
from masthead.archive import Archive
from masthead.archive.keeping.links import links_folder
from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import write_parquet_atomically
from masthead.reading.attribution.reader import QuotesReading
from masthead.reading.by_part import Progress
from masthead.reading.wording.phrases import OWN, Hashes, among, longest
from masthead.reading.wording.whose import VERSION, Lot, Voices, wording_hash
from masthead.study import Study

USES_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("phrase", pa.uint64(), nullable=False),
        pa.field("quoted", pa.bool_(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("sentence_start", pa.int32(), nullable=False),
        pa.field("sentence_end", pa.int32(), nullable=False),
    ]
)
"""One row per use of a phrase, in code points of `field` (title or text). `quoted` is True where the words are given to
somebody or stand in quotation marks. A phrase inside a longer one is not counted."""


@dataclass(frozen=True)
class UsesReading:
    """The uses of phrases in an archive: a Parquet file of USES_SCHEMA, and a hash over all that it depends on."""

    path: Path
    hash: str


def read_uses(
    archive: Archive,
    study: Study,
    quotes: QuotesReading,
    phrases: Hashes,
    *,
    progress: Progress | None = None,
) -> UsesReading:
    """Find where the articles of an archive use `phrases`, given by their hashes.

    Read once for an archive and these phrases.
    Raises ArchiveError where another program is writing to the archive.
    """
    archive = archive.snapshot()
    phrases = np.unique(phrases)
    config = hashlib.sha256(wording_hash(study).encode() + phrases.tobytes())
    folder = links_folder(archive, "wording", VERSION, config.hexdigest())
    path = folder / "uses.parquet"
    if not is_whole(path):
        with archive.writer_lock():
            write_parquet_atomically(_batches(archive, study, quotes, phrases, progress), path, USES_SCHEMA)
    return UsesReading(path, folder.name)


def _batches(
    archive: Archive,
    study: Study,
    quotes: QuotesReading,
    phrases: Hashes,
    progress: Progress | None,
) -> Iterator[pa.RecordBatch]:
    voices, parts = Voices(archive, study), archive.parts()
    for i, (part, of_part) in enumerate(zip(parts, quotes.paths, strict=True)):
        if progress:
            progress(stages.PHRASES, i, len(parts))
        for lot in voices.lots(part, of_part, as_parties=False):
            yield from _rows(lot, phrases).to_batches()
    if progress:
        progress(stages.PHRASES, len(parts), len(parts))


def _rows(lot: Lot, phrases: Hashes) -> pa.Table:
    uses = longest(lot.phrases.take(among(lot.phrases.phrase, phrases)))
    columns = [
        pa.array(
            np.array(lot.article_ids, object)[np.array(lot.articles, np.int64)[uses.field]], pa.string()
        ),
        pa.array(uses.phrase, pa.uint64()),
        pa.array(uses.whose != OWN),
        pa.array(np.array(lot.names, object)[uses.field], pa.string()),
        *(
            pa.array(column, pa.int32())
            for column in (uses.start, uses.end, uses.sentence_start, uses.sentence_end)
        ),
    ]
    return pa.table(columns, schema=USES_SCHEMA)
