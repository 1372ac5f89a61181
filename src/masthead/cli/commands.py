"""The commands, put together."""

from __future__ import annotations

import sys

import typer

from masthead import __version__
from masthead.cli import archive, claims, demo, diff, docs, evidence, measures, press, repeats, study, survey
from masthead.cli.evaluate import command as evaluate
from masthead.cli.questions import alignment, changes, echoes, forecasts, kinship, silences, stories, voices
from masthead.cli.validate import command as validate


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"masthead {__version__}\n")
        raise typer.Exit


def application() -> typer.Typer:
    """Build the command-line application out of its parts."""
    app = typer.Typer(
        name="masthead",
        help="Survey what outlets publish: how much, in what words, with the sentences that prove it.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )

    @app.callback()
    def options(
        version: bool = typer.Option(
            False, "--version", callback=_version, is_eager=True, help="Print the version and leave."
        ),
    ) -> None:
        """Survey what outlets publish: how much, in what words, with the sentences that prove it."""

    for part in (
        archive,
        study,
        survey,
        changes,
        alignment,
        claims,
        evidence,
        diff,
        measures,
        press,
        validate,
        evaluate,
        voices,
        silences,
        stories,
        echoes,
        repeats,
        kinship,
        forecasts,
        demo,
        docs,
    ):
        part.register(app)
    return app
