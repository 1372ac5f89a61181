"""The readers of names and of attributions beside mentions and attributions that the makers coded by hand, twice.

The codes and the codebook stand in `coded/`. They are the makers' own: what they show is how well a reader agrees with
two careful readings by one codebook, and nothing of what other people would say.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, NamedTuple, TypedDict

import pyarrow.parquet as pq

from benchmarks.gold.rates import Rate
from masthead.archive import Archive
from masthead.reading import read
from masthead.reading.attribution import read_quotes
from masthead.study import Study
from masthead.validation.golden import SURVEYS, Sources

CODED = Path(__file__).with_name("coded")

Report = Callable[[str, int, int], None]
Answer = Literal["yes", "no", "unclear"]


Half = Literal["mended on", "held out"]
HALVES: tuple[Half, Half] = ("mended on", "held out")
"""The items of half the articles, by hash, may be looked at when a reader is mended; those of the others may not."""


class Span(NamedTuple):
    """Code points [start, end) of a field."""

    start: int
    end: int

    def meets(self, others: Iterable[Span]) -> bool:
        """Whether it shares a character with one of them."""
        return any(self.start < other.end and other.start < self.end for other in others)


class MentionRound(TypedDict):
    """What one round says of a mention: whether it means the subject, its labels, and words that count neither way."""

    refers: Answer
    labels: list[tuple[int, int]]
    may: list[tuple[int, int]]


class MentionItem(TypedDict):
    """A mention, as it was drawn, and its codes."""

    corpus: str
    article_id: str
    field: str
    start: int
    end: int
    subject: str
    rounds: tuple[MentionRound, MentionRound]


class AttributionRound(TypedDict):
    """What one round says of an attribution: whether it is one, and whose."""

    said: Answer
    speaker: str | None


class AttributionItem(TypedDict):
    """An attribution, as it was drawn (its pieces are code points), and its codes."""

    corpus: str
    article_id: str
    field: str
    pieces: list[tuple[int, int]]
    rounds: tuple[AttributionRound, AttributionRound]


@dataclass(frozen=True)
class MentionScores:
    """How the naming reader agrees with the codes of one corpus.

    `precision`: labels that the reader gives which are the mention's; `recall`: labels of mentions that it gives;
    `referents`: mentions that it takes for the subject's, or not, as coded. `missing` are items whose article or
    mention is not there any more. `mistakes` are places of the half that rules may be mended on.
    """

    corpus: str
    half: Half
    mentions: int
    missing: int
    precision: Rate
    recall: Rate
    referents: Rate
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class AttributionScores:
    """How the attribution reader agrees with the codes.

    `precision`: what it takes for said that is; `speakers`: whose, of those; `named`: whose, where it gives a speaker.
    `still_read`: of what was drawn and is said by somebody, what it reads today.
    """

    half: Half
    attributions: int
    still_read: Rate
    precision: Rate
    speakers: Rate
    named: Rate
    mistakes: tuple[str, ...]


@dataclass(frozen=True)
class Agreement:
    """How often the two rounds agree: on referents, on labels (F1 of the words), on what is said, on speakers."""

    referents: Rate
    label_words: float
    said: Rate
    speakers: Rate


def mention_items() -> list[MentionItem]:
    """Return the coded mentions."""
    return [json.loads(line) for line in (CODED / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]


def attribution_items() -> list[AttributionItem]:
    """Return the coded attributions."""
    lines = (CODED / "attributions.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def agreement() -> Agreement:
    """Compare the two rounds."""
    mentions, attributions = mention_items(), attribution_items()
    both = total = 0
    for item in mentions:
        one, other = ({*map(tuple, codes["labels"])} for codes in item["rounds"])
        both += len(one & other)
        total += len(one) + len(other)
    speech = [
        item["rounds"] for item in attributions if {codes["said"] for codes in item["rounds"]} == {"yes"}
    ]
    return Agreement(
        Rate.of_all(one["refers"] == other["refers"] for one, other in (item["rounds"] for item in mentions)),
        2 * both / total,
        Rate.of_all(one["said"] == other["said"] for one, other in (item["rounds"] for item in attributions)),
        Rate.of_all(same_speaker(one["speaker"], other["speaker"]) for one, other in speech),
    )


def coded_archive(corpus: str, folder: Path, sources: Sources) -> tuple[Archive, Study]:
    """Make the archive of a corpus in a folder, and return it with its study."""
    archive, studies = SURVEYS[corpus].inputs(folder, sources)
    return archive, studies[0]


def half_of(article_id: str) -> Half:
    """Return the half that an article's items belong to."""
    return HALVES[int(article_id[-1], 16) % 2]


def score_mentions(
    corpus: str,
    half: Half,
    archive: Archive,
    study: Study,
    *,
    processes: int | None = None,
    progress: Report | None = None,
) -> MentionScores:
    """Score the naming reader on the coded mentions of half a corpus.

    A label on which the rounds differ, or that they call doubtful, counts neither way; so does a mention of which they
    cannot say, or say differently, whom it means.
    """
    labels: defaultdict[tuple[str, str, int, int, str], list[Span]] = defaultdict(list)
    taken: dict[tuple[str, str, int, int, str], bool] = {}
    for path in read(archive, study, processes=processes, progress=progress).paths:
        for row in pq.read_table(path).to_pylist():
            key = (row["article_id"], row["field"], row["start"], row["end"], row["subject"])
            taken[key] = row["refers"]
            if row["label"] is not None and row["refers"]:
                labels[key].append(Span(row["label_start"], row["label_end"]))
    right: list[bool] = []
    given: list[bool] = []
    referents: list[bool] = []
    mistakes: list[str] = []
    items = [i for i in mention_items() if i["corpus"] == corpus and half_of(i["article_id"]) == half]
    missing = 0
    for item in items:
        key = (item["article_id"], item["field"], item["start"], item["end"], item["subject"])
        if key not in taken:
            missing += 1
            continue
        answers = {codes["refers"] for codes in item["rounds"]}
        if len(answers) > 1 or answers == {"unclear"}:
            continue
        means_subject = answers == {"yes"}
        referents.append(taken[key] == means_subject)
        sure = _common(codes["labels"] for codes in item["rounds"]) if means_subject else []
        spans = [Span(*span) for codes in item["rounds"] for span in (*codes["labels"], *codes["may"])]
        doubtful = [span for span in spans if not span.meets(sure)]
        for label in labels[key]:
            if label.meets(sure) or not label.meets(doubtful):
                right.append(label.meets(sure))
                if not right[-1]:
                    mistakes.append(
                        _place(item, label, "a label of none" if means_subject else "not the subject")
                    )
        for label in sure:
            given.append(label.meets(labels[key]))
            if not given[-1]:
                mistakes.append(_place(item, label, "a label not read"))
    return MentionScores(
        corpus,
        half,
        len(items),
        missing,
        Rate.of_all(right),
        Rate.of_all(given),
        Rate.of_all(referents),
        tuple(mistakes) if half == HALVES[0] else (),
    )


def score_attributions(
    half: Half,
    archive: Archive,
    study: Study,
    *,
    processes: int | None = None,
    progress: Report | None = None,
) -> AttributionScores:
    """Score the attribution reader on half the coded attributions.

    Drawn were attributions that the reader made on the day of the draw: nothing is said of those that it missed then.
    """
    spans: defaultdict[tuple[str, str], list[tuple[Span, str | None, str | None]]] = defaultdict(list)
    for path in read_quotes(archive, study, processes=processes, progress=progress).paths:
        for row in pq.read_table(path).to_pylist():
            at = Span(row["start"], row["end"])
            spans[row["article_id"], row["field"]].append((at, row["speaker"], row["speaker_text"]))
    speech: list[bool] = []
    right: list[bool] = []
    named: list[bool] = []
    mistakes: list[str] = []
    items = [item for item in attribution_items() if half_of(item["article_id"]) == half]
    still_read: list[bool] = []
    for item in items:
        pieces = [Span(*piece) for piece in item["pieces"]]
        here = [one for one in spans[item["article_id"], item["field"]] if one[0].meets(pieces)]
        answers = {codes["said"] for codes in item["rounds"]}
        if len(answers) > 1 or answers == {"unclear"}:
            continue
        if answers == {"yes"}:
            still_read.append(bool(here))
        if not here:
            continue
        speech.append(answers == {"yes"})
        if not speech[-1]:
            mistakes.append(f"{item['article_id']} {item['field']} {pieces[0].start}: said by nobody")
            continue
        one, other = (codes["speaker"] for codes in item["rounds"])
        if not same_speaker(one, other):
            continue
        first = pieces[0]
        _, speaker, words = max(
            here, key=lambda piece: min(piece[0].end, first.end) - max(piece[0].start, first.start)
        )
        agrees = any(same_speaker(name, code) for name in {speaker, words} for code in (one, other))
        right.append(agrees)
        if speaker is not None or words is not None:
            named.append(agrees)
        if not agrees:
            mistakes.append(
                f"{item['article_id']} {item['field']} {pieces[0].start}: {words or speaker} for {one}"
            )
    return AttributionScores(
        half,
        len(items),
        Rate.of_all(still_read),
        Rate.of_all(speech),
        Rate.of_all(right),
        Rate.of_all(named),
        tuple(mistakes) if half == HALVES[0] else (),
    )


def same_speaker(one: str | None, other: str | None) -> bool:
    """Whether two names are of one speaker: alike, or the one within the other, whatever stands before them.

    >>> same_speaker("the Syrian Observatory", "Syrian Observatory for Human Rights")
    True
    >>> same_speaker("Bashar al-Assad", "Walid al-Moallem")
    False
    >>> same_speaker(None, None)
    True
    """
    if one is None or other is None:
        return one is other
    first, second = _bare(one), _bare(other)
    return bool(first and second) and (set(first) <= set(second) or set(second) <= set(first))


_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"the", "a", "an", "of", "for", "s", "mr", "mrs", "ms", "his", "her", "its", "their"})


def _bare(name: str) -> list[str]:
    return [word for word in _WORD.findall(name.casefold()) if word not in _EMPTY]


def _common(rounds: Iterable[Sequence[tuple[int, int]]]) -> list[Span]:
    counts = Counter(Span(*span) for labels in rounds for span in labels)
    return [span for span, n in counts.items() if n == 2]


def _place(item: MentionItem, label: Span, what: str) -> str:
    return f"{item['article_id']} {item['field']} {item['start']} ({item['subject']}), {label.start}: {what}"
