"""Values inside values: what one column of JSON or Parquet can hold, and how it becomes the text of a field.

A column is named by its path, with dots where it lies inside another: `source.name`, `body.sections.paragraphs`.
Paths go through lists: `sections.paragraphs` takes the paragraphs of every section, in order.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from masthead.errors import SourceError

DEEPEST = 100
"""Levels of objects and lists inside each other over which a row is refused."""

PATH_LEVELS = 5
"""Levels down to which paths are listed."""

_LOOK_AT = 20

# What joins the values of a list. A list under any other field has to hold one value.
_JOINS = {"text": "\n", "section": ", ", "credit": ", "}

# What an article may lack, so that a column need not be taken for it.
_MAY_LACK = ("url", "language", "credit", "section")

# Objects that stand for the one value under this key: what databases write for dates and long numbers …
_WRAPPERS = ("$date", "$numberLong", "$numberInt", "$numberDouble", "$numberDecimal", "$oid")
# … and what converters from XML write for an element that has attributes.
_MARKED_UP = ("#text", "#cdata-section", "__cdata", "_text", "$t", "@value", "_")


class NotTextError(ValueError):
    """A value that cannot be the text of a field; the message says what it is."""


def is_empty(value: Any) -> bool:
    """True where a value says nothing: null, NaN, or an empty text, list or object."""
    return value is None or value in ("", [], {}) or (isinstance(value, float) and math.isnan(value))


def without_empty(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record without what says nothing."""
    return {name: value for name, value in record.items() if not is_empty(value)}


def names(record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the paths of all that a record holds, those inside objects and lists of objects with dots."""
    yield from _names(record, "", PATH_LEVELS)


def reach(value: Any, path: str) -> Any:
    """Return what lies at a path, None where nothing does. A name that itself holds dots is found too."""
    if isinstance(value, list):
        inside = [inner for inner in (reach(item, path) for item in value) if not is_empty(inner)]
        return inside or None
    if not isinstance(value, dict):
        return None
    if path in value:
        return value[path]
    for outer, inner in _splits(path):
        if outer in value and (inside := reach(value[outer], inner)) is not None:
            return inside
    return None


def without(value: Any, path: str) -> Any:
    """Return a value less what `reach` takes from it. Attributes beside a wrapped text stay."""
    if isinstance(value, list):
        return [without(item, path) for item in value]
    if not isinstance(value, dict):
        return value
    if path in value:
        left = _attributes(value[path])
        return {name: left if name == path else item for name, item in value.items() if name != path or left}
    for outer, inner in _splits(path):
        if outer in value and reach(value[outer], inner) is not None:
            left = without(value[outer], inner)
            bare = not any(not is_empty(item) for item in (left if isinstance(left, list) else [left]))
            return {
                name: left if name == outer else item
                for name, item in value.items()
                if name != outer or not bare
            }
    return value


def text_of(field: str, value: Any) -> str | None:
    """Return a value as the text of a field; None where it is empty.

    Wrapped values are unwrapped. A list of paragraphs is joined by line breaks, of sections or agencies by
    commas; a list of one value is that value. Raises NotTextError for what is left.
    """
    value = _unwrap(value)
    if isinstance(value, str):
        return value or None
    if is_empty(value):
        return None
    if isinstance(value, dict):
        raise NotTextError("an object")
    if not isinstance(value, list):
        return json.dumps(value)
    pieces = [piece for piece in _pieces(value) if piece]
    if len(pieces) > 1 and field not in _JOINS:
        raise NotTextError(f"a list of {len(pieces):,} values")
    return _JOINS.get(field, "").join(pieces) or None


def check_columns(source: str, column_of: Mapping[str, str], records: Sequence[Mapping[str, Any]]) -> None:
    """Raise SourceError where a mapped column of `records`, the head of a file, mostly holds no text.

    The message says what it holds instead and how to name the part with the text. `source` is the file's name.
    """
    for field, column in column_of.items():
        values = [value for value in (reach(record, column) for record in records) if not is_empty(value)]
        amiss = [(value, why) for value in values if (why := _why_no_text(field, value))]
        if 2 * len(amiss) <= len(values) or not amiss:
            continue
        parts = _parts(field, [value for value, _ in amiss[:_LOOK_AT]])
        kind = "objects" if any(_has_objects(value) for value, _ in amiss) else "lists of more than one value"
        part_list = ", ".join(f"'{column}.{part}'" for part in list(parts)[:12])
        likeliest = max(parts, key=lambda part: parts[part], default="")
        without_it = f", or leave it out with --map {field}=" if field in _MAY_LACK else ""
        raise SourceError(
            f"the column '{column}' of '{source}' holds {kind}{': ' + part_list if part_list else ''}",
            f"one value to take as {field}",
            f"name the part to take, such as --map {field}={column}.{likeliest}{without_it}"
            if likeliest
            else f"map another column as {field}, or take this one apart first{without_it}",
        )


def _names(value: Mapping[str, Any], prefix: str, levels: int) -> Iterator[str]:
    for name, inner in value.items():
        yield prefix + name
        if levels:
            for item in inner[:_LOOK_AT] if isinstance(inner, list) else [inner]:
                if isinstance(item, dict) and isinstance(_unwrap(item), dict):
                    yield from _names(item, f"{prefix}{name}.", levels - 1)


def _splits(path: str) -> Iterator[tuple[str, str]]:
    at = path.find(".")
    while at >= 0:
        yield path[:at], path[at + 1 :]
        at = path.find(".", at + 1)


def _pieces(value: Any) -> Iterator[str]:
    for item in value:
        item = _unwrap(item)
        if isinstance(item, list):
            yield from _pieces(item)
        elif isinstance(item, dict):
            if item:
                raise NotTextError("a list of objects")
        elif isinstance(item, str):
            yield item
        elif not is_empty(item):
            yield json.dumps(item)


def _unwrap(value: Any) -> Any:
    while isinstance(value, dict) and (key := _wrapper(value)) is not None:
        value = value[key]
    return value


def _wrapper(value: Mapping[str, Any]) -> str | None:
    if len(value) == 1 and (key := next(iter(value))) in _WRAPPERS:
        return key
    for key in _MARKED_UP:
        if key in value and all(k == key or k.startswith(("@", "-", "$", "#")) for k in value):
            return key
    return None


def _attributes(value: Any) -> dict[str, Any]:
    """What stands beside the text of a wrapped value."""
    key = _wrapper(value) if isinstance(value, dict) else None
    return {name: item for name, item in value.items() if name != key} if key is not None else {}


def _why_no_text(field: str, value: Any) -> str:
    try:
        text_of(field, value)
    except NotTextError as error:
        return str(error)
    return ""


def _has_objects(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and any(_has_objects(item) for item in value))


def _parts(field: str, values: Sequence[Any]) -> dict[str, int]:
    """The paths inside some values that can be taken as a field, with the characters of text at each."""
    parts: dict[str, int] = {}
    for value in values:
        for item in value if isinstance(value, list) else [value]:
            for path in dict.fromkeys(_names(item, "", PATH_LEVELS)) if isinstance(item, dict) else ():
                inner = reach(item, path)
                if not is_empty(inner) and not _why_no_text(field, inner):
                    parts[path] = parts.get(path, 0) + len(text_of(field, inner) or "")
    return parts
