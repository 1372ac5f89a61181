"""The instrument of forecasts: what an outlet says will happen, and what a person has entered of what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from masthead.instruments.forecast.about import FORECASTS
from masthead.instruments.forecast.measure import Forecast
from masthead.measuring.instrument import Instrument, Job, Results

if TYPE_CHECKING:
    from masthead.dossier.page import Page
    from masthead.measuring.tables import StudyTables
    from masthead.reading.forecasts import ForecastsReading
    from masthead.study import Study

_FORETOLD = pa.schema(
    [
        ("article_id", pa.string()),
        ("forecast", pa.string()),
        ("subject", pa.string()),
        ("field", pa.string()),
        ("mention_start", pa.int32()),
        ("mention_end", pa.int32()),
        ("sentence_start", pa.int32()),
        ("sentence_end", pa.int32()),
        ("start", pa.int32()),
        ("end", pa.int32()),
        ("cue", pa.string()),
        ("cue_start", pa.int32()),
        ("cue_end", pa.int32()),
        ("what", pa.string()),
        ("kind", pa.string()),
        ("confidence", pa.string()),
        ("by_when", pa.string()),
        ("due", pa.date32()),
        ("outlet", pa.string()),
        ("published", pa.timestamp("us", "UTC")),
        ("source_row", pa.int64()),
        ("wire", pa.bool_()),
        ("became", pa.string()),
        ("quoted", pa.bool_()),
    ]
)
"""One row per forecast, plan and conditional forecast about a subject, with what became of it (null: not entered)."""

_PASSAGES = """
    SELECT 'forecast' AS measure, outlet, subject, NULL AS category, article_id,
           md5(source_row || ':' || row_number() OVER (
               PARTITION BY article_id, subject ORDER BY field DESC, start)) AS draw,
           field, start, "end", sentence_start, sentence_end, cue AS label, became AS label_kind,
           cue_start AS label_start, cue_end AS label_end, quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM foretold WHERE kind = 'forecast' AND became IN ('true', 'false')
"""


class ForecastInstrument(Instrument["ForecastsReading", None]):
    """Whether what an outlet says will happen comes true."""

    name = "forecast"
    measures = (Forecast(),)
    tables = {"foretold": _FORETOLD}
    # A row per forecast of known outcome.
    frames = {
        "foretold": """SELECT article_id, subject, quoted, became = 'true' AS came_true FROM foretold
            WHERE kind = 'forecast' AND became IN ('true', 'false')"""
    }
    evidence = {"forecast": _PASSAGES}
    parts = (FORECASTS,)
    reading_stage = "reading what is said about the future"
    loading_stage = "forecasts"

    def inputs(self, study: Study) -> str | None:
        """Return a hash of the outcomes that a person has entered."""
        from masthead.instruments.forecast.outcomes import outcomes_hash, study_outcomes

        return outcomes_hash(study_outcomes(study))

    def read(self, job: Job) -> ForecastsReading:
        """Find the clauses that say what will happen to a subject."""
        from masthead.reading.forecasts import read_forecasts

        return read_forecasts(job.archive, job.study, processes=job.processes, progress=job.progress)

    def load(self, survey: StudyTables, job: Job) -> None:
        """Make the table of forecasts, each with what became of it."""
        from masthead.instruments.forecast.outcomes import study_outcomes
        from masthead.instruments.forecast.record import put_forecasts

        reading = self.reading(job)
        put_forecasts(survey, reading, study_outcomes(job.study), self)

    def results(self, survey: StudyTables, job: Job, known: None, units: Path) -> Results:
        """List what was foretold, and tell each outlet's record."""
        from masthead.instruments.forecast.outcomes import study_outcomes
        from masthead.instruments.forecast.record import forecast_list, forecast_record

        results = Results(tables={"forecasts": forecast_list(survey, job.archive)})
        FORECASTS.put(results.about, forecast_record(survey, job.study, study_outcomes(job.study)))
        return results

    def pages(self) -> tuple[Page, ...]:
        """Return the page of forecasts."""
        from masthead.instruments.forecast.page.forecasts import PAGE

        return (PAGE,)


INSTRUMENT = ForecastInstrument()
