"""The attributions of a passage: what its sentences give to somebody, joined with its quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from masthead.reading.attribution.clauses import Clauses, Given, Tokens
from masthead.reading.attribution.cues import NO_NAMES, SAYING, SPOKEN, Stance
from masthead.reading.attribution.passages import Passage, Unit
from masthead.reading.parses import Parse
from masthead.reading.sentences import Span

Kind = Literal["direct", "indirect", "mixed"]

_LETTER = re.compile(r"\w")
_SPEAKER_LINE = re.compile(
    r"\s*((?:[^\W\d_a-z][\w.’'-]*[ \u00a0]){0,4}[^\W\d_a-z][\w.’'-]*(?:[ \u00a0]\([^)\n]{1,40}\))?)(:)\s+(?=\S)"
)
_NEAR = 12
_NEARER = 4
_FEWEST_WORDS = 4


@dataclass(slots=True)
class Attribution:
    """What a passage gives to somebody: code points [start, end) of its field.

    `spans` are the words given, in one piece or several, with their quotation marks; `speaker` is where the
    text names who says them, and None where it does not.
    """

    spans: list[Span]
    stance: Stance
    cue: Span | None
    speaker: Span | None
    unit: int
    parsed: bool
    frame: str = ""

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]


def attributions(passage: Passage, parses: Mapping[int, Parse]) -> list[Attribution]:
    """Return the attributions of a passage in order; `parses` has the parse of each of its units by key."""
    reader = _Reader(passage, parses)
    return reader.read()


class _Reader:
    def __init__(self, passage: Passage, parses: Mapping[int, Parse]) -> None:
        self.passage = passage
        self.content = passage.content
        self.parses = parses
        self.found: list[Attribution] = []
        self.taken: dict[int, Attribution] = {}
        self.clauses: dict[int, Clauses] = {}

    def read(self) -> list[Attribution]:
        for at, unit in enumerate(self.passage.units):
            if unit.masked is not None and unit.key in self.parses:
                parse = self.parses[unit.key]
                made = Clauses(parse, self._quoted(unit, parse))
                for given in made.given():
                    self._keep(at, unit, made, given)
                self.clauses[at] = made
        for at, made in self.clauses.items():
            unit = self.passage.units[at]
            for number in self.passage.within(unit.start, unit.end):
                if number not in self.taken:
                    self._beside(at, unit, made, number)
        self._alone()
        self._lines()
        self.found.sort(key=lambda a: a.spans)
        return self._outermost()

    def _quoted(self, unit: Unit, parse: Parse) -> list[bool]:
        quoted = [False] * len(parse.starts)
        for number in self.passage.within(unit.start, unit.end):
            first, last = self._tokens(unit, parse, self.passage.quotations[number])
            quoted[first : last + 1] = [True] * (last + 1 - first)
        return quoted

    def _tokens(self, unit: Unit, parse: Parse, span: Span) -> Tokens:
        """Return the tokens of a unit that a stretch of the field covers."""
        masked = unit.masked
        if masked is None:
            return 0, -1
        start, end = masked.to_masked(max(span[0], unit.start), min(span[1], unit.end))
        return max(bisect_right(parse.ends, start), 0), bisect_left(parse.starts, end) - 1

    def _field(self, unit: Unit, parse: Parse, tokens: Tokens) -> Span:
        if unit.masked is None:
            return unit.start, unit.end
        return unit.masked.to_field(parse.starts[tokens[0]], parse.ends[tokens[1]])

    def _keep(self, at: int, unit: Unit, clauses: Clauses, given: Given) -> None:
        parse = clauses.parse
        spans = [self._field(unit, parse, run) for run in given.content]
        if not spans:
            return
        made = Attribution(
            spans,
            given.stance,
            self._field(unit, parse, given.cue),
            None if given.speaker is None else self._field(unit, parse, given.speaker),
            at,
            True,
            given.frame,
        )
        self._widen(made)
        made.spans = self._without_tails(made.spans)
        self.found.append(made)

    def _without_tails(self, spans: list[Span]) -> list[Span]:
        """Cut what follows a quotation that ends in a comma: `that it is “too much,” which nobody else thinks`."""
        kept = []
        for start, end in spans:
            for number in self.passage.within(start, end):
                closed = self.passage.quotations[number][1]
                if start < closed < end and self.content[closed - 2] == ",":
                    end = closed
                    break
            kept.append((start, end))
        return kept

    def _widen(self, made: Attribution) -> None:
        """Let the words given take in the whole of each quotation that they touch."""
        for number in {n for span in made.spans for n in self.passage.within(*span)}:
            quotation = self.passage.quotations[number]
            if number in self.taken or (made.cue and quotation[0] <= made.cue[0] < quotation[1]):
                continue
            touched = any(
                _LETTER.search(self.content, max(a, quotation[0]), min(b, quotation[1])) for a, b in made.spans
            )
            if touched:
                self.taken[number] = made
                made.spans = _joined([*made.spans, quotation], self.content)

    def _beside(self, at: int, unit: Unit, clauses: Clauses, number: int) -> None:
        """Give a quotation to the cue that stands nearest in its sentence, outside of quotation marks."""
        parse = clauses.parse
        first, last = self._tokens(unit, parse, self.passage.quotations[number])
        best: tuple[int, int] | None = None
        near = _NEAR if self._is_set_off(number) else _NEARER
        for token, tag in enumerate(parse.tags):
            if clauses.quoted[token] or not tag.startswith("VB") or parse.lemmas[token] not in SAYING:
                continue
            away = first - token if token < first else token - last
            if away <= near and (best is None or away < best[0]):
                best = away, token
        if best is None:
            return
        token = best[1]
        cue = self._field(unit, parse, (token, token))
        quotation = self.passage.quotations[number]
        for other in self.found:
            if other.cue == cue:
                if other.frame in ("prep", "dobj", "to"):
                    other.spans = []
                other.spans = _joined([*other.spans, quotation], self.content)
                self.taken[number] = other
                return
        speaker = clauses.speaker(token)
        made = Attribution(
            [quotation],
            SAYING[parse.lemmas[token]],
            cue,
            None if speaker is None else self._field(unit, parse, speaker),
            at,
            True,
            "beside",
        )
        self.taken[number] = made
        self.found.append(made)

    def _is_set_off(self, number: int) -> bool:
        """True for a quotation that a comma or colon leads to, or that a comma or full stop ends."""
        start, end = self.passage.quotations[number]
        before = self.content[max(0, start - 3) : start].rstrip()
        if before.endswith((",", ":")) or self.content[end - 2 : end - 1] in (",", "?", "!"):
            return True
        return False

    def _alone(self) -> None:
        """Give a quotation that fills its sentences to who spoke last before it."""
        spoken = {number: unit for unit in self.passage.units if (number := unit.quotation) is not None}
        for number, quotation in enumerate(self.passage.quotations):
            if number in self.taken or number not in spoken:
                continue
            unit = self.passage.units.index(spoken[number])
            if self._followed(unit, number):
                continue
            before = [a for a in self.found if a.spans[0][0] < quotation[0]]
            last = max(before, key=lambda a: a.end, default=None)
            paragraph = spoken[number].paragraph
            if (
                last is not None
                and self.passage.units[last.unit].paragraph == paragraph
                and (last.stance in SPOKEN and last.frame not in ("prep", "dobj") or self._holds_marks(last))
            ):
                last.spans = _joined([*last.spans, quotation], self.content)
                self.taken[number] = last
                continue
            if len(self.content[slice(*quotation)].split()) < _FEWEST_WORDS:
                continue
            speaker = last.speaker if last is not None else None
            made = Attribution([quotation], "said", None, speaker, unit, False, "alone")
            self.taken[number] = made
            self.found.append(made)

    def _holds_marks(self, one: Attribution) -> bool:
        return any(self.passage.within(*span) for span in one.spans)

    def _followed(self, at: int, number: int) -> bool:
        """Give `“All the way!”` to the cue of the next sentence: `Dawson shouted.`"""
        if at + 1 >= len(self.passage.units):
            return False
        unit = self.passage.units[at + 1]
        clauses = self.clauses.get(at + 1)
        if clauses is None or unit.paragraph != self.passage.units[at].paragraph:
            return False
        if self.passage.quotations[number][1] > unit.start or self.content[self.passage.quotations[number][1] - 2] not in "?!…,.-—":
            return False
        parse = clauses.parse
        for token in range(min(_NEAR, len(parse.tags))):
            if parse.lemmas[token] in SAYING and parse.tags[token] in ("VBD", "VBZ") and not clauses.quoted[token]:
                cue = self._field(unit, parse, (token, token))
                if any(a.cue == cue for a in self.found):
                    return False
                speaker = clauses.speaker(token)
                made = Attribution(
                    [self.passage.quotations[number]],
                    SAYING[parse.lemmas[token]],
                    cue,
                    None if speaker is None else self._field(unit, parse, speaker),
                    at,
                    True,
                    "followed",
                )
                self.taken[number] = made
                self.found.append(made)
                return True
        return False

    def _lines(self) -> None:
        """Give what stands after `NAME:` at the start of a paragraph to that name."""
        for start, end in self.passage.paragraphs:
            line = _SPEAKER_LINE.match(self.content, start, end)
            if line is None or line[1].lower() in NO_NAMES or len(self.content[line.end() : end].split()) < _FEWEST_WORDS:
                continue
            a, b = line.end(), end
            while b > a and self.content[b - 1].isspace():
                b -= 1
            inside = [f for f in self.found if f.start >= a and f.end <= b]
            self.found = [f for f in self.found if f not in inside]
            self.found.append(Attribution([(a, b)], "said", line.span(2), line.span(1), 0, False, "line"))

    def _outermost(self) -> list[Attribution]:
        """Return the attributions without those that stand wholly inside another's words."""
        kept: list[Attribution] = []
        for one in sorted(self.found, key=lambda a: (a.start, -a.end)):
            if not any(all(_inside(s, o) for s in one.spans) for other in kept[-6:] for o in other.spans):
                kept.append(one)
        return kept


def _inside(span: Span, other: Span) -> bool:
    return other[0] <= span[0] and span[1] <= other[1]


def _joined(spans: list[Span], content: str) -> list[Span]:
    """Return spans in order, those joined between which no word stands."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and (start <= joined[-1][1] or not _LETTER.search(content, joined[-1][1], start)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return joined
