"""`masthead validate …`: what Masthead promises, measured."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, Processes, open_study
from masthead.cli.terminal.output import Report, counted, emit, emit_json, progress
from masthead.cli.validate import (
    alignment,
    allegiances,
    borrowing,
    changes,
    claims,
    forecasts,
    golden,
    kinship,
    mirror,
    press,
    promises,
    repeats,
    reuse,
    silence,
    standing,
    stories,
)
from masthead.cli.validate.options import Articles, Presses, Seed, Settings
from masthead.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    validate = typer.Typer()
    app.add_typer(validate, name="validate")
    for command in (
        promises,
        mirror,
        golden,
        changes,
        alignment,
        allegiances,
        claims,
        kinship,
        borrowing,
        forecasts,
        reuse,
        repeats,
        silence,
        standing,
        stories,
        press,
    ):
        command.register(validate)

    @validate.command("intervals")
    def intervals(
        draws: int = typer.Option(1000, "--draws", min=100, help="Tables drawn per cell."),
        seed: int = typer.Option(1, "--seed", min=0, help="Where the random numbers start."),
        quick: bool = typer.Option(False, "--quick", help="Draw a tenth of the cells."),
        as_json: bool = typer.Option(False, "--json", help="Print JSON, with every cell."),
    ) -> None:
        """Draw tables of articles by the thousand and print how often the intervals hold the truth.

        Leaves with 1 where a cell breaks the promise by more than the drawing of the tables explains.
        """
        from masthead.validation.draws.intervals import FULL, QUICK, coverage, drawing_error, summary

        with progress() as report:
            cells = coverage(draws, seed, QUICK if quick else FULL, report)
        rows = summary(cells)
        broken = sum(row["broken"] for row in rows)
        if as_json:
            emit_json({"draws": draws, "seed": seed, "summary": rows, "cells": cells.to_pylist()})
        else:
            for line in _lines(rows):
                emit(line)
            emit(f"{cells.num_rows} cells of {draws} tables; {broken} break their promise")
            emit(
                f"(the drawing itself moves a cell's coverage by up to {drawing_error(draws):.3f} either way)"
            )
        if broken:
            raise typer.Exit(1)

    @validate.command("portrayal")
    def portrayal(
        setting: Settings = None,
        presses: Presses = 3,
        articles: Articles = 800,
        seed: Seed = 1,
        as_json: AsJson = False,
    ) -> None:
        """Read how made-up presses portray their subjects, and print bias, sign and ranking beside what was planted.

        An interval of portrayal covers the mean of the model's readings, so no coverage of the truth is claimed.
        """
        from masthead.validation.presses.portrayal import grade_portrayal

        with progress() as report:
            grades = [
                grade_portrayal(
                    name, presses=presses, articles=articles, seed=seed, progress=report
                ).as_dict()
                for name in setting or ["easy", "medium", "hard"]
            ]
        if as_json:
            emit_json(grades)
            return
        emit(
            f"{presses} presses of {articles:,} articles per setting, seeds from {seed}; {grades[0]['model']}"
        )
        emit("setting mentions  F1: model  lexicon   cells    bias  error  slope  signs agree  ranking")
        for one in grades:
            emit(_portrayed(one))

    @validate.command("sampling")
    def sampling(
        draws: Annotated[int, typer.Option(min=50, help="Cells drawn of each kind.")] = 200,
        seed: Annotated[int, typer.Option(min=0, help="Where the random numbers start.")] = 1,
        quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of cells only.")] = False,
        study: Annotated[
            Path | None, typer.Option(help="Read this study's archive whole and as samples instead.")
        ] = None,
        precision: Annotated[float, typer.Option(help="With --study: the precision to ask for.")] = 0.05,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Read cells of articles until their intervals are narrow enough, and print how often these still hold.

        Cells are drawn with everything known about them; with --study they are those of an archive, each read
        again and again in other random orders. Leaves with 1 where a promise is broken.
        """
        if not 0 < precision < 1:
            raise UsageError(f"a precision of {precision}", "a number between 0 and 1", "0.05 is usual")
        with progress() as report:
            if study is None:
                broken, told, lines = _drawn_samples(draws, seed, quick, report)
            else:
                broken, told, lines = _replayed(study, precision, min(draws, 200), processes, report)
        if as_json:
            emit_json(told)
        else:
            for line in lines:
                emit(line)
        if broken:
            raise typer.Exit(1)


Told = tuple[int, dict[str, Any], list[str]]
"""How many promises were broken; the figures as plain data, and as lines."""


def _drawn_samples(draws: int, seed: int, quick: bool, report: Report) -> Told:
    """Draw cells with everything known about them and read them as samples."""
    from masthead.validation.draws.intervals import drawing_error
    from masthead.validation.draws.samples import FULL, QUICK, coverage, summary

    cells = coverage(draws, seed, QUICK if quick else FULL, report)
    rows = summary(cells)
    broken = sum(row["broken"] for row in rows)
    lines = [
        "precision  articles  kinds   read   holds all: mean  least   truth: mean  least   plain: mean  least  broken"
    ]
    for row in rows:
        held = "".join(
            f"{row[name]:{width}.3f}  {row[f'least_{name}']:.3f}"
            for name, width in (("of_reading", 18), ("of_truth", 14), ("plain_of_reading", 14))
        )
        told = f"{row['precision']:9.2f}  {row['articles']:8,}  {row['cells']:5}  {row['read']:5.1%}"
        lines.append(f"{told}{held}{row['broken']:8}")
    lines.append(
        f"{cells.num_rows} kinds of cells, {draws} of each; {broken} break the promise of {rows[0]['promised']:.2f} "
        f"(the drawing itself moves a coverage by up to {drawing_error(draws):.3f} either way)"
    )
    return broken, {"draws": draws, "seed": seed, "summary": rows, "cells": cells.to_pylist()}, lines


def _replayed(path: Path, precision: float, draws: int, processes: int | None, report: Report) -> Told:
    """Read a study's archive whole, and its cells again as samples in other orders."""
    from masthead.inference.sampling import FIRST
    from masthead.validation.draws.intervals import FLOOR, drawing_error
    from masthead.validation.samples_replayed import replay_study, summary

    cells = replay_study(*open_study(path), precision, draws=draws, processes=processes, progress=report)
    told = summary(cells)
    broken = sum(cell.held < FLOOR - drawing_error(draws) for cell in cells.values())
    large = told["large"]
    lines = [f"precision {precision:g}; each cell (outlet × subject) read in {draws} random orders"]
    for name, of in (("all cells", told["all"]), (f"of more than {FIRST} articles", large)):
        read = "" if of["read"] is None else f"; {of['read']:.1%} of them read"
        lines.append(f"{name}: {counted(of['cells'], 'cell')}, {counted(of['articles'], 'article')}{read}")
    if large["cells"]:
        lines.append(
            f"in these the interval holds the mean of the whole reading {large['held']:.1%} of the time, "
            f"in the worst cell {large['least_held']:.1%}"
        )
    rows = [{"outlet": o, "subject": s, **vars(cell)} for (o, s), cell in cells.items()]
    return broken, {"precision": precision, "draws": draws, **told, "cells": rows}, lines


def _portrayed(one: dict[str, Any]) -> str:
    """Lay out the grade of one setting's portrayals as a line."""
    means = one["means"]
    found = f"{one['mentions']:8,}  {one['macro_f1']:9.3f}  {one['lexicon_macro_f1']:7.3f}"
    figures = "".join(
        f"{_figure(means[name], sign):>7}" for name, sign in (("bias", "+"), ("error", ""), ("slope", ""))
    )
    signs = "–" if means["signs_agree"] is None else f"{means['signs_agree']:.0%} of {means['signs']}"
    return f"{one['setting']:<7} {found}  {means['cells']:6} {figures}  {signs:>11}  {_figure(means['ranking']):>7}"


def _figure(value: float | None, sign: str = "") -> str:
    return "–" if value is None else f"{value:{sign}.2f}"


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """Lay out the summary as text."""
    head = "figure       sizes          units  rarer side  cells  least   mean   most  promised   broken"
    return [head, *(_line(row) for row in rows)]


def _line(row: dict[str, Any]) -> str:
    cells = f"{row['figure']:<12} {row['sizes']:<10} {row['units']:>10}  {row['rarer']:<10} {row['cells']:>6}"
    found = f"{row['least']:.3f}  {row['mean']:.3f}  {row['most']:.3f}"
    return f"{cells}  {found}  {row['promised']:<9} {row['broken']:>7}"
