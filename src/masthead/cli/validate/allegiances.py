"""`masthead validate allegiances`: what is said to explain outlets, on presses where some follow a factor."""

from __future__ import annotations

from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Presses, Seed


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("allegiances")
    def allegiances(
        presses: Presses = 5,
        articles: Annotated[int, typer.Option(min=200, help="Articles per press.")] = 1500,
        seed: Seed = 1101,
        as_json: AsJson = False,
    ) -> None:
        """Survey made-up presses with loyal outlets, and print how often what they follow is found.

        Two kinds of presses: four of nine outlets follow one of three factors, with two exceptions each; outlets that
        are all alike. Leaves with 1 where more outlets are falsely explained than promised, by more than drawing
        explains.
        """
        from masthead.validation.presses.allegiances import PLANTS, grade_allegiances

        with progress() as report:
            grades = [
                grade_allegiances(kind, presses=presses, articles=articles, seed=seed, progress=report)
                for kind in PLANTS
            ]
        if as_json:
            emit_json([one.as_dict() for one in grades])
        else:
            emit(f"{presses} presses of {articles:,} articles of each kind, seeds from {seed}")
            for one in grades:
                if one.loyal:
                    emit(
                        f"{one.kind}: of {one.loyal} loyal outlets, {one.found} are explained by what they follow; "
                        f"it adds to its kindred factor for {one.adds}, the kindred one to it for {one.wrongly_adds}; "
                        f"{one.right} of {one.sure} sure sides are the planted ones"
                    )
                emit(
                    f"{one.kind}: of {one.free} outlets that follow nothing, {one.false} are falsely explained"
                )
        if any(one.broken() for one in grades):
            raise typer.Exit(1)
