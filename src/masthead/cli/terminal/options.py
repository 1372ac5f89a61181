"""The arguments that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from masthead.errors import UsageError

if TYPE_CHECKING:
    from masthead.archive import Archive
    from masthead.study import Study

StudyFile = Annotated[Path, typer.Argument(help="The study file.", show_default=False, metavar="STUDY.toml")]

ArchivePath = Annotated[
    Path, typer.Argument(help="The archive's folder.", show_default=False, metavar="ARCHIVE")
]

OtherArchive = Annotated[
    Path | None,
    typer.Option("--archive", help="Use this archive instead of the one the study names."),
]

ArchiveOrStudy = Annotated[
    Path,
    typer.Argument(
        help="An archive's folder, or a study file.", show_default=False, metavar="ARCHIVE|STUDY.toml"
    ),
]

Processes = Annotated[
    int | None,
    typer.Option("--processes", min=1, help="How many processes parse in parallel (default: what helps)."),
]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON to stdout.")]


def open_study(path: Path, archive: Path | None = None) -> tuple[Study, Archive]:
    """Load a study and open its archive, which is looked for beside the study file."""
    from masthead.archive import Archive
    from masthead.study import load_study

    study = load_study(path)
    return study, Archive.open(archive or path.parent / study.archive)


def open_archive_or_study(where: Path, other: Path | None = None) -> tuple[Archive, Study | None]:
    """Open an archive by its folder, or with its study by the study's file.

    `other` is an archive to use instead of the study's. Raises UsageError where both are archives.
    """
    from masthead.archive import Archive

    if where.suffix == ".toml" and not where.is_dir():
        study, archive = open_study(where, other)
        return archive, study
    if other is not None:
        raise UsageError(
            f"two archives, '{where}' and '{other}'",
            "one, or a study and --archive",
            "leave --archive out, or give the study file first",
        )
    return Archive.open(where), None
