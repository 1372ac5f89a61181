"""Voice: whom an outlet lets speak."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.voice.claim_rules import CLAIM_RULES
from masthead.instruments.voice.words import VOICE
from masthead.measuring.measure import OTHER, Measure, Tables, as_units

UNKNOWN = "unknown"
"""The speaker of words that the text gives to nobody in particular."""


class Voice(Measure):
    """The share of the words that an outlet attributes to anyone which it attributes to this speaker.

    Words count where they are told as said or written, or stand in quotation marks; what somebody only thinks,
    feels or wants, in the outlet's words, does not. Range 0 to 1; the unit is the article, with all its
    attributions. A subject has a row of its own; anybody else who is named or described is `other`, and
    nobody in particular is `unknown`, both as categories without a subject.
    """

    name = "voice"
    claims = CLAIM_RULES["voice"]
    question = "How much of what this outlet quotes and cites is the subject's?"
    unit = "article"
    numerator = "words that the article attributes to this speaker"
    denominator = "words that the article attributes to anyone"
    blind_spots = (
        "one attribution in five that is found is none, and three in ten are missed, mostly indirect ones",
        "a pronoun's bearer is guessed from the sentences before it, a description's only where the article names him",
        "`X's aides` are not X, and a group's spokesman is the group only where an alias says so",
        "words, not time or place: a quotation at the top of a page counts as one at its end",
    )
    source = (
        "Asr, F. T. et al. (2021). The Gender Gap Tracker: Using Natural Language Processing to measure gender "
        "bias in media. PLOS ONE 16(1), e0245533. doi 10.1371/journal.pone.0245533"
    )
    example = "masthead voices study.toml --outlet ID"
    words = VOICE
    reads_labels = True

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per article with an attribution and speaker; x is 0 where he says nothing in it."""
        attributions = tables["attributed"]
        totals = attributions.group_by("article_id").agg(nw.col("words").sum().alias("y"))
        counts = attributions.group_by("article_id", "speaker").agg(nw.col("words").sum().alias("x"))
        speakers = nw.concat(
            [
                tables.subjects.select(nw.col("subject").alias("speaker")).unique(),
                tables.subjects.select(nw.lit(OTHER).alias("speaker")).unique(),
                tables.subjects.select(nw.lit(UNKNOWN).alias("speaker")).unique(),
            ]
        )
        cells = totals.join(speakers, how="cross").join(counts, on=["article_id", "speaker"], how="left")
        units = cells.join(tables.articles, on="article_id", how="inner")
        nobody = nw.col("speaker").is_in([OTHER, UNKNOWN])
        none = nw.lit(None, nw.String)
        return as_units(
            units,
            voice,
            x=nw.col("x"),
            y=nw.col("y"),
            subject=nw.when(~nobody).then(nw.col("speaker")).otherwise(none),
            category=nw.when(nobody).then(nw.col("speaker")).otherwise(none),
        )
