"""A survey: an archive and a study in, findings out; every step is cached, and resumes where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import zones_hash, zones_known
from masthead.archive.keeping.whole import remember
from masthead.claims import note_survey, silent_ways, verdicts
from masthead.errors import MastheadError
from masthead.inference.findings import Findings
from masthead.inference.schemas import ECHOES, PHRASES, SILENCES, STORIES
from masthead.noticed import noticing
from masthead.reading import Reading, read
from masthead.reading.attribution import QuotesReading, read_quotes
from masthead.reading.forecasts import ForecastsReading, read_forecasts
from masthead.reading.model import model_folder
from masthead.reading.portrayal.classifier import Classifier
from masthead.reading.portrayal.reader import PortrayalReading, read_portrayal
from masthead.reading.reuse import ReuseReading, read_reuse
from masthead.reading.stories import StoriesReading, read_stories
from masthead.reading.wording import SaidReading, read_said
from masthead.study import Study
from masthead.surveying import figures, silence_ways
from masthead.surveying.about import about
from masthead.surveying.alignment import alignment
from masthead.surveying.changes import changes
from masthead.surveying.charges import write_charges
from masthead.surveying.counterexamples import counterexamples
from masthead.surveying.counting import counted
from masthead.surveying.damage import note_damage, units_are_whole
from masthead.surveying.day_notes import of_days
from masthead.surveying.echo_list import echo_list
from masthead.surveying.echoes import echo_frame, echoes
from masthead.surveying.forecasts import forecast_list, forecast_record, forecast_tables, study_outcomes
from masthead.surveying.kinship import kinship_tables
from masthead.surveying.kinship_stories import within_stories
from masthead.surveying.notes import COVERS
from masthead.surveying.outcomes import outcomes_hash
from masthead.surveying.outlets import settled
from masthead.surveying.passages import write_passages
from masthead.surveying.portrayals import portray
from masthead.surveying.repeats import repeats_told, repeats_warnings, study_repeats, with_repeats
from masthead.surveying.silences import silences
from masthead.surveying.sources import sources_table
from masthead.surveying.standing_text import standing_text
from masthead.surveying.storied import silence_estimates, silence_list, silence_told, story_list
from masthead.surveying.tables import StudyTables, build, put_stories
from masthead.surveying.timings import Stopwatch
from masthead.surveying.units import units_path, write_units
from masthead.surveying.unmoved import note
from masthead.surveying.verdicts import keep, kept
from masthead.surveying.voices import speakers, voice_tables
from masthead.surveying.warnings import warnings

Report = Callable[[str, int, int], None]

FIGURES_VERSION = 8
"""Raised whenever the same archive and study would give other figures than the last version of this code."""


def survey(
    study: Study,
    archive: Archive,
    *,
    previous: Path | None = None,
    processes: int | None = None,
    progress: Report | None = None,
    classifier: Classifier | None = None,
) -> Findings:
    """Survey an archive as a study asks and return the findings.

    `previous` is a dossier folder of an earlier run: where nothing that can change a figure has changed
    since, its tables are taken over; what is said about them, and the verdicts on claims, are made anew.
    `processes` is how many parse in parallel (None: as many as help). `classifier` reads how sentences portray
    their subjects; None is the one that the study asks for. Raises StudyError where the study asks for what is
    not there, ReadingError where a reader fails; what was read by then is kept.

    The survey is of the articles that the archive holds when it starts, whatever is added meanwhile. Kept files that
    are damaged are made again, which `about["made_again"]` says.
    """
    archive.sweep()
    archive = archive.snapshot()
    study = settled(study, archive)
    with noticing() as damaged:
        findings = _survey(study, archive, previous, processes, progress or _silent, classifier)
    note_damage(findings.about, archive, damaged)
    remember(archive.path)
    return findings


def _survey(
    study: Study,
    archive: Archive,
    previous: Path | None,
    processes: int | None,
    report: Report,
    classifier: Classifier | None,
) -> Findings:
    watch = Stopwatch(report)
    note_survey(archive)
    watch.begin("looking for what does not count")
    archive = counted(archive, study, progress=report)
    readings = _read(study, archive, processes, report, classifier, watch)
    if previous is not None:
        old = _unchanged(previous, readings.hash)
        if old is not None and units_are_whole(archive, study, readings.hash):
            old.about = about(study, archive, readings.hash, old.about)
            keep(old, archive)
            watch.figures(_JUDGED)
            return _judged(old, study, archive, watch)
    findings = _worked_out(study, archive, readings, report, watch)
    keep(findings, archive)
    # What the figures were made of is not needed to judge, which takes as much room.
    pa.default_memory_pool().release_unused()
    return _judged(findings, study, archive, watch)


def _worked_out(
    study: Study, archive: Archive, readings: _Readings, report: Report, watch: Stopwatch
) -> Findings:
    """Make the tables of a survey but those of what is judged, and leave its units beside the readings."""
    # With those that judge, which come last.
    watch.figures(_WORKED_OUT + _JUDGED)
    watch.work_out("tables of articles and mentions")
    built = build(archive, study, readings.naming, readings.reuse)
    put_stories(built.connection, readings.stories)
    watch.work_out("portrayals")
    if readings.portrayals:
        portray(built, study, readings.portrayals)
    watch.work_out("quotations, forecasts and copied words")
    if readings.quotes:
        built.tables = voice_tables(built, readings.quotes)
    kinned = None
    if readings.quotes and readings.said:
        built.tables, kinned = kinship_tables(
            built, archive, study, readings.said, readings.quotes, readings.stories, progress=report
        )
    if readings.forecasts:
        built.tables = forecast_tables(built, readings.forecasts, readings.outcomes)
    echoed = None
    if "echo" in study.measures:
        built.tables = replace(built.tables, echoed=echo_frame(built.connection, readings.reuse))
        echoed = echo_list(built, archive, echoes(built.connection, built.tables, archive, level=study.level))
    watch.work_out("silences")
    asked = silence_ways.asks(study)
    silent = silences(built, archive, level=study.level, ways=asked) if "silence" in study.measures else None
    watch.work_out("units: what each article adds to each figure")
    if readings.portrayals:
        write_charges(built, archive, readings.hash)
    units = write_units(built, archive, readings.hash)
    write_passages(built, archive, readings.hash)
    if silent:
        silence_ways.leave(silent.ran, units)
        if asked:
            silent_ways.keep(silence_ways.in_every_way(silent.found.ways, silent.ran, study.level), units)
    watch.work_out("sums")
    totals = figures.totals(built)
    watch.work_out("figures and their intervals")
    estimates = figures.estimates(built, study, archive.hash, totals)
    if silent:
        estimates = pa.concat_tables([estimates, silence_estimates(silent, built, study, archive.hash)])
    watch.work_out("differences between outlets")
    comparisons = figures.comparisons(built, study, totals)
    del totals
    watch.work_out("figures without each alias")
    robustness = figures.robustness(built, study)
    watch.work_out("sentences behind the figures")
    sources = sources_table(built, archive, study)
    watch.work_out("lists of periods, stories, words and speakers")
    coverage, gaps = figures.coverage(built, study)
    stories = story_list(built, archive) if silent else STORIES.empty_table()
    standing = standing_text(built, archive, study)
    repeats = study_repeats(built, archive, study)
    found = {
        "outlets": with_repeats(built.outlets, repeats),
        "left_out": built.left_out,
        "reading": {
            "version": readings.naming.version,
            "hash": readings.naming.hash,
            **readings.naming.counts,
        },
        "portrayal": _portrayal(built),
        "silence": silence_told(silent) if silent else None,
        "kinship": kinned and {**kinned.told, "within_stories": within_stories(units, study.level)},
        "forecasts": forecast_record(built, study, readings.outcomes) if readings.forecasts else None,
        "standing": standing,
        "repeats": repeats_told(study.repeats, repeats),
        "warnings": [
            *warnings(built, archive, study, standing),
            *repeats_warnings(repeats),
            *of_days(built, archive),
        ],
    }
    findings = Findings(
        estimates=estimates,
        comparisons=comparisons,
        words=figures.words(built),
        robustness=robustness,
        sources=sources,
        coverage=coverage,
        gaps=gaps,
        silences=silence_list(silent) if silent else SILENCES.empty_table(),
        stories=stories,
        echoes=ECHOES.empty_table() if echoed is None else echoed,
        speakers=speakers(built),
        phrases=kinned.phrases if kinned else PHRASES.empty_table(),
        forecasts=forecast_list(built, archive),
        repeats=repeats,
        about=about(study, archive, readings.hash, found),
    )
    built.connection.close()
    return findings


def judge(
    study: Study,
    archive: Archive,
    *,
    processes: int | None = None,
    progress: Report | None = None,
    classifier: Classifier | None = None,
) -> Findings:
    """Judge a study's claims and factors; return findings whose tables of what was judged are whole.

    Those are `verdicts`, `ways`, `changes`, `reversals`, `alignment` and `explanations`. Where the archive was surveyed
    for this study and nothing has changed since, by what that survey left; otherwise it is surveyed. Raises as `survey`
    does.
    """
    archive = archive.snapshot()
    study = settled(study, archive)
    watch = Stopwatch(progress or _silent)
    with noticing() as damaged:
        watch.begin("looking for what does not count")
        archive = counted(archive, study, progress=progress)
        readings = _read(study, archive, processes, progress or _silent, classifier, watch)
        found = kept(archive, readings.hash)
        if found is None or not units_are_whole(archive, study, readings.hash):
            return survey(study, archive, processes=processes, progress=progress, classifier=classifier)
        found.about = about(study, archive, readings.hash, found.about)
        watch.figures(_JUDGED)
        found = _judged(found, study, archive, watch)
    note_damage(found.about, archive, damaged)
    remember(archive.path)
    return found


_WORKED_OUT, _JUDGED = 11, 3
"""How many stages work out figures, and how many judge by them."""


def _judged(findings: Findings, study: Study, archive: Archive, watch: Stopwatch) -> Findings:
    """Put changes, alignment, and the verdicts on the study's claims, into its findings.

    Events, factors and claims may be new where figures are not. What the survey took until here is in its `about`.
    """
    watch.work_out("changes over time")
    units = units_path(archive, findings.about["figures_hash"])
    findings.changes, findings.reversals, said, sight = changes(units, study, findings.gaps)
    findings.about["changes"] = {"said": said, "sight": sight}
    watch.work_out("allegiances")
    aligned = alignment(units, study, findings)
    findings.alignment, findings.explanations = aligned.alignment, aligned.explanations
    findings.about["alignment"] = aligned.about
    watch.work_out("claims")
    silence_ways.count(study, units)
    findings.verdicts, findings.ways = verdicts(study, findings, units, archive)
    findings.counterexamples = counterexamples(study, findings, units, archive)
    findings.about["timings"] = watch.told()
    return findings


@dataclass(frozen=True)
class _Readings:
    """What all readers found, and a hash over it and all else that figures hang on."""

    naming: Reading
    reuse: ReuseReading
    portrayals: PortrayalReading | None
    quotes: QuotesReading | None
    said: SaidReading | None
    stories: StoriesReading
    forecasts: ForecastsReading | None
    outcomes: dict[str, str]
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
    watch.begin("reading names and labels")
    reading = read(archive, study, processes=processes, progress=report)
    watch.begin("looking for texts that were copied")
    reuse = read_reuse(
        archive,
        outlets=study.outlet_of,
        zones=zones_known(archive, study),
        processes=processes,
        progress=report,
    )
    # Whatever is asked for is searched for changes, and how long stories run decides what these can see.
    watch.begin("grouping articles into stories")
    stories = read_stories(archive, processes=processes, progress=report)
    readings: list[
        Reading
        | ReuseReading
        | PortrayalReading
        | QuotesReading
        | SaidReading
        | StoriesReading
        | ForecastsReading
    ]
    readings = [reading, reuse, stories]
    portrayals = quotes = said = forecasts = None
    if "portrayal" in study.measures:
        watch.begin("looking for what is said of the subjects")
        portrayals = read_portrayal(archive, study, reading, classifier=classifier, progress=report)
        readings.append(portrayals)
    if {"voice", "kinship"} & {*study.measures}:
        watch.begin("reading who is quoted")
        quotes = read_quotes(archive, study, processes=processes, progress=report)
        readings.append(quotes)
    if quotes and "kinship" in study.measures:
        watch.begin("reading what parties say in their own words")
        said = read_said(archive, study, quotes, progress=report)
        readings.append(said)
    outcomes: dict[str, str] = {}
    if "forecast" in study.measures:
        watch.begin("reading what is said about the future")
        forecasts = read_forecasts(archive, study, processes=processes, progress=report)
        readings.append(forecasts)
        outcomes = study_outcomes(study)
    watch.end()
    hashes = (study.hash, archive.hash, *filter(None, [zones_hash(archive)]), outcomes_hash(outcomes))
    hashes += tuple(one.hash for one in readings)
    figures_hash = hashlib.sha256(" ".join([str(FIGURES_VERSION), *hashes]).encode()).hexdigest()[:16]
    if classifier is None:
        note(study, archive, figures_hash, model_folder())
    return _Readings(reading, reuse, portrayals, quotes, said, stories, forecasts, outcomes, figures_hash)


def _silent(stage: str, done: int, total: int) -> None:
    """Report to nobody."""


def _unchanged(folder: Path, figures_hash: str) -> Findings | None:
    """Return the findings kept in a dossier folder if they are those that a new run would give.

    A folder that is none, or is damaged, holds nothing worth keeping: None.
    """
    try:
        old = Findings.load(folder)
    except MastheadError:
        return None
    return old if old.about.get("figures_hash") == figures_hash else None


def _portrayal(built: StudyTables) -> dict[str, Any] | None:
    """Who read the portrayals, what the intervals cover, and what was read of what there was."""
    read = built.portrayal
    if read is None:
        return None
    return {
        "model": read.model,
        "model_version": read.version,
        "intervals": COVERS,
        "precision": read.precision,
        "sampled": read.sampled,
        **read.counts,
        "language_refused": sum(read.refused.values()),
        "cells": [
            {"outlet": outlet, "subject": subject, "articles": there, "articles_read": taken}
            for (outlet, subject), (there, taken) in read.cells.items()
        ],
    }
