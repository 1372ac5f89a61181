"""Articles in, plain Parquet out; every row kept, a duplicate, or in quarantine.

What adds to an archive or looks through it is imported when first asked for: opening one takes none of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from masthead.archive.folder import Archive, Frame
from masthead.archive.parts import Part
from masthead.archive.schema import ARTICLE_SCHEMA, article_ids
from masthead.lazy import lazily

if TYPE_CHECKING:
    from masthead.archive.find import Found, Hit
    from masthead.archive.info import ArchiveInfo, OutletInfo
    from masthead.archive.ingest import Ingest, IngestReport

_HOMES = {
    "ArchiveInfo": "masthead.archive.info",
    "Found": "masthead.archive.find",
    "Hit": "masthead.archive.find",
    "Ingest": "masthead.archive.ingest",
    "IngestReport": "masthead.archive.ingest",
    "OutletInfo": "masthead.archive.info",
}

__all__ = [
    "ARTICLE_SCHEMA",
    "Archive",
    "ArchiveInfo",
    "Found",
    "Frame",
    "Hit",
    "Ingest",
    "IngestReport",
    "OutletInfo",
    "Part",
    "article_ids",
]

__getattr__ = lazily(__name__, _HOMES)
