"""When the figures of a survey changed: every series of every measure, from the units that the survey left."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.findings.schemas import CHANGES, REVERSALS
from masthead.inference.changes import BLOCK, Change, Result, find_changes
from masthead.inference.changes.finding import FEWEST_TESTED
from masthead.questions.changes.about import ChangesAbout, Sight
from masthead.questions.changes.coverage import coverage_moved
from masthead.questions.changes.figures import figures_beside
from masthead.questions.changes.reversals import Window, reversals
from masthead.questions.changes.rows import SeriesChange
from masthead.questions.changes.series import Cell, block_of, cells_of
from masthead.questions.changes.sight import Looked, is_too_short, sights, unseen_changes
from masthead.study import Study

VERSION = "6"
"""Raised whenever the same units would give other changes than the last version of this code."""

FDR = 0.05
"""The false discovery rate within a family: a measure and voice, all outlets and subjects."""

_CACHED = pa.schema([*CHANGES, pa.field("series_from", pa.date32()), pa.field("series_to", pa.date32())])


class Dated(NamedTuple):
    """The changes and the reversals of a survey.

    `about` says what was looked at, and what would go unseen.
    """

    changes: pa.Table
    reversals: pa.Table
    about: ChangesAbout


def changes(units: Path, study: Study, gaps: pa.Table) -> Dated:
    """Find every dated change of a survey, and set an outlet's reversals against the study's events.

    `units` is the file that the survey left (`masthead.measuring.units`), `gaps` its table of gaps in collection. What
    hangs on these alone is kept beside the units; events may change without it being made again.
    """
    cache = units.with_name(f"changes-{VERSION}.parquet")
    if not is_whole(cache):
        table, summary = _search(units, study, gaps)
        write_parquet_atomically(table.replace_schema_metadata({"told": json.dumps(summary)}), cache)
    table = read_parquet(cache)
    about: ChangesAbout = {"said": [], "sight": []}
    about |= json.loads((table.schema.metadata or {}).get(b"told", b"{}"))
    windows = [Window(event.id, event.start, event.end) for event in study.events]
    # A record turns by all labels of a change; a finding are those that did not stay within their interval alone.
    turns = reversals(table.to_pylist(), windows)
    clear = table.filter(pc.or_(pc.greater(table["conf_low"], 0), pc.less(table["conf_high"], 0)))
    clear = clear.select(CHANGES.names).cast(CHANGES)
    return Dated(clear, pa.Table.from_pylist(turns, REVERSALS), about)


def _search(units: Path, study: Study, gaps: pa.Table) -> tuple[pa.Table, ChangesAbout]:
    """Look for changes in every series; return the table to keep, and what was looked at (`Dated`).

    A measure at a time, with wire copy and without: no family holds two, and all take more room than a laptop has.
    """
    holes: dict[str, list[tuple[int, int]]] = {}
    for gap in gaps.to_pylist():
        holes.setdefault(gap["outlet"], []).append((gap["gap_start"].toordinal(), gap["gap_end"].toordinal()))
    rows: list[SeriesChange] = []
    sight_rows: list[Sight] = []
    counts = Counts()
    for cells in cells_of(units):
        series = []
        for cell in cells:
            counts.looked_at += 1
            if len(cell.series) >= FEWEST_TESTED:
                series.append(cell)
        blocks = [block_of(cell.units) for cell in series]
        results = find_changes([cell.series for cell in series], fdr=FDR, block=blocks, level=study.level)
        counts.add(series, results, blocks)
        for cell, result in zip(series, results, strict=True):
            for change in result.changes:
                own_rows = list(_rows(cell, change, holes.get(cell.key.outlet, []), study.level))
                clear = any(_is_clear(row) for row in own_rows)
                rows += own_rows if clear else []
                counts.unclear += not clear
        sight_rows += sights(
            [
                Looked(*cell.key, series=cell.series, block=block, has_changed=bool(result.changes))
                for cell, block, result in zip(series, blocks, results, strict=True)
            ],
            FDR,
        )
        # Not held while the next are read.
        del cells, series, results
    rows.sort(key=_place)
    sentences = counts.in_sentences(unseen_changes(sight_rows))
    return pa.Table.from_pylist(rows, _CACHED), {"said": sentences, "sight": sight_rows}


def _is_clear(row: SeriesChange) -> bool:
    """Whether the interval of the difference lies on one side of 0."""
    low, high = row["conf_low"], row["conf_high"]
    return low is not None and high is not None and (low > 0 or high < 0)


def _place(row: SeriesChange) -> tuple[str, ...]:
    """Where a row stands in the table."""
    series = (row["measure"], row["outlet"], row["subject"] or "", row["voice"], row["wire"])
    return (*series, str(row["date"]), row["category"] or "")


def _rows(cell: Cell, change: Change, holes: list[tuple[int, int]], level: float) -> Iterator[SeriesChange]:
    """The rows of one change, one per category."""
    beside = figures_beside(cell.units, change, cell.signed, level)
    at_gap = any(first <= change.high and last >= change.low - 1 for first, last in holes)
    mix = coverage_moved(cell.units, change, level)
    date = dt.date.fromordinal(change.date)
    name = "/".join([*(part or "" for part in cell.key), date.isoformat()])
    for category, figures in zip(cell.categories, beside, strict=True):
        yield {
            "change": name,
            "measure": cell.key.measure,
            "outlet": cell.key.outlet,
            "subject": cell.key.subject,
            "voice": cell.key.voice,
            "wire": cell.key.wire,
            "category": category,
            "kind": change.kind,
            "date": date,
            "date_low": dt.date.fromordinal(change.low),
            "date_high": dt.date.fromordinal(change.high),
            **figures,
            "conf_level": level,
            "p": change.p,
            "q": change.q,
            "family": cell.series.family
            + ("" if change.round == 1 else f"; cut {change.round - 1} times before"),
            "permutations": change.orders,
            "n_before": change.n_before,
            "n_after": change.n_after,
            "at_gap": at_gap,
            "coverage_moved": mix is not None,
            "method": METHODS[change.kind],
            "note": _note(change, at_gap, mix),
            "series_from": dt.date.fromordinal(int(cell.series.day[0])),
            "series_to": dt.date.fromordinal(int(cell.series.day[-1])),
        }


METHODS = {
    "change": "likelihood scan, blocks of the calendar permuted; date by profile likelihood, bootstrapped",
    "drift": "likelihood scan, blocks of the calendar permuted; a slow ramp fits as well as steps",
}


def _note(change: Change, at_gap: bool, mix: str | None) -> str | None:
    notes = []
    if change.kind == "drift":
        notes.append("the articles do not tell a sudden change from a slow one")
    if at_gap:
        notes.append("a gap in collection touches the interval of the date")
    if mix:
        notes.append(f"the mix of {mix} moved, and the figure within each did not")
    return "; ".join(notes) or None


@dataclass
class Counts:
    """What was looked at, over all measures."""

    looked_at: int = 0
    n_tested: int = 0
    too_short: int = 0
    unclear: int = 0
    families: set[str] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)
    weeks: set[int] = field(default_factory=set)

    def add(self, cells: list[Cell], results: list[Result], blocks: list[int]) -> None:
        """Count series that were tested."""
        self.n_tested += len(cells)
        self.too_short += sum(
            is_too_short(cell.series, block, FDR) for cell, block in zip(cells, blocks, strict=True)
        )
        self.families |= {cell.series.family for cell in cells}
        self.orders |= {result.orders for result in results if result.orders}
        self.weeks |= {block // 7 for block in blocks}

    def in_sentences(self, limits: str) -> list[str]:
        """Say it in plain sentences, the first with what would go unseen (`limits`)."""
        orders = self.orders
        least, most = (min(orders), max(orders)) if orders else (0, 0)
        many = f"{most:,}" if least == most else f"{least:,} to {most:,}"
        against_orders = f" ({many} random orders each)" if orders else ""
        weeks = sorted(self.weeks) or [BLOCK // 7]
        length = f"{weeks[0]}" if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}"
        sentences = [
            ". ".join([self._on_search(length), *([limits] if limits else [])]),
            f"at most {FDR:.0%} of the changes found should be false (false discovery rate), in each of "
            f"{len(self.families)} families of series (a measure and voice, with or without wire copy)",
            "to see what chance alone brings, the search put the weeks in random order, in blocks of "
            f"{length} weeks{against_orders}; p is how often a random order moves as much",
        ]
        if not self.families:
            sentences = sentences[:1]
        if self.unclear:
            sentences.append(
                f"{self.unclear:,} more passed the test, but the interval of the difference holds 0: no finding"
            )
        return sentences

    def _on_search(self, weeks: str) -> str:
        """Say how many series were searched, and why the others were not."""
        n_searched, few = self.n_tested - self.too_short, self.looked_at - self.n_tested
        why = []
        if few:
            why.append(f"{few:,} {'has' if few == 1 else 'have'} fewer than {FEWEST_TESTED} dated articles")
        if self.too_short:
            one = self.too_short == 1
            why.append(
                f"{self.too_short:,} {'has' if one else 'have'} articles in too little time: a change can be found "
                f"only where they lie in 8 blocks of {weeks} weeks or more"
            )
        sentence = (
            f"{n_searched:,} of {self.looked_at:,} series of figures (an outlet, a subject and a voice, with wire copy "
            f"or without) {'was' if n_searched == 1 else 'were'} searched for changes"
        )
        return sentence + (f". Of those not searched, {'; '.join(why)}" if why else "")
