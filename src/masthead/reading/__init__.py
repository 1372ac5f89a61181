"""The readers: what one article says. Everything they find is kept in the archive, and read once."""

from masthead.reading.by_part import Progress
from masthead.reading.mentions.names import SuggestedName, names, sample_texts
from masthead.reading.naming.namings import NAMING_SCHEMA
from masthead.reading.naming.nouns import nouns_for_groups, singular_of
from masthead.reading.naming.slots import slot_nouns
from masthead.reading.reader import ARTICLES_SCHEMA, Reading, read

__all__ = [
    "ARTICLES_SCHEMA",
    "NAMING_SCHEMA",
    "Progress",
    "Reading",
    "SuggestedName",
    "names",
    "nouns_for_groups",
    "read",
    "sample_texts",
    "singular_of",
    "slot_nouns",
]
