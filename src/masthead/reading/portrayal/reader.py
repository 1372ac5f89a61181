"""The portrayal reader: of each mention that refers, how probably its sentence portrays the subject in which way.

Reading is in two steps, so that a survey may read a sample: `read_portrayal` lists what there is to read, at
little cost; its `PortrayalReading.read` has a classifier read some of it. Pronouns are no mentions.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from functools import cached_property, partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from masthead import stages
from masthead.archive import Archive
from masthead.archive.keeping.whole import all_whole, is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.reading.by_part import Progress
from masthead.reading.parsing.shards import Keys
from masthead.reading.portrayal.answer_store import AnswerStore
from masthead.reading.portrayal.classifier import (
    AskedClassifier,
    AskedCounts,
    Classifier,
    classifier_for,
    reads,
)
from masthead.reading.portrayal.mentions import mentions_of
from masthead.reading.portrayal.store import ScoreStore, scores_version
from masthead.reading.reader import Reading
from masthead.study import Study

VERSION = "1"
"""Of the portrayal reader: raise it when the same article may give other mentions or marked sentences."""


@dataclass
class PortrayalReading:
    """What there is to read of how a study's subjects are portrayed in an archive, and the reading of it.

    `paths` are Parquet files of PORTRAYAL_SCHEMA, one per article part, without articles of a language that
    the classifier does not read. `hash` is over all that a probability depends on: a reading of the same hash
    gives the same ones.
    """

    archive: Archive
    classifier: Classifier
    paths: list[Path]
    hash: str
    progress: Progress | None = field(default=None, repr=False)

    def read(self, keys: pa.Array) -> pa.Table:
        """Return the probabilities (SCORE_SCHEMA) of marked sentences, having those read that never were.

        `keys` are some of the files' keys; each has one row, in order of key, but those that a model at an address gave
        no answer of use to. Killed at any instant, nothing is lost but the lot at hand. Raises ReadingError where the
        classifier cannot do its work, ArchiveError where another program is writing to the archive.
        """
        distinct_keys: Keys = pc.unique(keys).to_numpy()
        missing = self._store.missing(distinct_keys)
        if len(missing):
            report = partial(self.progress, stages.PORTRAYAL) if self.progress else None
            with self.archive.writer_lock():
                self._store.fill(distinct_keys, self._texts(missing), report)
        return self._store.scores(distinct_keys)

    @property
    def sentences_read(self) -> int:
        """How many distinct sentences the classifier has read for this object: what was not kept from before."""
        return self._store.sentences_read

    def asked_counts(self, keys: pa.Array) -> AskedCounts | None:
        """Return what became of asking a model at an address about `keys`; None where no such model reads."""
        return self._store.counts(keys.to_numpy()) if isinstance(self._store, AnswerStore) else None

    @cached_property
    def _store(self) -> ScoreStore | AnswerStore:
        folder = self.archive.path / "sentences" / "portrayal"
        if isinstance(self.classifier, AskedClassifier):
            return AnswerStore(folder, self.classifier)
        return ScoreStore(folder, self.classifier)

    def _texts(self, keys: Keys) -> dict[int, str]:
        """Return the marked text of each key."""
        texts: dict[int, str] = {}
        key_array = pa.array(keys)
        for path in self.paths:
            table = read_parquet(path, ["key", "text"])
            table = table.filter(pc.is_in(table["key"], key_array))
            texts.update(zip(table["key"].to_pylist(), table["text"].to_pylist(), strict=True))
        return texts


def read_portrayal(
    archive: Archive,
    study: Study,
    reading: Reading,
    *,
    classifier: Classifier | None = None,
    progress: Progress | None = None,
) -> PortrayalReading:
    """List the mentions whose portrayal can be read, taking all that was listed before; nothing is classified yet.

    `reading` is of the naming reader, for the same archive and study. `classifier` None is the one that the
    study asks for. `progress` is told the stage, and what is done of how much. Raises ReadingError where the
    classifier's files are missing or damaged, ArchiveError where another program is writing to the archive.
    """
    archive = archive.snapshot()
    model = classifier or classifier_for(study)
    languages = None if model.languages is None else sorted(model.languages)
    identity = json.dumps(
        [VERSION, reading.version, *{path.parent.name for path in reading.paths}, languages]
    )
    config = hashlib.sha256(identity.encode()).hexdigest()[:16]
    parts = archive.parts()
    folder = archive.path / "readings" / "portrayal" / VERSION / config
    paths = [folder / f"part-{part.hash}.parquet" for part in parts]
    report = progress or _silent
    if not all_whole(paths):
        with archive.writer_lock():
            for number, (part, namings, path) in enumerate(zip(parts, reading.paths, paths, strict=True)):
                report(stages.MENTIONS, number, len(parts))
                if not is_whole(path):
                    articles = part.read(["article_id", "title", "text", "language"])
                    table = mentions_of(articles, read_parquet(namings), partial(reads, model))
                    write_parquet_atomically(table, path)
        report(stages.MENTIONS, len(parts), len(parts))
    digest = hashlib.sha256(
        "\n".join([config, scores_version(model), *sorted(p.hash for p in parts)]).encode()
    )
    return PortrayalReading(archive, model, paths, digest.hexdigest()[:16], progress)


def _silent(stage: str, number: int, total: int) -> None:
    """Report to nobody."""
