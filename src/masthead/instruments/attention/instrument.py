"""The instrument of attention: what all instruments read alike is enough for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import narwhals.stable.v2 as nw

from masthead.instruments.attention.claim_rules import TITLES
from masthead.instruments.attention.coding import AttentionCoding
from masthead.instruments.attention.measure import Attention
from masthead.measuring.instrument import Instrument, Kept
from masthead.measuring.measure import Tables

_FIRST_MENTIONS = """
    SELECT 'attention' AS measure, a.outlet, r.subject, NULL AS category, r.article_id,
           md5(CAST(a.source_row AS VARCHAR)) AS draw, r.field, r.start, r."end", r.sentence_start,
           r.sentence_end, NULL AS label, NULL AS label_kind, NULL AS label_start, NULL AS label_end,
           CASE WHEN a.marks THEN r.quoted END AS quoted,
           NULL AS p_unfavourable, NULL AS p_neutral, NULL AS p_favourable
    FROM readings r JOIN articles a USING (article_id)
    QUALIFY row_number() OVER (PARTITION BY r.article_id, r.subject ORDER BY r.field DESC, r.start) = 1
"""


class AttentionInstrument(Instrument[Kept, None]):
    """How much of what an outlet publishes mentions a subject."""

    name = "attention"
    measures = (Attention(),)
    evidence = {"attention": _FIRST_MENTIONS}
    coding = AttentionCoding()

    def units_aside(self, tables: Tables) -> Mapping[str, nw.LazyFrame[Any]]:
        """Return the units of the articles that are left out for want of a text, by what their titles say."""
        without_text = tables.articles.filter(nw.col("unseen")).with_columns(unseen=nw.lit(value=False))
        return {TITLES: Attention().units(replace(tables, articles=without_text), "all")}


INSTRUMENT = AttentionInstrument()
