"""A seal in a Parquet file: a digest of all its other bytes, by which a flipped bit anywhere is noticed.

Checksums of pages, which the format has, leave the footer uncovered: the statistics by which engines skip rows, and
the schema. The seal stands between the last page and the footer, where the format allows what no reader looks at.
A file without one is older than seals; it is whole where it can be read.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

_MARK = b"sealed by masthead: sha-256 of all bytes but these\n"
_SIZE = len(_MARK) + hashlib.sha256().digest_size
_END = 8
_LOT = 1 << 20


def seal(path: Path) -> None:
    """Put a seal into a Parquet file that nobody reads yet."""
    with path.open("r+b") as file:
        at = _footer_at(file)
        file.seek(at)
        footer = file.read()
        digest = hashlib.sha256()
        _take(file, digest, 0, at)
        digest.update(footer)
        file.seek(at)
        file.write(_MARK + digest.digest() + footer)


def is_sound(path: Path) -> bool:
    """Whether a Parquet file is as it was written. Raises OSError where it is not there or may not be read."""
    with path.open("rb") as file:
        try:
            at = _footer_at(file)
        except ValueError:
            return False
        file.seek(max(0, at - _SIZE))
        tail = file.read(min(at, _SIZE))
        if tail.startswith(_MARK):
            digest = hashlib.sha256()
            _take(file, digest, 0, at - _SIZE)
            _take(file, digest, at, None)
            return digest.digest() == tail[len(_MARK) :]
    try:
        pq.ParquetFile(path, page_checksum_verification=True).read()
    except (OSError, ValueError, pa.ArrowException):
        return False
    return True


def _footer_at(file: BinaryIO) -> int:
    """Return where the footer of a Parquet file begins. Raises ValueError where it is no Parquet file."""
    size = file.seek(0, 2)
    if size < 4 + _END:
        raise ValueError("too short")
    file.seek(size - _END)
    end = file.read(_END)
    at = size - _END - int.from_bytes(end[:4], "little")
    if end[4:] != b"PAR1" or at < 4:
        raise ValueError("no footer")
    return at


def _take(file: BinaryIO, digest: hashlib._Hash, start: int, end: int | None) -> None:
    """Add the bytes [start, end) of a file to a digest; up to the file's end where that is None."""
    file.seek(start)
    left = end - start if end is not None else None
    while left is None or left > 0:
        lot = file.read(_LOT if left is None else min(_LOT, left))
        if not lot:
            return
        digest.update(lot)
        left = None if left is None else left - len(lot)
