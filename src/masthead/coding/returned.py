"""Sheets that come back: CSV or Excel as spreadsheets save them, JSON of Label Studio, JSON Lines of doccano."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from masthead.archive.net import source_net
from masthead.archive.sources import SourceFile
from masthead.archive.sources.open import ReadAs, format_of, open_source
from masthead.coding.sheets import COLUMNS
from masthead.errors import SourceError, likely, listed
from masthead.spreadsheet import from_cell
from masthead.study.written_files import read_written

_NEEDED = ("unit", "code")
_EXPORT = "an export of Label Studio or doccano"
_WANTED = (*_NEEDED, "sentence", "comment")


@dataclass(frozen=True)
class ReturnedRow:
    """A row of a sheet that came back; `sentence` is None where the file has none."""

    number: int
    unit: str
    code: str
    comment: str
    sentence: str | None


@dataclass(frozen=True)
class ReturnedSheet:
    """The rows of a sheet, and those that could not be read: their number, why, and what stood there."""

    rows: list[ReturnedRow]
    unreadable: list[tuple[int, str, str]]


def read_sheet(path: Path) -> ReturnedSheet:
    """Read a sheet. Raises SourceError where it is none: missing, of another kind, or with its columns renamed."""
    if not path.is_file():
        raise SourceError(f"there is no file '{path}'", "a sheet that was filled in", "check the path")
    source_file = SourceFile.of(path)
    with source_net(source_file.name):
        kind = format_of(source_file, ReadAs())
    if kind in ("JSON", "JSONL"):
        return ReturnedSheet(list(_tasks(path, kind)), [])
    source = open_source(source_file, ReadAs())
    columns = {column.strip().lower(): column for column in source.columns}
    for name in _NEEDED:
        if name not in columns:
            raise SourceError(
                f"'{path}' has no column '{name}', but {listed(source.columns)}",
                "the columns of the sheet as Masthead wrote it",
                likely(name, set(columns) - set(COLUMNS)) or f"give the column its name '{name}' again",
            )
    column_of = {name: columns[name] for name in _WANTED if name in columns}
    sheet = ReturnedSheet([], [])
    with source_net(source_file.name):
        for batch in source.batches(column_of):
            cells = {name: batch.fields[name].to_pylist() for name in column_of}
            for at, number in enumerate(batch.source_rows):
                row = {name: from_cell(values[at] or "") for name, values in cells.items()}
                if any(cell.strip() for cell in row.values()):
                    sheet.rows.append(_row(number, row))
            sheet.unreadable.extend((one.source_row, one.reason, one.row) for one in batch.refused_rows)
    return sheet


def _row(number: int, row: dict[str, str]) -> ReturnedRow:
    return ReturnedRow(
        number, row["unit"].strip(), row["code"].strip(), row.get("comment", "").strip(), row.get("sentence")
    )


def _tasks(path: Path, kind: str) -> Iterator[ReturnedRow]:
    """Yield the tasks of Label Studio or doccano."""
    content = read_written(path, "JSON", SourceError)
    try:
        tasks = (
            json.loads(content)
            if kind == "JSON"
            else [json.loads(line) for line in content.splitlines() if line]
        )
    except (ValueError, RecursionError) as error:
        raise SourceError(f"'{path}' is not JSON ({error})", _EXPORT, "export it again") from None
    for number, task in enumerate(tasks if isinstance(tasks, list) else [tasks], 1):
        if not isinstance(task, dict):
            raise SourceError(
                f"task {number} of '{path}' is no object",
                _EXPORT,
                "export it again",
            )
        yield _task(number, task)


def _task(number: int, task: dict[str, object]) -> ReturnedRow:
    """Take one task apart: `data` and `annotations` are Label Studio's, `label` and `meta` doccano's."""
    data = _object(task.get("data")) or {**_object(task.get("meta")), **task}
    annotations = task.get("annotations")
    codes = _choices(annotations) if isinstance(annotations, list) else _labels(task)
    comments = task.get("Comments") or task.get("comment") or ""
    comment = "; ".join(map(str, comments)) if isinstance(comments, list) else str(comments)
    sentence = data.get("sentence")
    return ReturnedRow(
        number,
        str(data.get("unit") or "").strip(),
        "+".join(dict.fromkeys(codes)),
        comment.strip(),
        sentence if isinstance(sentence, str) else None,
    )


def _object(part: object) -> dict[str, object]:
    return part if isinstance(part, dict) else {}


def _list(part: object) -> list[object]:
    return part if isinstance(part, list) else []


def _choices(annotations: list[object]) -> list[str]:
    """Return what was chosen in the last annotation that was not cancelled."""
    valid = [_object(one) for one in annotations if not _object(one).get("was_cancelled")]
    choices = [
        _list(_object(_object(result).get("value")).get("choices"))
        for annotation in valid[-1:]
        for result in _list(annotation.get("result"))
    ]
    return [str(choice) for some in choices for choice in some]


def _labels(task: dict[str, object]) -> list[str]:
    """Return the labels of doccano, which are a list, or one (Label Studio's short export has `code`)."""
    labels: object = next((task[key] for key in ("label", "labels", "cats", "code") if key in task), [])
    return [str(one) for one in (labels if isinstance(labels, list) else [labels]) if one is not None]
