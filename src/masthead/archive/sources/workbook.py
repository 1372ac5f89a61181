"""Excel workbooks (.xlsx): the rows of every sheet that has the header of the first one.

Cells come out as text: dates in ISO form, whole numbers without a point. Excel itself cuts a cell at 32,767
characters; how many texts end there is said.
"""

from __future__ import annotations

import datetime as dt
import warnings
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from masthead.archive.sources.base import Batch, RefusedRow, as_json, batch_of_cells, in_lots
from masthead.archive.sources.header import check_is_header, unique_names
from masthead.archive.sources.limits import check_unfolding
from masthead.archive.sources.text import shown_name
from masthead.errors import SourceError

_CUT_AT = 32_767
_LARGEST_STRINGS = 150_000_000


class WorkbookSource:
    """An Excel workbook. Raises SourceError where it is damaged, would fill the memory, or has no header."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._name = shown_name(path)
        self._cut = 0
        self._left: dict[str, int] = {}
        self._read: list[str] = []
        self._check_size()
        self.columns: tuple[str, ...] = ()
        for _, rows in self._sheets():
            header = next(rows, None)
            if header is not None:
                check_is_header(self._name, header, "write the names of the columns above the first row")
                self.columns = unique_names(header)
                break
        if not self.columns:
            raise SourceError(f"'{self._name}' is empty", "a sheet with a header", "check the workbook")

    def check(self, column_of: Mapping[str, str]) -> None:
        """Every cell is a text."""

    def notes(self) -> list[str]:
        """Say which sheets were read and which were not, and how many texts Excel may have cut."""
        notes = [f"sheets read: {', '.join(map(repr, self._read))}"]
        if self._left:
            left = ", ".join(f"'{name}' (rows: {rows:,})" for name, rows in self._left.items())
            notes.append(f"sheets with another header, not read: {left}")
        if self._cut:
            notes.append(f"cells of {_CUT_AT:,} characters, where Excel cuts: {self._cut:,}")
        return notes

    def batches(self, column_of: Mapping[str, str]) -> Iterator[Batch]:
        """Read the rows from the start, up to 1,000 or 8 million characters at a time."""
        self._cut, self._left, self._read = 0, {}, []
        total = self._path.stat().st_size
        for lot in in_lots(enumerate(self._rows(), start=1), lambda one: sum(map(len, one[1]))):
            refused_rows = [
                RefusedRow(
                    number,
                    f"it has {len(row)} cells where the header has {len(self.columns)}",
                    as_json({"fields": row}),
                )
                for number, row in lot
                if len(row) > len(self.columns)
            ]
            rows = {
                number: row + [""] * (len(self.columns) - len(row))
                for number, row in lot
                if len(row) <= len(self.columns)
            }
            yield batch_of_cells(self.columns, column_of, rows, refused_rows, total, total)

    def _rows(self) -> Iterator[list[str]]:
        """The rows of the sheets with the header of the first, headers left out; the others are counted."""
        for name, rows in self._sheets():
            header = next(rows, None)
            if header is None:
                continue
            if unique_names(header) == self.columns:
                self._read.append(name)
                yield from rows
            else:
                self._left[name] = sum(1 for _ in rows)

    def _sheets(self) -> Iterator[tuple[str, Iterator[list[str]]]]:
        from openpyxl import load_workbook

        with self._path.open("rb") as file:
            with warnings.catch_warnings():
                # It warns of styles and of other things that are no text.
                warnings.simplefilter("ignore")
                book = load_workbook(file, read_only=True, data_only=True)
            for sheet in book.worksheets:
                # The size that a file states of itself may be wrong.
                sheet.reset_dimensions()
                yield sheet.title, self._filled_rows(sheet.iter_rows(values_only=True))

    def _filled_rows(self, rows: Iterator[tuple[Any, ...]]) -> Iterator[list[str]]:
        for row in rows:
            cells = [_as_text(value) for value in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                self._cut += sum(len(cell) == _CUT_AT for cell in cells)
                yield cells

    def _check_size(self) -> None:
        """Refuse a workbook whose parts would fill the memory, before one is unpacked."""
        with zipfile.ZipFile(self._path) as zip_file:
            for part in zip_file.infolist():
                check_unfolding(self._name, part.file_size, part.compress_size)
                # These are held in memory all at once.
                if part.filename.endswith("sharedStrings.xml") and part.file_size > _LARGEST_STRINGS:
                    raise SourceError(
                        f"'{self._name}' holds {part.file_size // 1_000_000:,} MB of texts in one piece",
                        f"at most {_LARGEST_STRINGS // 1_000_000} MB",
                        "save the sheet as CSV in UTF-8",
                    )


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value.replace("_x000D_", "\r")
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)
