"""The ways to compute a claim of silence: which stories count, of which outlets, and how a group is put together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet
from masthead.findings.findings import Findings
from masthead.inference.silence.counted import SHORTER, UNFAVOURABLE, WHOLE, WIDE
from masthead.instruments.silence.kept_ways import kept_path
from masthead.questions.claims.question import Press, Question

Row = dict[str, Any]


class Way(NamedTuple):
    """Rows of `kept_ways.KEPT` that are put together, by outlet; `label` says what is different from the claim.

    With `pooled`, stories covered are added up over the outlets, and so are those expected.
    """

    label: str
    rows: list[Row]
    pooled: bool = False


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
    """The survey's own estimates, as rows of `kept_ways.KEPT` with their `note`: wire copy is among them."""
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
