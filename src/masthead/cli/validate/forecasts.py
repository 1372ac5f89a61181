"""`masthead validate forecasts`: whether forecasts are found, and records hold, on presses that foretell."""

from __future__ import annotations

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json, progress
from masthead.cli.validate.options import Articles, Presses, Seed, Setting


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("forecasts")
    def forecasts(
        presses: Presses = 5,
        articles: Articles = 1500,
        seed: Seed = 1301,
        setting: Setting = "medium",
        as_json: AsJson = False,
    ) -> None:
        """Read made-up presses whose outlets foretell, each as often right as it was made to be.

        What became of each forecast that is found is entered in a file, as a person would. Leaves with 1 where fewer
        intervals of outlets' records hold than promised, by more than drawing explains.
        """
        from masthead.validation.presses.forecasts import grade_forecasts

        with progress() as report:
            told = grade_forecasts(
                presses=presses, articles=articles, seed=seed, setting=setting, progress=report
            )
        if as_json:
            emit_json(told.as_dict())
        else:
            emit(f"{presses} presses of {articles:,} articles, {setting}, seeds from {seed}")
            emit(
                f"own forecasts: {told.planted:,} planted, {told.found:,} found, {told.agreed:,} both "
                f"(precision {told.precision:.3f}, recall {told.recall:.3f}); of these "
                f"{told.confidence:,} are as sure as they were meant"
            )
            emit(f"records: {told.held} of {told.records} intervals hold how often the outlet is right")
        if told.broken():
            raise typer.Exit(1)
