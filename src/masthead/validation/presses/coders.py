"""How often corrected figures hold what was planted, where simulated coders who err and disagree code a press."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from typing import Unpack

import numpy as np

from masthead.archive import Archive
from masthead.demo.coders import coders_of, planted_codes
from masthead.inference.agreement import alpha
from masthead.inference.calibration import Cell, calibrate_many
from masthead.inference.intervals import SignedMeans, Sums, divide, totals
from masthead.measuring.coded.table import coded_table
from masthead.measuring.coded.units import CodedUnits, Part
from masthead.press import Press
from masthead.press.truth import PLANTED_PORTRAYALS
from masthead.study import Study
from masthead.validation.presses.grading import Size, grade_presses, read_measures

_LEAST_UNITS = 1.5
"""Cells are coded that have so many times as many mentions as are coded."""


@dataclass(frozen=True)
class CodedCell:
    """An outlet's portrayal of a subject: what was planted, and how often intervals of `draws` codings held it.

    `by_model`: whether the model's own interval does. `width`: that of a corrected interval over that of the same codes
    without the model. `error` is the mean distance of a corrected figure from what was planted, `model_error` that of
    the model's.
    """

    outlet: str
    subject: str
    mentions: int
    planted_mean: float
    draws: int
    coverage: float
    alone: float
    by_model: bool
    width: float
    error: float
    model_error: float
    rho: float


@dataclass
class CodersGrade:
    """Corrected figures on presses of one setting."""

    setting: str
    codings: int
    presses: int = 0
    articles: int = 0
    cells: list[CodedCell] = field(default_factory=list)
    alphas: list[float] = field(default_factory=list)

    def mean(self, name: str) -> float:
        """Return the mean of a column of the cells; NaN where there are none."""
        return float(np.mean([getattr(cell, name) for cell in self.cells])) if self.cells else float("nan")

    def as_dict(self) -> dict[str, object]:
        """The grade as plain data."""
        names = ("coverage", "alone", "by_model", "width", "error", "model_error", "rho")
        return {
            **{name: getattr(self, name) for name in ("setting", "codings", "presses", "articles")},
            **{name: self.mean(name) for name in names},
            "alpha": float(np.mean(self.alphas)) if self.alphas else None,
            "cells": [asdict(cell) for cell in self.cells],
        }


def grade_coders(setting: str, *, codings: int = 60, draws: int = 50, **size: Unpack[Size]) -> CodersGrade:
    """Make presses, have simulated coders code every large cell many times over, and count what intervals hold."""
    return grade_presses(CodersGrade(setting, codings), partial(_add, draws=draws), setting, **size)


def _add(total: CodersGrade, press: Press, study: Study, archive: Archive, *, draws: int) -> None:
    study = study.model_copy(update={"measures": (PLANTED_PORTRAYALS,)})
    tables, archive = read_measures(study, archive)
    units = CodedUnits(coded_table(tables, {PLANTED_PORTRAYALS: planted_codes(tables, press.truth())}))
    planted_mean = {
        (row["outlet"], row["subject"]): row["mean"]
        for row in press.truth().portrayal_means("all").to_pylist()
    }
    dice = np.random.default_rng([press.size, total.presses])
    for measure, outlet, subject, category in units.cells:
        if measure != PLANTED_PORTRAYALS or subject is None:
            continue
        rows = units.rows(Part(measure, (outlet,), subject, category, "all", "with"))
        cell = units.cell(rows)
        if len(rows) < _LEAST_UNITS * total.codings or (outlet, subject) not in planted_mean:
            continue
        coded_cells, agreements = zip(*_codings(cell, total.codings, draws, dice), strict=True)
        total.alphas += [one for one in agreements if not np.isnan(one)]
        total.cells.append(_count(outlet, subject, cell, planted_mean[outlet, subject], list(coded_cells)))
    tables.connection.close()


def _codings(cell: Cell, n: int, draws: int, dice: np.random.Generator) -> Iterator[tuple[Cell, float]]:
    """Yield the cell as two coders coded so many of its units and a third settled them, with the two's agreement."""
    size = len(cell.article)
    for _ in range(draws):
        coded_cells = np.zeros(size, np.bool_)
        coded_cells[dice.choice(size, n, replace=False)] = True
        coders = coders_of(cell.value_x, dice)
        chance = np.full(size, n / size)
        both = np.column_stack([coders.first, coders.second])[coded_cells & (cell.value_y > 0)]
        agreement = alpha(both, metric="interval").alpha
        yield (
            replace(
                cell,
                is_coded=coded_cells,
                chance=chance,
                value_x=np.where(cell.value_y > 0, coders.settled_codes, 0.0),
            ),
            agreement,
        )


def _count(outlet: str, subject: str, cell: Cell, planted_mean: float, coded_cells: list[Cell]) -> CodedCell:
    alpha_of = np.full(len(coded_cells), 0.05)
    figures = calibrate_many(coded_cells, signed=True)
    (low, high), (low_alone, high_alone) = figures.family.bounds(alpha_of), figures.alone.bounds(alpha_of)
    articles = np.unique(cell.article, return_inverse=True)[1]
    n = int(articles.max()) + 1
    x, y = (totals(articles, each, n)[:, None] for each in (cell.reading_x, cell.reading_y))
    model = SignedMeans.of(Sums.of_clusters(x, y, axis=0))
    (model_low,), (model_high,) = model.bounds(np.array([0.05]))
    return CodedCell(
        outlet,
        subject,
        len(cell.article),
        planted_mean,
        len(coded_cells),
        float(np.mean((low <= planted_mean) & (planted_mean <= high))),
        float(np.mean((low_alone <= planted_mean) & (planted_mean <= high_alone))),
        bool(model_low <= planted_mean <= model_high),
        float(np.mean(divide(high - low, high_alone - low_alone))),
        float(np.mean(np.abs(figures.family.value - planted_mean))),
        abs(float(model.value[0]) - planted_mean),
        float(np.nanmean(figures.rho)),
    )
