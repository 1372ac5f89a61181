"""Every compiled expression takes time in proportion to the text, whatever the text repeats."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from re import _constants as opcodes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest

import masthead

ELSEWHERE = ("masthead.archive", "masthead.press")
"""Whose expressions are tested where they are: dates of an archive; a press reads nothing that others wrote."""

LONG = 4_000
"""Texts of so many letters show whether an expression is slow at all."""

QUICK = 2e-6 * LONG
"""Seconds of processor time in which a text of that length is searched by whatever looks at each letter a few times."""

TOO_STEEP = 2.9
"""A text of twice the length may take at most so many times as long: twice is in proportion, four times its square."""

Use = Callable[[str], object]

_OF_CATEGORY = {
    opcodes.CATEGORY_SPACE: " \n", opcodes.CATEGORY_NOT_SPACE: "a.", opcodes.CATEGORY_DIGIT: "1",
    opcodes.CATEGORY_NOT_DIGIT: "a", opcodes.CATEGORY_WORD: "aA1", opcodes.CATEGORY_NOT_WORD: " .",
}  # fmt: skip
_TRIED = "aA1 .,-'\"\n(é"


@cache
def expressions() -> dict[str, re.Pattern[str]]:
    """The compiled expressions that the package's modules hold, themselves and in what they hold, by where."""
    found: dict[str, re.Pattern[str]] = {}
    seen: set[int] = set()

    def take(value: object, where: str, depth: int) -> None:
        if isinstance(value, re.Pattern):
            if isinstance(value.pattern, str) and value not in found.values():
                found[where] = value
        elif depth and id(value) not in seen:
            seen.add(id(value))
            inside: Iterable[object] = ()
            if isinstance(value, Mapping):
                inside = [*value.keys(), *value.values()]
            elif isinstance(value, (list, tuple, set, frozenset)):
                inside = value
            elif type(value).__module__.startswith("masthead.") or isinstance(value, type):
                inside = list(getattr(value, "__dict__", {}).values())
            for one in inside:
                take(one, where, depth - 1)

    for module in pkgutil.walk_packages(masthead.__path__, "masthead."):
        if module.name.startswith(ELSEWHERE) or module.name.endswith("__main__"):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if getattr(value, "__module__", module.name) == module.name or not isinstance(value, type):
                take(value, f"{module.name}.{name}", 4)
    return found


def _letters(of_set: list[Any]) -> str:
    """Some letters that a set of a parsed expression holds."""
    negated = bool(of_set) and of_set[0][0] is opcodes.NEGATE
    held = ""
    for kind, value in of_set:
        if kind is opcodes.LITERAL:
            held += chr(value)
        elif kind is opcodes.RANGE:
            held += chr(value[0])
        elif kind is opcodes.CATEGORY:
            held += _OF_CATEGORY[value]
    return "".join(c for c in _TRIED if c not in held) or "a" if negated else held


def _texts(parsed: Any) -> tuple[str, list[str]]:
    """A text that most of a parsed expression takes, and the letters and pieces that it could take again and again."""
    whole, pieces = "", []
    for kind, value in parsed:
        if kind is opcodes.LITERAL:
            whole += chr(value)
            pieces.append(chr(value))
        elif kind in (opcodes.NOT_LITERAL, opcodes.ANY, opcodes.IN):
            letters = _letters(value) if kind is opcodes.IN else "aA .,"
            whole += letters[0]
            pieces += letters
        elif kind in (opcodes.MAX_REPEAT, opcodes.MIN_REPEAT, opcodes.POSSESSIVE_REPEAT):
            text, inside = _texts(value[2])
            whole += text * max(value[0], 1)
            pieces += [text, *inside, *(letter + text for letter in inside[:2])]
        elif kind is opcodes.SUBPATTERN:
            text, inside = _texts(value[3])
            whole += text
            pieces += inside
        elif kind is opcodes.ATOMIC_GROUP:
            text, inside = _texts(value)
            whole += text
            pieces += inside
        elif kind is opcodes.BRANCH:
            told = [_texts(one) for one in value[1]]
            whole += told[0][0]
            pieces += [text for text, _ in told[:6]]
            pieces += [piece for _, inside in told for piece in inside if len(told) < 12]
    return whole, pieces


def repetitive(expression: re.Pattern[str], length: int) -> Iterator[str]:
    """Texts of one piece again and again, made of what the expression looks for, after its beginning and alone."""
    whole, pieces = _texts(parser.parse(expression.pattern, expression.flags))
    pieces += [whole, whole[:-1], *_TRIED]
    some = list(dict.fromkeys(piece for piece in pieces if piece))
    heads = list(
        dict.fromkeys(["", whole[: len(whole) // 2], *(whole[:n] for n in range(1, min(len(whole), 6)))])
    )
    for piece in some:
        for head in heads if len(piece) == 1 else heads[:2]:
            yield head + piece * (length // len(piece)) + "\x00!"


def took(use: Use, text: str, times: int = 1) -> float:
    """The least processor time of this thread that one use on the text takes: others' work is not in it."""
    best = float("inf")
    for _ in range(times):
        begun = time.thread_time()
        use(text)
        best = min(best, time.thread_time() - begun)
    return best


def use_of(where: str, expression: re.Pattern[str]) -> Use:
    """How an expression is tried: searched for, but for one that is only ever matched where it stands.

    To ask whether a match came of it (`found.re is _NAME`) is no use.
    """
    module, _, name = where.rpartition(".")
    uses: set[str] = set()
    attributes = 0
    for user in (module, *_importers(module, name)):
        for node in ast.walk(_tree(user)):
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == name:
                uses.add(node.attr)
                attributes += 1
            elif isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
                attributes -= 1
            elif isinstance(node, ast.Compare) and isinstance(node.ops[0], ast.Is):
                attributes += sum(isinstance(one, ast.Name) and one.id == name for one in node.comparators)
    only_there = uses and uses <= {"match", "fullmatch"} and not attributes
    return expression.match if only_there else expression.search


def _importers(module: str, name: str) -> list[str]:
    """Which modules of the package import a name from a module."""
    return [
        user
        for user, source in _sources().items()
        if name in source
        for node in ast.walk(_tree(user))
        if isinstance(node, ast.ImportFrom) and node.module == module
        if name in {one.name for one in node.names}
    ]


@cache
def _sources() -> dict[str, str]:
    """The source of each module of the package."""
    modules = [module.name for module in pkgutil.walk_packages(masthead.__path__, "masthead.")]
    return {name: _source(name) for name in modules if not name.endswith("__main__")}


def _source(module: str) -> str:
    file = importlib.import_module(module).__file__
    assert file
    return Path(file).read_text(encoding="utf-8")


@cache
def _tree(module: str) -> ast.Module:
    return ast.parse(_source(module))


def stalls(expression: re.Pattern[str], use: Use | None = None) -> str | None:
    """The repetitive text on which an expression takes more than in proportion to its length; None where none does."""
    use = use or expression.search
    for number, text in enumerate(repetitive(expression, LONG)):
        # From short texts up, so that what would take hours is seen before.
        length = 24
        while length < LONG:
            if took(use, text[:length] + text[-2:]) > QUICK:
                break
            length = length * 3 // 2 if length < 250 else length * 4
        if length >= LONG and took(use, text) <= QUICK:
            continue
        length = min(length, LONG)
        shorter, longer = (list(repetitive(expression, n))[number] for n in (length, 2 * length))
        # Again where it looks steep: something else may have slowed it down.
        if all(took(use, longer) > TOO_STEEP * took(use, shorter, 3) for _ in range(3)):
            return shorter
    return None


@pytest.mark.parametrize("of", ["claim", "cli", "dossier", "reading", "surveying", "study", ""])
def test_no_expression_stalls(of: str) -> None:
    kinds = ("claim", "cli", "dossier", "reading", "surveying", "study")
    mine = {
        where: one
        for where, one in expressions().items()
        if (where.split(".")[1] == of if of else where.split(".")[1] not in kinds)
    }
    told = {
        where: text for where, one in mine.items() if (text := stalls(one, use_of(where, one))) is not None
    }
    assert not told, {where: f"{text[:30]!r} … {len(text)}" for where, text in told.items()}


@pytest.mark.parametrize(
    "steep", [r"\s+x", r"(?:a+b?)*c", r"(?:[A-Z][\w.]+ ?){1,4}: ", r",\s*\n\s*x", r'"[^x]*x']
)
def test_a_steep_expression_is_seen(steep: str) -> None:
    assert stalls(re.compile(steep)) is not None


@pytest.mark.parametrize(
    "flat", [r"\s+", r"[a-z]{1,40}x", r"(?<!\w)\w+x", r'"[^"]*"x', r"\bwill\b|\bgoing to\b"]
)
def test_a_flat_expression_is_not(flat: str) -> None:
    assert stalls(re.compile(flat)) is None
