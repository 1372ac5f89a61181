"""Forecast: whether what an outlet says will happen comes true."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.forecast.claim_rules import CLAIM_RULES
from masthead.instruments.forecast.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units, in_voice


class Forecast(Measure):
    """The share of an outlet's forecasts about the subject that came true, of those whose outcome is known.

    A forecast is a clause that says what will happen to the subject, its grammatical subject: not a question, a
    wish or a mere possibility, and neither a plan nor a calendar nor what hangs on a condition. Whether it came true
    a person enters; those that are open or that nobody can tell take no part. Range 0 to 1; the unit is the article,
    with all its forecasts. Once over all subjects (no subject) and for each of them. The outlet's own record is that
    of its own voice; those whom it quotes have theirs.
    """

    name = "forecast"
    claims = CLAIM_RULES["forecast"]
    question = "Do the things come true that this outlet says will happen?"
    unit = "article"
    numerator = "forecasts in the article that came true"
    denominator = "forecasts in the article whose outcome a person has entered as true or false"
    blind_spots = (
        "whether a forecast came true is a person's judgement, and whose were entered is that person's choice",
        "safe forecasts come true more often than bold ones: a record says nothing of what was dared",
        "only sentences that name the subject and say what it will do or what will become of it are seen: none in "
        "which a pronoun stands for it, or in which somebody else will do something to it",
        "what may, might, could, should or must happen is no forecast, however it is meant",
        "a plan that is told like a forecast counts as one, and the other way round",
    )
    source = (
        "Tetlock, P. E. (2005). Expert Political Judgment. Princeton University Press. Words of likelihood: Office of "
        "the Director of National Intelligence (2015). Intelligence Community Directive 203, Analytic Standards"
    )
    example = "masthead forecasts study.toml"
    words = WORDS
    reads_labels = True
    voices = claims.voices

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One row per forecast of known outcome, once without a subject and once for its subject."""
        forecasts = in_voice(tables["foretold"], voice).join(
            tables.articles.select("article_id", "outlet", "period_start"), on="article_id", how="inner"
        )
        columns = ["article_id", "outlet", "subject", "period_start", "came_true"]
        units = nw.concat(
            [
                forecasts.with_columns(nw.lit(None, nw.String).alias("subject")).select(columns),
                forecasts.select(columns),
            ]
        )
        return as_units(units, voice, x=nw.col("came_true").cast(nw.Float64), y=nw.lit(1.0))
