"""Bytes to characters: which encoding a text file has, gzip, and rows that are not in the file's encoding.

Without `--encoding` a file is UTF-16 where it starts with that mark, else UTF-8. Bytes that are not UTF-8
are read one by one as Windows-1252, which is what they nearly always are, and the rows are counted and said:
so a file in Windows-1252 and a file that mixes the two both come out right. A row whose bytes are neither is
refused.
"""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from masthead.errors import SourceError, UsageError

HEAD = 65_536

# The error handler "surrogateescape" carries each byte that does not decode as U+DC80 … U+DCFF.
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_UNDECODABLE = "\ufffd"
_MAGIC = (
    (b"PAR1", "a Parquet file", "give it the ending .parquet"),
    (b"PK\x03\x04", "a zip archive (perhaps an Excel or Word file)", "save the table as CSV in UTF-8"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file", "save the table as CSV in UTF-8"),
    (b"%PDF", "a PDF", "export the articles as a table"),
    (b"\x1f\x8b", "a gzip file", "give it the ending .gz after its own"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file", "unpack it first"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first"),
    (b"SQLite format 3", "an SQLite database", "export the table as CSV"),
)


class TextFile:
    """A text file, plain or gzipped, that can be opened again and again from its start."""

    def __init__(self, path: Path, encoding: str | None, format_name: str) -> None:
        self.path = path
        self._gzipped = path.suffix.lower() == ".gz"
        self._format = format_name
        self._raw: IO[bytes] | None = None
        self.total = path.stat().st_size
        self.said = encoding is not None
        self.mended = 0
        head = self._head()
        self._check_kind(head)
        self.encoding = self._checked(encoding) if encoding else _sniffed(head)
        if not self.said and head.count(0) > len(head) // 5 and not self.encoding.startswith("utf-16"):
            raise SourceError(
                f"'{path.name}' is full of NUL bytes, as UTF-16 without its mark is",
                f"{format_name} text",
                "say the encoding with --encoding utf-16-le or utf-16-be",
            )
        self.head = self._decoded(head)

    @contextmanager
    def open(self) -> Iterator[IO[str]]:
        """Open the text; lines keep their ends, bytes that do not decode are carried for `mend`."""
        self.mended = 0
        with ExitStack() as files:
            self._raw = files.enter_context(self.path.open("rb"))
            binary: IO[bytes] = self._raw
            if self._gzipped:
                binary = cast(IO[bytes], files.enter_context(gzip.GzipFile(fileobj=self._raw)))
            yield files.enter_context(
                io.TextIOWrapper(binary, encoding=self.encoding, errors="surrogateescape", newline="")
            )

    @property
    def done(self) -> int:
        """The number of bytes of the file read so far, out of `total`."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.total

    def mend(self, value: str) -> str | None:
        """Return `value` with its stray bytes read as Windows-1252; None where they are not that either.

        Under an encoding that the user gave, a stray byte is never mended.
        """
        if decodes(value):
            return value
        if self.said or not self.encoding.startswith("utf-8"):
            return None
        mended = value.translate(_STRAY)
        return mended if mended.count(_UNDECODABLE) == value.count(_UNDECODABLE) else None

    def why_undecodable(self) -> str:
        """The reason for refusing a row that `mend` could not read."""
        tried = self.encoding if self.said else "UTF-8 nor as Windows-1252"
        return f"it does not decode as {tried}" if self.said else f"it decodes neither as {tried}"

    def notes(self) -> list[str]:
        """Say the encoding, and how many rows were not in it."""
        how = "as told" if self.said else "sniffed"
        notes = [f"encoding {self.encoding.replace('utf-8-sig', 'utf-8')}, {how}"]
        if self.mended:
            notes.append(f"rows with bytes that are not UTF-8, read as Windows-1252: {self.mended:,}")
        return notes

    def broken(self, error: Exception) -> SourceError:
        """Turn an error met while reading into the sentence for the user."""
        if isinstance(error, EOFError):
            return SourceError(
                f"'{self.path.name}' ends in the middle of its gzip data",
                "a whole file",
                "copy or download it again",
            )
        return SourceError(
            f"'{self.path.name}' is not a sound gzip file ({error})", "gzip data", "copy or download it again"
        )

    def _head(self) -> bytes:
        with self.path.open("rb") as raw:
            if not self._gzipped:
                return raw.read(HEAD)
            try:
                with gzip.GzipFile(fileobj=raw) as unzipped:
                    return unzipped.read(HEAD)
            except (EOFError, OSError, zlib.error) as error:
                raise self.broken(error) from None

    def _check_kind(self, head: bytes) -> None:
        name, wanted = self.path.name, f"{self._format} as its ending says"
        if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
            raise SourceError(f"'{name}' is empty", f"a {self._format} file with rows", "check the export")
        for magic, kind, hint in _MAGIC:
            if head.startswith(magic):
                raise SourceError(f"'{name}' is {kind}", wanted, hint)
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body", b"<rss")):
            raise SourceError(
                f"'{name}' is HTML or XML (perhaps the page of an error)", wanted, "download it again"
            )
        hint = "give it the ending of what it is: .csv, .tsv, .jsonl, .json or .parquet"
        if self._format.startswith("JSON"):
            if not start.startswith((b"{", b"[")):
                raise SourceError(f"'{name}' does not start as JSON does", wanted, hint)
        elif start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip().startswith(b"{")):
            raise SourceError(f"'{name}' is JSON", wanted, hint)

    def _checked(self, encoding: str) -> str:
        try:
            name = codecs.lookup(encoding).name
            "".encode(encoding)
        except (LookupError, TypeError):
            raise UsageError(
                f"there is no encoding '{encoding}'",
                "a name that Python knows",
                "try utf-8, cp1252, latin-1, cp1251, cp1256, utf-16 or gb18030",
            ) from None
        return "utf-8-sig" if name == "utf-8" else name

    def _decoded(self, head: bytes) -> str:
        decoder = codecs.getincrementaldecoder(self.encoding)("surrogateescape")
        return decoder.decode(head)


def decodes(value: str) -> bool:
    """True where `value` carries no stray bytes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sniffed(head: bytes) -> str:
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
