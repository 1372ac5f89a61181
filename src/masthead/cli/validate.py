"""`masthead validate …`: what Masthead promises, measured."""

from __future__ import annotations

from typing import Any

import typer

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


def _lines(rows: list[dict[str, Any]]) -> list[str]:
    """Lay out the summary as text."""
    head = "figure       sizes          units  rarer side  cells  least   mean   most  promised   broken"
    return [head, *(_line(row) for row in rows)]


def _line(row: dict[str, Any]) -> str:
    cells = f"{row['figure']:<12} {row['sizes']:<10} {row['units']:>10}  {row['rarer']:<10} {row['cells']:>6}"
    found = f"{row['least']:.3f}  {row['mean']:.3f}  {row['most']:.3f}"
    return f"{cells}  {found}  {row['promised']:<9} {row['broken']:>7}"
