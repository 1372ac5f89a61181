"""How outlets portray all subjects of a study, as factors are tested on it: a cell per subject, of one value each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from masthead.engines.duckdb import connect
from masthead.inference.alignment import Stands
from masthead.inference.intervals import Sums, family_of
from masthead.questions.alignment.bases import PORTRAYAL
from masthead.questions.claims.cells import Cell, cell_sums, place
from masthead.questions.claims.question import Window
from masthead.study import Study

_DAY = dt.timedelta(days=1)


class Asked(NamedTuple):
    """Whose portrayals, in which voice, with wire copy or without, and of which days.

    With `versus`, outlets each with a voice, it is what sets the outlet apart: its portrayal less the mean of theirs.
    """

    outlet: str
    voice: str
    wire: str
    window: Window = Window()
    versus: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Portrayed:
    """A cell's figure: value and interval, standard error (NaN from one article), and how many articles it is of."""

    value: float
    error: float
    low: float
    high: float
    n: int

    @property
    def has_error(self) -> bool:
        """Whether it has an error: two articles or more."""
        return self.n > 1 and not np.isnan(self.error)


def portrayals_of(units: Path, cells: Sequence[Cell], level: float) -> dict[Cell, Portrayed]:
    """Return the portrayal in every cell, of units that a survey left, in one pass."""
    distinct = list(dict.fromkeys(cells))
    if not distinct:
        return {}
    con = connect()
    try:
        sums = Sums.of(cell_sums(place(con, units, distinct), len(distinct)))
    finally:
        con.close()
    family = family_of(sums, True)
    low, high = family.bounds(np.full(len(distinct), 1.0 - level))
    figures = zip(
        family.value.tolist(),
        family.std_error.tolist(),
        low.tolist(),
        high.tolist(),
        sums.n.tolist(),
        strict=True,
    )
    return {
        cell: Portrayed(value, error, below, above, int(n))
        for cell, (value, error, below, above, n) in zip(distinct, figures, strict=True)
    }


def stretches(study: Study, subject: str, window: Window) -> list[Window]:
    """Cut a window where any factor's value of the subject changes; undated articles count where nothing is cut."""
    days = sorted({s.start for f in study.factors for s in f.stretches(subject) if s.start is not None})
    windows, rest = [], window
    for day in days:
        windows.append(rest.until(day - _DAY))
        rest = rest.since(day)
    return [one for one in [*windows, rest] if not one.empty]


def value_in(study: Study, factor: str, subject: str, window: Window) -> float:
    """Return a factor's value of a subject throughout a window that `stretches` cut; NaN where it has none."""
    of = next(f for f in study.factors if f.id == factor)
    for value, start, end in of.stretches(subject):
        begins = start is None or (window.start is not None and window.start >= start)
        ends = end is None or (window.end is not None and window.end <= end)
        if begins and ends:
            return value
    return float("nan")


def cell_of(question: Asked, subject: str, window: Window) -> Cell:
    """The cell of an outlet's portrayal of a subject in a window."""
    return Cell(PORTRAYAL, subject, None, question.voice, question.wire, (question.outlet,), window)


def stands(units: Path, study: Study, questions: Sequence[Asked]) -> dict[Asked, Stands]:
    """Return how each outlet asked for portrays the study's subjects, with the factors' values.

    A subject that any factor gives more than one value takes part with the stretch between two changes in which the
    outlet has most articles about it. One that was portrayed in fewer than two articles takes no part, and neither
    does one of which no factor has a value, or that fewer than two of the outlets set against it portray.
    """
    subjects = [s.id for s in study.subjects if any(s.id in f.values for f in study.factors)]
    cut = {
        one: {
            subject: [cell_of(one, subject, w) for w in stretches(study, subject, one.window)]
            for subject in subjects
        }
        for one in questions
    }
    all_cells = [
        cell
        for one, of in cut.items()
        for cells in of.values()
        for own in cells
        for cell in (own, *_others(one, own))
    ]
    figures = portrayals_of(units, all_cells, study.level)
    return {one: _stands(study, one, cut[one], figures) for one in questions}


def _others(question: Asked, cell: Cell) -> list[Cell]:
    """The cells of the outlets that are set against one, of the same days."""
    return [replace(cell, outlets=(outlet,), voice=voice) for outlet, voice in question.versus]


def _stands(
    study: Study, question: Asked, cut: Mapping[str, Sequence[Cell]], figures: Mapping[Cell, Portrayed]
) -> Stands:
    fullest = {
        subject: max(cells, key=lambda cell: (figures[cell].n, cell.window.start or dt.date.min))
        for subject, cells in cut.items()
        if cells
    }
    own_cells = {s: c for s, c in fullest.items() if figures[c].has_error}
    beside: dict[str, list[Portrayed]] = {}
    if question.versus:
        beside = {
            subject: [figures[c] for c in _others(question, own) if figures[c].has_error]
            for subject, own in own_cells.items()
        }
        own_cells = {s: c for s, c in own_cells.items() if len(beside[s]) >= min(2, len(question.versus))}
    means = [np.mean([p.value for p in beside[s]]) if s in beside else 0.0 for s in own_cells]
    spread = [
        sum(p.error**2 for p in beside[s]) / len(beside[s]) ** 2 if s in beside else 0.0 for s in own_cells
    ]
    return Stands(
        tuple(own_cells),
        np.array([figures[cell].value for cell in own_cells.values()]) - np.array(means),
        np.sqrt(np.array([figures[cell].error for cell in own_cells.values()]) ** 2 + np.array(spread)),
        {
            factor.id: np.array(
                [value_in(study, factor.id, s, cell.window) for s, cell in own_cells.items()], np.float64
            )
            for factor in study.factors
        },
    )
