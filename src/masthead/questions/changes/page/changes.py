"""What changed, and when: dated changes and slow drifts, each with its timeline and the sentences on either side."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from masthead.dossier.board import DRIFT, Board
from masthead.dossier.charts.drawing import WIDE, draw
from masthead.dossier.charts.series import lone_panel
from masthead.dossier.evidence.evidence_pages import Use
from masthead.dossier.page import Page
from masthead.dossier.views import OutletView, SubjectView
from masthead.dossier.writing.notation import Notation
from masthead.findings.about import Declaration
from masthead.measuring.measure import OTHER
from masthead.measuring.words import Words
from masthead.questions.changes.about import CHANGES
from masthead.questions.changes.page.passages_around import passages_around
from masthead.questions.changes.page.reversals import Record, record

SHOWN = 40
"""So many changes are told in full, the surest."""

LISTED = 200
"""So many changes stand in the list, the surest, in order of time."""

LEADING = 6
"""So many changes are said on the main page."""


@dataclass(frozen=True)
class Shift:
    """The figure of one category before a change and after it; `difference` is after less before."""

    category: str | None
    notation: Notation
    before: float | None
    before_low: float | None
    before_high: float | None
    after: float | None
    after_low: float | None
    after_high: float | None
    difference: float
    low: float | None
    high: float | None

    @property
    def apart(self) -> str:
        """The difference with its sign, as differences of the measure are written."""
        return self.notation.difference_with_sign(self.difference)

    @property
    def apart_between(self) -> str:
        """The interval of the difference."""
        return self.notation.gained_between(self.low, self.high)

    @property
    def sure(self) -> float:
        """How far the interval of the difference stays from 0, as a part of the measure's range."""
        if self.low is None or self.high is None:
            return 0.0
        return max(self.low, -self.high, 0.0) / self.notation.span


@dataclass(frozen=True)
class Change:
    """One change of one series: of a single figure, or of all categories of a composition at once."""

    id: str
    measure: Declaration
    outlet: OutletView
    subject: SubjectView | None
    voice: str
    drift: bool
    date: dt.date
    low: dt.date
    high: dt.date
    shifts: list[Shift]
    q: float | None
    family: str
    permutations: int
    n_before: int
    n_after: int
    at_gap: bool
    coverage_moved: bool
    method: str
    note: str
    href: str
    words: Words
    number: int = 0
    in_full: bool = False
    """True where the page tells it in full, with its timeline and sentences."""
    picture: Markup = field(default_factory=Markup)
    before: list[Use] = field(default_factory=list)
    after: list[Use] = field(default_factory=list)

    @property
    def of(self) -> tuple[str, str, str | None]:
        """What it is a change of, in whatever voice: measure, outlet, subject."""
        return (self.measure["name"], self.outlet.id, self.subject.id if self.subject else None)

    @property
    def anchor(self) -> str:
        """Where it stands on the page."""
        return f"change--{self.number}"

    @property
    def leading(self) -> Shift:
        """The category that moved most, other than the rest."""
        return self.shifts[0]

    @property
    def sure(self) -> float:
        """How far the surest category's interval stays from no change."""
        return max(s.sure for s in self.shifts)


@dataclass(frozen=True)
class Changes:
    """All that the pages say of change. `in_order` are in order of time, of `n` in all; `other_voices` beside them.

    `sight` says which changes would go unseen here, `notes` the rest of what was looked at.
    """

    in_order: list[Change]
    n: int
    other_voices: list[Change]
    record: Record
    sight: str
    notes: list[str]

    @property
    def with_date(self) -> list[Change]:
        """The changes told in full that have a date, and are not of what is covered alone."""
        return [c for c in self.in_order if c.in_full and not c.drift and not c.coverage_moved]

    @property
    def of_coverage(self) -> list[Change]:
        """Those told in full where the mix of stories or sections moved, and the figure within each did not."""
        return [c for c in self.in_order if c.in_full and c.coverage_moved]

    @property
    def drifts(self) -> list[Change]:
        """The slow ones told in full."""
        return [c for c in self.in_order if c.in_full and c.drift and not c.coverage_moved]

    @property
    def n_told(self) -> int:
        """How many are told in full."""
        return sum(c.in_full for c in self.in_order)

    @property
    def leading(self) -> list[Change]:
        """The surest dated changes, in order of time; none of a share that says little by itself."""
        bare = [c for c in self.with_date if c.words.compared]
        surest = sorted(bare, key=lambda c: (-c.sure, c.number))[:LEADING]
        return sorted(surest, key=lambda c: c.number)


def changes(board: Board) -> Changes | None:
    """Return what changed; None where the survey did not look for changes."""
    findings, about = board.findings, CHANGES.get(board.about)
    if not (findings.changes.num_rows or findings.reversals.num_rows or about is not None):
        return None
    all_changes = _all_changes(board)
    leading = [c for c in all_changes if c.voice == board.voice(c.measure["name"], c.outlet.id)]
    keys = {c.of for c in leading}
    others = [
        c for c in all_changes if c.voice != board.voice(c.measure["name"], c.outlet.id) and c.of not in keys
    ]
    others.sort(key=lambda c: (-c.sure, c.date, c.id))
    surest = sorted(leading, key=lambda c: (-c.sure, c.date, c.id))[:LISTED]
    ids_in_full = {c.id for c in surest[:SHOWN]}
    in_order = [
        replace(c, number=at, in_full=c.id in ids_in_full)
        for at, c in enumerate(sorted(surest, key=lambda c: (c.date, c.outlet.title, c.id)), 1)
    ]
    in_order = _with_pictures(board, in_order)
    notes = (about.get("said") or []) if about else []
    # Surveys that held no word of it began with what was tested.
    first = bool(notes) and about is not None and "sight" in about
    return Changes(
        in_order=in_order,
        n=len(leading),
        other_voices=others[:SHOWN],
        record=record(board, {c.id: c.anchor for c in in_order if c.in_full}),
        sight=notes[0] if first else "",
        notes=notes[1:] if first else notes,
    )


def _all_changes(board: Board) -> list[Change]:
    """Return every change of the outlets shown, in any voice."""
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    measures = {m["name"]: m for m in board.about["measures"]}
    rows = board.rows(
        "select * from changes where date is not null and difference is not null and (conf_low > 0 or conf_high < 0) "
        "order by change, voice, category"
    )
    all_changes = []
    for (name, _), group in groupby(rows, key=lambda r: (r["change"], r["voice"])):
        of = list(group)
        first = of[0]
        if first["outlet"] not in outlets or first["measure"] not in measures:
            continue
        if first["subject"] is not None and first["subject"] not in subjects:
            continue
        all_changes.append(
            _change(
                board,
                name,
                measures[first["measure"]],
                outlets[first["outlet"]],
                subjects.get(first["subject"]),
                of,
            )
        )
    return all_changes


def _change(
    board: Board,
    name: str,
    measure: Declaration,
    outlet: OutletView,
    subject: SubjectView | None,
    rows: list[dict[str, Any]],
) -> Change:
    notation = board.notations[measure["name"]]
    shifts = [
        Shift(
            category=r["category"],
            notation=notation,
            **{k: r[k] for k in ("before", "before_low", "before_high", "after", "after_low", "after_high")},
            difference=r["difference"],
            low=r["conf_low"],
            high=r["conf_high"],
        )
        for r in rows
    ]
    shifts.sort(key=lambda s: (s.category == OTHER, -abs(s.difference), s.category or ""))
    row = rows[0]
    cell = board.cell(measure["name"], row["subject"], shifts[0].category, outlet.id)
    return Change(
        id=name,
        measure=measure,
        outlet=outlet,
        subject=subject,
        voice=row["voice"],
        drift=row["kind"] == DRIFT,
        date=row["date"],
        low=row["date_low"] or row["date"],
        high=row["date_high"] or row["date"],
        shifts=shifts,
        q=row["q"],
        family=row["family"] or "",
        permutations=int(row["permutations"] or 0),
        n_before=int(row["n_before"] or 0),
        n_after=int(row["n_after"] or 0),
        at_gap=any(r["at_gap"] for r in rows),
        coverage_moved=any(r["coverage_moved"] for r in rows),
        method=row["method"] or "",
        note=row["note"] or "",
        href=cell.href if cell else board.way_of_others(measure["name"], outlet.id),
        words=board.words(measure["name"]),
    )


def _with_pictures(board: Board, in_order: list[Change]) -> list[Change]:
    """Return the changes, those told in full with their timelines and the sentences on either side."""
    full = [c for c in in_order if c.in_full]
    sentences = passages_around(
        board,
        [
            (c.number, c.measure["name"], c.outlet.id, c.subject.id, c.voice, c.low, c.high, c.drift)
            for c in full
            if c.subject is not None
        ],
    )
    with_pictures = []
    for change in in_order:
        if not change.in_full:
            with_pictures.append(change)
            continue
        subject = change.subject.id if change.subject else None
        panel = lone_panel(board, change.measure, subject, change.leading.category, change.outlet)
        before, after = sentences.get(change.number, ([], []))
        with_pictures.append(
            replace(change, picture=draw(panel, WIDE) if panel else Markup(), before=before, after=after)
        )
    return with_pictures


PAGE = Page(
    name="changes",
    title="What changed, and when",
    templates=Path(__file__).parent,
    show=lambda editions: changes(editions.board),
    symbol="c",
    place=10,
)
"""The page of changes, and its section of the index."""
