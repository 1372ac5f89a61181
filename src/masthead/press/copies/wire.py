"""Takes over another outlet's article: whole, cut from the end, or edited sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from masthead.press.strait.subjects import ROLES
from masthead.press.writing.articles import Article
from masthead.press.writing.marks import Label, Mark, Sentence

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
    "arrested": "detained",
    "first light": "daybreak",
    "since the winter of": "ever since the winter of",
}
"""Phrase → phrase: good English in every sentence of the grammar, with the same first sound after a/an."""

_PHRASE = re.compile(r"\b(" + "|".join(sorted(map(re.escape, _PARAPHRASES), key=len, reverse=True)) + r")\b")


def copy_sentences(
    source: Article, own: Article, manner: str, rng: Random, setting: int, *, curly: bool
) -> tuple[list[Sentence], set[int]]:
    """The copy's sentences, each with the number of words kept from the source, and its paragraph starts.

    Whole: all of it. Cut: the beginning, word for word. Edited: sentences dropped and phrases swapped, and a
    little of the outlet's own at the end; at the hard setting about half of the source, mixed with as
    much of the outlet's own writing, in another order. Quotation marks are the copier's, curly or not.
    """
    theirs, ours = paragraphs_of(source), paragraphs_of(own)
    if manner == "whole":
        paragraphs = [[copy_whole(s) for s in p] for p in theirs]
    elif manner == "cut":
        share = rng.uniform(0.3, 0.6) if setting == 3 else rng.uniform(0.4, 0.8)
        paragraphs = [[copy_whole(s) for s in p] for p in theirs[: max(2, round(len(theirs) * share))]]
        if setting == 3:
            paragraphs += _fitting_own(ours, theirs)[: len(paragraphs)]
    elif setting < 3:
        drop, swap = ((0.15, 0.3), (0.3, 0.6))[setting - 1]
        paragraphs = [[edit(s, rng, swap) for s in p] for p in _thin(theirs, rng, drop)]
        paragraphs += _fitting_own(ours, theirs)[: rng.randrange(1, 3)]
    else:
        paragraphs = _patchwork(theirs, ours, rng)
    return sentences_and_starts([[with_marks(s, curly) for s in p] for p in paragraphs])


def with_marks(sentence: Sentence, curly: bool) -> Sentence:
    """The sentence with quotation marks of the one kind or the other; no offset moves."""
    letters = list(sentence.text)
    for quote in sentence.quotations:
        opening, closing = "“”" if curly else '""'
        letters[quote.start - 1] = opening
        # A quotation that goes on in the next paragraph has no mark at its end.
        if letters[quote.end] in '"”':
            letters[quote.end] = closing
    return replace(sentence, text="".join(letters))


def _patchwork(theirs: list[list[Sentence]], ours: list[list[Sentence]], rng: Random) -> list[list[Sentence]]:
    """The source's lede, some of its paragraphs that stand alone, reworded, among the outlet's own."""
    able = [p for p in theirs[1:-1] if all(map(_stands_alone, p))]
    rng.shuffle(able)
    copies = [
        [edit(s, rng, 0.95) for s in p] for p in able[: max(1, round(len(theirs) * rng.uniform(0.4, 0.65)))]
    ]
    mixture = copies + _fitting_own(ours, theirs)[: len(copies)]
    rng.shuffle(mixture)
    return [[edit(s, rng, 0.95) for s in theirs[0]], *mixture]


def paragraphs_of(article: Article) -> list[list[Sentence]]:
    """The article's sentences, paragraph by paragraph."""
    paragraphs: list[list[Sentence]] = []
    for index, sentence in enumerate(article.sentences):
        if index == 0 or index in article.starts:
            paragraphs.append([])
        paragraphs[-1].append(sentence)
    return paragraphs


def sentences_and_starts(paragraphs: list[list[Sentence]]) -> tuple[list[Sentence], set[int]]:
    """The sentences one after the other, and which of them begin a paragraph."""
    sentences: list[Sentence] = []
    starts: set[int] = set()
    for paragraph in paragraphs:
        if sentences:
            starts.add(len(sentences))
        sentences.extend(paragraph)
    return sentences, starts


def _thin(paragraphs: list[list[Sentence]], rng: Random, drop: float) -> list[list[Sentence]]:
    """Leave out paragraphs that introduce nobody, never the first."""
    return [p for i, p in enumerate(paragraphs) if not i or rng.random() >= drop or not _introduces_nobody(p)]


def _fitting_own(ours: list[list[Sentence]], theirs: list[list[Sentence]]) -> list[list[Sentence]]:
    """The outlet's own paragraphs, its lede aside, that say what the source does not and stand alone."""
    lines_of_theirs = {id(s.line) for p in theirs for s in p}
    return [p for p in ours[1:] if all(_stands_alone(s) and id(s.line) not in lines_of_theirs for s in p)]


def copy_whole(sentence: Sentence) -> Sentence:
    """The sentence, taken over word for word."""
    return replace(sentence, n_copied=len(sentence.text.split()))


def _introduces_nobody(paragraph: list[Sentence]) -> bool:
    """Whether no later sentence can hang on this paragraph for a surname or a speaker."""
    return not any(s.quotations or any(ROLES[m.role].type == "person" for m in s.marks) for s in paragraph)


def _stands_alone(sentence: Sentence) -> bool:
    """Whether nobody in it is called by a surname or short name that an earlier sentence must explain."""
    if any(q.speaker < 0 and q.name not in sentence.text for q in sentence.quotations):
        return False
    return all(
        " " in sentence.text[m.start : m.end] for m in sentence.marks if ROLES[m.role].type == "person"
    )


def edit(sentence: Sentence, rng: Random, rate: float) -> Sentence:
    """Reword a sentence: without its opening or its tail, and with other phrases."""
    if sentence.tail > 0 and rng.random() < rate * 0.7:
        sentence = replace(sentence, text=sentence.text[: sentence.tail] + ".", tail=-1)
    if sentence.head and rng.random() < rate * 0.7:
        sentence = _without_head(sentence)
    return paraphrase(sentence, rng, rate)


def _without_head(sentence: Sentence) -> Sentence:
    cut = sentence.head
    rest = sentence.text[cut:]
    back = [_move_mark(m, lambda offset: offset - cut) for m in sentence.marks]
    quotations = [q._replace(start=q.start - cut, end=q.end - cut) for q in sentence.quotations]
    attributions = [a._replace(start=a.start - cut, end=a.end - cut) for a in sentence.attributions]
    tail = sentence.tail - cut if sentence.tail > 0 else -1
    return replace(
        sentence,
        text=rest[0].upper() + rest[1:],
        marks=back,
        quotations=quotations,
        attributions=attributions,
        head=0,
        tail=tail,
    )


def paraphrase(sentence: Sentence, rng: Random, rate: float) -> Sentence:
    """Swap phrases outside names, labels and quotations, and move every offset along."""
    text = sentence.text
    untouchable = [(q.start, q.end) for q in sentence.quotations]
    untouchable += [(m.start, m.end) for m in sentence.marks]
    untouchable += [(lab.start, lab.end) for m in sentence.marks for lab in m.labels]
    parts: list[str] = []
    shifts: list[tuple[int, int]] = []
    at = n_changed = 0
    for match in _PHRASE.finditer(text):
        start, end = match.span()
        if any(start < stop and begin < end for begin, stop in untouchable) or rng.random() >= rate:
            continue
        parts += (text[at:start], _PARAPHRASES[match[0]])
        shifts.append((end, len(_PARAPHRASES[match[0]]) - (end - start)))
        n_changed += len(match[0].split())
        at = end
    if not parts:
        return copy_whole(sentence)

    def place_after(offset: int) -> int:
        return offset + sum(by for place, by in shifts if place <= offset)

    marks = [_move_mark(m, place_after) for m in sentence.marks]
    quotations = [q._replace(start=place_after(q.start), end=place_after(q.end)) for q in sentence.quotations]
    attributions = [
        a._replace(start=place_after(a.start), end=place_after(a.end)) for a in sentence.attributions
    ]
    n_same = max(0, len(text.split()) - n_changed)
    return replace(
        sentence,
        text="".join(parts) + text[at:],
        marks=marks,
        quotations=quotations,
        attributions=attributions,
        head=0,
        tail=-1,
        n_copied=n_same,
    )


def _move_mark(mark: Mark, place_after: Callable[[int], int]) -> Mark:
    labels = tuple(
        Label(lab.lemma, lab.family, lab.kind, place_after(lab.start), place_after(lab.end), lab.is_denied)
        for lab in mark.labels
    )
    return mark._replace(start=place_after(mark.start), end=place_after(mark.end), labels=labels)
