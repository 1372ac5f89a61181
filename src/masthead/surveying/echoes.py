"""From the reuse that was read to echo: how much of each outlet stood elsewhere, whose words they are, and
examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.engines.duckdb import connect
from masthead.measures import Tables
from masthead.measures.echo import Echo
from masthead.reading.reuse import ReuseReading
from masthead.surveying.figures import estimated_alone

if TYPE_CHECKING:
    import duckdb

SNIPPET = 400
"""Code points of a passage that an example shows at most."""


@dataclass(frozen=True)
class Echoes:
    """Who runs whose words.

    `estimates`: measure (echo), outlet, subject (null: all articles), period_start (null: over all time), estimate,
        conf_low, conf_high, and the sums behind them
    `network`: outlet, source, articles (of the outlet that share a passage with an earlier one of the source's),
        near_duplicates, words (that agree; of each article those of its largest link to the source), lag
        (seconds, the median): only where the order is known
    `unordered`: outlet, other, articles, near_duplicates: pairs where nobody is known to be first
    `wire`: outlet, articles, wire, agency (the articles' commonest), mixed (articles credited to an agency and the
        outlet together), uncredited (articles that several outlets ran without a credit)
    `examples`: outlet, source, article_id, source_id, published, source_published, words, share, near_duplicate,
        passage, source_passage: the largest of each pair of outlets
    `said`: what keeps the archive from telling more, in sentences
    """

    estimates: pa.Table
    network: pa.Table
    unordered: pa.Table
    wire: pa.Table
    examples: pa.Table
    said: tuple[str, ...]


def echo_frame(con: duckdb.DuckDBPyConnection, reading: ReuseReading) -> nw.LazyFrame[Any]:
    """Return the table `echoed` of `Tables` (article_id, words, echoed) for the dated articles of the table
    `articles`, and make the tables `reuse` (ARTICLES_SCHEMA) and `links` (LINKS_SCHEMA with `to_outlet` and
    `from_outlet`, the outlets' names in `articles`) of these articles."""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE reuse AS
        SELECT r.*, a.outlet, a.published FROM {parquet([reading.articles])} r JOIN articles a
    USING (article_id)"""
    )
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE links AS
        SELECT l.*, a.outlet AS to_outlet, s.outlet AS from_outlet
        FROM {parquet([reading.links])} l JOIN articles a USING (article_id)
        JOIN articles s ON s.article_id = l.source_id
        WHERE a.outlet <> s.outlet"""
    )
    frame: nw.LazyFrame[Any] = nw.from_native(
        con.sql("SELECT article_id, words, echoed FROM reuse WHERE published IS NOT NULL")
    )
    return frame


def echoes(
    con: duckdb.DuckDBPyConnection, tables: Tables, archive: Archive, *, level: float, examples: int = 1
) -> Echoes:
    """Return who runs whose words in the articles of `con`; `tables` hold the frame that `echo_frame` gave.

    `examples` is how many are shown per pair of outlets.
    """
    order = [(name, "ascending") for name in ("outlet", "subject", "period_start")]
    estimates = estimated_alone(Echo(), tables, level).sort_by(order)
    shown = con.sql(_EXAMPLES.format(most=examples)).to_arrow_table()
    return Echoes(
        estimates,
        con.sql(_NETWORK).to_arrow_table(),
        con.sql(_UNORDERED).to_arrow_table(),
        con.sql(_WIRE).to_arrow_table(),
        _side_by_side(con, archive, shown),
        _said(con),
    )


def archive_tables(archive: Archive, reading: ReuseReading) -> tuple[duckdb.DuckDBPyConnection, Tables]:
    """Return a connection and tables for a whole archive, each value of its outlet column an outlet."""
    con = connect()
    con.execute("SET TimeZone = 'UTC'")
    paths = [part.path for part in archive.parts()]
    con.execute(
        f"""CREATE TEMP TABLE articles AS
        SELECT article_id, outlet, published, NULL::DATE AS period_start, true AS marks
        FROM {parquet(paths)}"""
        if paths
        else """CREATE TEMP TABLE articles (
        article_id VARCHAR, outlet VARCHAR, published TIMESTAMPTZ, period_start DATE)"""
    )

    def empty(columns: str) -> nw.LazyFrame[Any]:
        names = ", ".join(f"NULL::VARCHAR AS {name}" for name in columns.split())
        frame: nw.LazyFrame[Any] = nw.from_native(con.sql(f"SELECT {names} WHERE false"))
        return frame

    named = "article_id subject mention alias quoted"
    return con, Tables(
        articles=nw.from_native(con.sql("FROM articles")),
        subjects=empty("subject"),
        mentions=empty(named),
        namings=empty(f"{named} category"),
        portrayals=empty(f"{named} score weight"),
        categories=empty("subject category"),
        echoed=echo_frame(con, reading),
    )


_NETWORK = """
    WITH largest AS (
        SELECT to_outlet, from_outlet, article_id, max(words) AS words, bool_or(near_duplicate) AS near,
               arg_max(lag, words) AS lag
        FROM links WHERE order_known GROUP BY ALL)
    SELECT to_outlet AS outlet, from_outlet AS source, count(*) AS articles,
           count(*) FILTER (near) AS near_duplicates, sum(words)::BIGINT AS words,
           quantile_disc(lag, 0.5) AS lag
    FROM largest GROUP BY ALL ORDER BY words DESC, outlet, source
"""

_UNORDERED = """
    SELECT least(to_outlet, from_outlet) AS outlet, greatest(to_outlet, from_outlet) AS other,
           count(DISTINCT article_id) AS articles,
           count(DISTINCT article_id) FILTER (near_duplicate) AS near_duplicates
    FROM links WHERE NOT order_known GROUP BY ALL ORDER BY articles DESC, outlet, other
"""

_WIRE = """
    SELECT outlet, count(*) AS articles, count(*) FILTER (wire) AS wire,
           mode(agency ORDER BY agency) FILTER (wire) AS agency,
           count(*) FILTER (why = 'mixed credit') AS mixed,
           count(*) FILTER (why = 'several outlets, uncredited') AS uncredited
    FROM reuse GROUP BY outlet ORDER BY outlet
"""

_EXAMPLES = """
    WITH largest AS (
        SELECT to_outlet AS outlet, from_outlet AS source, article_id, source_id, words, share,
        near_duplicate, passages FROM links WHERE order_known
        QUALIFY row_number() OVER (
            PARTITION BY to_outlet, from_outlet ORDER BY words DESC, article_id, source_id) <= {most}),
    pieces AS (SELECT * EXCLUDE (passages), unnest(passages) AS passage FROM largest)
    FROM pieces
    QUALIFY row_number() OVER (
        PARTITION BY article_id, source_id ORDER BY passage."end" - passage.start DESC, passage.start) = 1
"""


def _side_by_side(con: duckdb.DuckDBPyConnection, archive: Archive, shown: pa.Table) -> pa.Table:
    """Put the texts of the passages beside the examples."""
    con.register("shown", shown)
    files = parquet(part.path for part in archive.published.parts())
    cut = 'substr({a}.text, s.passage.{p}start + 1, least({most}, s.passage."{p}end" - s.passage.{p}start))'
    if not shown.num_rows:
        return con.sql(
            """SELECT outlet, source, article_id, source_id, NULL::TIMESTAMPTZ AS published,
            NULL::TIMESTAMPTZ AS source_published, words, share, near_duplicate, '' AS passage,
            '' AS source_passage FROM shown"""
        ).to_arrow_table()
    return con.sql(
        f"""SELECT s.outlet, s.source, s.article_id, s.source_id, c.published, d.published AS source_published,
               s.words, s.share, s.near_duplicate, {cut.format(a="a", p="", most=SNIPPET)} AS passage,
               {cut.format(a="b", p="source_", most=SNIPPET)} AS source_passage
        FROM shown s JOIN {files} a USING (article_id)
        JOIN {files} b ON b.article_id = s.source_id
        JOIN articles c ON c.article_id = s.article_id JOIN articles d ON d.article_id = s.source_id
        ORDER BY s.outlet, s.source, s.words DESC, s.article_id, s.source_id"""
    ).to_arrow_table()


def _said(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What keeps the articles from telling more."""
    outlets, articles, undated = con.execute(
        "SELECT count(DISTINCT outlet), count(*), count(*) FILTER (published IS NULL) FROM reuse"
    ).fetchall()[0]
    unordered = con.execute("SELECT count(*) FROM links WHERE NOT order_known").fetchall()[0][0]
    said = []
    if outlets < 2:
        said.append(
            "all articles are of one outlet: nothing can have stood elsewhere before, so echo cannot speak"
        )
    elif undated == articles:
        said.append("no article has a date: nobody is known to be first, so echo cannot speak")
    elif undated:
        said.append(f"{undated:,} of {articles:,} articles are undated and take no part")
    if unordered:
        said.append(
            f"for {unordered:,} pairs of articles dates and clocks do not tell who was first: they count for nobody"
        )
    return tuple(said)
