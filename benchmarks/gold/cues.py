"""The weights of the attribution reader's cues, learned from what people marked (`weights.tsv`).

Every word outside quotation marks that may be a cue, with each content that its sentence's parse gives it, is one case;
it is right where it shares most words with a marked content, at least three tenths of the longer one, and its cue is
marked as that content's. Cases whose cue stands inside another's marked content are left out: the reader never asks of
them. A logistic regression (L1, scikit-learn) weighs what the cases show; what fewer than three show is left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

import numpy as np

from benchmarks.gold.marked_articles import GoldArticle
from benchmarks.gold.quotes import starts_of_words, words_of_spans
from masthead.reading.attribution.marks import trees_of
from masthead.reading.attribution.passages import Passage
from masthead.reading.attribution.weighing.candidates import candidates
from masthead.reading.attribution.weighing.weights import CONSTANT, content_of, signs
from masthead.reading.parsing.parses import Parse

FEWEST = 3
STRENGTH = 0.6
"""How weakly weights are drawn to zero (scikit-learn's C)."""
_SHARED = 0.3
_SMALLEST = 0.05


class Case(NamedTuple):
    """What one candidate shows, and whether people marked it."""

    signs: frozenset[str]
    is_marked: bool


def is_developed_on(name: str) -> bool:
    """True for an article of the half that rules are mended on: the hash of its name ends in an even digit."""
    return int(sha256(name.encode()).hexdigest()[-1], 16) % 2 == 0


def cases(article: GoldArticle, passage: Passage, parses: dict[int, Parse]) -> Iterator[Case]:
    """Yield the candidates of one article, with what its first coder marked."""
    starts = starts_of_words(article.text)
    marked = [words_of_spans(one.content, starts) for one in article.coded[0]]
    cues = [words_of_spans(one.cue, starts) for one in article.coded[0]]
    marked_at = {word: at for at, words in enumerate(marked) for word in words}
    shares: list[tuple[frozenset[str], float, int | None]] = []
    for field_of, tree in trees_of(passage, parses):
        for token, tag in enumerate(tree.parse.tags):
            if tree.in_quotes[token] or not (tag.startswith(("VB", "JJ")) or tag in ("NN", "NNS")):
                continue
            cue = words_of_spans([field_of((token, token))], starts)
            some = content_of(tree, candidates(tree, token))
            shapes = [one.shape for one in some]
            for one in some:
                words = words_of_spans([field_of(run) for run in one.content], starts)
                share, at = max(
                    (
                        (len(words & marked[at]) / max(len(words), len(marked[at])), at)
                        for at in {marked_at[word] for word in words if word in marked_at}
                        if cue & cues[at]
                    ),
                    default=(0.0, None),
                )
                if at is not None or marked_at.keys().isdisjoint(cue):
                    shares.append((frozenset(signs(tree, token, one, shapes)), share, at))
    most: dict[int | None, float] = {}
    for _, share, at in shares:
        most[at] = max(share, most.get(at, 0.0))
    for shown, share, at in shares:
        yield Case(shown, at is not None and share >= max(_SHARED, most[at]))


def learn(some: Sequence[Case]) -> dict[str, float]:
    """Return the weights, to two decimals, by what is shown, and the constant."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    counts = Counter(sign for one in some for sign in one.signs)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    place = {name: at for at, name in enumerate(names)}
    columns = [sorted(place[sign] for sign in one.signs if sign in place) for one in some]
    pointers = np.cumsum([0, *map(len, columns)], dtype=np.int32)
    indices = np.array([at for row in columns for at in row], np.int32)
    table = csr_matrix((np.ones(len(indices)), indices, pointers), (len(some), len(names)))
    model = LogisticRegression(C=STRENGTH, l1_ratio=1, solver="liblinear", random_state=0, max_iter=300)
    model.fit(table, [one.is_marked for one in some])
    weights = {CONSTANT: round(float(model.intercept_[0]), 2)}
    for name, weight in zip(names, model.coef_[0], strict=True):
        if abs(weight) >= _SMALLEST:
            weights[name] = round(float(weight), 2)
    return weights


def written(weights: dict[str, float], articles: int, count: int) -> str:
    """Return the text of `weights.tsv`."""
    head = (
        "# Weights of what a candidate for an attribution shows (masthead.reading.attribution.weighing.weights).\n"
        "# Made by `python -m benchmarks.gold cues` of PolNeAR 1.0 (Newell, Margolin and Ruths, LREC 2018), train:\n"
        f"# {articles} articles whose names' SHA-256 ends in an even digit, {count} candidates. No sentence is in it.\n"
    )
    return head + "".join(f"{name}\t{weight}\n" for name, weight in weights.items())
