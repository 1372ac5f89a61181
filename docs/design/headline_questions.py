"""An instrument in one file: the share of an outlet's headlines that ask a question.

Installed as a package of its own, whose pyproject.toml says:

    [project.entry-points."masthead.instruments"]
    headline-questions = "headline_questions:INSTRUMENT"
"""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.measuring import Instrument, Job, Marks, Measure, Tables, Words
from masthead.measuring.measure import as_units

WORDS = Words(
    title="questions in headlines",
    plural="headlines",
    heading="How often headlines on {subject} ask",
    figure="Share of each outlet’s headlines, over articles that mention the subject, that end in a question mark",
    contrast="{more} asks in {more_figure} of its headlines on {subject} ({more_interval}), {less} in {less_figure} "
    "({less_interval}).",
    short="Headlines on {subject} that ask",
    change="how often its headlines on {subject} ask",
    change_of_all="how often its headlines ask",
    asks="how often {do} {they} ask in headlines",
    evidence="Headlines on {subject} that ask",
    marks=Marks("where a headline asks, ", "the headline", ""),
)


class HeadlineQuestions(Measure):
    """The share of an outlet's headlines that end in a question mark.

    Once over all articles (no subject) and once for each subject, over the articles that mention it. Range 0 to 1; the
    unit is the article.
    """

    name = "headline-questions"
    question = "How often does this outlet ask in a headline instead of saying?"
    unit = "article"
    numerator = "1 if the headline ends in a question mark"
    denominator = "1"
    blind_spots = (
        "a question without its mark is not seen",
        "a headline in quotation marks may be somebody else's",
    )
    source = "Headlines that ask were counted by hand in many studies; this file is the example of a measure"
    example = "masthead evidence study.toml --measure headline-questions --outlet ID"
    words = WORDS

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per article with a headline; again for each subject that the article mentions."""
        headlines = tables["headlines"].join(tables.articles, on="article_id", how="inner")
        about = tables.mentions.select("article_id", "subject").unique()
        columns = ["article_id", "outlet", "subject", "period_start", "asks"]
        nobody = nw.lit(None, nw.String).alias("subject")
        units = nw.concat(
            [
                headlines.with_columns(nobody).select(columns),
                headlines.join(about, on="article_id", how="inner").select(columns),
            ]
        )
        return as_units(units, voice, x=nw.col("asks").cast(nw.Float64), y=nw.lit(1.0))


class HeadlineInstrument(Instrument[Any, None]):
    """Reads nothing of its own: titles stand in the archive."""

    name = "headline-questions"
    measures = (HeadlineQuestions(),)
    tables = {
        "headlines": pa.schema([("article_id", pa.string()), ("asks", pa.bool_()), ("length", pa.int32())])
    }
    frames = {"headlines": "SELECT article_id, asks FROM headlines"}
    evidence = {
        "headline-questions": """
            SELECT 'headline-questions' AS measure, a.outlet, m.subject, NULL AS category, a.article_id,
                   md5(CAST(a.source_row AS VARCHAR)) AS draw, 'title' AS field, 0 AS start, h.length AS "end",
                   0 AS sentence_start, h.length AS sentence_end, NULL AS label, NULL AS label_kind,
                   NULL AS label_start, NULL AS label_end, NULL AS quoted,
                   NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
            FROM headlines h JOIN articles a USING (article_id)
            JOIN (SELECT DISTINCT article_id, subject FROM mentions) m USING (article_id) WHERE h.asks
        """
    }
    loading_stage = "headlines"

    def load(self, survey: Any, job: Job) -> None:
        """Look at the title of every article of the study."""
        survey.add(
            "headlines",
            """SELECT article_id, title LIKE '%?' AS asks, length(title)::INTEGER AS length
            FROM articles JOIN archive_articles USING (article_id) WHERE title <> ''""",
            self,
        )


INSTRUMENT = HeadlineInstrument()
