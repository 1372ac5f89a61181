"""`masthead validate borrowing`: whether borrowed wording is told from mere quoting, on presses that plant both."""

from __future__ import annotations

from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Presses, Seed, Setting


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("borrowing")
    def borrowing(
        presses: Presses = 5,
        articles: Annotated[int, typer.Option(min=200, help="Articles per press.")] = 1500,
        seed: Seed = 1201,
        setting: Setting = "medium",
        as_json: AsJson = False,
    ) -> None:
        """Survey made-up presses whose parties have wordings of their own, and print whether who borrows is found.

        Two kinds of presses: one of nine outlets writes in one party's wordings and another merely quotes that party
        most; nobody does either. Leaves with 1 where outlets that write alike are told apart more often than promised,
        by more than drawing explains.
        """
        from masthead.validation.presses.kinship import PLANTS, grade_kinship

        with progress() as report:
            grades = [
                grade_kinship(
                    kind, presses=presses, articles=articles, seed=seed, setting=setting, progress=report
                )
                for kind in PLANTS
            ]
        if as_json:
            emit_json([one.as_dict() for one in grades])
        else:
            emit(f"{presses} presses of {articles:,} articles of each kind, {setting}, seeds from {seed}")
            for one in grades:
                if one.borrowers:
                    emit(
                        f"{one.kind}: {one.found} of {one.borrowers} borrowers are set apart from half of the others, "
                        f"and {one.mistaken} of {one.hosts} outlets that quote one party most"
                    )
                else:
                    emit(
                        f"{one.kind}: {one.alarmed} of {one.families} families of comparisons hold a finding"
                    )
                emit(
                    f"{one.kind}: of {one.pairs:,} differences between outlets that borrow nothing, {one.held:,} "
                    f"intervals hold 0; of {one.listed:,} phrases listed {one.planted:,} stand in planted wordings"
                )
        if any(one.broken() for one in grades):
            raise typer.Exit(1)
