"""Blame: how much of what an outlet says of the subject is unfavourable."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.portrayal.measure import OneSide, mentions_read
from masthead.measuring.measure import Tables


class Blame(OneSide):
    """The mean, over an outlet's mentions of the subject, of how likely their sentences show it unfavourably.

    Portrayal is praise less blame: an outlet can favour one side without attacking the other, and here it shows.
    Range 0 to 1; the unit is the article, with all its mentions that were read.
    """

    name = "blame"
    question = "How much of what this outlet says of the subject is unfavourable?"
    numerator = "unfavourable, as the model's probabilities, added up over mentions"

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One row per mention that was read; those of one article are added up into its unit."""
        return mentions_read(tables, voice, "unfavourable")
