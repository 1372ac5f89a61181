"""How people code naming: which category of label a text gives the subject at a mention, or none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from masthead.measuring.coding import CodedUnit, Coding
from masthead.measuring.measure import OTHER

if TYPE_CHECKING:
    from masthead.study import Subject

NONE = "none"
"""The code of a mention that nothing labels."""


class NamingCoding(Coding):
    """The category of the words that label the subject where it is mentioned, whether or not the reader found any."""

    question = "By words of which category does the text label the one who is marked, here?"
    values = {
        OTHER: "words that label it, and belong to none of these categories",
        NONE: "no words label it here: it is mentioned, and no more",
    }
    rules = (
        "A label is a word or phrase that says what the one who is marked is: 'the militants of [[the guild]]'.",
        "Code words of the same sentence only, that say it of the one who is marked and not of somebody else.",
        "A label that the sentence denies, or that somebody else is quoted with, is coded all the same.",
        "Where words of two categories label it, write both with a plus between.",
    )
    several = True
    units = """
        SELECT m.article_id, m.subject, m.mention, r.field, r.start, r."end", r.sentence_start, r.sentence_end,
               coalesce(n.quoted, m.quoted) AS quoted, 1.0 AS weight
        FROM mentions m
        JOIN (SELECT DISTINCT article_id, subject, mention, field, start, "end", sentence_start, sentence_end
              FROM readings) r USING (article_id, subject, mention)
        LEFT JOIN (SELECT DISTINCT article_id, subject, mention, quoted FROM namings) n
             USING (article_id, subject, mention)
        WHERE m.subject IN (FROM by_labels)
          AND NOT coalesce((SELECT any_value(a.refused) FROM articles a WHERE a.article_id = m.article_id), false)
        QUALIFY row_number() OVER (PARTITION BY m.article_id, m.subject, m.mention ORDER BY m.alias) = 1
    """
    readings = """
        WITH named AS (SELECT DISTINCT article_id, subject, mention FROM namings
                       WHERE subject IN (FROM by_labels))
        SELECT 'naming' AS measure, c.category, n.article_id, n.subject, n.mention,
               CASE WHEN EXISTS (FROM namings g WHERE g.article_id = n.article_id AND g.subject = n.subject
                                 AND g.mention = n.mention AND g.category = c.category) THEN 1.0 ELSE 0.0 END AS x,
               1.0 AS y
        FROM named n JOIN categories c ON n.subject = c.subject
    """

    def values_of(self, subject: Subject) -> Mapping[str, str]:
        """Return the subject's categories, each with the words that belong to it."""
        return (
            {}
            if subject.by_name
            else {name: "words such as " + ", ".join(words[:8]) for name, words in subject.categories.items()}
        )

    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        """A mention with a label is a naming, and counts in the categories of its labels."""
        codes = unit.value.split("+")
        return (0.0, 0.0) if codes == [NONE] else (float(unit.category in codes), 1.0)
