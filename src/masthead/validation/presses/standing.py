"""How well standing text is marked on a press that plants it: the words that are marked, by kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.links.standing import read_standing
from masthead.press import Press
from masthead.study import Study
from masthead.validation.presses.grading import Size, grade_presses, key_of

Words = set[tuple[str, str, int]]
"""Words by the key of their article, the field, and where they begin."""

PLANTED = ("standing", "own", "absent", "twice", "repeats")
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.95

_WORD = re.compile(r"\w+")


@dataclass
class StandingGrade:
    """What was marked on presses, in words.

    recall: by what the press planted, words planted and those of them that are marked
    precision: by what marks say they are, words marked and those of them that the press planted
    own: by kind of what looks like standing text and is the article's own, its words and those that are marked
    """

    presses: int = 0
    articles: int = 0
    recall: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    precision: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    own: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its ratios."""
        return {
            "presses": self.presses,
            "articles": self.articles,
            "precision": _share(self.precision),
            "recall": _share(self.recall),
            "planted": _by_kind(self.recall),
            "marked": _by_kind(self.precision),
            "own": _by_kind(self.own),
        }


def grade_standing(setting: str = "medium", **size: Unpack[Size]) -> StandingGrade:
    """Make presses with standing text, notices in place of articles and paragraphs that repeat; mark, and compare."""
    return grade_presses(StandingGrade(), _add, setting, mess=PLANTED, stage="standing-text", **size)


def _add(total: StandingGrade, press: Press, _: Study, archive: Archive) -> None:
    texts: dict[str, dict[str, str]] = {}
    keys: dict[str, str] = {}
    for part in archive.parts():
        for row in part.read(["article_id", "title", "text", "extra"]).to_pylist():
            key = keys[row["article_id"]] = key_of(row["extra"])
            texts[key] = {"title": row["title"], "text": row["text"]}
    truth = press.truth()
    true_words = _words(texts, [*truth.standing.to_pylist(), *truth.twice.to_pylist()])
    notices = [row for row in truth.absent.to_pylist() if row["key"] in texts]
    whole = [{**row, "field": "text", "start": 0, "end": len(texts[row["key"]]["text"])} for row in notices]
    for kind, words in _words(texts, whole).items():
        true_words[kind] |= words
    marks = [{**row, "key": keys[row["article_id"]]} for row in read_standing(archive).table().to_pylist()]
    marked_words = _words(texts, marks)
    every_mark: Words = set().union(*marked_words.values())
    _count(total.recall, true_words, every_mark)
    _count(total.precision, marked_words, set().union(*true_words.values()))
    _count(total.own, _words(texts, truth.own.to_pylist()), every_mark)


def _words(texts: dict[str, dict[str, str]], spans: list[dict[str, Any]]) -> defaultdict[str, Words]:
    """The words that begin in spans of the texts, by the spans' kind."""
    words: defaultdict[str, Words] = defaultdict(set)
    for span in spans:
        if (key := span["key"]) in texts:
            matches = _WORD.finditer(texts[key][span["field"]], span["start"], span["end"])
            words[span["kind"]] |= {(key, span["field"], match.start()) for match in matches}
    return words


def _count(total: dict[str, Counter[str]], words: dict[str, Words], others: Words) -> None:
    for kind, some in words.items():
        total[kind].update(words=len(some), both=len(some & others))


def _share(counts: dict[str, Counter[str]]) -> float | None:
    words = sum(one["words"] for one in counts.values())
    return sum(one["both"] for one in counts.values()) / words if words else None


def _by_kind(counts: dict[str, Counter[str]]) -> dict[str, dict[str, float]]:
    return {
        kind: {"words": one["words"], "share": one["both"] / one["words"] if one["words"] else 0.0}
        for kind, one in sorted(counts.items())
    }
