"""Articles for the archive's tests, and the ways to write them to a file of each format."""

from __future__ import annotations

import csv
import gzip
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive import Archive

Rows = Sequence[Mapping[str, str]]

ARTICLES: Rows = [
    {
        "outlet": "Harbour Post",
        "published": "2011-04-06T09:30:00+02:00",
        "title": "Ferry strike enters second week",
        "text": "The strike of the ferry crews went on.\nThe union said that “nothing” had moved, and left.",
        "url": "https://harbour.example/1",
        "section": "news",
        "desk": "ports",
    },
    {
        "outlet": "Strait Herald",
        "published": "2011-04-07",
        "title": "Crews, again",
        "text": 'The minister called the crews "a gang"; nobody asked them.\r\nNo one was there.',
        "url": "",
        "section": "",
        "desk": "politics",
    },
    {
        "outlet": "Strait Herald",
        "published": "",
        "title": "Ünïcödé: 海峡 and 🙂 and a\ttab",
        "text": "Text with an e\u0301 of two code points, a 🙂 of one, and the rest.",
        "url": "https://herald.example/3",
        "section": "opinion",
        "desk": "",
    },
]


def write_csv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_tsv(path: Path, rows: Rows) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter="\t")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_jsonl(path: Path, rows: Rows) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def write_json(path: Path, rows: Rows) -> Path:
    path.write_text(json.dumps(list(rows), ensure_ascii=False, indent=1), encoding="utf-8")
    return path


def write_json_inside(path: Path, rows: Rows) -> Path:
    path.write_text(
        json.dumps({"status": "ok", "tags": [1, 2], "articles": list(rows), "n": 3}), encoding="utf-8"
    )
    return path


def write_parquet(path: Path, rows: Rows) -> Path:
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), path)
    return path


def gzipped(write: Callable[[Path, Rows], Path]) -> Callable[[Path, Rows], Path]:
    def write_gzipped(path: Path, rows: Rows) -> Path:
        plain = write(path.with_suffix(""), rows)
        path.write_bytes(gzip.compress(plain.read_bytes()))
        plain.unlink()
        return path

    return write_gzipped


FORMATS: dict[str, tuple[str, Callable[[Path, Rows], Path]]] = {
    "csv": ("a.csv", write_csv),
    "csv.gz": ("a.csv.gz", gzipped(write_csv)),
    "tsv": ("a.tsv", write_tsv),
    "jsonl": ("a.jsonl", write_jsonl),
    "jsonl.gz": ("a.jsonl.gz", gzipped(write_jsonl)),
    "json": ("a.json", write_json),
    "json, array inside an object": ("a.json", write_json_inside),
    "parquet": ("a.parquet", write_parquet),
}


def articles_of(archive: Archive) -> list[dict[str, object]]:
    """Every article of an archive, in the order of its parts."""
    return [row for part in archive.parts() for row in pq.read_table(part.path).to_pylist()]


def files_of(archive: Archive) -> dict[str, bytes]:
    """Every file of an archive by its name, except the lock."""
    return {
        str(path.relative_to(archive.path)): path.read_bytes()
        for path in sorted(archive.path.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }
