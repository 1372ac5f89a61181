"""How well the readers do on presses whose truth is known: mentions, labels, shares, and false alarms."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from masthead.archive import Archive
from masthead.demo.shares import beside
from masthead.findings.findings import Findings
from masthead.measuring import Job, figures
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.press import Press, Truth, make
from masthead.press.mess import clean_setting
from masthead.study import Study, load_study

Place = tuple[Any, ...]
Progress = Callable[[str, int, int], None]


@dataclass
class Grade:
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
    agreed, found, true = counts["agreed"], counts["found"], counts["true"]
    return {
        "precision": agreed / found if found else 0.0,
        "recall": agreed / true if true else 0.0,
        "f1": 2 * agreed / (found + true) if found + true else 0.0,
    }


def grade(
    setting: str,
    *,
    presses: int = 3,
    articles: int = 800,
    seed: int = 1,
    progress: Progress | None = None,
) -> Grade:
    """Make `presses` presses of `articles` articles each, survey them, and compare with what was planted."""
    total = Grade(setting)
    for made, study, archive in made_presses(setting, presses, articles, seed, progress):
        _grade_one(total, made, study, archive)
        total.presses += 1
        total.articles += articles
    return total


def made_presses(
    setting: str,
    presses: int,
    articles: int,
    seed: int,
    progress: Progress | None,
    *,
    plant: frozenset[str] | None = None,
    called: str | None = None,
) -> Iterator[tuple[Press, Study, Archive]]:
    """Yield presses of seeds from `seed` on, each with its study and an archive that is gone when the next comes.

    `plant` is what is planted in them, as `press.make` has it. Progress is told of the presses as they are `called`, or
    else by their setting. Raises UsageError for the messy one.
    """
    setting = clean_setting(setting)
    stage = f"{called or setting} presses"
    for number in range(presses):
        if progress:
            progress(stage, number, presses)
        made = make(seed=seed + number, articles=articles, setting=setting, plant=plant)
        with graded_archive(made) as (study, archive):
            yield made, study, archive
    if progress:
        progress(stage, presses, presses)


@contextmanager
def graded_archive(made: Press) -> Iterator[tuple[Study, Archive]]:
    """Give a press's study and an archive of its articles, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="masthead-press-", ignore_cleanup_errors=True) as folder:
        yield added(made, Path(folder))


def _grade_one(total: Grade, made: Press, study: Study, archive: Archive) -> None:
    # Portrayal, which a model reads sentence by sentence, is graded apart.
    archive = counted(archive, study)
    built = loaded(Job(study, archive, wire=False), ("attention", "naming"))
    findings = Findings(estimates=figures.estimates(built, study, archive.hash, figures.totals(built)))
    truth = made.truth()
    for row in beside(findings, truth.naming_shares()):
        total.shares += 1
        total.inside += row.inside
        total.error += abs(row.found - row.planted)
    mentions, labels = _found(built)
    true_mentions = {_place(m) for m in truth.mentions.to_pylist()}
    planted = dict(_planted(truth))
    _count(total.mentions, mentions, true_mentions)
    _count(total.labels, labels, set(planted))
    for label, kind in planted.items():
        counts = total.by_kind.setdefault(kind, Counter())
        counts["true"] += 1
        counts["agreed"] += label in labels


def added(made: Press, folder: Path) -> tuple[Study, Archive]:
    """Write a press and its study to a folder and add it to an archive there."""
    source = folder / "press.jsonl"
    made.write(source)
    (folder / "study.toml").write_text(made.study("press.archive"), encoding="utf-8")
    archive = Archive.create(folder / "press.archive", frame="everything")
    archive.add(source)
    return load_study(folder / "study.toml"), archive


def _count(counts: Counter[str], found: set[Place], true: set[Place]) -> None:
    counts.update(found=len(found), true=len(true), agreed=len(found & true))


def _place(row: dict[str, Any]) -> Place:
    return (row["outlet"], row["key"], row["subject"], row["field"], row["start"])


def _planted(truth: Truth) -> Iterator[tuple[Place, str]]:
    for row in truth.mentions.to_pylist():
        if row["category"] and not row["denied"]:
            yield (*_place(row), row["category"]), row["label_kind"]


def _found(built: StudyTables) -> tuple[set[Place], set[Place]]:
    """The mentions that the readers found, and the label families that they gave them."""
    mentions: set[Place] = set()
    labels: set[Place] = set()
    for *place, category in built.rows(
        """SELECT a.outlet, json_extract_string(a.extra, '$.key'), r.subject, r.field, r.start, c.category
        FROM readings r JOIN archive_articles a USING (article_id)
        LEFT JOIN label_categories c USING (subject, label)"""
    ):
        mentions.add(tuple(place))
        if category is not None:
            labels.add((*place, category))
    return mentions, labels
