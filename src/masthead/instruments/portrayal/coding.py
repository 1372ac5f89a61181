"""How people code portrayal: in what light a sentence shows the subject that is marked in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.measuring.coding import CodedUnit, Coding

if TYPE_CHECKING:
    from masthead.study import Subject

_EACH = """
    SELECT '{measure}' AS measure, NULL AS category, article_id, subject, mention, {x} AS x, 1.0 AS y FROM portrayed
"""


class PortrayalCoding(Coding):
    """Unfavourable, neutral or favourable; praise and blame are made of the same codes."""

    question = "In what light does this sentence show the one who is marked?"
    values = {
        "-1": "unfavourable: the sentence makes the one who is marked look bad",
        "0": "neutral: it does neither, or both in equal parts",
        "1": "favourable: the sentence makes the one who is marked look good",
    }
    rules = (
        "Judge the sentence, not the subject: not what you think or know of it.",
        "Judge how the one who is marked looks, not how others in the sentence look.",
        "What somebody is quoted as saying counts as it stands there.",
        "A fact that is bad news for the one who is marked is neutral where it is told soberly and blames nobody.",
        "The sentences around it only help to understand it: code the sentence in the middle.",
    )
    examples = (
        ("[[The guild]] cheated its own members, the court found.", "-1"),
        ("[[The guild]] met on Tuesday.", "0"),
        ("Thanks to [[the guild]], every child in the harbour has a school to go to.", "1"),
    )
    numeric = True
    units = """
        SELECT article_id, subject, mention, field, start, "end", sentence_start, sentence_end, quoted, weight
        FROM portrayed
    """
    readings = " UNION ALL ".join(
        _EACH.format(measure=measure, x=x)
        for measure, x in (
            ("portrayal", "p_favourable - p_unfavourable"),
            ("praise", "p_favourable"),
            ("blame", "p_unfavourable"),
        )
    )

    def knows(self, code: str, subject: Subject | None) -> bool:
        """Any number from −1 to 1 can be added up, so that a codebook may have steps between."""
        try:
            return -1.0 <= float(code) <= 1.0
        except ValueError:
            return False

    def adds(self, unit: CodedUnit) -> tuple[float, float]:
        """Portrayal adds the code; praise and blame add 1 where it is on their side."""
        number = float(unit.value)
        if unit.measure == "portrayal":
            return number, 1.0
        return float(number > 0 if unit.measure == "praise" else number < 0), 1.0
