"""Commands that draw tables, series, outlets and cells with everything known about them: no article is read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import Processes, open_study
from masthead.cli.terminal.output import Report, counted
from masthead.cli.validate.options import FirstNumber, Measured, dash_or
from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.validation.draws.alignment import Places
    from masthead.validation.draws.alignment import Row as AlignmentRow
    from masthead.validation.draws.change_power import Power
    from masthead.validation.draws.changes import Row


def intervals(
    report: Report,
    draws: Annotated[int, typer.Option(min=100, help="Tables drawn per cell.")] = 1000,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a tenth of the cells.")] = False,
) -> Measured:
    """Draw tables of articles by the thousand and print how often the intervals hold the truth.

    Leaves with 1 where a cell breaks the promise by more than the drawing of the tables explains. JSON holds
    every cell.
    """
    from masthead.validation.draws.intervals import FULL, QUICK, coverage, drawing_error, summary

    cells = coverage(draws, seed, QUICK if quick else FULL, report)
    rows = summary(cells)
    n_broken = sum(row["broken"] for row in rows)
    lines = ["figure       sizes          units  rarer side  cells  least   mean   most  promised   broken"]
    lines += [
        f"{row['figure']:<12} {row['sizes']:<10} {row['units']:>10}  {row['rarer']:<10} {row['cells']:>6}  "
        f"{row['least']:.3f}  {row['mean']:.3f}  {row['most']:.3f}  {row['promised']:<9} {row['broken']:>7}"
        for row in rows
    ]
    lines += [
        f"{cells.num_rows} cells of {draws} tables; {n_broken} break their promise",
        f"(the drawing itself moves a cell's coverage by up to {drawing_error(draws):.3f} either way)",
    ]
    figures = {"draws": draws, "seed": seed, "summary": rows, "cells": cells.to_pylist()}
    return Measured(figures, lines, bool(n_broken))


def sampling(
    report: Report,
    draws: Annotated[int, typer.Option(min=50, help="Cells drawn of each kind.")] = 200,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of cells only.")] = False,
    study: Annotated[
        Path | None, typer.Option(help="Read this study's archive whole and as samples instead.")
    ] = None,
    precision: Annotated[float, typer.Option(help="With --study: the precision to ask for.")] = 0.05,
    processes: Processes = None,
) -> Measured:
    """Read cells of articles until their intervals are narrow enough, and print how often these still hold.

    Cells are drawn with everything known about them; with --study they are those of an archive, each read
    again and again in other random orders. Leaves with 1 where a promise is broken.
    """
    if not 0 < precision < 1:
        raise UsageError(f"a precision of {precision}", "a number between 0 and 1", "0.05 is usual")
    if study is not None:
        return _replay(report, study, precision, min(draws, 200), processes)
    from masthead.validation.draws.intervals import drawing_error
    from masthead.validation.draws.samples import FULL, QUICK, coverage, summary

    cells = coverage(draws, seed, QUICK if quick else FULL, report)
    rows = summary(cells)
    n_broken = sum(row["broken"] for row in rows)
    lines = [
        "precision  articles  kinds   read   holds all: mean  least   truth: mean  least   plain: mean  least  broken"
    ]
    for row in rows:
        coverages = "".join(
            f"{row[name]:{width}.3f}  {row[f'least_{name}']:.3f}"
            for name, width in (("of_reading", 18), ("of_truth", 14), ("plain_of_reading", 14))
        )
        kind = f"{row['precision']:9.2f}  {row['articles']:8,}  {row['cells']:5}  {row['read']:5.1%}"
        lines.append(f"{kind}{coverages}{row['broken']:8}")
    lines.append(
        f"{cells.num_rows} kinds of cells, {draws} of each; {n_broken} break the promise of {rows[0]['promised']:.2f} "
        f"(the drawing itself moves a coverage by up to {drawing_error(draws):.3f} either way)"
    )
    figures = {"draws": draws, "seed": seed, "summary": rows, "cells": cells.to_pylist()}
    return Measured(figures, lines, bool(n_broken))


def _replay(report: Report, path: Path, precision: float, draws: int, processes: int | None) -> Measured:
    """Read a study's archive whole, and its cells again as samples in other orders."""
    from masthead.inference.sampling import FIRST
    from masthead.validation.draws.intervals import FLOOR, drawing_error
    from masthead.validation.samples_replayed import replay_study, summary

    cells = replay_study(*open_study(path), precision, draws=draws, processes=processes, progress=report)
    totals = summary(cells)
    large = totals["large"]
    lines = [f"precision {precision:g}; each cell (outlet × subject) read in {draws} random orders"]
    for name, of in (("all cells", totals["all"]), (f"of more than {FIRST} articles", large)):
        read = "" if of["read"] is None else f"; {of['read']:.1%} of them read"
        lines.append(f"{name}: {counted(of['cells'], 'cell')}, {counted(of['articles'], 'article')}{read}")
    if large["cells"]:
        lines.append(
            f"in these the interval holds the mean of the whole reading {large['held']:.1%} of the time, "
            f"in the worst cell {large['least_held']:.1%}"
        )
    rows = [{"outlet": o, "subject": s, **vars(cell)} for (o, s), cell in cells.items()]
    breaks = any(cell.held < FLOOR - drawing_error(draws) for cell in cells.values())
    return Measured({"precision": precision, "draws": draws, **totals, "cells": rows}, lines, breaks)


def changes(
    report: Report,
    series: Annotated[int, typer.Option("--series", min=20, help="Series drawn of each kind.")] = 200,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of series only.")] = False,
) -> Measured:
    """Draw series with and without changes, and print how many are found and how often dates hold.

    Series have articles that come in bursts, stories that run for weeks, and slow drift. A second table says how
    large a step must be to be found, by articles on either side and length of block. Leaves with 1 where a
    promise is broken by more than the drawing explains.
    """
    from masthead.validation.draws.change_power import power
    from masthead.validation.draws.changes import validate

    rows = validate(series, seed, quick, report)
    powers = power(series, seed, quick, report)
    n_broken, n_broken_powers = (sum(row.broken for row in some) for some in (rows, powers))
    lines = [
        "planted    figure            stories  articles   found   dated   drift    held   error   width",
        *map(_change_line, rows),
        f"{len(rows)} kinds of {series} series, seed {seed}; {n_broken} break a promise",
        "",
        "of steps in the middle of two years, in bursts of stories         where nothing changed",
        "step       a side   block   found   dated   error   found   dated",
        *map(_power_line, powers),
        f"{len(powers)} kinds of {series} series; {n_broken_powers} break a promise",
    ]
    figures = {
        "series": series,
        "seed": seed,
        "rows": [asdict(row) for row in rows],
        "power": [asdict(row) for row in powers],
        "broken": n_broken + n_broken_powers,
    }
    return Measured(figures, lines, bool(n_broken or n_broken_powers))


def _power_line(row: Power) -> str:
    error = "      –" if row.error is None else f"{row.error:5.0f} d"
    return (
        f"{round(100 * row.step):3} points {row.aside:8} {row.block:5} d {row.found:7.0%} {row.dated:7.0%} {error} "
        f"{row.false_found:7.1%} {row.false_dated:7.1%}" + ("  broken" if row.broken else "")
    )


def _change_line(row: Row) -> str:
    dates = "      –       –       –"
    if row.held is not None:
        dates = f"{row.held:7.1%} {row.error:5.0f} d {row.width:5.0f} d"
    return (
        f"{row.planted:10} {row.figure:17} {row.stories:7} {row.articles:9} {row.found:7.1%} {row.dated:7.1%} "
        f"{row.drift:7.1%} {dates}" + ("  broken" if row.broken else "")
    )


def alignment(
    report: Report,
    outlets: Annotated[int, typer.Option("--outlets", min=20, help="Outlets drawn of each kind.")] = 200,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of outlets only.")] = False,
) -> Measured:
    """Draw outlets whose portrayals follow a factor, or none, and print what is said to explain them.

    The first of three factors moves portrayal by the effect, the others by nothing; the second goes with the first
    for two subjects in three. Then matrices with no axis, one and two. Leaves with 1 where a promise is broken by
    more than the drawing explains.
    """
    from masthead.validation.draws.alignment import places, validate

    rows = validate(outlets, seed, quick, report)
    axes = places(max(outlets // 2, 20), seed, report)
    n_broken = sum(row.broken for row in rows)
    figures = {
        "outlets": outlets,
        "seed": seed,
        "rows": [asdict(row) for row in rows],
        "axes": [asdict(one) for one in axes],
        "broken": n_broken,
    }
    lines = [
        "subjects  effect  explains  others    adds    held  beyond   share  nothing",
        *map(_alignment_line, rows),
        f"{len(rows)} kinds of {outlets} outlets, seed {seed}; {n_broken} break a promise",
        *_axes_lines(axes),
    ]
    return Measured(figures, lines, bool(n_broken))


def _alignment_line(row: AlignmentRow) -> str:
    parts = (row.explains, row.others, row.adds, row.held, row.held_beyond, row.held_explained, row.nothing)
    shares = " ".join(f"{dash_or(part, '.1%'):>7}" for part in parts)
    return f"{row.subjects:8} {row.effect:7.2f}   {shares}" + ("  broken" if row.broken else "")


def _axes_lines(axes: list[Places]) -> Iterator[str]:
    for one in axes:
        intervals = "" if one.held is None else f", {one.held:.1%} of places held"
        yield (
            f"{one.matrices} matrices with {one.planted} axes: none found in {one.none:.0%}, one in "
            f"{one.one:.0%}, two in {one.two:.0%}{intervals}"
        )
