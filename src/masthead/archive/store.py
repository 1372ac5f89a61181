"""How files get into an archive: under a temporary name, flushed to disk, then renamed.

A reader therefore sees a file whole or not at all, at whatever instant the writer is killed. Parquet files carry
checksums of their pages, and a seal over all of their bytes.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from masthead.archive.keeping.seal import seal

UNREADABLE = (OSError, ValueError, KeyError, pa.ArrowException)
"""What the reading of a damaged Parquet file raises."""

_TEMPORARY = ".tmp"


def read_parquet(path: Path, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a Parquet file, or some of its columns. Raises OSError or ArrowInvalid where a checksum fails."""
    # Of a single file: what reads whole folders takes a quarter of a second to import.
    return pq.ParquetFile(path, page_checksum_verification=True).read(
        None if columns is None else list(columns)
    )


def reading_fault(error: Exception) -> str:
    """Say of a damaged file what its reading raised."""
    return f"cannot be read ({str(error).splitlines()[0]})"


def parquet_writer(path: Path, schema: pa.Schema) -> pq.ParquetWriter:
    """Return what writes a Parquet file as all of ours are written."""
    return pq.ParquetWriter(path, schema, compression="zstd", write_page_checksum=True)


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
    row_count = 0
    with replacing(path) as temporary, parquet_writer(temporary, schema) as writer:
        for batch in batches:
            if batch.num_rows:
                writer.write_batch(batch)
                row_count += batch.num_rows
    return row_count


def write_text_atomically(text: str, path: Path) -> None:
    """Write `text` as UTF-8 to `path`, which is then either the old file or the new one, never half of it."""
    with replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8", newline="")


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` to write to; when the block ends well it becomes `path`.

    The temporary file is there from the start, and held: `sweep` leaves it alone while this process lives. An empty
    folder in the way gives way.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}{_TEMPORARY}")
    try:
        with _hold(temporary):
            yield temporary
            if path.suffix == ".parquet":
                seal(temporary)
            flush(temporary)
            if path.is_dir():
                path.rmdir()
            temporary.replace(path)
        flush(path.parent)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def local(path: Path) -> Path:
    """Return the path as pyarrow and DuckDB have to be given it.

    One such as `2020:press.archive` the first takes for an address, one such as `~x/press` the second for somebody's
    home.
    """
    return path.absolute() if ":" in str(path) or str(path).startswith("~") else path


def sweep(folder: Path, below: bool = False) -> int:
    """Remove the temporary files that killed writers left in `folder`, and `below` it; return how many.

    Those of a process that lives stay.
    """
    pattern = f".*{_TEMPORARY}"
    leftovers = sorted(folder.rglob(pattern) if below else folder.glob(pattern))
    return sum(_remove(leftover) for leftover in leftovers)


def flush(path: Path) -> None:
    """Have the operating system put a file, or a folder's list of names, on disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle on a folder to flush; its rename is already durable
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _hold(temporary: Path) -> Iterator[None]:
    """Make a file and hold it, by a lock that ends with this process, while the block runs."""
    if os.name == "nt":
        yield  # Windows removes and renames no file that is open: it needs no lock, and could not rename with one
        return
    import fcntl

    with temporary.open("xb") as file:
        with contextlib.suppress(OSError):  # a file system without locks
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def _remove(leftover: Path) -> bool:
    """Remove a temporary file that nobody holds; False where somebody does, or it is gone already."""
    try:
        if os.name != "nt":
            import fcntl

            with leftover.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                leftover.unlink()
        else:
            leftover.unlink()
    except OSError:
        return False
    return True
