"""The commands of the archive, run in this process: their result, or the error that a user would be told."""

from __future__ import annotations

import typer
from typer.testing import CliRunner, Result

from masthead.cli.archives import archive as commands
from masthead.errors import MastheadError

app = typer.Typer()
commands.register(app)


def run(*arguments: object) -> Result:
    """Run a command with its arguments. Raises the MastheadError that it ends in."""
    result = CliRunner().invoke(app, [str(a) for a in arguments])
    if isinstance(result.exception, MastheadError):
        raise result.exception
    return result
