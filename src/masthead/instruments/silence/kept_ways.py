"""Silences in every way to count stories, kept beside the units of a survey for the claims that ask for them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from masthead.archive.keeping.whole import is_whole
from masthead.archive.store import write_parquet_atomically
from masthead.inference.silence.counted import COUNTED

KEPT = pa.schema([pa.field("wire", pa.string()), *COUNTED])
"""What a survey keeps: every pair's figures in every way to count stories, with wire copy and without."""


def keep(table: pa.Table, units: Path) -> None:
    """Keep a table `KEPT` beside the units of its survey."""
    write_parquet_atomically(table, kept_path(units))


def has(units: Path) -> bool:
    """Whether the figures of a survey are kept in every way."""
    return is_whole(kept_path(units))


def kept_path(units: Path) -> Path:
    """Return where a survey keeps the figures of silence in every way to count stories, beside its units."""
    return units.with_name("silence-ways.parquet")
