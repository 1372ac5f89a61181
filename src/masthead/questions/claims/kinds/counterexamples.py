"""The articles that speak against claims of `never` and `always`, with the sentences in which they do."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.days import own_instant
from masthead.archive.duck import parquet
from masthead.engines.duckdb import connect
from masthead.findings.findings import Findings
from masthead.findings.schemas import COUNTEREXAMPLES
from masthead.measuring import instrument_of
from masthead.measuring.passages import SNIPPET
from masthead.measuring.units import passages_path
from masthead.questions.claims.kinds.never_always import articles_against
from masthead.questions.claims.question import Press, Question, ask
from masthead.study import Study
from masthead.study.claim import Claim

KEPT = 20
"""So many articles a claim a dossier keeps; `masthead evidence --claim` gives all of them."""


def counterexamples(
    study: Study, findings: Findings, units: Path, archive: Archive, most: int | None = KEPT
) -> pa.Table:
    """Return the articles that speak against the study's claims of `never` and `always` (COUNTEREXAMPLES).

    The earliest come first, at most so many a claim (None: all). They are read from the archive by what the survey
    left: where the passages stand.
    """
    press = Press.of(study, findings.about["outlets"])
    resolved_claims = (ask(claim, press) for claim in study.claims if claim.counts)
    questions = [question for question in resolved_claims if isinstance(question, Question)]
    against = articles_against([q for q in questions if not q.claim.rules.habits], press, units, most)
    for question in questions:
        claim, outlets = question.claim, question.side.outlets
        if claim.rules.habits:
            instrument = instrument_of(claim.measure)
            against[claim.id] = instrument.articles_against(claim, question.wire, outlets, units, most)
    rows = [
        {"number": number, "claim": claim.id, "place": place, "article_id": article, **_passage(claim)}
        for number, claim in enumerate(study.claims)
        for place, article in enumerate(against.get(claim.id, ()))
    ]
    if not rows:
        return COUNTEREXAMPLES.empty_table()
    con = connect()
    try:
        zones = {outlet["id"]: outlet.get("zone") for outlet in findings.about["outlets"]}
        return _with_sentences(con, pa.Table.from_pylist(rows, _ASKED), units, archive, zones)
    finally:
        con.close()


_ASKED = pa.schema(
    {
        "number": pa.int64(), "claim": pa.string(), "place": pa.int64(), "article_id": pa.string(),
        "measure": pa.string(), "subject": pa.string(), "category": pa.string(), "is_not": pa.string(),
        "became": pa.string(), "quoted": pa.bool_(), "any_subject": pa.bool_(),
    }
)  # fmt: skip


def _passage(claim: Claim) -> dict[str, str | bool | None]:
    """Which passages of an article speak against a claim: of the category or of any but that, in which voice."""
    passage: dict[str, str | bool | None] = {"measure": claim.measure, "subject": claim.subject}
    # A claim of no subject and no category is of all that an outlet writes.
    passage["any_subject"] = claim.subject is None and claim.category is None
    passage["quoted"] = {"own": False, "quoted": True}.get(claim.asked_voice)
    if claim.rules.outcomes is not None:
        passage["became"] = claim.rules.outcomes[claim.expect == "always"]
    elif claim.expect == "never":
        passage["category"] = claim.category
    elif claim.rules.every_use:
        passage["is_not"] = claim.category
    else:
        # Nothing in the article does it: there is no passage.
        passage["measure"] = None
    return passage


def _with_sentences(
    con: duckdb.DuckDBPyConnection,
    questions: pa.Table,
    units: Path,
    archive: Archive,
    zones: Mapping[str, str | None],
) -> pa.Table:
    con.register("asked", questions)
    zone_table = {"outlet": pa.array(zones, pa.string()), "zone": pa.array(zones.values(), pa.string())}
    con.register("zones", pa.table(zone_table))
    texts = parquet(part.path for part in archive.published.parts())
    table = con.sql(
        f"""WITH shown AS (
            SELECT q.number, q.claim, q.place, q.article_id,
                   p.* EXCLUDE (measure, outlet, subject, category, article_id, quoted)
            FROM asked q LEFT JOIN {parquet([passages_path(units)])} p
              ON p.article_id = q.article_id AND p.measure = q.measure
                 AND (q.any_subject OR p.subject IS NOT DISTINCT FROM q.subject)
                 AND (q.is_not IS NOT NULL OR p.category IS NOT DISTINCT FROM q.category)
                 AND (q.is_not IS NULL OR p.category <> q.is_not)
                 AND (q.became IS NULL OR p.label_kind = q.became) AND (q.quoted IS NULL OR p.quoted = q.quoted)
            QUALIFY row_number() OVER (
                PARTITION BY q.number, q.article_id ORDER BY p.field DESC NULLS LAST, p.start, p.label_start) = 1),
        body AS (
            SELECT s.*, {own_instant("z.zone", "t.")} AS published, t.title, t.url, w.copied, w.outlet,
                   CASE s.field WHEN 'title' THEN t.title ELSE t.text END AS body
            FROM shown s JOIN {texts} t USING (article_id)
            JOIN (SELECT cluster AS article_id, any_value(copied) AS copied, any_value(outlet) AS outlet
                  FROM {parquet([units])} WHERE cluster IN (SELECT article_id FROM asked) GROUP BY cluster) w
              USING (article_id)
            LEFT JOIN zones z ON z.outlet = w.outlet),
        cut AS (
            SELECT *, greatest(sentence_start, least(start, coalesce(label_start, start)) - {SNIPPET} // 2)
                   AS snippet_start FROM body)
        SELECT claim, outlet, article_id, published, title, url, field, start, "end", label, label_start, label_end,
               copied AS wire, snippet_start,
               CASE WHEN field IS NOT NULL THEN
                   substring(body, snippet_start + 1, least(sentence_end - snippet_start, {SNIPPET})) END AS snippet
        FROM cut ORDER BY number, place"""
    ).to_arrow_table()
    return table.select(COUNTEREXAMPLES.names).cast(COUNTEREXAMPLES)
