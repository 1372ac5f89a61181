"""How people code voice: whether words that are given to a speaker are the speaker's."""

from __future__ import annotations

from masthead.measuring.coding import CodedUnit, Coding

YES, NO, NO_QUOTE = "yes", "no", "no-quote"


class VoiceCoding(Coding):
    """Whether a quotation or report is of the words of the subject that it is given to."""

    question = "Does the text give the words that are marked to the speaker in the column 'about'?"
    values = {
        YES: "the text gives these words to the speaker",
        NO: "it gives them to somebody else, or to nobody in particular",
        NO_QUOTE: "nobody is quoted or reported here",
    }
    rules = (
        "Words of a spokesman are those of whom he speaks for; words of an aide who speaks alone are not.",
        "Words that are only thought or wanted, in the outlet's own words, are no quotation.",
    )
    names_subject = True
    not_measured = (
        "words that are given to nobody, or to others, are not drawn: what the reader misses is not measured"
    )
    units = """
        SELECT article_id, subject, 'quote:' || quote || ':' || start AS mention, field, start, "end",
               least(start, cue_start, speaker_start) AS sentence_start,
               greatest("end", cue_end, speaker_end) AS sentence_end, kind <> 'indirect' AS quoted, 1.0 AS weight
        FROM attributions WHERE subject IS NOT NULL
        QUALIFY row_number() OVER (PARTITION BY article_id, subject, quote, start ORDER BY "end" DESC) = 1
    """
    readings = """
        SELECT 'voice' AS measure, NULL AS category, article_id, subject,
               'quote:' || quote || ':' || start AS mention, sum(words)::DOUBLE AS x, sum(words)::DOUBLE AS y
        FROM attributions WHERE subject IS NOT NULL GROUP BY ALL
    """
    readings_never_drawn = """
        SELECT 'voice' AS measure, NULL AS category, t.article_id, s.subject,
               'quote:' || t.quote || ':' || t.start AS mention, 0.0 AS x, sum(t.words)::DOUBLE AS y
        FROM attributions t CROSS JOIN (SELECT DISTINCT subject FROM subjects) s
        WHERE t.subject IS DISTINCT FROM s.subject GROUP BY ALL
    """

    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        """Words count in full: for the speaker, for somebody else, or not at all."""
        return (unit.y if unit.value == YES else 0.0), (0.0 if unit.value == NO_QUOTE else unit.y)
