"""From the attributions that were read to voice: who speaks how much in which outlet, by which verbs, of whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet, quoted
from masthead.findings.schemas import SPEAKERS
from masthead.measuring.figures import estimates_alone
from masthead.measuring.tables import StudyTables
from masthead.reading.attribution.cues import SPOKEN
from masthead.reading.attribution.people import AUTHORS
from masthead.reading.attribution.reader import QuotesReading
from masthead.study import OTHER

NAMED = 20
"""So many speakers of each outlet are listed by name."""

PORTRAYED_BY = ("portrayal",)
"""The instruments by which it is known how speakers portray subjects; they need not be asked."""

SNIPPET = 300
"""Code points of an example's words at most."""


@dataclass(frozen=True)
class Voices:
    """What a study's articles say of who speaks.

    `estimates`: measure (voice or stance), outlet, subject, category, voice, period_start (null: over all time),
    estimate, conf_low, conf_high, and the sums behind them. `others`: outlet, speaker (a name), attributions,
    words, articles: who else speaks most in each outlet. `of_whom`: outlet, speaker, subject, mentions, scored,
    score: the mentions of each subject in each speaker's words, and the mean of favourable less unfavourable over
    those that were read for portrayal. `examples`: outlet, subject, stance, kind, cue, speaker_text, snippet,
    unclosed (a quotation mark that is never closed), article_id, field, start, end, published, url.
    """

    estimates: pa.Table
    others: pa.Table
    of_whom: pa.Table
    examples: pa.Table


def attributions(reading: QuotesReading) -> str:
    """Return the query of the table `attributions`: a row per piece of words that was said or written, or is quoted.

    What an article's own author (`I`, `we`) thinks or says is left out.
    """
    return f"""
        SELECT q.article_id, q.quote, q.field, q.start, q."end", q.words, q.kind, q.stance, q.cue, q.cue_start,
               q.cue_end, q.speaker_text, q.speaker_start, q.speaker_end, q.speaker, q.subject,
               CASE WHEN q.subject IS NOT NULL THEN q.subject
                    WHEN q.speaker_text IS NOT NULL THEN '{OTHER}' ELSE 'unknown' END AS who,
               q.unclosed
        FROM {parquet(reading.paths)} q SEMI JOIN articles USING (article_id)
        WHERE (q.stance IN ({_comma_list(sorted(SPOKEN))}) OR q.kind <> 'indirect')
          AND coalesce(lower(q.speaker_text) NOT IN ({_comma_list(sorted(AUTHORS))}), true)"""


def voices(survey: StudyTables, archive: Archive, *, level: float, examples: int = 3) -> Voices:
    """Return who speaks in a study's articles; `examples` is how many are given per outlet and subject."""
    estimates = estimates_alone(survey, level, measures=("voice", "stance"))
    order = ("measure", "outlet", "subject", "category", "period_start")
    return Voices(
        estimates.sort_by([(name, "ascending") for name in order]),
        survey.connection.sql(_OTHERS).to_arrow_table(),
        survey.connection.sql(_OF_WHOM).to_arrow_table(),
        _examples(survey, archive, examples),
    )


_OTHERS = """
    SELECT a.outlet, t.speaker, count(DISTINCT t.article_id || ':' || t.quote) AS attributions,
           sum(t.words)::BIGINT AS words, count(DISTINCT t.article_id) AS articles
    FROM attributions t JOIN articles a USING (article_id)
    WHERE t.who = 'other' AND t.speaker IS NOT NULL
    GROUP BY a.outlet, t.speaker
    QUALIFY row_number() OVER (PARTITION BY a.outlet ORDER BY sum(t.words) DESC, t.speaker) <= 10
    ORDER BY a.outlet, words DESC, t.speaker
"""


def speakers(survey: StudyTables) -> pa.Table:
    """Return whom each outlet lets speak most, by name (SPEAKERS); none where attributions were not read."""
    return survey.connection.sql(_SPEAKERS).to_arrow_table().select(SPEAKERS.names).cast(SPEAKERS)


# A subject is one row under the name by which it speaks most, however the texts write it.
_SPEAKERS = f"""
    WITH subject_names AS (
        SELECT subject, arg_max(speaker, (words, length(speaker), speaker)) AS name
        FROM (SELECT subject, speaker, sum(words) AS words FROM attributions
              WHERE subject IS NOT NULL AND speaker IS NOT NULL GROUP BY ALL) GROUP BY subject),
    named AS (
        SELECT a.outlet, t.article_id, t.quote, t.words, t.subject,
               CASE WHEN t.subject IS NULL THEN t.speaker ELSE coalesce(s.name, t.subject) END AS name
        FROM attributions t JOIN articles a USING (article_id) LEFT JOIN subject_names s USING (subject)),
        summed AS (
        SELECT outlet, name AS speaker, subject, count(DISTINCT article_id || ':' || quote) AS attributions,
               sum(words)::BIGINT AS words, count(DISTINCT article_id) AS n_articles
        FROM named WHERE name IS NOT NULL GROUP BY outlet, name, subject)
    FROM summed
    QUALIFY row_number() OVER (PARTITION BY outlet ORDER BY words DESC, speaker, subject) <= {NAMED}
    ORDER BY outlet, words DESC, speaker, subject
"""

_OF_WHOM = """
    SELECT a.outlet, t.who AS speaker, r.subject, count(DISTINCT r.article_id || r.mention) AS mentions,
           count(DISTINCT r.article_id || r.mention) FILTER (p.mention IS NOT NULL) AS scored,
           avg(p.p_favourable - p.p_unfavourable) AS score
    FROM (SELECT DISTINCT article_id, subject, mention, field, start FROM readings) r
    JOIN articles a USING (article_id)
    JOIN attributions t ON t.article_id = r.article_id AND t.field = r.field
         AND t.start <= r.start AND r.start < t."end"
    LEFT JOIN portrayed p ON p.article_id = r.article_id AND p.subject = r.subject AND p.mention = r.mention
    GROUP BY ALL ORDER BY ALL
"""


def _examples(survey: StudyTables, archive: Archive, limit: int) -> pa.Table:
    """Return some attributions to each subject in each outlet, drawn by the place of the article in its source."""
    con = survey.connection
    texts = parquet(part.path for part in archive.parts())
    return con.sql(
        f"""WITH chosen AS (
            SELECT a.outlet, t.*, a.published FROM attributions t JOIN articles a USING (article_id)
            WHERE t.subject IS NOT NULL
            QUALIFY row_number() OVER (
                PARTITION BY a.outlet, t.subject
                ORDER BY md5(CAST(a.source_row AS VARCHAR)), t.article_id, t.field DESC, t.start) <= {int(limit)})
        SELECT c.outlet, c.subject, c.stance, c.kind, c.cue, c.speaker_text,
               substring(CASE c.field WHEN 'title' THEN w.title ELSE w.text END,
                         c.start + 1, least(c."end" - c.start, {SNIPPET})) AS snippet,
               c.unclosed, c.article_id, c.field, c.start, c."end", c.published, w.url
        FROM chosen c JOIN {texts} w USING (article_id)
        ORDER BY c.outlet, c.subject, c.article_id, c.field DESC, c.start"""
    ).to_arrow_table()


def _comma_list(values: Any) -> str:
    return ", ".join(quoted(value) for value in values)
