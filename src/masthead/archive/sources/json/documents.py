"""The records of a JSON file of any size: an array of objects, an object that holds one, or objects by themselves.

The file is read as it streams by, with a buffer that holds one value. What the first document is decides how
those after it are read; nothing after it is passed over.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator
from typing import IO, Any, NamedTuple

from masthead.archive.adding.columns import SYNONYMS, plain_name
from masthead.archive.sources.json.decoder import (
    LONGEST,
    TOO_DEEP,
    TOO_LONG,
    Decoder,
    RefusedValueError,
    check_size,
)
from masthead.archive.sources.text import TextFile
from masthead.archive.sources.values import reach
from masthead.errors import SourceError

SHOWN = 10_000
"""Characters that are kept of an object that is refused for its length."""

_CHUNK = 1 << 20
_WHOLE = 8_000_000
"""Characters up to which an outermost object is looked at whole, to tell whether it is an article."""

_LEVELS = 3
_ESCAPE = 12  # characters of the longest word or escape that the end of the buffer may cut
_LEADING = 1_000_000  # characters of what stands in an array before its first object
_SPACE = re.compile(r"[\s\ufeff]*")
_OUTSIDE_TEXT = re.compile(r'["\[\]{}]')
_INSIDE_TEXT = re.compile(r'["\\]')


class Record(NamedTuple):
    """An object of the file and its length in characters; or what cannot be one: why, and its text."""

    value: dict[str, Any] | None
    length: int
    why: str = ""
    raw: str = ""


class Documents:
    """The JSON documents of an opened file. `named_columns` are the columns that the user has named.

    `within` names the array of records, where an object holds it.
    """

    def __init__(
        self, stream: IO[str], file: TextFile, decoder: Decoder, named_columns: Collection[str]
    ) -> None:
        self._opened = stream
        self._file = file
        self._decoder = decoder
        self._named_columns = named_columns
        self._buffer = ""
        self._at = 0
        self._length = 0
        self._articles: bool | None = None
        self.within = ""
        self._beside: dict[str, None] = {}

    def records(self) -> Iterator[Record]:
        """Yield the records. Raises SourceError where the file is not JSON, or holds two arrays of objects."""
        while (character := self._peek_or_end()) is not None:
            if character == "[":
                # Objects that follow an array of articles are articles too.
                self._articles = self._articles is not False
                yield from self._array()
            elif character == "{":
                yield from self._document()
            else:
                yield self._record()

    def notes(self) -> list[str]:
        """Say where the records lay, if inside an object, and what stands beside them."""
        if not self.within:
            return []
        inside = self.within.split(".")[0]
        beside = list(
            dict.fromkeys(name.split(".")[0] for name in self._beside if not name.startswith(inside))
        )
        names = ", ".join(f"'{name}'" for name in beside[:12]) + (", …" if len(beside) > 12 else "")
        also = f"; what stands beside them is not read: {names}" if beside else ""
        return [f"rows are the objects of '{self.within}'{also}"]

    def _document(self) -> Iterator[Record]:
        """Read an outermost object: an article, or one that holds the array of them."""
        if self._articles is None:
            self._articles = self._looks_like_an_article()
        if self._articles:
            yield self._record()
            return
        before = self.within
        yield from self._within("", _LEVELS)
        if not (before or self.within):
            raise self._wrong(
                f"is one object, {TOO_LONG.removeprefix('it is ')}, and holds no array of objects"
            )

    def _looks_like_an_article(self) -> bool:
        """Tell an article that has lists of objects, such as images, from an object that holds the articles."""
        try:
            value = self._value(_WHOLE)
        except RefusedValueError as error:
            return str(error) == TOO_DEEP
        self._at -= self._length
        if _is_table(value):
            raise SourceError(
                f"'{self._file.name}' is an object of objects that all have the same keys: a table column by column",
                "an object for each article",
                "write it anew, in pandas with orient='records'",
            )
        inner = [_first_object(items) for items in _arrays(value, _LEVELS)]
        if not inner:
            return True
        matches = [sum(reach(v, name) is not None for name in self._named_columns) for v in (value, *inner)]
        if any(matches):
            return matches[0] >= max(matches[1:])
        if _speaks(value, "text"):
            return True
        return _speaks(value, "title") and not any(_speaks(v, "title") or _speaks(v, "text") for v in inner)

    def _within(self, outer: str, levels: int) -> Iterator[Record]:
        """Read an object key by key, in search of the array of objects."""
        self._expect("{")
        while self._peek() != "}":
            name = self._value(LONGEST)
            if not isinstance(name, str):
                raise self._wrong("has a key that is no text")
            path = f"{outer}{name}"
            self._expect(":")
            character = self._peek()
            if character == "[":
                yield from self._array(path)
            elif character == "{" and levels:
                yield from self._within(f"{path}.", levels - 1)
            else:
                self._record()
                self._beside[path] = None
            self._comma("}")
        self._at += 1

    def _array(self, name: str | None = None) -> Iterator[Record]:
        """Yield the records of an array; of one with a `name` inside an object only if it holds objects."""
        self._expect("[")
        leading: list[Record] = []
        count = room = 0
        is_read = name is None
        while self._peek() != "]":
            record = self._record()
            if not is_read and record.value is not None:
                if count > len(leading):
                    raise self._wrong(f"has {count:,} values that are no objects before those of '{name}'")
                self._take_within(str(name))
                is_read = True
                yield from leading
            if is_read:
                yield record
            else:
                count += 1
                room += 100 + len(record.raw)
                leading += [record] if room < _LEADING else []
            self._comma("]")
        self._at += 1
        if not is_read:
            self._beside[str(name)] = None

    def _take_within(self, name: str) -> None:
        if self.within and self.within != name:
            raise self._wrong(f"holds two arrays of objects, '{self.within}' and '{name}'")
        self.within = name

    def _record(self) -> Record:
        """Read the next value as a record."""
        try:
            value = self._value(LONGEST)
        except RefusedValueError as error:
            return self._skip(str(error))
        why = "it is not a JSON object"
        if isinstance(value, dict):
            try:
                return Record(self._decoder.record(value), self._length)
            except RefusedValueError as error:
                why = str(error)
        return Record(None, self._length, why, self._buffer[self._at - self._length : self._at])

    def _skip(self, why: str) -> Record:
        """Pass over a value that was refused unread; keep its text, or the start of a long one."""
        if self._peek() not in '"[{':
            raise self._wrong("has a number that is too long")
        pieces: list[str] = []
        room = SHOWN if why == TOO_LONG else LONGEST
        depth, inside = 0, False
        while True:
            mark = (_INSIDE_TEXT if inside else _OUTSIDE_TEXT).search(self._buffer, self._at)
            escape = mark is not None and mark.group() == "\\"
            whole = mark is not None and mark.end() + escape <= len(self._buffer)
            end = mark.end() + escape if mark and whole else mark.start() if mark else len(self._buffer)
            pieces.append(self._buffer[self._at : min(end, self._at + room)])
            room -= len(pieces[-1])
            self._at = end
            if not mark or not whole:
                if not self._more(_CHUNK):
                    raise self._wrong("breaks off before its end")
                continue
            if inside or mark.group() == '"':
                inside = escape or not inside
            else:
                depth += 1 if mark.group() in "[{" else -1
            if depth <= 0 and not inside:
                return Record(None, LONGEST, why, "".join(pieces))

    def _peek(self) -> str:
        """Return the next character that is no white space."""
        character = self._peek_or_end()
        if character is None:
            raise self._wrong("breaks off before its end")
        return character

    def _peek_or_end(self) -> str | None:
        while True:
            self._at = _SPACE.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                return None

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise self._wrong(f"has {self._peek()!r} where JSON has {character!r}")
        self._at += 1

    def _comma(self, close: str) -> None:
        """Pass the comma between two values; nothing where `close` follows."""
        if self._peek() == ",":
            self._at += 1
        elif self._peek() != close:
            raise self._wrong("is not JSON after one of its records")

    def _value(self, longest: int) -> Any:
        """Return the next value. Raises RefusedValueError, without a step forward, where it cannot be read."""
        self._peek()
        more = _CHUNK
        while True:
            if more > _CHUNK:
                check_size(self._buffer, self._at, len(self._buffer))
            try:
                value, end = self._decoder.decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated string") or error.pos >= len(self._buffer) - _ESCAPE
                if cut and len(self._buffer) - self._at > longest:
                    raise RefusedValueError(TOO_LONG) from None
                # Read as much again, so that the work stays in proportion to the length of the value.
                if not cut or not self._more(more):
                    raise self._wrong(f"is not JSON ({error.msg})") from None
                more *= 2
                continue
            if end == len(self._buffer) and self._more(more):
                more *= 2
                continue  # a number may go on in what follows
            if end - self._at > longest:
                raise RefusedValueError(TOO_LONG)
            self._length = end - self._at
            self._at = end
            return value

    def _more(self, characters: int) -> bool:
        chunk = self._opened.read(min(characters, LONGEST))
        if not chunk:
            return False
        text = self._file.mend(chunk)
        if text is None:
            raise SourceError(
                f"'{self._file.name}' holds bytes that do not decode as {self._file.encoding}",
                "text in one encoding",
                "say it with --encoding",
            )
        self._file.mended_rows += text is not chunk
        self._buffer = self._buffer[self._at :] + text
        self._at = 0
        return True

    def _wrong(self, what: str) -> SourceError:
        return SourceError(
            f"'{self._file.name}' {what}",
            "JSON: an array of objects, an object that holds one, or objects one after the other",
            "check the export; for one object per line use the ending .jsonl",
        )


def _arrays(value: dict[str, Any], levels: int) -> Iterator[list[Any]]:
    """Yield the arrays of an object, and of the objects inside it, that hold objects."""
    for inner in value.values():
        if isinstance(inner, list) and any(isinstance(item, dict) for item in inner):
            yield inner
        elif isinstance(inner, dict) and levels:
            yield from _arrays(inner, levels - 1)


def _is_table(value: dict[str, Any]) -> bool:
    """True where an object holds a table by columns, or by rows under their ids."""
    inner = list(value.values())
    return len(inner) > 1 and all(
        isinstance(item, dict) and len(item) > 1 and item.keys() == inner[0].keys() for item in inner
    )


def _first_object(items: list[Any]) -> dict[str, Any]:
    return next(item for item in items if isinstance(item, dict))


def _speaks(value: dict[str, Any], field: str) -> bool:
    """True where an object has a filled key that is known to hold a field."""
    return any(
        isinstance(inner, str | list | dict) and inner and plain_name(name) in SYNONYMS[field]
        for name, inner in value.items()
    )
