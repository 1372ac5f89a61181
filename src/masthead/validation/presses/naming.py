"""How well the readers do on presses whose truth is known: mentions, labels and shares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Unpack

from masthead.archive import Archive
from masthead.demo.shares import beside
from masthead.findings.findings import Findings
from masthead.measuring import figures
from masthead.measuring.tables import StudyTables
from masthead.press import Press, Truth
from masthead.study import Study
from masthead.validation.presses.grading import Size, grade_presses, read_measures

Place = tuple[Any, ...]


@dataclass
class NamingGrade:
    """Counts over presses of one setting; `found` and `true` are sets' sizes, `agreed` their overlap's.

    mentions: a subject at a place in an article. labels: a mention and the label family it is given, against
    every label that the press planted on it and did not deny. shares: planted shares of namings, by outlet,
    subject and family, that lie inside the interval of the estimate; error is their mean absolute difference.
    """

    setting: str
    presses: int = 0
    articles: int = 0
    mentions: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    by_kind: dict[str, Counter[str]] = field(default_factory=dict)
    shares: int = 0
    inside: int = 0
    error: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data, with its ratios."""
        return {
            "setting": self.setting,
            "presses": self.presses,
            "articles": self.articles,
            "mentions": ratios(self.mentions),
            "labels": ratios(self.labels),
            "recall_by_kind": {k: c["agreed"] / c["true"] for k, c in sorted(self.by_kind.items())},
            "shares": self.shares,
            "shares_inside": self.inside / self.shares if self.shares else None,
            "mean_absolute_error": self.error / self.shares if self.shares else None,
        }


def ratios(counts: Counter[str]) -> dict[str, float]:
    """Precision, recall and F1 of counts found, true and agreed."""
    both, read, true = counts["agreed"], counts["found"], counts["true"]
    return {
        "precision": both / read if read else 0.0,
        "recall": both / true if true else 0.0,
        "f1": 2 * both / (read + true) if read + true else 0.0,
    }


def grade_naming(setting: str, **size: Unpack[Size]) -> NamingGrade:
    """Make presses, survey them, and compare with what was planted."""
    return grade_presses(NamingGrade(setting), _add, setting, **size)


def _add(total: NamingGrade, press: Press, study: Study, archive: Archive) -> None:
    # Portrayal, which a model reads sentence by sentence, is graded apart.
    study = study.model_copy(update={"measures": ("attention", "naming")})
    tables, archive = read_measures(study, archive)
    findings = Findings(estimates=figures.estimates(tables, study, archive.hash, figures.totals(tables)))
    truth = press.truth()
    for row in beside(findings, truth.naming_shares()):
        total.shares += 1
        total.inside += row.inside
        total.error += abs(row.estimate - row.truth)
    mentions, labels = _read_places(tables)
    true_mentions = {_place(m) for m in truth.mentions.to_pylist()}
    true_labels = dict(_true_labels(truth))
    _count(total.mentions, mentions, true_mentions)
    _count(total.labels, labels, set(true_labels))
    for label, kind in true_labels.items():
        counts = total.by_kind.setdefault(kind, Counter())
        counts["true"] += 1
        counts["agreed"] += label in labels


def _count(counts: Counter[str], read: set[Place], true: set[Place]) -> None:
    counts.update(found=len(read), true=len(true), agreed=len(read & true))


def _place(row: dict[str, Any]) -> Place:
    return (row["outlet"], row["key"], row["subject"], row["field"], row["start"])


def _true_labels(truth: Truth) -> Iterator[tuple[Place, str]]:
    for row in truth.mentions.to_pylist():
        if row["category"] and not row["denied"]:
            yield (*_place(row), row["category"]), row["label_kind"]


def _read_places(tables: StudyTables) -> tuple[set[Place], set[Place]]:
    """The mentions that the readers found, and the label families that they gave them."""
    mentions: set[Place] = set()
    labels: set[Place] = set()
    for *place, category in tables.rows(
        """SELECT a.outlet, json_extract_string(a.extra, '$.key'), r.subject, r.field, r.start, c.category
        FROM readings r JOIN archive_articles a USING (article_id)
        LEFT JOIN label_categories c USING (subject, label)"""
    ):
        mentions.add(tuple(place))
        if category is not None:
            labels.add((*place, category))
    return mentions, labels
