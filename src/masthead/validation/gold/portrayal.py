"""A portrayal classifier beside people's labels: how often it is right, how sure, and how far its mean is off."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from masthead.archive.adding.language import detect_languages
from masthead.inference.intervals import Sums, estimate
from masthead.reading.portrayal.classifier import CLASSES, Classifier
from masthead.validation.gold.calibration import Reliability, reliability
from masthead.validation.gold.files import GoldMention, examples
from masthead.validation.gold.scores import Whole, bounds, confusion, scores
from masthead.validation.progress import Progress

ROUGH_BELOW = 50
"""Intervals from fewer sentences than this hold the truth less often than they say."""

LENGTHS = ((1, 15), (16, 25), (26, 40), (41, None))
"""Words of a sentence, the parts that are scored by themselves: from, to."""

_LOT = 1024
"""Texts read at a time, so that progress can be told."""

_READ_FOR_LANGUAGE = 200


@dataclass(frozen=True)
class Interval:
    """A figure and its 95% interval; all null where there is nothing to divide by."""

    value: float | None
    low: float | None
    high: float | None

    @classmethod
    def of(cls, value: float, low: float, high: float) -> Interval:
        """Take the three, null for NaN."""
        return cls(*(None if np.isnan(one) else float(one) for one in (value, low, high)))


@dataclass(frozen=True)
class ClassScores:
    """One class: how many labels it has (`support`), and its scores."""

    name: str
    support: int
    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True)
class Part:
    """The scores of some of the mentions, or of all."""

    name: str
    n: int
    n_sentences: int
    macro_f1: Interval
    accuracy: Interval


@dataclass(frozen=True)
class MeanPortrayal:
    """The mean of P(favourable) − P(unfavourable) beside the mean of the labels, both in −1…1.

    `difference` is the first less the second: by how much a mean of many readings is off, on texts like these.
    """

    model: float
    gold: float
    difference: Interval


@dataclass(frozen=True)
class Evaluation:
    """Everything that a gold file says about a classifier."""

    whole: Part
    classes: tuple[ClassScores, ...]
    confusion: tuple[tuple[int, ...], ...]
    """Counts, a row per label and a column per guess, in the order of `CLASSES`."""
    calibration: Reliability
    mean: MeanPortrayal
    by_length: tuple[Part, ...]
    by_subjects: tuple[Part, ...]
    notes: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        return asdict(self)


def evaluate(
    mentions: Sequence[GoldMention], classifier: Classifier, progress: Progress | None = None
) -> Evaluation:
    """Let `classifier` read every mention, and grade what it says."""
    read = readings(mentions, classifier, progress)
    return grade(mentions, read, _other_language(mentions, classifier.languages))


def readings(
    mentions: Sequence[GoldMention], classifier: Classifier, progress: Progress | None = None
) -> npt.NDArray[np.floating[Any]]:
    """Return the probabilities `[n, 3]` of every mention, each distinct marked sentence read once."""
    texts = examples(mentions)
    places: dict[str, int] = {}
    for text in texts:
        places.setdefault(text, len(places))
    distinct = list(places)
    lots = []
    lot = min(classifier.lot, _LOT)
    for start in range(0, len(distinct), lot):
        if progress:
            progress("mentions read", start, len(distinct))
        lots.append(classifier.read(distinct[start : start + lot]))
    if progress:
        progress("mentions read", len(distinct), len(distinct))
    probabilities: npt.NDArray[np.floating[Any]] = np.concatenate(lots)[[places[text] for text in texts]]
    return probabilities


def grade(
    mentions: Sequence[GoldMention], probabilities: npt.NDArray[np.floating[Any]], notes: Sequence[str] = ()
) -> Evaluation:
    """Grade probabilities `[n, 3]`, in the order of `CLASSES`, beside the labels of `mentions`.

    The guess is the class with the largest probability. Intervals are over sentences, whose mentions go
    together (`masthead.validation.gold.scores.bounds`). `notes` are kept, before those on the file itself.
    """
    read = np.asarray(probabilities, dtype=np.float64)
    labels = np.array([mention.label for mention in mentions], dtype=np.int64)
    guesses = read.argmax(axis=1).astype(np.int64)
    sentences = np.unique([mention.sentence for mention in mentions], return_inverse=True)[1].astype(np.int64)
    table = confusion(labels, guesses)
    point, (low, high) = scores(table), bounds(labels, guesses, sentences)
    score, polarity = read[:, 2] - read[:, 0], labels - 1.0

    def parts(names: Sequence[str], places: Whole) -> tuple[Part, ...]:
        """Score the rows of each of `names`, by their place among them."""
        return tuple(
            _part(name, labels[rows], guesses[rows], sentences[rows])
            for at, name in enumerate(names)
            if len(rows := np.flatnonzero(places == at))
        )

    return Evaluation(
        whole=_part("all", labels, guesses, sentences),
        classes=tuple(
            ClassScores(
                name,
                int(table[at].sum()),
                Interval.of(point.precision[at], low.precision[at], high.precision[at]),
                Interval.of(point.recall[at], low.recall[at], high.recall[at]),
                Interval.of(point.f1[at], low.f1[at], high.f1[at]),
            )
            for at, name in enumerate(CLASSES)
        ),
        confusion=tuple(tuple(int(n) for n in row) for row in table),
        calibration=reliability(read, labels),
        mean=MeanPortrayal(
            float(score.mean()), float(polarity.mean()), _mean_difference(score - polarity, sentences)
        ),
        by_length=parts([_range(*length) for length in LENGTHS], _lengths(mentions)),
        by_subjects=parts(["1", "2 or more"], _companies(mentions)),
        notes=(*notes, *_notes(mentions, table)),
    )


def _part(name: str, labels: Whole, guesses: Whole, sentences: Whole) -> Part:
    point = scores(confusion(labels, guesses))
    low, high = bounds(labels, guesses, sentences)
    return Part(
        name,
        len(labels),
        len(np.unique(sentences)),
        Interval.of(float(point.macro_f1), float(low.macro_f1), float(high.macro_f1)),
        Interval.of(float(point.accuracy), float(low.accuracy), float(high.accuracy)),
    )


def _mean_difference(differences: npt.NDArray[np.float64], sentences: Whole) -> Interval:
    """Return the mean of the differences and its interval: a signed mean over sentences, as measures have it."""
    # A difference lies in −2…2, a signed mean in −1…1.
    x, y = (np.bincount(sentences, of)[:, None].astype(np.float64) for of in (differences / 2.0, None))
    sums = Sums.of_clusters(x, y, axis=0)
    row = estimate(pa.table(vars(sums)), signed=True).to_pylist()[0]
    return Interval.of(*(2.0 * row[name] for name in ("estimate", "conf_low", "conf_high")))


def _range(low: int, high: int | None) -> str:
    return f"{low} or more" if high is None else f"{low} to {high}"


def _lengths(mentions: Sequence[GoldMention]) -> Whole:
    starts = np.array([low for low, _ in LENGTHS])
    words = np.array([mention.words for mention in mentions])
    return (np.searchsorted(starts, words, side="right") - 1).astype(np.int64)


def _companies(mentions: Sequence[GoldMention]) -> Whole:
    """Return 0 for a mention alone in its sentence, 1 for one whose sentence has other labelled words."""
    names: dict[str, set[str]] = defaultdict(set)
    for mention in mentions:
        names[mention.sentence].add(mention.sentence[mention.start : mention.end].lower())
    return np.array([len(names[mention.sentence]) > 1 for mention in mentions], dtype=np.int64)


def _notes(mentions: Sequence[GoldMention], table: Whole) -> list[str]:
    """Say what a reader of the figures has to know about the file."""
    notes = []
    n_sentences = len({mention.sentence for mention in mentions})
    if n_sentences < ROUGH_BELOW:
        notes.append(f"intervals from fewer than {ROUGH_BELOW} sentences are rough")
    if missing := [name for name, row in zip(CLASSES, table, strict=True) if not row.any()]:
        notes.append(f"no mention is labelled {' or '.join(missing)}")
    labels_of: dict[tuple[str, int, int], Counter[int]] = defaultdict(Counter)
    for mention in mentions:
        labels_of[mention.sentence, mention.start, mention.end][mention.polarity] += 1
    if repeats := sum(labels.total() - 1 for labels in labels_of.values()):
        contradictory = sum(len(labels) > 1 for labels in labels_of.values())
        notes.append(
            f"{repeats} lines repeat a mention, {contradictory} of the mentions with more than one label; "
            "all are counted"
        )
    return notes


def _other_language(mentions: Sequence[GoldMention], languages: frozenset[str] | None) -> list[str]:
    """Say in which language the sentences seem to be, where it is none that the classifier reads."""
    text = "\n".join(mention.sentence for mention in mentions[:_READ_FOR_LANGUAGE])
    language = detect_languages(pa.array([text]))[0]
    if languages is None or language is None or language in languages:
        return []
    return [f"the sentences look like '{language}'; the model was made for {' and '.join(sorted(languages))}"]
