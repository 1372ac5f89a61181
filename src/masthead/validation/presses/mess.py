"""How far the mess of the world moves the figures: surveys of messy presses beside those of the clean ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from masthead.demo.portrayal import portrayals_beside
from masthead.demo.shares import FEWEST, beside
from masthead.findings.findings import Findings
from masthead.press import MESS, Press, Truth, make
from masthead.press.mess import MESSY, kinds_of
from masthead.surveying import survey
from masthead.validation.presses.grading import archive_of
from masthead.validation.progress import Progress, in_turn

CLEAN, ALL = "clean", "messy"
FIGURES = ("attention", "naming", "portrayal")


@dataclass
class Cells:
    """Figures of one measure beside what the clean articles say: how many there could be, there are, and hold it.

    `inside` are those whose interval holds it. `error` is the sum of the differences, either way; `bias` with signs.
    """

    cells: int = 0
    estimates: int = 0
    inside: int = 0
    error: float = 0.0
    bias: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The figures as plain data, as ratios; of all cells are those inside, and of those that are told the rest."""
        return {
            "cells": self.cells,
            "told": self.estimates,
            "inside": self.inside / self.cells if self.cells else None,
            "mean_absolute_error": self.error / self.estimates if self.estimates else None,
            "bias": self.bias / self.estimates if self.estimates else None,
        }


@dataclass
class MessGrade:
    """What surveys found of presses in one mess: `clean`, `messy` (all of it), or one group or kind of it alone."""

    mess: str
    presses: int = 0
    articles: int = 0
    figures: dict[str, Cells] = field(default_factory=lambda: {name: Cells() for name in FIGURES})

    def as_dict(self) -> dict[str, Any]:
        """The grade as plain data."""
        figures = {name: cells.as_dict() for name, cells in self.figures.items()}
        return {"mess": self.mess, "presses": self.presses, "articles": self.articles, **figures}


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
    kinds_of(alone)
    mess: dict[str, Collection[str]] = {CLEAN: (), ALL: MESS, **{name: (name,) for name in alone}}
    grades = {name: MessGrade(name) for name in mess}
    for number in in_turn(range(seed, seed + presses), "messy presses", progress):
        truth = make(seed=number, articles=articles, setting=MESSY, mess=()).truth()
        for name, planted_mess in mess.items():
            press = make(seed=number, articles=articles, setting=MESSY, mess=planted_mess)
            _add(grades[name], press, truth)
    return list(grades.values())


def _add(total: MessGrade, press: Press, truth: Truth) -> None:
    with archive_of(press) as (study, archive):
        findings = survey(study.model_copy(update={"measures": FIGURES}), archive)
    for name, cells in _cell_counts(truth).items():
        total.figures[name].cells += cells
    for name, true_value, estimate, low, high in _estimates(findings, truth):
        figures = total.figures[name]
        figures.estimates += 1
        figures.inside += low - 1e-9 <= true_value <= high + 1e-9
        figures.error += abs(estimate - true_value)
        figures.bias += estimate - true_value
    total.presses += 1
    total.articles += press.size


def _cell_counts(truth: Truth) -> dict[str, int]:
    """How many figures of each measure can be compared."""
    return {
        "attention": len(_attention(truth)),
        "naming": sum(row["namings"] >= FEWEST for row in truth.naming_shares().to_pylist()),
        "portrayal": sum(row["mentions"] >= FEWEST for row in truth.portrayal_means().to_pylist()),
    }


def _estimates(findings: Findings, truth: Truth) -> Iterator[tuple[str, float, float, float, float]]:
    """Yield measure, what was planted, the estimate and its interval of every figure that can be compared."""
    attention = _attention(truth)
    for row in findings.of_wire("with").estimates.to_pylist():
        cell = (row["outlet"], row["subject"])
        if row["measure"] == "attention" and row["period_start"] is None and row["estimate"] is not None:
            share_of_articles = attention.get(cell)
            if share_of_articles is not None:
                yield "attention", share_of_articles, row["estimate"], row["conf_low"], row["conf_high"]
    for share in beside(findings, truth.naming_shares()):
        yield "naming", share.truth, share.estimate, share.conf_low, share.conf_high
    for mean in portrayals_beside(findings, truth.portrayal_means()):
        yield "portrayal", mean.truth, mean.estimate, mean.conf_low, mean.conf_high


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
