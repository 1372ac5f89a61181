"""The command line: `masthead …`. Data goes to stdout, talk to stderr; exit codes are 0, 1 and 2."""

from __future__ import annotations

import os
import sys

import typer

from masthead import __version__
from masthead.cli import (
    alignment,
    archive,
    changes,
    claims,
    demo,
    diff,
    echoes,
    evaluate,
    evidence,
    forecasts,
    kinship,
    measures,
    press,
    silences,
    stories,
    study,
    survey,
    validate,
    voices,
)
from masthead.cli.output import say
from masthead.errors import MastheadError


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
        kinship,
        forecasts,
        demo,
    ):
        part.register(app)
    return app


def main() -> None:
    """Run the command line and exit: 0 done, 1 the work failed, 2 the command was wrong."""
    from masthead.archive.keeping.whole import noticing

    try:
        with noticing() as damaged:
            try:
                application()()
            finally:
                for path in damaged:
                    say(f"note: '{path}' was damaged; what it held was read again")
    except MastheadError as error:
        say(f"masthead: {error}")
        sys.exit(error.exit_code)
    except OSError as error:
        say(f"masthead: {_files_refused(error)}")
        sys.exit(1)


def _files_refused(error: OSError) -> MastheadError:
    """Put what the file system refused (no space, no permission, no such folder) into a sentence."""
    told = os.strerror(error.errno) if error.errno else str(error).splitlines()[0]
    return MastheadError(
        f"'{error.filename}' cannot be used ({told})"
        if error.filename
        else f"a file cannot be used ({told})",
        "files that can be read and a folder with room that can be written to",
        "check the path, its permissions and the space on its disk",
    )
