"""`masthead archive check`, `mend`, `undo`, `tidy`: whether an archive is whole, and what to do about it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from masthead.cli.terminal.options import ArchivePath, AsJson
from masthead.cli.terminal.output import counted, emit, emit_json, progress, say


def register(group: typer.Typer) -> None:
    """Add the commands to the group `archive`."""
    group.command("check")(check_command)
    group.command("mend")(mend_command)
    group.command("undo")(undo_command)
    group.command("tidy")(tidy_command)


def check_command(archive_folder: ArchivePath, as_json: AsJson = False) -> None:
    """Read all of an archive and hold it against its index: hashes, article ids, counts. Exit 1 on any fault."""
    from masthead.archive import Archive

    with progress() as report:
        outcome = Archive.open(archive_folder).check(report)
    if as_json:
        emit_json(asdict(outcome))
    else:
        emit(*outcome.faults)
        content = f"{counted(outcome.articles, 'article')} in {counted(outcome.parts, 'part')}"
        emit(
            f"{counted(len(outcome.faults), 'fault')}: {content} of {counted(outcome.ingests, 'ingest')} checked"
        )
    for path in outcome.broken:
        say(f"{path} is damaged: the next survey that needs it reads it again")
    if outcome.faults:
        raise typer.Exit(1)


def mend_command(archive_folder: ArchivePath, as_json: AsJson = False) -> None:
    """Take back into the index the articles and refused rows that it does not name, where it was lost or cut short."""
    from masthead.archive import Archive

    outcome = Archive.open(archive_folder).mend()
    if as_json:
        emit_json(asdict(outcome))
    elif outcome.ingests:
        names = ", ".join(outcome.ingests)
        rows = f"{counted(outcome.articles, 'article')} and {counted(outcome.refused, 'refused row')}"
        emit(f"taken back: {rows}, as {names}")
    else:
        emit("nothing to take back: the index names every file")
    for path, why in outcome.aside.items():
        say(f"set aside as {archive_folder / path}: {why}")


def undo_command(
    archive_folder: ArchivePath,
    ingest: Annotated[
        str | None,
        typer.Argument(help="Its name or number, as `masthead archive info` lists it (default: the last)."),
    ] = None,
    also: Annotated[
        bool,
        typer.Option(
            "--also", help="Take back, too, later ingests that left out rows as duplicates of its own."
        ),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Take an ingest back: its articles leave the archive. Its file can then be added again, mapped otherwise."""
    from masthead.archive import Archive

    outcome = Archive.open(archive_folder).undo(ingest, also=also)
    if as_json:
        emit_json(asdict(outcome))
        return
    rows = f"{counted(outcome.articles, 'article')} and {counted(outcome.refused, 'refused row')}"
    emit(f"taken back: {', '.join(outcome.ingests)}: {rows}")
    sources = [source for source in outcome.sources if source]
    if sources:
        say(f"to add them again: {', '.join(sources)}")


def tidy_command(
    archive_folder: ArchivePath,
    remove: Annotated[bool, typer.Option("--remove", help="Remove it.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what other versions of Masthead kept in an archive and this one does not read; no article is among it."""
    from masthead.archive import Archive
    from masthead.surveying import old_versions as old

    archive = Archive.open(archive_folder)
    sizes = {path: old.size_of(path) for path in old.old_versions(archive)}
    if remove:
        old.remove(archive, list(sizes))
    whole = sum(sizes.values())
    if as_json:
        rows = [{"path": path.relative_to(archive.path).as_posix(), "bytes": n} for path, n in sizes.items()]
        emit_json({"removed": remove, "bytes": whole, "old": rows})
        return
    for path, size in sizes.items():
        emit(f"{size / 1e6:10,.1f} MB  {path.relative_to(archive.path).as_posix()}")
    if not sizes:
        emit("nothing to remove: this version reads all that is kept there")
        return
    emit(f"{whole / 1e6:10,.1f} MB  {'removed' if remove else 'that this version does not read'}")
    if not remove:
        say("to remove it: --remove; another version of Masthead would have to read these articles again")
