"""What the tests of portrayal share: a classifier that takes no time, and an archive with its namings read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from masthead.archive import Archive
from masthead.reading.portrayal.classifier import Probabilities
from tests.reading.conftest import FRONT, LEAGUE, MARSH, OPPOSITION, make_study

STUDY = make_study(LEAGUE, FRONT, MARSH, OPPOSITION)


class Fake:
    """Reads what a text says of itself: more `good` than `bad`. Counts what it is asked."""

    name = "fake"
    version = "fake-1"
    languages: frozenset[str] | None = frozenset({"en"})

    def __init__(self, lot: int = 1_000, most: int | None = None) -> None:
        self.lot = lot
        self.most = most
        self.asked: list[str] = []

    def read(self, texts: Sequence[str]) -> Probabilities:
        if self.most is not None and len(self.asked) + len(texts) > self.most:
            raise KeyboardInterrupt
        self.asked += texts
        told = np.array([[text.count("bad"), 1, text.count("good")] for text in texts], np.float32)
        shares: Probabilities = told.reshape(-1, 3) / told.reshape(-1, 3).sum(axis=1, keepdims=True)
        return shares


def add(archive: Archive, texts: Sequence[str], **columns: Any) -> None:
    """Add articles from a Parquet file beside the archive."""
    source = archive.path.parent / f"{archive.name}-{len(archive.parts())}.parquet"
    rows = {
        "outlet": ["gazette"] * len(texts),
        "published": ["2016-10-06"] * len(texts),
        "title": ["A title"] * len(texts),
        "text": list(texts),
        "language": ["en"] * len(texts),
        **columns,
    }
    pq.write_table(pa.table(rows), source)
    archive.add(source, mapping={name: name for name in rows})


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "a.archive")
