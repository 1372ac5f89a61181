"""`masthead survey`: from a study to a dossier."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead import stages
from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say

if TYPE_CHECKING:
    from masthead.findings.about import StageTime
    from masthead.findings.findings import Findings


def survey_command(
    study_file: StudyFile,
    output: Annotated[Path, typer.Option("--output", "-o", help="The dossier's folder.")] = Path("dossier"),
    other_archive: OtherArchive = None,
    processes: Processes = None,
    timings: Annotated[
        bool, typer.Option("--timings", help="Print where the time went, and keep it in survey.json.")
    ] = False,
    offline: Annotated[
        bool, typer.Option("--offline", help="Ask no model at an address, whatever the study says.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Survey an archive and write a dossier: index.html and the tables behind it."""
    from masthead.archive.lock import alone_in
    from masthead.dossier import claim
    from masthead.surveying import survey
    from masthead.surveying.pages import write_dossier
    from masthead.surveying.timings import Stopwatch

    study, archive = open_study(study_file, other_archive)
    classifier = None
    if offline and study.portrayal.is_remote:
        from masthead.reading.portrayal.remote import RemoteClassifier

        classifier = RemoteClassifier.of(study.portrayal, offline=True)
    claim(output)
    with alone_in(output), progress() as report:
        findings = survey(
            study, archive, previous=output, processes=processes, progress=report, classifier=classifier
        )
        watch = Stopwatch(report)
        watch.begin("saving the tables")
        if not timings:
            # Two surveys that find the same write the same, unless it is asked how long they took.
            del findings.about["timings"]
        findings.save(output)
        watch.begin(stages.PAGES)
        report(stages.PAGES, 0, 1)
        page = write_dossier(findings, output)
        report(stages.PAGES, 1, 1)
        if timings:
            findings.about["timings"] += watch.as_rows()
            findings.save_about(output)
    for warning in findings.about["warnings"]:
        say(f"note: {warning}")
    if findings.about["unnamed"]:
        files = counted(len(findings.about["unnamed"]), "file")
        say(f"note: {files} of the archive, which its index does not name, are not in this survey")
        say(f"      `masthead archive mend {archive.path}` takes them back")
    if timings:
        say(*timing_lines(findings.about["timings"]))
    if as_json:
        emit_json(summary(findings, page))
    else:
        emit(f"dossier: {page}")
        emit(f"tables:  {output / 'estimates.csv'} ({findings.estimates.num_rows:,} estimates)")


def timing_lines(timings: Sequence[StageTime]) -> list[str]:
    """Where the time of a survey went, stage by stage: seconds, and their part of all."""
    total = sum(one["seconds"] for one in timings)
    return [
        *(f"{one['seconds']:9.1f} s {one['seconds'] / (total or 1):4.0%}  {one['stage']}" for one in timings),
        f"{total:9.1f} s       together",
    ]


def summary(findings: Findings, page: Path) -> dict[str, object]:
    """What a program needs to know of a survey that has run."""
    from masthead.measuring import instruments
    from masthead.measuring.coded.about import CODING

    about = findings.about
    of_instruments: dict[str, object] = {}
    for instrument in instruments().values():
        of_instruments |= instrument.summary(about)
    return {
        "dossier": str(page),
        "articles": sum(o["n_articles"] for o in about["outlets"]),
        "estimates": findings.estimates.num_rows,
        "comparisons": findings.comparisons.num_rows,
        "title": about["title"],
        "figures_hash": about["figures_hash"],
        "study_hash": about["study_hash"],
        "archive_hash": about["archive_hash"],
        "left_out": about["left_out"],
        "reading": about["reading"],
        "warnings": about["warnings"],
        "made_again": about["made_again"],
        "unnamed": about["unnamed"],
        "coding": CODING.get(about),
        **of_instruments,
    }
