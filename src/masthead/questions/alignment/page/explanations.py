"""What explains whose side an outlet takes: factors one by one, one beyond another, and what so few can show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.charts.axes import ENDS, Axis, Range
from masthead.dossier.overview.contrasts import SIGNIFICANT
from masthead.dossier.views import OutletView
from masthead.dossier.writing.notation import MEANS
from masthead.dossier.writing.numbers import interval, name_list, percent
from masthead.questions.alignment.about import ALIGNMENT
from masthead.questions.alignment.page.basis_words import LEADING

_STYLES = {
    **dict.fromkeys(("explains", "adds", "follows"), "v-for"),
    **dict.fromkeys(("does not explain", "adds nothing", "does not follow"), "v-against"),
    **dict.fromkeys(("inseparable", "not enough evidence"), "v-open"),
}

_RANKS = {"explains": 0, "adds": 0, "does not explain": 2, "adds nothing": 2, "inseparable": 4}

LEAST = 0.05
"""A factor explains where its p is at most this; where so few subjects cannot give such a p, it cannot be shown to."""


@dataclass(frozen=True)
class Explanation:
    """One factor for one outlet; with `beyond`, what it adds to that other one.

    `range` is how much better subjects at the factor's high end are portrayed than those at its low end, on an axis
    that all outlets share, and `apart` the same less the mean of the other outlets. `nothing` is the stretch of that
    axis, within the margin, that counts as nothing.
    """

    factor: str
    beyond: str
    answer: str
    reason: str
    n_subjects: int
    split: str
    range: Range
    apart: Range
    nothing: list[tuple[str, str]]
    margin: float | None
    share_explained: float | None
    low: float | None
    high: float | None
    p: float | None
    p_best: float | None
    q: float | None
    p_least: float | None
    permutations: int
    inseparable: list[str]

    @property
    def style(self) -> str:
        """The style of its answer."""
        return style_of(self.answer)

    @property
    def figure(self) -> str:
        """The share explained, in percent."""
        return percent(self.share_explained)

    @property
    def interval(self) -> str:
        """The interval of the share explained."""
        return interval(self.low, self.high)

    @property
    def stands_apart(self) -> bool:
        """True where the factor sets the outlet apart from the others: what all write is no side of one."""
        low, high = self.apart.low, self.apart.high
        return (low is not None and low > 0) or (high is not None and high < 0)

    @property
    def holds(self) -> bool:
        """True where chance alone would hardly bring it among so many outlets."""
        return self.q is None or self.q < SIGNIFICANT

    @property
    def better(self) -> bool:
        """True where subjects at the factor's high end are portrayed better."""
        return (self.range.estimate or 0.0) > 0

    @property
    def size(self) -> str:
        """How far the two ends are apart, without a sign."""
        return MEANS.apart(self.range.estimate or 0.0)


@dataclass(frozen=True)
class Explained:
    """What explains one outlet: factors alone, the surest first, and pairs of them."""

    outlet: OutletView
    alone: list[Explanation]
    beyond: list[Explanation]

    @property
    def leading(self) -> Explanation | None:
        """The factor that explains most, of those that are shown to."""
        factors = [e for e in self.alone if e.answer == "explains"]
        return max(factors, key=lambda e: e.share_explained or 0.0) if factors else None

    @property
    def n_tested(self) -> int:
        """How many factors so many subjects could test by themselves."""
        return sum(e.p is not None for e in self.alone)

    @property
    def decided_pairs(self) -> list[Explanation]:
        """The pairs of which something can be said: of few subjects, most cannot be told from chance."""
        return [e for e in self.beyond if e.answer != "not enough evidence"]

    @property
    def on_top(self) -> list[Explanation]:
        """What the other factors add to the leading one."""
        return [e for e in self.beyond if self.leading and e.beyond == self.leading.factor]


@dataclass(frozen=True)
class Evidence:
    """What can be shown of a factor at all: over how many subjects it is known, how it splits them, the least p.

    `split` is of the outlet that portrays most of them. `high` and `low` are the subjects at either end.
    """

    factor: str
    subjects: str
    split: str
    p_least: float | None
    p_most: float | None
    inseparable: str
    high: list[str]
    low: list[str]

    @property
    def hopeless(self) -> bool:
        """True where no outlet has subjects enough for the factor to be shown to explain."""
        return self.p_least is not None and self.p_least > LEAST


@dataclass(frozen=True)
class Explanations:
    """What explains each outlet of the map, and what so few subjects can show."""

    outlets: list[Explained]
    evidence: list[Evidence]

    @property
    def outlets_explained(self) -> list[Explained]:
        """The outlets that a factor is shown to explain: the surest first, and those that it sets apart."""
        leaders = [(e, e.leading) for e in self.outlets]
        with_leader = [(e, one) for e, one in leaders if one is not None]
        return [e for e, one in sorted(with_leader, key=lambda x: (not x[1].holds, not x[1].stands_apart))]

    @property
    def outlets_unexplained(self) -> list[OutletView]:
        """The outlets that no factor is shown to explain."""
        return [e.outlet for e in self.outlets if not e.leading]


def style_of(answer: str) -> str:
    """Return the style of an answer."""
    return _STYLES.get(answer, "v-none")


def explanations(board: Board, order: Sequence[OutletView]) -> Explanations:
    """Return what explains the outlets, in the order given and then the board's."""
    table_rows = board.findings.explanations.to_pylist()
    # Intervals of few subjects may reach far: those that reach further than half as far again are cut.
    reach = 1.5 * max((abs(r["slope"]) for r in table_rows if r["slope"] is not None), default=0.5)
    axis = Axis(MEANS, next((end for end in ENDS if end >= reach), ENDS[-1]))
    rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in table_rows:
        rows[row["outlet"]].append(row)
    explained_outlets = []
    for outlet in dict.fromkeys((*order, *board.outlets)):
        of = rows.get(outlet.id, [])
        leading = board.voice(LEADING, outlet.id)
        if any(r["voice"] == leading for r in of):
            of = [r for r in of if r["voice"] == leading]
        answers = [_explanation(board, axis, r) for r in of]
        if answers:
            answers.sort(
                key=lambda e: (_RANKS.get(e.answer, 3), -(e.share_explained or 0.0), e.factor, e.beyond)
            )
            explained_outlets.append(
                Explained(outlet, [e for e in answers if not e.beyond], [e for e in answers if e.beyond])
            )
    return Explanations(explained_outlets, _evidence(board, explained_outlets))


def _explanation(board: Board, axis: Axis, row: dict[str, Any]) -> Explanation:
    margin = row["margin"]
    start, end = axis.at(-(margin or 0.0)), axis.at(margin or 0.0)
    return Explanation(
        factor=board.factor_title(row["factor"]),
        beyond=board.factor_title(row["beyond"]),
        answer=row["answer"] or "not enough evidence",
        reason=row["reason"] or "",
        n_subjects=int(row["n_subjects"] or 0),
        split=row["split"] or "",
        range=Range(axis, row["slope"], row["slope_low"], row["slope_high"]),
        apart=Range(axis, row["apart"], row["apart_low"], row["apart_high"]),
        nothing=[(f"{start:.1f}%", f"{end - start:.1f}%")] if margin else [],
        margin=margin,
        share_explained=row["explained"],
        low=row["explained_low"],
        high=row["explained_high"],
        **{k: row[k] for k in ("p", "p_best", "q", "p_least")},
        permutations=int(row["permutations"] or 0),
        inseparable=[board.factor_title(f) for f in row["inseparable"] or ()],
    )


def _evidence(board: Board, outlets: Sequence[Explained]) -> list[Evidence]:
    """Return, per factor, what its subjects can show, from its rows for all outlets."""
    rows: dict[str, list[Explanation]] = defaultdict(list)
    for outlet in outlets:
        for one in outlet.alone:
            rows[one.factor].append(one)
    ends = _ends(board)
    evidence = []
    for factor, of in sorted(rows.items()):
        high, low = ends.get(factor, ([], []))
        sizes = sorted({e.n_subjects for e in of})
        fullest = max(of, key=lambda e: (e.n_subjects, e.split))
        least = sorted(e.p_least for e in of if e.p_least is not None)
        twins = sorted({f for e in of for f in e.inseparable})
        evidence.append(
            Evidence(
                factor=factor,
                subjects=f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}",
                split=fullest.split,
                p_least=least[0] if least else None,
                p_most=least[-1] if least else None,
                inseparable=name_list(twins, 4),
                high=high,
                low=low,
            )
        )
    return evidence


def _ends(board: Board) -> dict[str, tuple[list[str], list[str]]]:
    """Return which subjects stand at the high end of each factor, and which at its low end."""
    names = {s.id: s.title for s in board.subjects}
    ends = {}
    for factor in ALIGNMENT.any_of(board.about).get("factors") or ():
        values = {names[s]: v for s, v in (factor.get("values") or {}).items() if s in names}
        if values:
            high, low = (
                [s for s, v in values.items() if v == end]
                for end in (max(values.values()), min(values.values()))
            )
            ends[board.factor_title(factor["id"])] = (high, low)
    return ends
