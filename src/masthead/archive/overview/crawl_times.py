"""Articles that bear one and the same time: the mark of a crawler that wrote its own where it found no date.

A paper may put all articles of an issue at one second, and some at a round hour. So a second is told of where it holds
many times as many articles as the outlet's usual one, and a fair share of all; a last day where it holds many times as
many as any other day of the outlet. A peak of such a day is not news.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

FEWEST, SHARE, TIMES = 5, 0.05, 3
"""A second holds at least so many articles, such a share of the outlet's, and so many times the usual second's."""

FEWEST_OF_DAY, SHARE_OF_DAY = 10, 0.2
"""A last day holds at least so many, such a share, and three times as many as any other day."""


@dataclass(frozen=True)
class Bunch:
    """`articles` of the outlet's `dated` ones bear one time: the second `when`, or its last day where `day` is true."""

    outlet: str
    when: str
    day: bool
    articles: int
    dated: int

    def sentence(self, title: Callable[[str], str] = repr) -> str:
        """Say it in a sentence; `title` names the outlet."""
        of = f"{self.articles:,} of {self.dated:,} dated articles of {title(self.outlet)}"
        where = (
            f"lie on its last day, {self.when}"
            if self.day
            else f"bear one and the same second, {self.when} UTC"
        )
        return f"{of} {where}: likely the time of a crawl, so a peak there is not news"


def find_bunches(db: duckdb.DuckDBPyConnection, articles: str) -> list[Bunch]:
    """Find the times that too many articles bear, in a table of outlet, published, published_precision and day.

    Of each outlet the second that most bear, or else its last day.
    """
    rows = db.execute(_BUNCHED.format(articles=articles)).fetchall()
    return [Bunch(*row) for row in rows]


_BUNCHED = f"""
    WITH dated AS (
        SELECT outlet, published, day, published_precision = 'second' AS exact FROM {{articles}}
        WHERE published_precision IN ('second', 'minute', 'day')),
    sizes AS (SELECT outlet, count(*) AS dated, max(day) AS last FROM dated GROUP BY outlet),
    seconds AS (SELECT outlet, published, count(*) AS articles FROM dated WHERE exact GROUP BY ALL),
    usual AS (SELECT outlet, median(articles) AS usual FROM seconds GROUP BY outlet),
    shared AS (
        SELECT s.outlet, strftime(timezone('UTC', s.published), '%Y-%m-%d %H:%M:%S') AS moment, s.articles, z.dated
        FROM seconds s JOIN usual u USING (outlet) JOIN sizes z USING (outlet)
        WHERE s.articles >= {FEWEST} AND s.articles >= {SHARE} * z.dated AND s.articles >= {TIMES} * u.usual
        QUALIFY row_number() OVER (PARTITION BY s.outlet ORDER BY s.articles DESC, s.published) = 1),
    days AS (SELECT outlet, day, count(*) AS articles FROM dated GROUP BY ALL),
    lasts AS (
        SELECT d.outlet, strftime(z.last, '%Y-%m-%d') AS moment, z.dated,
               max(d.articles) FILTER (d.day = z.last) AS articles, max(d.articles) FILTER (d.day < z.last) AS most
        FROM days d JOIN sizes z USING (outlet) GROUP BY d.outlet, z.last, z.dated
        HAVING articles >= {FEWEST_OF_DAY} AND articles >= {SHARE_OF_DAY} * z.dated AND articles >= {TIMES} * most)
    SELECT outlet, moment, false, articles, dated FROM shared
    UNION ALL SELECT outlet, moment, true, articles, dated FROM lasts ANTI JOIN shared USING (outlet)
    ORDER BY outlet
"""
