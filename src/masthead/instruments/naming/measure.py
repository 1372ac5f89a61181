"""Naming: what an outlet calls the subject."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.naming.claim_rules import CLAIM_RULES
from masthead.instruments.naming.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units, in_voice


class Naming(Measure):
    """The share of an outlet's namings of the subject that use a label of this category.

    A naming is a mention plus the words that label it; a mention that nothing labels is not a naming. One
    naming may use labels of several categories, so shares need not add up to one. Where a subject's categories
    are of its own names (`Kiev`, `Kyiv`), every mention by a name is a naming, and the name is its label. Range
    0 to 1; the unit is the article, with all its namings.
    """

    name = "naming"
    claims = CLAIM_RULES["naming"]
    question = "What does this outlet call the subject?"
    unit = "article"
    numerator = (
        "namings of the subject in the article that use a label of this category; where categories are of its names, "
        "mentions by one of these names"
    )
    denominator = (
        "namings of the subject in the article; where categories are of its names, mentions by any name"
    )
    blind_spots = (
        "a label in another clause or another sentence is not seen, nor one given to a pronoun",
        "a label is counted, not weighed: irony and scare quotes without quotation marks read as meant",
        "a generic alias (`militants`) is taken for the subject unless its sentence says whom it means",
    )
    source = (
        "Fowler, R. (1991). Language in the News. Routledge. Labels as the words of a person's or group's "
        "noun phrase: van Leeuwen, T. (2008). Discourse and Practice, ch. 2. Oxford University Press. "
        "doi 10.1093/acprof:oso/9780195323306.001.0001"
    )
    example = "masthead evidence study.toml --measure naming --outlet ID --subject ID --category ID"
    words = WORDS
    reads_labels = True
    names_suffice = True
    compares_categories = True
    absence = "names the subject with a label"
    voices = claims.voices

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per article that names the subject and category; x counts its namings in the category."""
        namings = in_voice(tables["namings"], voice)
        mentions = namings.select("article_id", "subject", "mention").unique()
        totals = mentions.group_by("article_id", "subject").agg(nw.len().alias("y"))
        counts = namings.group_by("article_id", "subject", "category").agg(nw.len().alias("x"))
        cells = totals.join(tables["categories"], on="subject", how="inner").join(
            counts, on=["article_id", "subject", "category"], how="left"
        )
        units = cells.join(tables.articles, on="article_id", how="inner")
        if voice != "all":
            units = units.filter(nw.col("marks"))
        return as_units(units, voice, x=nw.col("x"), y=nw.col("y"), category=nw.col("category"))
