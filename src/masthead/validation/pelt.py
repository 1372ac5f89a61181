"""PELT beside our own changes: another method, which a reader may hold ours against.

Killick, R., Fearnhead, P. and Eckley, I. (2012). Optimal detection of changepoints with a linear computational cost.
Journal of the American Statistical Association 107(500), 1590–1598. As the package ruptures has it, over articles, with
least squares on each article's shares and a penalty of 3·variance·log n for each change (Yao's is 2: articles are not
independent, and it is no test). It has no p, no interval and no notion of a story.
"""

from __future__ import annotations

import datetime as dt
from importlib import import_module
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from masthead.errors import UsageError
from masthead.inference.changes.scan import FEWEST
from masthead.questions.changes.series import Key, cells_of

PENALTY = 3.0


class Checked(NamedTuple):
    """The days on which PELT has a series change: the first articles after."""

    key: Key
    days: tuple[dt.date, ...]


def pelt(units: Path, series: set[Key]) -> list[Checked]:
    """Run PELT over the series named; in order of their names.

    Raises UsageError where ruptures is not installed.
    """
    try:
        ruptures: Any = import_module("ruptures")
    except ModuleNotFoundError:
        raise UsageError(
            "a check by PELT without the package 'ruptures'",
            "the package installed",
            "run `pip install 'masthead[pelt]'`",
        ) from None
    found = []
    for cell in chain.from_iterable(cells_of(units)):
        if cell.key not in series:
            continue
        parts = cell.series.parts
        rates = parts[:, :1] / parts[:, 1:] if cell.signed else parts / parts.sum(axis=1, keepdims=True)
        penalty = PENALTY * rates.var(axis=0).sum() * np.log(len(rates))
        cuts = ruptures.Pelt(model="l2", min_size=FEWEST, jump=1).fit(rates).predict(pen=penalty)[:-1]
        days = tuple(dt.date.fromordinal(int(cell.series.day[cut])) for cut in cuts)
        found.append(Checked(cell.key, days))
    return sorted(found, key=lambda one: tuple(str(part) for part in one.key))
