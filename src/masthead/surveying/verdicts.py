"""What claims are judged by, kept in the archive beside the units: a claim written later needs no figure made anew."""

from __future__ import annotations

from pathlib import Path

import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.errors import MastheadError
from masthead.inference.findings import ABOUT, Findings

VERSION = "1"
"""Raised whenever what is kept is no longer what this code needs."""


def keep(findings: Findings, archive: Archive) -> None:
    """Keep the part of a survey's findings that claims need and units do not hold, where it is not kept already.

    That is: silences, figures without each alias, gaps in collection, and what the survey says of itself.
    """
    folder = _folder(archive, findings.about["figures_hash"])
    if not (folder / ABOUT).is_file():
        estimates = findings.estimates
        silences = pc.and_(pc.equal(estimates["measure"], "silence"), pc.is_null(estimates["period_start"]))
        Findings(
            estimates=estimates.filter(silences),
            robustness=findings.robustness,
            gaps=findings.gaps,
            about=findings.about,
        ).save(folder)


def kept(archive: Archive, figures_hash: str) -> Findings | None:
    """Return what is kept of the survey with these figures; None where nothing is, or it is damaged."""
    try:
        return Findings.load(_folder(archive, figures_hash))
    except MastheadError:
        return None


def _folder(archive: Archive, figures_hash: str) -> Path:
    return archive.path / "links" / "judged" / VERSION / figures_hash
