"""What the parts of a study file have in common: ids, unknown keys refused, and the words that several use."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Identifier = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=80)]
Wire = Literal["with", "without"]
Standing = Literal["leave-out", "count"]
WIRES: tuple[Wire, Wire] = ("with", "without")
"""All articles; only those that are not wire copy."""
Asked = Literal["attention", "naming", "portrayal", "voice", "silence", "echo", "kinship", "forecast"]
"""What a study may ask to be measured; `voice` brings stance with it."""

OTHER = "other"
"""The category of a naming none of whose labels belongs to a category that is reported by name."""


class Part(BaseModel):
    """A table of a study file: it cannot be changed, and holds no key that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)
