"""The rows of estimates and comparisons that people's codes correct, in the place of those by a reader alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from masthead.findings.schemas import COMPARISONS, ESTIMATES
from masthead.inference import false_discovery
from masthead.inference.intervals import Sums, family_of, totals
from masthead.measuring.coded.figures import figures_of
from masthead.measuring.coded.notes import correction_note, not_both, of_series, too_few
from masthead.measuring.coded.rows import ComparisonRow, Counts, EstimateRow
from masthead.measuring.coded.units import FEWEST, CodedUnits, Part, day_of
from masthead.measuring.registry import MEASURES

CELL = ("measure", "outlet", "subject", "category")
"""What tells the cells apart that people code."""

Rows = npt.NDArray[np.int64]


class _Task(NamedTuple):
    """A row to be corrected: in whose place (the first and the last of the rows that it stands for), and its units."""

    rows: list[tuple[int, EstimateRow]]
    units: Rows


def correct_estimates(
    estimates: pa.Table, coded_cells: CodedUnits, level: float, alphas: Mapping[str, float | None]
) -> pa.Table:
    """Correct every row of ESTIMATES of which at least `FEWEST` units are coded; say of the others what is missing.

    `alphas` says by measure how far coders agree. Over time, neighbouring periods of a cell are taken together, from
    the first on, until each stretch holds `FEWEST` codes; what is left at the end joins the last. A stretch has one
    row, whose period is its own; where there would be only one stretch, the rows stay those of the reader alone. Where
    a stretch ends hangs on how many units are coded, not on how, so that its interval holds as often as any.
    """
    tasks: list[_Task] = []
    others: dict[int, EstimateRow] = {}
    for rows in _groups(estimates, coded_cells.cells):
        whole = [(place, row) for place, row in rows if row["period_start"] is None]
        series = [(place, row) for place, row in rows if row["period_start"] is not None]
        units = coded_cells.rows(_part(rows[0][1], rows[0][1]["outlet"]))
        n = coded_cells.count(units)
        if n >= FEWEST:
            tasks += [_Task([one], units) for one in whole]
        else:
            n_left = coded_cells.n_left(units)
            for place, row in whole:
                note = too_few(row["note"], n, n_left)
                others[place] = {**row, "n_coded": n or None, "note": note}
        stretches = list(_stretches(coded_cells, units, series)) if n >= FEWEST else []
        if len(stretches) > 1:
            tasks += stretches
        elif n >= FEWEST:
            for place, row in series:
                others[place] = {**row, "note": of_series(row["note"], n)}
    rows_by_place = others | _corrected_rows(tasks, coded_cells, level, alphas)
    return _with_rows(
        estimates, ESTIMATES, rows_by_place, [place for task in tasks for place, _ in task.rows]
    )


def _part(row: EstimateRow | ComparisonRow, outlet: str) -> Part:
    return Part(row["measure"], (outlet,), row["subject"], row["category"], row["voice"], row["wire"])


def _groups(
    table: pa.Table, cells: Iterable[tuple[str, str, str | None, str | None]]
) -> list[list[tuple[int, EstimateRow]]]:
    """Return the rows of some cells with their places in the table, by cell, voice and edition."""
    wanted_cells = set(cells)
    narrow = np.ones(table.num_rows, np.bool_)
    for at, name in enumerate(CELL[:2]):
        names = pa.array(sorted({str(cell[at]) for cell in wanted_cells}), pa.string())
        narrow &= pc.is_in(table[name], names).to_numpy(zero_copy_only=False)
    places = np.flatnonzero(narrow)
    groups: dict[tuple[object, ...], list[tuple[int, EstimateRow]]] = {}
    for place, row in zip(places.tolist(), table.take(places).to_pylist(), strict=True):
        if tuple(row[name] for name in CELL) in wanted_cells:
            key = tuple(row[name] for name in (*CELL, "voice", "wire"))
            groups.setdefault(key, []).append((place, row))
    return list(groups.values())


def _stretches(
    coded_cells: CodedUnits, units: Rows, series: Sequence[tuple[int, EstimateRow]]
) -> Iterable[_Task]:
    """Yield the stretches of a series, each with its own units."""
    period, counts = coded_cells.periods(units)
    days = [(start - day_of(0)).days for _, row in series if (start := row["period_start"]) is not None]
    order = np.argsort(np.array(days, np.int64), kind="stable")
    starts = np.array(days, np.int64)[order]
    place = np.searchsorted(starts, period)
    is_dated = np.isin(period, starts)
    n = np.bincount(place[is_dated & counts], minlength=len(starts))
    ends = stretch_ends(n)
    for first, last in pairwise([0, *ends]):
        inside = is_dated & (place >= first) & (place < last)
        yield _Task([series[at] for at in order[first:last]], units[inside])


def stretch_ends(n_coded: Rows) -> list[int]:
    """Return where stretches of neighbouring periods end that hold `FEWEST` codes each; none where there are fewer.

    >>> stretch_ends(np.array([20, 40, 0, 60, 10]))
    [2, 5]
    """
    ends, n_held = [], 0
    for at, n in enumerate(n_coded.tolist(), 1):
        n_held += n
        if n_held >= FEWEST:
            ends.append(at)
            n_held = 0
    return [*ends[:-1], len(n_coded)] if ends else []


def _corrected_rows(
    tasks: Sequence[_Task], coded_cells: CodedUnits, level: float, alphas: Mapping[str, float | None]
) -> dict[int, EstimateRow]:
    """Return the row of each task, by the place of the first row that it stands for."""
    rows: dict[int, EstimateRow] = {}
    for means in (False, True):
        mine = [task for task in tasks if MEASURES[task.rows[0][1]["measure"]].signed() == means]
        if not mine:
            continue
        cells = [coded_cells.cell(task.units) for task in mine]
        coded_figures = figures_of(cells, signed=means, level=level)
        figures, family = coded_figures.figures, coded_figures.figures.family
        methods = family.methods()
        value, std_error, df, n_eff = family.value, family.std_error, family.df, family.n_eff
        for i, (task, cell) in enumerate(zip(mine, cells, strict=True)):
            (place, first), (_, last) = task.rows[0], task.rows[-1]
            plain = (first["estimate"], first["conf_low"], first["conf_high"])
            if len(task.rows) > 1:
                plain = _by_reader(cell.article, cell.reading_x, cell.reading_y, means, level)
            row: EstimateRow = {
                **first,
                **_added_up([row for _, row in task.rows]),
                "period_end": last["period_end"],
                "estimate": _number(value[i]),
                "std_error": _number(std_error[i]),
                "df": _number(df[i]),
                "n_eff": _number(n_eff[i]),
                "conf_low": _number(coded_figures.low[i]),
                "conf_high": _number(coded_figures.high[i]),
                "calibrated": True,
                "n_coded": int(figures.n_coded[i]),
                "rho": _number(figures.rho[i]),
                "tuning": _number(figures.tuning[i]),
                "worth": _number(figures.worth[i]),
                "alpha": alphas.get(first["measure"]),
                "plain_estimate": plain[0],
                "plain_low": plain[1],
                "plain_high": plain[2],
                "method": _method(methods[i], first["method"]),
            }
            row["note"] = correction_note(row, first["note"], means, len(task.rows))
            rows[place] = row
    return rows


def _number(figure: float) -> float | None:
    return None if np.isnan(figure) else float(figure)


def _by_reader(
    article: Rows, x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], is_signed: bool, level: float
) -> tuple[float, float, float]:
    """Return a figure and its interval by the reader alone."""
    of = np.unique(article, return_inverse=True)[1]
    n = int(of.max(initial=-1)) + 1
    sums = Sums.of_groups(totals(of, x, n), totals(of, y, n), None, np.zeros(n, np.int64), 1)
    family = family_of(sums, is_signed)
    low, high = family.bounds(np.array([1.0 - level]))
    return float(family.value[0]), float(low[0]), float(high[0])


def _added_up(rows: Sequence[EstimateRow]) -> Counts:
    """Return the counts of several periods together."""
    # What has no date is left out of every period alike.
    n_left_out = [row["n_left_out"] for row in rows]
    least = min(n_left_out)
    return {
        "numerator": sum(row["numerator"] for row in rows),
        "denominator": sum(row["denominator"] for row in rows),
        "n_articles": sum(row["n_articles"] for row in rows),
        "n_units": sum(row["n_units"] for row in rows),
        "n_left_out": least + sum(n - least for n in n_left_out),
    }


def _method(method: str, before: str) -> str:
    _, comma, reader = before.partition(", of the readings of ")
    return f"{method}{comma}{reader}"


def _with_rows(
    table: pa.Table,
    kinds: pa.Schema,
    rows: Mapping[int, EstimateRow] | Mapping[int, ComparisonRow],
    places_gone: Sequence[int] = (),
) -> pa.Table:
    """Put rows into their places; those of `places_gone` that get none are left out."""
    is_kept = np.ones(table.num_rows, np.bool_)
    is_kept[list({*places_gone, *rows})] = False
    places = sorted(rows)
    new = pa.Table.from_pylist([rows[place] for place in places], kinds)
    order = np.argsort(np.concatenate([np.flatnonzero(is_kept), np.array(places, np.int64)]), kind="stable")
    return pa.concat_tables([table.filter(pa.array(is_kept)), new]).take(pa.array(order))


def correct_comparisons(comparisons: pa.Table, coded_cells: CodedUnits, level: float) -> pa.Table:
    """Correct every row of COMPARISONS both of whose sides are calibrated; say of those with one side that neither is.

    q is of whole families, and is made anew.
    """
    measures = pa.array(sorted({measure for measure, *_ in coded_cells.cells}), pa.string())
    rows: dict[int, ComparisonRow] = {}
    pairs: list[_Pair] = []
    places = np.flatnonzero(pc.is_in(comparisons["measure"], measures).to_numpy(zero_copy_only=False))
    comparison_rows: list[ComparisonRow] = comparisons.take(places).to_pylist()
    for place, row in zip(places.tolist(), comparison_rows, strict=True):
        outlets = row["outlet"], row["versus"]
        # Of an outlet that nobody coded there are no units.
        sides = [coded_cells.rows(_part(row, outlet)) for outlet in outlets]
        enough = [coded_cells.count(units) >= FEWEST for units in sides]
        if all(enough):
            pairs.append(_Pair(place, row, *sides))
        elif any(enough):
            rows[place] = {**row, "note": not_both(outlets[0] if enough[1] else outlets[1])}
    for means in (False, True):
        mine = [pair for pair in pairs if MEASURES[pair.row["measure"]].signed() == means]
        if mine:
            rows |= _differences(mine, coded_cells, means, level)
    table = _with_rows(comparisons, COMPARISONS, rows)
    family = table["family"].combine_chunks().dictionary_encode().indices.to_numpy()
    rates = false_discovery(table["p"].to_numpy(zero_copy_only=False), family)
    q = pa.array(rates, pa.float64(), from_pandas=True)
    return table.set_column(COMPARISONS.get_field_index("q"), COMPARISONS.field("q"), q)


class _Pair(NamedTuple):
    """A comparison to be corrected, where it stands, and the units of both sides."""

    place: int
    row: ComparisonRow
    units: Rows
    units_versus: Rows


def _differences(
    pairs: Sequence[_Pair], coded_cells: CodedUnits, is_signed: bool, level: float
) -> dict[int, ComparisonRow]:
    cells = [coded_cells.cell(units) for pair in pairs for units in (pair.units, pair.units_versus)]
    figures = figures_of(cells, signed=is_signed, level=level)
    rows = np.arange(len(pairs)) * 2
    difference = figures.differences(rows, rows + 1)
    low, high = difference.bounds(np.full(len(pairs), 1.0 - level))
    value, std_error, p = difference.value, difference.std_error, difference.p(0.0)
    corrected_rows: dict[int, ComparisonRow] = {}
    for i, (place, row, _, _) in enumerate(pairs):
        corrected_rows[place] = {
            **row,
            "difference": _number(value[i]),
            "std_error": _number(std_error[i]),
            "conf_low": _number(low[i]),
            "conf_high": _number(high[i]),
            "p": _number(p[i]),
            "calibrated": True,
            "plain_difference": row["difference"],
            "plain_low": row["conf_low"],
            "plain_high": row["conf_high"],
            "method": _method("MOVER of calibrated figures", row["method"]),
        }
    return corrected_rows
