"""Reads the press's grammar files and compiles every line into the operations that write it.

A grammar file is plain text. `[section]` starts a section; every other line is one alternative of it:

    23 A- | {A} shelled the market at {$town} on {$day}{?tail}.

Before the bar, all optional: the settings in which the line is used (1 easy, 2 medium, 3 hard; none means
all), portrayals (`A-`: the sentence puts whoever plays A in a bad light; `A+`: in a good one), and in the
naming sections the number of the phrase (S, P or N: the name's own) and the kind of its label. After it, text
with slots:

    {A} {A.n} {A.p}         participant A: named, maybe with a label; by name alone; possessive, by name alone
    {A.it} {A.its} {A.them} {A.self}          pronouns for A
    {was|were} {B:has|have} agreement with whoever was named last, or with B
    {a}                     a or an, as the next word asks
    {,}                     a comma, unless other punctuation follows
    {$town}                 a fact of the story
    {#few} {%few}           a number of the story's own for this place in the grammar, so that all who tell it
                            agree; the same of the world's, in all stories (few, many, percent, month, town,
                            amount)
    {@rule} {?rule}         one alternative of another section; the same, now and then (`{? rule}` with a
                            space before it, `{?rule }` with one after it)
    {n} {the n} {adj}       in naming sections: the subject's name, with its article, its adjective
    {m} {ms} {w} {!w}       in naming sections: the label as modifier, plural, noun; `!`: denied
    “ ”                     open and close a quotation in the outlet's own marks
    {q} {/q}                the same marks around what nobody says: a title, a nickname, scare quotes; single
                            ones inside a quotation
    {<} {>}                 open and close words that are attributed to whoever speaks, with marks in them or without
    {by A} {by S} {by $official} {by -}   who speaks from here on in the line: a participant, the speaker chosen, a
                            person of the story, somebody without a name
    {/} {^}                 a new paragraph, also inside a quotation; a capital on the next word

`#` starts a comment line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from itertools import count
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from masthead.press.writing.writer import Writer

Op = Callable[["Writer"], object]
SETTINGS = ("easy", "medium", "hard")
FIRST = "first"
GRAMMARS: dict[str, str] = {FIRST: "grammar", "held-out": "held_out"}
"""The grammars by name, and the folder of each. The readers' rules were mended on the first, never on the other."""

_HEAD = re.compile(r"^\s*(?P<head>[^|{“]*?)\s*\|(?P<body>.*)$")
_PIECE = re.compile(r"\{([^{}]*)\}|([“”])")
_SECTION = re.compile(r"^\[([a-z0-9.\-]+)\]$")
_PARTICIPANT = re.compile(r"^([A-DS])(?:\.(n|p|it|its|them|self))?$")


@dataclass(frozen=True, slots=True)
class Line:
    """One compiled alternative: its operations, portrayals by slot, number, label kind and shapes."""

    ops: tuple[Op, ...]
    portrayals: tuple[tuple[str, int], ...]
    number: str
    kind: str
    needs: frozenset[str]
    source: str


@dataclass(slots=True)
class Section:
    """The alternatives of one section: all of them, and by how they portray participant A."""

    lines: list[Line] = field(default_factory=list)
    by_portrayal: dict[int, list[Line]] = field(default_factory=dict)

    def add(self, line: Line) -> None:
        """File the line under how it portrays A (0 where it does not)."""
        self.lines.append(line)
        self.by_portrayal.setdefault(dict(line.portrayals).get("A", 0), []).append(line)


class Grammar:
    """All sections of one grammar as they stand at one setting (1 easy, 2 medium, 3 hard)."""

    def __init__(self, setting: int, name: str = FIRST) -> None:
        self.setting = setting
        self.sections: dict[str, Section] = {}
        self._fitting: dict[tuple[str, str], tuple[Line, ...]] = {}
        # Counted from 0 in each, so that no press hangs on which grammars were compiled before.
        places = count()
        for part, head, body in _rows(name):
            levels, portrayals, number, kind = _parse_head(head)
            section = self.sections.setdefault(part, Section())
            if setting in levels:
                section.add(_compile(body, portrayals, number, kind, places))

    def lines(self, name: str) -> list[Line]:
        """The alternatives of a section; KeyError where the grammar has none of that name."""
        return self.sections[name].lines

    def has(self, name: str) -> bool:
        """Whether the section exists and says something at this setting."""
        return name in self.sections and bool(self.sections[name].lines)

    def fitting(self, name: str, shapes: frozenset[str]) -> tuple[Line, ...]:
        """The alternatives of a naming section that a word of these shapes can fill."""
        key = (name, "".join(sorted(shapes)))
        lines = self._fitting.get(key)
        if lines is None:
            lines = tuple(line for line in self.sections[name].lines if line.needs <= shapes)
            self._fitting[key] = lines
        return lines


@cache
def load_grammar(setting: int, name: str = FIRST) -> Grammar:
    """Compile a grammar for a setting, once per process. KeyError where `GRAMMARS` has none of that name."""
    return Grammar(setting, name)


@cache
def _rows(name: str) -> tuple[tuple[str, str, str], ...]:
    """Every line of every file of a grammar, as (section, head, body)."""
    rows = []
    folder = resources.files("masthead.press.writing") / GRAMMARS[name]
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".txt"):
            continue
        section = ""
        for raw in file.read_text(encoding="utf-8").splitlines():
            text = raw.strip()
            if not text or text.startswith("#"):
                continue
            if heading := _SECTION.match(text):
                section = heading[1]
                continue
            match = _HEAD.match(raw)
            head, body = (match["head"], match["body"]) if match else ("", raw)
            rows.append((section, head, body.strip()))
    return tuple(rows)


def _parse_head(head: str) -> tuple[set[int], tuple[tuple[str, int], ...], str, str]:
    levels = {1, 2, 3}
    portrayals: list[tuple[str, int]] = []
    number, kind = "N", ""
    for token in head.split():
        if token.isdigit():
            levels = {int(c) for c in token}
        elif re.fullmatch(r"[A-DS][+-]", token):
            portrayals.append((token[0], 1 if token[1] == "+" else -1))
        elif token in ("S", "P", "N"):
            number = token
        else:
            kind = token
    return levels, tuple(portrayals), number, kind


def _compile(
    body: str, portrayals: tuple[tuple[str, int], ...], number: str, kind: str, places: Iterator[int]
) -> Line:
    ops: list[Op] = []
    needs: set[str] = set()
    at = 0
    for piece in _PIECE.finditer(body):
        if piece.start() > at:
            ops.append(_literal(body[at : piece.start()]))
        # The article brings its own space, because it is written together with the word that decides it.
        at = piece.end() + (piece[1] == "a" and body[piece.end() : piece.end() + 1] == " ")
        if piece[2]:
            ops.append(_open_quote if piece[2] == "“" else _close_quote)
            continue
        slot = piece[1]
        if slot.lstrip("!") in ("m", "ms", "w"):
            needs.add(slot.lstrip("!"))
        elif slot in ("g", "adj"):
            needs.add(slot)
        ops.append(_slot(slot, places))
    if at < len(body):
        ops.append(_literal(body[at:]))
    if kind == "family":
        needs.add("g")
    return Line(tuple(ops), portrayals, number, kind, frozenset(needs), body)


def _literal(text: str) -> Op:
    return lambda w: w.put(text)


def _open_quote(w: Writer) -> None:
    w.open_quote()


def _close_quote(w: Writer) -> None:
    w.close_quote()


_SIGNS: dict[str, Op] = {
    "a": lambda w: w.article(),
    ",": lambda w: w.comma(),
    "^": lambda w: w.capital(),
    "/": lambda w: w.break_paragraph(),
    "<": lambda w: w.open_attribution(),
    ">": lambda w: w.close_attribution(),
    "q": lambda w: w.open_mention(),
    "/q": lambda w: w.close_mention(),
}


def _slot(slot: str, places: Iterator[int]) -> Op:
    """The operation of one slot. Raises ValueError for a slot the grammar does not know."""
    if slot in _SIGNS:
        return _SIGNS[slot]
    if slot.startswith("by "):
        who = slot[3:]
        return lambda w: w.let_speak(who)
    if slot.startswith("$"):
        key = slot[1:]
        return lambda w: w.fact(key)
    if slot[0] in "#%":
        place = next(places)
        what = slot[1:]
        return lambda w: w.number(what, place, slot[0] == "%")
    if slot.startswith("@"):
        name = slot[1:]
        return lambda w: w.rule(name)
    if slot.startswith("?"):
        before, name, after = _around(slot[1:])
        return lambda w: w.maybe(before, name, after)
    if "|" in slot:
        whose, _, forms = slot.rpartition(":")
        one, many = forms.split("|")
        return lambda w: w.agree(whose, one, many)
    participant = _PARTICIPANT.match(slot)
    if participant:
        who, what = participant[1], participant[2]
        if what is None:
            return lambda w: w.name(who)
        if what == "n":
            return lambda w: w.plain(who)
        if what == "p":
            return lambda w: w.possessive(who)
        return lambda w: w.pronoun(who, what)
    if slot in ("n", "the n", "adj"):
        return lambda w: w.focus_name(slot)
    if slot.lstrip("!") in ("m", "ms", "w"):
        shape, is_denied = slot.lstrip("!"), slot.startswith("!")
        return lambda w: w.label(shape, is_denied)
    raise ValueError(f"the grammar has no slot '{{{slot}}}'")


def _around(text: str) -> tuple[str, str, str]:
    """The space before a section's name, the name, the space after it."""
    return text[: len(text) - len(text.lstrip())], text.strip(), text[len(text.rstrip()) :]
