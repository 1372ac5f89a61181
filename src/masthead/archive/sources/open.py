"""Which importer reads a file: as told, by bytes that leave no doubt, or by its ending."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import NamedTuple

from masthead.archive.net import source_net
from masthead.archive.sources.base import Source
from masthead.archive.sources.delimited.source import DelimitedSource
from masthead.archive.sources.json.source import JsonSource
from masthead.archive.sources.kinds import is_workbook, kind_by_name, kind_of_zip
from masthead.archive.sources.many import ManySource
from masthead.archive.sources.parquet.source import ParquetSource
from masthead.archive.sources.source_file import SourceFile
from masthead.archive.sources.text import path_text
from masthead.archive.sources.workbook import WorkbookSource
from masthead.errors import SourceError, UsageError, nearest

FORMATS = {".csv": "CSV", ".tsv": "TSV", ".tab": "TSV", ".jsonl": "JSONL", ".ndjson": "JSONL"}
FORMATS |= {".json": "JSON", ".parquet": "Parquet", ".pq": "Parquet", ".xlsx": "Excel", ".xlsm": "Excel"}
"""The format of each ending."""

_FORMAT_OF_NAME = {name.lower(): name for name in FORMATS.values()} | {"xlsx": "Excel", "ndjson": "JSONL"}
_HEAD = 65_536


class ReadAs(NamedTuple):
    """How the user says that a file is to be read; None or nothing where its bytes shall tell.

    `columns` names the columns of a delimited file that has no header;
    `named_columns` are the columns that the user has named: they may tell which objects of a JSON file are articles.
    """

    encoding: str | None = None
    delimiter: str | None = None
    quotes: str | None = None
    columns: tuple[str, ...] = ()
    file_format: str | None = None
    named_columns: tuple[str, ...] = ()


def open_source(source_file: SourceFile, options: ReadAs) -> Source:
    """Open what is given with the importer of its format (gzip is unpacked on the way).

    Raises SourceError where it is missing, empty, of no known kind, or not what its ending says; UsageError
    where `options` names what does not exist.
    """
    with source_net(source_file.name):
        if source_file.members:
            return ManySource(source_file.members, lambda member: open_source(member, options))
        _check_file(source_file.path)
        kind = format_of(source_file, options)
        if kind in ("CSV", "TSV"):
            return DelimitedSource(
                source_file.path, options.encoding, options.delimiter, kind, options.quotes, options.columns
            )
        if options.columns:
            raise UsageError(
                f"--columns was given, and '{source_file.name}' is {kind}, which names its columns itself",
                "a CSV or TSV file without a header",
                "leave it out; --map says which column is which field",
            )
        if kind in ("JSONL", "JSON"):
            return JsonSource(source_file.path, options.encoding, kind, options.named_columns)
        if kind == "Excel":
            return WorkbookSource(source_file.path)
        return ParquetSource(source_file.path)


def format_of(source_file: SourceFile, options: ReadAs) -> str:
    """Return the format of a file: CSV, TSV, JSONL, JSON, Excel or Parquet. Raises as `open_source` does."""
    if options.file_format is not None:
        if options.file_format.lower() not in _FORMAT_OF_NAME:
            raise UsageError(
                f"the format is '{options.file_format}'",
                "one that Masthead reads",
                nearest(options.file_format, _FORMAT_OF_NAME),
            )
        return _FORMAT_OF_NAME[options.file_format.lower()]
    with source_file.path.open("rb") as file:
        head = file.read(_HEAD)
    kind = kind_by_ending(source_file.path)
    if head.startswith(b"PAR1"):
        return "Parquet"
    if head.startswith(b"PK\x03\x04"):
        return _format_of_zip(source_file)
    if kind is None:
        raise _unknown(source_file, head)
    return kind


def kind_by_ending(path: Path) -> str | None:
    """The format that a file's ending says, with `.gz` left out of sight; None where it says none."""
    endings = [suffix.lower() for suffix in path.suffixes]
    if endings and endings[-1] == ".gz":
        endings.pop()
    return FORMATS.get(endings[-1]) if endings else None


def _format_of_zip(source_file: SourceFile) -> str:
    try:
        with zipfile.ZipFile(source_file.path) as zip_file:
            if is_workbook(zip_file):
                return "Excel"
            kind = kind_of_zip(zip_file)
    except zipfile.BadZipFile:
        raise SourceError(
            f"'{source_file.name}' is a zip archive that is cut off or damaged",
            "a whole file",
            "copy or download it again",
        ) from None
    if kind:
        raise SourceError(f"'{source_file.name}' is {kind.what}", "a table of articles", kind.way)
    raise SourceError(
        f"'{source_file.name}' is a zip archive inside another or under another name",
        "a table of articles",
        "give it the ending .zip, or unpack it and add the folder",
    )


def _check_file(path: Path) -> None:
    if path.is_file():
        return
    name = path_text(str(path))
    if name.lower().startswith(("http:/", "https:/", "ftp:/")):
        raise SourceError(
            f"'{name}' is an address on the web",
            "a file on this machine",
            "download it first (Masthead opens no connection), then add the file",
        )
    raise SourceError(
        f"there is no file '{name}'" if not path.exists() else f"'{name}' is not a file",
        "a file of articles",
        "check the path",
    )


def _unknown(source_file: SourceFile, head: bytes) -> SourceError:
    kind = kind_by_name(head, source_file.path.name)
    if kind:
        return SourceError(f"'{source_file.name}' is {kind.what}", "a table of articles", kind.way)
    if not head:
        return SourceError(f"'{source_file.name}' is empty", "a file of articles", "check the export")
    return SourceError(
        f"'{source_file.name}' has an ending that Masthead does not know",
        "one of " + ", ".join(sorted(FORMATS)) + ", .zip, also with .gz",
        "say what it is with --format csv, tsv, jsonl, json, xlsx or parquet",
    )
