"""The ratios that claims are made of: of which measure, in which days of which outlets; all summed in one pass."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import numpy as np
import pyarrow as pa

from masthead.archive.duck import parquet
from masthead.engines import collect
from masthead.engines.duckdb import connect
from masthead.inference import sums
from masthead.inference.intervals import Sums, family_of
from masthead.inference.sums import SUMS
from masthead.measuring import MEASURES
from masthead.questions.claims.question import Question, Side, Window
from masthead.questions.claims.ways import Way
from masthead.study.claim import Claim
from masthead.study.claim_rules import MENTIONS


@dataclass(frozen=True)
class Cell:
    """One ratio: of which measure, in which days of which outlets, all of them together."""

    measure: str
    subject: str | None
    category: str | None
    voice: str
    wire: str
    outlets: tuple[str, ...]
    window: Window
    by_story: bool = False


@dataclass(frozen=True)
class Ratio:
    """A cell's value and interval, and how many units it is of; NaN where it has no denominator."""

    value: float
    low: float
    high: float
    n: int
    n_positive: int
    n_coded: int = 0
    """How many codings correct it; 0 where it is a reader's alone."""

    @property
    def has_figure(self) -> bool:
        """Whether there is a figure."""
        return not math.isnan(self.value)


def cells_of(way: Way, side: Side) -> list[Cell]:
    """The cells of one side of a way: one per outlet, or one of all where they are pooled."""
    question = way.question
    claim = question.claim
    parts = [side.outlets] if way.is_pooled else [(outlet,) for outlet in side.outlets]
    return [
        Cell(
            claim.measure,
            claim.subject,
            claim.category,
            question.voice,
            question.wire,
            outlets,
            side.window,
            way.by_story,
        )
        for outlets in parts
    ]


def everyone(claim: Claim, outlets: tuple[str, ...]) -> Cell:
    """The cell of all outlets over all time: how much units of this kind differ, wherever the claim's own are few."""
    return Cell(claim.measure, claim.subject, claim.category, claim.asked_voice, "with", outlets, Window())


def article_cells(question: Question) -> dict[tuple[str, bool], Cell]:
    """The cells that count an outlet's articles on either side, and those that mention the subject."""
    subject = question.claim.subject
    return {
        (outlet, side is question.side): Cell(
            MENTIONS, subject, None, "all", question.wire, (outlet,), side.window
        )
        for side in question.sides
        for outlet in side.outlets
    }


def place(con: Any, units: Path, cells: list[Cell]) -> Any:
    """Put every unit into the cells that it belongs to: a table `placed` of cell, cluster, x, y, w."""
    rows = [
        {
            "cell": place,
            "measure": cell.measure,
            "subject": cell.subject,
            "category": cell.category,
            "voice": cell.voice,
            "copies": cell.wire == "with",
            "outlet": outlet,
            "first": cell.window.start,
            "last": cell.window.end,
            "by_story": cell.by_story,
        }
        for place, cell in enumerate(cells)
        for outlet in cell.outlets
    ]
    con.register("cells", pa.Table.from_pylist(rows, _CELLS))
    # With a story as the unit, an article's weight goes into its sums: articles of one story may weigh differently.
    con.execute(
        f"""CREATE TEMP TABLE placed AS
        SELECT c.cell, CASE WHEN c.by_story THEN coalesce(u.story, u.cluster) ELSE u.cluster END AS cluster,
               CASE WHEN c.by_story THEN u.x * u.w ELSE u.x END AS x,
               CASE WHEN c.by_story THEN u.y * u.w ELSE u.y END AS y,
               CASE WHEN c.by_story THEN 1.0 ELSE u.w END AS w
        FROM {parquet([units])} u JOIN cells c
          ON u.measure = c.measure AND u.outlet = c.outlet AND u.voice = c.voice
             AND u.subject IS NOT DISTINCT FROM c.subject AND u.category IS NOT DISTINCT FROM c.category
        WHERE (c.copies OR NOT u.copied)
          AND (c.first IS NULL OR u.day >= c.first) AND (c.last IS NULL OR u.day <= c.last)"""
    )
    return nw.from_native(con.sql("FROM placed"))


def counts(units: Path, cells: list[Cell]) -> dict[Cell, tuple[int, int]]:
    """Count each cell's units, and those of them with a numerator; cells that no unit belongs to are left out."""
    con = connect()
    try:
        place(con, units, cells)
        rows = con.execute(
            """SELECT cell, count(DISTINCT cluster) FILTER (y > 0), count(DISTINCT cluster) FILTER (x > 0)
            FROM placed GROUP BY cell"""
        ).fetchall()
    finally:
        con.close()
    return {cells[cell]: (n, n_positive) for cell, n, n_positive in rows}


def categories(con: Any, units: Path) -> dict[tuple[str, str | None], list[str]]:
    """Return the categories that the units hold, by measure and subject."""
    by_subject: dict[tuple[str, str | None], list[str]] = {}
    for measure, subject, category in con.execute(
        f"""SELECT DISTINCT measure, subject, category FROM {parquet([units])}
        WHERE category IS NOT NULL ORDER BY ALL"""
    ).fetchall():
        by_subject.setdefault((measure, subject), []).append(category)
    return by_subject


_CELLS = pa.schema(
    {
        "cell": pa.int64(), "measure": pa.string(), "subject": pa.string(), "category": pa.string(),
        "voice": pa.string(), "copies": pa.bool_(), "outlet": pa.string(), "first": pa.date32(),
        "last": pa.date32(), "by_story": pa.bool_(),
    }
)  # fmt: skip


def cell_sums(units_in_cells: Any, n: int) -> pa.Table:
    """The sums of every cell, in the cells' order; 0 in those that no unit belongs to."""
    table = collect(sums(units_in_cells, ["cell"]))
    at = table["cell"].to_numpy()
    columns = {}
    for name in SUMS:
        whole = np.zeros(n)
        whole[at] = table[name].to_numpy()
        columns[name] = whole
    return pa.table(columns)


def ratios(cells: list[Cell], table: pa.Table, level: float) -> list[Ratio]:
    """Estimate the cells whose sums these are, each by the intervals of its measure's range."""
    totals = Sums.of(table)
    is_signed = np.array([MEASURES[cell.measure].signed() for cell in cells], dtype=bool)
    alpha = np.full(len(cells), 1.0 - level)
    lows, highs = (np.full(len(cells), np.nan) for _ in range(2))
    for means in (False, True):
        rows = np.flatnonzero(is_signed == means)
        if len(rows):
            lows[rows], highs[rows] = family_of(sums_of_rows(totals, rows), means).bounds(alpha[rows])
    value = totals.ratio
    return [
        Ratio(float(value[i]), float(lows[i]), float(highs[i]), int(totals.n[i]), int(totals.n_positive[i]))
        for i in range(len(cells))
    ]


def sums_of_rows(totals: Sums, rows: Any) -> Sums:
    """Return the sums of some rows."""
    return replace(totals, **{name: getattr(totals, name)[rows] for name in SUMS})
