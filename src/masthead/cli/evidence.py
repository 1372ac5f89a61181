"""`masthead evidence`: every sentence behind a number."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from masthead.cli.claims import example_lines
from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_csv, emit_json, progress, say
from masthead.errors import UsageError
from masthead.study.names import one_id

if TYPE_CHECKING:
    import pyarrow as pa

    from masthead.archive import Archive
    from masthead.study import Study


def evidence_command(
    study_file: StudyFile,
    measure: Annotated[str | None, typer.Option(help="The measure: see `masthead measures list`.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
    subject: Annotated[str | None, typer.Option(help="Only this subject's.")] = None,
    category: Annotated[str | None, typer.Option(help="Only this category's.")] = None,
    claim: Annotated[
        str | None,
        typer.Option(help="Print instead all that speaks against this claim of `never` or `always`."),
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="At most this many sentences for each figure.")
    ] = None,
    other_archive: OtherArchive = None,
    processes: Processes = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV to stdout.")] = False,
    as_json: AsJson = False,
) -> None:
    """Print the sentences behind a figure, with article, offsets, snippet and url."""
    from masthead.archive.days import in_zone
    from masthead.measuring.outlet_tables import zones_of
    from masthead.surveying import evidence

    study, archive = open_study(study_file, other_archive)
    if as_csv and as_json:
        raise UsageError("both --csv and --json were given", "one of them", "leave one out")
    if claim is not None:
        if any(one is not None for one in (measure, outlet, subject, category)):
            raise UsageError(
                "a claim, and beside it what it says itself",
                "--claim, or --measure with what narrows it",
                "leave --measure, --outlet, --subject and --category out",
            )
        table = _against(study, archive, claim, limit, processes)
        if as_csv or as_json:
            emit_csv(table) if as_csv else emit_json(table.to_pylist())
        else:
            zones = zones_of(study, archive)
            for row in table.to_pylist():
                emit(*example_lines(row, zones))
        say(counted(table.num_rows, "article"))
        return
    if measure is None:
        raise UsageError(
            "neither a measure nor a claim was given",
            "--measure NAME, or --claim ID",
            "see `masthead measures list`",
        )
    with progress() as report:
        table = evidence(
            study,
            archive,
            measure=measure,
            outlet=outlet,
            subject=subject,
            category=category,
            limit=limit,
            processes=processes,
            progress=report,
        )
    if as_csv:
        emit_csv(table)
    elif as_json:
        emit_json(table.to_pylist())
    else:
        zones = zones_of(study, archive)
        for row in table.to_pylist():
            moment = in_zone(row["published"], zones.get(row["outlet"]))
            when = moment.date().isoformat() if moment else "undated"
            emit(f"{when}  {row['outlet']}  {row['subject']}{_reading(row)}")
            emit(f"  {' '.join(row['snippet'].split())}")
    say(counted(table.num_rows, "row"))


def _against(study: Study, archive: Archive, name: str, limit: int | None, processes: int | None) -> pa.Table:
    """The articles that speak against a claim of `never` or `always`, all of them or so many."""
    from masthead.surveying.judging import judge_claims

    claim = one_id(name, {one.id: () for one in study.claims}, "claim")
    alone = next(one for one in study.claims if one.id == claim)
    if not alone.counts:
        raise UsageError(
            f"claim '{claim}' expects '{alone.expect}', which no single article speaks against",
            "a claim of 'never' or 'always'",
            f"say `--measure {alone.measure}` instead, with what narrows it",
        )
    with progress() as report:
        study_of_one = study.model_copy(update={"claims": (alone,)})
        findings = judge_claims(study_of_one, archive, processes=processes, most=limit, progress=report)
    return findings.counterexamples


def _reading(row: dict[str, Any]) -> str:
    """What was read of a mention: its label, or the model's guess at how the sentence portrays it."""
    if row["label"]:
        return f"  [{row['label']}]"
    if row["p_favourable"] is None:
        return ""
    guess = ", ".join(f"{name} {row[f'p_{name}']:.0%}" for name in ("favourable", "neutral", "unfavourable"))
    return f"  [{guess}{', quoted' if row['quoted'] else ''}]"
