"""`masthead validate kinship`: whether kinship finds anything between outlets that are told apart by chance alone."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, open_study
from masthead.cli.terminal.output import progress, show
from masthead.cli.validate.mirror import made_study

if TYPE_CHECKING:
    from masthead.validation.dealt_articles import Dealt


def register(validate: typer.Typer) -> None:
    """Add the command to `masthead validate`."""

    @validate.command("kinship")
    def kinship(
        study: Annotated[
            Path | None,
            typer.Argument(
                help="A study of real articles; without it, of a made-up press.",
                metavar="[STUDY.toml]",
                show_default=False,
            ),
        ] = None,
        draws: Annotated[int, typer.Option(min=1, help="How often articles are dealt.")] = 20,
        articles: Annotated[int, typer.Option(min=100, help="Articles of the made-up press.")] = 1500,
        seed: Annotated[int, typer.Option(min=0, help="The seed of the press and of the deals.")] = 5,
        archive: OtherArchive = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Deal articles to outlets at random and print how often kinship sees a difference where there is none.

        Every outlet keeps its number of articles. Counted are intervals that hold 0, and tests at the 5% level, between
        outlets and within stories. The archive is copied, and stays as it is.
        """
        from masthead.archive import Archive
        from masthead.validation.dealt_articles import dealt_at_random

        folder = Path(tempfile.mkdtemp(prefix="masthead-kinship-"))
        try:
            asked, opened = open_study(study or made_study(folder, articles, seed), archive)
            copy = Path(shutil.copytree(opened.path, folder / "copy.archive"))
            with progress() as report:
                told = dealt_at_random(
                    asked, Archive.open(copy), draws=draws, seed=seed, processes=processes, progress=report
                )
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        show([asdict(one) for one in told], _lines(told), as_json)


def _lines(told: list[Dealt]) -> Iterator[str]:
    yield f"{told[0].draws} deals; actors with wording of their own in the last: {told[0].parties}"
    yield f"{'differences':<16} {'tested':>7}  {'intervals hold 0':>16}  {'p < .05':>8}  {'q < .05':>8}"
    for one in told:
        shares = [
            f"{count / one.tested:.1%}" if one.tested else "–"
            for count in (one.covered, one.false, one.found)
        ]
        yield f"{one.what:<16} {one.tested:7,}  {shares[0]:>16}  {shares[1]:>8}  {shares[2]:>8}"
