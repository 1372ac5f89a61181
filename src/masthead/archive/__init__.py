"""Articles in, plain Parquet out; every row kept, a duplicate, or in quarantine."""

from masthead.archive.find import Found, Hit
from masthead.archive.folder import Archive, Frame
from masthead.archive.info import ArchiveInfo, OutletInfo
from masthead.archive.ingest import Ingest, IngestReport
from masthead.archive.parts import Part
from masthead.archive.schema import ARTICLE_SCHEMA, article_ids

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
