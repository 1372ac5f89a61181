"""`masthead docs`: the documentation, in the terminal."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from masthead.cli.terminal.output import emit, visible


def docs_command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="[PAGE]", help="The page to show, such as tutorial, study or silence."),
    ] = None,
) -> None:
    """List the pages of the documentation, or show one; everything is on this computer."""
    from masthead import manual

    if name is None:
        pages = [manual.page(one) for one in manual.names() if not one.startswith("design/decisions")]
        width = max(len(one.name) for one in pages)
        for one in pages:
            emit(f"{one.name:{width}}  {one.title}")
        return
    text = manual.page(name).text
    if not sys.stdout.isatty():
        emit(text.rstrip("\n"))
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(width=min(Console().width, _WIDEST)).print(Markdown(visible(text), hyperlinks=False))


_WIDEST = 120
"""Longer lines are hard to read."""
