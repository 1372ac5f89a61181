"""How well an outlet's repeats are found on a press that plants them: articles folded, by kind, and others."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.measuring.counting import repeats_of
from masthead.press import Press
from masthead.validation.presses.grading import Size, archived_presses, keys_of

PLANTED = ("standing", "own", "absent", "repeats")
LEAST_PRECISION, LEAST_RECALL = 0.99, 0.95


@dataclass
class RepeatsGrade:
    """What was folded on presses, in articles.

    folds, rightly: articles that count with another one, and those of them that the press published again as that one
    kinds: by how the press repeats an article, its pages, and those of them that count with another page of it
    apart: by kind of what looks like a repeat and is none, its pages, and those that count with another article
    """

    presses: int = 0
    articles: int = 0
    folds: int = 0
    rightly: int = 0
    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    apart: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    @property
    def precision(self) -> float | None:
        """The share of folded articles that are repeats."""
        return self.rightly / self.folds if self.folds else None

    @property
    def recall(self) -> float | None:
        """The share of repeats that are folded."""
        pages = sum(one["pages"] for one in self.kinds.values())
        return sum(one["found"] for one in self.kinds.values()) / pages if pages else None

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its ratios."""
        return {
            "presses": self.presses,
            "articles": self.articles,
            "folded": self.folds,
            "precision": self.precision,
            "recall": self.recall,
            "kinds": {name: dict(one) for name, one in sorted(self.kinds.items())},
            "apart": {name: dict(one) for name, one in sorted(self.apart.items())},
        }


def grade_repeats(setting: str = "medium", **size: Unpack[Size]) -> RepeatsGrade:
    """Make presses with repeats, live pages and what stands around articles; fold, and compare."""
    total = RepeatsGrade()
    for press, _, archive in archived_presses(setting, mess=PLANTED, stage="repeating", **size):
        _add(total, press, archive)
    return total


def _add(total: RepeatsGrade, press: Press, archive: Archive) -> None:
    key_of = keys_of(archive)
    keys = set(key_of.values())
    pages = {row["key"]: row for row in press.truth().repeats.to_pylist() if row["key"] in keys}
    article = {key: pages[key]["of"] if key in pages and pages[key]["fold"] else key for key in keys}
    groups: dict[str, set[str]] = defaultdict(set)
    for row in repeats_of(archive).table().to_pylist():
        key, first = key_of[row["article_id"]], key_of[row["kept_id"]]
        groups[first].add(key)
        if key != first:
            total.folds += 1
            total.rightly += article[key] == article[first]
    with_others = {key: group for group in groups.values() for key in group}
    for key, row in pages.items():
        others = with_others.get(key, set()) - {key}
        if row["fold"]:
            total.kinds[row["kind"]].update(
                pages=1, found=any(article[other] == row["of"] for other in others)
            )
        else:
            total.apart[row["kind"]].update(pages=1, folded=bool(others))
    total.presses += 1
    total.articles += len(key_of)
