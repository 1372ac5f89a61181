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
    from masthead.archive.adding.ingest import Ingest, IngestReport
    from masthead.archive.overview.find import Found, Hit
    from masthead.archive.overview.info import ArchiveInfo, OutletInfo

_HOMES = {
    "ArchiveInfo": "masthead.archive.overview.info",
    "Found": "masthead.archive.overview.find",
    "Hit": "masthead.archive.overview.find",
    "Ingest": "masthead.archive.adding.ingest",
    "IngestReport": "masthead.archive.adding.ingest",
    "OutletInfo": "masthead.archive.overview.info",
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
