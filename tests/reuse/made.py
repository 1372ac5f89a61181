"""Small archives of invented articles for the tests of reuse."""

from __future__ import annotations

from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive
from masthead.links.reuse import ReuseReading

_HEADS = [
    "gar",
    "lun",
    "ost",
    "pel",
    "quim",
    "rav",
    "sol",
    "tarn",
    "ulm",
    "vex",
    "wend",
    "yor",
    "zim",
    "bel",
    "cor",
    "dan",
]
_TAILS = [
    "den",
    "low",
    "mer",
    "nik",
    "ost",
    "pra",
    "ril",
    "sun",
    "tor",
    "vale",
    "wick",
    "zen",
    "bar",
    "cot",
    "dell",
]


def prose(seed: int, words: int) -> str:
    """Text of invented words in sentences of twelve, different for every seed."""
    rng = Random(seed)
    told = [rng.choice(_HEADS) + rng.choice(_TAILS) + rng.choice(_TAILS) for _ in range(words)]
    lines = [" ".join(told[i : i + 12]).capitalize() + "." for i in range(0, words, 12)]
    return " ".join(lines)


def article(outlet: str, published: str, text: str, **more: str) -> dict[str, str]:
    return {"outlet": outlet, "published": published, "title": "", "text": text, **more}


def links_of(reading: ReuseReading) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(reading.links).to_pylist()
    return rows


def articles_of(archive: Archive, reading: ReuseReading) -> list[dict[str, Any]]:
    """What was read of each article, beside the article, in the order of the source."""
    parts = [pq.read_table(p.path) for p in archive.parts()]
    joined = pa.concat_tables(parts).join(pq.read_table(reading.articles), "article_id")
    rows: list[dict[str, Any]] = joined.sort_by("source_row").to_pylist()
    return rows
