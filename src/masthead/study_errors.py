"""What is wrong with a study file, in one sentence: where it stands, what was given, and what may stand there."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel, ValidationError

from masthead.errors import StudyError, nearest, shortened

Path = tuple[str | int, ...]
"""Keys and places in lists (from 0), from the whole study down."""

_HEADER = re.compile(r"\s*(\[\[?)([^\]]+)\]\]?\s*(?:#.*)?$")
_KEYS = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=(.*)$""")
_KEY = re.compile(r""""[^"]*"|'[^']*'|[\w-]+""")


def explained(
    error: ValidationError,
    origin: str,
    tables: Mapping[str, type[BaseModel]],
    text: str = "",
    raw: Any = None,
) -> StudyError:
    """Turn the first complaint about a study into one sentence about the user's file.

    `tables` are the parts by the key that they stand under, "" the whole; `text` is the file's, to tell the line by;
    `raw` what it says, to tell the ids by.
    """
    # A misspelt key is also a missing one: name the misspelling, which is what the user can see.
    first = min(error.errors(), key=lambda e: e["type"] != "extra_forbidden")
    known = {key: _keys(model) for key, model in tables.items()}
    cause = (first.get("ctx") or {}).get("error")
    # What a validator of ours raised, and not what a parser of days says.
    cause = cause if first["type"] == "value_error" else None
    at: Path = (*_written(first["loc"], raw), *getattr(cause, "at", ()))
    file = origin
    line = line_of(text, at)
    if line is not None:
        file += f", line {line}"
    where = _dotted(at) or "the study"
    whose = _whose(at, raw)
    table = _table(at, known)
    if first["type"] == "extra_forbidden":
        return StudyError(
            f"{file}, has an unknown key '{where}'{whose}"
            if line
            else f"{file} has an unknown key '{where}'{whose}",
            "only keys that the study file knows",
            nearest(str(at[-1]), known.get(table, ())),
        )
    if first["type"] == "missing":
        told = f"lacks '{where}'{whose}"
        return StudyError(f"{file}, {told}" if line else f"{file} {told}", f"a value for '{where}'", "add it")
    if cause is not None:
        told = str(cause)
        return StudyError(
            f"{file}, at '{where}'{'' if _says(told, at, raw) else whose}: {told[:1].lower()}{told[1:]}",
            getattr(cause, "expected", "") or "a value that fits",
            getattr(cause, "hint", "") or "mend it in the file",
        )
    given, expected = _told(first, table, known)
    return StudyError(f"{file}, at '{where}'{whose}: {given}", expected, "mend it in the file")


def line_of(text: str, at: Path) -> int | None:
    """Return the line of a TOML file, from 1, in which a part of it stands, or the nearest part around it that does.

    None where no part of the path stands in a line of its own.
    """
    places = _places(text) if text else {}
    return next((places[at[:end]] for end in range(len(at), 0, -1) if at[:end] in places), None)


def _places(text: str) -> dict[Path, int]:
    """The line of every table and key of a TOML file, as far as they begin one."""
    found: dict[Path, int] = {}
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
                    found.setdefault(table, number)
                    table = (*table, lists[table])
            found.setdefault(table, number)
        elif keys:
            at = table
            for name in _KEY.findall(keys[1]):
                at = (*at, name.strip("\"'"))
                found.setdefault(at, number)
            closes = next((quotes for quotes in ('"""', "'''") if keys[2].count(quotes) % 2), "")
    return found


def _written(loc: Sequence[str | int], raw: Any) -> Path:
    """Leave out of a place what is no part of the file: names of types that a value was tried as."""
    kept: list[str | int] = []
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
        kept.append(step)
    return tuple(kept)


def _dotted(at: Path) -> str:
    steps = [f"[{step + 1}]" if isinstance(step, int) else step for step in at]
    return ".".join(steps).replace(".[", "[")


def _holder(at: Path, raw: Any) -> tuple[str, str] | None:
    """What holds a place and has an id: the kind of table, and the id."""
    found, value, kind = None, raw, ""
    for step in at:
        if isinstance(step, int):
            value = value[step] if isinstance(value, list | tuple) and step < len(value) else None
        else:
            kind = step
            value = value.get(step) if isinstance(value, Mapping) else None
        if isinstance(step, int) and isinstance(value, Mapping) and isinstance(value.get("id"), str):
            found = kind, value["id"]
    return found


def _whose(at: Path, raw: Any) -> str:
    holder = _holder(at, raw)
    return f" of {holder[0]} '{shortened(holder[1])}'" if holder else ""


def _says(told: str, at: Path, raw: Any) -> bool:
    holder = _holder(at, raw)
    return holder is not None and f"'{holder[1]}'" in told


def _keys(model: type[BaseModel]) -> set[str]:
    return {field.alias or key for key, field in model.model_fields.items()}


def _table(at: Path, known: Mapping[str, set[str]]) -> str:
    """The innermost table around a place that has keys of its own."""
    names = [step for step in at[:-1] if isinstance(step, str)]
    return next((name for name in reversed(names) if name in known), "") if names else ""


def _told(error: Any, table: str, known: Mapping[str, set[str]]) -> tuple[str, str]:
    """Say what was given and what was expected, for every kind of complaint about a value."""
    kind, given, context = error["type"], error["input"], error.get("ctx") or {}
    shown = _shown(given)
    if kind == "literal_error":
        told = f"there is no {shown}" if isinstance(given, str | int | float) else f"{shown} does not fit"
        return told, context["expected"]
    if kind == "string_pattern_mismatch":
        return (
            f"{shown} is no id: an id is made of a-z, 0-9, '-', '_' and '.', such as 'the-front'",
            "an id",
        )
    if kind in _LIMITS and not isinstance(given, bool):
        told, name, form = _LIMITS[kind]
        limit = context.get(name)
        return f"{shown} {told.format(limit)}", form.format(limit)
    if kind.startswith("model"):
        name = _last(error["loc"])
        keys = ", ".join(sorted(known.get(name, known.get(table, ()))))
        text = 'text in quotation marks, such as "this", or ' if name == "aliases" else ""
        return f"{shown} does not fit", f"{text}a table with the keys {keys}"
    if isinstance(given, bool):
        return f"{shown} does not fit", "a number" if kind in _LIMITS else "another kind of value"
    expected = next((told for begins, told in _KINDS.items() if kind.startswith(begins)), "a value that fits")
    return f"{shown} does not fit", expected


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


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dt.date | int | float):
        return str(value)
    if isinstance(value, str):
        return repr(shortened(value))
    if isinstance(value, Mapping):
        return f"a table ({shortened(', '.join(map(str, value)) or 'empty')})"
    if isinstance(value, list | tuple):
        return f"a list of {len(value)}"
    return "nothing" if value is None else shortened(repr(value))
