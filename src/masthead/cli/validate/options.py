"""The options that the commands of `masthead validate` share, said once."""

from __future__ import annotations

from typing import Annotated

import typer

Settings = Annotated[
    list[str] | None, typer.Option("--setting", help="easy, medium or hard; again for more.")
]
Setting = Annotated[str, typer.Option(help="easy, medium or hard.")]
Presses = Annotated[int, typer.Option(min=1, help="Presses of each setting or kind.")]
Articles = Annotated[int, typer.Option(min=100, help="Articles per press.")]
Seed = Annotated[int, typer.Option(min=0, help="The seed of the first press.")]
