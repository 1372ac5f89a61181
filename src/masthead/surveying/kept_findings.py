"""What claims and factors are judged by, kept beside the units: one written later needs no figure made anew."""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.archive.keeping.kept_json import read_kept_json, with_digest
from masthead.archive.keeping.whole import all_whole
from masthead.archive.store import read_parquet, write_parquet_atomically, write_text_atomically
from masthead.findings.about import About
from masthead.findings.findings import ABOUT, Findings
from masthead.measuring import instruments
from masthead.measuring.units import units_path
from masthead.questions.alignment.bases import READ

_KEPT = ("estimates", "robustness", "gaps")


def keep(findings: Findings, archive: Archive) -> None:
    """Keep the part of a survey's findings that is needed and units do not hold, where it is not kept already.

    That is: figures whose intervals their instruments make and those of the map of alignment, over all time; figures
    without each alias, gaps in collection, and what the survey says of itself. The last is written last: without it
    nothing is kept.
    """
    folder = _folder(archive, findings.about["figures_hash"])
    if read_findings(archive, findings.about["figures_hash"]) is not None:
        return
    estimates = findings.estimates
    own = [one.name for of in instruments().values() if of.own_intervals for one in of.measures]
    judged_by = pc.is_in(estimates["measure"], pa.array([*READ, *own]))
    whole = pc.and_(judged_by, pc.is_null(estimates["period_start"]))
    for name in _KEPT:
        table = estimates.filter(whole) if name == "estimates" else getattr(findings, name)
        write_parquet_atomically(table, folder / f"{name}.parquet")
    write_text_atomically(json.dumps(with_digest(findings.about), ensure_ascii=False), folder / ABOUT)


def read_findings(archive: Archive, figures_hash: str) -> Findings | None:
    """Return what is kept of the survey with these figures; None where nothing is, or it is damaged."""
    folder = _folder(archive, figures_hash)
    about = read_kept_json(folder / ABOUT)
    if about is None or not all_whole(folder / f"{name}.parquet" for name in _KEPT):
        return None
    estimates, robustness, gaps = (read_parquet(folder / f"{name}.parquet") for name in _KEPT)
    return Findings(estimates=estimates, robustness=robustness, gaps=gaps, about=cast(About, about))


def _folder(archive: Archive, figures_hash: str) -> Path:
    return units_path(archive, figures_hash).parent
