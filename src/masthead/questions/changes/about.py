"""What findings say of the search for changes."""

from __future__ import annotations

from typing import NotRequired, TypedDict

from masthead.findings.about import Part


class Sight(TypedDict):
    """How far the series of a measure can see, in one voice, with all copy that is wire's.

    The last four are left out where every series changed: no step was planted in any.
    """

    measure: str
    voice: str
    series: int
    """How many were tested."""
    too_short: int
    """How many of them have too few blocks of time for any change to be found, however large."""
    middle: NotRequired[float | None]
    """The smallest step that the series with the middle number of articles would more likely show than not, as a
    difference of the figure; null where it would show none."""
    middle_articles: NotRequired[int]
    fullest: NotRequired[float | None]
    """The same of the series with most articles."""
    fullest_articles: NotRequired[int]


class ChangesAbout(TypedDict):
    """What was looked at, in plain sentences, first of all what would go unseen; and that as data, by measure."""

    said: list[str]
    sight: list[Sight]


CHANGES = Part[ChangesAbout]("changes")
"""Changes in `Findings.about`."""
