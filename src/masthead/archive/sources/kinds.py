"""Files that hold articles and are no table: what each is, told by its bytes or its ending, and what to do with it."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath
from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of file that Masthead does not read: what it is, and the way to bring its articles in."""

    what: str
    way: str


_MAKE = "make a CSV of it, one article a row, with the columns outlet, published, title and text"
_HOW = f"{_MAKE} (`masthead docs sources` shows how)"
_XLSX = "save the table as .xlsx, or as CSV in UTF-8"
_WARC = Kind("a web archive", f"take the articles' texts out with a tool for such files, then {_MAKE}")
_R = Kind("a table of R", "save it there with write.csv, or with arrow::write_parquet")
_PYTHON = Kind("a table of Python", "save it there with to_parquet, or to_csv")
_PAGE = Kind(
    "HTML (a page, or a database's export)", f"where it holds articles, {_HOW}; else download it again"
)
_FEED = Kind("a feed in XML", f"{_HOW}; a feed shortens texts, so look for the whole ones")
_XML = Kind("XML", _HOW)
_WORD = Kind("a document of a word processor", f"save it as plain text, then {_HOW}")
_NEWS = Kind(
    "an export of a news database with many articles in one text",
    f"have the database export Excel or CSV, one article a row, where it can; else {_HOW}",
)
_TEXT = Kind(
    "plain text",
    "where it holds an article, put all such files into one CSV, with the columns outlet, published, title and text"
    " (`masthead docs sources` shows how); where it is a table, say --format csv, tsv or jsonl",
)

_BYTES: tuple[tuple[bytes, Kind], ...] = (
    (b"\xd0\xcf\x11\xe0", Kind("an old Excel or Word file", _XLSX)),
    (b"%PDF", Kind("a PDF", f"take the text out with pdftotext, then {_HOW}")),
    (b"{\\rtf", Kind("a document in RTF", f"save it as plain text with a word processor, then {_HOW}")),
    (b"\x28\xb5\x2f\xfd", Kind("a Zstandard file", "unpack it with `zstd -d`, and add what comes out")),
    (b"BZh", Kind("a bzip2 file", "unpack it with `bunzip2`, and add what comes out")),
    (b"\xfd7zXZ\x00", Kind("an xz file", "unpack it with `unxz`, and add what comes out")),
    (b"7z\xbc\xaf\x27\x1c", Kind("a 7-Zip archive", "unpack it, and add the folder")),
    (b"Rar!", Kind("a RAR archive", "unpack it, and add the folder")),
    (b"SQLite format 3", Kind("an SQLite database", "export its table of articles as CSV")),
    (b"ARROW1", Kind("an Arrow (Feather) file", "save the table as Parquet")),
    (b"WARC/", _WARC),
    (
        b"PK\x03\x04",
        Kind("a zip archive", "give it the ending .zip, or .xlsx where it is a workbook of Excel"),
    ),
    (b"PAR1", Kind("a Parquet file", "give it the ending .parquet")),
    (b"\x1f\x8b", Kind("a gzip file inside a gzip file", "unpack it once")),
)
_ENDINGS = {
    **dict.fromkeys((".html", ".htm", ".mhtml"), _PAGE),
    **dict.fromkeys((".rss", ".atom"), _FEED),
    **dict.fromkeys((".txt", ".text", ".md"), _TEXT),
    **dict.fromkeys((".doc", ".docx", ".odt", ".rtf"), _WORD),
    **dict.fromkeys((".rds", ".rdata", ".rda"), _R),
    **dict.fromkeys((".pkl", ".pickle", ".feather", ".arrow"), _PYTHON),
    **dict.fromkeys((".warc", ".wacz"), _WARC),
    **dict.fromkeys((".xls", ".ods"), Kind("a spreadsheet in a format that Masthead does not read", _XLSX)),
    **dict.fromkeys((".db", ".sql"), Kind("a database", "export its table of articles as CSV")),
    ".xml": _XML,
}
_NEWS_EXPORT = re.compile(
    r"^ {0,99}(?:\d{1,9} of \d{1,9} DOCUMENTS|Document [A-Z]{4,12}\d{9,30}|LENGTH: \d{1,9} words)",
    re.MULTILINE,
)


def unreadable_kind(head: bytes) -> Kind | None:
    """Return what a file is that cannot be read as text with rows, told by its first bytes; else None."""
    for start, kind in _BYTES:
        if head.startswith(start):
            return kind
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:400].lower()
    if start.startswith((b"<rss", b"<feed", b"<rdf")):
        return _FEED
    if start.startswith((b"<?xml", b"<!doctype")):
        if b"<rss" in start or b"<feed" in start:
            return _FEED
        return _PAGE if b"html" in start else _XML
    if start.startswith((b"<html", b"<head", b"<body", b"<div", b"<article", b"<p>")):
        return _PAGE
    return None


def kind_by_name(head: bytes, name: str) -> Kind | None:
    """Return what a file is that has no ending of a table, by its first bytes, then by its ending."""
    kind = unreadable_kind(head) or _ENDINGS.get(PurePath(name.removesuffix(".gz")).suffix.lower())
    if kind in (None, _TEXT) and _NEWS_EXPORT.search(head.decode("utf-8", "replace")):
        return _NEWS
    return kind


def kind_of_zip(zip_file: zipfile.ZipFile) -> Kind | None:
    """Return what a zip file is that Masthead does not read; None for workbooks of Excel and plain archives."""
    names = set(zip_file.namelist())
    if "word/document.xml" in names or "mimetype" in names:
        return (
            _ENDINGS[".ods"] if "mimetype" in names and b"sheet" in zip_file.read("mimetype")[:200] else _WORD
        )
    if "ppt/presentation.xml" in names:
        return Kind("a presentation", f"save its text, then {_HOW}")
    return None


def is_workbook(zip_file: zipfile.ZipFile) -> bool:
    """True for a workbook of Excel."""
    return "xl/workbook.xml" in zip_file.namelist()
