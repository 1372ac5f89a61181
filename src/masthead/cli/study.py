"""`masthead study new` and `masthead study check`: writing a study, and looking at what its words catch."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.output import counted, emit, emit_json, progress, say
from masthead.errors import UsageError

NewFile = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    study = typer.Typer(help="Write a study and look at what it catches.", no_args_is_help=True)
    app.add_typer(study, name="study")

    @study.command("new")
    def new(
        archive: Annotated[Path, typer.Argument(help="The archive to study.", show_default=False)],
        output: Annotated[Path, typer.Option("--output", "-o", help="The file to write.")] = Path(
            "study.toml"
        ),
        force: Annotated[bool, typer.Option("--force", help="Replace a file that is there.")] = False,
        as_json: AsJson = False,
    ) -> None:
        """Write a study to edit: the outlets found, and subjects suggested from the names used most."""
        from masthead.archive import Archive
        from masthead.archive.store import write_text_atomically
        from masthead.surveying.suggest import suggest_study

        if output.exists() and not force:
            raise UsageError(
                f"'{output}' is already there", "a new file", "choose another with --output, or say --force"
            )
        with progress() as report:
            suggestion = suggest_study(Archive.open(archive), archive, output, progress=report)
        write_text_atomically(suggestion.toml, output)
        if as_json:
            told = {"outlets": suggestion.outlets, "subjects": suggestion.subjects, "alike": suggestion.alike}
            emit_json({"study": str(output), **told, "merged": suggestion.listed})
            return
        emit(str(output))
        outlets, subjects = (
            counted(len(suggestion.outlets), "outlet"),
            counted(len(suggestion.subjects), "subject"),
        )
        say(f"{outlets}; {subjects} suggested.")
        for group in suggestion.alike:
            how = (
                "stand under one outlet" if suggestion.listed else "look like one outlet, and are not merged"
            )
            say(f"these names {how}: {', '.join(map(repr, group))}")
        if suggestion.alike and suggestion.listed:
            say("take out of `match` in the study what is another outlet")
        say(f"Edit the aliases, then: masthead study check {output}")

    @study.command("check")
    def check(
        study: StudyFile,
        archive: OtherArchive = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Show ten random mentions of every alias, and the nouns in the same places that no alias covers."""
        from masthead.surveying.check import check_study

        asked, opened = open_study(study, archive)
        with progress() as report:
            found = check_study(asked, opened, processes=processes, progress=report)
        if as_json:
            emit_json(found.as_dict())
            return
        for one in found.aliases:
            kind = "generic" if one.generic else "name"
            counted = f"{one.n_matches:,} matches"
            if one.n_referring != one.n_matches:
                counted += f", {one.n_referring:,} of them mean the subject"
            emit(f"\n{one.subject} · {one.alias} ({kind}): {counted}, {one.n_articles:,} articles")
            for mention in one.mentions:
                mark = " " if mention.refers else "×"
                emit(f"  {mark} {mention.outlet:<14.14} …{mention.before}[{mention.match}]{mention.after}…")
        for subject, nouns in found.uncovered.items():
            if nouns:
                told = ", ".join(f"{noun} ({count})" for noun, count in nouns)
                emit(f"\n{subject} · in the same places, covered by no alias: {told}")
        emit("")
        for remark in found.remarks:
            emit(f"note: {remark}")
        say("× marks a match that is not taken for the subject.")
