"""Attention: how much of what an outlet publishes mentions the subject."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.attention.claim_rules import CLAIM_RULES
from masthead.instruments.attention.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units


class Attention(Measure):
    """The share of an outlet's articles that mention the subject at least once, in title or text.

    Range 0 to 1; the unit is the article. Where most of an outlet's articles have a text, those without are left out:
    what a title does not say its text may. Of an outlet that has no texts, or few, it is the attention of titles.
    """

    name = "attention"
    claims = CLAIM_RULES["attention"]
    question = "How much of what this outlet publishes mentions the subject?"
    unit = "article"
    numerator = "1 if the article mentions the subject, in its title or its text"
    denominator = "1"
    blind_spots = (
        "of an article without text the title alone is known: it is left out where most of the outlet's have one",
        "a mention is a mention: a passing one counts as much as a profile",
        "pronouns and descriptions that no alias covers are not seen",
        "in an archive that somebody selected it describes the selector too",
    )
    source = (
        "McCombs, M. and Shaw, D. (1972). The agenda-setting function of mass media. "
        "Public Opinion Quarterly 36(2), 176–187. doi 10.1086/267990"
    )
    example = "masthead survey study.toml && masthead evidence study.toml --measure attention --outlet ID"
    words = WORDS
    needs_whole_frame = True
    by_the_word = True
    leaves_out_textless = True

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per article and subject; x is 1 where the subject is mentioned."""
        mention_pairs = tables.mentions.select("article_id", "subject").unique()
        units = (
            tables.articles.filter(~nw.col("unseen"))
            .join(tables.subjects, how="cross")
            .join(
                mention_pairs.with_columns(nw.lit(1).alias("found")), on=["article_id", "subject"], how="left"
            )
        )
        return as_units(units, voice, x=nw.col("found"), y=nw.lit(1.0))
