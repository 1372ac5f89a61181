"""Reading an archive for standing text: the spans of titles and texts that are not the article, kept beside it."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyarrow as pa

from masthead.archive import Archive
from masthead.archive.counted_articles import Blanks, Span
from masthead.archive.keeping.links import counts_in, links_folder, write_counted
from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import read_parquet
from masthead.links.standing.forms import KINDS
from masthead.links.standing.sheet import Mark, Names, apart, marks_of, named_marks
from masthead.links.standing.titles import own_names

VERSION = "4"
"""Raise it when the same articles may give other marks."""

MARKS_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("start", pa.int32(), nullable=False),
        pa.field("end", pa.int32(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),
        pa.field("why", pa.string(), nullable=False),
    ]
)
"""One row per span: `field` is title or text, `start` and `end` are in code points, `kind` is one of KINDS, `why` is
`form`, or by how many articles of how many it is known. Spans of one article do not overlap."""

_NO_NAMES: Names = {}

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class StandingReading:
    """What was found: `path` is a Parquet file of MARKS_SCHEMA, ordered by article, field and place.

    `counts`: articles that have spans, spans, and how many spans there are of each kind.
    """

    path: Path
    version: str
    hash: str
    counts: dict[str, int]

    def table(self) -> pa.Table:
        """Return the spans."""
        return read_parquet(self.path)

    @cached_property
    def blanks(self) -> Blanks:
        """The spans by article and field."""
        spans: dict[str, dict[str, list[Span]]] = defaultdict(dict)
        columns = (self.table()[name].to_pylist() for name in ("article_id", "field", "start", "end"))
        for article, field, start, end in zip(*columns, strict=True):
            spans[article].setdefault(field, []).append((start, end))
        return spans


def read_standing(
    archive: Archive, *, names: Names = _NO_NAMES, progress: Progress | None = None
) -> StandingReading:
    """Mark what stands around the articles of the whole archive, as they were published.

    `names` are other names of its outlets, by the value of its outlet column: what a study calls them. What was marked
    is kept in the archive's folder until the archive grows. Raises ArchiveError where another program is writing to it.
    """
    archive = archive.published.snapshot()
    folder = links_folder(archive, "standing", VERSION)
    path = folder / "marks.parquet"
    if not is_whole(path):
        with archive.writer_lock():
            write_counted(*_table_and_counts(marks_of(archive, progress)), path)
    if not (names := _others(names)):
        return _read(folder)
    with_names = _named_folder(archive, names)
    if not is_whole(with_names / "marks.parquet"):
        marks = [Mark(**row) for row in _read(folder).table().to_pylist()]
        with archive.writer_lock():
            table, counts = _table_and_counts(apart([*marks, *named_marks(archive, names)]))
            write_counted(table, counts, with_names / "marks.parquet")
    return _read(with_names)


def kept_standing(archive: Archive, names: Names = _NO_NAMES) -> StandingReading | None:
    """Return the marks of an archive where they were made since it last grew; None where they were not."""
    archive, names = archive.published.snapshot(), _others(names)
    folder = _named_folder(archive, names) if names else links_folder(archive, "standing", VERSION)
    return (
        _read(folder) if (folder / "marks.parquet").is_file() and is_whole(folder / "marks.parquet") else None
    )


def _others(names: Names) -> Names:
    """Leave out names that the archive's value tells as well."""
    other = {value: set(map(own_names, of_one)) - {own_names(value)} for value, of_one in names.items()}
    return {value: sorted(set().union(*of_one)) for value, of_one in other.items() if of_one}


def _named_folder(archive: Archive, names: Names) -> Path:
    return links_folder(archive, "standing", VERSION, json.dumps(names, sort_keys=True))


def _read(folder: Path) -> StandingReading:
    path = folder / "marks.parquet"
    return StandingReading(path, VERSION, folder.name, counts_in([path]))


def _table_and_counts(marks: list[Mark]) -> tuple[pa.Table, dict[str, int]]:
    marks = sorted(marks)
    table = pa.table(
        [[getattr(mark, name) for mark in marks] for name in MARKS_SCHEMA.names], schema=MARKS_SCHEMA
    )
    by_kind = Counter(mark.kind for mark in marks)
    counts: dict[str, int] = {
        "articles": len({mark.article_id for mark in marks}),
        "spans": len(marks),
    }
    counts.update((str(kind), by_kind[kind]) for kind in KINDS if by_kind[kind])
    return table, counts
