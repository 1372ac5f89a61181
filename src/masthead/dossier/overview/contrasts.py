"""Key findings: the contrasts between outlets that the figures support best, and what could overturn them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from masthead.dossier.board import Board
from masthead.dossier.views import Cell, OutletView, SubjectView
from masthead.dossier.writing.numbers import ENOUGH
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words

SIGNIFICANT = 0.05
"""A difference is found where its false discovery rate (q) is below this and its interval off zero."""

KEY_FINDINGS = 8
PER_SUBJECT = 3

# Of each category the one pair that stays furthest apart at the near end of its interval, as a part of the
# measure's range. Both are compared in the voice that their own figures lead with, and it is the same. What titles
# alone say stands beside no other figure, where other outlets have texts.
_BEST = f"""
select * from (
  select c.*, greatest(conf_low, -conf_high) / one.span as sure
  from comparisons c
  join led_with one on one.measure = c.measure and one.outlet = c.outlet and one.voice = c.voice
  join led_with two on two.measure = c.measure and two.outlet = c.versus and two.voice = c.voice
  where q < {SIGNIFICANT} and greatest(conf_low, -conf_high) > 0
    and one.compared and not one.by_titles and not two.by_titles
    and category is distinct from '{OTHER}' and least(n_units, n_units_versus) >= {ENOUGH}
  qualify row_number() over (
    partition by c.measure, subject, category order by sure desc, c.outlet, c.versus) = 1
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
    """Two outlets that differ: `more` has the larger figure. The difference is always positive."""

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
    words: Words

    @property
    def apart(self) -> str:
        """How far apart the two are, as differences of the measure are written."""
        return self.more_cell.notation.apart(self.difference)

    @property
    def apart_between(self) -> str:
        """The interval of that difference."""
        return self.more_cell.notation.apart_between(self.low, self.high)


def contrasts(board: Board) -> list[Contrast]:
    """Return the best supported contrast of every measure, subject and category, the surest first."""
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    robust = robustness(board)
    all_contrasts = []
    for r in board.rows(_BEST):
        more, less = (r["outlet"], r["versus"]) if r["difference"] > 0 else (r["versus"], r["outlet"])
        low, high = sorted((abs(r["conf_low"]), abs(r["conf_high"])))
        key = (r["measure"], r["subject"], r["category"])
        more_cell, less_cell = (board.cell(*key, outlet) for outlet in (more, less))
        if more_cell is None or less_cell is None or r["subject"] not in subjects:
            continue
        if r["calibrated"] is not True:
            # Both are shown as they were compared.
            more_cell, less_cell = more_cell.by_reader, less_cell.by_reader
        all_contrasts.append(
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
                # Without an alias there are figures by the reader alone.
                more_robust=None if r["calibrated"] else robust.get((*key, more)),
                less_robust=None if r["calibrated"] else robust.get((*key, less)),
                words=board.words(r["measure"]),
            )
        )
    return all_contrasts


def leading_contrasts(surest_first: list[Contrast]) -> list[Contrast]:
    """Choose what to say of each subject: the surest, PER_SUBJECT at most, the surest of all first.

    Of a subject the surest of every measure come before the second of any, so that no measure with many
    categories takes all the room.
    """
    turns: dict[str, list[tuple[int, int]]] = defaultdict(list)
    counts: dict[tuple[str, str], int] = defaultdict(int)
    for at, contrast in enumerate(surest_first):
        of = (contrast.subject.id, contrast.measure)
        turns[contrast.subject.id].append((counts[of], at))
        counts[of] += 1
    return [
        surest_first[at] for at in sorted(at for one in turns.values() for _, at in sorted(one)[:PER_SUBJECT])
    ]


def robustness(board: Board) -> dict[tuple[str, str, str | None, str], Robust]:
    """Return, per measure, subject, category and outlet, the range of figures with any one alias left out."""
    rows = board.rows(
        "select measure, subject, category, outlet, min(estimate) as low, arg_min(alias_left_out, estimate) "
        "as low_alias, max(estimate) as high, arg_max(alias_left_out, estimate) as high_alias, "
        "count(*) as n_aliases from (select r.* from robustness r semi join led_with using (measure, outlet, voice) "
        "order by alias_left_out) where estimate is not null group by all"
    )
    return {
        (r["measure"], r["subject"], r["category"], r["outlet"]): Robust(
            r["low"], r["low_alias"], r["high"], r["high_alias"], r["n_aliases"]
        )
        for r in rows
    }
