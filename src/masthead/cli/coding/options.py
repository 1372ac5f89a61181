"""What the commands of coding share."""

from __future__ import annotations

from typing import Annotated

import typer

Measure = Annotated[
    str | None, typer.Option(help="Which measure's codes; may be left out where only one was drawn of.")
]
