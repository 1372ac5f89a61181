"""Stance: by which verbs an outlet reports what the subject says."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.voice.claim_rules import CLAIM_RULES
from masthead.instruments.voice.words import STANCE
from masthead.measuring.measure import Measure, Tables, as_units


class Stance(Measure):
    """The share of an outlet's attributions to the subject whose verb takes this stance: said, claimed, admitted.

    A category is a stance; `masthead.reading.attribution.cues` lists them with their verbs. An attribution has
    one. Range 0 to 1; the unit is the article, with all its attributions to the subject.
    """

    name = "stance"
    claims = CLAIM_RULES["stance"]
    question = "By which verbs does this outlet report what the subject says?"
    unit = "article"
    numerator = "attributions to the subject in the article whose cue takes this stance"
    denominator = "attributions to the subject in the article"
    blind_spots = (
        "a verb is classed by itself: `claim` a life or a seat is no claim, and is mostly seen as none",
        "stance says how words are presented, not whether the outlet is right to present them so",
        "an adverb that says more than the verb (`falsely said`) is not seen",
    )
    source = (
        "Caldas-Coulthard, C. R. (1994). On reporting reporting: the representation of speech in factual and "
        "factional narratives. In: Coulthard, M. (ed.), Advances in Written Text Analysis. Routledge."
    )
    example = "masthead voices study.toml --outlet ID --json"
    words = STANCE
    reads_labels = True
    comes_with = claims.comes_with

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per article with an attribution to the subject and stance; x counts those of the stance."""
        attributions = tables["attributed"].with_columns(nw.col("speaker").alias("subject"))
        attributions = attributions.join(tables.subjects, on="subject", how="inner")
        totals = attributions.group_by("article_id", "subject").agg(nw.len().alias("y"))
        counts = attributions.group_by("article_id", "subject", "stance").agg(nw.len().alias("x"))
        stances = attributions.select("subject", "stance").unique()
        cells = totals.join(stances, on="subject", how="inner").join(
            counts, on=["article_id", "subject", "stance"], how="left"
        )
        units = cells.join(tables.articles, on="article_id", how="inner")
        return as_units(units, voice, x=nw.col("x"), y=nw.col("y"), category=nw.col("stance"))
