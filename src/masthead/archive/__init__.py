"""Articles in, plain Parquet out; every row kept, a duplicate, or in quarantine."""

from masthead.archive.folder import Archive, Frame
from masthead.archive.ingest import IngestReport
from masthead.archive.parts import Part
from masthead.archive.schema import ARTICLE_SCHEMA, article_ids

__all__ = ["ARTICLE_SCHEMA", "Archive", "Frame", "IngestReport", "Part", "article_ids"]
