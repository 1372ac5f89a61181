"""What findings say of kinship beside its figures."""

from __future__ import annotations

from typing import TypedDict

from masthead.findings.about import Part


class LearntParty(TypedDict):
    """A subject with phrases of its own."""

    id: str
    phrases: int
    """How many are on its list."""
    n_articles: int
    """Articles that hold words of the party."""
    own_texts: list[str]
    """Its own outlets, as the study names them."""
    note: str
    """How many phrases it has, and would have by chance."""


class LearntWording(TypedDict):
    """What was learnt of the parties' wording."""

    reason: str | None
    """Why there is no figure at all; null where there are."""
    said: list[str]
    """Sentences: what keeps the figures from saying more."""
    phrase_kind: str
    """What a phrase is, in a sentence."""
    parties: list[LearntParty]


class StoryDifference(TypedDict):
    """How an outlet's kinship differs from its peers' on the same stories; figures are shares or differences of them.

    The figures of a difference are null where there are too few stories.
    """

    outlet: str
    subject: str
    """The party."""
    voice: str
    difference: float | None
    """The outlet's share less its peers', −1 to 1."""
    std_error: float | None
    conf_low: float | None
    conf_high: float | None
    p: float | None
    n_stories: int
    n_articles: int
    share: float
    share_peers: float
    note: str | None
    q: float | None
    """The false discovery rate over all outlets and parties of a voice."""


class KinshipAbout(LearntWording):
    """What was learnt, and the outlets beside their peers."""

    within_stories: dict[str, list[StoryDifference]]
    """`with` wire copy, and `without`."""


KINSHIP = Part[KinshipAbout]("kinship")
"""Kinship in `Findings.about`."""
