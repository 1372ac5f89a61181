"""Which importer reads a file: told by its ending, and checked against its first bytes."""

from __future__ import annotations

from pathlib import Path

from masthead.archive.sources.base import Source
from masthead.archive.sources.delimited import DelimitedSource
from masthead.archive.sources.json import JsonSource
from masthead.archive.sources.parquet import ParquetSource
from masthead.errors import SourceError

FORMATS = {".csv": "CSV", ".tsv": "TSV", ".tab": "TSV", ".jsonl": "JSONL", ".ndjson": "JSONL"}
FORMATS |= {".json": "JSON", ".parquet": "Parquet", ".pq": "Parquet"}


def open_source(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Open a file of articles with the importer of its ending (`.gz` after it is unpacked on the way).

    Raises SourceError where the file is missing, empty, of no known ending, or not what its ending says.
    """
    if not path.is_file():
        raise SourceError(
            f"there is no file '{path}'" if not path.exists() else f"'{path}' is not a file",
            "a file of articles",
            "check the path",
        )
    endings = [suffix.lower() for suffix in path.suffixes]
    if endings and endings[-1] == ".gz":
        endings.pop()
    kind = FORMATS.get(endings[-1]) if endings else None
    if kind in ("CSV", "TSV"):
        return DelimitedSource(path, encoding, delimiter, kind)
    if kind in ("JSONL", "JSON"):
        return JsonSource(path, encoding, kind)
    if kind == "Parquet" and path.suffix.lower() != ".gz":
        return ParquetSource(path)
    raise SourceError(
        f"'{path.name}' has an ending that Masthead does not know",
        "one of " + ", ".join(sorted(FORMATS)) + ", also with .gz",
        "rename the file after what it holds, or export it as CSV",
    )
