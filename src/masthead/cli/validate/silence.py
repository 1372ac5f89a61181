"""`masthead validate silence`: boycotts planted among innocent reasons to miss a story."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Presses, Seed, Setting


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("silence")
    def silence(
        presses: Presses = 40,
        read_presses: Annotated[
            int, typer.Option(min=0, help="Of them, presses whose stories are read.")
        ] = 4,
        articles: Annotated[int, typer.Option(min=500, help="Articles per press.")] = 4000,
        setting: Setting = "medium",
        seed: Seed = 2001,
        quick: Annotated[
            bool, typer.Option("--quick", help="Three presses of each kind, one of them read.")
        ] = False,
        as_json: AsJson = False,
    ) -> None:
        """Plant boycotts in made-up presses, and print how many are found and how many calls are false.

        Three kinds of presses: boycotts among innocent habits and gaps; the habits and gaps alone; outlets that
        are all alike. Leaves with 1 where a promise is broken by more than the drawing of the presses explains.
        """
        from masthead.validation.presses.silence import PLANTS, grade_silence

        runs = [(kind, False, 3 if quick else presses) for kind in PLANTS]
        runs += [(kind, True, 1 if quick else read_presses) for kind in PLANTS]
        with progress() as report:
            grades = [
                grade_silence(
                    kind,
                    presses=count,
                    articles=articles,
                    seed=seed,
                    setting=setting,
                    read=read,
                    progress=report,
                ).as_dict()
                for kind, read, count in runs
                if count
            ]
        if as_json:
            emit_json(grades)
        else:
            emit(f"presses of {articles:,} articles, {setting}, seeds from {seed}")
            for line in _lines(grades):
                emit(line)
        if any(grade["broken"] for grade in grades):
            raise typer.Exit(1)


def _lines(grades: list[dict[str, Any]]) -> Iterator[str]:
    head = "kind      stories  presses  pairs tested  called silent  false  presses with one  boycotts found"
    yield head + "   listed  by chance"
    for one in grades:
        found = (
            "–"
            if one["found_share"] is None
            else f"{one['found']} of {one['planted']} ({one['found_share']:.0%})"
        )
        yield (
            f"{one['kind']:9} {'read' if one['read'] else 'known':7} {one['presses']:8} {one['tested']:13,} "
            f"{one['called']:14} {one['false']:6} {one['alarmed']:17} {found:>15} {one['listed']:8,} "
            f"{one['chance']:10.1f}"
        )
    for one in grades:
        if one["by_size"]:
            told = ", ".join(f"from {size}: {a} of {b}" for size, (a, b) in one["by_size"].items())
            yield f"boycotts by stories expected, stories {'read' if one['read'] else 'known'}: {told}"
    yield "predicted and covered, of stories that the model had not seen (boycotts among habits, stories known)"
    for row in grades[0]["calibration"]:
        yield f"  from {row['from']:.1f}  {row['predicted']:.3f}  {row['covered']:.3f}  ({row['n']:,})"
