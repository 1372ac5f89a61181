"""`masthead validate …`: what Masthead promises, measured."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from masthead.cli.options import AsJson
from masthead.cli.output import emit, emit_json, progress


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    validate = typer.Typer(help="Measure what Masthead promises, on made-up data.", no_args_is_help=True)
    app.add_typer(validate, name="validate")

    @validate.callback()
    def group() -> None:
        """Measure what Masthead promises, on made-up data."""

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
        from masthead.inference.validation import FULL, QUICK, coverage, drawing_error, summary

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

    @validate.command("press")
    def press(
        setting: Annotated[
            list[str] | None, typer.Option(help="easy, medium or hard; again for more.")
        ] = None,
        presses: Annotated[int, typer.Option(min=1, help="Presses per setting.")] = 3,
        articles: Annotated[int, typer.Option(min=100, help="Articles per press.")] = 800,
        seed: Annotated[int, typer.Option(min=0, help="The seed of the first press.")] = 1,
        as_json: AsJson = False,
    ) -> None:
        """Survey made-up presses and print how much of what they planted was found."""
        from masthead.surveying.grading import grade

        with progress() as report:
            grades = [
                grade(name, presses=presses, articles=articles, seed=seed, progress=report).as_dict()
                for name in setting or ["easy", "medium", "hard"]
            ]
        if as_json:
            emit_json(grades)
            return
        emit(f"{presses} presses of {articles:,} articles per setting, seeds from {seed}")
        emit("setting  mentions: precision recall   labels: precision recall     F1   shares  inside  error")
        for one in grades:
            emit(_graded(one))


def _graded(one: dict[str, Any]) -> str:
    """Lay out the grade of one setting as a line."""
    mentions, labels = one["mentions"], one["labels"]
    found = f"{mentions['precision']:19.3f}  {mentions['recall']:.3f}"
    told = f"{labels['precision']:19.3f}  {labels['recall']:.3f}  {labels['f1']:.3f}"
    shares = f"{one['shares']:7}  {one['shares_inside']:6.1%}  {one['mean_absolute_error']:.3f}"
    return f"{one['setting']:<7}{found}{told}{shares}"


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """Lay out the summary as text."""
    head = "figure       sizes          units  rarer side  cells  least   mean   most  promised   broken"
    return [head, *(_line(row) for row in rows)]


def _line(row: dict[str, Any]) -> str:
    cells = f"{row['figure']:<12} {row['sizes']:<10} {row['units']:>10}  {row['rarer']:<10} {row['cells']:>6}"
    found = f"{row['least']:.3f}  {row['mean']:.3f}  {row['most']:.3f}"
    return f"{cells}  {found}  {row['promised']:<9} {row['broken']:>7}"
