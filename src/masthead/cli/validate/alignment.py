"""`masthead validate alignment`: false alarms, power and intervals of what explains an outlet, and of axes."""

from __future__ import annotations

from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress


def register(app: typer.Typer) -> None:
    """Add the command to those of `validate`."""

    @app.command("alignment")
    def alignment(
        outlets: Annotated[int, typer.Option("--outlets", min=20, help="Outlets drawn of each kind.")] = 200,
        seed: Annotated[int, typer.Option("--seed", min=0, help="Where the random numbers start.")] = 1,
        quick: Annotated[bool, typer.Option("--quick", help="Draw a few kinds of outlets only.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Draw outlets whose portrayals follow a factor, or none, and print what is said to explain them.

        The first of three factors moves portrayal by the effect, the others by nothing; the second goes with the first
        for two subjects in three. Then matrices with no axis, one and two. Leaves with 1 where a promise is broken by
        more than the drawing explains.
        """
        from dataclasses import asdict

        from masthead.validation.draws.alignment import as_dict, places, validate

        with progress() as report:
            rows = validate(outlets, seed, quick, report)
            found = places(max(outlets // 2, 20), seed, report)
        broken = sum(row.broken for row in rows)
        if as_json:
            emit_json(
                {
                    "outlets": outlets,
                    "seed": seed,
                    "rows": as_dict(rows),
                    "axes": [asdict(one) for one in found],
                    "broken": broken,
                }
            )
        else:
            emit("subjects  effect  explains  others    adds    held  beyond   share  nothing")
            for row in rows:
                parts = (
                    row.explains,
                    row.others,
                    row.adds,
                    row.held,
                    row.held_beyond,
                    row.held_explained,
                    row.nothing,
                )
                told = " ".join("      –" if part is None else f"{part:7.1%}" for part in parts)
                emit(f"{row.subjects:8} {row.effect:7.2f}   {told}" + ("  broken" if row.broken else ""))
            emit(f"{len(rows)} kinds of {outlets} outlets, seed {seed}; {broken} break a promise")
            for one in found:
                held = "" if one.held is None else f", {one.held:.1%} of places held"
                emit(
                    f"{one.matrices} matrices with {one.planted} axes: none found in {one.none:.0%}, one in "
                    f"{one.one:.0%}, two in {one.two:.0%}{held}"
                )
        if broken:
            raise typer.Exit(1)
