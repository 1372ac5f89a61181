"""`masthead diff`: what changed in the findings from one survey to the next."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masthead.cli.terminal.options import AsJson
from masthead.cli.terminal.output import emit, emit_json


def diff_command(
    old: Annotated[Path, typer.Argument(help="The dossier of the earlier survey.", metavar="DOSSIER_OLD")],
    new: Annotated[Path, typer.Argument(help="The dossier of the later survey.", metavar="DOSSIER_NEW")],
    as_json: AsJson = False,
) -> None:
    """Say what changed in the findings: figures beyond their old intervals, differences won or lost."""
    from masthead.dossier.diff import diff
    from masthead.findings.findings import Findings

    change = diff(Findings.load(old), Findings.load(new))
    if as_json:
        emit_json(change.to_dict())
    else:
        emit(*change.sentences())
