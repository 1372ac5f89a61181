"""What a written sentence knows of itself: who is mentioned where, by which labels, and who is quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from masthead.press.writing.grammar import Line


class Label(NamedTuple):
    """A label at its place: family by its index in the role, offsets in code points, `is_denied` if negated."""

    lemma: str
    family: int
    kind: str
    start: int
    end: int
    is_denied: bool


class Mark(NamedTuple):
    """A mention of a role at its place, with its labels and how its sentence portrays it (−1, 0, 1)."""

    role: int
    start: int
    end: int
    generic: bool
    in_quotation: bool
    portrayal: int
    labels: tuple[Label, ...]


class Quotation(NamedTuple):
    """The words between quotation marks; `speaker` is a role's index, or −1 for somebody else."""

    start: int
    end: int
    speaker: int
    name: str


class Foretold(NamedTuple):
    """What a sentence foretells of a role: `kind` is own, plan, condition, quoted or none; the rest is of `own`."""

    role: int
    kind: str
    confidence: str | None = None
    came_true: bool | None = None


@dataclass(slots=True)
class Sentence:
    """A sentence as written, with offsets from its own start.

    `line` is the grammar's line behind it. Its first `head` characters can go without harm, and so can all
    from `tail` on, where that is not −1. `n_copied` counts the words taken from the article it was copied from:
    all of them in a verbatim copy, none in a sentence of the outlet's own. `forecast` is what it says will happen.
    """

    text: str
    marks: list[Mark]
    quotations: list[Quotation]
    line: Line | None = None
    head: int = 0
    tail: int = -1
    n_copied: int = 0
    forecast: Foretold | None = None
