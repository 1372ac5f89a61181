"""`masthead measures list`: what can be measured."""

from __future__ import annotations

import typer

from masthead.cli.terminal.output import emit, emit_json


def register(app: typer.Typer) -> None:
    """Add the command to the application."""
    measures = typer.Typer(help="What Masthead measures.", no_args_is_help=True)
    app.add_typer(measures, name="measures")

    @measures.callback()
    def group() -> None:
        """What Masthead measures."""

    @measures.command("list")
    def list_measures(
        as_json: bool = typer.Option(False, "--json", help="Print JSON, everything that is declared."),
    ) -> None:
        """List every measure with the question it answers."""
        from masthead.measuring import MEASURES

        if as_json:
            emit_json([measure.declaration() for measure in MEASURES.values()])
            return
        for measure in MEASURES.values():
            emit(f"{measure.name}")
            emit(f"  {measure.question}")
            emit(f"  numerator:   {measure.numerator}")
            emit(f"  denominator: {measure.denominator}")
            emit(f"  unit:        {measure.unit}; range {measure.range[0]:g} to {measure.range[1]:g}")
            for blind_spot in measure.blind_spots:
                emit(f"  cannot see:  {blind_spot}")
            emit(f"  source:      {measure.source}")
