"""`masthead code`: the commands together, and drawing and handing out what is to be coded."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.coding.agreement import adjudicate, agreement, plan
from masthead.cli.coding.imports import import_
from masthead.cli.coding.options import Measure
from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say
from masthead.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    commands = typer.Typer(
        help="Have people code what readers read, so that figures hold their errors too.",
        no_args_is_help=True,
    )
    app.add_typer(commands, name="code")
    commands.command("draw")(draw)
    commands.command("sheet")(sheet)
    commands.command("import")(import_)
    commands.command("agreement")(agreement)
    commands.command("adjudicate")(adjudicate)
    commands.command("plan")(plan)


def draw(
    study_file: StudyFile,
    measure: Annotated[str | None, typer.Option(help="What to code, such as portrayal.")] = None,
    subject: Annotated[list[str] | None, typer.Option(help="Only of this subject. Again for more.")] = None,
    outlet: Annotated[list[str] | None, typer.Option(help="Only of this outlet. Again for more.")] = None,
    each: Annotated[
        int | None, typer.Option(min=1, help="So many of each outlet and subject, in all (default: 100).")
    ] = None,
    claim: Annotated[str | None, typer.Option(help="What this claim compares, in its days.")] = None,
    precision: Annotated[
        float | None,
        typer.Option(min=0.005, max=1.0, help="As many as an interval of this much to either side takes."),
    ] = None,
    pilot: Annotated[int, typer.Option(min=2, help="With --precision: code so many of each first.")] = 20,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Draw what is to be coded, by chance. More draws only add; what is drawn stays drawn.

    Where there is no codebook yet, one is written to the folder `codebooks` beside the study, to be edited.
    """
    from masthead.coding.codebook import write_codebook
    from masthead.coding.desk import can_be_coded, open_desk
    from masthead.coding.draws import draw as draw_units
    from masthead.coding.draws import drawn_units
    from masthead.coding.planning import (
        claim_of,
        find_claim,
        sizes_each,
        sizes_for_claim,
        sizes_for_precision,
    )
    from masthead.coding.rounds import current_round, round_folder, start_round
    from masthead.measuring.outlets import one_outlet

    if precision is not None and (each is not None or claim is not None):
        raise UsageError(
            "--precision, and beside it a number of units",
            "one of --each, --claim and --precision",
            "leave one out",
        )
    study, archive = open_study(study_file, other_archive)
    if measure is None and claim is not None:
        measure = claim_of(study, claim).measure
    if measure is None:
        raise UsageError(
            "neither a measure nor a claim of the study was given",
            "--measure NAME, or --claim ID",
            f"people can code {', '.join(can_be_coded())}",
        )
    subjects = {study.subject(name).id for name in subject or ()}
    outlets = {one_outlet(name, archive, study) for name in outlet or ()}
    with progress() as report:
        desk = open_desk(study, archive, study_file, measure, progress=report, processes=processes)
        if claim is not None:
            find_claim(desk, claim)
        before = current_round(archive, desk.measure)
        folder = round_folder(archive, desk.book)
        cells = {
            cell: units
            for cell, units in desk.cells(folder).items()
            if (not subjects or cell.subject in subjects) and (not outlets or cell.outlet in outlets)
        }
        if not cells:
            raise UsageError(
                f"there is nothing to code for '{desk.measure}' of these outlets and subjects",
                "some with mentions",
                "look at `masthead survey`, or leave --outlet and --subject out",
            )
        if claim is not None:
            sizes = sizes_for_claim(desk, cells, claim, each or 100)
        elif precision is not None:
            sizes = sizes_for_precision(desk, folder, cells, precision, pilot)
        else:
            sizes = sizes_each(cells, each or 100)
    wrote_book = not desk.book_path.exists()
    if wrote_book:
        write_codebook(desk.book, desk.book_path)
    start_round(archive, desk.book)
    n_new = draw_units(folder, cells, sizes)
    units_drawn = drawn_units(folder)
    rows = [
        {
            "outlet": cell.outlet,
            "subject": cell.subject,
            "drawn": sum(unit.id in units_drawn for unit in cells[cell]),
            "units": len(cells[cell]),
        }
        for cell in sizes
    ]
    new_round = before is not None and before.hash != folder.hash
    if as_json:
        emit_json(
            {
                "measure": desk.measure,
                "round": folder.hash,
                "codebook": str(desk.book_path),
                "new_round": new_round,
                "new": n_new,
                "cells": rows,
            }
        )
        return
    for row in rows:
        emit(f"{row['outlet']:28} {row['subject'] or '':20} {row['drawn']:>6,} of {row['units']:,}")
    say(
        f"{counted(n_new, 'unit')} drawn that {'were' if n_new != 1 else 'was'} not before; round {folder.hash}"
    )
    if wrote_book:
        say(f"the codebook is {desk.book_path}: read it, edit it, and draw again where you changed it")
    if new_round:
        say(
            "note: the codebook was changed: this is a new round, and what was coded before does not count in it"
        )
    if desk.coding.not_measured:
        say(f"note: {desk.coding.not_measured}")
    say(f"next: masthead code sheet {study_file} --coder YOUR-INITIALS --to sheet.csv")


def sheet(
    study_file: StudyFile,
    coder: Annotated[str, typer.Option(help="Who codes: initials or a short name, another for each person.")],
    to: Annotated[Path, typer.Option(help="The file to write.")],
    measure: Measure = None,
    every: Annotated[
        bool,
        typer.Option("--all", help="All that was drawn, not only what nobody else has and what two code."),
    ] = False,
    mask: Annotated[
        bool, typer.Option("--mask", help="Show X, Y … for the names of the study's subjects.")
    ] = False,
    kind: Annotated[str, typer.Option("--format", help="csv, label-studio or doccano.")] = "csv",
    limit: Annotated[int | None, typer.Option(min=1, help="At most so many rows.")] = None,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Write a sheet for a coder: each sentence with its place marked, and nothing of where it comes from.

    The first sheet holds all that was drawn. A second coder's holds the part that two people code, at least 50 units
    or a fifth.
    """
    from masthead.coding.blind import blinding
    from masthead.coding.codes import Coder, coder_name
    from masthead.coding.desk import open_desk
    from masthead.coding.draws import dealt_units
    from masthead.coding.sheets import rows_of, sheet_format, to_code, write_sheet

    study, archive = open_study(study_file, other_archive)
    name, sheet_kind = coder_name(coder), sheet_format(kind)
    with progress() as report:
        desk = open_desk(study, archive, study_file, measure, progress=report, processes=processes)
        who = Coder(desk.round, name)
        units = to_code(who, dealt_units(who.folder, desk.cells(who.folder)), every=every)[:limit]
        if not units:
            raise UsageError(
                f"there is nothing left to code for '{name}'",
                "units that were drawn and that this coder has not coded",
                "draw more with `masthead code draw`, or say --all to code what others code too",
            )
        names = desk.names(mask)
        rows = rows_of(who, units, blinding(desk.survey, study, units, mask=mask), names=names)
    write_sheet(rows, who, to, sheet_kind, mask=mask)
    if as_json:
        emit_json({"sheet": str(to), "coder": name, "measure": desk.measure, "rows": len(rows), "mask": mask})
        return
    emit(str(to))
    say(f"{counted(len(rows), 'row')} for '{name}'. {desk.book.question}")
    for code, meaning in (*desk.book.values.items(), ("?", "you cannot tell")):
        say(f"  {code:>12}  {meaning}")
    say(
        f"write a code into the column 'code' of each row, save it as CSV, then: masthead code import {study_file} {to}"
    )
