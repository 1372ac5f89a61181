"""Bounds that are kept while reading, so that no file fills a memory or a disk before it is refused."""

from __future__ import annotations

from masthead.errors import SourceError

LONGEST_LINE = 52_000_000
"""Bytes in memory of one line, or of one record: the most is a few times as much, and no article is that long."""

# Text shrinks to a fifth or a tenth; what shrinks to less than a hundredth was made to fill a disk.
_UNFOLDS = 100
_FREELY = 256_000_000


def check_unfolding(name: str, unfolded_bytes: int, packed_bytes: int) -> None:
    """Raise SourceError where `packed_bytes` have become more than any text would."""
    if unfolded_bytes > max(_FREELY, _UNFOLDS * packed_bytes):
        raise SourceError(
            f"'{name}' unfolds to over {_UNFOLDS} times its size",
            "text, which unfolds to some ten times",
            "check what made it: it would fill the memory or the disk",
        )
