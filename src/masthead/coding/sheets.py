"""Sheets: what a coder gets, as CSV for a spreadsheet or as tasks for Label Studio or doccano."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast, get_args

import pyarrow as pa

from masthead.archive.store import replacing
from masthead.coding.blind import Blinding, Shown
from masthead.coding.codes import Coder
from masthead.coding.draws import Dealt, Unit, order_of_coder
from masthead.coding.lines import append_lines, read_lines
from masthead.coding.rounds import RoundFolder, now, opaque, text
from masthead.errors import UsageError
from masthead.spreadsheet import write_csv

Format = Literal["csv", "label-studio", "doccano"]
COLUMNS = ("unit", "about", "before", "sentence", "after", "codes", "code", "comment")
"""The columns of a sheet; `codes` says what may be written under `code`; `about`, where the coder has to know it, which
subject is meant."""


@dataclass(frozen=True)
class SheetRow:
    """A row of a sheet: the id by which it comes back, and what the coder sees."""

    id: str
    unit: Unit
    passage: Shown
    codes: str
    about: str = ""


def row_id(coder: Coder, unit: str) -> str:
    """Return the id of a unit in the sheets of a coder: it tells neither, and is nobody else's."""
    return opaque(coder.folder.hash, "settles" if coder.settles else "codes", coder.name, unit)


def to_code(coder: Coder, deal: Dealt, *, every: bool) -> list[Unit]:
    """Return the units for a coder's next sheet, in the coder's own order.

    Those that nobody else has, and those for two coders; with `every` all. What the coder has coded is left out.
    """
    others = {
        unit
        for sheet in dealt_sheets(coder.folder)
        if sheet.coder != coder.name and not sheet.settles
        for unit in sheet.units.values()
    }
    own = coder.codes()
    mine = [unit for unit in deal.units if every or unit.id in deal.twice or unit.id not in others]
    return order_of_coder([unit for unit in mine if unit.id not in own], coder.name)


def rows_of(
    coder: Coder,
    units: Sequence[Unit],
    blind: Blinding,
    codes: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> list[SheetRow]:
    """Return the rows of a sheet; `codes` says of a unit what it was coded as, where the coder settles that; `names`
    are those of subjects, where coders have to know which is meant."""
    book = coder.folder.codebook
    return [
        SheetRow(
            row_id(coder, unit.id),
            unit,
            blind.passage(unit),
            codes[unit.id] if codes else " | ".join(sorted(book.possible_codes(unit.subject), key=_order)),
            (names or {}).get(unit.subject or "", ""),
        )
        for unit in units
    ]


def _order(code: str) -> tuple[bool, str]:
    """A cell must not begin with a minus."""
    return code == "?", code.replace("-", "~")


def sheet_format(name: str) -> Format:
    """Return the format of this name. Raises UsageError where there is none."""
    for kind in get_args(Format):
        if kind == name:
            return cast("Format", kind)
    raise UsageError(f"the format is '{name}'", f"one of {', '.join(get_args(Format))}", "choose one")


def write_sheet(rows: Sequence[SheetRow], coder: Coder, path: Path, kind: Format, *, mask: bool) -> None:
    """Write a sheet, and keep in the round to whom it was dealt. Raises UsageError where a file is there already."""
    if path.exists():
        raise UsageError(
            f"there is a file at '{path}' already, which may hold codes",
            "a new file",
            "give it another name, or move the file away",
        )
    if kind == "csv":
        content = _csv(rows)
    else:
        tasks = _label_studio(rows) if kind == "label-studio" else _doccano(rows)
        content = tasks.encode("utf-8", "backslashreplace")
    append_lines(
        coder.folder.file("sheets"),
        [
            {
                "coder": coder.name,
                "settles": coder.settles,
                "format": kind,
                "mask": mask,
                "units": {row.id: row.unit.id for row in rows},
                "sentences": {row.id: opaque(row.passage.shape()) for row in rows},
                "at": now(),
            }
        ],
    )
    with replacing(path) as temporary:
        temporary.write_bytes(content)


def _csv(rows: Sequence[SheetRow]) -> bytes:
    columns = [
        [row.id for row in rows],
        [row.about for row in rows],
        *([getattr(row.passage, name) for row in rows] for name in ("before", "sentence", "after")),
        [row.codes for row in rows],
        [""] * len(rows),
        [""] * len(rows),
    ]
    sheet = pa.table([pa.array(column, pa.string()) for column in columns], COLUMNS)
    if not any(row.about for row in rows):
        sheet = sheet.drop_columns(["about"])
    buffer = io.BytesIO()
    # Excel takes a file without this mark for Windows-1252.
    buffer.write(b"\xef\xbb\xbf")
    write_csv(sheet, buffer)
    return buffer.getvalue()


def _about(row: SheetRow) -> dict[str, str]:
    return {"about": row.about} if row.about else {}


def _label_studio(rows: Sequence[SheetRow]) -> str:
    tasks = [
        {"data": {"unit": row.id, **_about(row), **row.passage._asdict(), "codes": row.codes}} for row in rows
    ]
    return json.dumps(tasks, ensure_ascii=False, indent=1)


def _doccano(rows: Sequence[SheetRow]) -> str:
    lines = [
        {
            "text": " ".join(filter(None, row.passage)),
            "label": [],
            "unit": row.id,
            **_about(row),
            "codes": row.codes,
        }
        for row in rows
    ]
    return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)


@dataclass(frozen=True)
class DealtSheet:
    """A sheet that was written: to whom, which unit each row is, and what its sentence was."""

    folder: RoundFolder
    coder: str
    settles: bool
    units: Mapping[str, str]
    sentences: Mapping[str, str]


def dealt_sheets(folder: RoundFolder) -> list[DealtSheet]:
    """Return all sheets of a round, in the order in which they were written."""
    sheets = []
    for line in read_lines(folder.file("sheets")).rows:
        units, shapes = line.get("units"), line.get("sentences")
        if isinstance(units, dict) and isinstance(shapes, dict):
            sheets.append(DealtSheet(folder, text(line, "coder"), bool(line.get("settles")), units, shapes))
    return sheets
