"""The pages of a dossier that questions and instruments bring, and the dossier with all of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from masthead.dossier import (
    build,
    changes,
    copying,
    foretelling,
    portrayal,
    siding,
    silences,
    speaking,
    telling,
    verdicts,
    wording,
)
from masthead.dossier.page import Page

if TYPE_CHECKING:
    from masthead.findings.findings import Findings


def write_dossier(findings: Findings, folder: Path, more: Iterable[Page] = ()) -> Path:
    """Write the pages of a dossier beside the tables in `folder`, `more` among them; return the path of `index.html`.

    Raises ArchiveError where another survey has written its tables there meanwhile.
    """
    return build(findings, folder, (*pages(), *more))


def pages() -> tuple[Page, ...]:
    """Return the pages that questions and instruments bring."""
    return tuple(
        m.PAGE
        for m in (
            changes,
            copying,
            foretelling,
            portrayal,
            siding,
            silences,
            speaking,
            telling,
            verdicts,
            wording,
        )
    )
