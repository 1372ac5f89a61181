"""`masthead code import`: keeping the codes of a sheet that came back."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, say

_SHOWN = 5
"""So many refused rows are shown."""


def import_(
    study_file: StudyFile,
    sheet: Annotated[Path, typer.Argument(help="The sheet, filled in.", show_default=False, metavar="SHEET")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Take the place of what this coder said of the same units before."),
    ] = False,
    settles: Annotated[
        bool,
        typer.Option(
            "--settles", help="The sheet settles what coders differ on (`masthead code adjudicate`)."
        ),
    ] = False,
    other_archive: OtherArchive = None,
    as_json: AsJson = False,
) -> None:
    """Keep the codes of a sheet: CSV or Excel, JSON of Label Studio, or JSON Lines of doccano.

    The rows say whose sheet it is. What cannot be kept is refused row by row, with the reason, and kept beside the
    codes. Importing a file again adds nothing.
    """
    from masthead.coding.desk import current_rounds
    from masthead.coding.importing import import_sheet

    study, archive = open_study(study_file, other_archive)
    rounds = current_rounds(study, archive, study_file)
    report = import_sheet(archive, sheet, rounds, replace=replace, settles=settles)
    if as_json:
        emit_json(asdict(report))
        return
    emit(f"{counted(report.n_rows, 'row')} of '{report.coder}', {report.measure}: {report.n_new:,} new")
    for n, words in (
        (report.n_changed, "took the place of another code"),
        (report.n_same, "had been imported before"),
        (report.n_cannot_tell, "cannot be told (?) and do not count in the figure"),
        (report.n_blank, "blank: they wait for a code, and codes that were drawn after them wait with them"),
        (report.n_missing, "missing: rows of the sheet that are not in this file, which wait as well"),
        (len(report.refused), "refused, and kept with the reason in the archive"),
    ):
        if n:
            emit(f"  {n:,} {words}")
    for number, why, _ in report.refused[:_SHOWN]:
        say(f"row {number}: {why}")
    if len(report.refused) > _SHOWN:
        say(f"and {len(report.refused) - _SHOWN:,} more")
    for remark in report.remarks:
        say(f"note: {remark}")
