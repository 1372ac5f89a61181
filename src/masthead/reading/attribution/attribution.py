"""What a passage gives to somebody, and one sentence of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from masthead.reading.attribution.cues import Stance
from masthead.reading.attribution.tree import Tokens
from masthead.reading.parsing.sentences import Span

Frame = Literal["clause", "aside", "infinitive", "object", "other"]
"""How what is said hangs on its cue: as its clause, around it, as its infinitive, as its object, otherwise."""


@dataclass(slots=True)
class Statement:
    """An attribution inside one sentence. `content` is one run of tokens or several; `speaker` a head token."""

    cue: Tokens
    stance: Stance
    frame: Frame
    content: list[Tokens]
    speaker: int | None

    def holds(self, token: int) -> bool:
        """True where `token` is part of what is said."""
        return any(first <= token <= last for first, last in self.content)


@dataclass(slots=True)
class Attribution:
    """What a passage gives to somebody, in code points [start, end) of its field.

    `spans` are the words given, in one piece or several, with their quotation marks. `speaker` is the noun
    phrase that names who says them, None where the text does not; `heads` are its head and those of its
    appositions. `frame` is None where no clause ties the words to the cue. `from_parse` is False where only their
    place in the text says whose they are.
    """

    paragraph: int
    spans: list[Span]
    stance: Stance
    cue: Span | None
    speaker: Span | None
    heads: list[Span] = field(default_factory=list)
    frame: Frame | None = None
    from_parse: bool = True

    @property
    def start(self) -> int:
        """Where the first of the words given starts."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Where the last of the words given ends."""
        return self.spans[-1][1]
