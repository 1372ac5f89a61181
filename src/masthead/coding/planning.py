"""How many units to draw, and what more codings would do: of each cell and of each claim."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import pyarrow as pa

from masthead.coding.desk import Desk, coded_measure
from masthead.coding.draws import CellName, Unit
from masthead.coding.rounds import RoundFolder
from masthead.coding.settled import codes_and_round
from masthead.errors import UsageError
from masthead.inference.calibration import Cell
from masthead.inference.calibration.planning import Expected, after, how_many, how_many_for, outlook
from masthead.measuring.coding import (
    CodedUnit,
    adds,
    readings_known,
    readings_of_units,
    units_that_may_be_drawn,
)
from masthead.measuring.registry import MEASURES
from masthead.study import Study
from masthead.study.claim import OTHERS, Claim
from masthead.study.names import one_id

PILOT = 20
"""So many units of a cell tell how many more it takes."""


class FigureName(NamedTuple):
    """Which figure of an outlet and a subject."""

    measure: str
    outlet: str
    subject: str | None
    category: str | None


def cells_to_calibrate(desk: Desk, folder: RoundFolder) -> dict[FigureName, Cell]:
    """Return the units of each figure over all time that the codes of a round are of, as calibration takes them.

    Only of outlets and subjects of which units were drawn. A unit that adds to no category adds 0 to each.
    """
    units = units_that_may_be_drawn(desk.survey, desk.coding)
    codes = codes_and_round(desk.archive, desk.measure, units)
    of_round = codes.round.strata if codes.round is not None and codes.round.hash == folder.hash else ()
    chances = {part.cell: part.chance for part in of_round}
    values = {
        (row["outlet"], row["subject"], row["article_id"], row["mention"]): row["value"]
        for row in codes.table.to_pylist()
    }
    readings = _by_unit(readings_of_units(desk.survey, desk.coding))
    beside_draw = _by_unit(readings_known(desk.survey, desk.coding))
    by_cell: dict[CellName, list[tuple[str, str]]] = {}
    for row in units.select(["outlet", "subject", "article_id", "mention"]).to_pylist():
        by_cell.setdefault(CellName(row["outlet"], row["subject"]), []).append(
            (row["article_id"], row["mention"])
        )
    cells: dict[FigureName, Cell] = {}
    for cell, members in by_cell.items():
        if cell not in chances:
            continue
        for measure, category in sorted(_figures_of(cell.subject, readings, beside_draw), key=str):
            here = readings.get((measure, category), {})
            beside = beside_draw.get((measure, category), {})
            rows = [((*cell, *one), *here.get((*cell, *one), (0.0, 0.0))) for one in members]
            if not any(y for _, _, y in rows) and not any(unit in values for unit, _, _ in rows):
                continue
            aside = [(unit, x, y) for unit, (x, y) in beside.items() if unit[:2] == cell]
            cells[FigureName(measure, *cell, category)] = _cell(
                desk, measure, category, [*rows, *aside], len(aside), values, chances[cell] or 1.0
            )
    return cells


_UnitName = tuple[str, str | None, str, str]


def _by_unit(
    table: pa.Table,
) -> dict[tuple[str, str | None], dict[_UnitName, tuple[float, float]]]:
    """Return what units add, by measure and category."""
    by_figure: dict[tuple[str, str | None], dict[_UnitName, tuple[float, float]]] = {}
    for row in table.to_pylist():
        unit = (row["outlet"], row["subject"], row["article_id"], row["mention"])
        by_figure.setdefault((row["measure"], row["category"]), {})[unit] = row["x"], row["y"]
    return by_figure


def _figures_of(
    subject: str | None, *tables: Mapping[tuple[str, str | None], Mapping[_UnitName, tuple[float, float]]]
) -> set[tuple[str, str | None]]:
    """Return the measures and categories that any outlet's units of a subject add to."""
    return {
        name for table in tables for name, units in table.items() if any(unit[1] == subject for unit in units)
    }


def _cell(
    desk: Desk,
    measure: str,
    category: str | None,
    rows: Sequence[tuple[_UnitName, float, float]],
    n_known: int,
    values: Mapping[_UnitName, str],
    chance: float,
) -> Cell:
    x, y = (np.array([row[at] for row in rows], np.float64) for at in (1, 2))
    is_known = np.arange(len(rows)) >= len(rows) - n_known
    is_coded = np.array([unit in values for unit, _, _ in rows], np.bool_)
    pairs = [
        adds(desk.coding, CodedUnit(measure, category, values[unit], a, b)) if unit in values else (a, b)
        for unit, a, b in rows
    ]
    _, article = np.unique([unit[2] for unit, _, _ in rows], return_inverse=True)
    fold = np.array([int(unit[2][:8], 16) % 5 for unit, _, _ in rows], np.int64)
    value_x, value_y = np.array(pairs, np.float64).reshape(-1, 2).T
    return Cell(
        article.astype(np.int64),
        x,
        y,
        np.full(len(rows), chance),
        is_coded,
        value_x,
        value_y,
        fold,
        is_known if n_known else None,
    )


@dataclass(frozen=True)
class Plan:
    """What more codings would do to a figure, and how many a precision takes: None where coding all would not do."""

    figure: FigureName
    widths: Expected
    n_codings: int | None


@dataclass(frozen=True)
class ClaimPlan:
    """What more codings would do to a claim: half the width of the interval of what it compares, now and then."""

    claim: str
    half_width: float
    half_width_then: float
    needed: Mapping[str, int] | None


def plan(desk: Desk, folder: RoundFolder, more: int, precision: float) -> tuple[list[Plan], list[ClaimPlan]]:
    """Return what `more` codes in each cell would do to its figures, and to the claims that these are compared in."""
    cells = cells_to_calibrate(desk, folder)
    level = desk.study.level
    plans = {}
    for name, cell in cells.items():
        is_signed = MEASURES[name.measure].signed()
        widths = after(cell, more, signed=is_signed, level=level)
        n_codings = how_many(outlook(cell, signed=is_signed), precision, level=level)
        plans[name] = Plan(name, widths, n_codings)
    claims = []
    for claim in desk.study.claims:
        if coded_measure(claim.measure) != desk.measure:
            continue
        names = [name for name in plans if _is_of(name, claim, desk)]
        if names:
            is_signed = MEASURES[claim.measure].signed()
            halves = [
                float(np.sqrt(np.sum([getattr(plans[name].widths, key) ** 2 for name in names])))
                for key in ("half_width", "half_width_then")
            ]
            looks = [outlook(cells[name], signed=is_signed) for name in names]
            needed_each = how_many_for(looks, max(claim.margin, precision), level=level)
            needed_by = (
                None
                if needed_each is None
                else {name.outlet: n for name, n in zip(names, needed_each, strict=True)}
            )
            claims.append(ClaimPlan(claim.id, halves[0], halves[1], needed_by))
    return list(plans.values()), claims


def _is_of(name: FigureName, claim: Claim, desk: Desk) -> bool:
    return (
        name.measure == claim.measure
        and name.subject == claim.subject
        and name.category == claim.category
        and name.outlet in claim_outlets(claim, desk)
    )


def claim_outlets(claim: Claim, desk: Desk) -> set[str]:
    """Return the outlets that a claim compares."""
    every = [outlet["id"] for outlet in desk.survey.outlets]
    groups = {outlet.id: outlet.group for outlet in desk.study.outlets}

    def outlets_of(name: str | None) -> set[str]:
        return {one for one in every if name is not None and name in (one, groups.get(one))}

    first = outlets_of(claim.outlet)
    return first | (set(every) - first if claim.versus == OTHERS else outlets_of(claim.versus))


def sizes_each(cells: Mapping[CellName, Sequence[Unit]], each: int) -> dict[CellName, int]:
    """Return the sizes of a draw of so many units of each cell."""
    return {cell: min(each, len(units)) for cell, units in cells.items()}


def sizes_for_claim(
    desk: Desk, cells: Mapping[CellName, Sequence[Unit]], name: str, each: int
) -> dict[CellName, int]:
    """Return the sizes of a draw of the cells that a claim compares: until so many units lie in its days, or all there.

    Raises UsageError where no unit does: what is drawn stays drawn, so nothing may be drawn by mistake.
    """
    claim = find_claim(desk, name)
    outlets = claim_outlets(claim, desk)
    start, end = claim.start or dt.date.min, claim.end or dt.date.max
    days = dict(desk.survey.rows("SELECT article_id, day FROM articles WHERE day IS NOT NULL"))
    sizes = {}
    for cell, units in cells.items():
        if cell.outlet in outlets and claim.subject in (None, cell.subject):
            inside = [
                (claim.start is None and claim.end is None)
                or (unit.article_id in days and start <= days[unit.article_id] <= end)
                for unit in units
            ]
            places = np.flatnonzero(inside)[:each]
            sizes[cell] = int(places[-1]) + 1 if len(places) else 0
    if not any(sizes.values()):
        raise UsageError(
            f"of what claim '{claim.id}' compares, there is nothing to code in its days",
            "a claim with units of its outlets and subject in its days",
            "look at its `from` and `to`, or leave --outlet and --subject out",
        )
    return sizes


def claim_of(study: Study, name: str) -> Claim:
    """Return a claim of a study by its id. Raises UsageError where it has none of this name."""
    claim_id = one_id(name, {one.id: () for one in study.claims}, "claim")
    return next(one for one in study.claims if one.id == claim_id)


def find_claim(desk: Desk, name: str) -> Claim:
    """Return a claim of the study by its id. Raises UsageError where it is none that codes of this measure settle."""
    claim = claim_of(desk.study, name)
    if coded_measure(claim.measure) != desk.measure:
        raise UsageError(
            f"claim '{claim.id}' is about {claim.measure}, and codes of {desk.measure} were asked for",
            "a claim about the measure that is coded",
            f"say --measure {coded_measure(claim.measure)}",
        )
    return claim


def sizes_for_precision(
    desk: Desk,
    folder: RoundFolder,
    cells: Mapping[CellName, Sequence[Unit]],
    precision: float,
    pilot: int,
) -> dict[CellName, int]:
    """Return the sizes of a draw for intervals of ± `precision`: of cells that hold no pilot yet, the pilot first.

    Of a cell where coding all would not do, all of it is what there is.
    """
    figures = cells_to_calibrate(desk, folder)
    sizes = {}
    for cell, units in cells.items():
        mine = [
            (name, one)
            for name, one in figures.items()
            if name.measure == desk.measure and (name.outlet, name.subject) == cell
        ]
        n_coded = max((int(one.is_coded.sum()) for _, one in mine), default=0)
        if n_coded < min(pilot, len(units)):
            sizes[cell] = min(pilot, len(units))
            continue
        sizes_needed = [
            how_many(outlook(one, signed=MEASURES[name.measure].signed()), precision, level=desk.study.level)
            for name, one in mine
        ]
        sizes[cell] = max((len(units) if n is None else min(n, len(units)) for n in sizes_needed), default=0)
    return sizes
