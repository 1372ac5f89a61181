"""What is wrong with a study file, in one sentence: where it stands, what was given, and what may stand there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from masthead.errors import StudyError, likely, nearest, shortened
from masthead.study.parts import WrongAtError

Path = tuple[str | int, ...]
"""Keys and places in lists (from 0), from the whole study down."""

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?$")
_KEYS = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$""")
_KEY = re.compile(r""""[^"]*"|'[^']*'|[\w-]+""")


@dataclass(frozen=True)
class Written:
    """A study as it was written: the name of its file, the file's text, to tell lines by, and what it says."""

    origin: str
    text: str = ""
    raw: Any = None

    def place(self, kind: str, name: str) -> Path:
        """Return where the table of a kind with this id stands; of claims, below sentences too. Empty where nowhere."""
        raw = self.raw if isinstance(self.raw, Mapping) else {}
        holders: list[tuple[Path, Any]] = [((), raw)]
        if kind == "claim":
            holders += [(("sentence", at), one) for at, one in enumerate(raw.get("sentence", ()))]
        return next(
            (
                (*holder, kind, at)
                for holder, table in holders
                for at, one in enumerate(table.get(kind, ()))
                if one.get("id") == name
            ),
            (),
        )


def told_where(wrong: WrongAtError, source: Written, at: Path) -> StudyError:
    """Say what is wrong at a place of a study: file, line, key, and whose it is."""
    line = line_of(source.text, at)
    file = f"{source.origin}, line {line}" if line is not None else source.origin
    message = str(wrong)
    whose = "" if _says(message, at, source.raw) else _whose(at, source.raw)
    return StudyError(
        f"{file}, at '{_with_dots(at) or 'the study'}'{whose}: {message[:1].lower()}{message[1:]}",
        wrong.expected,
        wrong.hint,
    )


def explain(error: ValidationError, source: Written, tables: Mapping[str, type[BaseModel]]) -> StudyError:
    """Turn the first complaint about a study into one sentence about the user's file.

    `tables` are the parts by the key that they stand under, "" the whole.
    """
    # A misspelt key is also a missing one: name the misspelling, which is what the user can see.
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    keys_of = {key: _keys(model) for key, model in tables.items()}
    raw = source.raw
    at = _place_in_file(first["loc"], raw)
    cause = (first.get("ctx") or {}).get("error")
    if isinstance(cause, WrongAtError):
        return told_where(cause, source, (*at, *cause.at))
    line = line_of(source.text, at)
    file = f"{source.origin}, line {line}" if line is not None else source.origin
    where = _with_dots(at) or "the study"
    whose = _whose(at, raw)
    table = _table(at, keys_of)
    if first["type"] == "extra_forbidden":
        return StudyError(
            f"{file}, has an unknown key '{where}'{whose}"
            if line
            else f"{file} has an unknown key '{where}'{whose}",
            "only keys that the study file knows",
            _elsewhere(str(at[-1]), table, keys_of) or nearest(str(at[-1]), keys_of.get(table, ())),
        )
    if first["type"] == "missing":
        problem = f"lacks '{where}'{whose}"
        expectation = _lacking(str(at[-1]), tables.get(table))
        return StudyError(f"{file}, {problem}" if line else f"{file} {problem}", expectation, "add it")
    what, expectation = _complaint(first, table, keys_of)
    values = re.findall(r"'([^']*)'", expectation) if first["type"] == "literal_error" else []
    hint = likely(str(first["input"]).casefold(), values) or "change it"
    return StudyError(f"{file}, at '{where}'{whose}: {what}", expectation, hint)


def _lacking(key: str, model: type[BaseModel] | None) -> str:
    """What a key that is not there should say."""
    fields = model.model_fields.items() if model is not None else ()
    kinds = next((get_args(f.annotation) for name, f in fields if key in (name, f.alias)), ())
    if kinds and all(isinstance(kind, str) for kind in kinds):
        return f"one of {', '.join(repr(kind) for kind in kinds)}"
    return _NEEDED.get(key, f"`{key} =` and a value")


_NEEDED: Mapping[str, str] = {
    "archive": 'the folder of an archive, such as archive = "press.archive"',
    "subject": "a table [[subject]]: what the study asks about",
    "aliases": 'the names of the subject, such as aliases = ["Anna Hale", "Hale"]',
    "id": "an id, made of a-z, 0-9, '-', '_' and '.', such as id = \"the-front\"",
    "text": 'text in quotation marks, such as text = "this"',
    "measure": 'what is measured, such as measure = "attention"',
    "from": "a day, such as from = 2016-12-22",
    "to": "a day, such as to = 2016-12-31",
    "value": "a number, such as value = 1",
    "values": "a number for each subject, such as values = { front = 1, navy = -1 }",
}
"""What a study must say, by key."""


def _elsewhere(key: str, table: str, keys_of: Mapping[str, set[str]]) -> str:
    """What to do with a key of the whole study that stands below a table, and so belongs to that table."""
    if not table or key not in keys_of.get("", ()):
        return ""
    return "it is a key of the whole study: write it above the first line in [brackets]"


def line_of(text: str, at: Path) -> int | None:
    """Return the line of a TOML file, from 1, in which a part of it stands, or the nearest part around it that does.

    None where no part of the path stands in a line of its own.
    """
    places = _places(text) if text else {}
    return next((places[at[:end]] for end in range(len(at), 0, -1) if at[:end] in places), None)


def _places(text: str) -> dict[Path, int]:
    """The line of every table and key of a TOML file, as far as they begin one."""
    lines: dict[Path, int] = {}
    lists: dict[Path, int] = {}
    table: Path = ()
    closes = ""
    for number, line in enumerate(text.splitlines(), 1):
        if closes:
            closes = "" if line.count(closes) % 2 else closes
            continue
        header = _HEADER.match(line)
        keys = None if header else _KEYS.match(line)
        if header:
            table = ()
            names = _KEY.findall(header[2])
            for place, name in enumerate(names):
                table = (*table, name.strip("\"'"))
                if place == len(names) - 1 and header[1] == "[[":
                    lists[table] = lists.get(table, -1) + 1
                if table in lists:
                    lines.setdefault(table, number)
                    table = (*table, lists[table])
            lines.setdefault(table, number)
        elif keys:
            at = table
            for name in _KEY.findall(keys[1]):
                at = (*at, name.strip("\"'"))
                lines.setdefault(at, number)
            closes = next((quotes for quotes in ('"""', "'''") if keys[2].count(quotes) % 2), "")
    return lines


def _place_in_file(loc: Sequence[str | int], raw: Any) -> Path:
    """Leave out of a place what is no part of the file: names of types that a value was tried as."""
    steps: list[str | int] = []
    value = raw
    for place, step in enumerate(loc):
        if isinstance(step, int):
            value = value[step] if isinstance(value, list | tuple) and step < len(value) else None
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
        elif value is not None and not isinstance(value, Mapping) and place:
            continue
        else:
            value = None
        steps.append(step)
    return tuple(steps)


def _with_dots(at: Path) -> str:
    steps = [f"[{step + 1}]" if isinstance(step, int) else step for step in at]
    return ".".join(steps).replace(".[", "[")


def _holder(at: Path, raw: Any) -> tuple[str, str] | None:
    """What holds a place and has an id: the kind of table, and the id."""
    holder, value, kind = None, raw, ""
    for step in at:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list | tuple) and step < len(value) else None
        else:
            kind = step
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(step, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            holder = kind, value["id"]
    return holder


def _whose(at: Path, raw: Any) -> str:
    holder = _holder(at, raw)
    return f" of {holder[0]} '{shortened(holder[1])}'" if holder else ""


def _says(message: str, at: Path, raw: Any) -> bool:
    holder = _holder(at, raw)
    return holder is not None and f"'{holder[1]}'" in message


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or key for key, field in model.model_fields.items()}


def _table(at: Path, keys_of: Mapping[str, set[str]]) -> str:
    """The innermost table around a place that has keys of its own."""
    names = [step for step in at[:-1] if isinstance(step, str)]
    return next((name for name in reversed(names) if name in keys_of), "") if names else ""


def _complaint(error: Any, table: str, keys_of: Mapping[str, set[str]]) -> tuple[str, str]:
    """Say what was given and what was expected, for every kind of complaint about a value."""
    kind, value, context = error["type"], error["input"], error.get("ctx") or {}
    quote = _as_words(value)
    if kind == "literal_error":
        problem = f"there is no {quote}" if isinstance(value, str) else f"{quote} does not fit"
        return problem, context["expected"]
    if kind == "string_pattern_mismatch":
        return (
            f"{quote} is no id: an id is made of a-z, 0-9, '-', '_' and '.', such as 'the-front'",
            "an id",
        )
    if kind in _LIMITS and not isinstance(value, bool):
        problem, name, form = _LIMITS[kind]
        limit = context.get(name)
        return f"{quote} {problem.format(limit)}", form.format(limit)
    if kind.startswith("model"):
        name = _last(error["loc"])
        keys = ", ".join(sorted(keys_of.get(name, keys_of.get(table, ()))))
        text = 'text in quotation marks, such as "this", or ' if name == "aliases" else ""
        return f"{quote} does not fit", f"{text}a table with the keys {keys}"
    if kind in _LIMITS:
        return f"{quote} does not fit", "a number"
    # Keys of a study are texts, numbers, days, lists and tables: no other kind of complaint is known.
    expectation = next(
        (words for begins, words in _KINDS.items() if kind.startswith(begins)), f"({error['msg']})"
    )
    return f"{quote} does not fit", expectation


def _last(loc: Sequence[str | int]) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "")


_LIMITS: Mapping[str, tuple[str, str, str]] = {
    "greater_than": ("is too small", "gt", "a number greater than {}"),
    "greater_than_equal": ("is too small", "ge", "a number greater than or equal to {}"),
    "less_than": ("is too large", "lt", "a number less than {}"),
    "less_than_equal": ("is too large", "le", "a number less than or equal to {}"),
    "finite_number": ("is no finite number", "", "a finite number"),
    "string_too_short": ("is empty", "min_length", "some text"),
    "string_too_long": ("is too long", "max_length", "at most {} characters"),
    "too_short": ("holds too little", "min_length", "at least {}"),
    "too_long": ("holds too much", "max_length", "at most {}"),
}
"""Kinds of complaint that name a limit: what is wrong, how the limit is called, and what was expected."""

_KINDS: Mapping[str, str] = {
    "bool": "true or false, without quotation marks",
    "date": "a day, such as 2016-12-22, without quotation marks",
    "float": "a number, without quotation marks",
    "int": "a whole number, without quotation marks",
    "string": 'text in quotation marks, such as "this"',
    "list": 'a list in square brackets, such as ["this", "that"]',
    "tuple": 'a list in square brackets, such as ["this", "that"]',
    "dict": 'a table, such as { name = ["this", "that"] }',
    "mapping": 'a table, such as { name = ["this", "that"] }',
}
"""What was expected, by how the kind of complaint begins."""


def _as_words(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | dt.time | int | float):
        return str(value)
    if isinstance(value, str):
        return repr(shortened(value))
    if isinstance(value, Mapping):
        return f"a table ({shortened(', '.join(map(str, value)) or 'empty')})"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return "nothing" if value is None else shortened(repr(value))
