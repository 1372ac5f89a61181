"""Outlets and subjects drawn for tests: portrayals as the units of a survey, and findings made of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from masthead.findings.findings import Findings
from masthead.findings.schemas import ESTIMATES
from masthead.inference.alignment import Stands
from masthead.questions.claims.kinds.portrayals import Asked, cell_of, portrayals_of
from masthead.questions.claims.question import Window
from masthead.study import Study, parse_study

FIRST = dt.date(2031, 1, 1)


def stands(values: list[float], error: float = 0.05, **factors: list[float | None]) -> Stands:
    """One outlet's portrayals, all as sure, with the values of factors; None is no value."""
    return Stands(
        tuple(f"s{i}" for i in range(len(values))),
        np.array(values),
        np.full(len(values), error),
        {
            name: np.array([np.nan if v is None else v for v in of], np.float64)
            for name, of in factors.items()
        },
    )


def study_of(subjects: list[str], outlets: list[str], **more: Any) -> Study:
    """A study of these subjects and outlets."""
    return parse_study(
        {
            "archive": "a.archive",
            "subject": [{"id": s, "kind": "actor", "aliases": [s.title()]} for s in subjects],
            "outlet": [{"id": o} for o in outlets],
            **more,
        }
    )


def written(
    path: Path, means: Mapping[tuple[str, str], float], articles: int = 40, *, later: float = 0.0
) -> Path:
    """Write a survey's units: articles of each outlet about each subject, that show it on average as `means` say.

    `later` is added in the second half of the days. Values differ between articles, and come out at their mean.
    """
    rows = []
    spread = np.resize([-0.15, 0.15, -0.05, 0.05], articles)
    for (outlet, subject), mean in means.items():
        for i in range(articles):
            x = float(np.clip(mean + spread[i] + (later if i >= articles // 2 else 0.0), -1.0, 1.0))
            rows.append(
                {
                    "measure": "portrayal",
                    "outlet": outlet,
                    "subject": subject,
                    "category": None,
                    "voice": "all",
                    "cluster": f"{outlet}-{subject}-{i}",
                    "day": FIRST + dt.timedelta(days=i),
                    "story": None,
                    "section": None,
                    "copied": False,
                    "x": x,
                    "y": 1.0,
                    "w": 1.0,
                }
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    texts = {
        name: pa.string()
        for name in ("measure", "outlet", "subject", "category", "voice", "cluster", "story", "section")
    }
    kinds = {
        **texts,
        "day": pa.date32(),
        "copied": pa.bool_(),
        "x": pa.float64(),
        "y": pa.float64(),
        "w": pa.float64(),
    }
    pq.write_table(pa.Table.from_pylist(rows, pa.schema({name: kinds[name] for name in rows[0]})), path)
    return path


def found(units: Path, study: Study) -> Findings:
    """The findings of a survey that left these units: portrayals over all time, of outlets without quotation marks."""
    outlets, subjects = [o.id for o in study.outlets], [s.id for s in study.subjects]
    cells = {
        (o, s, wire): cell_of(Asked(o, "all", wire), s, Window())
        for o in outlets
        for s in subjects
        for wire in ("with", "without")
    }
    figures = portrayals_of(units, list(cells.values()), study.level)
    rows = [
        {
            "measure": "portrayal",
            "outlet": outlet,
            "subject": subject,
            "voice": "all",
            "wire": wire,
            "estimate": figures[cell].value,
            "std_error": None if np.isnan(figures[cell].error) else figures[cell].error,
            "conf_low": figures[cell].low,
            "conf_high": figures[cell].high,
            "n_units": figures[cell].n,
        }
        for (outlet, subject, wire), cell in cells.items()
        if figures[cell].n
    ]
    about = {"outlets": [{"id": o, "title": o, "n_articles": 10, "quotation_marks": False} for o in outlets]}
    return Findings(estimates=pa.Table.from_pylist(rows, ESTIMATES), about=about)
