"""Echo: how much of what an outlet prints stood elsewhere before."""

from __future__ import annotations

from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.echo.claim_rules import CLAIM_RULES
from masthead.instruments.echo.words import WORDS
from masthead.measuring.measure import Measure, Tables, as_units


class Echo(Measure):
    """The share of an outlet's words that stood in an earlier article of another outlet.

    Range 0 to 1; the unit is the article. A word counts where it belongs to a passage that both articles
    have and that is neither a quotation nor a stock phrase, and where the other article is known to be
    earlier; an outlet's own repeats are no echo. Undated articles take no part. Once over all articles (no
    subject) and, for each subject, over those that mention it. Against another archive the figure differs:
    it knows only the outlets that are in it.
    """

    name = "echo"
    claims = CLAIM_RULES["echo"]
    question = "How much of what this outlet prints stood elsewhere before?"
    unit = "article"
    numerator = "words of the article that stood in an earlier article of another outlet"
    denominator = "words of the article"
    blind_spots = (
        "it knows the outlets of the archive: what was taken from elsewhere passes for the outlet's own",
        "two outlets that print one agency's text echo each other where the agency's own article is not there",
        "where dates or clocks do not tell who was first, nothing counts for either",
        "words that were changed, translated or retold do not count, nor do passages under sixteen words",
        "a transcript or a letter without quotation marks that two outlets print is taken for reuse",
    )
    source = (
        "Smith, D. A., Cordell, R. and Dillon, E. M. (2013). Infectious texts: modeling text reuse in "
        "nineteenth-century newspapers. IEEE Big Data. doi 10.1109/BigData.2013.6691675"
    )
    example = "masthead echoes study.toml"
    words = WORDS

    def units(self, tables: Tables, voice: str) -> nw.LazyFrame[Any]:
        """One unit per dated article, once without a subject and once per subject that it mentions."""
        read = tables["echoed"].join(
            tables.articles.select("article_id", "outlet", "period_start"), on="article_id", how="inner"
        )
        about = tables.mentions.select("article_id", "subject").unique()
        columns = ["article_id", "outlet", "subject", "period_start", "echoed", "words"]
        units = nw.concat(
            [
                read.with_columns(nw.lit(None, nw.String).alias("subject")).select(columns),
                read.join(about, on="article_id", how="inner").select(columns),
            ]
        )
        return as_units(units, voice, x=nw.col("echoed"), y=nw.col("words"))
