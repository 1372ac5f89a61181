"""Silence: whether an outlet passes over stories that its habits would have it run."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.silence.claim_rules import CLAIM_RULES
from masthead.instruments.silence.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units


class Silence(Measure):
    """The stories about the subject that an outlet covered, over those that its habits make expected.

    A story is eligible for an outlet where at least two others ran it. What is expected is the sum, over eligible
    stories, of the probability that this outlet would run them, by a model of its size, its weeks, the story's
    size among the others, and what it usually picks, fitted without the stories about the subject. 1 is as usual;
    0 is nothing at all. The category `unfavourable` holds the stories that show the subject in a bad light. The
    interval comes from `masthead.inference.silence.silences`, since a sum of unequal chances is no proportion.
    """

    name = "silence"
    claims = CLAIM_RULES["silence"]
    question = "Does this outlet pass over stories about the subject more than its habits explain?"
    unit = "story"
    numerator = "1 if the outlet covered the story; wire copy counts too"
    denominator = "the probability that it would have, by its habits and the story's size among the others"
    range = claims.range
    blind_spots = (
        "a story that was wrongly split makes false silences, and two that were merged hide true ones",
        "an outlet's plain lack of interest in a subject looks like a mild silence",
        "where all outlets are silent there is no story",
        "what an outlet says of a story that it covers, and how late, is not looked at",
        "in an archive that somebody selected it describes the selector too",
    )
    source = (
        "Larcinese, V., Puglisi, R. and Snyder, J. (2011). Partisan bias in economic news: Evidence on the "
        "agenda-setting behavior of U.S. newspapers. Journal of Public Economics 95(9-10), 1178–1189. "
        "doi 10.1016/j.jpubeco.2011.04.006"
    )
    example = "masthead silences study.toml --outlet ID"
    words = WORDS
    needs_whole_frame = True

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per eligible story of the subject; x is 1 where it was covered, y its probability."""
        return as_units(
            tables["expected"],
            voice,
            x=nw.col("covered").cast(nw.Float64),
            y=nw.col("expected"),
            category=nw.col("category"),
            cluster="story",
        )
