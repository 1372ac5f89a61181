"""Reading which articles of an archive repeat another one of their outlet, kept beside the articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from masthead import stages
from masthead.archive import Archive
from masthead.archive.keeping.links import links_folder, write_once
from masthead.archive.store import read_parquet
from masthead.links.repeats.articles import Articles, read_articles
from masthead.links.repeats.groups import Group, find_groups
from masthead.links.repeats.pairs import likely_pairs

VERSION = "2"
"""Raise it when the same articles may give other repeats."""

REPEATS_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("kept_id", pa.string(), nullable=False),
        pa.field("first_id", pa.string(), nullable=False),
        pa.field("ground", pa.string(), nullable=False),
        pa.field("outlet", pa.string(), nullable=False),
        pa.field("published", pa.timestamp("us", tz="UTC")),
        pa.field("published_raw", pa.string(), nullable=False),
        pa.field("published_precision", pa.string(), nullable=False),
        pa.field("title", pa.string(), nullable=False),
        pa.field("url", pa.string()),
        pa.field("words", pa.int32(), nullable=False),
    ]
)
"""One row per version of an article that has several, the kept one too; those of one article stand together, in order
of time. `kept_id` is the version that stands for all, `first_id` the one that was published first. `ground` is
`address` where another version is on the same page, else `text`. `outlet` is the archive's value."""

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class RepeatsReading:
    """Which articles repeat another one of their outlet.

    `path` is a Parquet file of REPEATS_SCHEMA. `counts`: articles, kept (articles with several versions), folded (the
    other versions), and of these address and text, by their grounds.
    """

    path: Path
    version: str
    hash: str
    counts: dict[str, int]

    def table(self) -> pa.Table:
        """Return the rows (REPEATS_SCHEMA)."""
        return read_parquet(self.path).select(REPEATS_SCHEMA.names).cast(REPEATS_SCHEMA)


def read_repeats(
    archive: Archive, *, outlets: Mapping[str, str] | None = None, progress: Progress | None = None
) -> RepeatsReading:
    """Find an outlet's repeats: one page under several addresses, versions of one article, print and web copies.

    `outlets` maps values of the archive's outlet column to the outlet they mean, where several mean one; a value that
    is not in it is an outlet of its own. What was found is kept in the archive's folder until the archive grows. The
    order in which articles were added changes nothing. Raises ArchiveError where another program is writing to it.
    """
    archive = archive.snapshot()
    outlets = dict(outlets or {})
    path = links_folder(archive, "repeats", VERSION, json.dumps(sorted(outlets.items()))) / "repeats.parquet"
    counts = write_once(archive, path, lambda: find_repeats(archive, outlets, progress))
    return RepeatsReading(path, VERSION, path.parent.name, counts)


def find_repeats(
    archive: Archive, outlets: Mapping[str, str], progress: Progress | None = None
) -> tuple[pa.Table, dict[str, int]]:
    """Return the rows of REPEATS_SCHEMA, and the counts of `RepeatsReading`, and keep nothing."""
    report = progress or (lambda _stage, _count, _total: None)
    articles = read_articles(archive, outlets, lambda count, of: report(stages.VERSIONS, count, of))
    pairs = likely_pairs(articles, lambda count, of: report(stages.REPEATS, count, of))
    table = _rows(articles, find_groups(articles, pairs))
    other_versions = table.filter(pc.not_equal(table["article_id"], table["kept_id"]))
    grounds = dict.fromkeys(("address", "text"), 0)
    for one in other_versions["ground"].value_counts().to_pylist():
        grounds[one["values"]] = one["counts"]
    with_versions = table.num_rows - other_versions.num_rows
    return table, {
        "articles": len(articles),
        "kept": with_versions,
        "folded": other_versions.num_rows,
        **grounds,
    }


def _rows(articles: Articles, groups: list[Group]) -> pa.Table:
    members = [at for group in groups for at, _ in group.members]
    ids = articles.rows["article_id"].to_pylist()
    rows = articles.rows.take(pa.array(members, pa.int64()))
    new_columns = {
        "kept_id": [ids[group.representative] for group in groups for _ in group.members],
        "first_id": [ids[group.first] for group in groups for _ in group.members],
        "ground": [ground for group in groups for _, ground in group.members],
        "words": articles.corpus.counts[members].tolist(),
    }
    columns = {
        name: rows[name] if name in rows.column_names else new_columns[name] for name in REPEATS_SCHEMA.names
    }
    return pa.table(columns, REPEATS_SCHEMA)
