"""How well standing text is marked on a press that plants it: the words that are marked, by kind."""

from __future__ import annotations

import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masthead.archive import Archive
from masthead.links.standing import read_standing
from masthead.press import Press, make

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


def grade_standing(
    *,
    setting: str = "medium",
    presses: int = 3,
    articles: int = 800,
    seed: int = 1,
    progress: Callable[[str, int, int], None] | None = None,
) -> StandingGrade:
    """Make presses with standing text, notices in place of articles and paragraphs that repeat; mark, and compare."""
    total = StandingGrade()
    for number in range(presses):
        if progress:
            progress("presses with standing text", number, presses)
        made = make(seed=seed + number, articles=articles, setting=setting, mess=PLANTED)
        with tempfile.TemporaryDirectory(prefix="masthead-press-", ignore_cleanup_errors=True) as folder:
            _grade_one(total, made, Path(folder))
        total.presses += 1
        total.articles += articles
    if progress:
        progress("presses with standing text", presses, presses)
    return total


def _grade_one(total: StandingGrade, made: Press, folder: Path) -> None:
    source = folder / "press.jsonl"
    made.write(source)
    archive = Archive.create(folder / "press.archive", frame="everything")
    archive.add(source)
    texts: dict[str, dict[str, str]] = {}
    key_of: dict[str, str] = {}
    for part in archive.parts():
        for row in part.read(["article_id", "title", "text", "extra"]).to_pylist():
            key = str(json.loads(row["extra"])["key"])
            key_of[row["article_id"]] = key
            texts[key] = {"title": row["title"], "text": row["text"]}
    truth = made.truth()
    planted: dict[str, Words] = defaultdict(set)
    for row in (*truth.standing.to_pylist(), *truth.twice.to_pylist()):
        if row["key"] in texts:
            planted[row["kind"]] |= _words(texts, row["key"], row["field"], row["start"], row["end"])
    for row in truth.absent.to_pylist():
        if row["key"] in texts:
            planted[row["kind"]] |= _words(texts, row["key"], "text", 0, len(texts[row["key"]]["text"]))
    marked: dict[str, Words] = defaultdict(set)
    for row in read_standing(archive).table().to_pylist():
        marked[row["kind"]] |= _words(
            texts, key_of[row["article_id"]], row["field"], row["start"], row["end"]
        )
    all_planted: Words = set().union(*planted.values())
    all_marked: Words = set().union(*marked.values())
    _count(total.recall, planted, all_marked)
    _count(total.precision, marked, all_planted)
    own: dict[str, Words] = defaultdict(set)
    for row in truth.own.to_pylist():
        if row["key"] in texts:
            own[row["kind"]] |= _words(texts, row["key"], row["field"], row["start"], row["end"])
    _count(total.own, own, all_marked)


def _words(texts: dict[str, dict[str, str]], key: str, where: str, start: int, end: int) -> Words:
    return {(key, where, found.start()) for found in _WORD.finditer(texts[key][where], start, end)}


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
