"""Claims judged by what a survey left: nothing is loaded that only a survey needs."""

from __future__ import annotations

from collections.abc import Callable

from masthead.archive import Archive
from masthead.coding.rounds import measures_with_rounds
from masthead.findings.findings import Findings
from masthead.measuring import instruments
from masthead.measuring.coded.codes import Codes
from masthead.measuring.outlets import settled
from masthead.measuring.units import units_path
from masthead.questions.claims.kinds.counterexamples import KEPT, counterexamples
from masthead.questions.claims.verdicts import verdicts
from masthead.study import Study
from masthead.surveying.about import about
from masthead.surveying.calibrating import calibrate, kept_coded_units
from masthead.surveying.kept_findings import read_findings
from masthead.surveying.notes.damage import units_are_whole
from masthead.surveying.unchanged_files import read_note


def judge_claims(
    study: Study,
    archive: Archive,
    *,
    processes: int | None = None,
    most: int | None = KEPT,
    progress: Callable[[str, int, int], None] | None = None,
    codes: Codes | None = None,
) -> Findings:
    """Judge a study's claims; return findings whose tables `verdicts`, `ways` and `counterexamples` are whole.

    At most so many counterexamples a claim, None for all of them. `codes` are what people coded; None are
    those that the archive keeps.

    They are those of `masthead.surveying.run.judge`, which is called where the archive was not surveyed for this study,
    or anything has changed since. Raises as that does.
    """
    archive = archive.snapshot()
    study = settled(study, archive)
    units_hash = read_note(study, archive)
    findings = read_findings(archive, units_hash) if units_hash else None
    if codes is None and not any(name in study.measures for name in measures_with_rounds(archive)):
        codes = Codes()
    coded_cells = None
    if units_hash is not None and codes is not None:
        coded_cells = kept_coded_units(units_path(archive, units_hash), codes)
    if (
        units_hash is None
        or findings is None
        or codes is None
        or coded_cells is None
        or not units_are_whole(archive, study, units_hash)
    ):
        from masthead.surveying.run import judge

        findings = judge(study, archive, processes=processes, progress=progress, codes=codes)
        if most != KEPT:
            units = units_path(archive, findings.about["units_hash"])
            findings.counterexamples = counterexamples(study, findings, units, archive, most)
        return findings
    findings.about = about(study, archive, units_hash, findings.about)
    units = units_path(archive, units_hash)
    calibrate(findings, study, units, codes, coded_cells)
    if any(claim.expect == "changed" and claim.versus is None for claim in study.claims):
        from masthead.questions.changes.changes import changes

        findings.changes = changes(units, study, findings.gaps).changes
    for name in study.measures:
        instruments()[name].answer(study, units)
    findings.verdicts, findings.ways = verdicts(study, findings, units, archive, coded_cells)
    findings.counterexamples = counterexamples(study, findings, units, archive, most)
    return findings
