"""Figures that people's codes correct: the units that they coded, kept beside a survey's, and the findings by them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive.keeping.whole import all_whole
from masthead.archive.store import read_parquet, write_parquet_atomically
from masthead.findings.findings import Findings
from masthead.findings.schemas import CODERS
from masthead.measuring.coded.about import CODING, coding_about
from masthead.measuring.coded.codes import Codes
from masthead.measuring.coded.estimates import correct_comparisons, correct_estimates
from masthead.measuring.coded.units import CodedUnits, coded_units_path

if TYPE_CHECKING:
    from masthead.measuring import Job
    from masthead.study import Study

_PLAIN = ("estimates", "comparisons")
"""The tables that codes correct."""


def coded_units(job: Job, units: Path, codes: Codes) -> CodedUnits:
    """Return the units of all cells that people coded; none where there are no codes.

    They are kept beside a survey's `units`, and made only where these codes are new: from what was read before.
    """
    if not codes:
        return CodedUnits()
    paths = _paths(units, codes)
    if not all_whole(paths):
        # Judging claims by what is kept loads no reader.
        from masthead.measuring.coded.table import coded_table
        from masthead.measuring.tables import loaded

        tables = loaded(
            job, [name for name in codes.settled_codes if name in job.study.measures], stories=True
        )
        variants = [codes.settled_codes, *(codes.by(coder) for coder in codes.coders)]
        for path, variant in zip(paths, variants, strict=True):
            write_parquet_atomically(coded_table(tables, variant), path)
        tables.connection.close()
    return CodedUnits.read(paths[0])


def kept_coded_units(units: Path, codes: Codes) -> CodedUnits | None:
    """Return the coded units that are kept of these codes; None where a survey must make them first."""
    if not codes:
        return CodedUnits()
    return CodedUnits.read(_paths(units, codes)[0]) if all_whole(_paths(units, codes)) else None


def _paths(units: Path, codes: Codes) -> list[Path]:
    """The file of the settled codes, then one for each coder."""
    path = coded_units_path(units, codes.hash)
    return [path, *(path.with_name(f"{path.stem}-coder-{n}.parquet") for n in range(len(codes.coders)))]


def keep_plain(findings: Findings, units: Path) -> None:
    """Keep the tables that codes are going to correct, so that other codes can correct them later."""
    for name in _PLAIN:
        write_parquet_atomically(getattr(findings, name), _plain_path(units, name))


def without_codes(findings: Findings, units: Path) -> Findings | None:
    """Return findings as they were before codes corrected them; None where that is not kept."""
    if CODING.get(findings.about) is None:
        return findings
    paths = {name: _plain_path(units, name) for name in _PLAIN}
    if not all_whole(paths.values()):
        return None
    for name, path in paths.items():
        setattr(findings, name, read_parquet(path))
    findings.coders = CODERS.empty_table()
    return findings


def _plain_path(units: Path, name: str) -> Path:
    return units.with_name(f"plain-{name}.parquet")


def calibrate(findings: Findings, study: Study, units: Path, codes: Codes, coded_cells: CodedUnits) -> None:
    """Correct the figures of which enough is coded, and put what is said of codes into the findings."""
    if not codes:
        return
    about = findings.about
    about["figures_hash"] = hashlib.sha256(f"{about['units_hash']} {codes.hash}".encode()).hexdigest()[:16]
    alphas = {measure: codes.alpha_of(measure) for measure in {cell[0] for cell in coded_cells.cells}}
    plain = findings.estimates
    findings.estimates = correct_estimates(plain, coded_cells, study.level, alphas)
    findings.comparisons = correct_comparisons(findings.comparisons, coded_cells, study.level)
    findings.coders = _by_coder(findings.estimates, plain, study, units, codes)
    CODING.put(about, coding_about(codes, coded_cells, findings.estimates))


def _by_coder(estimates: pa.Table, plain: pa.Table, study: Study, units: Path, codes: Codes) -> pa.Table:
    """Return the table CODERS: every corrected figure over all time by the codes of each coder."""
    keys = ("measure", "outlet", "subject", "category", "voice", "wire")
    whole = estimates.filter(pc.and_(pc.is_null(estimates["period_start"]), estimates["calibrated"]))
    settled_rows = {tuple(row[key] for key in keys): row for row in whole.to_pylist()}
    of_all_time = plain.filter(pc.is_null(plain["period_start"]))
    rows = []
    for coder, path in zip(codes.coders, _paths(units, codes)[1:], strict=True):
        mine = correct_estimates(of_all_time, CodedUnits.read(path), study.level, {})
        for row in mine.filter(mine["calibrated"]).to_pylist():
            one = settled_rows.get(tuple(row[key] for key in keys))
            if one is not None:
                half = (one["conf_high"] - one["conf_low"]) / 2
                apart = abs(row["estimate"] - one["estimate"]) > half
                rows.append({**row, "coder": coder, "settled": one["estimate"], "apart": apart})
    return pa.Table.from_pylist(rows, CODERS)
