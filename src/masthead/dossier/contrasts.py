"""Key findings: the contrasts between outlets that the figures support best, and what could overturn them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from masthead.dossier.board import Board, Cell, OutletView, SubjectView
from masthead.dossier.numbers import ENOUGH
from masthead.measures.base import OTHER

SIGNIFICANT = 0.05
"""A difference is found where its false discovery rate (q) is below this and its interval off zero."""

KEY_FINDINGS = 8
PER_SUBJECT = 2

# Of each category the one pair that stays furthest apart at the near end of its interval.
_BEST = f"""
select * from (
  select *, greatest(conf_low, -conf_high) as sure
  from comparisons
  where q < {SIGNIFICANT} and greatest(conf_low, -conf_high) > 0 and voice = 'all'
    and category is distinct from '{OTHER}' and least(n_units, n_units_versus) >= {ENOUGH}
    and outlet in (select outlet from shown) and versus in (select outlet from shown)
  qualify row_number() over (partition by measure, subject, category order by sure desc, outlet, versus) = 1
) order by sure desc, measure, subject, category
"""


@dataclass(frozen=True)
class Robust:
    """How far a figure moves when any one alias of its subject is left out."""

    low: float
    low_alias: str
    high: float
    high_alias: str
    n_aliases: int


@dataclass(frozen=True)
class Contrast:
    """Two outlets that differ: `more` has the larger share. Differences are of shares, always positive."""

    measure: str
    subject: SubjectView
    category: str | None
    more: OutletView
    less: OutletView
    more_cell: Cell
    less_cell: Cell
    difference: float
    low: float
    high: float
    q: float
    more_robust: Robust | None
    less_robust: Robust | None


def contrasts(board: Board) -> list[Contrast]:
    """Return the best supported contrast of every measure, subject and category, the surest first."""
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    robust = robustness(board)
    found = []
    for r in board.rows(_BEST):
        more, less = (r["outlet"], r["versus"]) if r["difference"] > 0 else (r["versus"], r["outlet"])
        low, high = sorted((abs(r["conf_low"]), abs(r["conf_high"])))
        key = (r["measure"], r["subject"], r["category"])
        more_cell, less_cell = (board.cell(*key, outlet) for outlet in (more, less))
        if more_cell is None or less_cell is None or r["subject"] not in subjects:
            continue
        found.append(
            Contrast(
                measure=r["measure"],
                subject=subjects[r["subject"]],
                category=r["category"],
                more=outlets[more],
                less=outlets[less],
                more_cell=more_cell,
                less_cell=less_cell,
                difference=abs(r["difference"]),
                low=low,
                high=high,
                q=r["q"],
                more_robust=robust.get((*key, more)),
                less_robust=robust.get((*key, less)),
            )
        )
    return found


def key_findings(found: list[Contrast]) -> list[Contrast]:
    """Choose the findings to lead with: the surest, and no subject more than PER_SUBJECT times."""
    taken: dict[str, int] = defaultdict(int)
    chosen = []
    for contrast in found:
        if taken[contrast.subject.id] < PER_SUBJECT:
            taken[contrast.subject.id] += 1
            chosen.append(contrast)
    return chosen[:KEY_FINDINGS]


def robustness(board: Board) -> dict[tuple[str, str, str | None, str], Robust]:
    """Return, per measure, subject, category and outlet, the range of figures with any one alias left out."""
    found = board.rows(
        "select measure, subject, category, outlet, min(estimate) as low, arg_min(alias_left_out, estimate) "
        "as low_alias, max(estimate) as high, arg_max(alias_left_out, estimate) as high_alias, "
        "count(*) as n_aliases from (select * from robustness order by alias_left_out) "
        "where voice = 'all' and estimate is not null and outlet in (select outlet from shown) group by all"
    )
    return {
        (r["measure"], r["subject"], r["category"], r["outlet"]): Robust(
            r["low"], r["low_alias"], r["high"], r["high_alias"], r["n_aliases"]
        )
        for r in found
    }
