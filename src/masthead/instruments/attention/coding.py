"""How people code attention: whether the mention by which an article counts means the subject at all."""

from __future__ import annotations

from masthead.measuring.coding import CodedUnit, Coding

YES, NO = "yes", "no"


class AttentionCoding(Coding):
    """Whether the first mention of a subject in an article means it."""

    question = "Does the text mean the subject in the column 'about' where it is marked?"
    values = {
        YES: "the words that are marked mean the subject",
        NO: "they mean somebody or something else, or are no name of it here",
    }
    rules = (
        "Look the subject up where you do not know it: the same name may belong to two.",
        "A mention in passing is a mention.",
    )
    names_subject = True
    not_measured = (
        "articles not read as mentioning the subject are not drawn: what is missed there is not measured"
    )
    units = """
        SELECT r.article_id, r.subject, r.mention, r.field, r.start, r."end", r.sentence_start, r.sentence_end,
               CASE WHEN a.marks THEN r.quoted END AS quoted, 1.0 AS weight
        FROM readings r JOIN articles a USING (article_id) WHERE NOT a.unseen
        QUALIFY row_number() OVER (
            PARTITION BY r.article_id, r.subject ORDER BY r.field DESC, r.start, r.label_start NULLS FIRST) = 1
    """
    readings = f"""
        SELECT 'attention' AS measure, NULL AS category, article_id, subject, mention, 1.0 AS x, 1.0 AS y
        FROM ({units})
    """
    readings_never_drawn = """
        SELECT 'attention' AS measure, NULL AS category, a.article_id, s.subject, '' AS mention, 0.0 AS x, 1.0 AS y
        FROM articles a CROSS JOIN (SELECT DISTINCT subject FROM subjects) s
        WHERE NOT a.unseen AND NOT EXISTS (
            FROM mentions m WHERE m.article_id = a.article_id AND m.subject = s.subject)
    """

    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        """An article counts as mentioning the subject where its mention means it."""
        return float(unit.value == YES), 1.0
