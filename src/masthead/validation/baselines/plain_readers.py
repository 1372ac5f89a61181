"""Plain baselines, which readers are held against on a press: what anyone would try first, given every advantage.

Each baseline's one threshold is picked on the press it is graded on, so that its figure is the best that it can reach.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

import numpy as np

from masthead.press.truth import Truth
from masthead.validation.baselines.lexicon import FAVOURABLE, UNFAVOURABLE

_WORD = re.compile(r"\w+")
_PERMUTATIONS = 64
_SHINGLE = 5


# Stories ------------------------------------------------------------------------------------------------


def tfidf_stories(texts: Sequence[str], stories: Sequence[str]) -> float:
    """B³ F1 of average linkage over TF-IDF cosines, at the best of many cuts. Needs scikit-learn."""
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform
    from sklearn.feature_extraction.text import TfidfVectorizer

    matrix = TfidfVectorizer(sublinear_tf=True, stop_words="english", min_df=2).fit_transform(texts)
    distance = np.clip(1.0 - (matrix @ matrix.T).toarray(), 0.0, 2.0)
    np.fill_diagonal(distance, 0.0)
    tree = linkage(squareform(distance, checks=False), "average")
    cuts = np.arange(0.2, 0.99, 0.02)
    return max(b_cubed(fcluster(tree, cut, "distance").tolist(), stories) for cut in cuts)


def b_cubed(groups: Sequence[Hashable], true: Sequence[Hashable]) -> float:
    """B³ F1 of one clustering against another (Bagga and Baldwin 1998), 0 to 1."""
    both = Counter(zip(groups, true, strict=True))
    size, true_size = Counter(groups), Counter(true)
    precision = sum(n * n / size[g] for (g, _), n in both.items()) / len(groups)
    recall = sum(n * n / true_size[t] for (_, t), n in both.items()) / len(groups)
    return 2 * precision * recall / (precision + recall)


# Reuse --------------------------------------------------------------------------------------------------


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The adjusted Rand index of two clusterings (Hubert and Arabie 1985): 1 where they agree, 0 by chance."""
    both = pairs_in(list(zip(one, other, strict=True)))
    first, second = pairs_in(one), pairs_in(other)
    all_pairs = len(one) * (len(one) - 1) / 2
    by_chance = first * second / all_pairs if all_pairs else 0.0
    most = (first + second) / 2
    return 1.0 if most == by_chance else (both - by_chance) / (most - by_chance)


def pairs_in(clusters: Iterable[Hashable]) -> float:
    """How many pairs stand in one cluster."""
    return sum(n * (n - 1) / 2 for n in Counter(clusters).values())


def minhash_rand(texts: Sequence[str], true: Sequence[Hashable]) -> float:
    """The adjusted Rand index of articles connected where their MinHash signatures agree, at the best of many
    thresholds."""
    signatures = np.stack([_signature(text) for text in texts])
    pairs: dict[tuple[int, int], float] = {}
    for i in range(len(texts) - 1):
        alike = (signatures[i + 1 :] == signatures[i]).mean(axis=1)
        for j in np.flatnonzero(alike >= 0.05):
            pairs[(i, i + 1 + int(j))] = float(alike[j])
    best = 0.0
    for threshold in np.arange(0.05, 0.95, 0.05):
        groups = _components(len(texts), (pair for pair, value in pairs.items() if value >= threshold))
        best = max(best, adjusted_rand(true, groups))
    return best


def _signature(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    import zlib

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    hashes = np.fromiter((zlib.crc32(s.encode()) for s in shingles), np.uint64, len(shingles))
    rng = np.random.default_rng(7)
    a = rng.integers(1, 2**31, _PERMUTATIONS, dtype=np.uint64)[:, None]
    b = rng.integers(0, 2**31, _PERMUTATIONS, dtype=np.uint64)[:, None]
    smallest: np.ndarray[tuple[int], np.dtype[np.uint64]] = ((a * hashes + b) % np.uint64(4294967311)).min(
        axis=1
    )
    return smallest


def _components(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        root[find(i)] = find(j)
    return [find(i) for i in range(count)]


# Portrayal ----------------------------------------------------------------------------------------------


def lexicon_portrayals(
    rows: Iterable[dict[str, str]], truth: Truth
) -> dict[tuple[str, str, int], tuple[int, int]]:
    """Guess each mention's portrayal by the sign of good words less bad words in its sentence.

    Returns, by the article's key, the field and the mention's start, the planted sign and the guess.
    """
    texts = {row["key"]: row for row in rows}
    signs: dict[tuple[str, str, int], tuple[int, int]] = {}
    for mention in truth.mentions.to_pylist():
        place = (mention["key"], mention["field"], mention["start"])
        sentence = _sentence_around(texts[mention["key"]][mention["field"]], mention["start"])
        words = _WORD.findall(sentence.lower())
        score = sum((w in FAVOURABLE) - (w in UNFAVOURABLE) for w in words)
        signs.setdefault(place, (mention["portrayal"], (score > 0) - (score < 0)))
    return signs


def macro_f1(signs: Iterable[tuple[int, int]]) -> float:
    """F1 of (true, guessed) signs, the mean over −1, 0 and 1; 0 to 1."""
    counts = Counter(signs)
    return sum(_f1(counts, sign) for sign in (-1, 0, 1)) / 3


def _sentence_around(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find(". ", at), text.find("\n", at)) if end >= 0]
    return text[start : min(ends, default=len(text))]


def _f1(counts: Counter[tuple[int, int]], sign: int) -> float:
    true = sum(n for (t, _), n in counts.items() if t == sign)
    guesses = sum(n for (_, g), n in counts.items() if g == sign)
    return 2 * counts[(sign, sign)] / (true + guesses) if true + guesses else 0.0
