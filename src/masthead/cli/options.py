"""The arguments that several commands share, said once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from masthead.archive import Archive
    from masthead.study import Study

StudyFile = Annotated[Path, typer.Argument(help="The study file.", show_default=False, metavar="STUDY.toml")]

OtherArchive = Annotated[
    Path | None,
    typer.Option("--archive", help="Use this archive instead of the one the study names."),
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
