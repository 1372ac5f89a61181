"""Tables of who ran what, for tests: outlets with rates of their own, and boycotts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pyarrow as pa

from masthead.inference.silence.cells import GAPS, RUNS, STORIES, Cells, make_cells

START = dt.date(2022, 1, 3)
OUTLETS = ("alder", "birch", "cedar", "elm", "fir", "hazel")
SUBJECTS = ("docks", "mayor", "rail", "union")
NO_GAPS = GAPS.empty_table()


def runs_of(rows: list[tuple[str, str, int]]) -> pa.Table:
    """A table of runs from (story, outlet, day of the year)."""
    return pa.Table.from_pylist(
        [{"story": s, "outlet": o, "day": START + dt.timedelta(days=d)} for s, o, d in rows], RUNS
    )


def stories_of(rows: list[tuple[str, list[str]]]) -> pa.Table:
    """A table of stories from (story, subjects)."""
    return pa.Table.from_pylist(
        [{"story": s, "section": "news", "subjects": about, "unfavourable": []} for s, about in rows], STORIES
    )


def gap(outlet: str, first: int, last: int) -> pa.Table:
    """A gap of one outlet between two days of the year."""
    days = (START + dt.timedelta(days=first), START + dt.timedelta(days=last))
    return pa.Table.from_pylist([{"outlet": outlet, "gap_start": days[0], "gap_end": days[1]}], GAPS)


def drawn(
    seed: int, stories: int = 500, left_out: Callable[[str, list[str]], float] = lambda outlet, about: 0.0
) -> tuple[pa.Table, pa.Table]:
    """Runs and stories of six outlets that run a third to two thirds of all; `left_out` is how often one is not."""
    rng = np.random.default_rng(seed)
    runs, told = [], []
    for number in range(stories):
        name, day = f"s{number:05d}", int(rng.integers(365))
        about = [s for s in SUBJECTS if rng.random() < 0.25]
        told.append((name, about))
        demand = rng.normal(0, 0.5)
        for place, outlet in enumerate(OUTLETS):
            p = 1 / (1 + np.exp(-(demand - 0.6 + 0.25 * place)))
            if rng.random() < p * (1 - left_out(outlet, about)):
                runs.append((name, outlet, day + int(rng.random() < 0.1)))
    return runs_of(runs), stories_of(told)


def cells(seed: int, stories: int = 500, **how: Callable[[str, list[str]], float]) -> Cells:
    """The cells of `drawn`, without gaps."""
    return make_cells(*drawn(seed, stories, **how), NO_GAPS)
