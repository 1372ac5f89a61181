"""Sentences that mention somebody, from any archive of articles: what a teacher labels for a student.

People and bodies are found by their form alone (capitalised words that stand together often), with no list of
who they are.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
from sentencex import segment

from masthead.reading.portrayal.marking import Name, mark

from .data import Example

SHORTEST, LONGEST = 8, 80
"""Words of a sentence that is worth a label: the range of nearly all gold sentences."""
FEWEST = 4
"""Times that a word must act as a name does before it counts as one."""

_ACTS = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. |\b(?:President|Senator|Secretary|Speaker|Justice|Governor) )"
    r"(?:[A-Z][a-z]+ )?([A-Z]\w{2,})\b|\b([A-Z]\w{2,}) (?:said|says|told|tweeted|argued|replied|insisted)\b"
)
_CAPITAL = re.compile(r"\b[A-Z]\w{2,}")
_BEFORE = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. |(?:President|Senator|Secretary|Speaker|Justice|Governor) )?"
    r"(?:[A-Z][a-z]+ (?:[A-Z]\. )?)?$"
)
_SMALL = re.compile(r"\b[a-z]\w{2,}")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he|his|her|him)\b")
_PRONOUNS_SHARE = 0.12
_SECOND_SHARE = 0.6


def candidates(archive: Path, column: str, held: Iterable[str], seed: int, limit: int) -> list[Example]:
    """Up to ``limit`` marked sentences of a Parquet file's ``column``, a target or two of each.

    None whose words stand in ``held``.
    """
    known = {_words(sentence) for sentence in held}
    sentences = list(_sentences(archive, column, known))
    draw = random.Random(seed)
    draw.shuffle(sentences)
    bearers = _bearers(sentences)
    examples: list[Example] = []
    for sentence in sentences:
        names = _names(sentence, bearers)
        pronouns = [Name(*match.span(), "pronoun") for match in _PRONOUN.finditer(sentence)]
        targets = [names[0]] if names else []
        if len({name.subject for name in names}) > 1 and draw.random() < _SECOND_SHARE:
            targets.append(next(name for name in names if name.subject != names[0].subject))
        if pronouns and draw.random() < _PRONOUNS_SHARE:
            targets.append(draw.choice(pronouns))
        words = len(sentence.split())
        examples += [Example(mark(sentence, t, names), None, words, sentence) for t in targets]
        if len(examples) >= limit:
            break
    return examples[:limit]


def _words(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))


def _sentences(archive: Path, column: str, known: set[str]) -> Iterator[str]:
    """Every distinct sentence of fitting length that holds a capitalised word after its first."""
    seen: set[str] = set()
    for batch in pq.ParquetFile(archive).iter_batches(batch_size=500, columns=[column]):
        for text in batch.column(0).to_pylist():
            for paragraph in (text or "").split("\n"):
                for sentence in segment("en", paragraph) if len(paragraph) > 40 else ():
                    sentence = sentence.strip()
                    if not SHORTEST <= sentence.count(" ") + 1 <= LONGEST or not re.search(
                        r" [A-Z][a-z]", sentence
                    ):
                        continue
                    key = _words(sentence)
                    if key not in seen and key not in known:
                        seen.add(key)
                        yield sentence


def _bearers(sentences: list[str]) -> set[str]:
    """The words that speak or bear a title often enough, and hardly ever stand in small letters."""
    acts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    small: Counter[str] = Counter()
    for sentence in sentences:
        acts.update(word for pair in _ACTS.findall(sentence) for word in pair if word)
        capital.update(_CAPITAL.findall(sentence))
        small.update(_SMALL.findall(sentence))
    return {
        word
        for word, count in acts.items()
        if count >= FEWEST and small[word.lower()] < 0.05 * capital[word] and count > 0.01 * capital[word]
    }


def _names(sentence: str, bearers: set[str]) -> list[Name]:
    """Every bearer in the sentence, with the title and the first name before it."""
    names = []
    for match in _CAPITAL.finditer(sentence):
        if match.group() in bearers:
            before = _BEFORE.search(sentence, max(0, match.start() - 40), match.start())
            start = before.start() if before else match.start()
            if not names or names[-1].end <= start:
                names.append(Name(start, match.end(), match.group()))
    return names
