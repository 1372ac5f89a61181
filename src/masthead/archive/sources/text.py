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
import sys
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, cast

from masthead.archive.sources.kinds import unreadable_kind
from masthead.archive.sources.limits import LONGEST_LINE, check_unfolding
from masthead.errors import SourceError, UsageError

HEAD = 65_536

# Each byte that does not decode is carried as half of a character, U+DC00 + byte, which no text holds.
_ERRORS = "masthead-carry"
_NOT_OF_FILES = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}
_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_UNDECODABLE = "\ufffd"


class TextFile:
    """A text file, plain or gzipped, that can be opened again and again from its start."""

    def __init__(self, path: Path, encoding: str | None, format_name: str) -> None:
        self.path = path
        self.name = shown_name(path)
        self._gzipped = is_gzipped(path)
        self._format = format_name
        self._raw: IO[bytes] | None = None
        self.total = path.stat().st_size
        self.from_user = encoding is not None
        self.mended_rows = 0
        head = self._head()
        self._check_kind(head)
        self.encoding = self._codec_name(encoding) if encoding is not None else _sniff_encoding(head)
        if not self.from_user and head.count(0) > len(head) // 5 and not self.encoding.startswith("utf-16"):
            raise SourceError(
                f"'{self.name}' is full of NUL bytes, as UTF-16 without its mark is",
                f"{format_name} text",
                "say the encoding with --encoding utf-16-le or utf-16-be",
            )
        self.head = self._decode_head(head)

    @contextmanager
    def open(self) -> Iterator[IO[str]]:
        """Open the text; lines keep their ends, bytes that do not decode are carried for `mend`."""
        self.mended_rows = 0
        with ExitStack() as files:
            self._raw = files.enter_context(self.path.open("rb"))
            binary: IO[bytes] = self._raw
            if self._gzipped:
                binary = cast(IO[bytes], files.enter_context(_Unpacked(self._raw, self.name)))
            yield files.enter_context(_Lines(binary, self.encoding, self.name))

    @property
    def bytes_read(self) -> int:
        """The number of bytes of the file read so far, out of `total`."""
        return self._raw.tell() if self._raw and not self._raw.closed else self.total

    def mend(self, value: str) -> str | None:
        """Return `value` with its stray bytes read as Windows-1252; None where they are not that either.

        Under an encoding that the user gave, a stray byte is never mended.
        """
        if decodes(value):
            return value
        if self.from_user or not self.encoding.startswith("utf-8"):
            return None
        text = value.translate(_STRAY)
        return text if text.count(_UNDECODABLE) == value.count(_UNDECODABLE) else None

    def why_undecodable(self) -> str:
        """The reason for refusing a row that `mend` could not read."""
        encodings = self.encoding if self.from_user else "UTF-8 nor as Windows-1252"
        return (
            f"it does not decode as {encodings}" if self.from_user else f"it decodes neither as {encodings}"
        )

    def notes(self) -> list[str]:
        """Say the encoding, and how many rows were not in it."""
        how = "as told" if self.from_user else "sniffed"
        notes = [f"encoding {self.encoding.replace('utf-8-sig', 'utf-8')}, {how}"]
        if self.mended_rows:
            notes.append(f"rows with bytes that are not UTF-8, read as Windows-1252: {self.mended_rows:,}")
        return notes

    def gzip_error(self, error: Exception) -> SourceError:
        """Turn an error met while reading into the sentence for the user."""
        if isinstance(error, EOFError):
            return SourceError(
                f"'{self.name}' ends in the middle of its gzip data",
                "a whole file",
                "copy or download it again",
            )
        return SourceError(
            f"'{self.name}' is not a sound gzip file ({error})", "gzip data", "copy or download it again"
        )

    def _head(self) -> bytes:
        with self.path.open("rb") as raw:
            if not self._gzipped:
                return raw.read(HEAD)
            try:
                with _Unpacked(raw, self.name) as file:
                    return file.read(HEAD)
            except (EOFError, OSError, zlib.error) as error:
                raise self.gzip_error(error) from None

    def _check_kind(self, head: bytes) -> None:
        expectation = f"{self._format} as its ending says"
        if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
            raise SourceError(
                f"'{self.name}' is empty", f"a {self._format} file with rows", "check the export"
            )
        kind = unreadable_kind(head)
        if kind:
            raise SourceError(f"'{self.name}' is {kind.what}", expectation, kind.way)
        start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
        hint = "give it the ending of what it is: .csv, .tsv, .jsonl, .json or .parquet"
        if self._format.startswith("JSON"):
            if not start.startswith((b"{", b"[")) and not head.startswith((b"\xff\xfe", b"\xfe\xff")):
                raise SourceError(f"'{self.name}' does not start as JSON does", expectation, hint)
        elif start.startswith(b"{") or (start.startswith(b"[") and start[1:].lstrip().startswith(b"{")):
            raise SourceError(f"'{self.name}' is JSON", expectation, hint)

    def _codec_name(self, encoding: str) -> str:
        try:
            codec = codecs.lookup(encoding)
            "".encode(encoding)
            is_text_codec = (
                codec.name.replace("_", "-") not in _NOT_OF_FILES and codec.incrementaldecoder is not None
            )
        except (LookupError, TypeError, ValueError):
            is_text_codec = False
        if not is_text_codec:
            raise UsageError(
                f"there is no encoding of text files '{encoding}'",
                "a name that Python knows",
                "try utf-8, cp1252, latin-1, cp1251, cp1256, utf-16 or gb18030",
            )
        return "utf-8-sig" if codec.name == "utf-8" else codec.name

    def _decode_head(self, head: bytes) -> str:
        codecs.register_error(_ERRORS, _carry)
        try:
            return codecs.getincrementaldecoder(self.encoding)(_ERRORS).decode(head)
        except UnicodeError as error:
            name = self.encoding.replace("_", "-")
            way = f"say {name}-le or {name}-be" if "BOM" in str(error) else "say another one with --encoding"
            raise SourceError(
                f"'{self.name}' does not begin as a file in {self.encoding} does", "that encoding", way
            ) from None


class _Lines(io.TextIOWrapper):
    """Lines with their ends, of a bounded length; what does not decode is carried for `TextFile.mend`."""

    def __init__(self, binary: IO[bytes], encoding: str, name: str) -> None:
        super().__init__(binary, encoding=encoding, errors=_ERRORS, newline="")
        self._of = name

    def __next__(self) -> str:  # type: ignore[override]
        line = self.readline(LONGEST_LINE)
        if not line:
            raise StopIteration
        # A character takes one to four bytes.
        if 4 * len(line) >= LONGEST_LINE and sys.getsizeof(line) > LONGEST_LINE:
            raise SourceError(
                f"'{self._of}' has a line of over {LONGEST_LINE // 1_000_000} MB",
                "lines that are rows",
                "check the export: its line ends may be missing",
            )
        return line


class _Unpacked(gzip.GzipFile):
    """A gzip file that is read no further once it has unfolded to what no text would."""

    def __init__(self, raw: IO[bytes], name: str) -> None:
        super().__init__(fileobj=raw)
        self._packed = raw
        self._of = name

    def read1(self, size: int = -1) -> bytes:
        data = super().read1(size)
        check_unfolding(self._of, self.tell(), self._packed.tell())
        return data


def is_gzipped(path: Path) -> bool:
    """True where a file's ending or its first bytes say gzip."""
    if path.suffix.lower() == ".gz":
        return True
    with path.open("rb") as raw:
        return raw.read(2) == b"\x1f\x8b"


def shown_name(path: Path) -> str:
    """A file's name as text; bytes of it that are not UTF-8 show as escapes."""
    return path_text(path.name)


def path_text(name: str) -> str:
    """A path as text; bytes of it that are not UTF-8 show as escapes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _carry(error: UnicodeError) -> tuple[str, int]:
    """The error handler of every decoding: keep each byte that does not decode."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


def decodes(value: str) -> bool:
    """True where `value` carries no stray bytes."""
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _sniff_encoding(head: bytes) -> str:
    return "utf-16" if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
