"""Takes over another outlet's article: whole, cut from the end, or edited sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from masthead.press.articles import Article
from masthead.press.marks import Label, Mark, Quotation, Sentence
from masthead.press.world import ROLES

MANNERS = ("whole", "cut", "edited")

_PARAPHRASES: dict[str, str] = {
    "officials said": "officials reported",
    "witnesses said": "bystanders reported",
    "the harbour office said": "according to the harbour office",
    "according to local radio": "local radio reported",
    "as rain fell over the strait": "in pouring rain",
    "people were killed": "people lost their lives",
    "people were hurt": "people were injured",
    "exchanged fire": "traded fire",
    "trucks": "lorries",
    "wounded": "injured",
    "said it would": "announced it would",
    "marched in": "took to the streets of",
    "employs": "gives work to",
    "employ": "give work to",
    "residents of": "people living in",
    "reinforcements": "fresh men",
    "published": "released",
    "asked for": "requested",
    "called on": "urged",
    "call on": "urge",
    "a meeting": "a session",
    "before dawn": "before sunrise",
    "supporters": "followers",
    "expected": "anticipated",
    "worth": "valued at",
    "kilometres": "km",
    "per cent": "percent",
    "a crowd": "a gathering",
    "stopped all trade": "halted all trade",
    "warned": "cautioned",
    "a vessel of": "a ship of",
    "prosecutors": "investigators",
    "houses": "homes",
    "opened fire on": "shot at",
    "drove off": "beat back",
    "shelled": "fired shells at",
    "was founded in": "was started in",
    "most of": "the greater part of",
    "said the other side": "claimed the other side",
    "lasted": "went on for",
    "broke off": "abandoned",
    "spoke in": "gave a speech in",
    "told a crowd": "told those gathered",
    "agreed to": "consented to",
    "put off": "postponed",
    "children": "boys and girls",
    "nobody": "no one",
    "Nobody": "No one",
    "outside": "just beyond",
    "by a margin of": "with a majority of",
    "a report on": "a paper on",
    "searched": "combed through",
    "arrested": "detained",
    "first light": "daybreak",
    "since the winter of": "ever since the winter of",
}
"""Phrase → phrase: good English in every sentence of the grammar, with the same first sound after a/an."""

_PHRASE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _PARAPHRASES), key=len, reverse=True)) + r")\b")


def copy_sentences(
    source: Article, manner: str, rng: Random, setting: int
) -> tuple[list[Sentence], set[int]]:
    """The sentences an outlet takes over, each with the number of words kept, and the paragraph starts."""
    if manner == "whole":
        return [_taken(s) for s in source.sentences], set(source.starts)
    if manner == "cut":
        count = max(2, int(len(source.sentences) * rng.uniform(0.4, 0.8)))
        return [_taken(s) for s in source.sentences[:count]], {i for i in source.starts if i < count}
    return _edited(source, rng, setting)


def _edited(source: Article, rng: Random, setting: int) -> tuple[list[Sentence], set[int]]:
    """Drop sentences that introduce nobody, swap phrases, and move paragraphs at the hard setting."""
    drop, swap = ((0.1, 0.3), (0.2, 0.6), (0.4, 0.9))[setting - 1]
    paragraphs: list[list[Sentence]] = []
    for index, sentence in enumerate(source.sentences):
        if index == 0 or index in source.starts:
            paragraphs.append([])
        # A sentence inside a paragraph stays: the next one may speak of the same by a pronoun.
        ends = index + 1 in source.starts
        if index and ends and _introduces_nobody(sentence) and rng.random() < drop:
            continue
        paragraphs[-1].append(paraphrase(sentence, rng, swap))
    paragraphs = [p for p in paragraphs if p]
    if setting == 3:
        movable = [i for i in range(1, len(paragraphs)) if all(map(_introduces_nobody, paragraphs[i]))]
        moved = [paragraphs[i] for i in movable]
        rng.shuffle(moved)
        for place, paragraph in zip(movable, moved, strict=True):
            paragraphs[place] = paragraph
    sentences: list[Sentence] = []
    starts: set[int] = set()
    for paragraph in paragraphs:
        if sentences:
            starts.add(len(sentences))
        sentences.extend(paragraph)
    return sentences, starts


def _taken(sentence: Sentence) -> Sentence:
    return Sentence(sentence.text, sentence.marks, sentence.quotations, len(sentence.text.split()))


def _introduces_nobody(sentence: Sentence) -> bool:
    """Whether no later sentence can hang on this one for a surname or a speaker."""
    return not sentence.quotations and not any(ROLES[m.role].type == "person" for m in sentence.marks)


def paraphrase(sentence: Sentence, rng: Random, rate: float) -> Sentence:
    """Swap phrases outside names, labels and quotations, and move every offset along."""
    text = sentence.text
    fixed = [(q.start, q.end) for q in sentence.quotations]
    fixed += [(m.start, m.end) for m in sentence.marks]
    fixed += [(lab.start, lab.end) for m in sentence.marks for lab in m.labels]
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = changed = 0
    for found in _PHRASE.finditer(text):
        start, end = found.span()
        if any(start < stop and begin < end for begin, stop in fixed) or rng.random() >= rate:
            continue
        parts += (text[at:start], _PARAPHRASES[found[0]])
        shifts.append((end, len(_PARAPHRASES[found[0]]) - (end - start)))
        changed += len(found[0].split())
        at = end
    if not parts:
        return _taken(sentence)

    def moved(offset: int) -> int:
        return offset + sum(by for place, by in shifts if place <= offset)

    marks = [_move_mark(m, moved) for m in sentence.marks]
    quotations = [Quotation(moved(q.start), moved(q.end), q.speaker, q.name) for q in sentence.quotations]
    return Sentence("".join(parts) + text[at:], marks, quotations, max(0, len(text.split()) - changed))


def _move_mark(mark: Mark, moved: Callable[[int], int]) -> Mark:
    labels = tuple(
        Label(lab.lemma, lab.family, lab.kind, moved(lab.start), moved(lab.end), lab.denied)
        for lab in mark.labels
    )
    return mark._replace(start=moved(mark.start), end=moved(mark.end), labels=labels)
