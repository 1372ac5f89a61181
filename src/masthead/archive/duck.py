"""How files are named to DuckDB: as they are called, whatever stands in their path.

DuckDB takes `*`, `?` and `[` in a path for a pattern, and a folder called `outlet=x` for a column of its files.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

AS_PARQUET = "(FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false)"
"""How a query writes to a temporary file of ours: into that file, not into one that then takes its place."""


def parquet(paths: Iterable[str | Path]) -> str:
    """Return the SQL that reads these Parquet files, and no others, with the columns that are in them."""
    return f"read_parquet([{', '.join(quoted(literal(path)) for path in paths)}], hive_partitioning = false)"


def literal(path: str | Path) -> str:
    """Return the pattern that a path alone fits."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))


def quoted(text: str | Path) -> str:
    """Return a text as a string of SQL."""
    return "'" + str(text).replace("'", "''") + "'"
