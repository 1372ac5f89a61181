"""The kinds of damage: those that are repaired, and those that are only told."""

from __future__ import annotations

REPAIRED: dict[str, str] = {
    "escapes": "line ends as a spreadsheet escapes them (_x000D_)",
    "backslashes": 'line ends, marks or characters escaped with backslashes (\\n, \\", \\u2019)',
    "tags": "HTML tags",
    "entities": "HTML character references (&amp;)",
    "percents": "characters written as in addresses (%27)",
    "links": "links or pictures of Markdown",
    "brackets": "tags in square brackets (shortcodes of WordPress, BBCode)",
    "encoding": "characters in a wrong encoding (UTF-8 read as Windows-1252 or the like)",
    "invisible": "invisible characters or no-break spaces",
    "glued": "sentences glued without a space",
}
"""Kinds of damage that are repaired, in the order of the repairs, with words for them."""

NOTICED: dict[str, str] = {
    "markup": "what looks like HTML tags and may be meant so",
    "escaped": "backslashes that may be escapes of a program and may be meant so",
    "halves": "tags in square brackets whose other half is not there",
    "slots": "slots of a template that nothing filled ({{name}})",
    "garbled": "characters in a wrong encoding that cannot be read back for sure",
    "hidden": "soft hyphens that may be the only sign of a hyphen",
    "masked": "words masked with @ or *",
    "tokenised": "words and marks set apart by blanks",
    "stripped": "no comma, no stop or no capital in a long text (a program took them away)",
    "cut": "an end that a program cut off",
    "nul": "NUL characters",
    "lost": "U+FFFD, the mark of a character lost before they came here",
}
"""Kinds of damage that are told and left, since it is not sure what stood there."""

FIELDS: dict[str, tuple[str, ...]] = {
    "outlet": ("backslashes", "entities", "encoding", "invisible"),
    "title": tuple(REPAIRED),
    "text": tuple(REPAIRED),
    "credit": ("backslashes", "entities", "encoding", "invisible"),
}
"""Which kinds are repaired in which field of an article."""
