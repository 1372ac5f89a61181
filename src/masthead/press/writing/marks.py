"""What a written sentence knows of itself: who is mentioned where, by which labels, and who is quoted."""

from __future__ import annotations

from dataclasses import dataclass, field
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
    """The words between quotation marks; `speaker` is a role's index, or −1 for somebody else.

    Nobody said what is not `said`: it is a title, a nickname, a word held at arm's length.
    """

    start: int
    end: int
    speaker: int
    name: str
    said: bool = True


class Attribution(NamedTuple):
    """Words that are attributed to a speaker as a whole: `mixed` where a part stands in marks, else `indirect`."""

    start: int
    end: int
    speaker: int
    name: str
    kind: str


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
    `attributions` are beside quotations that are all that somebody says. A sentence may be several paragraphs.
    """

    text: str
    marks: list[Mark]
    quotations: list[Quotation]
    line: Line | None = None
    head: int = 0
    tail: int = -1
    n_copied: int = 0
    forecast: Foretold | None = None
    attributions: list[Attribution] = field(default_factory=list)
