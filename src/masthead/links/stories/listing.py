"""Stories as a person looks at them: who ran them, when, under which headlines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from masthead.archive import Archive
from masthead.errors import UsageError
from masthead.links.stories.reader import StoriesReading


@dataclass(frozen=True)
class StoryArticle:
    """One article on a story; `published` is in UTC, and midnight where only the day is known (`precision`)."""

    article_id: str
    outlet: str
    published: dt.datetime
    precision: str
    title: str
    url: str | None


@dataclass(frozen=True)
class Story:
    """A story: its id (the smallest id of its articles) and its articles in the order of time.

    `outlets` has each outlet once, in the order in which they came to the story. Where articles carry the day
    only, those of one day are in the order of their ids, and who was first is not known.
    """

    story: str
    outlets: tuple[str, ...]
    articles: tuple[StoryArticle, ...]

    @property
    def first(self) -> dt.datetime:
        """When its first article was published."""
        return self.articles[0].published

    @property
    def last(self) -> dt.datetime:
        """When its last article was published."""
        return self.articles[-1].published


def largest_stories(
    archive: Archive, reading: StoriesReading, limit: int = 20, outlets: Mapping[str, str] | None = None
) -> list[Story]:
    """Return the stories that most outlets ran, most first, then those of most articles, then the earliest.

    `outlets` maps values of the archive's outlet column to the outlets to show; others are left out. None
    shows every value as it is.
    """
    table = _of_outlets(_articles(archive, reading), outlets)
    if not table.num_rows or limit < 1:
        return []
    by_story = table.group_by("story").aggregate(
        [("outlet", "count_distinct"), ("article_id", "count"), ("published", "min")]
    )
    keys = [
        ("outlet_count_distinct", "descending"),
        ("article_id_count", "descending"),
        ("published_min", "ascending"),
        ("story", "ascending"),
    ]
    story_ids = by_story.take(pc.sort_indices(by_story, keys)[:limit])["story"].to_pylist()
    stories = _stories(archive, table.filter(pc.is_in(table["story"], pa.array(story_ids))))
    return [stories[story] for story in story_ids]


def one_story(
    archive: Archive, reading: StoriesReading, story: str, outlets: Mapping[str, str] | None = None
) -> Story:
    """Return the story of this id, or the one that the article of this id is on.

    Raises UsageError where there is none, or none that these outlets ran.
    """
    table = _articles(archive, reading)
    of = table.filter(pc.equal(table["article_id"], story))["story"].to_pylist()
    of_outlets = _of_outlets(table, outlets)
    rows = of_outlets.filter(pc.equal(of_outlets["story"], of[0] if of else story))
    if not rows.num_rows:
        raise UsageError(
            f"there is no story '{story}'",
            "a story's id, or the id of an article on it",
            "`masthead stories` lists them",
        )
    return next(iter(_stories(archive, rows).values()))


def _articles(archive: Archive, reading: StoriesReading) -> pa.Table:
    """Return story, article_id, outlet and published of every article that is on a story."""
    rows = reading.table().drop_columns("published")
    rows = rows.filter(pc.is_valid(rows["story"]))
    parts = [p.read(["article_id", "outlet", "published"]) for p in archive.parts()]
    return rows.join(pa.concat_tables(parts), "article_id", join_type="inner") if parts else rows


def _of_outlets(table: pa.Table, outlets: Mapping[str, str] | None) -> pa.Table:
    if outlets is None or not table.num_rows:
        return table
    names = pa.array([outlets.get(value) for value in table["outlet"].to_pylist()], pa.string())
    at = table.column_names.index("outlet")
    return table.set_column(at, "outlet", names).filter(pc.is_valid(names))


def _stories(archive: Archive, rows: pa.Table) -> dict[str, Story]:
    """Return the stories of these rows, with what their articles are called."""
    ids = rows["article_id"].combine_chunks()
    columns = ["article_id", "published_precision", "title", "url"]
    tables = [part.read(columns) for part in archive.parts()]
    details = pa.concat_tables([one.filter(pc.is_in(one["article_id"], ids)) for one in tables])
    rows = rows.join(details, "article_id").sort_by([("published", "ascending"), ("article_id", "ascending")])
    articles: dict[str, list[StoryArticle]] = {}
    for row in rows.to_pylist():
        articles.setdefault(row["story"], []).append(
            StoryArticle(
                row["article_id"],
                row["outlet"],
                row["published"],
                row["published_precision"],
                row["title"],
                row["url"],
            )
        )
    return {
        story: Story(story, tuple(dict.fromkeys(a.outlet for a in of)), tuple(of))
        for story, of in articles.items()
    }
