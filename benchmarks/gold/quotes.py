"""The attribution reader beside people's marks: whose words were found, how exactly, and to whom they were given.

**Matching.** A text is cut into words. The overlap of two attributions is how many words their contents share,
as a share of the longer one (`longer`, the strict rule that leads) or of the marked one (`marked`, the rule of
the Gender Gap Tracker, Asr et al. 2021, under which words too many cost nothing). Pairs of at least the
threshold are matched one to one, those that share most first. Precision is the share of found attributions
that are matched, recall that of marked ones; F1 is their harmonic mean.

**Kinds.** An attribution is direct where all its words stand in quotation marks, mixed where some do, indirect
where none does. Recall of a kind is over those marked of that kind, precision over those found of it.

**Speakers.** Of the pairs that the strict rule matches at 0.3 and whose source is marked. A speaker is right where
it shares a word with the source. Recall is over all such pairs, precision over those for which a speaker is given.

Intervals are 95% bootstrap intervals over articles. Where several people marked an article, the first is the
gold, and how well the others agree with one another is scored the same way: what a reader can hope for.
"""

from __future__ import annotations

import re
import tempfile
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from pathlib import Path
from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from benchmarks.gold.marked_articles import GoldArticle
from masthead.reading.attribution.marks import Kind, attributions, kind_of
from masthead.reading.attribution.passages import Passage
from masthead.reading.parsing.model import model_hash
from masthead.reading.parsing.parses import Parse, ParseStore
from masthead.reading.parsing.sentences import Span
from masthead.reading.parsing.workers import Workers
from masthead.validation.gold.portrayal import Interval

THRESHOLDS = (0.3, 0.8)
RULES = ("longer", "marked")
KINDS: tuple[Kind, ...] = get_args(Kind)
PARTS: dict[str, tuple[Kind, ...]] = {
    "direct": ("direct",),
    "mixed": ("mixed",),
    "direct and mixed": ("direct", "mixed"),
    "indirect": ("indirect",),
    "all": KINDS,
}
DRAWS = 2000

_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
_AT_ONCE = 100

Words = frozenset[int]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Score:
    """Precision, recall and F1 of one part of the attributions, by one rule, at one threshold."""

    part: str
    rule: str
    threshold: float
    marked: int
    found: int
    precision: Interval
    recall: Interval
    f1: Interval


@dataclass(frozen=True)
class SpeakerScore:
    """How many of the matched attributions with a marked source were given to that source.

    `n` have a marked source, and the reader gives a speaker for `with_speaker` of them.
    """

    part: str
    n: int
    with_speaker: int
    precision: Interval
    recall: Interval


@dataclass(frozen=True)
class Agreement:
    """The mean F1 of two people who marked the same article, over `pairs` of them in `articles`."""

    articles: int
    pairs: int
    f1: dict[str, float]


@dataclass(frozen=True)
class QuotesEvaluation:
    """Everything that a folder of marked articles says about the attribution reader."""

    articles: int
    scores: tuple[Score, ...]
    speakers: tuple[SpeakerScore, ...]
    agreement: Agreement | None
    sentences: int
    sentences_parsed: int

    def as_dict(self) -> dict[str, Any]:
        """Return all of it as plain values, for JSON."""
        return asdict(self)


def evaluate_quotes(
    articles: Sequence[GoldArticle], *, processes: int | None = None, progress: Progress | None = None
) -> QuotesEvaluation:
    """Read every article and score what is found beside what its first coder marked."""
    counts: list[Counter[str]] = []
    sentences: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as folder, Workers(processes) as workers:
        store = ParseStore(Path(folder) / model_hash(), workers)
        for start in range(0, len(articles), _AT_ONCE):
            if progress:
                progress("articles", start, len(articles))
            lot = articles[start : start + _AT_ONCE]
            passages = [Passage(article.text) for article in lot]
            wanted = {u.key: u.mask.text for p in passages for u in p.units if u.mask is not None}
            parses = store.get(wanted)
            sentences["all"] += sum(len(p.units) for p in passages)
            sentences["parsed"] += sum(u.mask is not None for p in passages for u in p.units)
            counts += [_counted(a, p, parses) for a, p in zip(lot, passages, strict=True)]
    if progress:
        progress("articles", len(articles), len(articles))
    scores, speakers = _scores(counts)
    return QuotesEvaluation(
        len(articles), scores, speakers, agreement(articles), sentences["all"], sentences["parsed"]
    )


def match(
    marked: Sequence[Words], found: Sequence[Words], threshold: float, rule: str
) -> list[tuple[int, int]]:
    """Return the pairs (place in `marked`, place in `found`) that match one to one, most overlap first."""
    holding: dict[int, list[int]] = {}
    for at, words in enumerate(found):
        for word in words:
            holding.setdefault(word, []).append(at)
    pairs = []
    for at, words in enumerate(marked):
        for other, shared in Counter(o for word in words for o in holding.get(word, ())).items():
            longest = max(len(words), len(found[other])) if rule == "longer" else len(words)
            if shared / longest >= threshold:
                pairs.append((-shared / longest, -shared, at, other))
    matched: list[tuple[int, int]] = []
    taken: tuple[set[int], set[int]] = (set(), set())
    for _, _, at, other in sorted(pairs):
        if at not in taken[0] and other not in taken[1]:
            taken[0].add(at)
            taken[1].add(other)
            matched.append((at, other))
    return matched


def agreement(articles: Iterable[GoldArticle]) -> Agreement | None:
    """Return how well people agree who marked the same article; None where no two did."""
    shared = [article for article in articles if len(article.coded) > 1]
    if not shared:
        return None
    matched: Counter[str] = Counter()
    marked = pairs = 0
    for article in shared:
        starts = starts_of_words(article.text)
        coders = [[words_of_spans(one.content, starts) for one in by_one] for by_one in article.coded]
        for one, other in combinations(coders, 2):
            pairs += 1
            marked += len(one) + len(other)
            for threshold in THRESHOLDS:
                matched[str(threshold)] += len(match(one, other, threshold, "longer"))
    f1 = {str(t): 2 * matched[str(t)] / marked if marked else float("nan") for t in THRESHOLDS}
    return Agreement(len(shared), pairs, f1)


def starts_of_words(text: str) -> list[int]:
    """Return where the words of a text start."""
    return [word.start() for word in _TOKEN.finditer(text)]


def words_of_spans(spans: Iterable[Span], starts: Sequence[int]) -> Words:
    """Return the places of the words that start in spans; of a span inside a word, that word."""
    held: set[int] = set()
    for start, end in spans:
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        held.update(range(first, last) or range(max(0, bisect_right(starts, start) - 1), last))
    return frozenset(held)


def _counted(article: GoldArticle, passage: Passage, parses: dict[int, Parse]) -> Counter[str]:
    """Count what is marked, found and matched in one article, by kind."""
    starts = starts_of_words(article.text)
    gold = article.coded[0]
    read = attributions(passage, parses)
    marked = [words_of_spans(one.content, starts) for one in gold]
    found = [words_of_spans(one.spans, starts) for one in read]
    kinds = [kind_of(passage, list(one.content)) for one in gold]
    read_kinds = [kind_of(passage, one.spans) for one in read]
    counts: Counter[str] = Counter(f"marked {kind}" for kind in kinds)
    counts.update(f"found {kind}" for kind in read_kinds)
    for rule in RULES:
        for threshold in THRESHOLDS:
            for at, other in match(marked, found, threshold, rule):
                counts[f"marked {kinds[at]} {rule} {threshold}"] += 1
                counts[f"found {read_kinds[other]} {rule} {threshold}"] += 1
    for at, other in match(marked, found, THRESHOLDS[0], RULES[0]):
        if gold[at].source:
            speaker = read[other].speaker
            source = words_of_spans(gold[at].source, starts)
            counts[f"asked {kinds[at]}"] += 1
            counts[f"given {kinds[at]}"] += speaker is not None
            counts[f"right {kinds[at]}"] += speaker is not None and bool(
                words_of_spans([speaker], starts) & source
            )
    return counts


def _scores(counts: Sequence[Counter[str]]) -> tuple[tuple[Score, ...], tuple[SpeakerScore, ...]]:
    names = sorted({name for one in counts for name in one})
    table = np.array([[one[name] for name in names] for one in counts], dtype=np.float64)
    drawn = np.random.default_rng(1).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), DRAWS)
    place = {name: at for at, name in enumerate(names)}
    sums = np.vstack([table.sum(axis=0), drawn @ table])

    def total(what: str, kinds: Iterable[str], rest: str = "") -> npt.NDArray[np.float64]:
        """Return the sum of some counts: of the articles themselves first, then of each draw."""
        wanted = [place[name] for kind in kinds if (name := f"{what} {kind}{rest}") in place]
        found: npt.NDArray[np.float64] = sums[:, wanted].sum(axis=1)
        return found

    scores = []
    for part, kinds in PARTS.items():
        for rule in RULES:
            for threshold in THRESHOLDS:
                rest = f" {rule} {threshold}"
                marked, found = total("marked", kinds), total("found", kinds)
                recall = _share(total("marked", kinds, rest), marked)
                precision = _share(total("found", kinds, rest), found)
                f1 = _share(2 * precision * recall, precision + recall)
                intervals = (_interval(precision), _interval(recall), _interval(f1))
                scores.append(Score(part, rule, threshold, int(marked[0]), int(found[0]), *intervals))
    speakers = []
    for part, kinds in PARTS.items():
        marked, with_speaker, right = (total(what, kinds) for what in ("asked", "given", "right"))
        shares = _interval(_share(right, with_speaker)), _interval(_share(right, marked))
        speakers.append(SpeakerScore(part, int(marked[0]), int(with_speaker[0]), *shares))
    return tuple(scores), tuple(speakers)


def _share(part: npt.NDArray[np.float64], whole: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return np.divide(part, whole, out=np.full_like(whole, np.nan), where=whole > 0)


def _interval(values: npt.NDArray[np.float64]) -> Interval:
    """Return the first value with the middle 95% of the others, the draws."""
    drawn = values[1:][np.isfinite(values[1:])]
    if not len(drawn) or np.isnan(values[0]):
        return Interval(None, None, None)
    low, high = np.quantile(drawn, [0.025, 0.975])
    return Interval.of(values[0], min(low, values[0]), max(high, values[0]))
