"""Who runs whose words, as a dossier's table: a row per pair of outlets, with the longest passage side by side."""

from __future__ import annotations

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.findings.schemas import ECHOES
from masthead.instruments.echo.echoes import Links
from masthead.measuring.tables import StudyTables


def echo_list(survey: StudyTables, archive: Archive, links: Links) -> pa.Table:
    """Return the pairs of outlets (ECHOES), most words first. `survey` holds the tables that `put_reuse` made."""
    con = survey.connection
    for name in ("network", "unordered", "examples"):
        con.register(f"echo_{name}", getattr(links, name))
    files = parquet(part.path for part in archive.published.parts())
    table = con.sql(_PAIRS.format(files=files)).to_arrow_table()
    for name in ("network", "unordered", "examples"):
        con.unregister(f"echo_{name}")
    return table.select(ECHOES.names).cast(ECHOES)


_PAIRS = """
    WITH copies AS (
        SELECT l.to_outlet AS outlet, l.from_outlet AS source, count(DISTINCT l.article_id) AS n_wire
        FROM links l JOIN reuse r USING (article_id) WHERE l.order_known AND r.wire GROUP BY ALL),
    unknown AS (
        SELECT outlet, other AS source, articles FROM echo_unordered
        UNION ALL SELECT other, outlet, articles FROM echo_unordered),
    example AS (
        FROM echo_examples QUALIFY row_number() OVER (
            PARTITION BY outlet, source ORDER BY words DESC, article_id, source_id) = 1),
    told AS (
        SELECT article_id, title, url FROM {files}
        WHERE article_id IN (SELECT article_id FROM example UNION SELECT source_id FROM example))
    SELECT n.outlet, n.source, n.articles AS n_articles, n.words, n.near_duplicates AS n_near_duplicates,
           coalesce(c.n_wire, 0) AS n_wire, n.lag AS median_lag, coalesce(u.articles, 0) AS n_order_unknown,
           e.article_id, e.published, a.title, a.url, e.passage AS snippet, e.source_id AS source_article_id,
           e.source_published, b.title AS source_title, b.url AS source_url, e.source_passage AS source_snippet
    FROM echo_network n LEFT JOIN copies c USING (outlet, source) LEFT JOIN unknown u USING (outlet, source)
    LEFT JOIN example e USING (outlet, source) LEFT JOIN told a ON a.article_id = e.article_id
    LEFT JOIN told b ON b.article_id = e.source_id
    ORDER BY n.words DESC, n.outlet, n.source
"""
