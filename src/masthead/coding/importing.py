"""Codes that come back in a sheet: each is checked, sound ones are kept, and the others too, with why they are not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from masthead.archive import Archive
from masthead.coding.blind import Shown
from masthead.coding.codes import Code, Coder
from masthead.coding.lines import append_lines
from masthead.coding.returned import ReturnedRow, ReturnedSheet, read_sheet
from masthead.coding.rounds import RoundFolder, all_rounds, now, opaque
from masthead.coding.sheets import DealtSheet, dealt_sheets
from masthead.errors import SourceError, UsageError
from masthead.measuring.coding import CANNOT_TELL
from masthead.measuring.registry import instrument_of

FEW = 20
"""Codes of one coder from which on it is said where they are all alike."""


@dataclass
class Imported:
    """What became of the rows of a sheet.

    `n_new` codes were kept, `n_same` had been kept before, `n_changed` took the place of others; `n_blank` rows have
    no code yet; `n_missing` rows were dealt and are not in the file. `refused` holds number, reason and the row as it
    stood. `remarks` say what to look at.
    """

    coder: str
    measure: str
    settles: bool
    n_rows: int = 0
    n_new: int = 0
    n_same: int = 0
    n_changed: int = 0
    n_blank: int = 0
    n_missing: int = 0
    n_cannot_tell: int = 0
    refused: list[tuple[int, str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def import_sheet(
    archive: Archive,
    path: Path,
    current: Mapping[str, str],
    *,
    replace: bool = False,
    settles: bool = False,
) -> Imported:
    """Keep the codes of a sheet that came back.

    `current` maps each measure to the round by the codebook as it now stands. Whose sheet it is, and of which units,
    its rows say. With `replace` codes of the same coder that differ from those kept take their place. Raises
    SourceError where the file is no sheet of this archive, or of two coders; UsageError where it is of another round,
    or would change codes without `replace`. Rows that cannot be kept go to the round's `refused.jsonl`.
    """
    sheet = read_sheet(path)
    sheets = _whose(archive, path, sheet)
    folder = sheets[0].folder
    if current.get(folder.measure) != folder.hash:
        raise UsageError(
            f"'{path}' is of a round by another codebook of '{folder.measure}' (round {folder.hash})",
            "a sheet of the current round: rounds are never mixed",
            f"make a new sheet with `masthead code sheet`, or undo what was changed in codebooks/{folder.measure}.toml "
            "and draw again",
        )
    if settles and not sheets[0].settles:
        raise UsageError(
            f"'{path}' is a coder's sheet, which settles nothing",
            "a sheet that `masthead code adjudicate` wrote",
            "leave --settles out",
        )
    coder = Coder(folder, sheets[0].coder, sheets[0].settles)
    report = Imported(
        coder.name, folder.measure, coder.settles, n_rows=len(sheet.rows) + len(sheet.unreadable)
    )
    report.refused += sheet.unreadable
    codes = _sound(sheet.rows, sheets, folder, report)
    _keep(coder, codes, report, path, replace=replace)
    if report.refused:
        at = now()
        append_lines(
            folder.file("refused"),
            [
                {"coder": coder.name, "file": path.name, "row": number, "why": why, "stood": row, "at": at}
                for number, why, row in report.refused
            ],
        )
    _remark(coder, report)
    return report


def _whose(archive: Archive, path: Path, sheet: ReturnedSheet) -> list[DealtSheet]:
    """Return the dealt sheets, of one coder and round, that the rows of a file are of."""
    if not sheet.rows:
        raise SourceError(
            f"'{path}' has no rows that can be read",
            "the sheet with its rows",
            "export it again from your spreadsheet",
        )
    ids = {row.unit for row in sheet.rows}
    owners: dict[tuple[Path, str, bool], list[DealtSheet]] = {}
    for folder in all_rounds(archive):
        for one in dealt_sheets(folder):
            if ids & one.units.keys():
                owners.setdefault((folder.path, one.coder, one.settles), []).append(one)
    if not owners:
        raise SourceError(
            f"no row of '{path}' is of a sheet that was made for this archive",
            "a sheet that `masthead code sheet` wrote for this study",
            "check that the study is the one that the sheet was made for, and that the column 'unit' is as it was",
        )
    if len(owners) > 1:
        names = sorted({f"'{name}'" for _, name, _ in owners})
        raise SourceError(
            f"'{path}' holds rows of {len(owners)} sheets ({', '.join(names)})",
            "the rows of one coder and round in a file",
            "import each coder's file by itself",
        )
    return next(iter(owners.values()))


def _sound(
    rows: Sequence[ReturnedRow], sheets: Sequence[DealtSheet], folder: RoundFolder, report: Imported
) -> dict[str, Code]:
    """Return the codes of rows that are as they were dealt, by unit; put the others into the report."""
    units: dict[str, str] = {}
    shapes: dict[str, str] = {}
    for one in sheets:
        units |= one.units
        shapes |= one.sentences
    subjects = _subjects(folder)
    book = folder.codebook
    coding = instrument_of(folder.measure).coding
    several = coding is not None and coding.several
    codes_by_row = _codes_written(rows)
    codes: dict[str, Code] = {}
    for row in rows:
        unit = units.get(row.unit)
        why = None
        code = None
        if unit is None:
            why = "its unit is none of this sheet: the cell was changed, or the row is of another sheet"
        elif row.sentence is not None and opaque(Shown("", row.sentence, "").shape()) != shapes[row.unit]:
            why = "its sentence is not the one that was dealt: it was edited, or columns were sorted apart"
        elif len(codes_by_row[row.unit]) > 1:
            why = f"the unit stands twice, coded as {' and as '.join(sorted(codes_by_row[row.unit]))}"
        elif not row.code:
            report.n_blank += unit not in codes and not codes_by_row[row.unit]
        else:
            code = book.code_of(row.code, subjects.get(unit), several)
            if code is None:
                why = f"its code '{row.code[:40]}' is none of {', '.join(book.possible_codes(subjects.get(unit)))}"
        if why is not None:
            report.refused.append((row.number, why, f"{row.unit} | {row.code} | {row.comment}"))
        elif unit is not None and code is not None:
            codes[unit] = Code(unit, code, row.comment)
    report.n_missing = len(units.keys() - {row.unit for row in rows})
    report.n_cannot_tell = sum(one.code == CANNOT_TELL for one in codes.values())
    return codes


def _codes_written(rows: Sequence[ReturnedRow]) -> dict[str, set[str]]:
    codes_by_row: dict[str, set[str]] = {}
    for row in rows:
        codes_by_row.setdefault(row.unit, set()).update({row.code} - {""})
    return codes_by_row


def _subjects(folder: RoundFolder) -> dict[str, str | None]:
    from masthead.coding.draws import drawn_units

    return {unit: cell.subject for unit, cell in drawn_units(folder).items()}


def _keep(coder: Coder, codes: Mapping[str, Code], report: Imported, path: Path, *, replace: bool) -> None:
    before = coder.codes()
    replaced_units = [
        unit for unit, code in codes.items() if unit in before and before[unit].code != code.code
    ]
    if replaced_units and not replace:
        raise UsageError(
            f"'{path}' codes {len(replaced_units)} units otherwise than '{coder.name}' did before",
            "one person behind a name, and each code once",
            "import it with --replace if the same person has changed their mind; if two share the name, make the "
            "second a sheet of their own with --coder",
        )
    report.n_changed = len(replaced_units)
    report.n_same = sum(unit in before and before[unit].code == code.code for unit, code in codes.items())
    report.n_new = len(codes) - report.n_changed - report.n_same
    coder.append_all(
        code for unit, code in codes.items() if unit not in before or before[unit].code != code.code
    )


def _remark(coder: Coder, report: Imported) -> None:
    """Say of a coder's codes what makes them worth less."""
    counts = Counter(code.code for code in coder.codes().values())
    n = sum(counts.values())
    if coder.settles or n < FEW:
        return
    code, most = counts.most_common(1)[0]
    if most == n:
        report.remarks.append(
            f"all {n} codes of '{coder.name}' are {code}: look whether the codebook was followed; "
            "codes that are all alike tell nothing of how well the reader tells units apart"
        )
    elif counts[CANNOT_TELL] > n / 2:
        report.remarks.append(
            f"'{coder.name}' cannot tell of {counts[CANNOT_TELL]} units in {n}: the codebook may ask too much"
        )
