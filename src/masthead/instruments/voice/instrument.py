"""The instrument of voice: the words that an outlet attributes to somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.instruments.voice.coding import VoiceCoding
from masthead.instruments.voice.measure import Voice
from masthead.instruments.voice.stance import Stance
from masthead.measuring.instrument import Instrument, Job, Results

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.measuring.tables import StudyTables
    from masthead.reading.attribution import QuotesReading

_ATTRIBUTIONS = pa.schema(
    [
        ("article_id", pa.string()),
        ("quote", pa.int32()),
        ("field", pa.string()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("words", pa.int32()),
        ("kind", pa.string()),
        ("stance", pa.string()),
        ("cue", pa.string()),
        ("cue_start", pa.int32()),
        ("cue_end", pa.int32()),
        ("speaker_text", pa.string()),
        ("speaker_start", pa.int32()),
        ("speaker_end", pa.int32()),
        ("speaker", pa.string()),
        ("subject", pa.string()),
        ("who", pa.string()),
        ("unclosed", pa.bool_()),
    ]
)
"""One row per piece of words that was said or written, or stands in quotation marks; `who` is a subject, `other` for
anybody else who is named or described, `unknown` where the text does not say; `unclosed` as in QUOTES_SCHEMA."""

_PASSAGES = """
    SELECT '{measure}' AS measure, a.outlet, t.subject, {category} AS category, t.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY t.article_id ORDER BY t.field DESC, t.start)) AS draw,
           t.field, t.start, t."end", least(t.start, t.cue_start, t.speaker_start) AS sentence_start,
           greatest(t."end", t.cue_end, t.speaker_end) AS sentence_end, t.cue AS label, t.stance AS label_kind,
           t.cue_start AS label_start, t.cue_end AS label_end, t.kind <> 'indirect' AS quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM attributions t JOIN articles a USING (article_id)
"""


class VoiceInstrument(Instrument["QuotesReading", None]):
    """Whom an outlet lets speak, and by which verbs it reports what they say."""

    name = "voice"
    measures = (Voice(), Stance())
    tables = {"attributions": _ATTRIBUTIONS}
    frames = {
        "attributed": """SELECT article_id, who AS speaker, min(stance) AS stance, sum(words)::BIGINT AS words
            FROM attributions GROUP BY article_id, quote, who"""
    }
    categories = {
        "voice": "SELECT DISTINCT who, subject FROM attributions WHERE subject IS NULL",
        "stance": "SELECT DISTINCT stance, subject FROM attributions WHERE subject IS NOT NULL",
    }
    evidence = {
        "voice": _PASSAGES.format(measure="voice", category="CASE WHEN t.subject IS NULL THEN t.who END"),
        "stance": _PASSAGES.format(measure="stance", category="t.stance") + " WHERE t.subject IS NOT NULL",
    }
    reading_stage = "reading who is quoted"
    coding = VoiceCoding()
    loading_stage = "quotations"

    def read(self, job: Job) -> QuotesReading:
        """Find who says what."""
        from masthead.reading.attribution import read_quotes

        return read_quotes(job.archive, job.study, processes=job.processes, progress=job.progress)

    def load(self, survey: StudyTables, job: Job) -> None:
        """Make the table of attributions."""
        from masthead.instruments.voice.voices import attributions

        reading = self.reading(job)
        survey.add("attributions", attributions(reading), self)

    def results(self, survey: StudyTables, job: Job, known: None, units: Path) -> Results:
        """List whom each outlet lets speak most."""
        from masthead.instruments.voice.voices import speakers

        return Results(tables={"speakers": speakers(survey)})

    def pages(self) -> tuple[Page, ...]:
        """Return the page of voices."""
        from masthead.instruments.voice.page.voices import PAGE

        return (PAGE,)


INSTRUMENT = VoiceInstrument()
