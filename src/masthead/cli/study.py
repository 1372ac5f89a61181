"""`masthead study new` and `masthead study check`: writing a study, and looking at what its words catch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson, OtherArchive, Processes, StudyFile, open_study
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say
from masthead.errors import UsageError


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
        from masthead.surveying.checking.suggest import suggest_study

        if output.exists() and not force:
            raise UsageError(
                f"'{output}' is already there", "a new file", "choose another with --output, or say --force"
            )
        with progress() as report:
            suggestion = suggest_study(Archive.open(archive), archive, output, progress=report)
        write_text_atomically(suggestion.toml, output)
        if as_json:
            told = {"outlets": suggestion.outlets, "subjects": suggestion.subjects, "alike": suggestion.alike}
            told["nouns"] = [noun for noun, _ in suggestion.nouns]
            emit_json({"study": str(output), **told, "merged": suggestion.lists_outlets})
            return
        emit(str(output))
        outlets, subjects = (
            counted(len(suggestion.outlets), "outlet"),
            counted(len(suggestion.subjects), "subject"),
        )
        say(f"{outlets}; {subjects} suggested.")
        if suggestion.nouns:
            told_nouns = ", ".join(noun for noun, _ in suggestion.nouns)
            say(
                f"nouns for persons and groups, at the end of the file, to put where they belong: {told_nouns}"
            )
        for group in suggestion.alike:
            how = (
                "stand under one outlet"
                if suggestion.lists_outlets
                else "look like one outlet, and are not merged"
            )
            say(f"these names {how}: {', '.join(map(repr, group))}")
        if suggestion.alike and suggestion.lists_outlets:
            say("take out of `match` in the study what is another outlet")
        say(f"Edit the aliases, then: masthead study check {output}")

    @study.command("check")
    def check(
        study: StudyFile,
        archive: OtherArchive = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Show ten random mentions of every alias, one an article, and what the aliases may miss or take in wrongly."""
        from masthead.surveying.checking.check import check_study

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
        for subject in asked.subjects:
            _emit_to_paste(
                f"{subject.id} · in the same places, covered by no alias; those that mean it, to paste:",
                "aliases",
                found.nouns_without_alias.get(subject.id, []),
            )
            _emit_to_paste(
                f"{subject.id} · longer names that hold one of its own; those that are something else, to paste:",
                "exclude",
                found.longer_names.get(subject.id, []),
                subject.exclude,
            )
        emit("")
        for remark in found.remarks:
            emit(f"note: {remark}")
        say("× marks a match that is not taken for the subject.")


def _emit_to_paste(
    heading: str, key: str, counted: list[tuple[str, int]], there: tuple[str, ...] = ()
) -> None:
    """Print names with their counts, and a line of TOML that holds them after those that the study has."""
    if not counted:
        return
    emit(f"\n{heading}")
    emit("  " + ", ".join(f"{name} ({count:,})" for name, count in counted))
    listed = [json.dumps(name, ensure_ascii=False) for name in (*there, *(name for name, _ in counted))]
    emit(f"  {key} = [{', '.join(listed)}]")
