"""The instrument of kinship: the phrases that tell parties apart, and who uses them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.instruments.kinship.about import KINSHIP, LearntWording
from masthead.instruments.kinship.measure import Kinship
from masthead.measuring.instrument import Instrument, Job, Results

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.measuring.tables import StudyTables
    from masthead.reading.wording import SaidReading

_PHRASE_USES = pa.schema(
    [
        ("article_id", pa.string()),
        ("outlet", pa.string()),
        ("subject", pa.string()),
        ("phrase", pa.uint64()),
        ("text", pa.string()),
        ("quoted", pa.bool_()),
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("sentence_start", pa.int32()),
        ("sentence_end", pa.int32()),
    ]
)
"""One row per use of a party's (`subject`) distinctive phrase in an outlet that is measured."""

_WORDING = """
    WITH parties AS (SELECT DISTINCT subject FROM phrase_scores),
    counted AS (SELECT article_id, subject, quoted, count(*) AS uses FROM phrase_uses GROUP BY ALL)
    SELECT s.article_id, p.subject, s.quoted, coalesce(c.uses, 0) AS uses
    FROM (SELECT DISTINCT article_id, quoted FROM phrase_uses) s CROSS JOIN parties p
    LEFT JOIN counted c ON c.article_id = s.article_id AND c.subject = p.subject
         AND c.quoted IS NOT DISTINCT FROM s.quoted
"""

_PASSAGES = """
    SELECT 'kinship' AS measure, p.outlet, p.subject, NULL AS category, p.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY p.article_id, p.subject ORDER BY p.field DESC, p.start)) AS draw,
           p.field, p.start, p."end", p.sentence_start, p.sentence_end, p.text AS label, 'phrase' AS label_kind,
           p.start AS label_start, p."end" AS label_end, p.quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM phrase_uses p JOIN articles a USING (article_id)
"""


class KinshipInstrument(Instrument["SaidReading", LearntWording]):
    """Whose distinctive wording an outlet uses."""

    name = "kinship"
    measures = (Kinship(),)
    needs = ("voice",)
    reads_stories = True
    tables = {"phrase_uses": _PHRASE_USES}
    # wording: article_id, subject (a party), quoted, uses (0 where another party's phrases stand in the article).
    frames = {"wording": _WORDING}
    evidence = {"kinship": _PASSAGES}
    passages_settle = False
    parts = (KINSHIP,)
    reading_stage = "reading what parties say in their own words"
    loading_stage = "phrases"

    def read(self, job: Job) -> SaidReading:
        """Collect what the parties are quoted as saying, and what their own outlets write."""
        from masthead.instruments.voice.instrument import INSTRUMENT as VOICE
        from masthead.reading.wording import read_said

        quotes = VOICE.reading(job)
        return read_said(job.archive, job.study, quotes, progress=job.progress)

    def load(self, survey: StudyTables, job: Job) -> LearntWording:
        """Learn the phrases that tell the parties apart, and find who uses them."""
        from masthead.instruments.kinship.phrases import learn_phrases
        from masthead.instruments.voice.instrument import INSTRUMENT as VOICE

        phrases_said = self.reading(job)
        quotes = VOICE.reading(job)
        uses, wording = learn_phrases(
            survey, job.archive, job.study, phrases_said, quotes, progress=job.progress
        )
        survey.add("phrase_uses", uses, self)
        return wording

    def results(self, survey: StudyTables, job: Job, known: LearntWording | None, units: Path) -> Results:
        """List the phrases, and compare each outlet with its peers on the same stories."""
        from masthead.instruments.kinship.phrases import phrase_list
        from masthead.instruments.kinship.within_stories import within_stories

        if known is None:
            return Results()
        within = within_stories(units, job.study.level)
        results = Results(tables={"phrases": phrase_list(survey)})
        KINSHIP.put(results.about, {**known, "within_stories": within})
        return results

    def pages(self) -> tuple[Page, ...]:
        """Return the page of kinship."""
        from masthead.instruments.kinship.page.kinship import PAGE

        return (PAGE,)


INSTRUMENT = KinshipInstrument()
