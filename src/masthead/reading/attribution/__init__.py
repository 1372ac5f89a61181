"""Who says what in an article: direct, mixed and indirect quotations, their cues and speakers."""

from masthead.reading.attribution.reader import QUOTES_SCHEMA, QuotesReading, read_quotes

__all__ = ["QUOTES_SCHEMA", "QuotesReading", "read_quotes"]
