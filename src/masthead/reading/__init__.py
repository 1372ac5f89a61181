"""The readers: what one article says. Everything they find is kept in the archive, and read once."""

from masthead.reading.naming import NAMING_SCHEMA
from masthead.reading.reader import ARTICLES_SCHEMA, Progress, Reading, read

__all__ = ["ARTICLES_SCHEMA", "NAMING_SCHEMA", "Progress", "Reading", "read"]
