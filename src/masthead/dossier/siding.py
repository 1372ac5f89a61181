"""Whose side outlets take: the map of outlets and subjects, its balance, its axes, and what does not fit."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from masthead.dossier.board import Board
from masthead.dossier.explaining import Explanations, explanations, style_of, title_of
from masthead.dossier.grid import GridRow
from masthead.dossier.notation import MEANS, SHARES, Notation
from masthead.dossier.text import evidence_page
from masthead.dossier.views import Cell, OutletView, SubjectView

SIGNED = ("portrayal", "naming", "voice")
"""The bases of a side, each with a map of its own; the first leads."""

PRAISE, BLAME = "praise", "blame"

COLUMNS = 30
"""So many subjects stand in a map, those with most units; in its own order."""

MISFITS = 40
"""So many cells that do not fit are listed, those furthest from what the axes give."""


@dataclass(frozen=True)
class Stand:
    """Where one outlet stands on one subject, and what the axes give for it."""

    cell: Cell
    fitted: float | None = None
    fits: bool | None = None
    note: str = ""

    @property
    def shade(self) -> str:
        """The style of the cell: by side and size where its interval is off 0."""
        return "weak" if self.cell.state != "shown" else self.cell.shade

    @property
    def off(self) -> float:
        """How far the figure lies from what the axes give."""
        return abs((self.cell.estimate or 0.0) - (self.fitted or 0.0))


@dataclass(frozen=True)
class Map:
    """Where outlets stand by one basis, in the order that shows blocks."""

    basis: str
    subjects: list[SubjectView]
    rows: list[GridRow[Stand]]


@dataclass(frozen=True)
class Apart:
    """Praise and blame of one outlet for one subject."""

    praise: Cell | None
    blame: Cell | None


@dataclass(frozen=True)
class Balance:
    """Whether friends of friends are friends: ties to be turned for two camps, and balanced cycles, against chance."""

    reason: str
    frustration: int | None
    ties: int | None
    expected: float | None
    p: float | None
    exact: bool
    permutations: int
    balanced: float | None
    balanced_expected: float | None
    cycles: int | None
    p_balanced: float | None
    camps: list[list[str]]
    against: list[tuple[str, str]]


@dataclass(frozen=True)
class Place:
    """Where an outlet or a subject stands on one axis; places in percent along it."""

    title: str
    place: float
    low: float | None
    high: float | None
    at: tuple[str, str, str]

    @property
    def interval(self) -> str:
        """The two ends of the interval, in words."""
        return MEANS.interval(self.low, self.high)

    @property
    def figure(self) -> str:
        """The place with its sign."""
        return MEANS.value(self.place)


@dataclass(frozen=True)
class Axes:
    """One axis or two: how that was decided, and the places on each."""

    n: int | None
    said: list[str]
    reason: str
    shares: list[float]
    outlets: list[list[Place]]
    subjects: list[list[Place]]


@dataclass(frozen=True)
class Followed:
    """Whether an outlet's portrayal of a subject followed a factor when its value changed on a day."""

    outlet: str
    subject: str
    factor: str
    day: dt.date | None
    values: tuple[float | None, float | None]
    before: Cell
    after: Cell
    answer: str
    reason: str

    @property
    def style(self) -> str:
        """The style of its answer."""
        return style_of(self.answer)


@dataclass(frozen=True)
class Siding:
    """All that the pages say of alignment."""

    reason: str
    said: list[str]
    maps: list[Map]
    apart: list[GridRow[Apart]]
    subjects: list[SubjectView]
    n_more: int
    balance: Balance | None
    explanations: Explanations
    axes: Axes | None
    misfits: list[tuple[OutletView, SubjectView, Stand]]
    n_misfits: int
    followed: list[Followed]

    @property
    def map(self) -> Map | None:
        """The map that leads."""
        return self.maps[0] if self.maps else None


def siding(board: Board) -> Siding | None:
    """Return whose side outlets take; None where the survey did not ask."""
    told: Mapping[str, Any] = board.about.get("alignment") or {}
    table = board.findings.alignment
    if not (table.num_rows or board.findings.explanations.num_rows or told):
        return None
    stands, outlets, everyone = _stands(board, table.to_pylist())
    busiest = sorted(
        everyone,
        key=lambda s: (
            -sum(x.cell.n_units for (b, _, of), x in stands.items() if (b, of) == (SIGNED[0], s.id))
        ),
    )[:COLUMNS]
    subjects = [s for s in everyone if s in busiest]
    maps = [m for basis in SIGNED if (m := _map(basis, stands, outlets, subjects)) is not None]
    misfits = [
        (r.outlet, s, x)
        for r in (maps[0].rows if maps else ())
        for s, x in zip(subjects, r.cells, strict=True)
        if x is not None and x.fits is False
    ]
    misfits.sort(key=lambda m: -m[2].off)
    return Siding(
        reason=str(told.get("reason") or ""),
        said=[str(s) for s in told.get("said") or ()],
        maps=maps,
        apart=_apart(stands, outlets, subjects),
        subjects=subjects,
        n_more=len(everyone) - len(subjects),
        balance=_balance(board, _edition(board, told.get("balance"))),
        explanations=explanations(board, outlets),
        axes=_axes(board, _edition(board, told.get("axes"))),
        misfits=misfits[:MISFITS],
        n_misfits=len(misfits),
        followed=_followed(board, _edition(board, told.get("over_time"))),
    )


def _edition(board: Board, told: Any) -> Any:
    """Return what is told of the figures with wire copy, or without, whichever the board shows."""
    return told.get(board.findings.wire) if isinstance(told, Mapping) else None


Stands = dict[tuple[str, str, str], Stand]
"""By basis, outlet and subject."""


def _stands(board: Board, rows: list[dict[str, Any]]) -> tuple[Stands, list[OutletView], list[SubjectView]]:
    """Return where every outlet shown stands, and outlets and subjects in the order of the map.

    Of several voices the one that portrayal leads with is taken.
    """
    outlets = {o.id: o for o in board.outlets}
    subjects = {s.id: s for s in board.subjects}
    found: Stands = {}
    row_at: dict[str, tuple[int, int]] = {}
    column_at: dict[str, tuple[int, int]] = {}
    rows = [r for r in rows if r["outlet"] in outlets and r["subject"] in subjects]
    rows.sort(key=lambda r: r["voice"] != board.voice(SIGNED[0], r["outlet"]))
    listed = {name: at for at, name in enumerate([*outlets, *subjects])}
    for r in rows:
        key = (r["basis"], r["outlet"], r["subject"])
        if key in found:
            continue
        found[key] = Stand(_cell(board, r), r["fitted"], r["fits"], r["note"] or "")
        for places, name, order in (
            (row_at, r["outlet"], r["outlet_order"]),
            (column_at, r["subject"], r["subject_order"]),
        ):
            places.setdefault(name, (len(listed) if order is None else int(order), listed[name]))
    return (
        found,
        [outlets[name] for name in sorted(row_at, key=row_at.__getitem__)],
        [subjects[name] for name in sorted(column_at, key=column_at.__getitem__)],
    )


def _cell(board: Board, row: Mapping[str, Any]) -> Cell:
    basis, subject, outlet = row["basis"], row["subject"], row["outlet"]
    measured = board.cell("voice" if basis == "voice" else "portrayal", subject, None, outlet)
    if basis == "naming" or measured is None:
        href = f"{board.evidence_way(outlet)}{evidence_page(subject, outlet)}"
    else:
        href = measured.href
    n_units = int(row["n_units"] or 0)
    return Cell(
        estimate=row["estimate"],
        low=row["conf_low"],
        high=row["conf_high"],
        numerator=0.0,
        denominator=float(n_units),
        n_units=n_units,
        n_left_out=0,
        method="",
        note=row["note"] or "",
        href=href,
        notation=_notation(basis),
        voice=row["voice"] or "all",
    )


def _notation(basis: str) -> Notation:
    return MEANS if basis in SIGNED else SHARES


def _map(basis: str, stands: Stands, outlets: list[OutletView], subjects: list[SubjectView]) -> Map | None:
    rows = [GridRow(o, [stands.get((basis, o.id, s.id)) for s in subjects]) for o in outlets]
    return Map(basis, subjects, rows) if any(x for r in rows for x in r.cells) else None


def _apart(stands: Stands, outlets: list[OutletView], subjects: list[SubjectView]) -> list[GridRow[Apart]]:
    def pair(outlet: str, subject: str) -> Apart | None:
        praise, blame = (stands.get((basis, outlet, subject)) for basis in (PRAISE, BLAME))
        if praise is None and blame is None:
            return None
        return Apart(praise.cell if praise else None, blame.cell if blame else None)

    rows = [GridRow(o, [pair(o.id, s.id) for s in subjects]) for o in outlets]
    return rows if any(c for r in rows for c in r.cells) else []


def _balance(board: Board, told: Mapping[str, Any] | None) -> Balance | None:
    if not told:
        return None
    names = board.titles | {s.id: s.title for s in board.subjects}
    return Balance(
        reason=str(told.get("reason") or ""),
        **{k: told.get(k) for k in ("frustration", "ties", "expected", "p", "cycles")},
        exact=bool(told.get("exact")),
        permutations=int(told.get("permutations") or 0),
        balanced=told.get("balanced"),
        balanced_expected=told.get("balanced_expected"),
        p_balanced=told.get("p_balanced"),
        camps=[[names.get(x, x) for x in camp] for camp in told.get("camps") or ()],
        against=[(names.get(a, a), names.get(b, b)) for a, b in told.get("against") or ()],
    )


def _axes(board: Board, told: Mapping[str, Any] | None) -> Axes | None:
    if not told:
        return None
    said = told.get("said") or ()
    n = told.get("n")
    names = board.titles | {s.id: s.title for s in board.subjects}
    return Axes(
        n=None if n is None else int(n),
        said=[said] if isinstance(said, str) else [str(s) for s in said],
        reason=str(told.get("reason") or ""),
        shares=[float(s) for s in told.get("shares") or ()],
        outlets=[
            _places(told.get("outlets") or (), "outlet", suffix, names) for suffix in ("", "_2")[: n or 0]
        ],
        subjects=[
            _places(told.get("subjects") or (), "subject", suffix, names) for suffix in ("", "_2")[: n or 0]
        ],
    )


def _places(rows: Any, of: str, suffix: str, names: Mapping[str, str]) -> list[Place]:
    """Return the places on one axis in its order; the axis ends where the furthest interval does."""
    known = [
        (names.get(r[of], r[of]), *(r.get(k + suffix) for k in ("place", "low", "high")))
        for r in rows
        if r.get(f"place{suffix}") is not None
    ]
    reach = max((abs(x) for _, *xs in known for x in xs if x is not None), default=1.0) or 1.0
    found = [
        Place(
            title,
            place,
            low,
            high,
            (
                MEANS.place(place if low is None else low, reach),
                MEANS.place(place, reach),
                MEANS.place(place if high is None else high, reach),
            ),
        )
        for title, place, low, high in known
    ]
    return sorted(found, key=lambda p: (-p.place, p.title))


def _followed(board: Board, rows: Any) -> list[Followed]:
    names = board.titles | {s.id: s.title for s in board.subjects}
    by_factor = title_of(board)
    shown = {o.id for o in board.outlets}

    def figure(row: Mapping[str, Any], side: str) -> Cell:
        low, high = row.get(f"{side}_low"), row.get(f"{side}_high")
        return Cell(row.get(side), low, high, 0.0, 1.0, 0, 0, "", "", "", MEANS)

    found: dict[str, list[Followed]] = defaultdict(list)
    for r in rows or ():
        if r.get("outlet") not in shown:
            continue
        found[r["outlet"]].append(
            Followed(
                outlet=names.get(r["outlet"], r["outlet"]),
                subject=names.get(r.get("subject"), r.get("subject") or ""),
                factor=by_factor(r.get("factor")),
                day=dt.date.fromisoformat(r["from"]) if r.get("from") else None,
                values=(r.get("value_before"), r.get("value_after")),
                before=figure(r, "before"),
                after=figure(r, "after"),
                answer=r.get("answer") or "",
                reason=r.get("reason") or "",
            )
        )
    return [x for o in board.outlets for x in found.get(o.id, ())]
