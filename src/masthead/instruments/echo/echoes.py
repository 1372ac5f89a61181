"""From the reuse that was read to echo: how much of each outlet stood elsewhere, whose words they are, and
examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.duck import parquet
from masthead.engines.duckdb import connect
from masthead.links.reuse import ReuseReading
from masthead.measuring.figures import estimates_alone
from masthead.measuring.measure import Tables
from masthead.measuring.tables import StudyTables

if TYPE_CHECKING:
    import duckdb

SNIPPET = 400
"""Code points of a passage that an example shows at most."""


@dataclass(frozen=True)
class Links:
    """Who runs whose words, as the links between articles tell it.

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

    network: pa.Table
    unordered: pa.Table
    wire: pa.Table
    examples: pa.Table
    said: tuple[str, ...]


@dataclass(frozen=True)
class Echoes(Links):
    """Who runs whose words, and how much of each outlet stood elsewhere.

    `estimates`: measure (echo), outlet, subject (null: all articles), period_start (null: over all time), estimate,
        conf_low, conf_high, and the sums behind them
    """

    estimates: pa.Table


def put_reuse(con: duckdb.DuckDBPyConnection, reading: ReuseReading) -> None:
    """Make the tables `reuse` (ARTICLES_SCHEMA) and `links` (LINKS_SCHEMA with `to_outlet` and `from_outlet`, the
    outlets' names in `articles`) of the articles of the table `articles`."""
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


def echoes(survey: StudyTables, archive: Archive, *, level: float, examples: int = 1) -> Echoes:
    """Return who runs whose words in tables that `put_reuse` has added to.

    `examples` is how many are shown per pair of outlets.
    """
    links = links_between(survey.connection, archive, examples=examples)
    order = [(name, "ascending") for name in ("outlet", "subject", "period_start")]
    return Echoes(**vars(links), estimates=estimates_alone(survey, level, measures=("echo",)).sort_by(order))


def links_between(con: duckdb.DuckDBPyConnection, archive: Archive, *, examples: int = 1) -> Links:
    """Return what the links between articles tell of their outlets."""
    example_rows = con.sql(_EXAMPLES.format(most=examples)).to_arrow_table()
    return Links(
        con.sql(_NETWORK).to_arrow_table(),
        con.sql(_UNORDERED).to_arrow_table(),
        con.sql(_WIRE).to_arrow_table(),
        _side_by_side(con, archive, example_rows),
        _caveats(con),
    )


def archive_tables(archive: Archive, reading: ReuseReading) -> StudyTables:
    """Return the tables of a whole archive without a study: each value of its outlet column is an outlet."""
    from masthead.instruments.echo.instrument import INSTRUMENT

    con = connect()
    con.execute("SET TimeZone = 'UTC'")
    paths = [part.path for part in archive.parts()]
    con.execute(
        f"""CREATE TEMP TABLE articles AS
        SELECT article_id, outlet, published, NULL::DATE AS period_start, true AS marks, false AS wire
        FROM {parquet(paths)}"""
        if paths
        else """CREATE TEMP TABLE articles (
        article_id VARCHAR, outlet VARCHAR, published TIMESTAMPTZ, period_start DATE, marks BOOLEAN, wire BOOLEAN)"""
    )
    put_reuse(con, reading)
    con.execute("CREATE TEMP TABLE subjects (subject VARCHAR)")
    con.execute("CREATE TEMP TABLE mentions (article_id VARCHAR, subject VARCHAR)")
    frames = {name: con.sql(query) for name, query in INSTRUMENT.frames.items()}
    tables = Tables(
        articles=nw.from_native(con.sql("FROM articles")),
        subjects=nw.from_native(con.sql("FROM subjects")),
        mentions=nw.from_native(con.sql("FROM mentions")),
        more={name: nw.from_native(frame) for name, frame in frames.items()},
    )
    name = INSTRUMENT.name
    return StudyTables(con, tables, outlets=[], left_out={}, instrument_names=(name,), known={name: None})


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


def _side_by_side(con: duckdb.DuckDBPyConnection, archive: Archive, example_rows: pa.Table) -> pa.Table:
    """Put the texts of the passages beside the examples."""
    con.register("shown", example_rows)
    files = parquet(part.path for part in archive.published.parts())
    cut = 'substr({a}.text, s.passage.{p}start + 1, least({most}, s.passage."{p}end" - s.passage.{p}start))'
    if not example_rows.num_rows:
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


def _caveats(con: duckdb.DuckDBPyConnection) -> tuple[str, ...]:
    """What keeps the articles from telling more."""
    outlets, articles, without_date = con.execute(
        "SELECT count(DISTINCT outlet), count(*), count(*) FILTER (published IS NULL) FROM reuse"
    ).fetchall()[0]
    without_order = con.execute("SELECT count(*) FROM links WHERE NOT order_known").fetchall()[0][0]
    caveats = []
    if outlets < 2:
        caveats.append(
            "all articles are of one outlet: nothing can have stood elsewhere before, so echo cannot speak"
        )
    elif without_date == articles:
        caveats.append("no article has a date: nobody is known to be first, so echo cannot speak")
    elif without_date:
        caveats.append(f"{without_date:,} of {articles:,} articles are undated and take no part")
    if without_order:
        caveats.append(
            f"for {without_order:,} pairs of articles dates and clocks do not tell who was first: they count for nobody"
        )
    return tuple(caveats)
