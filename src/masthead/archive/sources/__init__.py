"""One file per format: each reads a source file batch by batch into the fields of articles."""

from masthead.archive.sources.base import Batch, Refused, Source
from masthead.archive.sources.open import FORMATS, open_source

__all__ = ["FORMATS", "Batch", "Refused", "Source", "open_source"]
