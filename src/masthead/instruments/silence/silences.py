"""From stories and mentions to silences: what each outlet left out, who ran it, and what it ran instead."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from masthead.archive.days import own_day
from masthead.archive.overview.gaps import find_gaps
from masthead.engines.duckdb import connect
from masthead.inference.silence.cells import GAPS, RUNS, STORIES, Cells, make_cells
from masthead.inference.silence.silences import BAR, Silences, find_silences
from masthead.instruments.silence.other_ways import Ran
from masthead.measuring.tables import StudyTables

FRONT = 300
"""A story is about the subjects that half of its articles name in the title or in so many code points."""

BAD = -0.2
"""A story shows a subject in a bad light where its mentions are portrayed at this mean or below."""

BAD_LIGHT_BY = ("portrayal",)
"""The instruments by which it is known which stories do; they need not be asked."""

INSTEAD_DAYS, INSTEAD = 1, 5
"""What an outlet published so many days around a story it passed over, and how many articles at most."""

DATELINE = r"^\s*(\p{Lu}[\p{Lu}.' -]{2,40}?)\s*(?:,|\(|[-–—]\s)"
"""The town at the head of a report: capitals before a comma, a bracket or a dash."""

SHOWN = pa.schema(
    {
        "story": pa.string(), "outlet": pa.string(), "ran_by": pa.string(), "article_id": pa.string(),
        "published": pa.timestamp("us", tz="UTC"), "title": pa.string(), "url": pa.string(),
    }
)  # fmt: skip
"""Beside each story that `outlet` passed over: an article of each outlet that ran it, and, where `ran_by` is the
outlet itself, what it published in those days instead."""

Report = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StudySilences:
    """The silences of a study, the articles beside them (`SHOWN`), and how many articles are in no story.

    `ran` is what they were counted from, to count them in other ways.
    """

    figures: Silences
    beside: pa.Table
    articles: int
    n_undated: int
    ran: Ran


def silences(survey: StudyTables, *, level: float, bar: float = BAR, ways: bool = False) -> StudySilences:
    """Find what the outlets of a study passed over, from tables that hold the archive's stories.

    Stories are those of the study's articles; its subjects, where mentions were read for portrayal, can be shown
    in a bad light by them. With `ways`, pairs are counted in other ways too.
    """
    con = survey.connection
    runs, stories = _cross(con, _STORIES, _ARTICLES, _MENTIONS)
    gaps = _gaps(con)
    figures = find_silences(make_cells(runs, stories, gaps), level=level, bar=bar, ways=ways)
    ((articles, n_undated),) = survey.rows(
        "SELECT count(*), count(*) FILTER (s.story IS NULL) FROM articles LEFT JOIN in_stories s USING (article_id)"
    )
    runs_with_wire = con.sql(
        "SELECT r.story, r.outlet, r.day, a.wire AS copied FROM ran r JOIN articles a USING (article_id) ORDER BY ALL"
    ).to_arrow_table()
    return StudySilences(
        figures, _articles_beside(con, figures), articles, n_undated, Ran(runs_with_wire, stories, gaps)
    )


def silence_cells(stories: pa.Table, articles: pa.Table, mentions: pa.Table, gaps: pa.Table) -> Cells:
    """Cross stories with outlets, from tables.

    stories: article_id, story (null for articles in none). articles: article_id, outlet, day, section, place.
    mentions: article_id, subject, field (title or text), start, score (favourable less unfavourable; null where
    it was not read). gaps: `silence.cells.GAPS`. A story's section and place are those of most of its articles.
    """
    con = connect()
    try:
        for name, table in (("in_stories", stories), ("told", articles), ("named", mentions)):
            con.register(name, table)
        runs_and_stories = _cross(con, "FROM in_stories WHERE story IS NOT NULL", "FROM told", "FROM named")
        return make_cells(*runs_and_stories, gaps)
    finally:
        con.close()


_STORIES = "FROM in_stories"
_ARTICLES = f"""
    SELECT article_id, a.outlet, a.day, nullif(trim(r.section), '') AS section,
           nullif(regexp_extract(r.text, '{DATELINE.replace("'", "''")}', 1), '') AS place
    FROM articles a JOIN archive_articles r USING (article_id)"""
_MENTIONS = """
    SELECT r.article_id, r.subject, r.field, r.start, p.p_favourable - p.p_unfavourable AS score
    FROM (SELECT DISTINCT article_id, subject, mention, field, start FROM readings) r
    LEFT JOIN portrayed p USING (article_id, subject, mention)"""


def _cross(
    con: duckdb.DuckDBPyConnection, stories: str, articles: str, mentions: str
) -> tuple[pa.Table, pa.Table]:
    """Who ran which story, and what stories are about, from queries that give the tables of `silence_cells`."""
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE ran AS
        SELECT s.story, a.* FROM ({stories}) s JOIN ({articles}) a USING (article_id) WHERE a.day IS NOT NULL"""
    )
    runs = con.sql("SELECT story, outlet, day FROM ran ORDER BY ALL").to_arrow_table().cast(RUNS)
    con.execute(
        f"""CREATE OR REPLACE TEMP TABLE about AS
        WITH named AS (
            SELECT r.story, m.subject, m.article_id, m.score,
                   m.field = 'title' OR m.start < {FRONT} AS up_front
            FROM ({mentions}) m JOIN ran r USING (article_id)),
        sizes AS (SELECT story, count(DISTINCT article_id) AS articles FROM ran GROUP BY story)
        SELECT n.story, n.subject, coalesce(avg(n.score) <= {BAD}, false) AS bad
        FROM named n JOIN sizes z USING (story) GROUP BY n.story, n.subject, z.articles
        HAVING 2 * count(DISTINCT n.article_id) FILTER (up_front) >= z.articles"""
    )
    about = con.sql(
        """WITH subjects AS (
            SELECT story, list(subject ORDER BY subject) AS subjects,
                   coalesce(list(subject ORDER BY subject) FILTER (bad), []) AS unfavourable
            FROM about GROUP BY story),
        sections AS (
            SELECT story, first(section ORDER BY n DESC, section) AS section FROM
            (SELECT story, section, count(*) AS n FROM ran WHERE section IS NOT NULL GROUP BY ALL) GROUP BY story),
        places AS (
            SELECT story, first(place ORDER BY n DESC, place) AS place FROM
            (SELECT story, place, count(*) AS n FROM ran WHERE place IS NOT NULL GROUP BY ALL) GROUP BY story)
        SELECT story, section, place, subjects, unfavourable
        FROM (SELECT DISTINCT story FROM ran)
        LEFT JOIN subjects USING (story) LEFT JOIN sections USING (story) LEFT JOIN places USING (story)
        ORDER BY story"""
    )
    return runs, about.to_arrow_table().cast(STORIES)


def _gaps(con: duckdb.DuckDBPyConnection) -> pa.Table:
    """The gaps in collection of each outlet, by the days of all its articles, whatever the study is about."""
    days: dict[str, list[dt.date]] = {}
    for outlet, day in con.execute(
        f"""SELECT p.outlet, {own_day("p.zone", "a.")} FROM archive_articles a JOIN pairs p ON a.outlet = p.value
        WHERE a.published IS NOT NULL ORDER BY ALL"""
    ).fetchall():
        days.setdefault(outlet, []).append(day)
    rows = [
        {"outlet": outlet, "gap_start": first, "gap_end": last}
        for outlet, dates in days.items()
        for first, last in find_gaps(dates)
    ]
    return pa.Table.from_pylist(rows, GAPS)


def _articles_beside(con: duckdb.DuckDBPyConnection, figures: Silences) -> pa.Table:
    """The articles beside each conspicuous silence."""
    con.register("missed", figures.stories.select(["story", "outlet", "day"]))
    table = con.sql(
        f"""WITH theirs AS (
            SELECT m.story, m.outlet, r.outlet AS ran_by, r.article_id
            FROM missed m JOIN ran r USING (story)
            QUALIFY row_number() OVER (PARTITION BY m.story, m.outlet, r.outlet ORDER BY r.day, r.article_id) = 1),
        own AS (
            SELECT m.story, m.outlet, r.outlet AS ran_by, r.article_id
            FROM missed m JOIN ran r ON r.outlet = m.outlet AND abs(r.day - m.day) <= {INSTEAD_DAYS}
            QUALIFY row_number() OVER (
                PARTITION BY m.story, m.outlet ORDER BY abs(r.day - m.day), r.article_id) <= {INSTEAD})
        SELECT s.story, s.outlet, s.ran_by, s.article_id, r.published, a.title, a.url
        FROM (FROM theirs UNION ALL FROM own) s JOIN archive_articles a USING (article_id)
        JOIN articles r USING (article_id)
        ORDER BY s.story, s.outlet, s.ran_by, r.published, s.article_id"""
    ).to_arrow_table()
    con.unregister("missed")
    return table.cast(SHOWN)
