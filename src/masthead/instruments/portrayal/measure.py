"""Portrayal: the light in which an outlet shows the subject; and what its two sides have in common."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.portrayal.claim_rules import CLAIM_RULES
from masthead.instruments.portrayal.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units, in_voice


class Portrayal(Measure):
    """The mean, over an outlet's mentions of the subject, of how favourably their sentences show it.

    A mention counts P(favourable) − P(unfavourable) of its sentence, as a model reads it that does not see
    the subject's name. Range −1 (every mention surely unfavourable) to 1 (surely favourable); 0 is neutral,
    or both in equal parts. The unit is the article, with all its mentions that were read. Articles read as a
    sample weigh as many as they stand for.

    The interval covers the mean of the model's readings, not what human coders would say.
    """

    name = "portrayal"
    claims = CLAIM_RULES["portrayal"]
    question = "In what light does this outlet show the subject?"
    unit = "article"
    numerator = "favourable less unfavourable, as the model's probabilities, added up over mentions"
    denominator = "mentions of the subject in the article that the model read"
    range = claims.range
    sides = ("unfavourable", "favourable")
    blind_spots = (
        "a model reads each sentence alone: irony, and what the sentences around it say, are lost on it",
        "of single sentences it misreads about one in five, so a mean of few of them is a guess",
        "where it errs one way in every outlet, means are shifted while their order holds",
        "pronouns and descriptions that no alias covers are not read",
        "a fact that is bad news for the subject counts as unfavourable, however soberly it is told",
    )
    source = (
        "Hamborg, F. and Donnay, K. (2021). NewsMTSC: A dataset for (multi-)target-dependent sentiment "
        "classification in political news articles. EACL 2021. doi 10.18653/v1/2021.eacl-main.142"
    )
    example = "masthead evidence study.toml --measure portrayal --outlet ID --subject ID"
    words = WORDS
    reads_sentences = True
    absence = "mentions the subject in a sentence that was read"
    voices = claims.voices

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One row per mention that was read; those of one article are added up into its unit."""
        return mentions_read(tables, voice, "score")


class OneSide(Measure):
    """One side of portrayal alone: a share of its mentions, made of the same sentences."""

    unit = Portrayal.unit
    denominator = Portrayal.denominator
    blind_spots = (
        "a sentence that praises and blames counts in part for each, as the model guesses",
        *Portrayal.blind_spots,
    )
    source = Portrayal.source
    absence = Portrayal.absence
    example = "masthead alignment study.toml"
    reads_sentences = True
    voices = ("all", "own")
    comes_with = "portrayal"
    is_part = True


def mentions_read(tables: Tables, voice: str, column: str) -> nw.LazyFrame[Any]:
    """Return a row per mention that the model read, as units whose numerator is `column`."""
    read = in_voice(tables["portrayals"].filter(~nw.col("score").is_null()), voice)
    units = read.join(tables.articles, on="article_id", how="inner")
    if voice != "all":
        units = units.filter(nw.col("marks"))
    return as_units(units, voice, x=nw.col(column), y=nw.lit(1.0), w=nw.col("weight"))
