"""`masthead forecasts`: what outlets say will happen, and whether it did."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, percent, progress, say
from masthead.errors import shortened

if TYPE_CHECKING:
    from masthead.instruments.forecast.record import Foretold

_SHOWN_LETTERS = 260


def forecasts_command(
    study_file: StudyFile,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="List those in others' words, plans and conditions too.")
    ] = False,
    limit: Annotated[int, typer.Option(min=0, help="How many to list.")] = 40,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            help="Write the list to this CSV file, to enter what became of each. Entries that are there stay.",
            metavar="FILE.csv",
        ),
    ] = None,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_json: AsJson = False,
) -> None:
    """Print what outlets say will happen to the study's subjects, and whether it came true.

    A person enters what became of each in a CSV file. `--to` writes that file, or adds what is new to it; the study
    reads it as `outcomes`. Then the command prints each outlet's record, with intervals of the study's level, and how
    often each wording came true beside how probable it says that a thing is.
    """
    from masthead.instruments.forecast.outcomes import write_list
    from masthead.instruments.forecast.record import foretell
    from masthead.measuring.outlets import one_outlet

    study, archive = open_study(study_file, other_archive)
    outlet = one_outlet(outlet, archive, study)
    with progress() as report:
        findings = foretell(study, archive, processes=processes, progress=report)
    outlets = {one["id"] for one in findings.outlets} if outlet is None else {outlet}
    table = findings.rows_of(outlets, everything)
    zones = {one["id"]: one["zone"] for one in findings.outlets}
    if to is not None:
        new, there = write_list(to, table, zones)
        say(f"{to}: {counted(new, 'forecast')} added to {there:,}; fill in the column 'became'")
    if as_json:
        emit_json(_plain(findings, table.to_pylist(), outlets))
        return
    if to is None:
        emit(*_list(table.to_pylist(), limit, zones))
    emit(*_record(findings, outlets))
    for note in findings.record["said"]:
        say(f"note: {note}")


def _plain(findings: Foretold, forecasts: list[dict[str, Any]], outlets: set[str]) -> dict[str, Any]:
    """What was found as plain data."""
    names = {None, *outlets}
    return {
        "forecasts": forecasts,
        "estimates": [row for row in findings.estimates.to_pylist() if row["outlet"] in outlets],
        **findings.record,
        "calibration": [row for row in findings.record["calibration"] if row["outlet"] in names],
        "scores": [row for row in findings.record["scores"] if row["outlet"] in names],
        "reading": {
            "version": findings.reading.version,
            "hash": findings.reading.hash,
            "counts": findings.reading.counts,
        },
    }


def _list(rows: list[dict[str, Any]], limit: int, zones: Mapping[str, str | None]) -> Iterator[str]:
    """Lay out the forecasts: when, who, of whom, how surely, by when, and what became of it."""
    from masthead.archive.days import in_zone

    for row in rows[:limit]:
        moment = in_zone(row["published"], zones[row["outlet"]])
        day = moment.date().isoformat() if moment else "undated"
        remarks = [row["confidence"]] if row["kind"] == "forecast" else [row["kind"], row["confidence"]]
        if row["by_when"]:
            due = f" ({row['due']})" if row["due"] else ""
            remarks.append(f"{row['by_when']}{due}")
        if row["quoted"]:
            remarks.append("others' words")
        elif row["quoted"] is None:
            remarks.append("voice unknown")
        if row["became"]:
            remarks.append(row["became"].upper() if row["became"] in ("true", "false") else row["became"])
        yield f"{day}  {row['outlet']} on {row['subject']}: {', '.join(remarks)}  [{row['forecast']}]"
        yield f"    {shortened(row['snippet'], _SHOWN_LETTERS)}"
    if len(rows) > limit:
        yield f"  … and {len(rows) - limit:,} more (--limit shows more)"


def _record(findings: Foretold, outlets: set[str]) -> Iterator[str]:
    rows = [
        row
        for row in findings.estimates.to_pylist()
        if row["outlet"] in outlets and row["subject"] is None and row["period_start"] is None
    ]
    if not rows:
        return
    yield ""
    yield "outlet                        came true, own voice       of     Brier   wording says"
    scores = {row["outlet"]: row for row in findings.record["scores"] if row["wire"] == "with"}
    for row in sorted(rows, key=lambda r: (-r["wy"], r["outlet"])):
        score = scores[row["outlet"]]
        yield (
            f"{row['outlet']:28}  {percent(row):24} {row['wy']:4,.0f}     {score['brier']:.3f}   {score['worded']:.0%}"
        )
    yield ""
    yield "wording, all outlets          came true                  of     it says"
    for row in findings.record["calibration"]:
        if row["outlet"] is None and row["wire"] == "with":
            yield (
                f"{row['confidence']:28}  {percent(row):24} {row['forecasts']:4,}     "
                f"{row['low']:.0%} to {row['high']:.0%}: {row['says']}"
            )
