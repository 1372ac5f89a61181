"""`masthead validate changes`: false alarms, power and dates of changes, on drawn series."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress

if TYPE_CHECKING:
    from masthead.validation.draws.change_power import Power
    from masthead.validation.draws.changes import Row


def register(app: typer.Typer) -> None:
    """Add the command to those of `validate`."""

    @app.command("changes")
    def changes(
        series: Annotated[int, typer.Option("--series", min=20, help="Series drawn of each kind.")] = 200,
        seed: Annotated[int, typer.Option("--seed", min=0, help="Where the random numbers start.")] = 1,
        quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of series only.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Draw series with and without changes, and print how many are found and how often dates hold.

        Series have articles that come in bursts, stories that run for weeks, and slow drift. A second table says how
        large a step must be to be found, by articles on either side and length of block. Leaves with 1 where a
        promise is broken by more than the drawing explains.
        """
        from dataclasses import asdict

        from masthead.validation.draws.change_power import power
        from masthead.validation.draws.changes import validate

        with progress() as report:
            rows = validate(series, seed, quick, report)
            powers = power(series, seed, quick, report)
        broken = sum(row.broken for row in rows) + sum(row.broken for row in powers)
        if as_json:
            told = {name: [asdict(row) for row in of] for name, of in (("rows", rows), ("power", powers))}
            emit_json({"series": series, "seed": seed, **told, "broken": broken})
        else:
            emit(
                "planted    figure            stories  articles   found   dated   drift    held   error   width"
            )
            for row in rows:
                emit(_line(row))
            emit(
                f"{len(rows)} kinds of {series} series, seed {seed}; {sum(row.broken for row in rows)} break a promise"
            )
            emit("")
            emit("of steps in the middle of two years, in bursts of stories         where nothing changed")
            emit("step       a side   block   found   dated   error   found   dated")
            for one in powers:
                emit(_power(one))
            emit(
                f"{len(powers)} kinds of {series} series; {sum(row.broken for row in powers)} break a promise"
            )
        if broken:
            raise typer.Exit(1)


def _power(row: Power) -> str:
    error = "      –" if row.error is None else f"{row.error:5.0f} d"
    told = f"{round(100 * row.step):3} points {row.aside:8} {row.block:5} d {row.found:7.0%} {row.dated:7.0%} {error}"
    return f"{told} {row.false_found:7.1%} {row.false_dated:7.1%}" + ("  broken" if row.broken else "")


def _line(row: Row) -> str:
    told = f"{row.planted:10} {row.figure:17} {row.stories:7} {row.articles:9}"
    parts = f"{row.found:7.1%} {row.dated:7.1%} {row.drift:7.1%}"
    if row.held is None:
        return f"{told} {parts}       –       –       –" + ("  broken" if row.broken else "")
    dates = f"{row.held:7.1%} {row.error:5.0f} d {row.width:5.0f} d"
    return f"{told} {parts} {dates}" + ("  broken" if row.broken else "")
