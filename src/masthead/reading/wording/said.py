"""Which phrases stand in a party's own words: the reader of what parties say, kept part by part."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead import stages
from masthead.archive import Archive
from masthead.archive.keeping.whole import all_whole, is_whole
from masthead.archive.store import write_parquet_atomically
from masthead.reading.attribution.reader import QuotesReading
from masthead.reading.by_part import Progress
from masthead.reading.wording.phrases import Hashes, Whole, parts
from masthead.reading.wording.whose import Lot, Voices, parties, wording_hash
from masthead.study import Study

SAID_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("party", pa.string(), nullable=False),
        pa.field("phrase", pa.uint64(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("parts", pa.list_(pa.uint64()), nullable=False),
    ]
)
"""One row per article, party and phrase that stands in the party's words there, with the first place where it does,
in code points of `field` (title or text). `phrase` is a hash, the same wherever the phrase stands; `parts` are the
phrases inside it."""


@dataclass(frozen=True)
class SaidReading:
    """What parties say in an archive: `paths` are Parquet files of SAID_SCHEMA, one per article part.

    `hash` is over all that they depend on.
    """

    paths: list[Path]
    hash: str


def read_said(
    archive: Archive, study: Study, quotes: QuotesReading, *, progress: Progress | None = None
) -> SaidReading:
    """Read the phrases in the words of a study's actors: what `quotes` gives to them, and their own outlets' words.

    What was read before is taken from the archive's folder. Raises ArchiveError where another program is writing to it.
    """
    archive = archive.snapshot()
    config = wording_hash(study)
    folder = archive.path / "readings" / "wording" / config
    parts = archive.parts()
    paths = [folder / f"part-{part.hash}.parquet" for part in parts]
    if not all_whole(paths):
        with archive.writer_lock():
            voices, names = Voices(archive, study), parties(study)
            for i, (part, of_part, path) in enumerate(zip(parts, quotes.paths, paths, strict=True)):
                if progress:
                    progress(stages.OWN_WORDS, i, len(parts))
                if not is_whole(path):
                    lots = voices.lots(part, of_part, as_parties=True)
                    tables = [SAID_SCHEMA.empty_table(), *(_rows(lot, names) for lot in lots)]
                    write_parquet_atomically(pa.concat_tables(tables), path)
        if progress:
            progress(stages.OWN_WORDS, len(parts), len(parts))
    digest = hashlib.sha256("\n".join([config, quotes.hash, *sorted(part.hash for part in parts)]).encode())
    return SaidReading(paths, digest.hexdigest()[:16])


def _rows(lot: Lot, names: list[str]) -> pa.Table:
    of_parties = lot.phrases.take(lot.phrases.whose >= 0)
    article = np.array(lot.articles, np.int64)[of_parties.field]
    # Fields come title first, so the first of an article, party and phrase is the first in reading order.
    order = np.lexsort((of_parties.start, of_parties.field, of_parties.phrase, of_parties.whose, article))
    keys = np.stack([article[order], of_parties.whose[order], of_parties.phrase[order].view(np.int64)])
    first = order[np.flatnonzero(np.append(True, (keys[:, 1:] != keys[:, :-1]).any(axis=0))[: len(order)])]
    of_parties, article = of_parties.take(first), article[first]
    columns = [
        pa.array(np.array(lot.article_ids, object)[article], pa.string()),
        pa.array(np.array(names, object)[of_parties.whose], pa.string()),
        pa.array(of_parties.phrase, pa.uint64()),
        pa.array(np.array(lot.names, object)[of_parties.field], pa.string()),
        pa.array(of_parties.start, pa.int32()),
        pa.array(of_parties.end, pa.int32()),
        _lists(*parts(of_parties, lot.phrases)),
    ]
    return pa.table(columns, schema=SAID_SCHEMA)


def _lists(counts: Whole, values: Hashes) -> pa.ListArray:
    """Return lists of so many values each."""
    return pa.ListArray.from_arrays(
        np.append(0, np.cumsum(counts)).astype(np.int32), pa.array(values, pa.uint64())
    )
