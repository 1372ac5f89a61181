"""What stood in articles before they were repaired: beside each part of articles, a file of the same name.

`originals/part-<hash>.parquet` has a row for each field that a repair changed. So every article can be had back as
its source has it, and a source that is added again is known by either.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from masthead.archive.overview.similar_names import plain_outlets
from masthead.archive.schema import article_ids
from masthead.archive.store import read_parquet, write_parquet_atomically

FOLDER = "originals"

ORIGINALS_SCHEMA = pa.schema(
    [
        pa.field("article_id", pa.string(), nullable=False),
        pa.field("original_id", pa.string(), nullable=False),
        pa.field("field", pa.string(), nullable=False),
        pa.field("original", pa.string(), nullable=False),
        pa.field("repairs", pa.string(), nullable=False),
    ]
)
"""`original_id` is the id that the article would have as its source has it; `field` is outlet, title, text or credit,
`original` what the source has there, `repairs` the kinds of damage, with commas between."""


class Original(NamedTuple):
    """One field of one article before it was repaired."""

    article_id: str
    original_id: str
    field: str
    original: str
    repairs: str


def write_originals(
    originals: Sequence[Original], articles: Collection[str], parts: Path, name: str
) -> list[Original]:
    """Write what is of these articles into the file that belongs to their part, if anything is; return the rest.

    `parts` is the folder of parts of articles, `name` that of the part.
    """
    inside = set(articles)
    mine = [original for original in originals if original.article_id in inside]
    if not mine:
        return list(originals)
    write_parquet_atomically(_table(mine), parts.parent / FOLDER / name)
    return [original for original in originals if original.article_id not in inside]


def read_originals(folder: Path, names: Iterable[str]) -> pa.Table:
    """Return what was repaired in these parts of an archive. Raises OSError or ArrowInvalid where a file is damaged."""
    paths = [path for name in names if (path := folder / FOLDER / name).is_file()]
    return pa.concat_tables([_table(()), *map(read_parquet, paths)])


def original_ids(folder: Path, name: str) -> dict[str, str]:
    """Return the id that each repaired article of a part would have as its source has it, with its own."""
    path = folder / FOLDER / name
    if not path.is_file():
        return {}
    table = read_parquet(path, ["original_id", "article_id"])
    return dict(zip(table["original_id"].to_pylist(), table["article_id"].to_pylist(), strict=True))


def counts(originals: pa.Table) -> dict[str, int]:
    """Return how many articles were repaired, by kind of damage."""
    kinds: dict[str, set[str]] = defaultdict(set)
    for article_id, repairs in zip(
        *(originals[n].to_pylist() for n in ("article_id", "repairs")), strict=True
    ):
        for kind in repairs.split(","):
            kinds[kind].add(article_id)
    return {kind: len(articles) for kind, articles in sorted(kinds.items())}


def fault_in_originals(originals: pa.Table, articles: pa.Table) -> str | None:
    """Say what is wrong with the originals of a part: with them put back, its articles have the ids that they say."""
    if not originals.schema.equals(ORIGINALS_SCHEMA):
        return "its columns are not those of originals"
    fields = ("outlet", "published_raw", "title", "text")
    rows = {row["article_id"]: row for row in articles.select(["article_id", *fields, "credit"]).to_pylist()}
    id_of: dict[str, str] = {}
    for one in originals.to_pylist():
        if one["article_id"] not in rows or one["field"] not in rows[one["article_id"]]:
            return "it tells of articles that its part does not hold"
        rows[one["article_id"]][one["field"]] = one["original"]
        id_of[one["article_id"]] = one["original_id"]
    whole = [rows[article_id] for article_id in id_of]
    columns = [pa.array([row[name] for row in whole], pa.string()) for name in fields]
    wrong = sum(
        a != b
        for a, b in zip(article_ids(plain_outlets(columns[0]), *columns[1:]), id_of.values(), strict=True)
    )
    return f"{wrong:,} of its articles are not those that their ids stand for" if wrong else None


def _table(rows: Sequence[Original]) -> pa.Table:
    return pa.Table.from_pylist([row._asdict() for row in rows], ORIGINALS_SCHEMA)
