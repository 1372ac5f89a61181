"""The kinds of mess that a press can plant, in groups, and what of them was asked for."""

from __future__ import annotations

from collections.abc import Collection

from masthead.errors import UsageError, nearest

MESSY = "messy"
"""The setting whose articles are those of the medium one, in the mess of the world."""

MESS: dict[str, tuple[str, ...]] = {
    "standing": (
        "links", "newsletter", "footer", "tags", "credit", "byline", "dateline", "agency", "name", "correction",
        "advert", "stamp", "share",
    ),
    "own": ("background", "brief", "quotation", "column", "list", "notice"),
    "absent": ("cookies", "paywall", "script"),
    "twice": ("summary", "pull"),
    "repeats": ("address", "version", "print", "live"),
    "damage": ("tags-left", "entities", "encoding", "invisible", "glued", "cells"),
    "dates": ("offset", "letters", "edition", "crawl"),
}  # fmt: skip
"""Groups of mess and their kinds. `own` looks like what stands around an article, and is the article's own."""


def kinds_of(names: Collection[str]) -> frozenset[str]:
    """The kinds that are meant by names of groups and kinds. Raises UsageError for a name that is neither."""
    kinds: set[str] = set()
    every = {kind for group in MESS.values() for kind in group}
    for name in sorted(names):
        if name not in MESS and name not in every:
            raise UsageError(
                f"the press has no mess '{name}'",
                f"one of the groups {', '.join(MESS)}, or a kind of one",
                nearest(name, [*MESS, *every]),
            )
        kinds.update(MESS.get(name, (name,)))
    return frozenset(kinds)


def clean_setting(setting: str) -> str:
    """Return a setting at which an article is one page, as it was written. Raises UsageError for the messy one."""
    if setting == MESSY:
        raise UsageError(
            "article is held against article here, and a messy press has them in many shapes",
            "the setting easy, medium or hard",
            "`masthead validate press --setting messy` measures what mess does",
        )
    return setting
