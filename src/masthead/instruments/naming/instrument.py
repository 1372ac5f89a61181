"""The instrument of naming: the labels that the reader found, in the study's categories."""

from __future__ import annotations

from masthead.instruments.naming.coding import NamingCoding
from masthead.instruments.naming.measure import Naming
from masthead.measuring.instrument import Instrument, Kept

_LABELS = """
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


class NamingInstrument(Instrument[Kept, None]):
    """What an outlet calls a subject."""

    name = "naming"
    measures = (Naming(),)
    # namings: article_id, subject, mention, alias, quoted, category: one row per mention that is labelled and category
    # that its labels belong to (`other` where they belong to none). categories: every category that is reported.
    frames = {"namings": "FROM namings", "categories": "FROM categories"}
    frames_without_alias = {
        "namings": """SELECT n.* EXCLUDE (subject), v.variant AS subject FROM namings n
            JOIN variants v ON n.subject = v.subject AND n.alias <> v.gone
            WHERE n.subject NOT IN (FROM by_name)""",
        "categories": """SELECT v.variant AS subject, c.category FROM categories c
            JOIN variants v ON c.subject = v.subject WHERE c.subject NOT IN (FROM by_name)""",
    }
    voices_without_alias = ("all",)
    cells = "SELECT subject, category FROM categories"
    categories = {"naming": "SELECT DISTINCT category, subject FROM categories"}
    evidence = {"naming": _LABELS}
    coding = NamingCoding()


INSTRUMENT = NamingInstrument()
