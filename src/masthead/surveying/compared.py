"""Which outlets are compared pair by pair: a rule that counts articles and knows nothing else of an outlet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from masthead.study import Study

COMPARED, LISTED = 20, 40
"""Outlets with the most articles are compared: so many of all, and so many of those that a study lists."""


def outlets_compared(outlets: Sequence[Mapping[str, Any]], study: Study) -> list[dict[str, Any]]:
    """Return the outlets that are compared: all that the study lists, LISTED at most; or COMPARED of an archive's.

    There are half as many pairs as outlets squared. What decides is how many articles of each the study looks at:
    `outlets` has those with most articles first, and of equally many the one with the first id.
    """
    there = [dict(outlet) for outlet in outlets if outlet["n_articles"]]
    return there[: LISTED if study.outlets else COMPARED]


def told(outlets: Sequence[Mapping[str, Any]], study: Study) -> dict[str, Any]:
    """Say which outlets are compared, of how many, and by what rule."""
    chosen = outlets_compared(outlets, study)
    there = sum(bool(outlet["n_articles"]) for outlet in outlets)
    rule = (
        "all pairs of outlets"
        if len(chosen) == there
        else f"all pairs of the {len(chosen)} outlets with the most articles"
    )
    return {"outlets": len(chosen), "of": there, "rule": rule}
