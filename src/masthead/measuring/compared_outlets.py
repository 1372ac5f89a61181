"""Which outlets are compared pair by pair: a rule that counts articles and knows nothing else of an outlet."""

from __future__ import annotations

from collections.abc import Sequence

from masthead.findings.about import ComparedOutlets, SurveyedOutlet
from masthead.study import Study

COMPARED, LISTED = 20, 40
"""So many outlets with the most articles are compared, or all that a study lists, where it lists at most so many."""


def outlets_compared(outlets: Sequence[SurveyedOutlet], study: Study) -> list[SurveyedOutlet]:
    """Return the outlets that are compared: all that the study lists, of up to LISTED; otherwise COMPARED.

    There are half as many pairs as outlets squared. What decides is how many articles of each the study looks at:
    `outlets` has those with most articles first, and of equally many the one with the first id.
    """
    there = [outlet for outlet in outlets if outlet["n_articles"]]
    return there if study.listed and len(there) <= LISTED else there[:COMPARED]


def told(outlets: Sequence[SurveyedOutlet], study: Study) -> ComparedOutlets:
    """Say which outlets are compared, of how many, and by what rule."""
    chosen = outlets_compared(outlets, study)
    there = sum(bool(outlet["n_articles"]) for outlet in outlets)
    rule = (
        "all pairs of outlets"
        if len(chosen) == there
        else f"all pairs of the {len(chosen)} outlets with the most articles"
    )
    return {"outlets": len(chosen), "of": there, "rule": rule}
