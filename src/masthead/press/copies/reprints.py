"""Reprints at every degree of editing, cutting and misreading, with a truth that says which is which.

The press of a seed, in which outlets differ in style alone, has some of its articles replaced by reprints: of the
first article on the story, of a later one, or of a reprint. All other articles on a story are innocent: they
share its facts, its names and many a sentence of the grammar, and nobody copied them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random

from masthead.press.copies.wire import (
    copy_sentences,
    copy_whole,
    edit,
    paragraphs_of,
    sentences_and_starts,
    with_marks,
)
from masthead.press.plan.plan import AGENCY_INDEX, draw_plan
from masthead.press.press import Coverage, Press
from masthead.press.strait.outlets import AGENCY, AGENCY_SIGN, OUTLETS
from masthead.press.truth import Truth
from masthead.press.writing.articles import LAST_MINUTE, Article
from masthead.press.writing.marks import Sentence

REPRINTED = 0.4
"""Of the articles that could be reprints, the share that are."""


@dataclass(frozen=True)
class Degree:
    """How far a reprint is from its source.

    `manner` is what is done first: whole; light or edited, as `copy_sentences` does; heavy, which drops paragraphs,
    rewords the others and changes their order; patched, which rewords half of the source and mixes it with
    as much of the copier's own. `left` is the share of paragraphs that stay, from the top; `misread` the share of
    letters that are read wrong, as a scanner would.
    """

    name: str
    manner: str = "whole"
    left: float = 1.0
    misread: float = 0.0


DEGREES = (
    Degree("whole"),
    Degree("edited lightly", "light"),
    Degree("edited", "edited"),
    Degree("edited heavily", "heavy"),
    Degree("cut to 3/4", left=0.75),
    Degree("cut to 1/2", left=0.5),
    Degree("cut to 1/3", left=1 / 3),
    Degree("2% of letters misread", misread=0.02),
    Degree("5% of letters misread", misread=0.05),
    Degree("8% of letters misread", misread=0.08),
    Degree("edited, cut to 1/2, 4% misread", "edited", 0.5, 0.04),
    Degree("half of it, among the copier's own", "patched"),
)
"""All degrees; the name is the `manner` in the truth."""

_MISREAD = {
    "a": "o", "b": "h", "c": "e", "d": "cl", "e": "c", "f": "t", "g": "q", "h": "b", "i": "1", "j": "i", "k": "lc",
    "l": "1", "m": "n", "n": "u", "o": "0", "p": "n", "q": "g", "r": "n", "s": "5", "t": "f", "u": "n", "v": "y",
    "w": "v", "x": "z", "y": "v", "z": "2",
}  # fmt: skip
"""What a scanner takes a letter for; only the first character is used, so that offsets hold."""

_STAYS = 0.6
"""Of a heavily edited article's paragraphs, the share that stay."""

_BROKEN = 0.15
"""Of the letters misread, the share that are taken for a space and break their word in two."""


class ReprintedPress(Press):
    """A press with reprints in it. What it publishes, and its truth, come from the stories as in any press."""

    def stories(self) -> Iterator[Coverage]:
        """Yield story after story, some articles of which are reprints."""
        for coverage in super().stories():
            yield replace(coverage, articles=tuple(self._with_reprints(coverage)))

    def _with_reprints(self, coverage: Coverage) -> Iterator[Article]:
        before: list[Article] = []
        for article in sorted(coverage.articles, key=lambda a: (a.published, a.outlet)):
            rng = Random(f"{self.seed}/reprints/{article.story.number}/{article.outlet}")
            # The agency writes its own.
            if before and article.outlet != AGENCY_INDEX and rng.random() < REPRINTED:
                source = before[0] if rng.random() < 0.6 else rng.choice(before)
                _reprint(article, source, rng.choice(DEGREES), rng)
            before.append(article)
            yield article


def planted_reprints(seed: int, articles: int = 2000, setting: str = "hard") -> tuple[ReprintedPress, Truth]:
    """Outlets reprint each other's articles at every degree of `DEGREES`: see `truth.copies`."""
    press = ReprintedPress(
        seed=seed,
        size=articles,
        setting=setting,
        plan=draw_plan(seed, frozenset(("style",)), few=True),
        mirror=None,
    )
    return press, press.truth()


def _reprint(article: Article, source: Article, degree: Degree, rng: Random) -> None:
    """Fill the article with what its outlet takes from the source."""
    curly = OUTLETS[article.outlet].style.curly
    if degree.manner in ("light", "edited", "patched"):
        setting = {"light": 1, "edited": 2, "patched": 3}[degree.manner]
        sentences, starts = copy_sentences(source, article, "edited", rng, setting, curly=curly)
    else:
        paragraphs = [[with_marks(copy_whole(s), curly) for s in p] for p in paragraphs_of(source)]
        if degree.manner == "heavy":
            rest = [[edit(s, rng, 0.95) for s in p] for p in paragraphs[1:] if rng.random() < _STAYS]
            rng.shuffle(rest)
            paragraphs = [[edit(s, rng, 0.95) for s in paragraphs[0]], *rest]
        sentences, starts = sentences_and_starts(paragraphs)
    sentences, starts = _cut(sentences, starts, degree.left)
    if degree.misread:
        sentences = [_misread(s, rng, degree.misread) for s in sentences]
    article.sentences, article.starts = sentences, starts
    article.section = source.section
    if rng.random() < 0.5:
        article.title = source.title
    article.source, article.manner = source.key, degree.name
    if source.outlet == AGENCY_INDEX and rng.random() < 0.5:
        article.credit = AGENCY
        article.dateline = article.dateline.replace(" — ", f" ({AGENCY_SIGN}) — ")
    latest = source.published + dt.timedelta(minutes=rng.randrange(35, 2000))
    article.published = max(article.published, min(LAST_MINUTE, latest))
    article.set_text()


def _cut(sentences: list[Sentence], starts: set[int], left: float) -> tuple[list[Sentence], set[int]]:
    """The beginning, sentence by sentence, until that share of the words has stood."""
    room = left * sum(len(s.text.split()) for s in sentences)
    beginning: list[Sentence] = []
    for sentence in sentences:
        words = len(sentence.text.split())
        if beginning and words / 2 > room:
            break
        beginning.append(sentence)
        room -= words
    return beginning, {s for s in starts if s < len(beginning)}


def _misread(sentence: Sentence, rng: Random, share: float) -> Sentence:
    """The sentence with letters read wrong, each for one other character, so that no offset moves."""
    letters = list(sentence.text)
    for at, letter in enumerate(letters):
        if letter.lower() in _MISREAD and rng.random() < share:
            letters[at] = " " if rng.random() < _BROKEN else _MISREAD[letter.lower()][0]
    text = "".join(letters)
    whole = sum(a == b for a, b in _word_pairs(sentence.text, text))
    total = len(sentence.text.split())
    return replace(sentence, text=text, n_copied=round(sentence.n_copied * whole / total) if total else 0)


def _word_pairs(before: str, after: str) -> Iterator[tuple[str, str]]:
    """Each word of the first text with what stands in its place in the second."""
    at = 0
    for word in before.split(" "):
        yield word, after[at : at + len(word)]
        at += len(word) + 1
