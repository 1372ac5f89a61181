"""`masthead validate` alone: every promise, measured, as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import progress, show

if TYPE_CHECKING:
    from masthead.validation.promises.promise import Promise

Quick = Annotated[bool, typer.Option("--quick", help="Measure with little: minutes, not an hour.")]
Only = Annotated[str | None, typer.Option(help="One kind of promise only, such as intervals or silence.")]
AsMarkdown = Annotated[bool, typer.Option("--markdown", help="Print the table as the docs have it.")]


def register(validate: typer.Typer) -> None:
    """Make the command of the group itself."""

    @validate.callback(invoke_without_command=True)
    def promises_command(
        context: typer.Context,
        quick: Quick = False,
        only: Only = None,
        markdown: AsMarkdown = False,
        as_json: AsJson = False,
    ) -> None:
        """Measure what Masthead promises, on made-up data whose truth is known.

        Alone, every promise in one table; leaves with 1 where one is broken by more than drawing explains. The
        commands below measure one thing each, and tell more of it. `masthead evaluate` scores readers on labels.
        """
        if context.invoked_subcommand:
            return
        from masthead.validation.promises.promises import promises

        with progress() as report:
            told = list(promises(quick=quick, only=only, report=report))
        show([asdict(one) for one in told], _markdown(told) if markdown else _lines(told), as_json)
        if not all(one.kept for one in told):
            raise typer.Exit(1)


def _lines(told: Sequence[Promise]) -> Iterator[str]:
    """Lay the promises out for a terminal: two lines each, since what was measured on takes words."""
    for one in told:
        mark = "kept  " if one.kept else "BROKEN"
        yield f"{mark}  {one.of}: {one.what}"
        yield f"        promised {one.promised}, found {one.found}; {one.on}"


def _markdown(told: Sequence[Promise]) -> Iterator[str]:
    yield "| | what is promised | promised | found | measured on |"
    yield "|---|---|---|---|---|"
    for one in told:
        found = one.found if one.kept else f"**{one.found}**"
        yield f"| {one.of} | {one.what} | {one.promised} | {found} | {one.on} |"
