"""Where frames live: DuckDB on a laptop, Spark on a cluster. Both run the same narwhals expressions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import pyarrow as pa

from masthead.errors import UsageError


def collect(frame: nw.LazyFrame[Any], order_by: Sequence[str] = ()) -> pa.Table:
    """Compute a lazy frame of any engine; rows in the order of the columns `order_by`, nulls last."""
    table: pa.Table = frame.collect("pyarrow").to_native()
    # Engines differ in which columns they declare never null, and a schema should not tell which one it was.
    table = table.cast(pa.schema([field.with_nullable(True) for field in table.schema]))
    return table.sort_by([(name, "ascending") for name in order_by]) if order_by else table


def existing(paths: Sequence[str | Path]) -> list[str]:
    """Return the paths as text. Raises UsageError where there are none or one of them is no file."""
    missing = [str(path) for path in paths if not Path(path).is_file()]
    if missing or not paths:
        raise UsageError(
            f"there is no file '{missing[0]}'" if missing else "no file to read",
            "Parquet files",
            "check the paths",
        )
    return [str(path) for path in paths]
