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
    commands = typer.Typer(help="Write a study and look at what it catches.", no_args_is_help=True)
    app.add_typer(commands, name="study")

    @commands.command("new")
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
            names = {
                "outlets": suggestion.outlets,
                "subjects": suggestion.subjects,
                "alike": suggestion.alike,
            }
            names["nouns"] = [noun for noun, _ in suggestion.nouns]
            emit_json({"study": str(output), **names, "merged": suggestion.lists_outlets})
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

    @commands.command("check")
    def check(
        study_file: StudyFile,
        other_archive: OtherArchive = None,
        processes: Processes = None,
        as_json: AsJson = False,
    ) -> None:
        """Show ten random mentions of every alias, one an article, and what the aliases may miss or take in wrongly."""
        from masthead.surveying.checking.check import check_study

        study, archive = open_study(study_file, other_archive)
        with progress() as report:
            outcome = check_study(study, archive, processes=processes, progress=report)
        if as_json:
            emit_json(outcome.as_dict())
            return
        for one in outcome.aliases:
            kind = "generic" if one.generic else "name"
            matches = f"{one.n_matches:,} matches"
            if one.n_referring != one.n_matches:
                matches += f", {one.n_referring:,} of them mean the subject"
            emit(f"\n{one.subject} · {one.alias} ({kind}): {matches}, {one.n_articles:,} articles")
            for mention in one.mentions:
                mark = " " if mention.refers else "×"
                emit(f"  {mark} {mention.outlet:<14.14} …{mention.before}[{mention.match}]{mention.after}…")
        for subject in study.subjects:
            _emit_to_paste(
                f"{subject.id} · in the same places, covered by no alias; those that mean it, to paste:",
                "aliases",
                outcome.nouns_without_alias.get(subject.id, []),
            )
            _emit_to_paste(
                f"{subject.id} · longer names that hold one of its own; those that are something else, to paste:",
                "exclude",
                outcome.longer_names.get(subject.id, []),
                subject.exclude,
            )
        emit("")
        for remark in outcome.remarks:
            emit(f"note: {remark}")
        say("× marks a match that is not taken for the subject.")


def _emit_to_paste(
    heading: str, key: str, name_counts: list[tuple[str, int]], there: tuple[str, ...] = ()
) -> None:
    """Print names with their counts, and a line of TOML that holds them after those that the study has."""
    if not name_counts:
        return
    emit(f"\n{heading}")
    emit("  " + ", ".join(f"{name} ({count:,})" for name, count in name_counts))
    names = [json.dumps(name, ensure_ascii=False) for name in (*there, *(name for name, _ in name_counts))]
    emit(f"  {key} = [{', '.join(names)}]")
