"""How far the mess of the world moves the figures: surveys of messy presses beside those of the clean ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from masthead.demo.portrayal import portrayals_beside
from masthead.demo.shares import FEWEST, beside
from masthead.findings.findings import Findings
from masthead.press import MESS, Truth, make
from masthead.press.mess import MESSY, chosen
from masthead.surveying import survey
from masthead.validation.presses.grading import Progress, graded_archive

CLEAN, ALL = "clean", "messy"
FIGURES = ("attention", "naming", "portrayal")


@dataclass
class Held:
    """Figures of one measure beside what the clean articles say: how many should be told, are told, and hold it.

    `inside` are those whose interval holds it. `error` is the sum of the differences, either way; `bias` with signs.
    """

    cells: int = 0
    told: int = 0
    inside: int = 0
    error: float = 0.0
    bias: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain data, as ratios; of all cells are those inside, and of those that are told the rest."""
        return {
            "cells": self.cells,
            "told": self.told,
            "inside": self.inside / self.cells if self.cells else None,
            "mean_absolute_error": self.error / self.told if self.told else None,
            "bias": self.bias / self.told if self.told else None,
        }


@dataclass
class MessGrade:
    """What surveys found of presses in one mess: `clean`, `messy` (all of it), or one group or kind of it alone."""

    mess: str
    presses: int = 0
    articles: int = 0
    figures: dict[str, Held] = field(default_factory=lambda: {name: Held() for name in FIGURES})

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        told = {name: held.as_dict() for name, held in self.figures.items()}
        return {"mess": self.mess, "presses": self.presses, "articles": self.articles, **told}


def grade_mess(
    *,
    presses: int = 3,
    articles: int = 800,
    seed: int = 1,
    alone: Collection[str] = (),
    progress: Progress | None = None,
) -> list[MessGrade]:
    """Survey presses clean and messy, and compare both with what the clean articles say.

    Groups and kinds of mess named in `alone` are also planted each alone, to tell which moves what. Raises UsageError
    for a name that is neither.
    """
    chosen(alone)
    mess: dict[str, Collection[str]] = {CLEAN: (), ALL: MESS, **{name: (name,) for name in alone}}
    grades = {name: MessGrade(name) for name in mess}
    for number in range(presses):
        truth = make(seed=seed + number, articles=articles, setting=MESSY, mess=()).truth()
        for at, (name, planted) in enumerate(mess.items()):
            if progress:
                progress("messy presses", number * len(mess) + at, presses * len(mess))
            _grade_one(grades[name], truth, planted, articles, seed + number)
    if progress:
        progress("messy presses", presses * len(mess), presses * len(mess))
    return list(grades.values())


def _grade_one(
    total: MessGrade,
    truth: Truth,
    mess: Collection[str],
    articles: int,
    seed: int,
) -> None:
    with graded_archive(make(seed=seed, articles=articles, setting=MESSY, mess=mess)) as (study, archive):
        asked = study.model_copy(update={"measures": FIGURES})
        findings = survey(asked, archive)
    for name, cells in _planted(truth).items():
        total.figures[name].cells += cells
    for name, planted, found, low, high in _found(findings, truth):
        held = total.figures[name]
        held.told += 1
        held.inside += low - 1e-9 <= planted <= high + 1e-9
        held.error += abs(found - planted)
        held.bias += found - planted
    total.presses += 1
    total.articles += articles


def _planted(truth: Truth) -> dict[str, int]:
    """How many figures of each measure can be compared."""
    return {
        "attention": len(_attention(truth)),
        "naming": sum(row["namings"] >= FEWEST for row in truth.naming_shares().to_pylist()),
        "portrayal": sum(row["mentions"] >= FEWEST for row in truth.portrayal_means().to_pylist()),
    }


def _found(findings: Findings, truth: Truth) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield measure, what was planted, the estimate and its interval of every figure that can be compared."""
    attention = _attention(truth)
    for row in findings.of_wire("with").estimates.to_pylist():
        cell = (row["outlet"], row["subject"])
        if row["measure"] == "attention" and row["period_start"] is None and row["estimate"] is not None:
            planted = attention.get(cell)
            if planted is not None:
                yield "attention", planted, row["estimate"], row["conf_low"], row["conf_high"]
    for share in beside(findings, truth.naming_shares()):
        yield "naming", share.planted, share.found, share.conf_low, share.conf_high
    for mean in portrayals_beside(findings, truth.portrayal_means()):
        yield "portrayal", mean.planted, mean.found, mean.conf_low, mean.conf_high


def _attention(truth: Truth) -> dict[tuple[str, str], float]:
    """The share of an outlet's articles that mention a subject, of outlets with as many articles as can be compared."""
    articles: dict[str, int] = {}
    for outlet in truth.articles["outlet"].to_pylist():
        articles[outlet] = articles.get(outlet, 0) + 1
    naming: dict[tuple[str, str], set[str]] = {
        (outlet, subject): set()
        for outlet in articles
        for subject in truth.attention["subject"].unique().to_pylist()
    }
    rows = truth.mentions.select(["outlet", "subject", "key"]).to_pylist()
    for row in rows:
        naming[row["outlet"], row["subject"]].add(row["key"])
    return {
        cell: len(keys) / articles[cell[0]] for cell, keys in naming.items() if articles[cell[0]] >= FEWEST
    }
