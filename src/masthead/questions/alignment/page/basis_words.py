"""By what alignment tells whose side an outlet takes, and what its page says of each."""

from __future__ import annotations

from dataclasses import dataclass

from masthead.questions.alignment.bases import NAMING, PORTRAYAL, VOICE


@dataclass(frozen=True)
class Basis:
    """A measure by which an outlet stands for a subject or against it."""

    name: str
    heading: str
    figure: str


BASES = (
    Basis(
        PORTRAYAL,
        "By portrayal",
        "The mean of a model’s readings, from −1 to +1, in the outlet’s own voice where that is known.",
    ),
    Basis(
        NAMING,
        "By what it is called",
        "What its labels are worth, by how other outlets portray the other subjects that they give the same labels to; "
        "no list of good or bad words is used.",
    ),
    Basis(
        VOICE,
        "By how much it may say",
        "Its share of the words that the outlet gives to anyone, less the mean of the other outlets: +0.10 is ten "
        "points more than they give it.",
    ),
)
"""Each has a map of its own; the first leads."""

LEADING = BASES[0].name
"""The basis that explanations are of."""
