"""One file per format: each reads a source file batch by batch into the fields of articles."""

from masthead.archive.sources.base import Batch, RefusedRow, Source
from masthead.archive.sources.gather import gather_files
from masthead.archive.sources.open import FORMATS, ReadAs, open_source
from masthead.archive.sources.source_file import SourceFile

__all__ = ["FORMATS", "Batch", "ReadAs", "RefusedRow", "Source", "SourceFile", "gather_files", "open_source"]
