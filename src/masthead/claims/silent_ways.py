"""The ways to compute a claim of silence: which stories count, of which outlets, and how a group is put together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.claims.question import Press, Question
from masthead.inference.findings import Findings
from masthead.inference.silence_counted import COUNTED, SHORTER, UNFAVOURABLE, WHOLE, WIDE

VERSION = "1"
"""Raised whenever the same stories would give other figures than the last version of this code."""

KEPT = pa.schema([pa.field("wire", pa.string()), *COUNTED])
"""What a survey keeps: every pair's figures in every way to count stories, with wire copy and without."""

Row = dict[str, Any]


class Way(NamedTuple):
    """The rows of `KEPT` that are put together, by outlet; `label` says in words what is different from the claim.

    With `pooled`, stories covered are added up over the outlets, and so are those expected.
    """

    label: str
    rows: list[Row]
    pooled: bool = False


def keep(table: pa.Table, units: Path) -> None:
    """Keep a table `KEPT` beside the units of its survey."""
    write_parquet_atomically(table, kept_path(units))


def has(units: Path) -> bool:
    """Whether the figures of a survey are kept in every way."""
    return is_whole(kept_path(units))


def ways_of(question: Question, press: Press, findings: Findings, units: Path) -> list[Way]:
    """Return the claim as it was written (without a label), and every other reasonable way to compute it.

    A way of which no outlet has a figure has no rows; where the survey kept nothing, there are no ways to count.
    """
    claim, wire = question.claim, question.wire
    outlets = question.side.outlets
    kept = _kept(units)
    rows = [
        row
        for row in [*_surveyed(findings), *kept]
        if row["subject"] == claim.subject and row["outlet"] in outlets
    ]
    rows.sort(key=lambda row: row["outlet"])

    def of(wire: str, way: str, category: str | None) -> list[Row]:
        asked = (wire, way, category)
        return [row for row in rows if (row["wire"], row["way"], row["category"]) == asked]

    here = of(wire, WHOLE, claim.category)
    ways = [Way("", here)]
    if kept:
        other = "without" if wire == "with" else "with"
        ways += [
            Way(f"{other} wire copy", of(other, WHOLE, claim.category)),
            Way("a month shorter at either end", of(wire, SHORTER, claim.category)),
            Way("stories that three or more other outlets ran", of(wire, WIDE, claim.category)),
        ]
    if claim.category:
        ways.append(Way("all stories about it", of(wire, WHOLE, None)))
    elif bad := of(wire, WHOLE, UNFAVOURABLE):
        ways.append(Way("stories that show it in a bad light", bad))
    return [*ways, *_of_group(here, press)]


def _of_group(rows: list[Row], press: Press) -> Iterator[Way]:
    if len(rows) > 1:
        label = "all stories of a group together, outlets that run much counting for more"
        yield Way(label, rows, pooled=True)
    if len(rows) > 2:
        mean = sum(row["estimate"] for row in rows) / len(rows)
        extreme = max(rows, key=lambda row: (abs(row["estimate"] - mean), row["outlet"]))
        rest = [row for row in rows if row is not extreme]
        yield Way(f"without the most extreme outlet, {press.title(extreme['outlet'])}", rest)


def _surveyed(findings: Findings) -> list[Row]:
    """The survey's own estimates, as rows of `KEPT` with their `note`: of all stories, wire copy among them."""
    table = findings.estimates
    for column, value in (("measure", "silence"), ("wire", "with")):
        table = table.filter(pc.equal(table[column], value))
    table = table.filter(pc.and_(pc.is_null(table["period_start"]), pc.is_valid(table["estimate"])))
    names = {"n_units": "n_stories", "numerator": "covered", "denominator": "expected"}
    return [
        {"wire": "with", "way": WHOLE} | {names.get(name, name): value for name, value in row.items()}
        for row in table.drop_columns(["wire"]).to_pylist()
    ]


def _kept(units: Path) -> list[Row]:
    """What the survey kept for other ways; nothing where it kept none."""
    path = kept_path(units)
    if not is_whole(path):
        return []
    table = read_parquet(path)
    surveyed = pc.and_(pc.equal(table["wire"], "with"), pc.equal(table["way"], WHOLE))
    return list(table.filter(pc.invert(surveyed)).to_pylist())


def kept_path(units: Path) -> Path:
    """Return where a survey keeps the figures of silence in every way to count stories, beside its units."""
    return units.parent.parent.parent / "silence-ways" / VERSION / units.name
