"""How files get into an archive: under a temporary name, flushed to disk, then renamed.

A reader therefore sees a file whole or not at all, at whatever instant the writer is killed.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_TEMPORARY = ".tmp"


def write_parquet_atomically(
    rows: pa.Table | Iterable[pa.RecordBatch], path: Path, schema: pa.Schema | None = None
) -> int:
    """Write a table, or batches as they come, to the Parquet file `path`; return the number of rows.

    The file appears under its name only when it is whole and on disk. Batches need `schema`, since there
    may be none of them; a table may leave it out. Missing folders are made.
    """
    if isinstance(rows, pa.Table):
        schema, batches = schema or rows.schema, rows.to_batches()
    elif schema is None:
        raise TypeError("batches need a schema: write_parquet_atomically(batches, path, schema)")
    else:
        batches = rows
    written = 0
    with replacing(path) as temporary, pq.ParquetWriter(temporary, schema, compression="zstd") as writer:
        for batch in batches:
            if batch.num_rows:
                writer.write_batch(batch)
                written += batch.num_rows
    return written


def write_text_atomically(text: str, path: Path) -> None:
    """Write `text` as UTF-8 to `path`, which is then either the old file or the new one, never half of it."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; when the block ends well it becomes `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_TEMPORARY}")
    try:
        yield temporary
        _flush(temporary)
        temporary.replace(path)
        _flush(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def sweep(folder: Path) -> int:
    """Remove the temporary files that killed writers left in `folder`; return how many.

    Only for who holds the archive's writer lock: another writer's file in the making looks the same.
    """
    leftovers = list(folder.glob(f".*{_TEMPORARY}"))
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)
    return len(leftovers)


def _flush(path: Path) -> None:
    """Have the operating system put a file, or a folder's list of names, on disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle on a folder to flush; its rename is already durable
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
