"""What an instrument or a question brings to a dossier: its section of the index, and a page of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from masthead.study import Wire

if TYPE_CHECKING:
    from masthead.dossier.board import Board
    from masthead.dossier.editions import Edition


@dataclass(frozen=True)
class Editions:
    """The edition whose pages are being written, and the figures with and without wire copy."""

    edition: Edition
    boards: Mapping[Wire, Board]

    @property
    def board(self) -> Board:
        """The figures of the edition."""
        return self.boards[self.edition.wire]


@dataclass(frozen=True)
class Page:
    """A section of the index, and the page that it leads to.

    `name` is the page's file without `.html`, the anchor of its section, and what its templates are called, which stand
    in the folder `templates`. `NAME.html.j2` is the page; it finds there what `show` returned, under the name `symbol`.
    `NAME_section.html.j2` has the macro `section(shown, level, pages)` for the index, where `pages` is the way to pages
    that both editions share. It may have three more: `key_finding(shown)`, `how(shown)` for what is said of the method,
    and `on_record(shown, about, pages)` for the provenance, which is asked even where there is nothing to show.
    """

    name: str
    title: str
    """What the contents of the index call it."""
    templates: Path
    show: Callable[[Editions], Any]
    """What its templates show; None where there is nothing, and then there is no page and no section."""
    symbol: str = "shown"
    alike: bool = False
    """True where it is the same with and without wire copy: the edition that leads has it, and both lead to it."""
    section_only: bool = False
    """True where it has a section on the index and no page of its own."""
    spot: Literal["before findings", "after findings", "below"] = "below"
    """Where its section stands: before the key findings, right after them, or below the contents."""
    place: int = 59
    """Its place in the contents and below them, the lowest first; those of one ten stand together."""

    @property
    def path(self) -> str:
        """Where the page stands in the folder of its edition."""
        return f"{self.name}.html"

    @property
    def template(self) -> str:
        """The template of the page."""
        return f"{self.name}.html.j2"

    @property
    def section(self) -> str:
        """The template of its section."""
        return f"{self.name}_section.html.j2"
