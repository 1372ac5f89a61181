"""Where the text of articles is, if no column has one of the names that are known for it."""

from __future__ import annotations

import csv
import io
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

_NAMES = frozenset(
    {"article", "articlebody", "articlefulltext", "articletextbody", "bodytext", "cleantext", "contents"}
    | {"contenttext", "document", "fullarticle", "fullcontent", "maincontent", "maintext", "plaintext"}
    | {"rawtext", "story", "storytext", "textbody"}
)
"""Names that a column of text may have, and others too: it has to hold sentences as well."""

_LONG = 200
_LONG_WORDS = 25
_SENTENCE_WORDS = 3
_SHARE = 0.5


class TextColumns:
    """Counts, over rows, the columns that hold sentences and those that hold long prose.

    Show it the unmapped columns of rows by `see`. `of_rows` is how many were shown.
    """

    def __init__(self) -> None:
        self.of_rows = 0
        self._filled: Counter[str] = Counter()
        self._sentences: Counter[str] = Counter()
        self._prose: Counter[str] = Counter()
        self._characters: Counter[str] = Counter()

    def see(self, row: Mapping[str, Any]) -> None:
        """Look at one row; objects are looked into one step, as `--map text=article.body` can reach."""
        self.of_rows += 1
        for column, value in _values(row):
            self._filled[column] += 1
            self._characters[column] += len(value)
            words = value[: 10 * _LONG].count(" ")
            self._sentences[column] += words >= _SENTENCE_WORDS and not value.startswith("http")
            self._prose[column] += len(value) >= _LONG and words >= _LONG_WORDS

    def sure(self) -> str | None:
        """The one column that its name and its sentences both say to be the text; None where none or two are."""
        by_name = self._by_name()
        return by_name[0] if len(by_name) == 1 else None

    def likely(self) -> list[str]:
        """The columns that may hold the text, the likeliest first."""
        by_name = self._by_name()
        prose = [c for c in self._prose if self._mostly(self._prose, c)]
        longest = sorted({*prose, *by_name}, key=lambda c: (c in by_name, self._characters[c]), reverse=True)
        return [c for c in longest if self._filled[c] >= _SHARE * self.of_rows] or longest

    def _by_name(self) -> list[str]:
        return [c for c in self._sentences if _plain(c) in _NAMES and self._mostly(self._sentences, c)]

    def _mostly(self, counts: Counter[str], column: str) -> bool:
        return counts[column] >= _SHARE * self._filled[column] and counts[column] > 0


def ready_map(column_of: Mapping[str, str]) -> str:
    """The `--map` that says these fields' columns, ready for a shell."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="").writerow(f"{field}={column}" for field, column in column_of.items())
    return "--map " + shlex.quote(buffer.getvalue())


def _values(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for column, value in row.items():
        if isinstance(value, dict):
            yield from ((f"{column}.{k}", t) for k, v in value.items() if (t := _as_text(v)))
        elif text := _as_text(value):
            yield column, text


def _as_text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and value and all(isinstance(v, str) for v in value):
        return "\n".join(value)
    return ""


def _plain(column: str) -> str:
    return "".join(filter(str.isalnum, column.rsplit(".", 1)[-1].lower()))


def text_columns_of(rows: Iterable[Mapping[str, Any]]) -> TextColumns:
    """Look at these rows."""
    columns = TextColumns()
    for row in rows:
        columns.see(row)
    return columns
