"""What labels carry: how favourably sentences show those whom a label is given to, and an outlet's labels by that.

There is no list of good and bad words. What a label carries for one outlet and subject is the mean portrayal of the
mentions that bear it in all other outlets and of all other subjects, so that neither the outlet's own sentences nor the
subject's own fate are in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet
from masthead.engines import collect
from masthead.engines.duckdb import connect, from_arrow
from masthead.inference import estimate, sums
from masthead.inference.intervals import Array
from masthead.inference.mover import mover
from masthead.measuring.units import label_uses_path

FEWEST = 5
"""A label that fewer mentions bear elsewhere carries nothing that is known."""


Named = dict[tuple[str, str], tuple[float, float, float, int]]
"""By outlet and subject: how favourable its labels are beside those of the others, the interval, and the articles."""


def favour_of_names(units: Path, voices: Mapping[str, str], wire: str, level: float) -> Named:
    """Return how favourable a name each outlet gives each subject, less the mean of the other outlets for the same one.

    `voices` says in which voice each outlet's labels count; outlets that are not in it take no part. The interval is of
    articles, and takes what labels carry as known. Outlets and subjects without a figure, or without one of another
    outlet beside it, are not in it.
    """
    path = label_uses_path(units)
    if not is_whole(path):
        return {}
    table = _in_voice(read_parquet(path), voices, wire)
    if not table.num_rows:
        return {}
    worth = _worth_elsewhere(table)
    is_known = ~np.isnan(worth)
    uses = table["uses"].to_numpy().astype(np.float64)
    rows = table.select(["outlet", "subject", "cluster"]).filter(pa.array(is_known))
    for name, values in (
        ("x", (uses * worth)[is_known]),
        ("y", uses[is_known]),
        ("w", np.ones(int(is_known.sum()))),
    ):
        rows = rows.append_column(name, pa.array(values))
    if not rows.num_rows:
        return {}
    con = connect()
    try:
        estimates = estimate(collect(sums(from_arrow(rows, con), ["outlet", "subject"])), level, signed=True)
    finally:
        con.close()
    figures = estimates.sort_by([("subject", "ascending"), ("outlet", "ascending")])
    columns = (
        figures[name].to_pylist() for name in ("outlet", "subject", "estimate", "conf_low", "conf_high", "n")
    )
    return less_the_others(OutletFigure(*row) for row in zip(*columns, strict=True))


def _in_voice(table: pa.Table, voices: Mapping[str, str], wire: str) -> pa.Table:
    voice_of = np.array([voices.get(outlet) for outlet in table["outlet"].to_pylist()], dtype=object)
    own = pc.fill_null(pc.invert(table["quoted"]), False).to_numpy(zero_copy_only=False)
    in_voice = (voice_of == "all") | ((voice_of == "own") & own)
    if wire == "without":
        in_voice &= ~pc.fill_null(table["copied"], False).to_numpy(zero_copy_only=False)
    return table.filter(pa.array(in_voice))


def _worth_elsewhere(table: pa.Table) -> Array:
    """What the label of each row carries elsewhere: in other outlets, of other subjects; NaN where nobody knows."""
    codes, lengths = [], []
    for name in ("outlet", "subject", "label"):
        dictionary = pc.dictionary_encode(table[name].combine_chunks())
        codes.append(dictionary.indices.to_numpy())
        lengths.append(len(dictionary.dictionary))
    outlet, subject, label = codes
    totals = []
    for name in ("score", "read"):
        values = table[name].to_numpy().astype(np.float64)
        here = np.zeros(lengths)
        np.add.at(here, (outlet, subject, label), values)
        elsewhere = here.sum(axis=(0, 1)) - here.sum(axis=1)[:, None] - here.sum(axis=0)[None] + here
        totals.append(elsewhere[outlet, subject, label])
    score, read = totals
    enough = read >= FEWEST
    worth: Array = np.where(enough, score / np.where(enough, read, 1.0), np.nan)
    return np.clip(worth, -1.0, 1.0)


class OutletFigure(NamedTuple):
    """An outlet's estimate for a subject with its interval, of `n` units."""

    outlet: str
    subject: str
    estimate: float | None
    low: float | None
    high: float | None
    n: int


def less_the_others(figures: Iterable[OutletFigure]) -> Named:
    """Set each outlet's estimate for a subject against the mean of the other outlets' for the same subject."""
    by_subject: dict[str, list[OutletFigure]] = {}
    for figure in figures:
        if figure.estimate is not None and figure.low is not None and figure.n > 1:
            by_subject.setdefault(figure.subject, []).append(figure)
    differences: Named = {}
    for subject, of in by_subject.items():
        if len(of) < 2:
            continue
        values, lows, highs = (np.array(column) for column in zip(*(one[2:5] for one in of), strict=True))
        for at, one in enumerate(of):
            share = np.full(len(of), -1.0 / (len(of) - 1))
            share[at] = 1.0
            differences[one.outlet, subject] = (*mover(share, values, lows, highs), one.n)
    return differences
