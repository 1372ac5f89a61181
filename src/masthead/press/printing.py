"""Writes articles to a file, as JSONL, CSV or Parquet, a thousand at a time."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from masthead.errors import UsageError

COLUMNS = ("outlet", "published", "title", "text", "url", "section", "language", "credit", "key")
_BATCH = 1000


def write_articles(articles: Iterable[dict[str, str]], path: Path) -> int:
    """Write the articles and return how many. Raises UsageError for a suffix that is none of the three."""
    suffix = path.suffix.lower()
    if suffix == ".parquet":
        return _write_parquet(articles, path)
    if suffix not in (".jsonl", ".ndjson", ".csv"):
        raise UsageError(
            f"the press cannot write '{path.name}'",
            "a name that ends in .jsonl, .csv or .parquet",
            "rename it",
        )
    count = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        if suffix == ".csv":
            writer.writeheader()
        for article in articles:
            count += 1
            if suffix == ".csv":
                writer.writerow(article)
            else:
                file.write(json.dumps(article, ensure_ascii=False) + "\n")
    return count


def _write_parquet(articles: Iterable[dict[str, str]], path: Path) -> int:
    import pyarrow as pa
    import pyarrow.parquet as pq

    schema = pa.schema({name: pa.string() for name in COLUMNS})
    count = 0
    with pq.ParquetWriter(path, schema) as writer:
        for batch in _batches(articles):
            writer.write_table(pa.Table.from_pylist(batch, schema))
            count += len(batch)
    return count


def _batches(articles: Iterable[dict[str, str]]) -> Iterator[list[dict[str, str]]]:
    stream = iter(articles)
    while batch := list(islice(stream, _BATCH)):
        yield batch
