"""Reading which articles of an archive are on one event: stories, kept beside the articles."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from masthead import stages
from masthead.archive import Archive, Part
from masthead.archive.keeping.links import links_folder, write_once
from masthead.archive.store import read_parquet
from masthead.links.standing.datelines import Datelines, datelines, with_datelines
from masthead.links.stories.fit import Articles
from masthead.links.stories.sweep import sweep
from masthead.links.stories.terms import Read, Whole, in_order, read_terms
from masthead.links.stories.weights import learn
from masthead.reading.parsing.workers import usable_cores

VERSION = "1"
"""Raise it when the same articles may give other stories."""

STORIES_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("story", pa.string()),
        pa.field("published", pa.timestamp("us", tz="UTC")),
    ]
)
"""A row per article, ordered by article_id. `story` is the smallest article_id of its story; null where the day
of publication is not known."""

_MOST_THREADS = 4
_DAY = 86_400_000_000
_ORDERED = ("second", "minute", "day")

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StoriesReading:
    """Which articles are on one event.

    `path` is a Parquet file of STORIES_SCHEMA. `counts`: articles, stories, shared (stories that two outlets or
    more ran), alone (stories of one article), undated (articles without a date, in no story) and vague (with a
    date known to the month or year only, in no story either).
    """

    path: Path
    version: str
    hash: str
    counts: dict[str, int]

    def table(self) -> pa.Table:
        """Return the rows (STORIES_SCHEMA)."""
        return read_parquet(self.path).select(STORIES_SCHEMA.names).cast(STORIES_SCHEMA)


def read_stories(
    archive: Archive, *, processes: int | None = None, progress: Progress | None = None
) -> StoriesReading:
    """Group the archive's articles into stories, or take the grouping from its folder where it was made before.

    Two articles are on one story where they share words, names, places and numbers that the archive uses rarely
    and at one time, within days of each other, and do not contradict each other in numbers. The terms are those
    of the title and of the first 400 words. `processes` is how many parts are read at once (None: one per core,
    at most four). `progress` is told the stage, and what is done of how much. The order in which articles were
    added changes nothing. Raises ArchiveError where another program is writing to the archive.
    """
    archive = archive.snapshot()
    parts = archive.parts()
    path = links_folder(archive, "stories", VERSION) / "stories.parquet"
    counts = write_once(
        archive, path, lambda: _group_articles(parts, datelines(archive), processes, progress)
    )
    digest = hashlib.sha256("\n".join([VERSION, *sorted(part.hash for part in parts)]).encode())
    return StoriesReading(path, VERSION, digest.hexdigest()[:16], counts)


def _group_articles(
    parts: list[Part], lines: Datelines, processes: int | None, progress: Progress | None
) -> tuple[pa.Table, dict[str, int]]:
    """Return the rows of STORIES_SCHEMA and what they count."""
    columns = ["article_id", "outlet", "published", "published_precision"]
    tables = [part.read(columns) for part in parts]
    empty = pa.table(
        {
            c: pa.array([], STORIES_SCHEMA.field("published").type if c == "published" else pa.string())
            for c in columns
        }
    )
    table = pa.concat_tables([empty, *tables], promote_options="default").combine_chunks()
    has_date = pc.is_valid(table["published"])
    has_day = pc.and_(has_date, pc.is_in(table["published_precision"], pa.array(_ORDERED)))
    at = np.flatnonzero(has_day.to_numpy(zero_copy_only=False))
    with_day = table.take(at)
    # From the first of all: by time, then by id, whatever order they were added in.
    order = pc.sort_indices(with_day, [("published", "ascending"), ("article_id", "ascending")]).to_numpy()
    with_day, at = with_day.take(order), at[order]
    moment = with_day["published"].cast(pa.int64()).to_numpy()
    outlet = pc.rank(with_day["outlet"], tiebreaker="dense").to_numpy().astype(np.int64)
    read = in_order(_terms(parts, lines, processes, progress), at)
    day = moment // _DAY
    articles = Articles(read, moment / _DAY - (day[0] if len(day) else 0), outlet, learn(read, day))
    first = sweep(articles, (lambda count, of: progress(stages.STORIES, count, of)) if progress else None)
    ids = with_day["article_id"].to_numpy(zero_copy_only=False)
    story = np.full(table.num_rows, None, dtype=object)
    story[at] = _smallest(ids, first)
    rows = pa.table(
        {
            "article_id": table["article_id"],
            "story": pa.array(story, pa.string()),
            "published": table["published"],
        },
        STORIES_SCHEMA,
    ).sort_by("article_id")
    return rows, {**_counts(first, outlet), **_left_out(table.num_rows, len(at), has_date)}


def _terms(
    parts: list[Part], lines: Datelines, processes: int | None, progress: Progress | None
) -> list[Read]:
    """Read the terms of every part, some at once: most of the work is done outside the interpreter's lock."""

    def read(part: Part) -> Read:
        table = part.read(["article_id", "title", "text"])
        return read_terms(table["title"], with_datelines(table, lines))

    def report(reads: Iterator[Read]) -> Iterator[Read]:
        for number, one in enumerate(reads):
            if progress:
                progress(stages.TERMS, number + 1, len(parts))
            yield one

    with ThreadPoolExecutor(processes or min(usable_cores(), _MOST_THREADS)) as threads:
        return list(report(threads.map(read, parts)))


def _smallest(ids: np.ndarray[tuple[int], np.dtype[np.object_]], first: Whole) -> list[str]:
    """Return for each article the smallest id of its story."""
    order = np.argsort(ids, kind="stable")
    stories, where = np.unique(first[order], return_index=True)
    smallest = ids[order][where]
    story_ids: list[str] = smallest[np.searchsorted(stories, first)].tolist()
    return story_ids


def _counts(first: Whole, outlet: Whole) -> dict[str, int]:
    stories, sizes = np.unique(first, return_counts=True)
    if not len(stories):
        return {"stories": 0, "shared": 0, "alone": 0}
    runs = np.unique(np.stack([first, outlet]), axis=1)[0]
    outlets = np.unique(runs, return_counts=True)[1]
    return {
        "stories": len(stories),
        "shared": int((outlets > 1).sum()),
        "alone": int((sizes == 1).sum()),
    }


def _left_out(articles: int, in_stories: int, has_date: pa.ChunkedArray) -> dict[str, int]:
    with_date = int(pc.sum(has_date).as_py() or 0)
    return {"articles": articles, "undated": articles - with_date, "vague": with_date - in_stories}
