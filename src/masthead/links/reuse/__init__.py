"""Reuse: passages that stand in more than one article, near-duplicates, and wire copy."""

from masthead.links.reuse.reader import ARTICLES_SCHEMA, LINKS_SCHEMA, SLACK, ReuseReading, read_reuse

__all__ = ["ARTICLES_SCHEMA", "LINKS_SCHEMA", "SLACK", "ReuseReading", "read_reuse"]
