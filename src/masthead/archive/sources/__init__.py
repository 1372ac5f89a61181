"""One file per format: each reads a source file batch by batch into the fields of articles."""

from masthead.archive.sources.base import Batch, Refused, Source
from masthead.archive.sources.gather import gathered
from masthead.archive.sources.given import Given
from masthead.archive.sources.open import FORMATS, ReadAs, open_source

__all__ = ["FORMATS", "Batch", "Given", "ReadAs", "Refused", "Source", "gathered", "open_source"]
