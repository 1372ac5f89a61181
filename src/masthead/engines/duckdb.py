"""DuckDB, the engine of a laptop: frames that narwhals computes on without holding them in memory."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.archive.duck import parquet
from masthead.engines import existing

_STAYS_HERE = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_persistent_secrets": "false",
}
"""A query that seems to need an extension would otherwise fetch it from the network, into the user's home."""


def connect(threads: int | None = None, memory_limit: str = "600MB") -> duckdb.DuckDBPyConnection:
    """Open a database in memory that spills to disk rather than grow past `memory_limit`, and fetches nothing.

    The only place where Masthead opens DuckDB.
    """
    # Spilled pages go beside other temporary files, not into the folder that somebody happens to stand in.
    spill = Path(tempfile.gettempdir()) / f"masthead-{uuid.uuid4().hex}"
    config: dict[str, str | int] = {
        "memory_limit": memory_limit,
        "temp_directory": str(spill),
        **_STAYS_HERE,
    }
    if threads is not None:
        config["threads"] = threads
    return duckdb.connect(config=config)


@cache
def _default() -> duckdb.DuckDBPyConnection:
    return connect()


def scan(
    paths: Sequence[str | Path], connection: duckdb.DuckDBPyConnection | None = None
) -> nw.LazyFrame[Any]:
    """Return the rows of Parquet files of one schema as a lazy frame.

    Frames that are joined or stacked must share a `connection`; without one they share the process's own.
    Raises UsageError where `paths` is empty or one of them is not there.
    """
    files = existing(paths)
    frame: nw.LazyFrame[Any] = nw.from_native((connection or _default()).sql(f"FROM {parquet(files)}"))
    return frame


def from_arrow(table: pa.Table, connection: duckdb.DuckDBPyConnection | None = None) -> nw.LazyFrame[Any]:
    """Return an Arrow table as a lazy frame; see `scan` for `connection`."""
    frame: nw.LazyFrame[Any] = nw.from_native((connection or _default()).from_arrow(table))
    return frame
