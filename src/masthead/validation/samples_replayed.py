"""What reading a sample would have saved on an archive that was read whole, and how often it would have held."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import numpy as np

from masthead.archive import Archive
from masthead.inference.sampling import FIRST
from masthead.measuring import Job
from masthead.measuring.counting import counted
from masthead.measuring.tables import StudyTables, loaded
from masthead.reading.portrayal.classifier import Classifier
from masthead.study import Study
from masthead.validation.draws.samples import Replay, replay
from masthead.validation.progress import Progress, in_turn

Cell = tuple[str, str]


def replay_study(
    study: Study,
    archive: Archive,
    precision: float,
    *,
    draws: int = 200,
    processes: int | None = None,
    progress: Progress | None = None,
    classifier: Classifier | None = None,
) -> dict[Cell, Replay]:
    """Read an archive whole, then each of its cells again as a sample, `draws` times in other random orders.

    Returns, by outlet and subject, what was read and how often the interval held the mean of the whole reading.
    """
    archive = counted(archive, study, progress=progress)
    whole = study.model_copy(update={"precision": None})
    tables = loaded(Job(whole, archive, processes, progress, classifier, wire=False), ("portrayal",))
    cells = in_turn(list(_cells(tables).items()), "cells read again", progress)
    return {
        cell: replay(voices, stratum, precision, study.level, draws, seed=number)
        for number, (cell, (voices, stratum)) in enumerate(cells)
    }


def summary(cells: dict[Cell, Replay]) -> dict[str, Any]:
    """Over all cells, and those that are larger than a sample's first lot: articles, part read, coverage."""
    large = [cell for cell in cells.values() if cell.articles > FIRST]

    def of(some: list[Replay]) -> dict[str, Any]:
        articles = sum(cell.articles for cell in some)
        return {
            "cells": len(some),
            "articles": articles,
            "read": sum(cell.read * cell.articles for cell in some) / articles if articles else None,
        }

    coverages = [cell.held for cell in large]
    return {
        "all": of(list(cells.values())),
        "large": {
            **of(large),
            "held": float(np.mean(coverages)) if coverages else None,
            "least_held": min(coverages, default=None),
        },
    }


def _cells(tables: StudyTables) -> dict[Cell, tuple[list[Any], Any]]:
    """Each cell's numerators and denominators, in the voices that must be narrow, and its articles' periods."""
    table = tables.connection.sql(
        """SELECT a.outlet, p.subject,
               dense_rank() OVER (PARTITION BY a.outlet, p.subject ORDER BY any_value(a.period_start) NULLS LAST)
                   - 1 AS stratum,
               bool_or(a.marks) AS marks,
               sum(p_favourable - p_unfavourable) AS x, CAST(count(*) AS DOUBLE) AS y,
               coalesce(sum(p_favourable - p_unfavourable) FILTER (NOT p.quoted), 0) AS own_x,
               CAST(count(*) FILTER (NOT p.quoted) AS DOUBLE) AS own_y
        FROM portrayed p JOIN articles a USING (article_id)
        GROUP BY a.outlet, p.subject, p.article_id ORDER BY a.outlet, p.subject, p.article_id"""
    ).to_arrow_table()
    names = list(zip(table["outlet"].to_pylist(), table["subject"].to_pylist(), strict=True))
    columns = {name: table[name].to_numpy() for name in ("stratum", "marks", "x", "y", "own_x", "own_y")}
    cells: dict[Cell, tuple[list[Any], Any]] = {}
    start = 0
    for cell, rows in groupby(names):
        end = start + len(list(rows))
        of = {name: values[start:end] for name, values in columns.items()}
        voices = [(of["x"], of["y"])]
        if of["marks"].any():
            voices.append((of["own_x"], of["own_y"]))
        cells[cell] = (voices, of["stratum"])
        start = end
    return cells
