"""One JSON value from text, with nothing lost on the way and nothing in it that JSON could not write again."""

from __future__ import annotations

import json
import math
from typing import Any

from masthead.archive.sources.text import decodes
from masthead.archive.sources.values import DEEPEST

LONGEST = 32_000_000
"""Characters over which an object is refused: no article is that long."""

LARGEST = 48_000_000
"""Bytes of UTF-8 over which it is refused, too."""

MOST_VALUES = 500_000
"""Values over which an object is refused: each takes a hundred bytes of memory, however few of the file."""

TOO_DEEP = f"it is nested more than {DEEPEST} levels deep"
TOO_LONG = f"it is over {LONGEST // 1_000_000} million characters long (the first of them are kept)"
TOO_MANY = f"it holds over {MOST_VALUES:,} values"

_SMALL = 500_000
_LONGEST_INTEGER = 4_300  # digits that Python reads without being asked twice


class RefusedValueError(ValueError):
    """A value that is JSON and yet cannot be read; the message says why."""


def check_size(text: str, start: int, end: int) -> None:
    """Raise RefusedValueError where the value within a part of a text would take too much memory."""
    if end - start <= _SMALL:
        return
    # Each value but the first stands behind one of these.
    if sum(text.count(mark, start, end) for mark in "[{,") > MOST_VALUES:
        raise RefusedValueError(TOO_MANY)
    if not text.isascii() and len(text[start:end].encode(errors="surrogatepass")) > LARGEST:
        raise RefusedValueError(TOO_LONG)


class Decoder:
    """Reads values. `surrogates` counts texts that held halves of characters, `twice` records with a key twice.

    A key that stands twice with different values keeps its last value, as other readers of JSON do it, and
    the earlier ones become keys of their own: "text (1)". NaN is null; Infinity and numbers too large for the
    machine stay as they were written, as text.
    """

    def __init__(self) -> None:
        self.surrogates = 0
        self.twice = 0
        self._saw_twice = False
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_constant, parse_float=_float, parse_int=_integer
        )

    def decode(self, text: str, start: int = 0) -> tuple[Any, int]:
        """Return the value that starts at `start`, and where it ends.

        Raises JSONDecodeError where there is none, RefusedValueError where it is nested too deeply.
        """
        self._saw_twice = False
        try:
            value, end = self._json.raw_decode(text, start)
        except RecursionError:
            raise RefusedValueError(TOO_DEEP) from None
        return value, end

    def record(self, value: Any) -> Any:
        """Return the value just decoded fit for an article: count what was odd in it.

        Raises RefusedValueError where it is nested too deeply.
        """
        value = self._clean(value, 0)
        self.twice += self._saw_twice
        self._saw_twice = False
        return value

    def _clean(self, value: Any, depth: int) -> Any:
        """Replace what JSON's escapes can write and no text can hold: half of a character."""
        if isinstance(value, str):
            if value.isascii() or decodes(value):
                return value
            self.surrogates += 1
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if depth > DEEPEST:
            raise RefusedValueError(TOO_DEEP)
        if isinstance(value, dict):
            return self._object([(self._clean(n, 0), self._clean(v, depth + 1)) for n, v in value.items()])
        if isinstance(value, list):
            # In place: a long list is not held twice.
            for i, item in enumerate(value):
                value[i] = self._clean(item, depth + 1)
        return value

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        members = dict(pairs)
        if len(members) == len(pairs):
            return members
        earlier: dict[str, list[Any]] = {}
        for name, value in pairs:
            earlier.setdefault(name, []).append(value)
        for name, values in earlier.items():
            number = 0
            for value in values[:-1]:
                # Written out, since True is 1 and yet another value.
                if json.dumps(value) != json.dumps(values[-1]):
                    self._saw_twice = True
                    number += 1
                    while f"{name} ({number})" in members:
                        number += 1
                    members[f"{name} ({number})"] = value
        return members


def _constant(name: str) -> str | None:
    return None if name == "NaN" else name


def _float(figures: str) -> float | str:
    number = float(figures)
    return number if math.isfinite(number) else figures


def _integer(figures: str) -> int | str:
    return int(figures) if len(figures) <= _LONGEST_INTEGER else figures
