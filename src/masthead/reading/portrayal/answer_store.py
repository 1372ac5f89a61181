"""What a model at an address has answered, kept: a line per marked sentence, written as soon as it is answered."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from masthead.archive.store import write_text_atomically
from masthead.reading.parsing.shards import Keys
from masthead.reading.portrayal.classifier import CLASSES, Answer, AskedClassifier, AskedCounts
from masthead.reading.portrayal.store import SCORE_SCHEMA, checked_probabilities, scores_version

ANSWERS = "answers.jsonl"
MODEL = "model.json"
_REASONS = 10


class _Line(NamedTuple):
    at: str
    requests: int
    probabilities: list[float] | None
    reason: str


class AnswerStore:
    """The marked sentences that a model was asked about: sentences/portrayal/<classifier version>/answers.jsonl.

    Each line is a JSON object: `key` (of the marked sentence, 16 hex digits), `at` (when it was answered, UTC),
    `requests` (how many it took), `answer` (the model's words), and `probabilities`, or null and the `reason`: then
    the sentence is set aside, and not asked about again. A run that is killed loses at most what was on its way.
    Beside it stands what was asked of whom, model.json; never a key.
    """

    def __init__(self, folder: Path, classifier: AskedClassifier) -> None:
        self._folder = folder / scores_version(classifier)
        self._classifier = classifier
        self._lines = _lines(self._folder / ANSWERS)
        self.sentences_read = 0
        self.sentences_reused = 0

    def missing(self, keys: Keys) -> Keys:
        """Return those of `keys` without an answer and not set aside, each once, in the order they first come in."""
        new = dict.fromkeys(key for key in keys.tolist() if key not in self._lines)
        return np.array(list(new), np.uint64)

    def scores(self, keys: Keys) -> pa.Table:
        """Return SCORE_SCHEMA: each of `keys` that was answered once, in order of key."""
        rows = [
            (key, *line.probabilities)
            for key in sorted(set(keys.tolist()))
            if (line := self._lines.get(key)) is not None and line.probabilities is not None
        ]
        columns = list(zip(*rows, strict=True)) or [()] * len(SCORE_SCHEMA)
        return pa.table(
            [pa.array(c, f.type) for c, f in zip(columns, SCORE_SCHEMA, strict=True)], SCORE_SCHEMA
        )

    def fill(
        self, keys: Keys, texts: Mapping[int, str], progress: Callable[[int, int], None] | None = None
    ) -> None:
        """Have the model asked about those of `keys` that are missing; `texts` has the marked text of each of these.

        `progress` is told how many of the distinct keys are done, of how many. Raises ReadingError where the service
        fails; what it had answered by then is kept.
        """
        total = len(np.unique(keys))
        new = self.missing(keys).tolist()
        count = total - len(new)
        self.sentences_reused += count
        if progress:
            progress(count, total)
        if not new:
            return
        path = self._folder / ANSWERS
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text_atomically(json.dumps(self._classifier.asked_as, indent=2) + "\n", path.with_name(MODEL))
        with path.open("ab") as file:
            # A line that a kill cut off stays the only one that cannot be read.
            file.write(b"\n" if path.stat().st_size else b"")
            for answer in self._classifier.answers([texts[key] for key in new]):
                key = new[answer.place]
                self._keep(key, answer, file.write)
                file.flush()
                os.fsync(file.fileno())
                self.sentences_read += 1
                count += 1
                if progress:
                    progress(count, total)

    def counts(self, keys: Keys) -> AskedCounts:
        """Return what became of asking about `keys`: when, how often, and how many were set aside for what reason."""
        lines = [line for key in set(keys.tolist()) if (line := self._lines.get(key)) is not None]
        times = sorted(line.at for line in lines)
        reasons = Counter(line.reason for line in lines if line.probabilities is None)
        return {
            "first_answer": times[0] if times else None,
            "last_answer": times[-1] if times else None,
            "sentences_asked": len(lines),
            "requests": sum(line.requests for line in lines),
            "sentences_set_aside": reasons.total(),
            "reasons": _most_common(reasons),
        }

    def _keep(self, key: int, answer: Answer, write: Callable[[bytes], object]) -> None:
        if answer.probabilities is not None:
            checked_probabilities(np.array([answer.probabilities]), 1, self._classifier.name)
        line = {
            "key": f"{key:016x}",
            "at": answer.at,
            "requests": answer.requests,
            "probabilities": answer.probabilities,
            "reason": answer.reason,
            "answer": answer.words,
        }
        write(json.dumps(line).encode() + b"\n")
        self._lines[key] = _Line(answer.at, answer.requests, answer.probabilities, answer.reason)


def _most_common(reasons: Counter[str]) -> dict[str, int]:
    """Return the reasons that are given most often, the most common first, and how many there are of the rest."""
    by_number = sorted(reasons.items(), key=lambda one: (-one[1], one[0]))
    rest = sum(n for _, n in by_number[_REASONS:])
    return dict(by_number[:_REASONS]) | ({"other reasons": rest} if rest else {})


def _lines(path: Path) -> dict[int, _Line]:
    """Return what is kept, by key; lines that cannot be read are as good as absent."""
    lines: dict[int, _Line] = {}
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return lines
    for row in content.splitlines():
        try:
            entry = json.loads(row)
            shares = entry["probabilities"]
            probabilities = None if shares is None else [float(share) for share in shares]
            line = _Line(str(entry["at"]), int(entry["requests"]), probabilities, str(entry["reason"]))
            key = int(entry["key"], 16)
        except (ValueError, KeyError, TypeError):
            continue
        if probabilities is None or (
            len(probabilities) == len(CLASSES) and abs(sum(probabilities) - 1) < 1e-6
        ):
            lines.setdefault(key, line)
    return lines
