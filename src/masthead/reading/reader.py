"""Reading an archive for a study: part by part, everything kept, nothing read twice."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from masthead import stages
from masthead.archive import Archive, Part
from masthead.archive.keeping.links import write_counted
from masthead.archive.keeping.whole import all_whole, is_whole
from masthead.archive.store import write_parquet_atomically
from masthead.reading.by_part import Progress, Stores, keep_by_part
from masthead.reading.mentions.mentions import VERSION as MENTIONS_VERSION
from masthead.reading.naming.namings import is_refused, name_articles
from masthead.reading.parsing.model import model_hash
from masthead.reading.parsing.parses import VERSION as PARSES_VERSION
from masthead.reading.quotes import has_quotations
from masthead.study import Study

VERSION = "9"
"""Of the naming reader: raise it when the same article may give other namings."""

ARTICLES_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("has_quotation_marks", pa.bool_(), nullable=False),
        pa.field("language_refused", pa.bool_(), nullable=False),
    ]
)
"""What the readers need to be told apart: whether an article uses quotation marks at all, and whether it is
in a language that the naming reader does not read."""


@dataclass(frozen=True)
class Reading:
    """What the readers found in an archive for a study.

    `paths` are Parquet files of NAMING_SCHEMA, one per article part; `article_paths`, of ARTICLES_SCHEMA,
    likewise. `counts` are of what they hold (articles, mentions, namings, sentences, sentences_cut,
    language_refused) and of what this call did (articles_scanned, sentences_parsed, sentences_reused).
    """

    paths: list[Path]
    article_paths: list[Path]
    version: str
    hash: str
    counts: dict[str, int]


def read(
    archive: Archive,
    study: Study,
    *,
    processes: int | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Read the archive for the study's subjects, taking all that was read before from the archive's folder.

    `processes` is how many parse at once (None: one per core, at most four, where there is enough to do).
    `progress` is told the stage, and what is done of how much. Killed at any instant, nothing is lost but the
    lot at hand. Raises ReadingError where the language model is missing, ArchiveError where another program
    is writing to the archive.
    """
    archive = archive.snapshot()
    config = config_hash(study)
    parts = archive.parts()
    marks = [archive.path / "readings" / "articles" / VERSION / f"part-{part.hash}.parquet" for part in parts]
    if not all_whole(marks):
        with archive.writer_lock():
            for part, path in zip(parts, marks, strict=True):
                if not is_whole(path):
                    write_parquet_atomically(article_marks(part), path)
    reading = keep_by_part(
        archive,
        study,
        config,
        archive.path / "readings" / "naming" / VERSION,
        _read_part,
        processes=processes,
        progress=progress,
        stage=stages.NAMES,
    )
    work_counts = {
        "articles_scanned": reading.articles_scanned,
        "sentences_parsed": reading.sentences_parsed,
        "sentences_reused": reading.sentences_reused,
    }
    digest = hashlib.sha256("\n".join([config, VERSION, *sorted(part.hash for part in parts)]).encode())
    return Reading(reading.paths, marks, VERSION, digest.hexdigest()[:16], reading.counts | work_counts)


def config_hash(study: Study) -> str:
    """Return 16 hex digits over all of a study, and of the readers, that a naming depends on."""
    settings = {
        "subjects": [
            [
                s.id,
                s.kind,
                s.person,
                [[a.text, a.generic, a.ignore_case, a.family] for a in s.aliases],
                list(s.exclude),
            ]
            for s in study.subjects
        ],
        "readers": [MENTIONS_VERSION, PARSES_VERSION, VERSION, model_hash()],
    }
    return hashlib.sha256(json.dumps(settings, sort_keys=True).encode()).hexdigest()[:16]


def article_marks(part: Part) -> pa.Table:
    """Return ARTICLES_SCHEMA for one part."""
    table = part.read(["article_id", "title", "text", "language"])
    marks = [
        has_quotations(text) or has_quotations(title)
        for title, text in zip(table["title"].to_pylist(), table["text"].to_pylist(), strict=True)
    ]
    other_language = [is_refused(language) for language in table["language"].to_pylist()]
    return pa.table(
        [
            table["article_id"].combine_chunks(),
            pa.array(marks, pa.bool_()),
            pa.array(other_language, pa.bool_()),
        ],
        schema=ARTICLES_SCHEMA,
    )


def _read_part(stores: Stores, part: Part, path: Path) -> None:
    articles = part.read(["article_id", "title", "text", "language"])
    matches = stores.mentions.matches(part.hash, articles)
    write_counted(*name_articles(articles, matches, stores.patterns, stores.parse(stages.SENTENCES)), path)
