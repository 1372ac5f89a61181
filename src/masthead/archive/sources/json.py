"""JSONL (one object per line) and JSON (an array of objects, or an object that holds one).

A JSON file is read as it streams by, one object of its array at a time. A line of JSONL that is no JSON
object is refused and kept as it stood; a JSON file that breaks off is refused whole, since what follows the
break cannot be told apart. Column names may reach into objects with dots: `outlet=source.name`.
"""

from __future__ import annotations

import json
import math
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from masthead.archive.sources.base import BATCH_CHARACTERS, BATCH_ROWS, Batch, Refused, as_json
from masthead.archive.sources.text import TextFile, decodes
from masthead.errors import SourceError

LOOK_AT = 5_000
"""Records that are looked at to learn the columns of a file: one that comes later cannot be mapped."""

_CHUNK = 1 << 20
_SPACE = re.compile(r"[\s\ufeff]*")
_LONGEST_RECORD = 512 * 1024 * 1024


class JsonSource:
    """A JSONL or JSON file. Raises SourceError where it is empty, is something else, or breaks off."""

    def __init__(self, path: Path, encoding: str | None, format_name: str) -> None:
        self._file = TextFile(path, encoding, format_name)
        self._lines = format_name == "JSONL"
        self._surrogates = 0
        names: dict[str, None] = {}
        with self._file.open() as opened:
            for _, _, record in islice(self._records(opened), LOOK_AT):
                if record is not None:
                    names |= dict.fromkeys(_names(record))
        if not names:
            raise SourceError(
                f"'{path.name}' holds no JSON object",
                "objects with the fields of articles",
                "check the export",
            )
        self.columns = tuple(names)

    def notes(self) -> list[str]:
        """Say the encoding, and how many values held halves of characters."""
        notes = self._file.notes()
        if self._surrogates:
            notes.append(f"values with halves of characters, replaced by U+FFFD: {self._surrogates:,}")
        return notes

    def batches(self, mapped: Mapping[str, str]) -> Iterator[Batch]:
        """Read the records from the start, up to 1,000 or 8 million characters at a time."""
        self._surrogates = 0
        row = 0
        with self._file.open() as opened:
            records = self._records(opened)
            while True:
                values: dict[str, list[str | None]] = {field: [] for field in mapped}
                numbers: list[int] = []
                rest: list[dict[str, Any]] = []
                refused: list[Refused] = []
                characters = 0
                for why, raw, record in records:
                    row += 1
                    if record is None:
                        refused.append(Refused(row, why, raw))
                    else:
                        taken, others, trouble = self._take(record, mapped)
                        if trouble:
                            refused.append(Refused(row, trouble, as_json(self._clean(record))))
                        else:
                            for field, value in taken.items():
                                values[field].append(value)
                            numbers.append(row)
                            rest.append(others)
                            characters += sum(len(value or "") for value in taken.values())
                    if len(numbers) + len(refused) >= BATCH_ROWS or characters >= BATCH_CHARACTERS:
                        break
                if not numbers and not refused:
                    return
                arrays = [pa.array(column, pa.string()) for column in values.values()]
                fields = pa.RecordBatch.from_arrays(arrays, names=list(values))
                yield Batch(fields, numbers, rest, refused, self._file.done, self._file.total)

    def _take(
        self, record: dict[str, Any], mapped: Mapping[str, str]
    ) -> tuple[dict[str, str | None], dict[str, Any], str]:
        """Return the fields as text, the other filled columns, and why the record will not do, if so."""
        taken: dict[str, str | None] = {}
        for field, column in mapped.items():
            value = _reach(record, column)
            if isinstance(value, dict | list) and value:
                return {}, {}, f"its {field} is {'a list' if isinstance(value, list) else 'an object'}"
            taken[field] = None if _empty(value) else self._clean(_as_text(value))
        columns = set(mapped.values())
        others = {
            name: self._clean(value)
            for name, value in record.items()
            if name not in columns and not _empty(value)
        }
        return taken, others, ""

    def _clean(self, value: Any) -> Any:
        """Replace what JSON's escapes can write and no text can hold: half of a character."""
        if isinstance(value, str):
            if decodes(value):
                return value
            self._surrogates += 1
            return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if isinstance(value, dict):
            return {self._clean(name): self._clean(inner) for name, inner in value.items()}
        if isinstance(value, list):
            return [self._clean(inner) for inner in value]
        return None if isinstance(value, float) and not math.isfinite(value) else value

    def _records(self, opened: IO[str]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
        """Yield each record as (reason, raw, None) where it is refused, else as ("", "", object)."""
        try:
            yield from self._from_lines(opened) if self._lines else self._from_array(opened)
        except (EOFError, zlib.error, OSError) as error:
            raise self._file.broken(error) from None

    def _from_lines(self, opened: Iterable[str]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
        for line in opened:
            if not line.strip():
                continue
            mended = self._file.mend(line)
            if mended is None:
                raw = line.encode("utf-8", "backslashreplace").decode().rstrip("\r\n")
                yield self._file.why_undecodable(), raw, None
                continue
            self._file.mended += mended is not line
            try:
                record = json.loads(mended)
            except (ValueError, RecursionError):
                yield "its line is not JSON", mended.rstrip("\r\n"), None
                continue
            if isinstance(record, dict):
                yield "", "", record
            else:
                yield "its line is not a JSON object", mended.rstrip("\r\n"), None

    def _from_array(self, opened: IO[str]) -> Iterator[tuple[str, str, dict[str, Any] | None]]:
        for record in _Stream(opened, self._file).articles():
            if isinstance(record, dict):
                yield "", "", record
            else:
                yield "it is not a JSON object", json.dumps(record), None


class _Stream:
    """A JSON document of any size, taken apart value by value with a buffer that holds one value."""

    def __init__(self, opened: IO[str], file: TextFile) -> None:
        self._opened = opened
        self._file = file
        self._buffer = ""
        self._at = 0
        self._decoder = json.JSONDecoder()

    def articles(self) -> Iterator[Any]:
        """Yield the values of the document's array, wherever in its outermost object that stands."""
        if self._peek() == "[":
            yield from self._array()
            return
        self._expect("{")
        found = ""
        while self._peek() != "}":
            name = self._value()
            self._expect(":")
            if self._peek() == "[":
                rows = list(islice(inner := self._array(), 1))
                if rows and isinstance(rows[0], dict):
                    if found:
                        raise self._wrong(f"holds two arrays of objects, '{found}' and '{name}'")
                    found = str(name)
                    yield rows[0]
                    yield from inner
                else:
                    for _ in inner:
                        pass
            else:
                self._value()
            if self._peek() == ",":
                self._at += 1

    def _array(self) -> Iterator[Any]:
        self._expect("[")
        while self._peek() != "]":
            yield self._value()
            if self._peek() == ",":
                self._at += 1
            elif self._peek() != "]":
                raise self._wrong("is not JSON after one of its records")
        self._at += 1

    def _peek(self) -> str:
        """Return the next character that is no white space."""
        while True:
            self._at = _SPACE.match(self._buffer, self._at).end()  # type: ignore[union-attr]
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more(_CHUNK):
                raise self._wrong("breaks off before its end")

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise self._wrong(f"has {self._peek()!r} where JSON has {character!r}")
        self._at += 1

    def _value(self) -> Any:
        self._peek()
        more = _CHUNK
        while True:
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except RecursionError:
                raise self._wrong("is nested too deeply") from None
            except ValueError as error:
                # Perhaps only the end of the value is missing: read as much again, so that the work stays
                # in proportion to the length of the value.
                if len(self._buffer) - self._at > _LONGEST_RECORD or not self._more(more):
                    raise self._wrong(f"is not JSON ({error.args[0].split(':')[0]})") from None
                more *= 2
                continue
            if end == len(self._buffer) and self._more(_CHUNK):
                continue  # a number may go on in what follows
            self._at = end
            return value

    def _more(self, characters: int) -> bool:
        chunk = self._opened.read(characters)
        if not chunk:
            return False
        mended = self._file.mend(chunk)
        if mended is None:
            raise SourceError(
                f"'{self._file.path.name}' holds bytes that do not decode as {self._file.encoding}",
                "text in one encoding",
                "say it with --encoding",
            )
        self._file.mended += mended is not chunk
        self._buffer = self._buffer[self._at :] + mended
        self._at = 0
        return True

    def _wrong(self, what: str) -> SourceError:
        return SourceError(
            f"'{self._file.path.name}' {what}",
            "a JSON array of objects, or an object that holds one",
            "check the export; for one object per line use the ending .jsonl",
        )


def _names(record: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield the columns of a record, those inside objects with dots."""
    for name, value in record.items():
        if not prefix:
            yield name
        if isinstance(value, dict) and not prefix:
            yield from (f"{name}.{inner}" for inner in value)


def _reach(record: Mapping[str, Any], column: str) -> Any:
    if column in record or "." not in column:
        return record.get(column)
    outer, inner = column.split(".", 1)
    value = record.get(outer)
    return value.get(inner) if isinstance(value, dict) else None


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    return json.dumps(value)


def _empty(value: Any) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, float) and math.isnan(value))
