"""The instrument of portrayal: a model's readings of the sentences that mention a subject."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.instruments.portrayal.about import PORTRAYAL, PortrayalAbout
from masthead.instruments.portrayal.blame import Blame
from masthead.instruments.portrayal.coding import PortrayalCoding
from masthead.instruments.portrayal.measure import Portrayal
from masthead.instruments.portrayal.praise import Praise
from masthead.measuring.instrument import Instrument, Job, Results
from masthead.measuring.units import label_uses_path

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.measuring.tables import StudyTables
    from masthead.reading.portrayal.reader import PortrayalReading

_PORTRAYED = pa.schema(
    [
        ("article_id", pa.string()),
        ("subject", pa.string()),
        ("mention", pa.string()),
        ("alias", pa.string()),
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("sentence_start", pa.int32()),
        ("sentence_end", pa.int32()),
        ("quoted", pa.bool_()),
        ("p_unfavourable", pa.float64()),
        ("p_neutral", pa.float64()),
        ("p_favourable", pa.float64()),
        ("weight", pa.float64()),
    ]
)
"""One row per mention that was read; `weight` is how many articles its article stands for: 1, but in a sample."""

_PORTRAYALS = """
    SELECT article_id, subject, mention, alias, quoted, p_favourable AS favourable,
           p_unfavourable AS unfavourable, p_favourable - p_unfavourable AS score, weight
    FROM portrayed
"""

_SENTENCES = """
    SELECT 'portrayal' AS measure, a.outlet, p.subject, NULL AS category, p.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY p.article_id, p.subject ORDER BY p.field DESC, p.start)) AS draw,
           p.field, p.start, p."end", p.sentence_start, p.sentence_end, NULL AS label, NULL AS label_kind,
           NULL AS label_start, NULL AS label_end, p.quoted, p.p_unfavourable, p.p_neutral, p.p_favourable
    FROM portrayed p JOIN articles a USING (article_id)
"""


class PortrayalInstrument(Instrument["PortrayalReading", None]):
    """In what light an outlet shows a subject, and the two sides of that."""

    name = "portrayal"
    measures = (Portrayal(), Praise(), Blame())
    tables = {"portrayed": _PORTRAYED}
    # A mention that a clause puts in somebody's mouth (`… , said X`) is quoted too.
    frames = {"portrayals": _PORTRAYALS}
    frames_without_alias = {
        "portrayals": f"""SELECT p.* EXCLUDE (subject), v.variant AS subject FROM ({_PORTRAYALS}) p
            JOIN variants v ON p.subject = v.subject AND p.alias <> v.gone"""
    }
    voices_without_alias = ("all", "own")
    cells = "SELECT subject, NULL FROM subjects"
    evidence = {"portrayal": _SENTENCES}
    passages_settle = False
    most_telling = "p_favourable - p_unfavourable"
    parts = (PORTRAYAL,)
    coding = PortrayalCoding()
    reading_stage = "looking for what is said of the subjects"
    loading_stage = "portrayals"

    def read(self, job: Job) -> PortrayalReading:
        """Find the sentences that mention a subject; a model reads them in `load`, as many as it takes."""
        from masthead.reading.portrayal.reader import read_portrayal

        return read_portrayal(
            job.archive, job.study, job.naming, classifier=job.classifier, progress=job.progress
        )

    def load(self, survey: StudyTables, job: Job) -> None:
        """Have the mentions read, or a sample of them where the study asks for a precision."""
        from masthead.instruments.portrayal.reading_order import portray

        reading = self.reading(job)
        survey.add("portrayed", "FROM portrayed LIMIT 0", self)
        survey.take_frames(self)
        survey.models[self.name] = portray(survey, job.study, reading, outlet=job.outlet, subject=job.subject)

    def leave(self, survey: StudyTables, job: Job, known: None, units: Path) -> None:
        """Leave every use of a label, and how its sentence portrays who bears it."""
        from masthead.instruments.portrayal.label_uses import write_label_uses

        write_label_uses(survey, units)

    def left(self, units: Path) -> tuple[Path, ...]:
        """Return the file of uses of labels."""
        return (label_uses_path(units),)

    def results(self, survey: StudyTables, job: Job, known: None, units: Path) -> Results:
        """Say who read the portrayals, what the intervals cover, and what was read of what there was."""
        from masthead.measuring.notes import COVERS

        read = survey.models[self.name]
        results = Results()
        about: PortrayalAbout = {
            "model": read.model,
            "model_version": read.version,
            "intervals": COVERS,
            "precision": read.precision,
            "sampled": read.is_sample,
            **read.counts,
            "language_refused": sum(read.refusals.values()),
            "cells": [
                {"outlet": outlet, "subject": subject, "articles": there, "articles_read": articles_read}
                for (outlet, subject), (there, articles_read) in read.cells.items()
            ],
            "asked_model": read.asked_model,
        }
        PORTRAYAL.put(results.about, about)
        return results

    def summary(self, about: Mapping[str, object]) -> Mapping[str, object]:
        """Return who read, by what, and how much of it; None where nobody did."""
        part = PORTRAYAL.any_of(about)
        return {PORTRAYAL.name: {key: entry for key, entry in part.items() if key != "cells"} or None}

    def pages(self) -> tuple[Page, ...]:
        """Return its section of the index."""
        from masthead.instruments.portrayal.page.portrayal import PAGE

        return (PAGE,)


INSTRUMENT = PortrayalInstrument()
