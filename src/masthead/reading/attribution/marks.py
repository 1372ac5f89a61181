"""The attributions of a passage: what its sentences give to somebody, joined with its quotation marks.

A sentence's parse says who says what in it; quotation marks say where a quotation of several sentences begins
and ends. A quotation that no clause holds goes to the cue beside it, to the cue of the next sentence, or to
whoever spoke last.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Literal

from masthead.reading.attribution.attribution import Attribution, Statement
from masthead.reading.attribution.clauses import statements
from masthead.reading.attribution.cues import SAYING, SPOKEN, Stance
from masthead.reading.attribution.passages import Passage, Unit
from masthead.reading.attribution.speaking import speaker_head, speaker_span
from masthead.reading.attribution.tree import Tokens, Tree
from masthead.reading.attribution.turns import leading, posts, signatures, turns
from masthead.reading.attribution.unspoken import is_unspoken
from masthead.reading.parsing.parses import Parse
from masthead.reading.parsing.sentences import Span

Kind = Literal["direct", "indirect", "mixed"]
"""Whether all the words given stand in quotation marks, none, or some."""

_WORD = re.compile(r"\w+")
_SET_OFF_REACH = 12
_REACH = 4
"""How many tokens a quotation may be from its cue: one set off by a comma or colon, and any other."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "VBN"})
_FEWEST_WORDS = 4
_NEARBY = 6
_WORDS_BESIDE = 8
"""So many words may stand beside a quotation in a paragraph whose speaker goes on in the next one."""


def attributions(passage: Passage, parses: Mapping[int, Parse]) -> list[Attribution]:
    """Return the attributions of a passage, ordered by where their words start.

    `parses` has parses of its units by their key; a unit without one is read by its quotation marks alone.
    """
    return _Linker(passage, parses).link()


def trees_of(
    passage: Passage, parses: Mapping[int, Parse]
) -> Iterator[tuple[Callable[[Tokens], Span], Tree]]:
    """Yield each parsed sentence of a passage, with what turns its runs of tokens into code points of the field."""
    linker = _Linker(passage, parses)
    for at, tree in linker.trees.items():
        yield partial(linker.field, at), tree


def kind_of(passage: Passage, spans: list[Span]) -> Kind:
    """Return whether the words of these spans stand in quotation marks: all, none or some of them."""
    words = inside = 0
    for span in spans:
        all_words = _starts(passage.content, span)
        words += len(all_words)
        for number in passage.within(*span):
            first, last = passage.quotations[number]
            inside += bisect_left(all_words, last) - bisect_left(all_words, first)
    if not inside:
        return "indirect"
    return "direct" if inside == words else "mixed"


def _starts(content: str, span: Span) -> list[int]:
    return [word.start() for word in _WORD.finditer(content, *span)]


class _Linker:
    """Gathers a passage's attributions: from clauses first, then what quotation marks add."""

    def __init__(self, passage: Passage, parses: Mapping[int, Parse]) -> None:
        self.passage = passage
        self.content = passage.content
        self.attributions: list[Attribution] = []
        self.used_quotations: set[int] = set()
        self.unspoken: set[int] = set()
        self.by_cue: dict[Span | None, Attribution] = {}
        self.trees: dict[int, Tree] = {}
        for at, unit in enumerate(passage.units):
            parse = parses.get(unit.key) if unit.mask is not None else None
            if parse is not None:
                self.trees[at] = Tree(parse, self._in_quotes(unit, parse))

    def link(self) -> list[Attribution]:
        for number, quotation in enumerate(self.passage.quotations):
            if is_unspoken(self.content, quotation):
                self.unspoken.add(number)
        self._take_signatures()
        for at, tree in self.trees.items():
            for one in statements(tree):
                self._keep(at, one)
        self.attributions.sort(key=_start)
        for at, tree in self.trees.items():
            unit = self.passage.units[at]
            for number in self.passage.within(unit.start, unit.end):
                if number not in self.used_quotations and number not in self.unspoken:
                    self._beside(at, tree, number)
        self._led_to()
        self._alone()
        self._lines()
        return self._outermost()

    # From tokens to the field

    def _in_quotes(self, unit: Unit, parse: Parse) -> list[bool]:
        in_quotes = [False] * len(parse.starts)
        for number in self.passage.within(unit.start, unit.end):
            first, last = self._tokens(unit, parse, self.passage.quotations[number])
            in_quotes[first : last + 1] = [True] * (last + 1 - first)
        return in_quotes

    def _tokens(self, unit: Unit, parse: Parse, span: Span) -> Tokens:
        """Return the tokens of a unit that a stretch of the field covers."""
        if unit.mask is None:
            return 0, -1
        start, end = unit.mask.to_masked(max(span[0], unit.start), min(span[1], unit.end))
        return bisect_right(parse.ends, start), bisect_left(parse.starts, end) - 1

    def field(self, at: int, tokens: Tokens) -> Span:
        """Return the code points of a run of a sentence's tokens."""
        unit, parse = self.passage.units[at], self.trees[at].parse
        if unit.mask is None:
            return unit.start, unit.end
        return unit.mask.to_field(parse.starts[tokens[0]], parse.ends[tokens[1]])

    def _attribution(
        self, at: int, cue: Tokens, head: int | None, spans: list[Span], stance: Stance
    ) -> Attribution:
        """Return an attribution to the speaker whose noun phrase `head` heads."""
        tree = self.trees[at]
        attribution = Attribution(self.passage.units[at].paragraph, spans, stance, self.field(at, cue), None)
        phrase = speaker_span(tree, head, cue[0]) if head is not None else None
        if head is not None and phrase is not None:
            attribution.speaker = self.field(at, phrase)
            appositions = [c for c in tree.parse.children[head] if tree.parse.deps[c] == "appos"]
            attribution.heads = [self.field(at, (token, token)) for token in (head, *appositions)]
        return attribution

    def _take_signatures(self) -> None:
        """Give quotations to the names that sign them behind a dash."""
        for number, attribution in signatures(self.passage):
            if number not in self.unspoken:
                self.used_quotations.add(number)
                self.attributions.append(attribution)

    def _led_to(self) -> None:
        """Give quotations that no clause holds to the name before their colon or on the line before them."""
        for number, (start, end) in enumerate(self.passage.quotations):
            if number in self.used_quotations or number in self.unspoken:
                continue
            paragraph = bisect_right(self.passage.paragraphs, (start, end + 1)) - 1
            name = leading(self.passage, (start, end), paragraph) if paragraph >= 0 else None
            if name is not None:
                self.used_quotations.add(number)
                self.attributions.append(
                    Attribution(paragraph, [(start, end)], "said", None, name, [name], from_parse=False)
                )

    # Clauses

    def _keep(self, at: int, one: Statement) -> None:
        attribution = self._attribution(
            at, one.cue, one.speaker, [self.field(at, run) for run in one.content], one.stance
        )
        attribution.frame = one.frame
        self._widen(attribution)
        attribution.spans = self._without_tails(attribution.spans)
        if self._is_unspoken(attribution):
            return
        self.attributions.append(attribution)
        self.by_cue[attribution.cue] = attribution

    def _is_unspoken(self, attribution: Attribution) -> bool:
        """True where all words given stand in marks around what nobody says."""
        quotations = self.passage.quotations
        return all(
            any(
                number in self.unspoken and quotations[number][0] <= start and end <= quotations[number][1]
                for number in self.passage.within(start, end)
            )
            for start, end in attribution.spans
        )

    def _widen(self, attribution: Attribution) -> None:
        """Let the words given take in the whole of each quotation that they touch."""
        for number in {
            n for span in attribution.spans for n in self.passage.within(*span)
        } - self.used_quotations:
            first, last = self.passage.quotations[number]
            if attribution.cue and first <= attribution.cue[0] < last:
                continue
            if any(_WORD.search(self.content, max(a, first), min(b, last)) for a, b in attribution.spans):
                self._take(number, attribution)

    def _take(self, number: int, attribution: Attribution) -> None:
        self.used_quotations.add(number)
        attribution.spans = _join_spans([*attribution.spans, self.passage.quotations[number]], self.content)

    def _without_tails(self, spans: list[Span]) -> list[Span]:
        """Cut what follows a quotation that ends in a comma: `that it is “too much,” which nobody else thinks`."""
        shorter_spans = []
        for start, end in spans:
            for number in self.passage.within(start, end):
                quotation_end = self.passage.quotations[number][1]
                if quotation_end < end and self.content[quotation_end - 2] == ",":
                    end = quotation_end
                    break
            shorter_spans.append((start, end))
        return shorter_spans

    # Quotation marks

    def _beside(self, at: int, tree: Tree, number: int) -> None:
        """Give a quotation to the cue that stands nearest in its sentence, outside of quotation marks."""
        parse = tree.parse
        first, last = self._tokens(self.passage.units[at], parse, self.passage.quotations[number])
        reach = _SET_OFF_REACH if self._is_set_off(number) else _REACH
        near = [
            (first - token if token < first else token - last, token)
            for token in range(max(0, first - reach), min(len(parse.tags), last + reach + 1))
            if tree.is_verb(token)
            and not tree.in_quotes[token]
            and parse.lemmas[token] in SAYING
            and not (token and parse.tags[token - 1] == "HYPH")
        ]
        if not near:
            return
        token = min(near)[1]
        other = self.by_cue.get(self.field(at, (token, token)))
        if other is None:
            self._add(at, token, number)
            return
        if other.frame in ("object", "infinitive", "other") and not self._holds_marks(other):
            other.spans = []
        self._take(number, other)

    def _add(self, at: int, token: int, number: int) -> None:
        """Keep a quotation as the words of a cue that no clause ties it to."""
        tree = self.trees[at]
        spans = [self.passage.quotations[number]]
        stance = SAYING[tree.parse.lemmas[token]]
        # The subject of a participle that no clause ties to a quotation is a guess: it stays unknown.
        head = speaker_head(tree, token) if tree.parse.tags[token] in _FINITE else None
        attribution = self._attribution(at, (token, token), head, spans, stance)
        insort(self.attributions, attribution, key=_start)
        self.by_cue[attribution.cue] = attribution
        self.used_quotations.add(number)

    def _is_set_off(self, number: int) -> bool:
        """True for a quotation that a comma or colon leads to, or that ends in a comma or a sentence's sign."""
        start, end = self.passage.quotations[number]
        before = self.content[max(0, start - 3) : start].rstrip()
        return before.endswith((",", ":")) or self.content[end - 2 : end - 1] in (",", "?", "!")

    def _holds_marks(self, one: Attribution) -> bool:
        return any(self.passage.within(*span) for span in one.spans)

    def _alone(self) -> None:
        """Give each quotation that fills its sentences to the cue after it, or to who spoke last before it."""
        self.attributions.sort(key=_start)
        first_of: dict[int, int] = {}
        last_of: dict[int, int] = {}
        for at, unit in enumerate(self.passage.units):
            number = unit.quotation
            if number is not None and number not in self.used_quotations and number not in self.unspoken:
                first_of.setdefault(number, at)
                last_of[number] = at
        for number, at in first_of.items():
            token = self._cue_after(last_of[number], number)
            if token is not None:
                self._add(last_of[number] + 1, token, number)
                continue
            start, end = self.passage.quotations[number]
            until = bisect_left(self.attributions, start, key=_start)
            before = self.attributions[max(0, until - _NEARBY) : until]
            going_on = self._going_on(before, self.passage.units[at].paragraph)
            if going_on is not None:
                self._take(number, going_on)
                continue
            paragraph = self.passage.units[at].paragraph
            attribution = Attribution(paragraph, [(start, end)], "said", None, None, from_parse=False)
            if len(self.content[start:end].split()) < _FEWEST_WORDS:
                continue
            if (last := self._earlier_speaker(before, paragraph)) is not None:
                attribution.speaker, attribution.heads = last.speaker, last.heads
            self.used_quotations.add(number)
            insort(self.attributions, attribution, key=_start)

    def _going_on(self, before: list[Attribution], paragraph: int) -> Attribution | None:
        """Return the attribution of the same paragraph that a quotation of its own sentence goes on with."""
        here = [a for a in before if a.paragraph == paragraph]
        speech = [a for a in here if a.stance in SPOKEN and a.frame not in ("object", "other")]
        return max([a for a in here if self._holds_marks(a)] or speech, key=lambda a: a.end, default=None)

    def _earlier_speaker(self, before: list[Attribution], paragraph: int) -> Attribution | None:
        """Return who speaks in the paragraph before, where that is little but a quotation and its cue."""
        last = max(before, key=lambda a: a.end, default=None)
        if last is None or last.paragraph != paragraph - 1 or not self._holds_marks(last):
            return None
        span = self.passage.paragraphs[paragraph - 1]
        words_in_marks = sum(
            len(_starts(self.content, (max(span[0], first), min(span[1], end))))
            for first, end in (self.passage.quotations[n] for n in self.passage.within(*span))
        )
        return last if len(_starts(self.content, span)) - words_in_marks <= _WORDS_BESIDE else None

    def _cue_after(self, at: int, number: int) -> int | None:
        """Return the cue of the next sentence for `“All the way!”` before `Dawson shouted.`"""
        tree = self.trees.get(at + 1)
        end = self.passage.quotations[number][1]
        if tree is None or self.passage.units[at + 1].paragraph != self.passage.units[at].paragraph:
            return None
        if end > self.passage.units[at + 1].start or self.content[end - 2] not in "?!…,.-—":
            return None
        parse = tree.parse
        for token in range(min(_SET_OFF_REACH, len(parse.tags))):
            if (
                parse.lemmas[token] in SAYING
                and parse.tags[token] in ("VBD", "VBZ")
                and not tree.in_quotes[token]
            ):
                cue = self.field(at + 1, (token, token))
                return None if cue in self.by_cue else token
        return None

    def _lines(self) -> None:
        """Give what stands after `NAME:` at the start of a paragraph to that name, and a post to its writer."""
        lines = [*turns(self.passage), *posts(self.passage)]
        inside = {one.paragraph: one for one in lines}
        self.attributions = [
            a for a in self.attributions if a.paragraph not in inside or a.start < inside[a.paragraph].start
        ] + lines

    def _outermost(self) -> list[Attribution]:
        """Return the attributions in order, without those that stand wholly inside another's words."""
        outermost: list[Attribution] = []
        for one in sorted(self.attributions, key=lambda a: (a.start, -a.end)):
            around = [span for other in outermost[-_NEARBY:] for span in other.spans]
            if not all(any(a <= s and e <= b for a, b in around) for s, e in one.spans):
                outermost.append(one)
        return outermost


def _start(one: Attribution) -> int:
    return one.start


def _join_spans(spans: list[Span], content: str) -> list[Span]:
    """Return spans in order, those joined between which no word stands."""
    runs: list[Span] = []
    for start, end in sorted(spans):
        if runs and (start <= runs[-1][1] or not _WORD.search(content, runs[-1][1], start)):
            runs[-1] = (runs[-1][0], max(runs[-1][1], end))
        else:
            runs.append((start, end))
    return runs
