"""The outcomes file: what became of each forecast, as a person enters it; a table that any spreadsheet opens.

CSV with a header (UTF-8; commas, semicolons or tabs). Of its columns `forecast` (the name of one) and `became` are
read; all others are for whoever fills it in. `became` is true, false, open, cannot tell, or empty.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from masthead.archive.days import in_zone
from masthead.archive.store import replacing
from masthead.errors import StudyError, nearest
from masthead.spreadsheet import as_cell, from_cell
from masthead.study import Study
from masthead.study.written_files import read_written

BECAME = ("true", "false", "open", "cannot tell")
"""What may be entered. An empty cell is a forecast that nobody has looked at yet."""

COLUMNS = (
    "forecast",
    "became",
    "note",
    "outlet",
    "subject",
    "published",
    "what",
    "by_when",
    "due",
    "confidence",
    "sentence",
    "url",
)
"""The columns that are written; `note` is empty, for the person."""

_MEANT = {
    **{became: became for became in BECAME},
    # What people write, and what spreadsheets make of true and false in some languages.
    **dict.fromkeys(("yes", "y", "came true", "wahr", "vrai", "verdadero", "vero", "verdadeiro"), "true"),
    **dict.fromkeys(("no", "n", "falsch", "faux", "falso"), "false"),
    **dict.fromkeys(("not yet", "pending"), "open"),
    **dict.fromkeys(("cannot say", "can't tell", "unclear", "unknown", "?"), "cannot tell"),
}


@dataclass(frozen=True)
class _File:
    """An outcomes file as it stands: its rows of cells, header first, and how they are set apart."""

    rows: list[list[str]]
    delimiter: str

    def column(self, name: str) -> int | None:
        header = [cell.strip().lower() for cell in self.rows[0]] if self.rows else []
        return header.index(name) if name in header else None

    def count(self, name: str) -> int:
        """How many columns have a name."""
        return sum(cell.strip().lower() == name for cell in self.rows[0]) if self.rows else 0


def study_outcomes(study: Study) -> dict[str, str]:
    """Return what a study's outcomes file says became of each forecast; nothing where it has none."""
    return {} if study.outcomes is None else read_outcomes(Path(study.outcomes))


def read_outcomes(path: Path) -> dict[str, str]:
    """Return what became of each forecast that has an entry: its name → one of BECAME.

    A file that is not there holds no entries. Raises StudyError, naming the line, where the file is none, lacks one of
    the two columns, holds a word that means none of BECAME, or says two things of one forecast.
    """
    file = _read(path)
    if file is None:
        return {}
    names_at, words_at = file.column("forecast"), file.column("became")
    if names_at is None or words_at is None:
        lacks = "forecast" if names_at is None else "became"
        raise StudyError(
            f"'{path}' has no column '{lacks}'",
            "a table with the columns forecast and became",
            "give its column that name again, in the first line; `masthead forecasts STUDY.toml --to OTHER.csv` writes "
            "a new list",
        )
    for name in ("forecast", "became"):
        if file.count(name) > 1:
            raise StudyError(
                f"'{path}' has {file.count(name)} columns '{name}'", "one", "give the others another name"
            )
    outcomes: dict[str, str] = {}
    for line, row in enumerate(file.rows[1:], 2):
        name, word = (from_cell(row[at].strip()) if at < len(row) else "" for at in (names_at, words_at))
        if not word:
            continue
        became = _MEANT.get(" ".join(word.lower().split()))
        if became is None:
            raise StudyError(
                f"'{word}' in row {line} of '{path}' says nothing of what became of the forecast",
                f"{', '.join(BECAME)}, or an empty cell",
                nearest(word.lower(), BECAME),
            )
        if not name:
            raise StudyError(
                f"row {line} of '{path}' has an outcome and no forecast",
                "the name of a forecast in the column 'forecast'",
                "give the name, or leave the row out",
            )
        if outcomes.setdefault(name, became) != became:
            raise StudyError(
                f"'{path}' says of forecast '{name}' that it became {outcomes[name]} and, in row {line}, {became}",
                "one outcome for each forecast",
                "take one of the rows out",
            )
    return outcomes


def outcomes_hash(outcomes: dict[str, str]) -> str:
    """SHA-256 (16 hex digits) of what was entered; notes, order and spelling take no part."""
    return hashlib.sha256(json.dumps(sorted(outcomes.items())).encode()).hexdigest()[:16]


def write_list(
    path: Path, forecasts: pa.Table, zones: Mapping[str, str | None] | None = None
) -> tuple[int, int]:
    """Write forecasts (FORECASTS) to an outcomes file to fill in; return how many rows are new, how many were there.

    What the file holds already stays as it is, to the letter: rows are only added, for forecasts that it does not have.
    `zones` are the time zones on whose clocks outlets' days are. Killed at any instant, the file is the old one or the
    new one. Raises StudyError as `read_outcomes` does.
    """
    read_outcomes(path)  # a file that cannot be read is not added to
    file = _read(path) or _File([list(COLUMNS)], ",")
    header = [cell.strip().lower() for cell in file.rows[0]]
    at = file.column("forecast") or 0
    there = {from_cell(row[at].strip()) for row in file.rows[1:] if at < len(row)}
    new = [row for row in forecasts.to_pylist() if row["forecast"] not in there]
    if new or not path.is_file():
        lines = [
            *file.rows,
            *([_cell(row, name, (zones or {}).get(row["outlet"])) for name in header] for row in new),
        ]
        with replacing(path) as temporary, temporary.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out, delimiter=file.delimiter, lineterminator="\r\n").writerows(lines)
    return len(new), len(there)


def _cell(row: dict[str, Any], name: str, zone: str | None) -> str:
    """Return what stands in a column of a new row; text from an article is never a formula."""
    value = {**row, "sentence": row["snippet"], "became": None}.get(name)
    if name == "published":
        moment = in_zone(value, zone)
        return moment.date().isoformat() if moment else ""
    return "" if value is None else as_cell(" ".join(str(value).split()))


def _read(path: Path) -> _File | None:
    """Read a table; None where there is none. Raises StudyError where the file is no text table."""
    try:
        text = read_written(path, "a CSV file", StudyError)
    except FileNotFoundError:
        return None
    header = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=header.count)
    try:
        # A stray quotation mark would swallow the rows after it: strictly, it is an error.
        table = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = [row for row in table if row]
    except csv.Error as error:
        raise StudyError(
            f"'{path}' is no CSV file: {error}, at or before line {table.line_num}",
            "a CSV file in UTF-8",
            "look for a quotation mark that nothing closes, and mend it",
        ) from None
    if "\0" in text:
        raise StudyError(
            f"'{path}' holds NUL characters", "a CSV file in UTF-8", "save it again as CSV UTF-8"
        )
    return _File(rows, delimiter) if rows else None
