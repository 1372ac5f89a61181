"""`masthead validate …`: what Masthead promises, measured; alone, every promise as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import progress, show
from masthead.cli.validate.coded import agreement, calibration, coders
from masthead.cli.validate.drawn import alignment, changes, intervals, sampling
from masthead.cli.validate.golden import golden
from masthead.cli.validate.options import add_command
from masthead.cli.validate.plants import allegiances, borrowing, claims, silence
from masthead.cli.validate.quotes import quotes
from masthead.cli.validate.readers import forecasts, portrayal, press, repeats, reuse, standing, stories
from masthead.cli.validate.real import kinship, mirror

if TYPE_CHECKING:
    from masthead.validation.promises.promise import Promise

COMMANDS = (
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
    quotes,
    intervals,
    calibration,
    agreement,
    coders,
    portrayal,
    sampling,
)
"""What measures one thing each, in the order of the help."""


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    validate = typer.Typer()
    app.add_typer(validate, name="validate")
    for measure in COMMANDS:
        add_command(validate, measure)

    @validate.callback(invoke_without_command=True)
    def all_promises(
        context: typer.Context,
        quick: Annotated[
            bool, typer.Option("--quick", help="Measure with little: minutes, not an hour.")
        ] = False,
        only: Annotated[
            str | None, typer.Option(help="One kind of promise only, such as intervals or silence.")
        ] = None,
        markdown: Annotated[
            bool, typer.Option("--markdown", help="Print the table as the docs have it.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        """Measure what Masthead promises, on made-up data whose truth is known.

        Alone, every promise in one table; leaves with 1 where one is broken by more than drawing explains. The commands
        below measure one thing each, and tell more of it. `masthead evaluate portrayal` scores a model on labels.
        """
        if context.invoked_subcommand:
            return
        from masthead.validation.promises.promises import promises

        with progress() as report:
            rows = list(promises(quick=quick, only=only, report=report))
        show([asdict(row) for row in rows], _markdown(rows) if markdown else _lines(rows), as_json)
        if not all(row.kept for row in rows):
            raise typer.Exit(1)


def _lines(rows: Sequence[Promise]) -> Iterator[str]:
    """Lay the promises out for a terminal: two lines each, since what was measured on takes words."""
    for row in rows:
        yield f"{'kept  ' if row.kept else 'BROKEN'}  {row.of}: {row.what}"
        yield f"        promised {row.promised}, found {row.found}; {row.on}"


def _markdown(rows: Sequence[Promise]) -> Iterator[str]:
    yield "| | what is promised | promised | found | measured on |"
    yield "|---|---|---|---|---|"
    for row in rows:
        figure = row.found if row.kept else f"**{row.found}**"
        yield f"| {row.of} | {row.what} | {row.promised} | {figure} | {row.on} |"
