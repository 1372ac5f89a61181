"""The commands, put together."""

from __future__ import annotations

import sys
from typing import Any

import typer
from typer.core import TyperGroup

from masthead import __version__
from masthead.cli import claims, demo, diff, docs, evidence, measures, press, study, survey
from masthead.cli.archives import archive, repeats
from masthead.cli.evaluate import command as evaluate
from masthead.cli.questions import alignment, changes, echoes, forecasts, kinship, silences, stories, voices
from masthead.cli.validate import command as validate


def _version(is_wanted: bool) -> None:
    if is_wanted:
        sys.stdout.write(f"masthead {__version__}\n")
        raise typer.Exit


FIRST = ("demo", "add", "study", "survey", "evidence", "find", "claims", "archive")
"""The commands of the first day, in the order in which a newcomer meets them."""

LAST = ("repeats", "diff", "docs", "measures", "press", "validate")
"""The commands that come after those which answer a question each."""


class _InOrder(TyperGroup):
    """The commands of the first day first, in the help too."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the names of the commands: those of the first day, the questions, all others."""
        names = super().list_commands(ctx)
        questions = [name for name in names if name not in (*FIRST, *LAST)]
        return [*FIRST, *questions, *LAST]


def application() -> typer.Typer:
    """Build the command-line application out of its parts."""
    app = typer.Typer(
        name="masthead",
        cls=_InOrder,
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
