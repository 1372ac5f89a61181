"""How plain baselines fare on a press: what anyone would try first, given every advantage.

Each baseline's one threshold is picked on the press it is graded on, so that its figure is the best that it
can reach. At the hard setting all of them fail by the bars in `BARS`, on articles that a reader can still
tell apart, trace and judge.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from masthead.errors import MastheadError
from masthead.press.lexicon import FAVOURABLE, UNFAVOURABLE
from masthead.press.mess import clean_setting
from masthead.press.press import Press, make
from masthead.press.study_text import aliases_of
from masthead.press.truth import Truth
from masthead.press.world import ROLES

BARS = {"stories": 0.80, "reuse": 0.80, "naming": 0.80, "portrayal": 0.65}
_WORD = re.compile(r"\w+")
_PERMUTATIONS = 64
_SHINGLE = 5


@dataclass(frozen=True)
class Score:
    """One baseline's figure on a press, 0 to 1, and the bar below which the press is hard enough for it."""

    name: str
    figure: str
    value: float
    bar: float

    def to_dict(self) -> dict[str, object]:
        """The score as a mapping."""
        return asdict(self)


def run_baselines(*, seed: int = 1, articles: int = 1500, setting: str = "hard") -> list[Score]:
    """Make a press and grade four plain baselines on it.

    Raises MastheadError where scikit-learn is not installed, UsageError for a setting that is unknown or messy.
    """
    try:
        import sklearn.feature_extraction.text  # noqa: F401  (wanted before the press is made, not after)
    except ImportError:
        raise MastheadError(
            "scikit-learn is not installed", "it, to run the baselines", "run `pip install scikit-learn`"
        ) from None
    press = make(seed=seed, articles=articles, setting=clean_setting(setting))
    rows = list(press.articles())
    truth = press.truth()
    keys = [row["key"] for row in rows]
    texts = [f"{row['title']}\n{row['text']}" for row in rows]
    story_of = dict(zip(*(truth.articles[c].to_pylist() for c in ("key", "story")), strict=True))
    stories = tfidf_stories(texts, [story_of[k] for k in keys])
    reuse = minhash_rand([row["text"] for row in rows], _copy_clusters(truth, keys))
    return [
        Score("TF-IDF clusters, stories", "B-cubed F1", stories, BARS["stories"]),
        Score("MinHash alone, reuse", "adjusted Rand", reuse, BARS["reuse"]),
        Score(
            "three words either side, naming",
            "F1 of labels",
            _window_naming(press, rows, truth),
            BARS["naming"],
        ),
        Score(
            "sentiment lexicon, portrayal",
            "macro F1",
            macro_f1(lexicon_portrayals(rows, truth).values()),
            BARS["portrayal"],
        ),
    ]


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


def b_cubed(found: Sequence[Hashable], true: Sequence[Hashable]) -> float:
    """B³ F1 of one clustering against another (Bagga and Baldwin 1998), 0 to 1."""
    both = Counter(zip(found, true, strict=True))
    size_found, size_true = Counter(found), Counter(true)
    precision = sum(n * n / size_found[f] for (f, _), n in both.items()) / len(found)
    recall = sum(n * n / size_true[t] for (_, t), n in both.items()) / len(found)
    return 2 * precision * recall / (precision + recall)


# Reuse --------------------------------------------------------------------------------------------------


def adjusted_rand(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    """The adjusted Rand index of two clusterings (Hubert and Arabie 1985): 1 where they agree, 0 by chance."""
    both = _pairs(list(zip(one, other, strict=True)))
    first, second = _pairs(one), _pairs(other)
    all_pairs = len(one) * (len(one) - 1) / 2
    expected = first * second / all_pairs if all_pairs else 0.0
    most = (first + second) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _pairs(clusters: Sequence[Hashable]) -> float:
    """How many pairs stand in one cluster."""
    return sum(n * (n - 1) / 2 for n in Counter(clusters).values())


def _copy_clusters(truth: Truth, keys: Sequence[str]) -> list[str]:
    """Each article's cluster: the original that it, or what it copies, was taken from."""
    source = dict(zip(truth.copies["key"].to_pylist(), truth.copies["source_key"].to_pylist(), strict=True))
    roots = []
    for key in keys:
        root = key
        while root in source:
            root = source[root]
        roots.append(root)
    return roots


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
        groups = _connected(len(texts), (pair for pair, value in pairs.items() if value >= threshold))
        best = max(best, adjusted_rand(true, groups))
    return best


def _signature(text: str) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    import zlib

    words = _WORD.findall(text.lower())
    shingles = {" ".join(words[i : i + _SHINGLE]) for i in range(max(1, len(words) - _SHINGLE + 1))}
    hashed = np.fromiter((zlib.crc32(s.encode()) for s in shingles), np.uint64, len(shingles))
    rng = np.random.default_rng(7)
    a = rng.integers(1, 2**31, _PERMUTATIONS, dtype=np.uint64)[:, None]
    b = rng.integers(0, 2**31, _PERMUTATIONS, dtype=np.uint64)[:, None]
    smallest: np.ndarray[tuple[int], np.dtype[np.uint64]] = ((a * hashed + b) % np.uint64(4294967311)).min(
        axis=1
    )
    return smallest


def _connected(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    root = list(range(count))

    def find(i: int) -> int:
        while root[i] != i:
            root[i] = root[root[i]]
            i = root[i]
        return i

    for i, j in pairs:
        root[find(i)] = find(j)
    return [find(i) for i in range(count)]


# Naming -------------------------------------------------------------------------------------------------


def _window_naming(press: Press, rows: Sequence[dict[str, str]], truth: Truth) -> float:
    """Every label word within three words of a name, or in it, is taken for a label of it."""
    aliases = {
        a: cast.id for role, cast in zip(ROLES, press.casts, strict=True) for a in aliases_of(role, cast)
    }
    surnames = {s: cast.id for role, cast in zip(ROLES, press.casts, strict=True) if role.type == "person"
                for s in cast.short}  # fmt: skip
    aliases |= surnames
    scan = re.compile(
        r"\b(" + "|".join(re.escape(a) for a in sorted(aliases, key=len, reverse=True)) + r")\b",
        re.IGNORECASE,
    )
    subject_of = {a.lower(): s for a, s in aliases.items()}
    words = _label_words(press)
    found: set[tuple[str, str, str, int, str]] = set()
    for row in rows:
        for field in ("title", "text"):
            text = row[field]
            tokens = [(m.start(), m.end(), m[0].lower()) for m in _WORD.finditer(text)]
            for hit in scan.finditer(text):
                subject = subject_of[hit[0].lower()]
                before = [t for t in tokens if t[1] <= hit.start()][-3:]
                within = [t for t in tokens if hit.start() <= t[0] < hit.end()]
                after = [t for t in tokens if t[0] >= hit.end()][:3]
                for _, _, token in before + within + after:
                    if token in words[subject]:
                        found.add((row["key"], field, subject, hit.start(), words[subject][token]))
    true = {
        (m["key"], m["field"], m["subject"], m["start"], m["label"])
        for m in truth.mentions.to_pylist()
        if m["label"] and not m["denied"]
    }
    agreed = len(found & true)
    return 2 * agreed / (len(found) + len(true)) if found or true else 0.0


def _label_words(press: Press) -> dict[str, dict[str, str]]:
    """Per subject, every shape of every label word, and its lemma."""
    words: dict[str, dict[str, str]] = defaultdict(dict)
    for role, cast in zip(ROLES, press.casts, strict=True):
        for family in role.families:
            for word in family.words:
                for shape in (word.noun, word.plural, word.modifier):
                    if shape:
                        words[cast.id][shape.lower()] = word.lemma
    return words


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
    told = Counter(signs)
    return sum(_f1(told, sign) for sign in (-1, 0, 1)) / 3


def _sentence_around(text: str, at: int) -> str:
    start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [end for end in (text.find(". ", at), text.find("\n", at)) if end >= 0]
    return text[start : min(ends, default=len(text))]


def _f1(told: Counter[tuple[int, int]], sign: int) -> float:
    hit = told[(sign, sign)]
    true = sum(n for (t, _), n in told.items() if t == sign)
    found = sum(n for (_, f), n in told.items() if f == sign)
    return 2 * hit / (true + found) if true + found else 0.0
