"""What a classifier has read, kept: each distinct marked sentence once, whoever ran it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pyarrow as pa

from masthead.errors import ReadingError
from masthead.reading.parsing.shards import Keys, Shards
from masthead.reading.portrayal.classifier import Classifier, Probabilities

SCORE_SCHEMA = pa.schema(
    [
        pa.field("key", pa.uint64(), nullable=False),
        pa.field("p_unfavourable", pa.float32(), nullable=False),
        pa.field("p_neutral", pa.float32(), nullable=False),
        pa.field("p_favourable", pa.float32(), nullable=False),
    ]
)
VERSION = ""
"""Added to a classifier's own version: change it when the same files, or the same answer of a model at an address, may
give a sentence other probabilities.

Empty until that happens for the first time; then "-2", "-3" and so on."""

_TOLERANCE = 0.01


def scores_version(classifier: Classifier) -> str:
    """Return what the probabilities that a classifier gives hang on: its files, and the code that runs them."""
    return classifier.version + VERSION


class ScoreStore:
    """The marked sentences of an archive that were read: sentences/portrayal/<classifier version>/shard-<hash>.parquet.

    The shard of a lot is written as soon as it is read, so that a run that is killed loses at most one lot.
    `sentences_read` and `sentences_reused` count distinct sentences per call of `fill`.
    """

    def __init__(self, folder: Path, classifier: Classifier) -> None:
        self._shards = Shards(folder / scores_version(classifier), SCORE_SCHEMA)
        self._classifier = classifier
        self.sentences_read = 0
        self.sentences_reused = 0

    def missing(self, keys: Keys) -> Keys:
        """Return those of `keys` that have not been read, each once, in the order in which they come first."""
        new = keys[~self._shards.holds(keys)]
        first: Keys = new[np.sort(np.unique(new, return_index=True)[1])]
        return first

    def scores(self, keys: Keys) -> pa.Table:
        """Return SCORE_SCHEMA: each of `keys` that has been read once, in order of key."""
        return pa.concat_tables([SCORE_SCHEMA.empty_table(), *self._shards.rows(keys)]).sort_by("key")

    def fill(
        self, keys: Keys, texts: Mapping[int, str], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Have those of `keys` read that have not been; `texts` has the marked text of each of these.

        `progress` is told how many of the distinct keys are done, of how many. Raises ReadingError where the
        classifier fails; the lots that it had read by then are kept.
        """
        total = len(np.unique(keys))
        new = self.missing(keys)
        count = total - len(new)
        self.sentences_reused += count
        if progress:
            progress(count, total)
        for start in range(0, len(new), self._classifier.lot):
            lot = new[start : start + self._classifier.lot]
            probabilities = self._classifier.read([texts[key] for key in lot.tolist()])
            columns = checked_probabilities(probabilities, len(lot), self._classifier.name).T
            self._shards.add(pa.table([lot, *columns], schema=SCORE_SCHEMA))
            self.sentences_read += len(lot)
            count += len(lot)
            if progress:
                progress(count, total)


def checked_probabilities(probabilities: Probabilities, texts: int, name: str) -> Probabilities:
    """Return the probabilities that a classifier gave. Raises ReadingError where they are none."""
    rows = np.asarray(probabilities, np.float32)
    if rows.shape != (texts, 3):
        trouble = f"an array of shape {rows.shape}"
    elif not ((rows >= 0).all() and (abs(rows.sum(axis=1) - 1) < _TOLERANCE).all()):
        trouble = "numbers that are no probabilities"
    else:
        return rows
    raise ReadingError(
        f"the model '{name}' gave {trouble} for {texts} sentences",
        "of each sentence the probabilities of three classes",
        "choose a model that classifies sentences as unfavourable, neutral or favourable",
    )
