"""Kinship: whose words an outlet uses."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.kinship.claim_rules import CLAIM_RULES
from masthead.instruments.kinship.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units, in_voice


class Kinship(Measure):
    """The share of the parties' distinctive phrases in an outlet that are this party's.

    A party is an actor of the study whose own words (what other outlets quote it as saying, what its own outlets write)
    hold phrases that tell it from the others; there have to be two at least. Names, places, numbers and aliases are no
    part of a phrase. Range 0 to 1; the unit is the article, and the shares of all parties in it add up to 1. There is
    no natural middle: one party's wording may simply be more common, so a share says something beside other outlets,
    other times or within the same stories.
    """

    name = "kinship"
    claims = CLAIM_RULES["kinship"]
    question = "Whose distinctive wording does this outlet use?"
    unit = "article"
    numerator = "uses of this party's distinctive phrases"
    denominator = "uses of any party's distinctive phrases"
    blind_spots = (
        "a party's subject matter is in its phrases: only the comparison within stories takes it off",
        "no share is neutral: compare outlets, times and stories, not parties",
        "common words weigh most, for they are used most: a share says little until the list of phrases is read",
        "a party's own outlet teaches the manner of its trade too (`a source added`)",
        "words that the reader of quotations missed pass for the outlet's own",
        "a party that hardly anyone quotes has no phrases, nor has what only the outlet itself quotes",
        "aliases and names are left out: what somebody is called is naming, not kinship",
        "phrases are matched as they stand: `struck a deal` and `striking deals` are two",
    )
    source = (
        "Gentzkow, M. and Shapiro, J. M. (2010). What drives media slant? Evidence from U.S. daily newspapers. "
        "Econometrica 78(1), 35-71. doi 10.3982/ECTA7195; phrases by Monroe, B. L., Colaresi, M. P. and Quinn, K. M. "
        "(2008). Fightin' words. Political Analysis 16(4), 372-403. doi 10.1093/pan/mpn018"
    )
    example = "masthead kinship study.toml"
    words = WORDS
    voices = claims.voices
    reads_labels = True
    note_with_wire = "wire copy is counted in, and its words are the agency's"

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per party and article with a phrase of any party; x is 0 where this party's are not in it."""
        phrase_uses = in_voice(tables["wording"], voice)
        counts = phrase_uses.group_by("article_id", "subject").agg(nw.col("uses").sum().alias("x"))
        totals = counts.group_by("article_id").agg(nw.col("x").sum().alias("y")).filter(nw.col("y") > 0)
        units = counts.join(totals, on="article_id", how="inner").join(
            tables.articles, on="article_id", how="inner"
        )
        return as_units(units, voice, x=nw.col("x"), y=nw.col("y"))
