"""Where the passages behind figures stand: in SQL, and kept of each article, to show what one alone contradicts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from masthead.archive import Archive
from masthead.archive.duck import AS_PARQUET, quoted
from masthead.archive.store import replacing
from masthead.surveying.units import passages_path, units_path

if TYPE_CHECKING:
    from masthead.surveying.tables import StudyTables

SNIPPET = 600
"""The longest snippet, in code points: a quotation, never the body of an article."""


def write_passages(built: StudyTables, archive: Archive, figures_hash: str) -> None:
    """Write where in each article a subject is first mentioned, labelled, quoted or foretold something, by category.

    Columns: measure, outlet, subject, category, article_id, quoted, label_kind (of forecasts: what became of them), and
    those of `sources` that say where the passage and its label stand, with the ends of its sentence. No text is in it.
    """
    path: Path = passages_path(units_path(archive, figures_hash))
    with replacing(path) as temporary:
        built.connection.execute(
            f"""COPY (
                SELECT measure, outlet, subject, category, article_id, quoted, label_kind, field, start, "end",
                       sentence_start, sentence_end, label, label_start, label_end
                FROM ({PASSAGES})
                QUALIFY row_number() OVER (
                    PARTITION BY measure, subject, category, article_id, quoted,
                                 CASE WHEN measure = 'forecast' THEN label_kind END
                    ORDER BY field DESC, start, label_start) = 1
                ORDER BY ALL
            ) TO {quoted(temporary)} {AS_PARQUET}"""
        )


_NAMED = """
    SELECT 'naming' AS measure, a.outlet, l.subject, n.category, l.article_id,
           md5(CAST(a.source_row AS VARCHAR)) AS draw, l.field, l.start, l."end", r.sentence_start,
           r.sentence_end, l.label, l.label_kind, l.label_start, l.label_end, n.quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM namings n
    JOIN articles a USING (article_id)
    JOIN labelled l ON l.article_id = n.article_id AND l.subject = n.subject AND l.mention = n.mention
         AND coalesce(l.category, 'other') = n.category
    JOIN (SELECT DISTINCT article_id, subject, mention, sentence_start, sentence_end FROM readings) r
         ON r.article_id = n.article_id AND r.subject = n.subject AND r.mention = n.mention
    QUALIFY row_number() OVER (
        PARTITION BY n.article_id, n.subject, n.mention, n.category ORDER BY l.label_start) = 1
"""

PORTRAYED = """
    SELECT 'portrayal' AS measure, a.outlet, p.subject, NULL AS category, p.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY p.article_id, p.subject ORDER BY p.field DESC, p.start)) AS draw,
           p.field, p.start, p."end", p.sentence_start, p.sentence_end, NULL AS label, NULL AS label_kind,
           NULL AS label_start, NULL AS label_end, p.quoted, p.p_unfavourable, p.p_neutral, p.p_favourable
    FROM portrayed p JOIN articles a USING (article_id)
"""

_SAID = """
    SELECT '{measure}' AS measure, a.outlet, t.subject, {category} AS category, t.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY t.article_id ORDER BY t.field DESC, t.start)) AS draw,
           t.field, t.start, t."end", least(t.start, t.cue_start, t.speaker_start) AS sentence_start,
           greatest(t."end", t.cue_end, t.speaker_end) AS sentence_end, t.cue AS label, t.stance AS label_kind,
           t.cue_start AS label_start, t.cue_end AS label_end, t.kind <> 'indirect' AS quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM attributions t JOIN articles a USING (article_id)
"""
_VOICED = _SAID.format(measure="voice", category="CASE WHEN t.subject IS NULL THEN t.who END")
_WORDED = _SAID.format(measure="stance", category="t.stance") + " WHERE t.subject IS NOT NULL"

KINNED = """
    SELECT 'kinship' AS measure, p.outlet, p.subject, NULL AS category, p.article_id,
           md5(a.source_row || ':' || row_number() OVER (
               PARTITION BY p.article_id, p.subject ORDER BY p.field DESC, p.start)) AS draw,
           p.field, p.start, p."end", p.sentence_start, p.sentence_end, p.text AS label, 'phrase' AS label_kind,
           p.start AS label_start, p."end" AS label_end, p.quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM phrase_uses p JOIN articles a USING (article_id)
"""

_FORETOLD = """
    SELECT 'forecast' AS measure, outlet, subject, NULL AS category, article_id,
           md5(source_row || ':' || row_number() OVER (
               PARTITION BY article_id, subject ORDER BY field DESC, start)) AS draw,
           field, start, "end", sentence_start, sentence_end, cue AS label, became AS label_kind,
           cue_start AS label_start, cue_end AS label_end, quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM foretold WHERE kind = 'forecast' AND became IN ('true', 'false')
"""

_MENTIONED = """
    SELECT 'attention' AS measure, a.outlet, r.subject, NULL AS category, r.article_id,
           md5(CAST(a.source_row AS VARCHAR)) AS draw, r.field, r.start, r."end", r.sentence_start,
           r.sentence_end, NULL AS label, NULL AS label_kind, NULL AS label_start, NULL AS label_end,
           CASE WHEN a.marks THEN r.quoted END AS quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM readings r JOIN articles a USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY r.article_id, r.subject ORDER BY r.field DESC, r.start) = 1
"""

PASSAGES = " UNION ALL ".join((_NAMED, _MENTIONED, _VOICED, _WORDED, _FORETOLD))
"""The passages of all measures that may be `never`; PORTRAYED and KINNED are those of the two that may not."""
