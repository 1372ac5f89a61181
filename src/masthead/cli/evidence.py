"""`masthead evidence`: every sentence behind a number."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from masthead.cli.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.output import counted, emit, emit_csv, emit_json, progress, say
from masthead.errors import UsageError


def register(app: typer.Typer) -> None:
    """Add the command to the application."""

    @app.command("evidence")
    def evidence_command(
        study: StudyFile,
        measure: Annotated[str, typer.Option(help="The measure: see `masthead measures list`.")],
        outlet: Annotated[str | None, typer.Option(help="Only this outlet's.")] = None,
        subject: Annotated[str | None, typer.Option(help="Only this subject's.")] = None,
        category: Annotated[str | None, typer.Option(help="Only this category's.")] = None,
        limit: Annotated[int | None, typer.Option(min=1, help="At most this many per cell.")] = None,
        archive: OtherArchive = None,
        processes: Processes = None,
        as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV to stdout.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Print the sentences behind a figure, with article, offsets, snippet and url."""
        from masthead.surveying import evidence

        asked, opened = open_study(study, archive)
        if as_csv and as_json:
            raise UsageError("both --csv and --json were given", "one of them", "leave one out")
        with progress() as report:
            table = evidence(
                asked,
                opened,
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
            for row in table.to_pylist():
                when = row["published"].date().isoformat() if row["published"] else "undated"
                emit(f"{when}  {row['outlet']}  {row['subject']}{_told(row)}")
                emit(f"  {' '.join(row['snippet'].split())}")
        say(counted(table.num_rows, "row"))


def _told(row: dict[str, Any]) -> str:
    """What was read of a mention: its label, or the model's guess at how the sentence portrays it."""
    if row["label"]:
        return f"  [{row['label']}]"
    if row["p_favourable"] is None:
        return ""
    guess = ", ".join(f"{name} {row[f'p_{name}']:.0%}" for name in ("favourable", "neutral", "unfavourable"))
    return f"  [{guess}{', quoted' if row['quoted'] else ''}]"
