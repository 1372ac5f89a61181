"""Silences counted in every other way, once a claim asks: from what the survey left, and nothing is read again.

It takes as long as the survey's own silences do, several times over, and says nothing to a study without such a claim.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import all_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.inference.silence.cells import RUNS, make_cells
from masthead.inference.silence.ways import count_ways
from masthead.instruments.silence import kept_ways
from masthead.instruments.silence.kept_ways import KEPT
from masthead.study import Study


class Ran(NamedTuple):
    """What silences are counted from: `runs` (RUNS, with `copied`: whether the article is wire copy), `told` (what
    stories are about) and `gaps`, as `masthead.inference.silence.cells` has them."""

    runs: pa.Table
    told: pa.Table
    gaps: pa.Table


def asks(study: Study) -> bool:
    """Whether a claim of the study is judged by silences in other ways."""
    return any(claim.measure == "silence" for claim in study.claims)


def leave(ran: Ran, units: Path) -> None:
    """Leave beside a survey's units what its silences can be counted from again."""
    for name, table in ran._asdict().items():
        write_parquet_atomically(table, _path(units, name))


def left(units: Path) -> list[Path]:
    """The files that `leave` writes."""
    return [_path(units, name) for name in Ran._fields]


def count(study: Study, units: Path) -> None:
    """Count silences in every way where a claim asks for it, and nobody has yet.

    Where the survey left nothing to count from (it has no silences), nothing is counted.
    """
    paths = left(units)
    if not asks(study) or kept_ways.has(units) or not all_whole(paths):
        return
    ran = Ran(*map(read_parquet, paths))
    whole = count_ways(make_cells(ran.runs.select(RUNS.names).cast(RUNS), ran.told, ran.gaps), study.level)
    kept_ways.keep(in_every_way(whole, ran, study.level), units)


def in_every_way(whole: pa.Table, ran: Ran, level: float) -> pa.Table:
    """Count all pairs as if the archive held no wire copy, beside `whole`: those with it, counted in every way.

    Without it the model learns anew what outlets run themselves: beside expectations of all that they run, whoever
    prints an agency's copy would look silent. Collection is of all articles: days of wire copy alone are no gap in it.
    """
    own = ran.runs.filter(pc.invert(ran.runs["copied"])).select(RUNS.names).cast(RUNS)
    without = whole
    if own.num_rows < ran.runs.num_rows:
        without = count_ways(make_cells(own, ran.told, ran.gaps), level)
    return pa.concat_tables(
        table.append_column("wire", pa.array([wire] * table.num_rows, pa.string())).select(KEPT.names)
        for wire, table in (("with", whole), ("without", without))
    )


def _path(units: Path, name: str) -> Path:
    return units.with_name(f"silence-{name}.parquet")
