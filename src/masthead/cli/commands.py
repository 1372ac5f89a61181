"""The commands, put together."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperGroup

from masthead import __version__
from masthead.cli import claims, measures, press, study
from masthead.cli.archives import archive
from masthead.cli.archives.repeats import repeats_command
from masthead.cli.coding import code
from masthead.cli.demo import demo
from masthead.cli.diff import diff_command
from masthead.cli.docs import docs_command
from masthead.cli.evidence import evidence_command
from masthead.cli.questions.alignment import alignment_command
from masthead.cli.questions.changes import changes_command
from masthead.cli.questions.echoes import echoes_command
from masthead.cli.questions.forecasts import forecasts_command
from masthead.cli.questions.kinship import kinship_command
from masthead.cli.questions.silences import silences_command
from masthead.cli.questions.stories import stories_command
from masthead.cli.questions.voices import voices_command
from masthead.cli.survey import survey_command
from masthead.cli.validate import command as validate
from masthead.cli.validate import labels

COMMANDS: tuple[Callable[..., None], ...] = (
    survey_command,
    changes_command,
    alignment_command,
    evidence_command,
    diff_command,
    voices_command,
    silences_command,
    stories_command,
    echoes_command,
    repeats_command,
    kinship_command,
    forecasts_command,
    demo,
    docs_command,
)
"""The commands that are one function each, which has the command's name; modules register groups of them."""


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

    for part in (archive, study, claims, code, measures, press, validate, labels):
        part.register(app)
    for command in COMMANDS:
        app.command(command.__name__.removesuffix("_command"))(command)
    return app
