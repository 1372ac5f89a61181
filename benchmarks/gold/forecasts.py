"""The forecasts reader beside people's marks: what it finds, what it misses, and what it takes for something else.

What is scored is a sentence and subject: what is said of that subject in it. Where several clauses tell of one subject
the first counts. Intervals are Clopper and Pearson's, as if sentences were drawn one by one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa

from benchmarks.gold.marked_forecasts import GoldSentence
from benchmarks.gold.rates import Rate
from masthead.reading.forecasts.reader import forecasts_of
from masthead.reading.mentions.mentions import by_article, find_matches, raw_matches
from masthead.reading.mentions.patterns import StudyPatterns
from masthead.reading.parsing.parses import Parse
from masthead.study import parse_study

PARTS = ("own forecasts", "all forecasts", "plans", "conditions")
"""What precision and recall are given of; the first is what makes a record."""

Parses = Callable[[dict[int, str]], dict[int, Parse]]


@dataclass(frozen=True)
class Score:
    """Of one part: how many of those found are marked so, and how many of those marked are found."""

    part: str
    precision: Rate
    recall: Rate


@dataclass(frozen=True)
class Mistake:
    """A sentence and subject of which something else was found than is marked; None is nothing."""

    text: str
    subject: str
    marked: str | None
    found: str | None


@dataclass(frozen=True)
class ForecastsEvaluation:
    """Everything that a gold file says about the forecasts reader.

    `confidence` and `due` are of the forecasts that were found, in the right voice: how many have the marked wording,
    and how many of those with a day marked, or found, have the right one.
    """

    sentences: int
    pairs: int
    scores: tuple[Score, ...]
    confidence: Rate
    due: Rate
    mistakes: tuple[Mistake, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        return asdict(self)


_Told = tuple[str, str, str | None, dt.date | None]


def evaluate_forecasts(gold: Sequence[GoldSentence], parse: Parses) -> ForecastsEvaluation:
    """Read every sentence and score what is found beside its marks; `parse` gives the parses of masked sentences."""
    found = _read(gold, parse)
    pairs = [
        (sentence.text, name, _marked(sentence, name), found.get((number, name)))
        for number, sentence in enumerate(gold)
        for name in sentence.names
    ]
    both = [
        (marked, read)
        for _, _, marked, read in pairs
        if marked and read and _label(marked) == _label(read) and marked[0] == "forecast"
    ]
    return ForecastsEvaluation(
        len(gold),
        len(pairs),
        tuple(_score(part, [(_label(m), _label(f)) for _, _, m, f in pairs]) for part in PARTS),
        Rate.of_all(m[2] == f[2] for m, f in both if m[2] is not None),
        Rate.of_all(m[3] == f[3] for _, _, m, f in pairs if m and f and (m[3] or f[3])),
        tuple(
            Mistake(text, name, _label(m), _label(f)) for text, name, m, f in pairs if _label(m) != _label(f)
        ),
    )


def _marked(sentence: GoldSentence, name: str) -> _Told | None:
    for mark in sentence.forecasts:
        if mark.subject == name:
            return mark.told, mark.voice, mark.confidence, mark.due
    return None


def _label(told: _Told | None) -> str | None:
    """Return what was marked or found in a word or two."""
    if told is None:
        return None
    kind, voice = told[:2]
    return f"{'others’' if voice == 'others' else 'own'} forecast" if kind == "forecast" else kind


_HELD = {
    "own forecasts": ("own forecast",),
    "all forecasts": ("own forecast", "others’ forecast"),
    "plans": ("plan",),
    "conditions": ("condition",),
}


def _score(part: str, labels: Sequence[tuple[str | None, str | None]]) -> Score:
    held = _HELD[part]
    return Score(
        part,
        Rate.of_all(marked in held for marked, found in labels if found in held),
        Rate.of_all(found in held for marked, found in labels if marked in held),
    )


def _read(gold: Sequence[GoldSentence], parse: Parses) -> dict[tuple[int, str], _Told]:
    """Return what is found, by the sentence's number and the subject's name: the first of each."""
    names = sorted({name for sentence in gold for name in sentence.names})
    subjects = [{"id": f"s{at}", "kind": "actor", "aliases": [name]} for at, name in enumerate(names)]
    patterns = StudyPatterns(parse_study({"archive": "none", "subject": subjects}))
    days = [
        sentence.published and dt.datetime.combine(sentence.published, dt.time(), dt.UTC) for sentence in gold
    ]
    articles = pa.table(
        {
            "article_id": [str(number) for number in range(len(gold))],
            "title": [""] * len(gold),
            "text": [sentence.text for sentence in gold],
            "language": ["en"] * len(gold),
            "published": pa.array(days, pa.timestamp("us", tz="UTC")),
        }
    )
    matches = by_article(raw_matches(find_matches(articles, patterns.patterns), patterns.patterns))
    table, _ = forecasts_of(articles, matches, patterns, parse)
    found: dict[tuple[int, str], _Told] = {}
    for row in table.to_pylist():
        voice = "others" if row["quoted"] or row["reported"] else "own"
        told = (row["kind"], voice, row["confidence"], row["due"])
        found.setdefault((int(row["article_id"]), names[int(row["subject"][1:])]), told)
    return found
