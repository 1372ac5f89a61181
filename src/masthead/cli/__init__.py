"""The command line: `masthead …`. Data goes to stdout, talk to stderr."""

from __future__ import annotations

import sys

from masthead.cli.terminal.output import say
from masthead.cli.terminal.running import run
from masthead.lazy import lazily
from masthead.noticed import noticing

# Imported when first asked for, where Ctrl-C is minded already.
__getattr__ = lazily(__name__, {"application": "masthead.cli.commands"})


def main() -> None:
    """Run the command line and exit with the code that `masthead.cli.terminal.running.run` gives."""
    sys.exit(run(_command))


def _command() -> object:
    from masthead.cli.commands import application

    with noticing() as paths:
        try:
            return application()(standalone_mode=False)
        finally:
            for path in paths:
                say(f"note: '{path}' was damaged; what it held was read again")
