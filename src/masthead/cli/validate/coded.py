"""Commands that draw coded cells and coders: how often calibrated figures and α hold the truth."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.output import Report
from masthead.cli.validate.options import FirstNumber, Measured

if TYPE_CHECKING:
    from masthead.validation.draws.calibration import Row, Summary
    from masthead.validation.gold.coded import GoldCell


def calibration(
    report: Report,
    draws: Annotated[int, typer.Option(min=20, help="Cells drawn of each kind.")] = 800,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of cells only.")] = False,
    gold: Annotated[
        list[Path] | None,
        typer.Option(
            help="A file of labelled sentences, instead: its cells are coded as labelled. Again for more.",
            metavar="GOLD.jsonl",
        ),
    ] = None,
) -> Measured:
    """Draw cells that a reader read and people coded in part, and print how often calibrated intervals hold the truth.

    Beside it, from the same draws: the codings alone, the textbook interval of them (z), prediction-powered inference
    without tuning (PPI), and the reader alone. With --gold, labelled sentences are read by the model that ships and
    coded as labelled, a hundred at a time. Leaves with 1 where a promise is broken by more than the drawing explains.
    """
    from masthead.validation.draws.calibration import FULL, QUICK, coverage, is_broken, summary
    from masthead.validation.draws.intervals import drawing_error

    if gold:
        return _of_gold(report, gold, draws, seed)
    cells = coverage(draws, seed, QUICK if quick else FULL, report)
    rows = summary(cells)
    n_broken = sum(row.broken for row in rows)
    lines = [
        f"{'holds the truth: least, mean':>57}{'width ÷ alone':>63}",
        "figure       codings  cells  calibrated   difference   alone        z            PPI          model        "
        "mean  most  PPI",
        *map(_line, rows),
        *_totals(cells),
        f"{len(cells):,} kinds of cells, {draws} of each; {n_broken} break their promise "
        f"(the drawing itself moves a coverage by up to {drawing_error(draws):.3f} either way)",
    ]
    figures = {
        "draws": draws,
        "seed": seed,
        "summary": [asdict(row) for row in rows],
        "cells": [asdict(cell) for cell in cells],
    }
    return Measured(figures, lines, is_broken(cells))


def _line(row: Summary) -> str:
    coverages = (row.coverage, row.difference, row.alone, row.z, row.ppi, row.model)
    coverage_columns = "".join(f"  {each.least:.3f} {each.mean:.3f}" for each in coverages)
    widths = "  ".join(f"{width:.2f}" for width in (row.width, row.most_width, row.most_ppi_width))
    return f"{row.figure:<12} {row.codings:>7}  {row.cells:>5}{coverage_columns}   {widths}"


def _totals(cells: list[Row]) -> Iterator[str]:
    from masthead.validation.draws.calibration import narrow_widths, of_all, worth

    coverage, narrow = of_all(cells), narrow_widths(cells)
    yield f"of all: least {coverage.least:.3f}, mean {coverage.mean:.3f}"
    if narrow:
        yield (
            f"of {len(narrow)} with 400 articles and more, a correlation of .75 and more, and a tenth or less coded: "
            f"width {sum(narrow) / len(narrow):.2f} of that of coding alone on average, {max(narrow):.2f} at most"
        )
    for each in worth(cells):
        yield (
            f"100 codings of 400 articles and more, correlation {each.low:.1f} to {each.high:.1f}: "
            f"width {each.width:.2f}, worth {each.worth:.0f} codings ({each.cells} kinds)"
        )


def _of_gold(report: Report, files: list[Path], draws: int, seed: int) -> Measured:
    """Code cells of labelled sentences as labelled."""
    from masthead.validation.gold.coded import coded_gold

    cells = list(coded_gold(files, draws=draws, seed=seed, progress=report))
    lines = [
        "file                 units  coded    rho  holds: calibrated  alone  model   width ÷ alone  worth",
        *map(_gold_line, cells),
        f"{draws} cells of each, as many sentences as the file has, drawn from it with replacement; the truth is the "
        "mean of the file's labels",
    ]
    return Measured([asdict(cell) for cell in cells], lines, any(cell.is_broken for cell in cells))


def _gold_line(cell: GoldCell) -> str:
    return (
        f"{cell.file:<20} {cell.units:>5}  {cell.codings:>5}  {cell.rho:5.2f}  {cell.coverage:17.3f}  "
        f"{cell.alone:5.3f}  {cell.model:5.3f}   {cell.width:13.2f}  {cell.worth:5.0f}"
    )


def agreement(
    report: Report,
    draws: Annotated[int, typer.Option(min=20, help="Sets of codes drawn of each kind.")] = 500,
    seed: FirstNumber = 1,
    quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds only.")] = False,
) -> Measured:
    """Draw coders who agree so far and no further, and print how often the interval of α holds the truth.

    Beside it, from the same draws, the usual bootstrap over units. Leaves with 1 where a promise is broken by more than
    the drawing explains.
    """
    from masthead.validation.draws.agreement import FULL, QUICK, coverage, is_broken, summary
    from masthead.validation.draws.intervals import drawing_error

    cells = coverage(draws, seed, QUICK if quick else FULL, report)
    rows = summary(cells)
    lines = ["metric    units  cells   holds: least   mean   width   bootstrap: least   mean"]
    lines += [
        f"{row.metric:<9} {row.units:>5}  {row.cells:>5}  {row.least:14.3f}  {row.mean:.3f}   "
        f"{row.width:5.2f}   {row.least_bootstrap:16.3f}  {row.bootstrap:.3f}"
        for row in rows
    ]
    lines.append(
        f"{len(cells)} kinds, {draws} sets of codes of each (the drawing itself moves a coverage by up to "
        f"{drawing_error(draws):.3f} either way)"
    )
    figures = {
        "draws": draws,
        "seed": seed,
        "summary": [asdict(row) for row in rows],
        "cells": [asdict(cell) for cell in cells],
    }
    return Measured(figures, lines, is_broken(cells))


def coders(
    report: Report,
    presses: Annotated[int, typer.Option(min=1, help="Presses made.")] = 3,
    articles: Annotated[int, typer.Option(min=100, help="Articles of each.")] = 800,
    codings: Annotated[int, typer.Option(min=50, help="Mentions coded of each outlet and subject.")] = 60,
    draws: Annotated[int, typer.Option(min=1, help="Times that each is coded.")] = 50,
    seed: FirstNumber = 1,
) -> Measured:
    """Have simulated coders code made-up presses, and print how often corrected portrayals hold what was planted.

    Two coders each slip one time in ten, and a third settles what they differ on. Beside it, of the same mentions:
    codings without the model, and the model's own interval. Leaves with 1 where fewer than 92% are held.
    """
    from masthead.validation.draws.intervals import FLOOR
    from masthead.validation.presses.coders import grade_coders

    grade = grade_coders(
        "medium",
        codings=codings,
        draws=draws,
        presses=presses,
        articles=articles,
        seed=seed,
        progress=report,
    )
    share = grade.mean("coverage")
    figures = grade.as_dict()
    lines = [
        f"{len(grade.cells)} outlets and subjects of {grade.presses} presses; of each {codings} mentions coded, "
        f"{draws} times over",
        f"corrected intervals hold what was planted  {share:.3f}",
        f"codings without the model                    {grade.mean('alone'):.3f}",
        f"the model's own intervals                  {grade.mean('by_model'):.3f}",
        f"corrected figures are off by               {grade.mean('error'):.3f} on average",
        f"the model's are off by                     {grade.mean('model_error'):.3f}",
        f"width, of that of codings without the model  {grade.mean('width'):.2f}",
        f"the model follows people                   {grade.mean('rho'):.2f} (correlation)",
        f"coders agree                               {figures['alpha'] or float('nan'):.2f} (alpha)",
    ]
    return Measured(figures, lines, not share >= FLOOR)
