"""A survey: an archive and a study in, findings out; every step is cached, and resumes where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import zones_hash
from masthead.archive.keeping.whole import remember
from masthead.errors import MastheadError
from masthead.findings.about import About
from masthead.findings.findings import Findings
from masthead.links.repeats import reader as repeats_reader
from masthead.links.standing import reader as standing_reader
from masthead.measuring import Job, figures, instruments
from masthead.measuring.coded.codes import Codes
from masthead.measuring.counting import counted
from masthead.measuring.instrument import AnyInstrument, Kept
from masthead.measuring.outlets import settled
from masthead.measuring.passages import write_passages
from masthead.measuring.registry import needed
from masthead.measuring.tables import build, read_instruments
from masthead.measuring.units import FIGURES_VERSION, units_path, write_units
from masthead.noticed import noticing
from masthead.plugins import code_hashes
from masthead.questions.alignment.about import ALIGNMENT
from masthead.questions.alignment.alignment import alignment
from masthead.questions.changes.about import CHANGES
from masthead.questions.changes.changes import changes
from masthead.questions.claims import note_survey, verdicts
from masthead.questions.claims.kinds.counterexamples import counterexamples
from masthead.reading.parsing.model import model_folder
from masthead.reading.portrayal.classifier import Classifier
from masthead.study import Study
from masthead.surveying.about import about
from masthead.surveying.calibrating import calibrate, coded_units, keep_plain, without_codes
from masthead.surveying.kept_codes import kept_codes
from masthead.surveying.kept_findings import keep, read_findings
from masthead.surveying.notes.damage import note_damage, units_are_whole
from masthead.surveying.notes.days import of_days
from masthead.surveying.notes.repeats import repeats_told, repeats_warnings, study_repeats, with_repeats
from masthead.surveying.notes.standing_text import standing_text
from masthead.surveying.notes.warnings import warnings
from masthead.surveying.sources import sources_table
from masthead.surveying.timings import Stopwatch
from masthead.surveying.unchanged_files import note

Report = Callable[[str, int, int], None]


def survey(
    study: Study,
    archive: Archive,
    *,
    previous: Path | None = None,
    processes: int | None = None,
    progress: Report | None = None,
    classifier: Classifier | None = None,
    codes: Codes | None = None,
) -> Findings:
    """Survey an archive as a study asks and return the findings.

    `previous` is a dossier folder of an earlier run: where nothing that can change a figure has changed
    since, its tables are taken over; what is said about them, and the verdicts on claims, are made anew.
    `processes` is how many parse in parallel (None: as many as help). `classifier` reads how sentences portray
    their subjects; None is the one that the study asks for. `codes` are what people coded: they correct the figures
    of which they coded enough, and new ones take no new survey; None are those that the archive keeps. Raises
    StudyError where the study asks for what is not there, ReadingError where a reader fails; what was read by then
    is kept.

    The survey is of the articles that the archive holds when it starts, whatever is added meanwhile. Kept files that
    are damaged are made again, which `about["made_again"]` says.

    What comes back holds a pyarrow table for each kind of figure: of `estimates` a row is one measure, outlet, subject
    and period, with the interval of the study's level (`level`, 0.95 where it says none).

    >>> import masthead
    >>> study, archive = masthead.load_study("study.toml"), masthead.Archive.open("harbour.archive")
    >>> findings = masthead.survey(study, archive, processes=1)
    >>> figures = findings.of_wire("with").estimates
    >>> [(row["outlet"], row["estimate"]) for row in figures.to_pylist() if row["period_start"] is None]
    [('gazette', 0.5), ('ledger', 0.5)]
    """
    archive.sweep()
    archive = archive.snapshot()
    study = settled(study, archive)
    with noticing() as damaged_files:
        findings = _survey(study, archive, previous, processes, progress or _silent, classifier, codes)
    note_damage(findings.about, archive, damaged_files)
    remember(archive.path)
    return findings


def _survey(
    study: Study,
    archive: Archive,
    previous: Path | None,
    processes: int | None,
    report: Report,
    classifier: Classifier | None,
    codes: Codes | None,
) -> Findings:
    watch = Stopwatch(report)
    note_survey(archive)
    watch.begin("looking for what does not count")
    archive = counted(archive, study, progress=report)
    readings = _read(study, archive, processes, report, classifier, watch)
    units = units_path(archive, readings.hash)
    findings = None
    if previous is not None and units_are_whole(archive, study, readings.hash):
        findings = _findings_before(previous, readings.hash, units)
    if findings is None:
        findings = _worked_out(readings, watch)
    else:
        findings.about = about(study, archive, readings.hash, findings.about)
        watch.figures(_JUDGED)
    keep(findings, archive)
    # What the figures were made of is not needed to judge, which takes as much room.
    pa.default_memory_pool().release_unused()
    codes = kept_codes(readings.job) if codes is None else codes
    if codes:
        keep_plain(findings, units)
    return _with_questions(findings, readings, watch, codes)


def _worked_out(readings: _Readings, watch: Stopwatch) -> Findings:
    """Make the tables of a survey but those of what is judged, and leave its units beside the readings."""
    job, instruments_asked = readings.job, readings.chosen
    study, archive = job.study, job.archive
    stages = [one.loading_stage for one in instruments_asked if one.loading_stage]
    # With those that judge, which come last.
    watch.figures(len(stages) + _WORKED_OUT + _JUDGED)
    watch.work_out("tables of articles and mentions")
    survey = build(job)
    for instrument in instruments_asked:
        if instrument.loading_stage:
            watch.work_out(instrument.loading_stage)
        survey.load(instrument, job)
    watch.work_out("units: what each article adds to each figure")
    units = write_units(survey, archive, readings.hash)
    write_passages(survey, archive, readings.hash)
    for instrument in instruments_asked:
        instrument.leave(survey, job, survey.known[instrument.name], units)
    watch.work_out("sums")
    totals = figures.totals(survey)
    watch.work_out("figures and their intervals")
    estimates = figures.estimates(survey, study, archive.hash, totals)
    watch.work_out("differences between outlets")
    comparisons = figures.comparisons(survey, study, totals)
    del totals
    watch.work_out("figures without each alias")
    robustness = figures.robustness(survey, study)
    watch.work_out("sentences behind the figures")
    sources = sources_table(survey, archive, study)
    watch.work_out("lists of periods, stories, words and speakers")
    coverage, gaps = figures.coverage(survey, study)
    tables: dict[str, pa.Table] = {}
    run = About()
    for instrument in instruments_asked:
        results = instrument.results(survey, job, survey.known[instrument.name], units)
        tables |= results.tables
        for part in instrument.parts:
            part.put(run, part.get(results.about))
        if results.estimates is not None:
            estimates = pa.concat_tables([estimates, results.estimates])
    standing = standing_text(survey, archive, study)
    repeats = study_repeats(survey, archive, study)
    run |= {
        "outlets": with_repeats(survey.outlets, repeats),
        "left_out": survey.left_out,
        "reading": {"version": job.naming.version, "hash": job.naming.hash, **job.naming.counts},
        "standing": standing,
        "repeats": repeats_told(study.repeats, repeats),
        "warnings": [
            *warnings(survey, archive, study, standing),
            *repeats_warnings(repeats),
            *of_days(survey, archive),
        ],
    }
    findings = Findings(
        estimates=estimates,
        comparisons=comparisons,
        words=figures.words(survey),
        robustness=robustness,
        sources=sources,
        coverage=coverage,
        gaps=gaps,
        repeats=repeats,
        about=about(study, archive, readings.hash, run),
        **tables,
    )
    survey.connection.close()
    return findings


def judge(
    study: Study,
    archive: Archive,
    *,
    processes: int | None = None,
    progress: Report | None = None,
    classifier: Classifier | None = None,
    codes: Codes | None = None,
) -> Findings:
    """Judge a study's claims and factors; return findings whose tables of what was judged are whole.

    Those are `verdicts`, `ways`, `changes`, `reversals`, `alignment` and `explanations`. Where the archive was surveyed
    for this study and nothing has changed since, by what that survey left; otherwise it is surveyed. Raises as `survey`
    does.
    """
    archive = archive.snapshot()
    study = settled(study, archive)
    watch = Stopwatch(progress or _silent)
    with noticing() as damaged_files:
        watch.begin("looking for what does not count")
        archive = counted(archive, study, progress=progress)
        readings = _read(study, archive, processes, progress or _silent, classifier, watch)
        findings = read_findings(archive, readings.hash)
        if findings is None or not units_are_whole(archive, study, readings.hash):
            return survey(
                study, archive, processes=processes, progress=progress, classifier=classifier, codes=codes
            )
        findings.about = about(study, archive, readings.hash, findings.about)
        watch.figures(_JUDGED)
        codes = kept_codes(readings.job) if codes is None else codes
        findings = _with_questions(findings, readings, watch, codes)
    note_damage(findings.about, archive, damaged_files)
    remember(archive.path)
    return findings


_WORKED_OUT, _JUDGED = 8, 3
"""How many stages work out figures beside those of instruments, and how many judge by them."""


def _with_questions(findings: Findings, readings: _Readings, watch: Stopwatch, codes: Codes) -> Findings:
    """Correct figures by what people coded; put changes, alignment and verdicts on claims into the findings.

    Events, factors and claims may be new where figures are not. What the survey took until here is in its `about`.
    """
    study, archive = readings.job.study, readings.job.archive
    units = units_path(archive, readings.hash)
    coded_cells = coded_units(readings.job, units, codes)
    calibrate(findings, study, units, codes, coded_cells)
    watch.work_out("changes over time")
    dated_changes = changes(units, study, findings.gaps)
    findings.changes, findings.reversals = dated_changes.changes, dated_changes.reversals
    CHANGES.put(findings.about, dated_changes.about)
    watch.work_out("allegiances")
    sides = alignment(units, study, findings)
    findings.alignment, findings.explanations = sides.alignment, sides.explanations
    ALIGNMENT.put(findings.about, sides.about)
    watch.work_out("claims")
    for name in study.measures:
        instruments()[name].answer(study, units)
    findings.verdicts, findings.ways = verdicts(study, findings, units, archive, coded_cells)
    findings.counterexamples = counterexamples(study, findings, units, archive)
    findings.about["timings"] = watch.as_rows()
    return findings


@dataclass(frozen=True)
class _Readings:
    """What the instruments that a study asks for have read, and a hash over it and all else that figures hang on."""

    job: Job
    chosen: tuple[AnyInstrument, ...]
    hash: str


def _read(
    study: Study,
    archive: Archive,
    processes: int | None,
    report: Report,
    classifier: Classifier | None,
    watch: Stopwatch,
) -> _Readings:
    """Read the archive for all that the study asks for; what was read before is taken as it is."""
    job = Job(study, archive, processes, report, classifier)
    instruments = needed(study.measures)
    watch.begin("reading names and labels")
    readings: list[Kept] = [job.naming]
    watch.begin("looking for texts that were copied")
    readings.append(job.reuse)
    # Whatever is asked for is searched for changes, and how long stories run decides what these can see.
    watch.begin("grouping articles into stories")
    readings.append(job.stories)
    read_instruments(job, instruments, watch.begin)
    watch.end()
    hashes = [study.hash, archive.hash, *filter(None, [zones_hash(archive)])]
    hashes += [extra for one in instruments if (extra := one.inputs(study)) is not None]
    # The other hashes say what these found, and not by which version.
    hashes += [f"{standing_reader.VERSION} {repeats_reader.VERSION} {job.reuse.version}"]
    hashes += code_hashes(one.name for one in instruments)
    hashes += [one.hash for one in (*readings, *job.kept.values())]
    figures_hash = hashlib.sha256(" ".join([str(FIGURES_VERSION), *hashes]).encode()).hexdigest()[:16]
    if classifier is None:
        note(study, archive, figures_hash, model_folder())
    return _Readings(job, instruments, figures_hash)


def _silent(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


def _findings_before(folder: Path, units_hash: str, units: Path) -> Findings | None:
    """Return the findings kept in a dossier folder, without what codes corrected, if a new run would give the same.

    A folder that is none, or is damaged, holds nothing worth keeping: None.
    """
    try:
        old = Findings.load(folder)
    except MastheadError:
        return None
    return without_codes(old, units) if old.about.get("units_hash") == units_hash else None
